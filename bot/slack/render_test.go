package slack

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"parley/answers"
	"parley/answers/library"
	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/seeds"
	"parley/seeds/seedstest"
)

// learned is the record with what it teaches; that takes seconds, and no test changes it.
var learned = sync.OnceValues(func() (answers.Contents, []byte) {
	c, err := seeds.Load(seeds.Record())
	if err != nil {
		panic(err)
	}
	l, err := seedstest.Library(c)
	if err != nil {
		panic(err)
	}
	return c, l.Trained()
})

func ownLibrary(t *testing.T, change func(*answers.Contents)) *library.Library {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED with -short: it learns from the record")
	}
	c, trained := learned()
	c.Entries = slices.Clone(c.Entries)
	if change != nil {
		change(&c)
	}
	l, err := library.Restore(c, trained)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func day(t *testing.T, s string) answers.Date {
	t.Helper()
	d, err := answers.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// with are controls as bot gives them, private or not.
func with(verbs ...bot.Verb) []bot.Control {
	labels := map[bot.Verb]string{
		bot.Share: "Share", bot.Copy: "Copy as text", bot.More: "More", bot.Sources: "Sources", bot.Quote: "Quote", bot.Timeline: "Timeline", bot.WhyThis: "Why this answer?",
		bot.Helpful: "Helpful", bot.Unhelpful: "Not helpful", bot.Report: "Report an error", bot.Escalate: "Pass to the curators", bot.None: "None of these",
	}
	var list []bot.Control
	for _, v := range verbs {
		list = append(list, bot.Control{Verb: v, Label: labels[v]})
	}
	return list
}

// offers are the choices of an answer, before other controls.
func offers(a answers.Answer, verbs ...bot.Verb) []bot.Control {
	var list []bot.Control
	for i, s := range a.Suggestions {
		list = append(list, bot.Control{Verb: bot.Pick, Label: s.Question, Pick: i + 1})
	}
	return append(list, with(verbs...)...)
}

// goldenJSON compares a value with a file; UPDATE_GOLDEN=1 writes the file anew.
func goldenJSON(t *testing.T, name string, value any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(value); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", "render", name+".json")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("%s differs from %s:\n%s", name, file, &b)
	}
	return want
}

// replies are one of each kind that people get.
func replies(t *testing.T) map[string]bot.Reply {
	lib := ownLibrary(t, nil)
	frozen := ownLibrary(t, func(c *answers.Contents) {
		c.Freezes = []answers.Freeze{{
			Noun: answers.NounEntry, ID: "us-troops", Since: time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC), Why: "talks are under way",
		}}
	})
	answered := with(bot.Share, bot.Copy, bot.More, bot.Sources, bot.Quote, bot.Timeline, bot.WhyThis, bot.Helpful, bot.Unhelpful, bot.Report)
	listed := with(bot.Share, bot.Copy, bot.Helpful, bot.Unhelpful, bot.Report)
	list := map[string]bot.Reply{}
	add := func(name string, a answers.Answer, asked string, controls ...bot.Control) {
		r := bot.Compose(lib.About(), a)
		r.ID, r.Asked, r.Controls = deliver.DeliveryID("d-"+name), asked, controls
		list[name] = r
	}
	ask := func(name, text string, outcome answers.Outcome, controls ...bot.Control) answers.Answer {
		a := lib.Ask(answers.Question{Text: text, Today: day(t, "2026-11-22")})
		if a.Outcome != outcome {
			t.Fatalf("%s: %q is %s, not %s", name, text, a.Outcome, outcome)
		}
		add(name, a, text, controls...)
		return a
	}
	ask("answered", "Will US troops be sent to Ukraine?", answers.OutcomeAnswered, answered...)
	ask("dispute-later", "What has Trump committed himself to?", answers.OutcomeAnswered, answered...)
	ask("premise", "Why did Trump agree to send troops to Ukraine?", answers.OutcomeAnswered, answered...)
	outside := ask("outside", "Who won the football match in Brazil?", answers.OutcomeDeclined)
	add("outside", outside, "Who won the football match in Brazil?", offers(outside, bot.Escalate)...)
	ask("unknown-name", "What did Quokkaman say about Zanzibar?", answers.OutcomeDeclined, with(bot.Escalate)...)
	ask("empty", "", answers.OutcomeDeclined)
	ask("help", "help", answers.OutcomeAnswered)
	for _, text := range []string{"how hedged was witkoff's wording", "which NATO artcle is the model for the US promise",
		"Was NATO itself in the room, and in what person?", "troops and guarantees in paris or alaska maybe"} {
		if a := lib.Ask(answers.Question{Text: text}); a.Outcome == answers.OutcomeSuggested {
			add("suggested", a, text, offers(a, bot.None)...)
			break
		}
	}
	add("as-of", lib.Ask(answers.Question{Text: "What is the UK offering?", AsOf: day(t, "2025-08-31")}), "What is the UK offering?", answered...)
	add("under-review", frozen.Ask(answers.Question{Text: "Will US troops be sent to Ukraine?"}), "Will US troops be sent to Ukraine?", with(bot.Escalate)...)
	add("no-such-name", lib.LookUp(answers.LookUp{Intent: answers.IntentClaims, Term: "erdogan"}), "claims erdogan", with(bot.Escalate)...)

	c, _ := learned()
	for _, e := range c.Entries {
		if e.Kind == answers.KindGap {
			a := ask("gap", e.Question, answers.OutcomeDeclined)
			add("gap", a, e.Question, offers(a, bot.Escalate)...)
			break
		}
	}
	rated := map[answers.Rating]bool{}
	statements := []string{
		"Russia has accepted the guarantees.", "US troops will be sent to Ukraine.", "The Alaska meeting lasted three hours.", "Elvis lives on Mars.",
		"The US will back the guarantees.", "Trump has ruled out US troops.", "The Alaska meeting lasted five hours.", "NATO has 40 members.",
		"Trump promised Article 5 protection.", "France will send troops to Ukraine.", "Nobody has signed a declaration.",
		"The US has never committed itself to the guarantees.", "Trump made a firm commitment in August 2025.", "A meeting with Putin took place.",
	}
	for _, claim := range c.Claims {
		statements = append(statements, claim.Text)
	}
	for _, s := range statements {
		a := lib.Check(answers.Question{Text: s, Today: day(t, "2026-11-22")})
		if !rated[a.Rating] {
			rated[a.Rating] = true
			add("check-"+strings.ReplaceAll(string(a.Rating), "_", "-"), a, s, listed...)
		}
	}
	if len(rated) != 6 {
		t.Errorf("there are statements of only %d ratings", len(rated))
	}
	for intent, term := range map[answers.Intent]string{
		answers.IntentTimeline: "paris", answers.IntentWho: "macron", answers.IntentSources: "", answers.IntentClaims: "",
		answers.IntentDisputes: "", answers.IntentLatest: "", answers.IntentUnresolved: "", answers.IntentCoverage: "",
	} {
		a := lib.LookUp(answers.LookUp{Intent: intent, Term: term, Today: day(t, "2026-11-22")})
		add(string(intent), a, strings.TrimSpace(string(intent)+" "+term), listed...)
	}
	say := func(name string, parts ...compose.Part) {
		list[name] = bot.Reply{ID: deliver.DeliveryID("d-" + name), Parts: parts}
	}
	say("copy", compose.Part{Role: compose.RolePlain, Text: list["answered"].Text()})
	gazette := answers.Source{ID: "gazette", Publisher: "The Gazette", Title: "Harbour to reopen", SHA256: strings.Repeat("0f", 32)}
	may := []answers.Claim{{Text: "The Gazette reported that the harbour reopens in May."}}
	say("quote", compose.Quotes([]answers.Passage{
		{Source: gazette, Paragraph: 2, Claims: may, Attached: true, Before: "… <@U1> was told. ", Marked: "*The* harbour reopens in May.", After: " No fee is due. …"},
		{Source: gazette, Paragraph: 3, Claims: may, Attached: true, Before: "It «reopens» in May. In May it does."},
		{Source: gazette, Paragraph: 4, Claims: may, Attached: true},
	})...)
	say("quote-elsewhere", compose.Quotes([]answers.Passage{
		{Source: gazette, Paragraph: 2, Claims: may}, {Source: gazette, Paragraph: 5, Claims: may}, {Source: gazette, Paragraph: 2, Claims: may},
	})...)
	say("why", compose.Part{Role: compose.RoleNotice, Text: "A curator wrote this answer beforehand; your question was matched to it by its words."},
		compose.Part{Role: compose.RoleList, Items: []compose.Item{{Label: "Confidence", Text: "93%"}, {Label: "Next in line", Text: "us-role, with 41%"}}})
	say("thanks", compose.Part{Role: compose.RoleNotice, Text: "Thank you, noted."})
	say("error", compose.Part{Role: compose.RoleNotice, Text: "Something went wrong with this, and it is not your fault. Please ask in other words, or tell the curators."})
	told := func(name string, notice compose.Part, parts ...compose.Part) {
		r := list["answered"]
		r.ID, r.Parts = deliver.DeliveryID("d-"+name), append([]compose.Part{notice}, parts...)
		if len(parts) == 0 {
			r.Controls = nil
		}
		list[name] = r
	}
	told("corrected", compose.Part{Role: compose.RoleNotice, Heading: "Corrected on 22 Nov 2026, 14:10 UTC", Items: []compose.Item{
		{Label: "What was wrong", Text: "We said that troops would be sent."}, {Label: "What is right", Text: "They will not be sent."},
	}}, list["answered"].Parts...)
	told("retracted", compose.Part{
		Role: compose.RoleNotice, Heading: "Withdrawn on 22 Nov 2026, 16:20 UTC",
		Text: "The answer to “Will US troops be sent to Ukraine?” has been withdrawn: its source took it back.",
	})
	return list
}

// What each kind of reply looks like. Each file is read back, taken by a local Slack, and complete by its texts alone.
func TestRenderGolden(t *testing.T) {
	for name, r := range replies(t) {
		t.Run(name, func(t *testing.T) {
			var o options
			switch name {
			case "answered":
				o.Restate = true
			case "premise":
				o.SharedBy = "Ada Lind"
			}
			written := goldenJSON(t, name, render(r, o))
			var read []struct {
				Text   string
				Blocks slack.Blocks
			}
			if err := json.Unmarshal(written, &read); err != nil {
				t.Fatal(err)
			}
			var messages []message
			for _, m := range read {
				messages = append(messages, message{m.Text, m.Blocks.BlockSet})
			}
			texts, shown := verify(t, newLocal(t), r, messages)
			for what, list := range map[string][]string{"texts": texts, "blocks": shown} {
				for _, part := range append(o.lead(r), r.Parts...) {
					list = missing(t, what, list, part)
				}
			}
			if again := render(r, o); jsonOf(t, again) != jsonOf(t, messages) {
				t.Errorf("reading back changes the messages")
			}
		})
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
