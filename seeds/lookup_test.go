package seeds

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/facts"
)

var intents = []answers.Intent{
	answers.IntentClaims, answers.IntentTimeline, answers.IntentWho, answers.IntentSources, answers.IntentDisputes,
	answers.IntentLatest, answers.IntentUnresolved, answers.IntentCoverage,
}

// What the record itself calls open. A new claim that belongs here, or does not, shows when this list changes.
func TestOpenClaims(t *testing.T) {
	var got []answers.ClaimID
	for _, c := range contents(t).Claims {
		if facts.Open(c) {
			got = append(got, c.ID)
		}
	}
	want := []answers.ClaimID{"pa-force-size-open", "po-contours-unclear", "po-us-role-unclear", "ue-binding-open", "ue-donbas-open", "ue-senate-unclear", "wa-few-details"}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("open: %v, want %v", got, want)
	}
}

// No look-up limited to a day tells of anything that was not on record by then; and each finds something by the last day.
func TestLookUpsAsOfTellNothingLater(t *testing.T) {
	lib := ownLibrary(t)
	for _, text := range []string{"2025-08-17", "2025-08-18", "2025-08-21", "2025-08-31", "2026-01-05", "2026-01-06"} {
		day, err := answers.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, intent := range intents {
			a := lib.LookUp(answers.LookUp{Intent: intent, AsOf: day, Today: answers.Date{Year: 2026, Month: time.November, Day: 22}})
			for _, s := range a.Sources {
				if !s.Date.OnOrBefore(day) {
					t.Errorf("%s as of %s cites %s of %s", intent, text, s.ID, s.Date)
				}
			}
			for _, c := range slices.Concat(a.Claims, a.Found) {
				if a.Number(c.ID) == 0 {
					t.Errorf("%s as of %s tells %s, whose source it does not list", intent, text, c.ID)
				}
			}
			for _, u := range a.Updates {
				for _, c := range append(u.Of, u.Claim) {
					if a.Number(c.ID) == 0 {
						t.Errorf("%s as of %s tells of the update %s, whose source it does not list", intent, text, c.ID)
					}
				}
			}
			if text == "2026-01-06" && a.Outcome != answers.OutcomeAnswered {
				t.Errorf("%s as of %s finds nothing", intent, text)
			}
		}
	}
}

// The coverage adds up: every claim, entry, dispute and source of the record is counted under its topics.
func TestCoverageAddsUp(t *testing.T) {
	lib := ownLibrary(t)
	c := lib.Contents()
	a := lib.LookUp(answers.LookUp{Intent: answers.IntentCoverage})
	if len(a.Claims) != len(c.Claims) || len(a.Sources) != len(c.Sources) {
		t.Errorf("%d claims of %d sources are counted, the record has %d of %d", len(a.Claims), len(a.Sources), len(c.Claims), len(c.Sources))
	}
	var got, want answers.TopicCoverage
	for _, topic := range a.Coverage {
		got.Claims, got.Entries, got.Disputes = got.Claims+topic.Claims, got.Entries+topic.Entries, got.Disputes+topic.Disputes
	}
	for _, claim := range c.Claims {
		want.Claims += len(claim.Topics)
	}
	for _, e := range slices.Concat(c.Entries, facts.Attendance(c)) {
		if e.Kind != answers.KindService && e.Kind != answers.KindGap {
			want.Entries += len(e.Topics)
		}
	}
	for _, d := range c.Disputes {
		want.Disputes += len(d.Topics)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("counted by topic: %+v, the record has %+v", got, want)
	}
}

func FuzzLookUp(f *testing.F) {
	lib := ownLibrary(f)
	for _, term := range []string{"", "macron troops", "18 August 2025", "between", "since the", "2025-13-99", "31 april", "and and until", "may 32nd of", "0", "\xff", "ﷺ",
		strings.Repeat("a ", 3000), strings.Repeat("2025 ", 3000), strings.Repeat("qwertyuiop ", 3000)} {
		for i := range intents {
			f.Add(term, i)
		}
	}
	f.Fuzz(func(t *testing.T, term string, intent int) {
		q := answers.LookUp{Intent: intents[max(0, intent)%len(intents)], Term: term, Today: answers.Date{Year: 2026, Month: time.November, Day: 22}}
		start := time.Now()
		a := lib.LookUp(q)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%.60q took %s", term, took)
		}
		if !reflect.DeepEqual(a, lib.LookUp(q)) {
			t.Errorf("%.60q: twice the same, and two answers", term)
		}
	})
}
