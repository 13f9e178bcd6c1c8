package discord_test

import (
	"strings"
	"testing"

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

// longer makes the short answer one that takes more pages.
var longer = map[string]string{
	"short": june["short"], "wrong": june["wrong"], "right": june["right"],
	"detail": strings.Join(chattest.LongAnswer()[:17], " [gz-reopens]. ") + " [gz-reopens].",
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
