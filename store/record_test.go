package store

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/lint"
)

func TestHarbourHasNoProblem(t *testing.T) {
	if problems := lint.Lint(harbour(50)); len(problems) > 0 {
		t.Fatal(problems)
	}
}

func TestSeed(t *testing.T) {
	s := open(t, newPath(t))
	wantOrigin(t, s, Fresh, "")
	wantRecord(t, s, answers.Contents{})

	wantTally(t, seed(t, s, "first", harbour(3)), Tally{Added: 7})
	wantOrigin(t, s, Own, "first")
	wantRecord(t, s, revised(harbour(3), nil))

	wantTally(t, seed(t, s, "same", harbour(3)), Tally{})
	wantOrigin(t, s, Own, "same")
	wantRecord(t, s, revised(harbour(3), nil))

	// What was read from a store, with its revisions, can be put into one.
	wantTally(t, seed(t, s, "read", record(t, s)), Tally{})

	newer := func() answers.Contents {
		return harbour(4, reworded("pier-01", "Lind said in May [gz-reopens]."), without("pier-02"))
	}
	wantTally(t, seed(t, s, "newer", newer()), Tally{Added: 1, Changed: 1, Removed: 1})
	wantOrigin(t, s, Own, "newer")
	wantRecord(t, s, revised(newer(), map[answers.EntryID]int{"pier-01": 2}))
}

// Every noun goes in and comes out as it was.
func TestSeedEveryNoun(t *testing.T) {
	everything := func() answers.Contents {
		return harbour(1, func(c *answers.Contents) {
			day := answers.Date{Year: 2025, Month: time.August, Day: 21}
			second := c.Claims[0]
			second.ID, second.Text, second.Hedge = "gz-delay", "Lind said it might wait.", "might"
			second.Paragraph, second.Places = 2, []answers.PlaceID{"pier"}
			c.Claims = append(c.Claims, second) // its paragraph comes later, though its id does not
			c.Sources[0].Paragraphs = append(c.Sources[0].Paragraphs, answers.Paragraph{Number: 2, Claims: []answers.ClaimID{second.ID}})
			c.Places = []answers.Place{{ID: "pier", Name: "The pier", Aliases: []string{"Pier <1> & \u2028 \"Ґ\""}}}
			c.Relations = []answers.Relation{{From: "gz-delay", Kind: answers.Contradicts, To: "gz-reopens", Note: "as it seems"}}
			c.Disputes = []answers.Dispute{{ID: "may", Kind: answers.StillOpen, Question: "When does it reopen?", Positions: []answers.Position{
				{Holder: "Lind", Text: "Lind said in May [gz-reopens]."},
				{Holder: "Lind, later", Text: "Lind said it might wait [gz-delay]."},
			}}}
			c.Entries[0].Dispute = "may"
			c.Entries[0].Lead = "Lind said in May [gz-reopens], and that it might wait [gz-delay]."
			c.About = &answers.About{
				Name: "the harbour", Covers: "Our record covers the harbour.",
				Examples: answers.Examples{Questions: []string{"When?"}, Statements: []string{"In May."}},
				Words:    answers.Vocabulary{Synonyms: []answers.Concept{{ID: "pier", Words: []answers.Word{"pier", "landing stage"}}}},
			}
			c.Gold = []answers.Gold{{ID: "g1", Kind: answers.GoldAsOf, Use: answers.Tune, Ask: "Opening day?", AsOf: day, Claims: []answers.ClaimID{"gz-reopens"}}}
		})
	}
	want := revised(everything(), nil)
	want.Disputes[0].Revision = 1
	seeds, imports := open(t, newPath(t)), open(t, newPath(t))
	wantTally(t, seed(t, seeds, "first", everything()), Tally{Added: 11})
	wantRecord(t, seeds, want)
	wantTally(t, imported(t, imports, "first", record(t, seeds)), Tally{Added: 11})
	wantRecord(t, imports, want)
}

func TestSeedKeepsWhatACuratorChanged(t *testing.T) {
	s := open(t, newPath(t))
	seed(t, s, "first", harbour(4))
	const curated = "Lind said in May, as a curator writes [gz-reopens]."
	wantTally(t, imported(t, s, "curator", harbour(4, reworded("pier-01", curated), without("pier-03"))), Tally{Changed: 1, Removed: 1})
	wantOrigin(t, s, Own, "first")

	newer := harbour(4,
		reworded("pier-01", "Lind said in May, as the seeds have it [gz-reopens]."),
		reworded("pier-02", "Lind said in May, as the seeds have it [gz-reopens]."))
	wantTally(t, seed(t, s, "newer", newer), Tally{Changed: 1, Kept: 2})
	wantRecord(t, s, revised(
		harbour(4, reworded("pier-01", curated), reworded("pier-02", "Lind said in May, as the seeds have it [gz-reopens]."), without("pier-03")),
		map[answers.EntryID]int{"pier-01": 2, "pier-02": 2}))

	// The seeds hold neither the entry that a curator changed nor one that only seeding had touched.
	wantTally(t, seed(t, s, "fewer", harbour(4, without("pier-00"), without("pier-01"), without("pier-02"))), Tally{Removed: 2, Kept: 1})
	wantRecord(t, s, revised(harbour(4, reworded("pier-01", curated), without("pier-00"), without("pier-02"), without("pier-03")),
		map[answers.EntryID]int{"pier-01": 2}))
}

func TestRemovedAndAddedAgain(t *testing.T) {
	s := open(t, newPath(t))
	seed(t, s, "first", harbour(2))
	wantTally(t, seed(t, s, "removed", harbour(1)), Tally{Removed: 1})
	wantTally(t, seed(t, s, "still removed", harbour(1)), Tally{})
	wantTally(t, seed(t, s, "again", harbour(2)), Tally{Added: 1})
	wantRecord(t, s, revised(harbour(2), map[answers.EntryID]int{"pier-01": 3}))
}

func TestImport(t *testing.T) {
	s := open(t, newPath(t))
	wantTally(t, imported(t, s, "first", harbour(3)), Tally{Added: 7})
	wantOrigin(t, s, Imported, "")
	wantRecord(t, s, revised(harbour(3), nil))

	other := func() answers.Contents {
		return harbour(4, without("pier-00"), reworded("pier-01", "Lind said in May [gz-reopens]."))
	}
	wantTally(t, imported(t, s, "other", other()), Tally{Added: 1, Changed: 1, Removed: 1})
	wantRecord(t, s, revised(other(), map[answers.EntryID]int{"pier-01": 2}))
	wantTally(t, imported(t, s, "same", other()), Tally{})
	wantTally(t, imported(t, s, "nothing", answers.Contents{}), Tally{Removed: 7})
	wantRecord(t, s, answers.Contents{})
	wantOrigin(t, s, Imported, "")
}

// A change that touches no item is a change all the same: the next one comes after it.
func TestImportNothingFirst(t *testing.T) {
	s := open(t, newPath(t))
	wantTally(t, imported(t, s, "nothing", answers.Contents{}), Tally{})
	wantTally(t, imported(t, s, "first", harbour(1)), Tally{Added: 5})
	wantRecord(t, s, revised(harbour(1), nil))
}

func TestBreachChangesNothing(t *testing.T) {
	s := open(t, newPath(t))
	seed(t, s, "first", harbour(2))
	bad := map[string]answers.Contents{
		"no such claim": harbour(2, reworded("pier-01", "Lind said in May [gz-nothing].")),
		"id twice":      harbour(2, func(c *answers.Contents) { c.Entries = append(c.Entries, c.Entries[0]) }),
		"claim gone":    harbour(2, func(c *answers.Contents) { c.Claims, c.Sources = nil, nil }),
	}
	for name, c := range bad {
		var breach *Breach
		if _, err := s.Seed(t.Context(), change("seed "+name), c, Edition{Digest: "bad"}); !errors.As(err, &breach) || len(breach.Problems) == 0 {
			t.Errorf("seed, %s: %v", name, err)
		}
		if _, err := s.Import(t.Context(), change("import "+name), c); !errors.As(err, &breach) || len(breach.Problems) == 0 {
			t.Errorf("import, %s: %v", name, err)
		}
	}
	wantRecord(t, s, revised(harbour(2), nil))
	wantOrigin(t, s, Own, "first")
	if got := column(t, s, "SELECT id FROM change"); !slices.Equal(got, []string{"first"}) {
		t.Errorf("the changes are %q", got)
	}

	// The rules hold for the record that results: a curator's entry needs the claim that the seeds no longer hold.
	imported(t, s, "curator", harbour(2, reworded("pier-01", "Lind said in May [gz-reopens].")))
	var breach *Breach
	if _, err := s.Seed(t.Context(), change("empty"), answers.Contents{}, Edition{Digest: "bad"}); !errors.As(err, &breach) {
		t.Errorf("seeds without what the curator's entry stands on: %v", err)
	}
	wantRecord(t, s, revised(harbour(2, reworded("pier-01", "Lind said in May [gz-reopens].")), map[answers.EntryID]int{"pier-01": 2}))
}

func TestChangeRepeatedIsDoneOnce(t *testing.T) {
	s := open(t, newPath(t))
	seed(t, s, "first", harbour(2))
	seed(t, s, "second", harbour(3))
	seed(t, s, "first", harbour(2)) // as a caller does who never learned that it was done
	wantRecord(t, s, revised(harbour(3), nil))
	wantOrigin(t, s, Own, "second")
	if got := column(t, s, "SELECT id FROM change"); !slices.Equal(got, []string{"first", "second"}) {
		t.Errorf("the changes are %q", got)
	}
}

func TestConflict(t *testing.T) {
	edited := func(by string) func(*answers.Contents) {
		return reworded("pier-01", answers.Prose(fmt.Sprintf("Lind said in May, writes %s [gz-reopens].", by)))
	}
	for name, c := range map[string]struct{ first, second answers.Contents }{
		"same entry edited":       {harbour(3, edited("ada")), harbour(3, edited("bob"))},
		"edited and removed":      {harbour(3, edited("ada")), harbour(3, without("pier-01"))},
		"same entry added":        {harbour(4), harbour(4)},
		"second does more beside": {harbour(3, edited("ada")), harbour(9, edited("bob"), without("pier-00"))},

		// Neither touches what the other does. Yet the record would be equal to what neither imported, and an entry
		// could be left without the claim that it stands on.
		"other entry edited":         {harbour(3, edited("ada")), harbour(3, reworded("pier-02", "Lind said in May [gz-reopens]."))},
		"entry added, claim removed": {answers.Contents{}, harbour(4)},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			ada, bob := open(t, path), open(t, path)
			imported(t, ada, "base", harbour(3))
			first, second := prepare(t, ada, "ada's", c.first), prepare(t, bob, "bob's", c.second)
			if err := first(); err != nil {
				t.Fatal(err)
			}
			after := record(t, ada)
			if err := second(); !errors.Is(err, ErrConflict) {
				t.Errorf("the second writer, who had read the state before the first: %v", err)
			}
			wantRecord(t, bob, after)
			if got := column(t, bob, "SELECT id FROM change"); slices.Contains(got, "bob's") {
				t.Errorf("the changes are %q", got)
			}
			if problems := lint.Lint(record(t, bob)); len(problems) > 0 {
				t.Errorf("the record breaks rules: %v", problems)
			}
			if err := first(); err != nil { // not in conflict with itself
				t.Errorf("the first writer again: %v", err)
			}
		})
	}
}

func TestHistory(t *testing.T) {
	s := open(t, newPath(t))
	riga := time.FixedZone("EET", 2*60*60)
	first := Change{ID: "a", At: noon, Author: "parley", Why: "first seeds"}
	second := Change{ID: "b", At: noon.Add(time.Hour).In(riga), Author: "ada", Why: "it is no longer so"}
	third := Change{ID: "c", At: noon.Add(-time.Hour + 7*time.Millisecond), Author: "bob", Why: "it is so, by a clock that is slow"}
	if _, err := s.Seed(t.Context(), first, harbour(2), Edition{Digest: "digest"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), second, harbour(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), third, harbour(2)); err != nil {
		t.Fatal(err)
	}
	want := []Revision{
		{Number: 1, At: noon, Author: "parley", Why: "first seeds", Kind: SeedChange},
		{Number: 2, At: noon.Add(time.Hour), Author: "ada", Why: "it is no longer so", Kind: ImportChange, Removed: true},
		{Number: 3, At: third.At, Author: "bob", Why: "it is so, by a clock that is slow", Kind: ImportChange},
	}
	got, err := s.History(t.Context(), answers.NounEntry, "pier-01")
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the history is %+v, %v; want %+v", got, err, want)
	}
	if got, err := s.History(t.Context(), answers.NounEntry, "pier-99"); err != nil || len(got) > 0 {
		t.Errorf("what never was has the history %+v, %v", got, err)
	}
}

func TestQuestions(t *testing.T) {
	s := open(t, newPath(t))
	all := []Asked{
		{ID: "q3", At: noon, Platform: "terminal", Text: "When?\n\"Ґ\" 🛳 '; DROP TABLE question; --", Outcome: answers.OutcomeDeclined},
		{ID: "q1", At: noon.Add(time.Millisecond), Platform: "slack", Text: "When does it reopen?", AsOf: answers.Date{Year: 2025, Month: time.August, Day: 21},
			Outcome: answers.OutcomeAnswered, Entry: "pier-00", Revision: 2, Confidence: 0.875},
		{ID: "q2", At: noon.Add(time.Millisecond), Platform: "discord", Text: "", Outcome: answers.OutcomeSuggested, Confidence: 1.0 / 3},
	}
	if err := s.RecordQuestions(t.Context(), all[2], all[1], all[0]); err != nil {
		t.Fatal(err)
	}
	again := all[1]
	again.Text = "recorded again under its id"
	if err := s.RecordQuestions(t.Context(), again, all[0], all[0]); err != nil {
		t.Fatal(err)
	}
	for since, want := range map[time.Time][]Asked{
		{}:                                all,
		noon:                              all,
		noon.Add(time.Millisecond):        all[1:],
		noon.Add(2 * time.Millisecond):    nil,
		noon.In(time.FixedZone("", 3600)): all,
	} {
		if got, err := s.Questions(t.Context(), since); err != nil || !slices.Equal(got, want) {
			t.Errorf("since %v: %+v, %v; want %+v", since, got, err, want)
		}
	}

	// A batch is recorded as a whole or not at all.
	bad := question("q5")
	bad.Outcome = "guessed"
	if err := s.RecordQuestions(t.Context(), question("q4"), bad); err == nil {
		t.Error("an outcome that there is not was recorded")
	}
	if err := s.RecordQuestions(t.Context()); err != nil {
		t.Errorf("recording nothing: %v", err)
	}
	wantQuestions(t, s, []string{"q1", "q2", "q3"})
}
