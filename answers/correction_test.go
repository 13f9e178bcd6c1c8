package answers

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// noonFreeze holds something back since a certain noon.
func noonFreeze(noun Noun, id string) Freeze {
	return Freeze{noun, id, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), "news"}
}

// What is frozen is not told: asked for itself, by its topic, or as a side of a dispute.
func TestHeldBack(t *testing.T) {
	for _, f := range []Freeze{
		noonFreeze(NounEntry, "foreign-troops"), noonFreeze(NounTopic, "european-troops"), noonFreeze(NounDispute, "d-foreign-troops"),
	} {
		t.Run(f.Key(), func(t *testing.T) {
			c := cleanContents()
			c.Freezes = []Freeze{f}
			l, err := NewLibrary(c)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range []Answer{l.AnswerWith("foreign-troops", Question{}), l.Ask(Question{Text: entryOf(&c, "foreign-troops").Question})} {
				if a.Outcome != OutcomeDeclined || a.Notice != UnderReview || a.Held == nil || a.Held.Since != f.Since || a.Short != "" || len(a.Claims) > 0 {
					t.Errorf("it is answered with %+v", a)
				}
			}
			if a := l.LookUp(LookUp{Intent: IntentDisputes}); a.Held == nil || len(a.Disputes) == 0 {
				t.Errorf("the disputes are listed as if nothing were under review: %+v", a.Held)
			}
			if a := l.AnswerWith("coverage", Question{}); a.Outcome != OutcomeAnswered {
				t.Errorf("what Parley covers is held back too: %+v", a)
			}
		})
	}
}

// An answer that was withdrawn says so and why, whoever asks for it, until another entry is asked for with the same words.
func TestWithdrawn(t *testing.T) {
	c := cleanContents()
	e := entryOf(&c, "offers")
	e.State, e.Withdrawn = Retracted, "the report was taken back"
	l, err := NewLibrary(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []Answer{l.Ask(Question{Text: e.Question}), l.AnswerWith("offers", Question{})} {
		if a.Outcome != OutcomeDeclined || a.Notice != WasWithdrawn || a.Entry == nil || a.Entry.ID != "offers" || a.Short != "" {
			t.Errorf("it is answered with %+v", a)
		}
	}
	if len(l.Complete(Completion{Kind: CompleteQuestion, Typed: "what has been offered"})) > 0 {
		t.Error("it is offered to who types it")
	}
	anew := *e
	anew.ID, anew.State, anew.Withdrawn = "offers-anew", Live, ""
	c.Entries = append(c.Entries, anew)
	if l, err = NewLibrary(c); err != nil {
		t.Fatal(err)
	}
	if a := l.Ask(Question{Text: e.Question}); a.Outcome != OutcomeAnswered || a.Entry.ID != "offers-anew" {
		t.Errorf("what took its place is not the answer: %+v", a)
	}
}

// corrected are clean contents with a history.
func correctedContents() Contents {
	c := cleanContents()
	entryOf(&c, "offers").Revision = 4
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	c.Corrections = []Correction{
		{Number: 2, At: at, Class: Clarification, Right: "shorter", Items: []Ref{{NounEntry, "offers", 2}}},
		{Number: 3, At: at.AddDate(0, 0, 1), Class: Corrected, Wrong: "the sum", Right: "another", Items: []Ref{{NounEntry, "offers", 3}}},
		{Number: 7, At: at.AddDate(0, 0, 2), Class: Corrected, Wrong: "the day", Items: []Ref{{NounClaim, "pa-macron-thousands", 2}}},
	}
	return c
}

func TestSince(t *testing.T) {
	l, err := NewLibrary(correctedContents())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		shown []Ref
		want  []int
	}{
		{nil, nil},
		{[]Ref{{NounEntry, "offers", 1}}, []int{2, 3}},
		{[]Ref{{NounEntry, "offers", 2}}, []int{3}},
		{[]Ref{{NounEntry, "offers", 4}}, nil},
		{[]Ref{{NounClaim, "pa-macron-thousands", 1}, {NounEntry, "offers", 1}}, []int{2, 3, 7}},
		{[]Ref{{NounDispute, "offers", 1}}, nil},
	} {
		var got []int
		for _, k := range l.Since(c.shown) {
			got = append(got, k.Number)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("who was shown %v is told of %v, want %v", c.shown, got, c.want)
		}
	}
}

// The log tells readers what was wrong and what it was about, the newest first, and a look-up narrows it down.
func TestLookUpCorrections(t *testing.T) {
	l, err := NewLibrary(correctedContents())
	if err != nil {
		t.Fatal(err)
	}
	a := l.LookUp(LookUp{Intent: IntentCorrections})
	if len(a.Corrections) != 3 || a.Corrections[0].Number != 7 || a.Corrections[2].Number != 2 || a.Outcome != OutcomeAnswered {
		t.Fatalf("the log is %+v", a.Corrections)
	}
	if about := strings.Join(a.Corrections[1].About, ""); about != "What has been offered to Ukraine?" {
		t.Errorf("correction 3 is about %q", about)
	}
	if len(a.Corrections[0].About) == 0 {
		t.Error("the correction of a claim names no question")
	}
	if a := l.LookUp(LookUp{Intent: IntentCorrections, AsOf: Date{2026, time.November, 23}}); len(a.Corrections) != 2 {
		t.Errorf("by 23 November there are %d corrections", len(a.Corrections))
	}
	if a := l.LookUp(LookUp{Intent: IntentCorrections, Term: "Macron"}); len(a.Corrections) == 0 || len(a.Corrections) == 3 || a.Corrections[0].Number != 7 {
		t.Errorf("on Macron there are %+v", a.Corrections)
	}
	clean, err := NewLibrary(cleanContents())
	if err != nil {
		t.Fatal(err)
	}
	if a := clean.LookUp(LookUp{Intent: IntentCorrections}); a.Outcome != OutcomeDeclined {
		t.Errorf("without corrections the log is %+v", a)
	}
	if got := l.AnswerWith("offers", Question{}).Corrections; len(got) == 0 || got[len(got)-1].Number != 3 {
		t.Errorf("the answer tells of the corrections %+v", got)
	}
}
