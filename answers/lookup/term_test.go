package lookup

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/answerstest"
	"parley/answers/facts"
	"parley/answers/text"
)

// How people write days, and what is read.
func TestReadPeriod(t *testing.T) {
	today := answers.Date{Year: 2026, Month: time.November, Day: 22}
	august := func(func(int) answers.DateRange) int { return 2025 }
	for raw, want := range map[string]string{
		"18 August 2025":                  "18 Aug 2025",
		"August 18, 2025":                 "18 Aug 2025",
		"the 18th of August 2025":         "18 Aug 2025",
		"18 Aug":                          "18 Aug 2025",
		"2025-08-18":                      "18 Aug 2025",
		"2025 August 18":                  "18 Aug 2025",
		"18.8.2025":                       "18 Aug 2025",
		"8/18/2025":                       "18 Aug 2025",
		"Agust 2025":                      "Aug 2025",
		"2025-08":                         "Aug 2025",
		"sept 2025":                       "Sep 2025",
		"august":                          "Aug 2025",
		"2025":                            "2025",
		"16–21 Aug 2025":                  "16–21 Aug 2025",
		"from 16 to 21 August 2025":       "16–21 Aug 2025",
		"between 16 and 21 August 2025":   "16–21 Aug 2025",
		"since August 2025":               "1 Aug 2025 or later",
		"after 18 August 2025":            "19 Aug 2025 or later",
		"until 2025":                      "by 31 Dec 2025",
		"before 18 August 2025":           "by 17 Aug 2025",
		"today":                           "22 Nov 2026",
		"yesterday":                       "21 Nov 2026",
		"29 February 2024":                "29 Feb 2024",
		"29 February 2025":                "impossible", // that year has none
		"6.1.2026":                        "impossible", // June or January?
		"may":                             "nothing",
		"march on":                        "nothing",
		"troops":                          "nothing",
		"5":                               "nothing",
		"article 5":                       "nothing",
		"by macron":                       "nothing",
		"200bn":                           "nothing",
		"2":                               "nothing",
		"20250818":                        "nothing",
		"since":                           "nothing",
		strings.Repeat("2025 08 18 ", 99): "18 Aug 2025",
	} {
		p, n := readPeriod(strings.Fields(text.Fold(raw)), today, august)
		got := p.Days()
		switch {
		case n == 0:
			got = "nothing"
		case !p.possible():
			got = "impossible"
		}
		if got != want {
			t.Errorf("%.40q is read as %s, want %s", raw, got, want)
		}
	}
}

func TestMayFallAndWithin(t *testing.T) {
	day := func(n int) answers.Date { return answers.Date{Year: 2025, Month: time.August, Day: n} }
	within := func(a, b int) answers.DateRange { return answers.DateRange{Earliest: day(a), Latest: day(b)} }
	for name, c := range map[string]struct {
		date, days     answers.DateRange
		may, certainly bool
	}{
		"the day":         {within(18, 18), within(18, 18), true, true},
		"wider":           {within(16, 21), within(18, 18), true, false},
		"inside":          {within(18, 18), within(1, 31), true, true},
		"beside":          {within(16, 17), within(18, 18), false, false},
		"open beginning":  {answers.DateRange{Latest: day(18)}, within(18, 31), true, false},
		"not long before": {answers.DateRange{Latest: day(18)}, within(1, 17), false, false},
		"open end":        {answers.DateRange{Earliest: day(18)}, within(1, 31), true, false},
		"before a day":    {answers.DateRange{Latest: day(16)}, answers.DateRange{Latest: day(17)}, true, true},
		"since a day":     {within(18, 20), answers.DateRange{Earliest: day(17)}, true, true},
		"never dated":     {answers.DateRange{}, within(1, 31), false, false},
	} {
		if may, certainly := mayFall(c.date, c.days), c.date.Within(c.days); may != c.may || certainly != c.certainly {
			t.Errorf("%s: may %v, certainly %v", name, may, certainly)
		}
	}
}

func TestNamesLike(t *testing.T) {
	fs := facts.New(answerstest.CleanContents())
	l := New(fs, fs.Words())
	for typed, want := range map[string][]string{
		"macr":     {"Emmanuel Macron"},
		"makron":   {"Emmanuel Macron"},
		"puttin":   {"Vladimir Putin"},
		"stramer":  {"Keir Starmer"},
		"telgraf":  {"The Telegraph"},
		"pariss":   {"Paris", "paris-report"},
		"xylophon": nil,
		"":         nil,
	} {
		if got := l.namesLike([]string{typed}); !slices.Equal(got, want) {
			t.Errorf("names like %q: %q, want %q", typed, got, want)
		}
	}
}
