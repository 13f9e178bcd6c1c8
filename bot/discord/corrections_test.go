package discord_test

import (
	"testing"
	"time"

	"parley/answers"
	"parley/bot/chattest"
	"parley/bot/discord/discordtest"
	"parley/store"
)

// TestCorrections plays the whole story and compares what people see with the golden file: asked, shared, corrected by an editor, followed
// up, worded more clearly, held back, withdrawn.
func TestCorrections(t *testing.T) {
	n := newNewsroom(t)
	n.step("Ada asks", func() { n.ask(discordtest.User, discordtest.Channel) })
	n.step("Ada shares the answer", func() { n.press(discordtest.User, "Share") })
	shared := n.public()
	n.step("Ben asks, and allows Parley to write to him", func() {
		n.ask(second, discordtest.Channel)
		n.done(n.Command(discordtest.Channel, second, "parley notify", option("messages", "on")))
	})
	n.step("the reader asks", func() { n.ask(reader, discordtest.Channel) })
	n.step("the reader tries “Correct this” on the shared answer", func() { n.done(n.MessageCommand("Correct this", reader, shared)) })
	n.step("a quarter of an hour passes for Ben and the reader", func() {
		n.expire(second)
		n.expire(reader)
	})

	n.step("the editor uses “Correct this” on the shared answer", func() { n.done(n.MessageCommand("Correct this", editor, shared)) })
	var form discordtest.Modal
	n.step("the editor chooses “Correct an error”", func() { form = n.noteForm(n.form(n.press(editor, "Correct an error"))) })
	n.step("the editor sends the form", func() { n.done(n.SubmitModal(editor, form, filled(form, june))) })
	n.step("the editor publishes it", func() { n.press(editor, "Publish") })
	n.step("the record is followed", n.swap)
	n.step("the reader asks again", func() { n.ask(reader, discordtest.Channel) })
	n.step("the reader asks once more", func() { n.ask(reader, discordtest.Channel) })
	n.step("the reader looks at the log", func() { n.done(n.Command(discordtest.Channel, reader, "parley corrections")) })

	n.step("the editor words it more clearly", func() {
		n.done(n.MessageCommand("Correct this", editor, shared))
		form := n.noteForm(n.form(n.press(editor, "Say it more clearly")))
		n.done(n.SubmitModal(editor, form, filled(form, map[string]string{
			"lead": "Ada Lind said that the harbour reopens in June [gz-reopens].", "right": "“It” is the harbour.",
		})))
		n.press(editor, "Publish")
	})
	n.step("the record is followed", n.swap)
	n.step("the editor begins a slip of the pen and discards it", func() {
		n.done(n.MessageCommand("Correct this", editor, shared))
		form := n.noteForm(n.form(n.press(editor, "A slip of the pen")))
		n.done(n.SubmitModal(editor, form, filled(form, map[string]string{"lead": "Ada Lind said: the harbour reopens in June [gz-reopens]."})))
		n.press(editor, "Discard")
	})

	freeze := answers.Freeze{Noun: answers.NounEntry, ID: "reopening", Since: time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC), Why: "there is news"}
	n.step("the answer is held back, and Ben asks", func() {
		n.edit("freeze", answers.Patch{Put: answers.Contents{Freezes: []answers.Freeze{freeze}}})
		n.swap()
		n.ask(second, discordtest.Channel)
	})
	n.step("it is free again, and Ben asks", func() {
		n.edit("thaw", answers.Patch{Remove: []answers.Ref{{Noun: answers.NounFreeze, ID: freeze.Key()}}})
		n.swap()
		n.ask(second, discordtest.Channel)
	})

	n.step("the editor withdraws it", func() {
		n.done(n.MessageCommand("Correct this", editor, shared))
		form := n.noteForm(n.form(n.press(editor, "Withdraw it")))
		n.done(n.SubmitModal(editor, form, map[string]string{"wrong": "The Gazette has withdrawn its report."}))
	})
	n.step("the editor publishes it", func() { n.press(editor, "Publish") })
	n.step("the record is followed", n.swap)
	n.step("the reader asks again", func() { n.ask(reader, discordtest.Channel) })
	n.step("the reader shows the log to all", func() {
		n.done(n.Command(discordtest.Channel, reader, "parley corrections", option("topic", "harbour"), option("public", true)))
	})
	n.step("Ben forbids Parley to write to him", func() {
		n.done(n.Command(discordtest.Channel, second, "parley notify", option("messages", "off")))
	})

	for _, o := range n.outcomes() {
		if o.State != store.Sent && o.State != store.Edited && o.State != store.FollowedUp && o.State != store.Waiting {
			t.Errorf("%s %s ended %s: %s", o.Act, o.Delivery, o.State, o.Reason)
		}
	}
	chattest.Golden(t, "corrections.txt", n.out.String())
}

// edit changes the record as a terminal does.
func (n *newsroom) edit(id string, p answers.Patch) {
	n.t.Helper()
	ch := store.Change{ID: id, At: time.Now(), Author: "editor", Why: "to try it"}
	if _, err := n.store.Edit(n.t.Context(), ch, store.Edit{Patch: p}); err != nil {
		n.t.Fatal(err)
	}
}

// reword corrects the entry as a terminal does.
func (n *newsroom) reword() {
	n.t.Helper()
	e, ok := n.library().Entry("reopening")
	if !ok {
		n.t.Fatal("there is no entry")
	}
	e.Lead = answers.Prose(june["lead"])
	ch := store.Change{
		ID: "reword", At: time.Now(), Author: "editor", Why: "to try it", Class: answers.Corrected, Wrong: june["wrong"], Right: june["right"],
	}
	if _, err := n.store.Edit(n.t.Context(), ch, store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}}); err != nil {
		n.t.Fatal(err)
	}
}
