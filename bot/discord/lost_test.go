package discord_test

import (
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/discord/discordtest"
	"parley/store"
)

// once wants no two messages of a channel to say the same.
func (n *newsroom) once(all []discordtest.Message) {
	n.t.Helper()
	seen := map[string]bool{}
	for i, m := range all {
		if seen[m.Content] {
			n.t.Errorf("message %d of %d is there twice: %.60q", i+1, len(all), m.Content)
		}
		seen[m.Content] = true
	}
}

// longer is a correction by which a reply of one page takes two: its notice alone fills one.
var longer = map[string]string{
	"lead": june["lead"], "wrong": strings.Repeat("It was too short. ", 50), "right": strings.Repeat("There is more to say. ", 43),
}

// A later page of an answer to a command cannot be searched for: if it is lost, no page comes twice, and the outcome is unknown.
func TestLaterPageLost(t *testing.T) {
	for name, drop := range map[string]discordtest.Drop{"its answer": discordtest.After, "itself": discordtest.Before} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			n.Fault(discordtest.Fault{Routes: []string{discordtest.PostFollowup}, Times: 1, Drop: drop})
			d := n.done(n.Command(discordtest.Channel, discordtest.User, "parley ask", option("question", chattest.LongQuestion)))
			n.once(d.Messages())
			const reason = "Discord cannot tell whether the rest of it arrived"
			if all := n.outcomes(); len(all) != 1 || all[0].State != store.Unknown || all[0].Reason != reason {
				t.Errorf("it ends %+v, want unknown, since %s", all, reason)
			}
		})
	}
}

// The same holds for a page that a correction adds.
func TestAddedPageLost(t *testing.T) {
	n := newNewsroom(t)
	m := n.ask(discordtest.User, discordtest.Channel, option("public", true)).Messages()[0]
	n.propose(editor, m, longer)
	n.press(editor, "Publish")
	n.Fault(discordtest.Fault{Routes: []string{discordtest.PostFollowup}, Times: 1, Drop: discordtest.After})
	n.swap()
	n.once(n.parleys())
	if all := n.revisions(); len(all) != 1 || all[0].State != store.Unknown {
		t.Errorf("the correction ends %+v, want unknown", all)
	}
}

// lasts lets an outage last so long, in which Parley tries a few times and then loses what it was about to do; after that it ends.
func (n *newsroom) lasts(long time.Duration, end func()) {
	n.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if all := n.outcomes(); len(all) > 0 && all[0].Attempts > 2 {
			break
		}
		if time.Now().After(deadline) {
			n.t.Fatalf("it is not tried again: %+v", n.outcomes())
		}
	}
	const form, lease = "2006-01-02T15:04:05.000Z", time.Second
	now := time.Now().UTC()
	if _, err := n.store.Apply(n.t.Context(), store.Stmt{
		SQL:  "UPDATE outbox SET at = ?1, due = ?1, worker = 'one that was lost', lease = ?2",
		Args: []any{now.Add(-long).Format(form), now.Add(lease).Format(form)},
	}); err != nil {
		n.t.Fatal(err)
	}
	n.ahead.Store(int64(long))
	time.Sleep(lease)
	end()
}

// A message of a channel may be repeated under its nonce, but only while Discord recognises that: after an outage that lasts longer it
// is not there twice, whatever Discord answered meanwhile.
func TestOutageOutlastsNonce(t *testing.T) {
	for name, meanwhile := range map[string]discordtest.Fault{
		"down":    {Status: 503},
		"limited": {Status: 429, RetryAfter: 50 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			posts := []string{discordtest.PostMessage}
			n.Fault(discordtest.Fault{Routes: posts, Times: 1, Drop: discordtest.After})
			meanwhile.Routes = posts
			end := n.Fault(meanwhile)
			n.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" "+chattest.Question, "")
			n.lasts(10*time.Minute, end)
			n.quiet()
			if all := n.parleys(); len(all) != 1 {
				t.Errorf("the answer is there %d times", len(all))
			}
			if all := n.outcomes(); len(all) != 1 || all[0].State != store.Unknown {
				t.Errorf("it ends %+v, want unknown", all)
			}
		})
	}
}
