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
	return facts.Answer(answers.Answer{Intent: answers.IntentQuestion}, e, Asked{}, answers.Question{})
}

// What is shown beside an answer, or stated in its detail alone, makes it no newer and no more disputed.
func TestAnswerStandsOnWhatItStatesFirst(t *testing.T) {
	c := answerstest.CleanContents()
	e := answerstest.EntryOf(&c, "offers")
	e.Lead = "The Post reported that Trump had committed in principle to guarantees after a possible peace deal [po-trump-in-principle]."
	e.Detail = "Putin has warned against troops from NATO countries, a report says [pa-putin-warns-troops]."
	a := answered(c, "offers")
	if a.AsOf.Known() {
		t.Errorf("its short answer stands on an undated source, and is dated %s", a.AsOf)
	}
	if a.Standing != answers.PartlyContradicted || len(a.Against) == 0 {
		t.Errorf("it stands as %q, against %v", a.Standing, a.Against)
	}
	e.Lead, e.Detail = "Macron suggested that soldiers could go after a ceasefire is signed [pa-macron-thousands].", e.Lead
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
		e.Lead, e.Detail = "Macron suggested that soldiers could go after a ceasefire is signed [pa-macron-thousands].", ""
		if a := answered(c, "offers"); a.Standing != want || len(a.Disputes) != 1 || len(a.Disputes[0].Positions) != 1 {
			t.Errorf("beside a dispute of kind %s it stands as %q, with %v", kind, a.Standing, a.Disputes)
		}
	}
}

// staged is a record with an answer whose parts stand on documents of different days.
func staged(t *testing.T) (*Facts, answers.Entry) {
	t.Helper()
	c := answerstest.CleanContents()
	post := answerstest.SourceOf(&c, "post-anchorage")
	day := answers.Date{Year: 2025, Month: 8, Day: 20}
	post.Date = answers.DateRange{Earliest: day, Latest: day, Basis: answers.BasisStated}
	e := answerstest.EntryOf(&c, "offers")
	e.Lead = "The Post reported that Trump had committed in principle after a possible peace deal [po-trump-in-principle]."
	e.Polar = "Yes, in principle, after a possible peace deal, The Post reported [po-trump-in-principle]."
	e.Basis = "A report on the Paris meeting says the leaders pledged training [pa-package]."
	e.Caveat = "Disputed: The Post wrote that peacekeepers, if they are sent, would cost Britain and France [po-peacekeepers-cost]."
	e.Detail = "The Post put US spending at $200 billion [po-us-spent-200bn]."
	e.Premises = []answers.Premise{{Assumes: "The leaders sent troops", Kind: answers.PremiseWeaker, Correction: "A report says the leaders pledged training [pa-package].", Phrasings: []string{"why"}}}
	return New(c), *e
}

// Each part is said only if all of its claims were on record by the day; without the lead, the remaining claims are listed.
func TestAsOfDropsParts(t *testing.T) {
	fs, e := staged(t)
	for _, c := range []struct {
		day                 string
		lead, basis, caveat bool
	}{
		{"2026-02-01", true, true, true},
		{"2025-08-31", true, false, true},
		{"2025-08-01", false, false, false},
	} {
		day, err := answers.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		a := fs.Answer(answers.Answer{Intent: answers.IntentQuestion}, e, Asked{}, answers.Question{AsOf: day})
		if (a.Lead != "") != c.lead || (a.Basis != "") != c.basis || (a.Caveat != "") != c.caveat {
			t.Errorf("as of %s it says %q, %q, %q", c.day, a.Lead, a.Basis, a.Caveat)
		}
	}
	e.Lead, e.Basis = e.Basis, e.Lead
	day := answers.Date{Year: 2025, Month: 8, Day: 31}
	a := fs.Answer(answers.Answer{Intent: answers.IntentQuestion}, e, Asked{}, answers.Question{AsOf: day})
	if a.Notice != answers.OnlyClaimsByThen || a.First() != "" || len(a.Claims) != 3 {
		t.Errorf("without its lead it says %q, and lists %v", a.First(), a.Claims)
	}
}

func TestPolarTakesThePlaceOfTheLead(t *testing.T) {
	fs, e := staged(t)
	if a := fs.Answer(answers.Answer{}, e, Asked{Polar: true}, answers.Question{}); a.Lead != e.Polar || a.Basis != e.Basis {
		t.Errorf("it says %q", a.First())
	}
	e.Polar = ""
	if a := fs.Answer(answers.Answer{}, e, Asked{Polar: true}, answers.Question{}); a.Lead != e.Lead {
		t.Errorf("without a lead for yes or no it says %q", a.First())
	}
}

// The correction of a premise is said instead of the lead, and of a basis that says the same. Sources of the detail come after those of what
// is stated first.
func TestCorrectionTakesThePlaceOfTheLead(t *testing.T) {
	fs, e := staged(t)
	a := fs.Answer(answers.Answer{}, e, Asked{Premise: &e.Premises[0]}, answers.Question{})
	if a.Correction == "" || a.Lead != "" || a.Basis != "" || a.Caveat == "" {
		t.Errorf("it says %q", a.First())
	}
	if a.Sources[0].ID != "paris-report" || a.Number("po-trump-in-principle") != 0 {
		t.Errorf("it cites %v", a.Sources)
	}
	e.Basis = "The Post put US spending at $200 billion [po-us-spent-200bn]."
	if a := fs.Answer(answers.Answer{}, e, Asked{Premise: &e.Premises[0]}, answers.Question{}); a.Basis == "" {
		t.Errorf("a basis that says something else is left out: %q", a.First())
	}
}
