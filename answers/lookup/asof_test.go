package lookup_test

import (
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
	"parley/answers/facts"
	"parley/answers/lookup"
	"parley/answers/text"
)

// A question may name the day that it is limited to, in its own words and at either end; other words with "before" limit nothing.
func TestDated(t *testing.T) {
	day := func(s string) answers.Date {
		d, err := answers.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	claim := func(id answers.ClaimID, from, to string) answers.Claim {
		c := answers.Claim{ID: id, Source: "paris-report", Text: "The board met."}
		if from != "" {
			c.Date.Earliest = day(from)
		}
		c.Date.Latest = day(to)
		return c
	}
	contents := answerstest.CleanContents()
	contents.Claims = append(contents.Claims, claim("met", "2025-05-04", "2025-05-04"), claim("told", "", "2025-07-01"))
	contents.Events = []answers.Event{
		{ID: "board", Name: "the board meeting", Aliases: []string{"the May talks"}, Present: []answers.Presence{{Claim: "met"}}},
		{ID: "vote", Name: "the harbour vote", Present: []answers.Presence{{Claim: "told"}}},
	}
	fs := facts.New(contents)
	lister := lookup.New(fs, text.NewWords(contents.Actors, contents.Places, nil))
	for _, c := range []struct{ typed, text, asOf, told, unread string }{
		{"Is it open as of 31 August 2025?", "Is it open?", "2025-08-31", "", ""},
		{"As of August 2025, is it open?", "is it open?", "2025-08-31", "", ""},
		{"Was it, as of 2025-08-31, open?", "Was it open?", "2025-08-31", "", ""},
		{"is it open --as-of 2025-08-31", "is it open", "2025-08-31", "", ""},
		{"is it open (as at 31.8.2025)", "is it open", "2025-08-31", "", ""},
		{"Was it open before May 2025?", "Was it open?", "2025-04-30", "", ""},
		{"Was it open before the board meeting?", "Was it open?", "2025-05-03", "the board meeting was on 4 May 2025", ""},
		{"Before the May talks, was it open?", "was it open?", "2025-05-03", "the board meeting was on 4 May 2025", ""},
		{"as of the harbour vote is it open", "is it open", "2025-07-01", "the day of the harbour vote is not on record, 1 Jul 2025 at the latest", ""},
		{"Is it open as of next tuesdy?", "", "", "", "next tuesdy?"},
		{"Is it open as of 06/01/2026?", "", "", "", "06/01/2026?"},
		{"Has it changed as of late?", "Has it changed as of late?", "", "", ""},
		{"How many days before the board meeting was it open?", "How many days before the board meeting was it open?", "", "", ""},
		{"Was it open long before the board meeting?", "Was it open long before the board meeting?", "", "", ""},
		{"Did they meet before the tide?", "Did they meet before the tide?", "", "", ""},
		{"Before the board meeting", "Before the board meeting", "", "", ""},
	} {
		got := lister.Dated(c.typed, day("2026-01-01"))
		want := lookup.Dated{Text: c.text, Told: c.told, Unread: c.unread}
		if c.asOf != "" {
			want.AsOf = day(c.asOf)
		}
		if got != want {
			t.Errorf("%q is read as %+v, want %+v", c.typed, got, want)
		}
	}
}
