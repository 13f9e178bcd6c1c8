package faq

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"parley/answers"
)

// dateOrder is the order of day and month in dates of three numbers that end in the year.
type dateOrder int

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

var (
	numbers = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})\b`)
	iso     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)`)
	isoPart = regexp.MustCompile(`^(\d{4})(?:-(\d{2}))?$`)
	ordinal = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`)
)

// orderOf finds out the order of day and month from all dates of a column: a number above twelve can only be a day. With dots it is the day
// first, as where dates are written so.
func orderOf(cells []string) dateOrder {
	for _, cell := range cells {
		m := numbers.FindStringSubmatch(cell)
		if m == nil || m[2] == "." {
			continue
		}
		first, _ := strconv.Atoi(m[1])
		second, _ := strconv.Atoi(m[3])
		switch {
		case first > 12 && second <= 12:
			return dayFirst
		case second > 12 && first <= 12:
			return monthFirst
		}
	}
	return orderUnknown
}

// dateOf reads a date as the file states it: a day, a month or a year. ok is false where that cannot be told.
func dateOf(cell string, order dateOrder) (r answers.DateRange, ok bool) {
	if m := iso.FindStringSubmatch(cell); m != nil {
		return day(m[1], m[2], m[3])
	}
	if m := numbers.FindStringSubmatch(cell); m != nil {
		switch {
		case m[2] == "." || order == dayFirst || m[1] == m[3]:
			return day(m[4], m[3], m[1])
		case order == monthFirst:
			return day(m[4], m[1], m[3])
		}
		return r, false
	}
	if m := isoPart.FindStringSubmatch(cell); m != nil {
		year, _ := strconv.Atoi(m[1])
		first, last := time.January, time.December
		if m[2] != "" {
			month, _ := strconv.Atoi(m[2])
			if month < 1 || month > 12 {
				return r, false
			}
			first, last = time.Month(month), time.Month(month)
		}
		return span(year, first, last)
	}
	cell = ordinal.ReplaceAllString(strings.ReplaceAll(answers.OneLine(cell), ",", ""), "$1")
	for _, layout := range []string{"2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006", "2-Jan-2006", "2-Jan-06", "Monday 2 January 2006", "Mon 2 Jan 2006"} {
		if t, err := time.Parse(layout, cell); err == nil {
			d := answers.DateOf(t)
			return stated(d, d), true
		}
	}
	for _, layout := range []string{"Jan 2006", "January 2006"} {
		if t, err := time.Parse(layout, cell); err == nil {
			return span(t.Year(), t.Month(), t.Month())
		}
	}
	return r, false
}

func day(year, month, day string) (answers.DateRange, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1000 || t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return answers.DateRange{}, false
	}
	date := answers.DateOf(t)
	return stated(date, date), true
}

// span is from the first day of a month to the last day of another.
func span(year int, first, last time.Month) (answers.DateRange, bool) {
	if year < 1000 {
		return answers.DateRange{}, false
	}
	return stated(answers.Date{Year: year, Month: first, Day: 1}, answers.DateOf(time.Date(year, last+1, 0, 0, 0, 0, 0, time.UTC))), true
}

func stated(earliest, latest answers.Date) answers.DateRange {
	return answers.DateRange{Earliest: earliest, Latest: latest, Basis: answers.BasisStated}
}
