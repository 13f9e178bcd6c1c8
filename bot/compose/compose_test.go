package compose_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/compose"
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

// library is the record's, perhaps with a change to what entries say or how they stand.
func ownLibrary(t *testing.T, change func(*answers.Contents)) *library.Library {
	t.Helper()
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

// unsure is the answer to a question that may mean several.
func unsure(t *testing.T, lib *library.Library) answers.Answer {
	for _, text := range []string{"how hedged was witkoff's wording", "which NATO artcle is the model for the US promise",
		"Was NATO itself in the room, and in what person?", "troops and guarantees in paris or alaska maybe"} {
		if a := lib.Ask(answers.Question{Text: text}); a.Outcome == answers.OutcomeSuggested {
			return a
		}
	}
	t.Fatal("Parley is sure of everything")
	return answers.Answer{}
}

// What each kind of answer must say, and must not.
func TestComposeSays(t *testing.T) {
	day := func(s string) answers.Date {
		d, err := answers.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	lib := ownLibrary(t, nil)
	for name, c := range map[string]struct {
		answer answers.Answer
		says   []string
		never  []string
	}{
		"fresh": {
			lib.Ask(answers.Question{Text: "How long did the Alaska meeting last?", Today: day("2025-08-20")}),
			[]string{"Three hours", "As of 18 Aug 2025 (stated)", "one report, no other view on record", "publisher of [1] not stated", "[1] Publisher not stated"},
			[]string{"old", "Sources differ"},
		},
		"stale": {
			lib.Ask(answers.Question{Text: "How long did the Alaska meeting last?", Today: day("2027-12-31")}),
			[]string{"the newest source is about 2 years old"}, nil,
		},
		"overtaken": {
			lib.Ask(answers.Question{Text: "What has Trump committed himself to?"}),
			[]string{"in principle", "Later:", "for the first time"}, []string{"Sources differ"},
		},
		"reports that agree": {
			lib.Ask(answers.Question{Text: "How many members does NATO have?"}),
			[]string{"32"}, nil,
		},
		"suggested": {
			unsure(t, lib),
			[]string{"Did you mean", "1. "}, []string{"Sources\n"},
		},
		"unknown name": {
			lib.Ask(answers.Question{Text: "What did Quokkaman say about Zanzibar?"}),
			[]string{"outside of our record", "Our record does not know: quokkaman"}, []string{"Sources\n"},
		},
		"only claims by then": {
			lib.Ask(answers.Question{Text: "What is the UK offering?", AsOf: day("2025-08-31")}),
			[]string{"Our curated answer to this rests on more than was on record by 31 Aug 2025", "offered earlier in the year"}, []string{"hubs"},
		},
		"undated left out": {
			lib.Ask(answers.Question{Text: "Would Ukraine have to give up land?", AsOf: day("2025-12-31")}),
			[]string{"3 claims were left out, because the date of their source is not known."}, []string{"undated report says Russia"},
		},
		"undated": {
			lib.Ask(answers.Question{Text: "Where would the next talks be held?", Today: day("2026-11-22")}),
			[]string{"The date of this is not known", "could be held"}, []string{" old"},
		},
		"no such name": {
			lib.LookUp(answers.LookUp{Intent: answers.IntentClaims, Term: "erdogan"}),
			[]string{"Our record does not know: erdogan."}, nil,
		},
		"nothing by then": {
			lib.LookUp(answers.LookUp{Intent: answers.IntentTimeline, Term: "paris", AsOf: day("2025-01-01")}),
			[]string{"Nothing on this was on record by 1 Jan 2025."}, nil,
		},
	} {
		text := compose.Text(compose.Parts(lib.About(), c.answer))
		for _, want := range c.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing in\n%s", name, want, text)
			}
		}
		for _, unwanted := range c.never {
			if strings.Contains(text, unwanted) {
				t.Errorf("%s: %q stands in\n%s", name, unwanted, text)
			}
		}
		if strings.Contains(text, "[0]") || strings.Contains(text, "[]") {
			t.Errorf("%s: a marker leads nowhere in\n%s", name, text)
		}
	}
}

// During breaking news an answer is held back, not given as it was.
func TestComposeFrozen(t *testing.T) {
	lib := ownLibrary(t, func(c *answers.Contents) {
		c.Freezes = []answers.Freeze{{
			Noun: answers.NounEntry, ID: "us-troops", Since: time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC), Why: "talks are under way",
		}}
	})
	text := compose.Text(compose.Parts(lib.About(), lib.Ask(answers.Question{Text: "Will US troops be sent to Ukraine?"})))
	if !strings.Contains(text, "under review") || strings.Contains(text, "The Post") {
		t.Errorf("a frozen entry answers\n%s", text)
	}
}
