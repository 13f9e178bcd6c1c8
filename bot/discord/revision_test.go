package discord_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/discord/discordtest"
	"parley/store"
)

// What becomes of a reply whose question is edited or deleted, as people see it.
func TestRevisions(t *testing.T) {
	n := newNewsroom(t)
	var m, more discordtest.Message
	mention := func(text string) string { return discordtest.Mention + " " + text }
	say := func(text string) discordtest.Message {
		return n.heard(func() discordtest.Said { return n.Say(discordtest.Channel, discordtest.User, text, "") })
	}
	edit := func(text string) {
		n.heard(func() discordtest.Said { return n.Edit(m, text) })
	}
	standing := func(all []discordtest.Message) {
		all = slices.DeleteFunc(all, func(m discordtest.Message) bool { return m.User != discordtest.Bot })
		fmt.Fprintf(&n.out, "(Of Parley's messages there stand %d.)\n\n", len(all))
	}
	n.step("Ada asks something that is not on record", func() { m = say(mention("Is the ferry free for children?")) })
	n.step("Ada edits it", func() { edit(mention(chattest.Question)) })
	n.step("Discord shows the preview of a link, and Ada edits the blanks", func() {
		n.Preview(m, "https://example.com", "Will the harbour close?").Wait()
		edit(mention("  " + chattest.Question + " "))
	})
	n.step("Ada takes the mention away", func() { edit("never mind") })
	n.step("Ada edits it to what asks nothing", func() { edit(mention("ok")) })
	n.step("Ada edits it back", func() { edit(mention(chattest.Question)) })
	n.step("Ben clicks “Sources”", func() {
		c, _ := n.public().Control("Sources")
		n.done(n.Click(second, n.public(), c.CustomID))
	})
	n.step("Ada deletes it", func() { n.heard(func() discordtest.Said { return n.Delete(m) }) })
	n.step("Ada says something to others", func() { m = n.Say(discordtest.Channel, discordtest.User, "The harbour reopens in June.", "").Message })
	n.step("Ada adds the mention, and Discord tells of that twice", func() {
		n.heard(func() discordtest.Said {
			s := n.Edit(m, mention("The harbour reopens in June."))
			n.Duplicate(s.Events[0]).Wait()
			return s
		})
	})
	n.step("Ada asks once more", func() { more = say(mention(chattest.Question)) })
	standing(n.parleys())
	n.step("a moderator deletes both, which nobody else had to do with", func() { n.heard(func() discordtest.Said { return n.DeleteAll(m, more) }) })
	standing(n.parleys())
	n.step("Ada asks directly", func() {
		m = n.heard(func() discordtest.Said { return n.DM(discordtest.User, "Is the ferry free for children?") })
	})
	n.step("Ada edits it there", func() { edit(chattest.Question) })
	n.step("Ada deletes it there", func() { n.heard(func() discordtest.Said { return n.Delete(m) }) })
	standing(n.DMs(discordtest.User))
	if kept := chattest.Recorded(t, n.store, "ferry", "When does the harbour", "reopens in June."); len(kept) > 0 {
		t.Errorf("of deleted questions there is on record: %s", strings.Join(kept, "\n"))
	}

	chattest.Golden(t, "revisions.txt", n.out.String())
}

// heard does something that Parley must hear of, which Discord is not told, and waits until it is on record and done.
func (n *newsroom) heard(do func() discordtest.Said) discordtest.Message {
	n.t.Helper()
	count := func() (events int) {
		err := n.store.Query(n.t.Context(), store.Stmt{SQL: "SELECT count(*) FROM inbox"}, func(rows *sql.Rows) error { return rows.Scan(&events) })
		if err != nil {
			n.t.Fatal(err)
		}
		return events
	}
	before := count()
	s := do()
	s.Wait()
	for deadline := time.Now().Add(10 * time.Second); count() == before; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			n.t.Fatal("Parley did not hear of it")
		}
	}
	n.quiet()
	return s.Message
}
