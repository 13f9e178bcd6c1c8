package library

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/answerstest"
)

// What is frozen is not told: asked for itself, by its topic, or as a side of a dispute.
func TestHeldBack(t *testing.T) {
	for _, f := range []answers.Freeze{
		answerstest.NoonFreeze(answers.NounEntry, "foreign-troops"), answerstest.NoonFreeze(answers.NounTopic, "european-troops"), answerstest.NoonFreeze(answers.NounDispute, "d-foreign-troops"),
	} {
		t.Run(f.Key(), func(t *testing.T) {
			c := answerstest.CleanContents()
			c.Freezes = []answers.Freeze{f}
			l, err := New(c, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range []answers.Answer{l.AnswerWith("foreign-troops", answers.Question{}), l.Ask(answers.Question{Text: answerstest.EntryOf(&c, "foreign-troops").Question})} {
				if a.Outcome != answers.OutcomeDeclined || a.Notice != answers.UnderReview || a.Held == nil || a.Held.Since != f.Since || a.Lead != "" || len(a.Claims) > 0 {
					t.Errorf("it is answered with %+v", a)
				}
			}
			if a := l.LookUp(answers.LookUp{Intent: answers.IntentDisputes}); a.Held == nil || len(a.Disputes) == 0 {
				t.Errorf("the disputes are listed as if nothing were under review: %+v", a.Held)
			}
			if a := l.AnswerWith("coverage", answers.Question{}); a.Outcome != answers.OutcomeAnswered {
				t.Errorf("what Parley covers is held back too: %+v", a)
			}
		})
	}
}

// An answer that was withdrawn says so and why, whoever asks for it, until another entry is asked for with the same words.
func TestWithdrawn(t *testing.T) {
	c := answerstest.CleanContents()
	e := answerstest.EntryOf(&c, "offers")
	e.State, e.Withdrawn = answers.Retracted, "the report was taken back"
	l, err := New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []answers.Answer{l.Ask(answers.Question{Text: e.Question}), l.AnswerWith("offers", answers.Question{})} {
		if a.Outcome != answers.OutcomeDeclined || a.Notice != answers.WasWithdrawn || a.Entry == nil || a.Entry.ID != "offers" || a.Lead != "" {
			t.Errorf("it is answered with %+v", a)
		}
	}
	if len(l.Complete(answers.Completion{Kind: answers.CompleteQuestion, Typed: "what has been offered"})) > 0 {
		t.Error("it is offered to who types it")
	}
	anew := *e
	anew.ID, anew.State, anew.Withdrawn = "offers-anew", answers.Live, ""
	c.Entries = append(c.Entries, anew)
	if l, err = New(c, nil); err != nil {
		t.Fatal(err)
	}
	if a := l.Ask(answers.Question{Text: e.Question}); a.Outcome != answers.OutcomeAnswered || a.Entry.ID != "offers-anew" {
		t.Errorf("what took its place is not the answer: %+v", a)
	}
}

// corrected are clean contents with a history.
func correctedContents() answers.Contents {
	c := answerstest.CleanContents()
	answerstest.EntryOf(&c, "offers").Revision = 4
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	c.Corrections = []answers.Correction{
		{Number: 2, At: at, Class: answers.Clarification, Right: "shorter", Items: []answers.Ref{{Noun: answers.NounEntry, ID: "offers", Revision: 2}}},
		{Number: 3, At: at.AddDate(0, 0, 1), Class: answers.Corrected, Wrong: "the sum", Right: "another", Items: []answers.Ref{{Noun: answers.NounEntry, ID: "offers", Revision: 3}}},
		{Number: 7, At: at.AddDate(0, 0, 2), Class: answers.Corrected, Wrong: "the day", Items: []answers.Ref{{Noun: answers.NounClaim, ID: "pa-macron-thousands", Revision: 2}}},
	}
	return c
}

func TestSince(t *testing.T) {
	l, err := New(correctedContents(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		shown []answers.Ref
		want  []int
	}{
		{nil, nil},
		{[]answers.Ref{{Noun: answers.NounEntry, ID: "offers", Revision: 1}}, []int{2, 3}},
		{[]answers.Ref{{Noun: answers.NounEntry, ID: "offers", Revision: 2}}, []int{3}},
		{[]answers.Ref{{Noun: answers.NounEntry, ID: "offers", Revision: 4}}, nil},
		{[]answers.Ref{{Noun: answers.NounClaim, ID: "pa-macron-thousands", Revision: 1}, {Noun: answers.NounEntry, ID: "offers", Revision: 1}}, []int{2, 3, 7}},
		{[]answers.Ref{{Noun: answers.NounDispute, ID: "offers", Revision: 1}}, nil},
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
	l, err := New(correctedContents(), nil)
	if err != nil {
		t.Fatal(err)
	}
	a := l.LookUp(answers.LookUp{Intent: answers.IntentCorrections})
	if len(a.Corrections) != 3 || a.Corrections[0].Number != 7 || a.Corrections[2].Number != 2 || a.Outcome != answers.OutcomeAnswered {
		t.Fatalf("the log is %+v", a.Corrections)
	}
	if about := strings.Join(a.Corrections[1].About, ""); about != "What has been offered to Ukraine?" {
		t.Errorf("correction 3 is about %q", about)
	}
	if len(a.Corrections[0].About) == 0 {
		t.Error("the correction of a claim names no question")
	}
	if a := l.LookUp(answers.LookUp{Intent: answers.IntentCorrections, AsOf: answers.Date{Year: 2026, Month: time.November, Day: 23}}); len(a.Corrections) != 2 {
		t.Errorf("by 23 November there are %d corrections", len(a.Corrections))
	}
	if a := l.LookUp(answers.LookUp{Intent: answers.IntentCorrections, Term: "Macron"}); len(a.Corrections) == 0 || len(a.Corrections) == 3 || a.Corrections[0].Number != 7 {
		t.Errorf("on Macron there are %+v", a.Corrections)
	}
	clean, err := New(answerstest.CleanContents(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if a := clean.LookUp(answers.LookUp{Intent: answers.IntentCorrections}); a.Outcome != answers.OutcomeDeclined {
		t.Errorf("without corrections the log is %+v", a)
	}
	if got := l.AnswerWith("offers", answers.Question{}).Corrections; len(got) == 0 || got[len(got)-1].Number != 3 {
		t.Errorf("the answer tells of the corrections %+v", got)
	}
}
