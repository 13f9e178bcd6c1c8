package answers

import (
	"math"
	"testing"
)

// A word that only a brief answer has leads to its entry, where answers are learnt; a long answer is not, and none is held for a way of
// asking.
func TestBriefAnswer(t *testing.T) {
	asked := func(answer string) Contents {
		return Contents{Entries: []Entry{
			{ID: "arrival", State: Live, Question: "when does my card come", Phrasings: []string{"my card is not here yet"}, Short: Prose(answer)},
			{ID: "loss", State: Live, Question: "my card is gone", Phrasings: []string{"somebody took my card from me"}, Short: "card stolen"},
		}}
	}
	for _, c := range []struct {
		answer string
		learns bool
		leads  bool
	}{
		{"pouch of a card", true, true},
		{"pouch of a card", false, false},
		{"The pouch of a card takes between three days and three weeks, all holidays aside.", true, false},
	} {
		facts := newFacts(asked(c.answer))
		l := newMatcher(facts, facts.Words())
		l.training.learnsAnswers = c.learns
		l.learn()
		l.calibrate()
		matches := l.match(l.understand("pouch"))
		if got := len(matches) > 0 && matches[0].entry == 0 && matches[0].evidence[decision] > matches[1].evidence[decision]; got != c.leads {
			t.Errorf("%q: a word of the answer leads to the entry: %v", c.answer, got)
		}
		for _, m := range l.match(l.understand("pouch of a card")) {
			if l.index.phrasings[m.phrasing].answer {
				t.Errorf("%q: the answer counts as a way of asking", c.answer)
			}
		}
	}
}

// Solitude falls with everything else that a question is like, and is of no moment where there is nothing else.
func TestSolitude(t *testing.T) {
	first, far, near := candidate{rank: 3}, candidate{rank: -4}, candidate{rank: 1}
	alone, crowded := solitude([]candidate{first, far}), solitude([]candidate{first, near, far})
	if alone != 4 || crowded > -1 || crowded < -1.1 {
		t.Errorf("beside something far %.2f, beside something near too %.2f", alone, crowded)
	}
	for _, none := range [][]candidate{nil, {first}, {first, {rank: math.Inf(-1)}}} {
		if s := solitude(none); s != 0 {
			t.Errorf("beside nothing: %v", s)
		}
	}
}
