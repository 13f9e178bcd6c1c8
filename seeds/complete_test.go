package seeds

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/answers"
	"parley/answers/library"
)

// completed is one case of testdata/complete.txt.
type completed struct {
	line  int
	kind  answers.CompletionKind
	typed string
	want  []string // the first choices, in order; none for nothing at all
}

// readCompleted reads what is typed, up to a bar that stands for the cursor, and the first choices below it.
func readCompleted(t *testing.T) []completed {
	t.Helper()
	data, err := os.ReadFile("testdata/complete.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []completed
	for i, line := range strings.Split(string(data), "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "  "):
			c := &cases[len(cases)-1]
			if line != "  (nothing)" {
				c.want = append(c.want, strings.TrimSpace(line))
			}
		default:
			kind, typed, ok := strings.Cut(line, ": ")
			typed, closed := strings.CutSuffix(typed, "|")
			if !ok || !closed {
				t.Fatalf("complete.txt:%d: write it as %q", i+1, "question: will us tr|")
			}
			if kind == "question" {
				kind = ""
			}
			cases = append(cases, completed{line: i + 1, kind: answers.CompletionKind(kind), typed: typed})
		}
	}
	return cases
}

func names(choices []answers.Choice) []string {
	var list []string
	for _, c := range choices {
		list = append(list, c.Name)
	}
	return list
}

// What is typed, and what is offered first.
func TestComplete(t *testing.T) {
	lib := ownLibrary(t)
	for _, c := range readCompleted(t) {
		got := names(lib.Complete(answers.Completion{Typed: c.typed, Kind: c.kind}))
		first := got[:min(len(got), max(1, len(c.want)))]
		if !slices.Equal(first, c.want) {
			t.Errorf("complete.txt:%d: %q offers first\n  %s", c.line, c.typed, strings.Join(got[:min(len(got), 6)], "\n  "))
		}
	}
}

// Whoever types a question of the record is offered it early, and first once all of it is there; with a slip in it too.
func TestCompleteFindsEveryQuestion(t *testing.T) {
	lib := ownLibrary(t)
	for _, e := range lib.Contents().Entries {
		if e.Kind == answers.KindGap {
			continue
		}
		place := func(typed string) int {
			return slices.IndexFunc(lib.Complete(answers.Completion{Typed: typed}), func(c answers.Choice) bool { return c.ID == string(e.ID) })
		}
		if at := place(e.Question); at != 0 {
			t.Errorf("%q is offered as number %d", e.Question, at+1)
		}
		if e.Kind == answers.KindService {
			continue
		}
		words := strings.Fields(e.Question)
		if half := strings.Join(words[:(len(words)+1)/2], " "); place(half) < 0 {
			t.Errorf("%q is not offered for %q", e.Question, half)
		}
	}
}

func TestCompleteKeepsItsBounds(t *testing.T) {
	lib := ownLibrary(t)
	service, gap := map[string]bool{}, map[string]bool{}
	for _, e := range lib.Contents().Entries {
		service[string(e.ID)] = e.Kind == answers.KindService
		gap[string(e.ID)] = e.Kind == answers.KindGap
	}
	for _, kind := range kinds {
		for typed := range strings.FieldsSeq("a e i o t the us w wh what who zz9 . ") {
			for _, most := range []int{0, 1, 3, 25, 1000, -1} {
				got := lib.Complete(answers.Completion{Typed: typed, Kind: kind, Most: most})
				if allowed := most; len(got) > 25 || allowed > 0 && len(got) > allowed {
					t.Errorf("%s %q: %d choices where %d are wanted", kind, typed, len(got), most)
				}
				ids := map[string]bool{}
				for _, c := range got {
					if kind == answers.CompleteQuestion && gap[c.ID] {
						t.Errorf("%q offers the gap %s", typed, c.ID)
					}
					if c.ID == "" || c.Name == "" || ids[c.ID] {
						t.Errorf("%s %q: %+v is empty or stands twice", kind, typed, c)
					}
					ids[c.ID] = true
				}
			}
		}
		if len(lib.Complete(answers.Completion{Kind: kind})) == 0 {
			t.Errorf("%s: nothing is offered with nothing typed", kind)
		}
	}
	for _, c := range lib.Complete(answers.Completion{}) {
		if service[c.ID] {
			t.Errorf("%s is offered with nothing typed", c.ID)
		}
	}
	if got := lib.Complete(answers.Completion{Kind: "nonsense"}); got != nil {
		t.Errorf("a kind that is none: %v", got)
	}
}

// Nothing that a person could not be shown an answer to is offered.
func TestCompleteOffersOnlyLive(t *testing.T) {
	c := contents(t)
	hidden := map[answers.EntryID]answers.State{
		"alaska-length": answers.Draft, "war-began": answers.InReview, "nato-size": answers.Live, "us-spending": answers.Retracted,
	}
	n := 0
	c.Entries = slices.DeleteFunc(c.Entries, func(e answers.Entry) bool {
		_, one := hidden[e.ID]
		n++
		return e.Kind == answers.KindGap || !one && e.Dispute == "" && n%5 != 0 // gaps name what is hidden here; few are sooner learnt
	})
	c.Gold = nil
	var typed []string
	for i, e := range c.Entries {
		if state, ok := hidden[e.ID]; ok {
			typed = append(typed, e.Question)
			c.Entries[i].State = state
		}
		if c.Entries[i].State == answers.Retracted {
			c.Entries[i].Withdrawn = "because this is a test"
		}
	}
	c.Freezes = []answers.Freeze{{Noun: answers.NounEntry, ID: "nato-size", Since: time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC), Why: "a test"}}
	lib, err := library.New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(typed) != len(hidden) {
		t.Fatal("the record lacks an entry that is to be hidden")
	}
	for _, text := range typed {
		for _, choice := range lib.Complete(answers.Completion{Typed: text}) {
			if state, ok := hidden[answers.EntryID(choice.ID)]; ok {
				t.Errorf("%s, which is %q, is offered", choice.ID, state)
			}
		}
	}
}

// Whatever a choice of names gives is a term that a look-up understands.
func TestChoicesAreTerms(t *testing.T) {
	lib := ownLibrary(t)
	for _, kind := range kinds[1:] {
		for _, c := range lib.Complete(answers.Completion{Kind: kind}) {
			intent := answers.IntentClaims
			if kind == answers.CompleteDispute {
				intent = answers.IntentDisputes
			}
			a := lib.LookUp(answers.LookUp{Intent: intent, Term: c.ID})
			if a.Outcome != answers.OutcomeAnswered {
				t.Errorf("%s: the look-up for %s finds nothing", kind, c.ID)
			}
			if kind == answers.CompleteDispute && len(a.Disputes) != 1 {
				t.Errorf("the look-up for dispute %s finds %d", c.ID, len(a.Disputes))
			}
		}
	}
}

var kinds = []answers.CompletionKind{
	answers.CompleteQuestion, answers.CompleteActor, answers.CompletePlace, answers.CompleteTopic,
	answers.CompleteSource, answers.CompleteDispute, answers.CompleteTerm,
}

func FuzzComplete(f *testing.F) {
	lib := ownLibrary(f)
	for _, typed := range []string{"", " ", "will us tr", "wil us troops", "ﷺ\u202e\u0301", "\xff\xfe", "a'", "'s", "U.S.", strings.Repeat("troops ", 5000), strings.Repeat("é", 9999)} {
		for i := range kinds {
			f.Add(typed, i)
		}
	}
	f.Fuzz(func(t *testing.T, typed string, kind int) {
		q := answers.Completion{Typed: typed, Kind: kinds[max(0, kind)%len(kinds)]}
		got := lib.Complete(q)
		if again := lib.Complete(q); !slices.Equal(got, again) {
			t.Errorf("%q: twice the same, and %v then %v", typed, got, again)
		}
		for _, c := range got {
			if !utf8.ValidString(c.Name) {
				t.Errorf("%q offers broken text: %q", typed, c.Name)
			}
		}
	})
}

// keystrokes are the gold questions as they grow under the fingers.
func keystrokes(tb testing.TB) []string {
	var all []string
	for _, g := range contents(tb).Gold {
		for i := range g.Ask {
			all = append(all, g.Ask[:i])
		}
	}
	return all
}

// BenchmarkComplete completes every keystroke of the gold questions, and tells the slowest hundredth.
func BenchmarkComplete(b *testing.B) {
	lib, typed := ownLibrary(b), keystrokes(b)
	lib.Complete(answers.Completion{})
	b.ReportAllocs()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		lib.Complete(answers.Completion{Typed: typed[i*7919%len(typed)]})
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
