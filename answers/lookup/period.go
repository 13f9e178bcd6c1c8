package lookup

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/answers"
	"parley/answers/text"
)

// period is the days that a look-up is limited to. The zero period is no limit.
type period struct {
	answers.DateRange      // both ends included, either may be open
	given             bool // days were named, if perhaps none that exist
}

// possible reports whether the period holds any day.
func (p period) possible() bool {
	return p.Known() && (p.Earliest.IsZero() || p.Latest.IsZero() || p.Earliest.Compare(p.Latest) <= 0)
}

// and is the days that two periods share.
func (p period) and(q period) period {
	if !p.given {
		return q
	}
	if p.Earliest.Compare(q.Earliest) < 0 {
		p.Earliest = q.Earliest
	}
	if p.Latest.IsZero() || !q.Latest.IsZero() && q.Latest.Compare(p.Latest) < 0 {
		p.Latest = q.Latest
	}
	return p
}

// mayFall reports whether something dated r may have been on one of some days. A date of which one end is open counts as
// the end that is known, under which replies show it: "by 6 Jan 2026" would else be on every day before.
func mayFall(r, days answers.DateRange) bool {
	if !r.Known() {
		return false
	}
	from, to := r.Earliest, r.Latest
	if from.IsZero() {
		from = to
	}
	if to.IsZero() {
		to = from
	}
	return (days.Latest.IsZero() || from.Compare(days.Latest) <= 0) && (days.Earliest.IsZero() || to.Compare(days.Earliest) >= 0)
}

// Words before a day that make it one end of a span.
var (
	fromWords   = []string{"since", "from", "between"} // the day included
	afterWords  = []string{"after"}
	untilWords  = []string{"until", "till", "til", "by", "to", "through"} // the day included
	beforeWords = []string{"before"}
)

// readPeriod reads the days named at the beginning of folded words and tells how many words that takes; 0 where none are.
// A month without a year is in the year that yearOf finds. Days that no calendar has come back as an impossible period.
func readPeriod(words []string, today answers.Date, yearOf func(func(int) answers.DateRange) int) (period, int) {
	skip := 0
	lead := words[0]
	if slices.Contains(slices.Concat(fromWords, afterWords, untilWords, beforeWords), lead) {
		skip++
	}
	if len(words) > skip && words[skip] == "the" {
		skip++
	}
	r, n := readDays(words[skip:], today, yearOf)
	if n == 0 {
		return period{}, 0
	}
	p := period{r, true}
	pair := dayIn(words[skip]) > 0 && r.Earliest != r.Latest // both ends are there: from 15 to 18 August
	if p.possible() && !pair {
		switch {
		case slices.Contains(fromWords, lead):
			p.Latest = answers.Date{}
		case slices.Contains(afterWords, lead):
			p.DateRange = answers.DateRange{Earliest: p.Latest.AddDays(1)}
		case slices.Contains(untilWords, lead):
			p.Earliest = answers.Date{}
		case slices.Contains(beforeWords, lead):
			p.DateRange = answers.DateRange{Latest: p.Earliest.AddDays(-1)}
		}
	}
	return p, skip + n
}

// readDays reads one day, month, year or "16 21 august 2025", as people write them.
func readDays(words []string, today answers.Date, yearOf func(func(int) answers.DateRange) int) (answers.DateRange, int) {
	words = words[:min(len(words), 6)]
	if len(words) == 0 {
		return answers.DateRange{}, 0
	}
	at := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	if n := relativeDay(at(0)); n <= 0 && !today.IsZero() {
		return days(today.AddDays(n), today.AddDays(n)), 1
	}
	if year := yearIn(at(0)); year > 0 {
		return readYear(year, at)
	}
	if a, b := twoDigits(at(0), 31), twoDigits(at(1), 31); a > 0 && b > 0 && yearIn(at(2)) > 0 {
		return readDigits(a, b, yearIn(at(2))), 3
	}
	return readMonth(at, yearOf)
}

// readYear reads what begins with a year: 2025, 2025 8, 2025 august 18.
func readYear(year int, at func(int) string) (answers.DateRange, int) {
	if month := twoDigits(at(1), 12); month > 0 {
		if day := twoDigits(at(2), 31); day > 0 {
			return span(year, time.Month(month), day, day), 3
		}
		return span(year, time.Month(month), 0, 0), 2
	}
	if month := monthIn(at(1)); month > 0 {
		if day := dayIn(at(2)); day > 0 {
			return span(year, month, day, day), 3
		}
		return span(year, month, 0, 0), 2
	}
	return days(answers.Date{Year: year, Month: time.January, Day: 1}, answers.Date{Year: year, Month: time.December, Day: 31}), 1
}

// readDigits reads 18.8.2025, but not 6.1.2026: that is June to some and January to others, so no day.
func readDigits(a, b, year int) answers.DateRange {
	switch {
	case b <= 12 && (a > 12 || a == b):
		return span(year, time.Month(b), a, a)
	case a <= 12 && b > 12:
		return span(year, time.Month(a), b, b)
	default:
		return answers.DateRange{}
	}
}

// readMonth reads a month with days before or after it, and perhaps a year.
func readMonth(at func(int) string, yearOf func(func(int) answers.DateRange) int) (answers.DateRange, int) {
	i, first, last := 0, dayIn(at(0)), 0
	if first > 0 {
		i++
		if slices.Contains([]string{"to", "and", "until", "till"}, at(i)) && dayIn(at(i+1)) > 0 {
			i++
		}
		if last = dayIn(at(i)); last > 0 {
			i++
		} else {
			last = first
		}
		if at(i) == "of" {
			i++
		}
	}
	month := monthIn(at(i))
	if month == 0 {
		return answers.DateRange{}, 0
	}
	i++
	if first == 0 && dayIn(at(i)) > 0 {
		first, last = dayIn(at(i)), dayIn(at(i))
		i++
	}
	year := yearIn(at(i))
	switch {
	case year > 0:
		i++
	case first == 0 && (at(0) == "may" || at(0) == "march"):
		return answers.DateRange{}, 0 // a word like others
	default:
		year = yearOf(func(y int) answers.DateRange { return span(y, month, first, last) })
	}
	return span(year, month, first, last), i
}

func days(from, to answers.Date) answers.DateRange {
	return answers.DateRange{Earliest: from, Latest: to}
}

// span is some days of a month, or all of it; the zero DateRange if it has no such days.
func span(year int, month time.Month, first, last int) answers.DateRange {
	if first == 0 {
		first, last = 1, answers.DateOf(time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)).Day
	}
	from, to := answers.Date{Year: year, Month: month, Day: first}, answers.Date{Year: year, Month: month, Day: last}
	if answers.DateOf(from.Time()) != from || answers.DateOf(to.Time()) != to || first > last {
		return answers.DateRange{}
	}
	return days(from, to)
}

// relativeDay counts the days from today that a word means; 1 where it means none.
func relativeDay(word string) int {
	switch word {
	case "today":
		return 0
	case "yesterday":
		return -1
	}
	return 1
}

func yearIn(word string) int {
	if len(word) != 4 || !strings.HasPrefix(word, "19") && !strings.HasPrefix(word, "20") || !text.IsNumber(word) {
		return 0
	}
	year, _ := strconv.Atoi(word)
	return year
}

func twoDigits(word string, most int) int {
	if len(word) == 0 || len(word) > 2 || !text.IsNumber(word) {
		return 0
	}
	n, _ := strconv.Atoi(word)
	if n > most {
		return 0
	}
	return n
}

// dayIn reads 18, 18th, 1st.
func dayIn(word string) int {
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		if bare, ok := strings.CutSuffix(word, ending); ok {
			return twoDigits(bare, 31)
		}
	}
	return twoDigits(word, 31)
}

// monthIn reads the name of a month in full, cut to three letters or more, or with one slip in its full name.
func monthIn(word string) time.Month {
	if len(word) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), word) {
			return m
		}
	}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if len(name) > 5 && len(word) > 4 && text.Slips([]rune(word), []rune(name), 1) <= 1 {
			return m
		}
	}
	return 0
}
