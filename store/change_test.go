package store

import (
	"errors"
	"reflect"
	"testing"

	"parley/answers"
)

// An imported record is its curators' own: the seeds of a new version never come into it.
func TestSeedRefusesAnImportedDatabase(t *testing.T) {
	s := open(t, newPath(t))
	imported(t, s, "first", harbour(2))
	before := record(t, s)
	if _, err := s.Seed(t.Context(), change("seeds"), harbour(3), Edition{Digest: "digest"}); !errors.Is(err, ErrImported) {
		t.Errorf("seeding an imported database: %v", err)
	}
	wantRecord(t, s, before)
	wantOrigin(t, s, Imported, "")
}

// An amendment of the seeds is a change of its class for those who were told what it names; all else that seeding changes is told to nobody.
func TestSeedTellsOfAmendments(t *testing.T) {
	s := open(t, newPath(t))
	amended := []answers.Amendment{
		{Class: answers.Clarification, Items: []answers.ItemName{"entries/pier-02"}},
		{Class: answers.Corrected, Wrong: "We said May.", Right: "It is June.", Items: []answers.ItemName{"entries/pier-00", "entries/pier-03", "entries/pier-04"}},
	}
	seedAs := func(id string, c answers.Contents) {
		t.Helper()
		if _, err := s.Seed(t.Context(), change(id), c, Edition{Digest: id}, amended...); err != nil {
			t.Fatal(err)
		}
	}
	seedAs("first", harbour(4))
	if told, err := s.Corrections(t.Context()); err != nil || len(told) > 0 {
		t.Fatalf("a record made anew tells of %v, %v", told, err)
	}
	again := "Ada Lind said that it reopens in May, or so [gz-reopens]."
	seedAs("second", harbour(4, reworded("pier-00", answers.Prose(again)), reworded("pier-01", answers.Prose(again)), without("pier-03")))
	told, err := s.Corrections(t.Context())
	if err != nil || len(told) != 1 {
		t.Fatalf("seeding tells of %v, %v", told, err)
	}
	want := []answers.Ref{{Noun: answers.NounEntry, ID: "pier-00", Revision: 2}, {Noun: answers.NounEntry, ID: "pier-03", Revision: 2}}
	if got := told[0]; got.Class != answers.Corrected || got.Wrong != "We said May." || got.Right != "It is June." || !reflect.DeepEqual(got.Items, want) {
		t.Errorf("it tells of %+v", got)
	}
	seedAs("third", harbour(4, reworded("pier-00", answers.Prose(again)), reworded("pier-01", answers.Prose(again)), without("pier-03")))
	if told, err := s.Corrections(t.Context()); err != nil || len(told) != 1 {
		t.Errorf("seeding the same once more tells of %v, %v", told, err)
	}
}
