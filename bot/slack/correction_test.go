package slack_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/bot/chattest"
	"parley/bot/slack/slacktest"
	"parley/store"
)

// What an editor types in the cases.
var inJune = map[string]string{
	"lead": "Ada Lind said that it reopens in June [gz-reopens].", "wrong": "We said May.", "right": "It is June.",
}

// The whole story, as people see it: asked, answered, shared, corrected after a preview, told wherever it went, asked again, clarified,
// held back, retracted.
func TestCorrectionStory(t *testing.T) {
	n := newNewsroom(t)
	const ask = "ask " + chattest.Question
	n.step("14:00 · U1 asks for themselves, and shares the answer; U2 asks for themselves and allows direct messages", func() {
		n.command("U2", ask)
		n.command("U2", "notify on")
		m := n.command("U1", ask)
		n.click("U1", m, "Share")
	})
	shared := func() slacktest.Message { return n.posted("C1")[0] }
	var form slacktest.View
	var freeze answers.Freeze
	n.step("14:05 · E1 takes “Correct this” in the menu of the shared message", func() {
		n.clock.at("14:05")
		n.correct("E1", shared())
	})
	n.step("E1 clicks “Correct an error”", func() {
		form = n.form("E1", n.told("E1"), "Correct an error")
		n.out.WriteString(fields(t, form))
	})
	n.step("E1 sends the form with words that stand on nothing", func() {
		n.submit(form, map[string]string{"lead": "It reopens in June.", "wrong": "We said May.", "right": "It is June."})
	})
	n.step("E1 changes the words and sends the form", func() {
		form = n.form("E1", n.told("E1"), "Change the words")
		n.out.WriteString(fields(t, form))
		n.submit(form, inJune)
	})
	n.step("14:10 · E1 publishes", func() {
		n.clock.at("14:10")
		n.click("E1", n.told("E1"), "Publish")
		if got := n.spread(); got != 3 {
			t.Errorf("%d replies are corrected, want the one shared and the two that their askers saw", got)
		}
	})
	n.step("U1 asks for the corrections, and opens Home", func() {
		n.command("U1", "corrections")
		wait(n.OpenHome("U1"))
		n.out.WriteString("Home:\n" + home(n, "U1"))
	})
	n.step("15:30, when what they saw can be followed up no more · E2 corrects it again", func() {
		n.clock.at("15:30")
		n.edit("E2", shared(), "Correct an error", map[string]string{"lead": "Ada Lind said that it reopens on 3 June [gz-reopens].", "wrong": "We left out the day.", "right": "It is 3 June."})
		n.click("E2", n.told("E2"), "Publish")
		n.spread()
	})
	n.step("U1 asks something else", func() { n.command("U1", "timeline harbour") })
	n.step("15:45 · E2 says it more clearly", func() {
		n.clock.at("15:45")
		n.edit("E2", shared(), "Say it more clearly", map[string]string{"lead": "It reopens on 3 June, Ada Lind said [gz-reopens].", "right": "Who said it stands at the end."})
		n.click("E2", n.told("E2"), "Publish")
		n.spread()
	})
	n.step("16:05 · the harbour is frozen while news comes in; U1 asks again", func() {
		n.clock.at("16:05")
		freeze = answers.Freeze{Noun: answers.NounTopic, ID: "harbour", Since: n.clock.now(), Why: "talks"}
		n.change("freeze", answers.Patch{Put: answers.Contents{Freezes: []answers.Freeze{freeze}}})
		n.spread()
		n.command("U1", ask)
	})
	n.step("16:20 · the freeze is over; E1 withdraws the answer", func() {
		n.clock.at("16:20")
		n.change("thaw", answers.Patch{Remove: []answers.Ref{{Noun: answers.NounFreeze, ID: freeze.Key()}}})
		n.spread()
		n.edit("E1", shared(), "Withdraw it", map[string]string{"wrong": "Ada Lind took it back."})
		n.click("E1", n.told("E1"), "Publish")
		n.spread()
	})
	n.step("U1 asks again", func() { n.command("U1", ask) })
	n.step("U1, who is no editor, takes “Correct this” on the shared message", func() { n.correct("U1", shared()) })

	chattest.Golden(t, "corrections.txt", n.out.String())
	for _, o := range n.outcomes() {
		if strings.Contains(o, string(store.Failed)) || strings.Contains(o, string(store.Unknown)) {
			t.Errorf("an item ended: %s", o)
		}
	}
	notes := slices.DeleteFunc(n.posted("C1"), func(m slacktest.Message) bool { return m.ThreadTS != shared().TS })
	if len(notes) != 3 {
		t.Errorf("%d notes stand in the thread, want one for each correction and one for the withdrawal", len(notes))
	}
}

// share asks and shares the answer, and returns the message that all see.
func (n *newsroom) share() slacktest.Message {
	n.t.Helper()
	n.click("U1", n.command("U1", "ask "+chattest.Question), "Share")
	return n.posted("C1")[0]
}

// ask asks in the channel and returns the reply, which all see.
func (n *newsroom) ask() slacktest.Message {
	n.t.Helper()
	n.Say("C1", "U1", slacktest.Mention+" "+chattest.Question, "").Wait()
	n.quiet()
	all := n.posted("C1")
	return all[len(all)-1]
}

// corrected corrects the answer as curators do in a terminal, and tells everybody.
func (n *newsroom) corrected() {
	n.t.Helper()
	e, _ := n.library(n.store).Entry("reopening")
	e.Lead = answers.Prose(inJune["lead"])
	_, err := n.store.Edit(n.t.Context(), store.Change{
		ID: "june", At: n.clock.now(), Author: "ada", Why: "june", Class: answers.Corrected, Wrong: inJune["wrong"], Right: inJune["right"],
	}, store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}})
	if err != nil {
		n.t.Fatal(err)
	}
	n.spread()
}

// Without the role of an editor nothing changes, whatever is taken, clicked or sent: by one who lost the role on the way, and by one
// who forges what an editor clicks.
func TestOnlyEditorsCorrect(t *testing.T) {
	n := newNewsroom(t)
	shared := n.share()
	kinds := n.correct("E1", shared)
	form := n.form("E1", kinds, "Correct an error")
	preview := n.submit(form, inJune)
	form = n.form("E1", kinds, "Withdraw it")

	n.role(n.store, "E1", store.Curator)
	refused := func(what string, told slacktest.Message) {
		t.Helper()
		if !strings.HasPrefix(told.Text, "Only editors may change the record.") {
			t.Errorf("%s: E1 is told\n%s", what, told.Text)
		}
	}
	refused("the sent form", n.submit(form, map[string]string{"wrong": "No."}))
	refused("the menu", n.correct("E1", shared))
	for _, label := range []string{"A slip of the pen", "Say it more clearly", "Correct an error", "Withdraw it"} {
		refused(label, n.click("E1", kinds, label))
	}
	for _, label := range []string{"Publish", "Change the words", "Discard"} {
		refused(label, n.click("E1", preview, label))
	}

	refusedTo := func(what string, told slacktest.Message) {
		t.Helper()
		if !strings.HasPrefix(told.Text, "That reply is not on record here") {
			t.Errorf("%s: U1 is told\n%s", what, told.Text)
		}
	}
	if told := n.correct("U1", shared); !strings.HasPrefix(told.Text, "Only editors may change the record.") {
		t.Errorf("U1 is told\n%s", told.Text)
	}
	publish, _ := preview.Control("Publish")
	_, draft, _ := strings.Cut(publish.Value, ":")
	for _, verb := range []string{"correct", "minor", "clarify", "wrong", "withdraw", "publish", "discard"} {
		forged := publish
		forged.Value = verb + ":" + draft
		n.did(n.Click("U1", shared, forged))
		refusedTo(verb, n.told("U1"))
	}
	report := n.form("U1", n.Ephemerals("C1", "U1")[0], "Report an error")
	on := report.Metadata
	for _, verb := range []string{"minor", "clarify", "wrong", "withdraw", "publish"} {
		report.Metadata = on[:strings.Index(on, `"control"`)] + `"control":"` + verb + ":" + draft + `"}`
		n.did(n.Submit(report, map[string]string{"text": "No."}))
		refusedTo("a forged form for "+verb, n.told("U1"))
		report = n.form("U1", n.Ephemerals("C1", "U1")[0], "Report an error")
	}
	all, err := n.store.Corrections(t.Context())
	if got := n.revision(); got != 1 || len(all) > 0 || err != nil || len(n.outcomes()) > 0 {
		t.Errorf("the entry is at revision %d, corrections are %v, %v, and %q was sent", got, all, err, n.outcomes())
	}
	if open := n.Modals(); len(open) != 1 || open[0].User != "U1" {
		t.Errorf("forms are open: %+v", open)
	}
}

// Of two editors the late one is told who was first, wherever on the way that is, and nothing of the first is lost.
func TestTwoEditorsAtOnce(t *testing.T) {
	n := newNewsroom(t)
	shared := n.share()
	other := map[string]string{"lead": "Ada Lind said that it reopens in July [gz-reopens].", "wrong": "We said May.", "right": "It is July."}
	first := n.edit("E1", shared, "Correct an error", inJune)
	second := n.edit("E2", shared, "Correct an error", other)
	form := n.form("E2", second, "Change the words")
	for range 2 { // a double click
		if told := n.click("E1", first, "Publish"); !strings.HasPrefix(told.Text, "Published as reopening v2.") {
			t.Errorf("E1 is told\n%s", told.Text)
		}
	}
	for what, told := range map[string]slacktest.Message{"publishing": n.click("E2", second, "Publish"), "the form": n.submit(form, nil)} {
		if !strings.Contains(told.Text, "Nothing was done, because reopening was changed by slack/E1 at 14:0") || !strings.Contains(told.Text, "to v2, while you worked on it.") {
			t.Errorf("%s: E2 is told\n%s", what, told.Text)
		}
	}
	n.spread()
	if got := n.revision(); got != 2 || !strings.Contains(n.posted("C1")[0].Text, "reopens in June") {
		t.Errorf("the entry is at revision %d, and people see\n%s", got, n.posted("C1")[0].Text)
	}
}

// Any message of a reply that became several can be chosen; what Parley did not say cannot, nor what says no curated answer.
func TestCorrectWhat(t *testing.T) {
	n := newNewsroom(t)
	n.Say("C1", "U1", slacktest.Mention+" "+chattest.LongQuestion, "").Wait()
	n.quiet()
	all := n.posted("C1")
	if len(all) < 2 {
		t.Fatalf("the reply has %d messages", len(all))
	}
	for i, m := range all {
		told := n.correct("E1", m)
		if !strings.Contains(told.Text, "(piers v1)") || !strings.Contains(told.Text, "too long for a form") || told.ThreadTS != m.ThreadTS {
			t.Errorf("message %d: E1 is told\n%s", i+1, told.Text)
		}
		if c := told.Controls(); len(c) != 1 || c[0].Label != "Withdraw it" {
			t.Errorf("message %d: E1 is offered %+v", i+1, c)
		}
	}
	said := n.Say("C1", "U2", "The harbour reopens in June.", "")
	if told := n.correct("E1", said.Message); !strings.HasPrefix(told.Text, "That reply is not on record here") {
		t.Errorf("on what U2 said, E1 is told\n%s", told.Text)
	}
	n.click("U1", n.command("U1", "timeline harbour"), "Share")
	all = n.posted("C1")
	if told := n.correct("E1", all[len(all)-1]); !strings.HasPrefix(told.Text, "That reply gives no curated answer") {
		t.Errorf("on a timeline, E1 is told\n%s", told.Text)
	}
}

// In a conversation of two everything goes as elsewhere, and what waits is told there too, since nobody else sees it.
func TestCorrectionsInDirectMessages(t *testing.T) {
	n := newNewsroom(t)
	n.command("E1", "ask "+chattest.Question)
	n.DM("E1", chattest.Question).Wait()
	n.quiet()
	n.clock.at("15:30")
	there := n.posted("DE1")[0]
	n.did(n.Shortcut("correct", "E1", there))
	alone := func() slacktest.Message {
		all := n.Ephemerals("DE1", "E1")
		return all[len(all)-1]
	}
	n.did(n.Click("E1", alone(), control(t, alone(), "Correct an error")))
	n.did(n.Submit(n.open("E1"), inJune))
	n.did(n.Click("E1", alone(), control(t, alone(), "Publish")))
	n.spread()
	if got := n.outcomes(); !slices.Equal(got, []string{"revise waiting", "revise edited"}) {
		t.Errorf("it ends %q", got)
	}
	all := n.posted("DE1")
	if len(all) != 2 || !strings.HasPrefix(all[0].Text, "Corrected on") || all[1].ThreadTS != all[0].TS {
		t.Errorf("in the direct messages are %+v", all)
	}
	n.DM("E1", "timeline harbour").Wait()
	n.quiet()
	all = n.posted("DE1")
	if last := all[len(all)-1].Text; !strings.Contains(last, ", since you asked “"+chattest.Question+"”") {
		t.Errorf("with the next answer E1 is told\n%s", last)
	}
}

// A form that Slack does not open is told of.
func TestFormDoesNotOpen(t *testing.T) {
	n := newNewsroom(t)
	kinds := n.correct("E1", n.share())
	n.Fault(slacktest.Fault{Methods: []string{"views.open"}, Times: 1, Error: "expired_trigger_id"})
	n.click("E1", kinds, "Correct an error")
	for deadline := time.Now().Add(5 * time.Second); !strings.HasPrefix(n.told("E1").Text, "The form could not be opened"); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("E1 is told\n%s", n.told("E1").Text)
		}
	}
	n.form("E1", kinds, "Correct an error")
}
