package facts

import (
	"slices"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// What a freeze is said to hold back is what the library does hold back.
func TestHeldBy(t *testing.T) {
	c := answerstest.CleanContents()
	held := 0
	for _, f := range []answers.Freeze{
		answerstest.NoonFreeze(answers.NounEntry, "foreign-troops"), answerstest.NoonFreeze(answers.NounTopic, "european-troops"), answerstest.NoonFreeze(answers.NounTopic, "about-parley"),
		answerstest.NoonFreeze(answers.NounDispute, "d-foreign-troops"),
	} {
		with := answerstest.CleanContents()
		with.Freezes = []answers.Freeze{f}
		facts := New(with)
		for _, e := range c.Entries {
			listed := slices.ContainsFunc(c.HeldBy(f), func(h answers.Entry) bool { return h.ID == e.ID })
			if e.State == answers.Live && listed != (facts.Held(e) != nil) {
				t.Errorf("%s holds back %s: %v; listed: %v", f.Key(), e.ID, facts.Held(e) != nil, listed)
			}
			if listed {
				held++
			}
		}
	}
	if held < 3 {
		t.Errorf("only %d entries were held back", held)
	}
}
