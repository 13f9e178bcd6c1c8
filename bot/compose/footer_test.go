package compose

import (
	"strings"
	"testing"
	"time"

	"parley/answers"
)

// A footer has at most 18 words, however many sources there are and whatever they are called.
func TestFooter(t *testing.T) {
	on := func(year int, m time.Month, day int) answers.Date {
		return answers.Date{Year: year, Month: m, Day: day}
	}
	stated := answers.Source{ID: "s", Label: "the 18 August preview", Date: answers.DateRange{Earliest: on(2025, 8, 18), Latest: on(2025, 8, 18), Basis: answers.BasisStated}}
	inferred := answers.Source{ID: "i", Label: "The Post", Date: answers.DateRange{Earliest: on(2025, 8, 16), Latest: on(2025, 8, 21), Basis: answers.BasisInferred}}
	undated := answers.Source{ID: "u", Label: "an undated explainer"}
	open := answers.Source{ID: "o", Publisher: "Gazette", Date: answers.DateRange{Latest: on(2026, 1, 6), Basis: answers.BasisInferred}}
	long := answers.Source{ID: "l", Title: "one two three four five six seven", Date: answers.DateRange{Earliest: on(2025, 12, 30), Latest: on(2026, 1, 6), Basis: answers.BasisInferred}}
	for _, c := range []struct {
		sources []answers.Source
		age     int
		want    string
	}{
		{[]answers.Source{stated}, 0, "18 August preview, 18 Aug 2025"},
		{[]answers.Source{inferred}, 30, "The Post, Aug 2025 (inferred)"},
		{[]answers.Source{inferred}, 31, "The Post, Aug 2025 (inferred) · 1 month old"},
		{[]answers.Source{undated}, 0, "Undated explainer, undated"},
		{[]answers.Source{open}, 730, "Gazette, by Jan 2026 (inferred) · 2 years old"},
		{[]answers.Source{inferred, open}, 335, "The Post, Aug 2025 (inferred); Gazette, by Jan 2026 (inferred) · newest 11 months old"},
		{[]answers.Source{inferred, stated, undated, open}, 457, "The Post, Aug 2025 (inferred); 18 August preview, 18 Aug 2025; and 2 more · newest 15 months old"},
		{[]answers.Source{long}, 0, "one two three four five…, Dec 2025–Jan 2026 (inferred)"},
		{[]answers.Source{long, stated, undated}, 335, "one two three four five…, Dec 2025–Jan 2026 (inferred); and 2 more · newest 11 months old"},
	} {
		a := answers.Answer{Sources: c.sources, Age: c.age}
		var claims []answers.Claim
		for _, s := range c.sources {
			claims = append(claims, answers.Claim{ID: answers.ClaimID(s.ID), Source: s.ID})
		}
		got := (&composer{a: a}).footer(claims)
		if got != c.want {
			t.Errorf("the footer is %q, not %q", got, c.want)
		}
		if n := words(got); n > maxFooter {
			t.Errorf("%q has %d words", got, n)
		}
		a.Corrections = []answers.Correction{{At: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}}
		if got := (&composer{a: a}).footer(claims); !strings.HasSuffix(got, " · corrected on 22 Nov 2026") {
			t.Errorf("of a correction it says %q", got)
		}
	}
}
