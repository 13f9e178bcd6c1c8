package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/answers"
	"parley/answers/library"
	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/bot/discord/discordtest"
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

// goldenJSON compares a value with a file.
func goldenJSON(t *testing.T, name string, value any) {
	t.Helper()
	b, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	goldenFile(t, name+".json", append(b, '\n'))
}

func goldenFile(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "render", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is now\n%s", file, got)
	}
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
	corrections(t, list)
	return list
}

// What each kind of reply looks like. Each is taken by a local Discord and complete by its content alone.
func TestRenderGolden(t *testing.T) {
	for name, r := range replies(t) {
		t.Run(name, func(t *testing.T) {
			var o options
			switch name {
			case "answered":
				o.Restate = true
			case "premise":
				o.Private = true
			}
			messages := render(r, o)
			golden(t, name, messages)
			rest := strings.Join(verify(t, newLocal(t), r, messages), " ")
			for _, part := range o.around(r) {
				rest = missing(t, rest, part)
			}
		})
	}
}

// golden compares messages with two files: what is read, and what can be clicked. UPDATE_GOLDEN=1 writes them anew.
func golden(t *testing.T, name string, messages []message) {
	t.Helper()
	var contents []string
	var clicks []any
	for _, m := range messages {
		contents = append(contents, m.Content)
		if len(m.Components) > 0 {
			clicks = append(clicks, m.Components)
		}
	}
	goldenFile(t, name+".txt", []byte(strings.Join(contents, "\n\n======== next message ========\n\n")+"\n"))
	if len(clicks) > 0 {
		goldenJSON(t, name, clicks)
	}
}

// local is a Discord to post to. It refuses what breaks a limit of Discord's, and then the test fails.
type local struct {
	*Chat
	server *discordtest.Server
}

func newLocal(t *testing.T) local {
	s := discordtest.New(t)
	c, err := New(Config{Token: discordtest.Token, Transport: s.Client().Transport})
	if err != nil {
		t.Fatal(err)
	}
	return local{c, s}
}

func (l local) post(t *testing.T, m message) {
	t.Helper()
	to := deliver.Address{Place: deliver.Place{Channel: discordtest.Channel}}
	if _, err := l.Chat.post(t.Context(), to, to.Channel, m, nonce(deliver.DeliveryID(fmt.Sprint(len(l.server.Calls()))), 0), true); err != nil {
		t.Errorf("post %.500q: %v", m.Content, err)
	}
}

// open opens a form in answer to an interaction that there is not: Discord looks at the form first.
func (l local) open(t *testing.T, f bot.Form) {
	t.Helper()
	via := deliver.Via(fmt.Sprintf("%d/x", len(l.server.Calls())))
	if err := l.openForm(t.Context(), arrival{event: bot.Event{Via: via}}, f); codeOf(err) != unknownInteraction {
		t.Errorf("open %q: %v", f.Title, err)
	}
}

// verify posts messages, holds them against what holds for every reply, and returns what each shows.
func verify(t *testing.T, to local, r bot.Reply, messages []message) (shown []string) {
	t.Helper()
	for i, m := range messages {
		to.post(t, m)
		text, acting := read(m.Content)
		for _, s := range acting {
			t.Errorf("message %d: %.50q may act", i+1, s)
		}
		shown = append(shown, text)
		if i < len(messages)-1 && len(m.Components) > 0 {
			t.Errorf("message %d of %d has controls", i+1, len(messages))
		}
	}
	if len(messages) > 0 {
		if got, want := clickable(t, messages[len(messages)-1].Components), controlIDs(r); !slices.Equal(got, want) {
			t.Errorf("the controls are %q, want %q", got, want)
		}
	}
	return shown
}

// missing looks for the words of a part, in order, and returns what comes after them. Pages leave out white space, repeat headings
// and mark items, so what stands between words does not count.
func missing(t *testing.T, rest string, part compose.Part) string {
	t.Helper()
	for _, word := range strings.Fields(part.String()) {
		if word == "-" { // a bullet, which Discord draws
			continue
		}
		_, after, found := strings.Cut(rest, word)
		if !found {
			t.Fatalf("%q is missing before %.200q", word, rest)
		}
		rest = after
	}
	return rest
}

// clickable are the ids of the controls that clicks give back, sorted.
func clickable(t *testing.T, list []discordgo.MessageComponent) []string {
	t.Helper()
	var ids []string
	add := func(customID string, values ...string) {
		c, ok := clickOf(customID, values)
		if !ok {
			t.Errorf("the click on %q, %q is not understood", customID, values)
		}
		ids = append(ids, bot.Control{Verb: c.Verb, Pick: c.Pick}.ID(c.On))
	}
	for _, r := range list {
		for _, e := range r.(discordgo.ActionsRow).Components {
			switch e := e.(type) {
			case discordgo.Button:
				add(e.CustomID)
			case discordgo.SelectMenu:
				for _, o := range e.Options {
					add(e.CustomID, o.Value)
				}
			}
		}
	}
	slices.Sort(ids)
	return ids
}

func controlIDs(r bot.Reply) []string {
	var ids []string
	for _, c := range r.Controls {
		ids = append(ids, c.ID(r.ID))
	}
	slices.Sort(ids)
	return ids
}
