package slack_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
)

// What brings a handler down ends neither the process nor the connection: it is logged, and what comes next is taken in.
func TestPanicsEndNothing(t *testing.T) {
	for name, transport := range map[string]func(*testing.T, *workspace) func(*slack.Config){
		"socket": func(*testing.T, *workspace) func(*slack.Config) { return func(*slack.Config) {} },
		"http":   overHTTP,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t, func(c *slacktest.Config) { c.AckWithin, c.Repeat = 300*time.Millisecond, nil })
			c := w.config()
			transport(t, w)(&c)
			var calls, good atomic.Int64
			ctx, end := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			chat := slack.New(c)
			go func() {
				ended <- chat.Listen(ctx, func(_ context.Context, e bot.Event) (bot.Reply, error) {
					calls.Add(1)
					if strings.Contains(e.Text, "good") {
						good.Add(1)
						return bot.Reply{}, nil
					}
					panic("the handler fell")
				})
			}()
			until(t, func() bool { return chat.Connected() == nil })
			w.Say("C1", "U1", slacktest.Mention+" bad", "")
			w.Command("C1", "U1", "bad").Wait()
			w.OpenHome("U1").Wait()
			until(t, func() bool { return calls.Load() >= 3 })
			w.Command("C1", "U1", "ask good").Wait()
			until(t, func() bool { return good.Load() == 1 })
			end()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
}
