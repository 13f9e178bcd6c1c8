package slack_test

import (
	"errors"
	"testing"
	"time"

	"parley/bot/deliver"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
)

// Whether a message arrived is told by Slack's clock: with one that is ahead or behind, and with one that was so when the reply was made, what arrived is
// found. Where the clock was too wrong to tell, it is not taken for not arrived.
func TestFindByAnyClock(t *testing.T) {
	w := newWorkspace(t)
	thread := w.Say("C1", "U1", "a thread", "").TS
	for name, c := range map[string]struct {
		now, then time.Duration // how far our clock is ahead, when it is searched and when the reply was made
		unsure    bool          // what is not there cannot be told
	}{
		"right": {0, 0, false}, "ahead": {90 * time.Second, 90 * time.Second, false}, "far ahead": {time.Hour, time.Hour, false},
		"behind": {-time.Hour, -time.Hour, false}, "set back": {0, 90 * time.Second, false}, "set far back": {0, time.Hour, true}, "set forward": {90 * time.Second, 0, false},
	} {
		for where, to := range map[string]deliver.Address{
			"channel": {Place: deliver.Place{Team: slacktest.Team, Channel: "C1"}},
			"thread":  {Place: deliver.Place{Team: slacktest.Team, Channel: "C1", Thread: deliver.MessageID(thread)}},
		} {
			config := w.config()
			config.Now = func() time.Time { return time.Now().Add(c.now) }
			chat := slack.New(config)
			_, reply := asker(t, w)
			reply.ID = deliver.DeliveryID("d-" + name + where)
			since := time.Now().Add(c.then)
			posted, err := chat.Post(t.Context(), to, reply)
			if err != nil {
				t.Fatal(err)
			}
			found, err := chat.Find(t.Context(), deliver.Receipt{To: to}, reply.ID, since)
			sure := !c.unsure || where == "thread"
			if f := (*deliver.Failure)(nil); sure && (err != nil || len(found.Messages) != len(posted.Messages)) || !sure && (!errors.As(err, &f) || f.Kind != deliver.Refused) {
				t.Errorf("%s, in a %s: of %d messages %d are found, %v", name, where, len(posted.Messages), len(found.Messages), err)
			}
		}
	}
}
