package seeds

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/answers"
)

// verdict is how a reply to a gold question is judged.
type verdict string

const (
	right   verdict = "right"    // answered with a claim that the question wants, or declined as it should be
	offered verdict = "offered"  // suggestions instead of an answer
	silent  verdict = "declined" // nothing, though the record could answer
	wrong   verdict = "wrong"    // answered with something else, or at all
)

// judge compares a reply with what its gold question expects.
func judge(g answers.Gold, a answers.Answer) verdict {
	switch g.Kind {
	case answers.GoldCheck:
		switch a.Rating {
		case g.Rating:
			return right
		case answers.RatedNotInRecord:
			return silent
		}
		return wrong
	case answers.GoldService:
		if a.Outcome == answers.OutcomeAnswered && a.Intent == answers.IntentHelp {
			return right
		}
		return silent
	}
	if len(g.Claims) == 0 { // must not be answered; a reply about Parley itself is harmless
		if a.Outcome == answers.OutcomeAnswered && a.Intent == answers.IntentQuestion {
			return wrong
		}
		return right
	}
	switch a.Outcome {
	case answers.OutcomeSuggested:
		return offered
	case answers.OutcomeDeclined:
		return silent
	}
	if slices.ContainsFunc(a.Claims, func(c answers.Claim) bool { return slices.Contains(g.Claims, c.ID) }) {
		return right
	}
	return wrong
}

// reached holds, by kind, the least share answered right and the most answered wrong, in percent of all questions of
// use "measure". It is raised when the engine gets better, never lowered.
var reached = map[answers.GoldKind]struct{ right, wrong float64 }{
	answers.GoldInScope:      {53, 2},
	answers.GoldFalsePremise: {65, 5},
	answers.GoldAsOf:         {80, 10},
	answers.GoldOffRecord:    {88, 12},
	answers.GoldOutOfScope:   {100, 0},
	answers.GoldHostile:      {100, 0},
	answers.GoldService:      {80, 0},
	answers.GoldCheck:        {56, 17},
	answers.GoldFollowUp:     {85, 8},
}

// TestGold asks every gold question and holds what was reached.
func TestGold(t *testing.T) {
	lib := library(t)
	counts := map[answers.GoldKind]map[verdict]int{}
	for _, g := range lib.Contents().Gold {
		a := reply(lib, g)
		v := judge(g, a)
		if v == wrong {
			t.Logf("wrong: %s %q got %s (confidence %.2f)", g.ID, g.Ask, brief(a), a.Confidence)
		}
		if g.Use != answers.Measure {
			continue
		}
		if counts[g.Kind] == nil {
			counts[g.Kind] = map[verdict]int{}
		}
		counts[g.Kind][v]++
	}
	for kind, floor := range reached {
		n := 0
		for _, k := range counts[kind] {
			n += k
		}
		if n == 0 {
			t.Errorf("there is no gold question of kind %s", kind)
			continue
		}
		share := func(v verdict) float64 { return 100 * float64(counts[kind][v]) / float64(n) }
		t.Logf("%-13s n=%-3d right %5.1f%%  offered %5.1f%%  declined %5.1f%%  wrong %5.1f%%", kind, n, share(right), share(offered), share(silent), share(wrong))
		if share(right) < floor.right {
			t.Errorf("%s: %.1f%% right, %.1f%% were reached before", kind, share(right), floor.right)
		}
		if share(wrong) > floor.wrong {
			t.Errorf("%s: %.1f%% wrong, %.1f%% were reached before", kind, share(wrong), floor.wrong)
		}
	}
}

// reply puts a gold question the way its kind asks for.
func reply(lib *answers.Library, g answers.Gold) answers.Answer {
	switch g.Kind {
	case answers.GoldCheck:
		return lib.Check(answers.Question{Text: g.Ask})
	case answers.GoldFollowUp:
		var d answers.Dialogue
		for _, turn := range g.After {
			_, d = lib.Converse(d, answers.Question{Text: turn})
		}
		a, _ := lib.Converse(d, answers.Question{Text: g.Ask})
		return a
	default:
		return lib.Ask(answers.Question{Text: g.Ask, AsOf: g.AsOf})
	}
}

func brief(a answers.Answer) string {
	if a.Entry != nil {
		return string(a.Entry.ID)
	}
	return string(a.Intent) + " " + string(a.Rating)
}

// Each live entry is reached by its own question: nothing in the record is unreachable.
func TestEveryEntryIsReached(t *testing.T) {
	lib := library(t)
	for _, e := range lib.Contents().Entries {
		a := lib.Ask(answers.Question{Text: e.Question})
		if a.Entry == nil || a.Entry.ID != e.ID {
			t.Errorf("%q does not lead to %s: %s", e.Question, e.ID, a.Outcome)
		}
	}
}

// Every source that a reply cites is one that a sentence of it stands on, and every marker leads to a source.
func TestEverySourceIsStoodOn(t *testing.T) {
	lib := library(t)
	for _, e := range lib.Contents().Entries {
		a := lib.Ask(answers.Question{Text: e.Question})
		var ids []answers.ClaimID
		for _, p := range proseOf(a) {
			ids = append(ids, p.Claims()...)
		}
		for _, c := range slices.Concat(a.Later, a.Against) {
			ids = append(ids, c.ID)
		}
		cited := map[int]bool{}
		for _, id := range ids {
			n := a.Number(id)
			if n == 0 {
				t.Errorf("%s: the marker of %s leads to no source", e.ID, id)
			}
			cited[n] = true
		}
		for i, s := range a.Sources {
			if !cited[i+1] {
				t.Errorf("%s: no sentence stands on source %s", e.ID, s.ID)
			}
		}
	}
}

func proseOf(a answers.Answer) []answers.Prose {
	all := []answers.Prose{a.Correction, a.Short, a.Detail}
	for _, d := range a.Disputes {
		for _, p := range d.Positions {
			all = append(all, p.Text)
		}
	}
	return all
}

// An answer limited to a day states nothing that was not on record by then, whatever is asked.
func TestAsOfStatesNothingLater(t *testing.T) {
	lib := library(t)
	sources := map[answers.SourceID]answers.Source{}
	for _, s := range lib.Contents().Sources {
		sources[s.ID] = s
	}
	for _, text := range []string{"2025-08-17", "2025-08-18", "2025-08-21", "2025-08-31", "2025-12-31", "2026-01-06"} {
		day, err := answers.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		answered := 0
		for _, e := range lib.Contents().Entries {
			a := lib.Ask(answers.Question{Text: e.Question, AsOf: day})
			if a.Outcome == answers.OutcomeAnswered && a.Intent == answers.IntentQuestion {
				answered++
			}
			for _, c := range a.Claims {
				if !sources[c.Source].Date.OnOrBefore(day) {
					t.Errorf("as of %s: %s states %s of %s", text, e.ID, c.ID, sources[c.Source].Date)
				}
			}
			for _, p := range proseOf(a) {
				for _, id := range p.Claims() {
					if a.Number(id) == 0 {
						t.Errorf("as of %s: %s stands on %s, which it does not list", text, e.ID, id)
					}
				}
			}
		}
		if (answered == 0) != (text == "2025-08-17") {
			t.Errorf("as of %s: %d entries answer", text, answered)
		}
	}
}

// The table of the record's contents per document, for release notes: go test -run Tally -v ./seeds
func TestTally(t *testing.T) {
	c := contents(t)
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-20s %7s %9s %8s %10s %5s\n", "document", "claims", "disputes", "entries", "phrasings", "gold")
	for _, s := range c.Sources {
		of := map[answers.ClaimID]bool{}
		for _, claim := range c.Claims {
			if claim.Source == s.ID {
				of[claim.ID] = true
			}
		}
		stands := func(ids []answers.ClaimID) bool {
			return slices.ContainsFunc(ids, func(id answers.ClaimID) bool { return of[id] })
		}
		disputes, entries, asked, gold := 0, 0, 0, 0
		for _, d := range c.Disputes {
			if slices.ContainsFunc(d.Positions, func(p answers.Position) bool { return stands(p.Text.Claims()) }) {
				disputes++
			}
		}
		for _, e := range c.Entries {
			if stands(e.Short.Claims()) {
				entries++
				asked += len(e.Phrasings)
			}
		}
		for _, g := range c.Gold {
			if slices.Contains(g.Sources, s.ID) {
				gold++
			}
		}
		fmt.Fprintf(&b, "%-20s %7d %9d %8d %10d %5d\n", s.ID, len(of), disputes, entries, asked, gold)
	}
	phrasings, premises := 0, 0
	for _, e := range c.Entries {
		phrasings += len(e.Phrasings)
		for _, p := range e.Premises {
			premises++
			phrasings += len(p.Phrasings)
		}
	}
	fmt.Fprintf(&b, "in all: %d claims, %d disputes, %d entries, %d phrasings, %d false premises, %d gold questions\n",
		len(c.Claims), len(c.Disputes), len(c.Entries), phrasings, premises, len(c.Gold))
	t.Log(b.String())
	// What the record promises to hold at least.
	if len(c.Claims) < 90 || len(c.Disputes) < 10 || len(c.Entries) < 100 || len(c.Gold) < 250 {
		t.Error("the record has shrunk below what it promises")
	}
}
