package slack_test

import (
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
)

// TestChat runs the suite that every adapter passes, by Socket Mode.
func TestChat(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Platform { return newWorkspace(t).platform() })
}

// workspace is a local Slack with one person in a channel who talks with Parley.
type workspace struct {
	*slacktest.Server
	t    testing.TB
	mu   sync.Mutex
	said map[bot.EventID]slacktest.Said
	end  func() // of a fault
	log  *slog.Logger
}

func newWorkspace(t testing.TB, change ...func(*slacktest.Config)) *workspace {
	plain := func(c *slacktest.Config) { c.Plain = true }
	w := &workspace{Server: slacktest.New(t, append(change, plain)...), t: t, said: map[bot.EventID]slacktest.Said{}, end: func() {}}
	w.log = chattest.Log(t, w.Secrets)
	return w
}

func (w *workspace) config() slack.Config {
	return slack.Config{
		BotToken: slacktest.BotToken, AppToken: slacktest.AppToken, APIURL: w.URL(), Drain: 20 * time.Millisecond,
		Log: w.log,
	}
}

func (w *workspace) platform() chattest.Platform {
	return chattest.Platform{
		Connect: func() bot.Chat { return slack.New(w.config()) },
		Say:     w.say, Edit: w.edit, Mutter: w.mutter, Unsay: w.unsay, Messages: w.messages, Fault: w.fault,
		Command: func(text string) { w.Command("C1", "U1", text).Wait() },
		Remove:  w.remove,
		Delete:  func(i int) { w.Delete(w.parleys()[i]) },
		Acting:  acting,
		Log:     w.log,
		Faults:  []chattest.Fault{chattest.Refuses, chattest.Postpones, chattest.LosesThis, chattest.LosesReply, chattest.Slow, chattest.Revoked},
		Repeats: true, Edits: true, Deletes: true, Finds: true, Splits: true,
	}
}

// say mentions Parley in the channel. Said again under the same id, Slack repeats what it told the app.
func (w *workspace) say(id bot.EventID, text string) bool {
	if err := w.AwaitConns(2); err != nil {
		w.t.Error(err)
		return false
	}
	w.mu.Lock()
	before, again := w.said[id]
	w.mu.Unlock()
	if again {
		for i, d := range before.Events {
			before.Events[i] = w.Duplicate(d)
		}
		return anyAcknowledged(before.Events)
	}
	s := w.Say("C1", "U1", slacktest.Mention+" "+slacktest.Typed(text), "")
	w.mu.Lock()
	w.said[id] = s
	w.mu.Unlock()
	return anyAcknowledged(s.Events)
}

// remove removes the app from another workspace. Besides, its own one tells of tokens of people, and of one of the app that was renewed since.
func (w *workspace) remove(team string) {
	w.Revoke("U1")
	w.UninstallFrom(slacktest.Team)
	w.UninstallFrom(team)
}

// edit changes what was said so that it mentions Parley.
func (w *workspace) edit(id bot.EventID, text string) (again func()) {
	return w.change(id, func(m slacktest.Message) slacktest.Said {
		return w.Edit(m, slacktest.Mention+" "+slacktest.Typed(text))
	})
}

func (w *workspace) unsay(id bot.EventID) { w.change(id, w.Delete) }

// change does something to what was said, and waits until Slack has told of it.
func (w *workspace) change(id bot.EventID, do func(slacktest.Message) slacktest.Said) (again func()) {
	if err := w.AwaitConns(2); err != nil {
		w.t.Error(err)
		return func() {}
	}
	w.mu.Lock()
	m := w.said[id].Message
	w.mu.Unlock()
	s := do(m)
	anyAcknowledged(s.Events)
	return func() {
		for _, d := range s.Events {
			w.Duplicate(d).Wait()
		}
	}
}

// mutter says something in the channel without a mention.
func (w *workspace) mutter(id bot.EventID, text string) {
	if err := w.AwaitConns(2); err != nil {
		w.t.Error(err)
	}
	s := w.Say("C1", "U1", slacktest.Typed(text), "")
	w.mu.Lock()
	w.said[id] = s
	w.mu.Unlock()
	anyAcknowledged(s.Events)
}

// anyAcknowledged reports whether Slack was told that one of the events for a message has arrived: of a mention there are two, and a
// Parley that is busy may leave the second for later.
func anyAcknowledged(events []*slacktest.Delivery) bool {
	acknowledged := false
	for _, d := range events {
		_, ok := d.Wait()
		acknowledged = acknowledged || ok
	}
	return acknowledged
}

// parleys are the messages of Parley that everybody sees.
func (w *workspace) parleys() []slacktest.Message {
	return slices.DeleteFunc(w.Server.Messages("C1"), func(m slacktest.Message) bool { return m.User != slacktest.Bot })
}

// messages are what Parley said, to all and to one person, as their plain text.
func (w *workspace) messages() []string {
	var texts []string
	for _, m := range append(w.parleys(), w.Ephemerals("C1", "U1")...) {
		texts = append(texts, m.Text)
	}
	return texts
}

func (w *workspace) fault(f chattest.Fault) {
	w.end()
	w.end = func() {}
	posts := []string{"chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete"}
	switch f {
	case chattest.Refuses:
		w.end = w.Fault(slacktest.Fault{Methods: posts, Times: 1, Error: "is_archived"})
	case chattest.Postpones:
		w.end = w.Fault(slacktest.Fault{Methods: posts, Times: 1, Status: 429, RetryAfter: time.Second})
	case chattest.LosesThis:
		w.end = w.Fault(slacktest.Fault{Methods: posts, Times: 1, Drop: slacktest.Before})
	case chattest.LosesReply:
		w.end = w.Fault(slacktest.Fault{Methods: posts, Times: 1, Drop: slacktest.After})
	case chattest.Slow:
		w.end = w.Fault(slacktest.Fault{Methods: posts, Hold: true})
	case chattest.Revoked:
		w.end = w.Fault(slacktest.Fault{Methods: posts, Error: "token_revoked"})
	}
}

// acting finds what Slack would take for a mention, a link or a command in a message's text.
func acting(text string) []string {
	var found []string
	for _, bad := range []string{"<!", "<@", "<#", "<http", "\x1b", "\x00"} {
		if strings.Contains(text, bad) {
			found = append(found, bad)
		}
	}
	return found
}
