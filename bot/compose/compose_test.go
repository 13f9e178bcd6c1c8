package compose_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/answerstest"
	"parley/answers/facts"
	"parley/answers/lookup"
	"parley/bot/compose"
)

// about is what the small record says of itself.
var about = answers.About{Name: "the guarantees", Covers: "Our record covers the guarantees only.", Examples: answers.Examples{Questions: []string{"Who sends troops?"}}}

// record is the small record, perhaps with a change, whose newspaper is dated and whose sources have labels.
func record(change func(*answers.Contents)) *facts.Facts {
	c := answerstest.CleanContents()
	day := answers.Date{Year: 2025, Month: time.August, Day: 16}
	answerstest.SourceOf(&c, "paris-report").Label = "the Paris report"
	answerstest.SourceOf(&c, "post-anchorage").Date = answers.DateRange{Earliest: day, Latest: day.AddDays(5), Basis: answers.BasisInferred, From: "a weekday"}
	if change != nil {
		change(&c)
	}
	return facts.New(c)
}

// answer is what an entry answers, on a day some ten months after the newest source.
func answer(fs *facts.Facts, id answers.EntryID, q answers.Question) answers.Answer {
	e, _ := fs.Entry(id)
	q.Today = answers.Date{Year: 2026, Month: time.November, Day: 22}
	return fs.Answer(answers.Answer{Intent: answers.IntentQuestion}, e, facts.Asked{}, q)
}

func first(a answers.Answer) string  { return compose.Text(compose.Parts(about, a)) }
func behind(a answers.Answer) string { return compose.Text(compose.Details(about, a)) }

// requireText fails for what a text must say and does not, and for what it must not say and does.
func requireText(t *testing.T, what, text string, says, never []string) {
	t.Helper()
	for _, want := range says {
		if !strings.Contains(text, want) {
			t.Errorf("%s: %q is missing in\n%s", what, want, text)
		}
	}
	for _, unwanted := range never {
		if strings.Contains(text, unwanted) {
			t.Errorf("%s: %q stands in\n%s", what, unwanted, text)
		}
	}
	if strings.Contains(text, "[0]") || strings.Contains(text, "[]") {
		t.Errorf("%s: a marker leads nowhere in\n%s", what, text)
	}
}

// A reader gets the answer and what it stands on, and the rest behind it.
func TestAnswerFirst(t *testing.T) {
	a := answer(record(nil), "offers", answers.Question{})
	want := `A report on the Paris meeting says the leaders pledged training and equipment [1].
The Post reported that Trump had committed in principle to guarantees after a possible peace deal [2].
Paris report, Jan 2026 (inferred); The Post, Aug 2025 (inferred) · newest 11 months old`
	if got := first(a); got != want {
		t.Errorf("shown first is\n%s\nnot\n%s", got, want)
	}
	requireText(t, "behind it", behind(a), []string{
		"Peacekeepers, if they are sent", "[1] Publisher not stated, “US Backs Guarantees in Paris”, 6 Jan 2026 (inferred: the eve of Orthodox Christmas), document 0a0a0a0a",
		"[2] The Post, “After Anchorage” (title ours)", "2 reports, no other view on record.",
	}, []string{"pledged training and equipment", "paris-report", "post-anchorage"})
	if whole := compose.Text(compose.View{Whole: true}.Parts(about, a)); whole != first(a)+"\n\n"+behind(a) {
		t.Errorf("all of it is\n%s", whole)
	}
	if rest := (compose.View{}).Rest(a); rest != "sources, detail" {
		t.Errorf("what stays behind is called %q", rest)
	}
}

// Other views and what came later are counted, and stay behind; the caveat is said first.
func TestOtherViewsStayBehind(t *testing.T) {
	fs := record(func(c *answers.Contents) {
		e := answerstest.EntryOf(c, "offers")
		e.Lead, e.Basis, e.Detail = "Macron suggested that soldiers could go after a ceasefire is signed [pa-macron-thousands].", "", ""
		e.Caveat = "Disputed: The Post put US spending at $200 billion [po-us-spent-200bn]."
		e.Beside = []answers.DisputeID{"d-foreign-troops"}
		c.Relations = append(c.Relations, answers.Relation{From: "pa-starmer-hubs", Kind: answers.Updates, To: "pa-macron-thousands"})
	})
	a := answer(fs, "offers", answers.Question{})
	requireText(t, "first", first(a), []string{"Disputed: "}, []string{"Putin", "hubs"})
	requireText(t, "behind", behind(a), []string{"The parties disagree: Would foreign troops", "Putin has warned", "Later:", "hubs"}, nil)
	if rest := (compose.View{}).Rest(a); rest != "sources, 1 other view, 1 later" {
		t.Errorf("what stays behind is called %q", rest)
	}
	if next, more := (compose.View{}).Next(a); !more || !next.Behind {
		t.Errorf("more is %v, %v", next, more)
	}
	if _, more := (compose.View{Behind: true}).Next(a); more {
		t.Error("there is more behind what stays behind")
	}
}

// As of a day, what was not on record by then is not said, and where that is the lead, what was is listed.
func TestAsOf(t *testing.T) {
	fs := record(nil)
	a := answer(fs, "offers", answers.Question{AsOf: answers.Date{Year: 2025, Month: time.August, Day: 31}})
	requireText(t, "only claims by then", first(a), []string{
		"Our curated answer to this rests on more than was on record by 31 Aug 2025", "Trump had committed in principle", "The Post, Aug 2025 (inferred) · 15 months old",
	}, []string{"Paris"})
	a = answer(fs, "offers", answers.Question{AsOf: answers.Date{Year: 2024, Month: time.August, Day: 31}})
	requireText(t, "nothing by then", first(a), []string{"Nothing on this was on record by 31 Aug 2024."}, []string{"Paris", "Post"})
}

// Whoever gets no answer is told why in two lines at most, and is offered three questions at most.
func TestDeclines(t *testing.T) {
	var four []answers.Suggestion
	for i := range 4 {
		four = append(four, answers.Suggestion{ID: "offers", Question: fmt.Sprintf("Question %d?", i+1)})
	}
	gap := answers.Entry{ID: "lavrov", Kind: answers.KindGap, Question: "What has Lavrov said?"}
	for name, c := range map[string]struct {
		a    answers.Answer
		want string
	}{
		"a gap": {answers.Answer{Entry: &gap, Suggestions: four[:1]}, "Not on record: What has Lavrov said?\n\nNearest on record:\n1. Question 1?"},
		"no ready answer": {answers.Answer{Suggestions: four}, "No ready answer to that was found in our record.\n\n" +
			"Nearest on record:\n1. Question 1?\n2. Question 2?\n3. Question 3?"},
		"outside": {answers.Answer{Notice: answers.Outside, Why: answers.Why{Unknown: []string{"quokkaman"}}, Suggestions: four},
			"That is outside of our record. It does not know: quokkaman.\n\nOur record covers the guarantees only."},
		"unsure": {answers.Answer{Outcome: answers.OutcomeSuggested, Suggestions: four[:2]},
			"I am not sure that I understand. Did you mean one of these?\n\n1. Question 1?\n2. Question 2?"},
		"withdrawn": {answers.Answer{Notice: answers.WasWithdrawn, Entry: &answers.Entry{Question: "Who?", Withdrawn: "It was wrong."}},
			"The answer to “Who?” has been withdrawn: It was wrong."},
		"no referent": {answers.Answer{Notice: answers.NoReferent}, "Nothing was answered here yet that this could be about. Ask a question first."},
	} {
		c.a.Intent = answers.IntentQuestion
		if c.a.Outcome == "" {
			c.a.Outcome = answers.OutcomeDeclined
		}
		if got := first(c.a); got != c.want {
			t.Errorf("%s: it says\n%s\nnot\n%s", name, got, c.want)
		}
		if got := behind(c.a); got != "" {
			t.Errorf("%s: behind it stands %q", name, got)
		}
	}
}

// During breaking news an answer is held back, not given as it was.
func TestHeldBack(t *testing.T) {
	fs := record(func(c *answers.Contents) {
		c.Freezes = []answers.Freeze{answerstest.NoonFreeze(answers.NounEntry, "offers")}
	})
	e, _ := fs.Entry("offers")
	a := fs.HoldBack(answers.Answer{Intent: answers.IntentQuestion}, e, *fs.Held(e))
	requireText(t, "held back", first(a), []string{"under review since 22 Nov 2026, 12:00 UTC"}, []string{"Paris"})
}

// Two questions of one message get the first words of each.
func TestFurtherQuestions(t *testing.T) {
	fs := record(nil)
	a := answer(fs, "offers", answers.Question{})
	a.Also = []answers.Answer{answer(fs, "foreign-troops", answers.Question{})}
	requireText(t, "first", first(a), []string{"pledged training", "And to your other question:", "Macron suggested"}, []string{"Peacekeepers", "“US Backs"})
	requireText(t, "behind", behind(a), []string{"Peacekeepers", "And to your other question:", `"Several thousand"`}, nil)
}

// lookUp is a look-up in the small record.
func lookUp(q answers.LookUp) answers.Answer {
	fs := record(nil)
	return lookup.New(fs, fs.Words()).LookUp(q)
}

func TestLookUpsOfNothing(t *testing.T) {
	requireText(t, "no such name", first(lookUp(answers.LookUp{Intent: answers.IntentClaims, Term: "erdogan"})), []string{"Our record does not know: erdogan."}, nil)
	day := answers.Date{Year: 2024, Month: time.January, Day: 1}
	requireText(t, "nothing by then", first(lookUp(answers.LookUp{Intent: answers.IntentTimeline, Term: "paris", AsOf: day})), []string{"Nothing on this was on record by 1 Jan 2024."}, nil)
}

// Whoever asks who somebody is reads the office first, and who says so.
func TestWhoBeginsWithTheOffice(t *testing.T) {
	text := first(lookUp(answers.LookUp{Intent: answers.IntentWho, Term: "macron"}))
	if !strings.HasPrefix(text, "Emmanuel Macron: French President, by the Paris report;") {
		t.Errorf("it begins\n%s", text)
	}
	requireText(t, "who", text, []string{"Said\n- Macron suggested"}, []string{"paris-report", "pa-macron"})
}

// A listing comes ten items at a time: no item is lost or stands twice, and each page explains the numbers that it cites.
func TestListingPages(t *testing.T) {
	fs := record(func(c *answers.Contents) {
		for i := range 23 {
			claim := *answerstest.ClaimOf(c, "pa-package")
			claim.ID, claim.Text = answers.ClaimID(fmt.Sprintf("pa-item-%02d", i)), fmt.Sprintf("A report says item %02d.", i)
			c.Claims = append(c.Claims, claim)
		}
	})
	a := lookup.New(fs, fs.Words()).LookUp(answers.LookUp{Intent: answers.IntentClaims})
	v, all, pages := compose.View{}, "", 0
	for {
		text := compose.Text(v.Parts(about, a))
		all += text + "\n\n"
		pages++
		if n := strings.Count(text, "\n- "); n > 10 {
			t.Errorf("page %d has %d items", pages, n)
		}
		if !strings.Contains(text, "Sources\n[") || strings.Count(text, "(continued)") != min(1, pages-1) {
			t.Errorf("page %d is\n%s", pages, text)
		}
		next, more := v.Next(a)
		if !more {
			break
		}
		v = next
	}
	for i := range 23 {
		if n := strings.Count(all, fmt.Sprintf("item %02d", i)); n != 1 {
			t.Errorf("item %02d stands there %d times", i, n)
		}
	}
	if pages != 4 || !strings.Contains(all, "1–10 of 33") || !strings.Contains(all, "31–33 of 33") {
		t.Errorf("there are %d pages:\n%s", pages, all)
	}
	if rest := (compose.View{}).Rest(a); rest != "23 more" {
		t.Errorf("the first page leaves out %q", rest)
	}
	whole := compose.Text(compose.View{Whole: true}.Parts(about, a))
	requireText(t, "whole", whole, []string{"item 00", "item 22", "document 0a0a0a0a"}, []string{"(continued)", " of 33"})
	requireText(t, "behind", behind(a), []string{"item 22", "document 0a0a0a0a"}, []string{"item 00", "(continued)\n- A report says item 20"})
}

// Why names the runner-up by its question, as nobody knows an id.
func TestWhyNamesNoID(t *testing.T) {
	text := compose.Text(compose.Why(answers.Why{Score: 0.9, RunnerUp: "offers", Rival: "What has been offered?", Second: 0.1}))
	requireText(t, "why", text, []string{"What has been offered?, with 10%"}, []string{"offers"})
}
