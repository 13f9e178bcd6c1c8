package facts

import (
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// answered is what an entry answers in a record.
func answered(c answers.Contents, id answers.EntryID) answers.Answer {
	facts := New(c)
	e, _ := facts.Entry(id)
	return facts.Answer(answers.Answer{Intent: answers.IntentQuestion}, e, nil, answers.Question{})
}

// What is shown beside an answer, or stated in its detail alone, makes it no newer and no more disputed.
func TestAnswerStandsOnWhatItStatesFirst(t *testing.T) {
	c := answerstest.CleanContents()
	e := answerstest.EntryOf(&c, "offers")
	e.Short = "The Post reported that Trump had committed in principle to guarantees after a possible peace deal [po-trump-in-principle]."
	e.Detail = "Putin has warned against troops from NATO countries, a report says [pa-putin-warns-troops]."
	a := answered(c, "offers")
	if a.AsOf.Known() {
		t.Errorf("its short answer stands on an undated source, and is dated %s", a.AsOf)
	}
	if a.Standing != answers.PartlyContradicted || len(a.Against) == 0 {
		t.Errorf("it stands as %q, against %v", a.Standing, a.Against)
	}
	e.Short, e.Detail = "Macron suggested that soldiers could go after a ceasefire is signed [pa-macron-thousands].", e.Short
	if a := answered(c, "offers"); len(a.Disputes) > 0 || a.Standing != answers.Contradicted || !a.AsOf.Known() {
		t.Errorf("a dispute that it does not name is shown: %v; it stands as %q, %s", a.Disputes, a.Standing, a.AsOf)
	}
}

// Each way to differ makes a standing of its own.
func TestStandingOfADispute(t *testing.T) {
	for kind, want := range map[answers.Dissent]answers.Standing{
		answers.ReportsContradict: answers.Contested, answers.PartiesDisagree: answers.Opposed, answers.StillOpen: answers.Unsettled,
	} {
		c := answerstest.CleanContents()
		c.Disputes[0].Kind = kind
		if a := answered(c, "foreign-troops"); a.Standing != want {
			t.Errorf("the answer to a dispute of kind %s stands as %q", kind, a.Standing)
		}
		e := answerstest.EntryOf(&c, "offers")
		e.Beside = []answers.DisputeID{"d-foreign-troops"}
		e.Short, e.Detail = "Macron suggested that soldiers could go after a ceasefire is signed [pa-macron-thousands].", ""
		if a := answered(c, "offers"); a.Standing != want || len(a.Disputes) != 1 || len(a.Disputes[0].Positions) != 1 {
			t.Errorf("beside a dispute of kind %s it stands as %q, with %v", kind, a.Standing, a.Disputes)
		}
	}
}
