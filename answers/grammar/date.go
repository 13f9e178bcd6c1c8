package grammar

import (
	"slices"
	"strings"
	"time"

	"parley/answers"
	"parley/answers/text"
)

// Day is as much of a date as is told; a zero part is not told. Weekdays count from 1 for Sunday.
type Day struct{ year, month, day, weekday int }

// dateAt reads a date at the beginning of tokens, and of how many it is made; 0 for none.
func dateAt(in []Token) (t Token, n int) {
	var d Day
	var raws []string
	for n < len(in) && n < 5 {
		w := in[n]
		if w.Kind == Name {
			break
		}
		m := monthOf(w.Text)
		value, _, isNumber := numeral(w.Text)
		digits := strings.TrimRight(w.Text, "sthndr")
		switch {
		case slices.Contains(weekdays, w.Text) && d.weekday == 0 && d.month == 0:
			d.weekday = slices.Index(weekdays, w.Text) + 1
		case m > 0 && d.month == 0 && (len(w.Text) > 3 && w.Text != "march" && w.Text != "may" || w.dateless() || d.day > 0 || n+1 < len(in) && text.IsNumber(in[n+1].Text)):
			d.month = m
		case isNumber && text.IsNumber(digits) && value >= 1900 && value < 2100 && d.year == 0 && (n > 0 || yearlike(in)):
			d.year = int(value)
		case isNumber && text.IsNumber(digits) && value >= 1 && value <= 31 && d.day == 0 && (d.month > 0 && d.year == 0 || n+1 < len(in) && monthOf(in[n+1].Text) > 0):
			d.day = int(value)
		default:
			value = -1
		}
		if value == -1 {
			break
		}
		raws = append(raws, w.Raw)
		n++
		if d.year > 0 {
			break
		}
	}
	if n == 0 {
		return t, 0
	}
	t = in[n-1]
	t.Kind, t.Key, t.Day, t.Raw = Date, "@", d, strings.Join(raws, " ")
	return t, n
}

// dateless reports whether a month that is also a verb is written as a name: "in May".
func (t *Token) dateless() bool { return t.Capital && t.behind == "in" }

// yearlike reports whether a number of four digits at the beginning of tokens is a year: nothing that it could count stands behind it.
func yearlike(in []Token) bool {
	return len(in) == 1 || slices.Contains([]string{"in", "since", "until", "by"}, in[0].behind) || in[0].breaks || in[1].Kind != Word && in[1].Kind != Name || finite(in, 1)
}

func monthOf(w string) int {
	for i, m := range months {
		if w == m || len(w) >= 3 && len(w) <= 4 && w != "mar" && strings.HasPrefix(m, w) {
			return i + 1
		}
	}
	return 0
}

// whole fills in the weekday of a full date.
func (d Day) whole() Day {
	if d.year > 0 && d.month > 0 && d.day > 0 {
		d.weekday = int(answers.Date{Year: d.year, Month: time.Month(d.month), Day: d.day}.Time().Weekday()) + 1
	}
	return d
}

// Bears reports whether a date of the record has all parts of a stated one; excludes, whether a part differs.
func (d Day) Bears(stated Day) (bears, excludes bool) {
	a, b := d.whole(), stated
	bears = true
	for _, p := range [][2]int{{a.year, b.year}, {a.month, b.month}, {a.day, b.day}, {a.weekday, b.weekday}} {
		if p[1] == 0 {
			continue
		}
		bears = bears && p[0] == p[1]
		excludes = excludes || p[0] != 0 && p[0] != p[1]
	}
	return bears, excludes
}
