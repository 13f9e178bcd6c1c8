package slack_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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
	"short": "Ada Lind said that it reopens in June [gz-reopens].", "wrong": "We said May.", "right": "It is June.",
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
		n.submit(form, map[string]string{"short": "It reopens in June.", "wrong": "We said May.", "right": "It is June."})
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
	n.step("15:30, when what they saw can be followed up no more · E2 says it more clearly", func() {
		n.clock.at("15:30")
		n.edit("E2", shared(), "Say it more clearly", map[string]string{"short": "It reopens in June, Ada Lind said [gz-reopens].", "right": "Who said it stands at the end."})
		n.click("E2", n.told("E2"), "Publish")
		n.spread()
	})
	n.step("U1 asks something else", func() { n.command("U1", "timeline harbour") })
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

	golden := filepath.Join("testdata", "corrections.txt")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(n.out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if n.out.String() != string(want) {
		t.Errorf("people see\n%s\nwant\n%s", &n.out, want)
	}
	for _, o := range n.outcomes() {
		if strings.Contains(o, string(store.Failed)) || strings.Contains(o, string(store.Unknown)) {
			t.Errorf("an item ended: %s", o)
		}
	}
	notes := slices.DeleteFunc(n.posted("C1"), func(m slacktest.Message) bool { return m.ThreadTS != shared().TS })
	if len(notes) != 2 {
		t.Errorf("%d notes stand in the thread, want one for the correction and one for the withdrawal", len(notes))
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
	e.Short = answers.Prose(inJune["short"])
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
	other := map[string]string{"short": "Ada Lind said that it reopens in July [gz-reopens].", "wrong": "We said May.", "right": "It is July."}
	first := n.edit("E1", shared, "Correct an error", inJune)
	second := n.edit("E2", shared, "Correct an error", other)
	form := n.form("E2", second, "Change the words")
	for range 2 { // a double click
		if told := n.click("E1", first, "Publish"); !strings.HasPrefix(told.Text, "Published as reopening v2.") {
			t.Errorf("E1 is told\n%s", told.Text)
		}
	}
	for what, told := range map[string]slacktest.Message{"publishing": n.click("E2", second, "Publish"), "the form": n.submit(form, nil)} {
		if !strings.Contains(told.Text, "eopening was changed by slack/E1 at 14:0") || !strings.Contains(told.Text, "to v2, while you worked on it. Nothing was done") {
			t.Errorf("%s: E2 is told\n%s", what, told.Text)
		}
	}
	n.spread()
	if got := n.revision(); got != 2 || !strings.Contains(n.posted("C1")[0].Text, "reopens in June") {
		t.Errorf("the entry is at revision %d, and people see\n%s", got, n.posted("C1")[0].Text)
	}
}

// An edit that meets trouble ends edited, once and with one note beside it, or with the reason why not.
func TestEditsAmongTrouble(t *testing.T) {
	updates := func(f slacktest.Fault) func(*newsroom, slacktest.Message) {
		f.Methods, f.Times = []string{"chat.update"}, 1
		return func(n *newsroom, _ slacktest.Message) { n.Fault(f) }
	}
	channel := func(c slacktest.Channel) func(*newsroom, slacktest.Message) {
		c.ID, c.Name = "C1", "general"
		return func(n *newsroom, _ slacktest.Message) { n.AddChannel(c) }
	}
	for name, c := range map[string]struct {
		trouble func(*newsroom, slacktest.Message)
		want    string
	}{
		"none":               {func(*newsroom, slacktest.Message) {}, "revise edited"},
		"429":                {updates(slacktest.Fault{Status: 429, RetryAfter: time.Second}), "revise edited"},
		"500":                {updates(slacktest.Fault{Status: 500}), "revise edited"},
		"dropped before":     {updates(slacktest.Fault{Drop: slacktest.Before}), "revise edited"},
		"dropped after":      {updates(slacktest.Fault{Drop: slacktest.After}), "revise edited"},
		"internal error":     {updates(slacktest.Fault{Error: "internal_error"}), "revise edited"},
		"deleted":            {func(n *newsroom, m slacktest.Message) { n.Delete(m) }, "revise failed the message was deleted"},
		"archived":           {channel(slacktest.Channel{Archived: true}), "revise failed the channel is archived, frozen or deleted"},
		"taken out":          {channel(slacktest.Channel{Outside: true}), "revise failed Parley is not in that channel; invite it with /invite"},
		"channel gone":       {channel(slacktest.Channel{Deleted: true}), "revise failed Parley cannot see that channel any more"},
		"removed":            {updates(slacktest.Fault{Error: "account_inactive"}), "revise failed Parley was removed from the workspace"},
		"edit window closed": {updates(slacktest.Fault{Error: "edit_window_closed"}), "revise waiting the message is too old to be edited"},
		"not to be edited":   {updates(slacktest.Fault{Error: "cant_update_message"}), "revise waiting the message cannot be edited"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			m := n.ask()
			c.trouble(n, m)
			n.corrected()
			if got := n.outcomes(); len(got) != 1 || got[0] != c.want {
				t.Fatalf("it ends %q, want %q", got, c.want)
			}
			edited, notes := 0, 0
			for _, now := range n.posted("C1") {
				if strings.HasPrefix(now.Text, "Corrected on") && now.TS == m.TS {
					edited++
				} else if strings.HasPrefix(now.Text, "Corrected on") && now.ThreadTS == m.ThreadTS {
					notes++
				}
			}
			want := map[bool]int{true: 1}[c.want == "revise edited"]
			if edited != want || notes != want {
				t.Errorf("edited are %d messages, and there are %d notes, want %d of each", edited, notes, want)
			}
			if strings.Contains(c.want, "waiting") {
				n.toldWithNext("U1")
			}
		})
	}
}

// toldWithNext wants a person to be told with the next answer what waited for them, once.
func (n *newsroom) toldWithNext(user string) {
	n.t.Helper()
	const since = ", since you asked “" + chattest.Question + "”"
	if told := n.command(user, "timeline"); strings.Count(told.Text, since) != 1 || !strings.Contains(told.Text, "We said May.") {
		n.t.Errorf("with the next answer %s is told\n%s", user, told.Text)
	}
	if told := n.command(user, "timeline"); strings.Contains(told.Text, since) {
		n.t.Errorf("%s is told again\n%s", user, told.Text)
	}
	for _, o := range n.outcomes() {
		if strings.Contains(o, "waiting") {
			n.t.Errorf("after that an item still waits: %s", o)
		}
	}
}

// Who allowed it is told directly, once, of what can be followed up no more; where that cannot be, with the next answer.
func TestToldDirectly(t *testing.T) {
	fault := func(method string, f slacktest.Fault) func(*newsroom) {
		f.Methods, f.Times = []string{method}, 1
		return func(n *newsroom) { n.Fault(f) }
	}
	for name, c := range map[string]struct {
		trouble func(*newsroom)
		scopes  []string
		want    string
	}{
		"none":             {trouble: func(*newsroom) {}, want: "tell followed up"},
		"opened later":     {trouble: fault("conversations.open", slacktest.Fault{Status: 503}), want: "tell followed up"},
		"429":              {trouble: fault("chat.postMessage", slacktest.Fault{Status: 429, RetryAfter: time.Second}), want: "tell followed up"},
		"lost":             {trouble: fault("chat.postMessage", slacktest.Fault{Drop: slacktest.Before}), want: "tell followed up"},
		"answer lost":      {trouble: fault("chat.postMessage", slacktest.Fault{Drop: slacktest.After}), want: "tell followed up"},
		"closed account":   {trouble: func(n *newsroom) { n.AddUser(slacktest.User{ID: "U1", Closed: true}) }, want: "tell waiting the person's account is closed"},
		"a bot":            {trouble: fault("conversations.open", slacktest.Fault{Error: "cannot_dm_bot"}), want: "tell waiting it is a bot, which takes no direct messages"},
		"no messages":      {trouble: fault("chat.postMessage", slacktest.Fault{Error: "messages_tab_disabled"}), want: "tell waiting the app does not take direct messages"},
		"may not write":    {trouble: func(*newsroom) {}, scopes: []string{"app_mentions:read", "chat:write", "commands", "im:history"}, want: "tell waiting Parley lacks the permission im:write"},
		"not allowed":      {trouble: func(n *newsroom) { n.command("U1", "notify off") }, want: "revise waiting"},
		"tried in the end": {trouble: fault("response_url", slacktest.Fault{Status: 404}), want: "tell followed up"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t, func(config *slacktest.Config) {
				if c.scopes != nil {
					config.Scopes = c.scopes
				}
			})
			n.command("U1", "notify on")
			n.command("U1", "ask "+chattest.Question)
			c.trouble(n)
			if name != "tried in the end" { // with a response_url that lives by the clock, and takes nothing
				n.clock.at("15:30")
			}
			n.corrected()
			if got := n.outcomes(); len(got) != 1 || got[0] != c.want {
				t.Fatalf("it ends %q, want %q", got, c.want)
			}
			told := n.posted("D1")
			if want := map[bool]int{true: 1}[c.want == "tell followed up"]; len(told) != want {
				t.Fatalf("U1 is told directly %d times, want %d: %+v", len(told), want, told)
			}
			if strings.Contains(c.want, "waiting") {
				n.toldWithNext("U1")
				return
			}
			if m := told[0]; !strings.HasPrefix(m.Text, "You asked: "+chattest.Question+"\n\nCorrected on") || len(m.Controls()) > 0 {
				t.Errorf("U1 is told, with %d controls\n%s", len(m.Controls()), m.Text)
			}
		})
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

// repliesTried is how many replies are corrected among faults: SLACK_CORRECTIONS, or a number for every day.
func repliesTried(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("SLACK_CORRECTIONS")); err == nil {
		return n
	}
	if testing.Short() {
		return 100
	}
	return 400
}

// One correction of many replies among faults of every kind: each ends edited or with a reason, none is edited and noted twice, and what
// ended edited shows it.
func TestCorrectionAmongFaults(t *testing.T) {
	n := newNewsroom(t)
	var said []slacktest.Said
	for i := range repliesTried(t) {
		if i%500 == 499 { // Parley takes on 1,000 events at once
			n.quiet()
		}
		said = append(said, n.serving.ask())
	}
	n.quiet()
	reply := map[string]slacktest.Message{}
	for _, channel := range places() {
		for _, m := range n.posted(channel) {
			reply[m.ThreadTS] = m
		}
	}
	edits, posts := []string{"chat.update"}, []string{"chat.postMessage"}
	faults := []slacktest.Fault{
		{Methods: edits, Times: 1, Status: 429, RetryAfter: time.Second}, {Methods: edits, Times: 1, Status: 500}, {Methods: edits, Times: 1, Drop: slacktest.Before},
		{Methods: edits, Times: 1, Drop: slacktest.After}, {Methods: edits, Times: 1, Error: "internal_error"}, {Methods: edits, Times: 1, Error: "account_inactive"},
		{Methods: edits, Times: 1, Error: "cant_update_message"}, {Methods: posts, Times: 1, Status: 500}, {Methods: posts, Times: 1, Drop: slacktest.Before},
		{Methods: posts, Times: 1, Drop: slacktest.After}, {Methods: []string{"conversations.replies"}, Times: 1, Status: 503},
	}
	said = slices.DeleteFunc(said, func(one slacktest.Said) bool { return reply[one.TS].TS == "" }) // what a busy machine did not acknowledge
	for i, one := range said {
		f := faults[i/7%len(faults)]
		switch {
		case i%20 == 19:
			n.Delete(reply[one.TS])
		case i%7 == 3:
			f.Skip = i / 2
			n.Fault(f)
		}
	}
	n.AddChannel(slacktest.Channel{ID: places()[3], Archived: true})
	n.corrected()

	all, err := n.store.Outcomes(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	ends := map[string]int{}
	for _, o := range all {
		if o.Act == store.Revise {
			ends[strings.TrimSpace(string(o.State)+" "+o.Reason)]++
			if o.State != store.Edited && o.Reason == "" {
				t.Errorf("the reply %s ended %s without a reason", o.Delivery, o.State)
			}
		}
	}
	edited, notes, twice := 0, 0, 0
	for _, channel := range places() {
		inThread := map[string]int{}
		for _, m := range n.posted(channel) {
			switch {
			case !strings.HasPrefix(m.Text, "Corrected on"):
			case strings.Contains(m.Text, "reopens in June"):
				edited++
				if m.Edits > 1 && strings.Count(m.Text, "We said May.") > 1 {
					twice++
				}
			default:
				if notes++; inThread[m.ThreadTS] > 0 {
					twice++
				}
				inThread[m.ThreadTS]++
			}
		}
	}
	total := 0
	for _, end := range slices.Sorted(maps.Keys(ends)) {
		t.Logf("%5d %s", ends[end], end)
		total += ends[end]
	}
	t.Logf("of %d replies, %d show the correction, with %d notes; twice %d", len(said), edited, notes, twice)
	// An edit of which the answer was lost may be refused when it is repeated: then one more shows it.
	if total != len(said) || edited < ends["edited"] || twice > 0 || notes > edited || ends["unknown"] > 0 {
		t.Errorf("%d items ended, of them %d edited", total, ends["edited"])
	}
	for _, o := range all {
		if strings.HasPrefix(o.Delivery, "note-") && o.State != store.Sent && o.Reason == "" {
			t.Errorf("the note %s ended %s: %s", o.Delivery, o.State, o.Reason)
		}
	}
}

// places are the channels over which serving.ask spreads questions.
func places() []string {
	var list []string
	for i := range channels {
		list = append(list, fmt.Sprint("C", 100+i))
	}
	return list
}
