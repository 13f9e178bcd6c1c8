package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers"
)

var noon = time.Date(2025, time.August, 18, 12, 0, 0, 0, time.UTC)

func change(id string) Change {
	return Change{ID: id, At: noon, Author: "ada", Why: "to try " + id}
}

func question(id string) Asked {
	return Asked{ID: id, At: noon, Platform: "terminal", Text: "When does the harbour reopen?", Outcome: answers.OutcomeDeclined}
}

// harbour is a small record without problems, in canonical order, with as many entries as asked for; edits are applied.
func harbour(entries int, edits ...func(*answers.Contents)) answers.Contents {
	day := answers.Date{Year: 2025, Month: time.August, Day: 18}
	c := answers.Contents{
		Sources: []answers.Source{{
			ID: "gazette", Publisher: "The Gazette", Title: "Harbour to reopen", TitledBy: answers.TitledByDocument,
			SHA256:     strings.Repeat("0f", 32),
			Date:       answers.DateRange{Earliest: day, Latest: day, Basis: answers.BasisStated},
			Paragraphs: []answers.Paragraph{{Number: 1, Claims: []answers.ClaimID{"gz-reopens"}}},
		}},
		Actors: []answers.Actor{{ID: "lind", Name: "Ada Lind", Aliases: []string{"Lind"}}},
		Topics: []answers.Topic{{ID: "harbour", Name: "The harbour"}},
		Claims: []answers.Claim{{
			ID: "gz-reopens", Text: "Ada Lind said that the harbour reopens in May.", Claimant: "lind", Modality: answers.Asserted,
			Source: "gazette", Paragraph: 1, Topics: []answers.TopicID{"harbour"},
		}},
	}
	for i := range entries {
		c.Entries = append(c.Entries, entry(fmt.Sprintf("pier-%02d", i)))
	}
	for _, edit := range edits {
		edit(&c)
	}
	return c
}

func entry(id string) answers.Entry {
	e := answers.Entry{
		ID: answers.EntryID(id), State: answers.Live, Question: fmt.Sprintf("When does %s reopen?", id),
		Lead:   "Ada Lind said that it reopens in May [gz-reopens].",
		Topics: []answers.TopicID{"harbour"}, Review: answers.Date{Year: 2026, Month: time.January, Day: 6},
	}
	for i := range 10 {
		e.Phrasings = append(e.Phrasings, fmt.Sprintf("way %d to ask about %s", i, id))
	}
	return e
}

// reworded gives an entry another short answer.
func reworded(id answers.EntryID, short answers.Prose) func(*answers.Contents) {
	return func(c *answers.Contents) {
		for i := range c.Entries {
			if c.Entries[i].ID == id {
				c.Entries[i].Lead = short
			}
		}
	}
}

// without removes an entry.
func without(id answers.EntryID) func(*answers.Contents) {
	return func(c *answers.Contents) {
		c.Entries = slices.DeleteFunc(c.Entries, func(e answers.Entry) bool { return e.ID == id })
	}
}

// revised is the record as it comes out of the store: with the number of its revision on every claim and entry. All are
// 1 but those named.
func revised(c answers.Contents, numbers map[answers.EntryID]int) answers.Contents {
	for i := range c.Claims {
		c.Claims[i].Revision = 1
	}
	for i := range c.Entries {
		c.Entries[i].Revision = max(1, numbers[c.Entries[i].ID])
	}
	return c
}

func record(t *testing.T, s *Store) answers.Contents {
	t.Helper()
	c, err := s.Record(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func wantRecord(t *testing.T, s *Store, want answers.Contents) {
	t.Helper()
	if got := record(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("the record is\n%+v\nwant\n%+v", got, want)
	}
}

// seed seeds under an id that is also the digest.
func seed(t *testing.T, s *Store, id string, c answers.Contents) Tally {
	t.Helper()
	tally, err := s.Seed(t.Context(), change(id), c, Edition{Digest: id})
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func imported(t *testing.T, s *Store, id string, c answers.Contents) Tally {
	t.Helper()
	tally, err := s.Import(t.Context(), change(id), c)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func wantTally(t *testing.T, got, want Tally) {
	t.Helper()
	if got != want {
		t.Errorf("the tally is %+v, want %+v", got, want)
	}
}

func wantOrigin(t *testing.T, s *Store, origin Origin, seeds string) {
	t.Helper()
	if got, err := s.Origin(t.Context()); got != origin || err != nil {
		t.Errorf("the origin is %q, %v; want %q", got, err, origin)
	}
	if got, err := s.Seeded(t.Context()); got != seeds || err != nil {
		t.Errorf("the seeds are %q, %v; want %q", got, err, seeds)
	}
}

// prepare reads the record and returns what is left of an import: to store it.
func prepare(t *testing.T, s *Store, id string, c answers.Contents) (store func() error) {
	t.Helper()
	batch, _, err := s.difference(t.Context(), change(id), ImportChange, c, func(item) bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	return func() error { return s.commit(t.Context(), change(id), batch) }
}
