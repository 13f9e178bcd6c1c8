package match

import (
	"math"
	"testing"

	"parley/answers"
	"parley/answers/facts"
)

// A word that only a brief answer has leads to its entry, where answers are learnt; a long answer is not, and none is held for a way of
// asking.
func TestBriefAnswer(t *testing.T) {
	asked := func(answer string) answers.Contents {
		return answers.Contents{Entries: []answers.Entry{
			{ID: "arrival", State: answers.Live, Question: "when does my card come", Phrasings: []string{"my card is not here yet"}, Lead: answers.Prose(answer)},
			{ID: "loss", State: answers.Live, Question: "my card is gone", Phrasings: []string{"somebody took my card from me"}, Lead: "card stolen"},
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
		fs := facts.New(asked(c.answer))
		l := newMatcher(fs, fs.Words())
		l.training.learnsAnswers = c.learns
		l.learn()
		l.calibrate()
		matches := l.Match(l.Understand("pouch"))
		if got := len(matches) > 0 && matches[0].Entry == 0 && matches[0].evidence[decision] > matches[1].evidence[decision]; got != c.leads {
			t.Errorf("%q: a word of the answer leads to the entry: %v", c.answer, got)
		}
		for _, m := range l.Match(l.Understand("pouch of a card")) {
			if l.index.phrasings[m.phrasing].answer {
				t.Errorf("%q: the answer counts as a way of asking", c.answer)
			}
		}
	}
}

// Solitude falls with everything else that a question is like, and is of no moment where there is nothing else.
func TestSolitude(t *testing.T) {
	first, far, near := Candidate{rank: 3}, Candidate{rank: -4}, Candidate{rank: 1}
	alone, crowded := solitude([]Candidate{first, far}), solitude([]Candidate{first, near, far})
	if alone != 4 || crowded > -1 || crowded < -1.1 {
		t.Errorf("beside something far %.2f, beside something near too %.2f", alone, crowded)
	}
	for _, none := range [][]Candidate{nil, {first}, {first, {rank: math.Inf(-1)}}} {
		if s := solitude(none); s != 0 {
			t.Errorf("beside nothing: %v", s)
		}
	}
}
