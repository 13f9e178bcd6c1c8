package slack_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/answers"
	"parley/bot/chattest"
	"parley/bot/slack/slacktest"
	"parley/store"
)

// What becomes of a reply whose question is edited or deleted, as people see it.
func TestRevisions(t *testing.T) {
	n := newNewsroom(t)
	mention := func(text string) string { return slacktest.Mention + " " + slacktest.Typed(text) }
	heard := func(s slacktest.Said) slacktest.Message {
		s.Wait()
		return s.Message
	}
	standing := func(channel string) {
		fmt.Fprintf(&n.out, "(Of Parley's messages there stand %d.)\n\n", len(n.posted(channel)))
	}
	var m slacktest.Message
	n.step("U1 asks something that is not on record", func() { m = heard(n.Say("C1", "U1", mention("Is the ferry free for children?"), "")) })
	n.step("U1 edits it", func() { heard(n.Edit(m, mention(chattest.Question))) })
	n.step("Slack shows the preview of a link, and U1 edits the blanks", func() {
		heard(n.Unfurl(m, "https://example.com", "Will the harbour close?"))
		heard(n.Edit(m, mention("  "+chattest.Question+" ")))
	})
	n.step("U1 edits it to what asks nothing", func() { heard(n.Edit(m, mention("ok"))) })
	n.step("U1 takes the mention away", func() { heard(n.Edit(m, "never mind")) })
	n.step("U1 edits it back", func() { heard(n.Edit(m, mention(chattest.Question))) })
	n.step("U2 clicks “Sources”", func() { n.click("U2", n.posted("C1")[0], "Sources") })
	n.step("U1 deletes it", func() { heard(n.Delete(m)) })
	n.step("It is corrected", func() {
		change := store.Change{ID: "june", At: n.clock.now(), Author: "ada", Why: "a test", Class: answers.Corrected, Wrong: "The month.", Right: "June."}
		e, _ := n.library(n.store).Entry("reopening")
		e.Lead = chattest.Correction + " [gz-reopens]."
		if _, err := n.store.Edit(t.Context(), change, store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}}); err != nil {
			t.Fatal(err)
		}
		n.spread()
	})
	n.step("U1 says something to others", func() { m = heard(n.Say("C1", "U1", "The harbour reopens in June.", "")) })
	n.step("U1 adds the mention, and Slack tells of that twice", func() {
		for _, d := range n.Edit(m, mention("The harbour reopens in June.")).Events {
			d.Wait()
			n.Duplicate(d).Wait()
		}
	})
	standing("C1")
	n.step("U1 deletes it, which nobody else had to do with", func() { heard(n.Delete(m)) })
	standing("C1")
	n.step("U1 asks directly", func() { m = heard(n.DM("U1", "Is the ferry free for children?")) })
	n.step("U1 edits it there", func() { heard(n.Edit(m, chattest.Question)) })
	n.step("U1 deletes it there", func() { heard(n.Delete(m)) })
	standing(m.Channel)
	if kept := chattest.Recorded(t, n.store, "ferry", "When does the harbour", "reopens in June."); len(kept) > 0 {
		t.Errorf("of deleted questions there is on record: %s", strings.Join(kept, "\n"))
	}

	chattest.Golden(t, "revisions.txt", n.out.String())
}
