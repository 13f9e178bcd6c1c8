package check

import (
	"slices"
	"strconv"
	"strings"

	"parley/answers/text"
)

// quantity is a number of a sentence with what it counts.
type quantity struct {
	value float64
	unit  unit
	text  string // as it stands
	bound int    // 1 for "more than", -1 for "less than"
	vague bool   // "several hundred", "tens of thousands": an order of magnitude
}

// agrees reports whether a number of the record bears a number of a statement out: 3 is more than 2.
func (q quantity) agrees(stated quantity) bool {
	switch {
	case stated.bound > 0 && stated.value < q.value, stated.bound < 0 && stated.value > q.value:
		return true
	case stated.bound != 0 && q.bound == 0:
		return false
	}
	return q.value == stated.value
}

// Words before a number that make it a bound.
var (
	above = text.SetOf(`over above exceeding`)
	below = text.SetOf(`under below`)
	more  = text.SetOf(`more longer greater`)
	less  = text.SetOf(`less fewer shorter`)
)

// boundAt reads "more than" and the like before piece i.
func boundAt(pieces []piece, i int) int {
	if i == 0 {
		return 0
	}
	one, two := pieces[i-1].Text, ""
	if i > 1 {
		two = pieces[i-2].Text
	}
	switch {
	case above[one], one == "than" && more[two]:
		return 1
	case below[one], one == "than" && less[two]:
		return -1
	}
	return 0
}

// unit is what a number counts: a kind of time, a part of a date, an article of a treaty, money, or the concept or stem of the
// thing counted; "" where that cannot be told.
type unit string

const (
	unitDuration unit = "duration" // in hours
	unitYear     unit = "year"     // of a calendar
	unitMonth    unit = "month"
	unitDay      unit = "day" // of a month
	unitWeekday  unit = "weekday"
	unitArticle  unit = "article"
	unitMoney    unit = "money"
)

// dated reports whether the unit is a part of a date.
func (u unit) dated() bool {
	return u == unitYear || u == unitMonth || u == unitDay || u == unitWeekday
}

var (
	ones = strings.Fields(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
		eighteen nineteen`)
	tens     = strings.Fields(`twenty thirty forty fifty sixty seventy eighty ninety`)
	months   = strings.Fields(`january february march april may june july august september october november december`)
	weekdays = strings.Fields(`sunday monday tuesday wednesday thursday friday saturday`)
	// hoursIn are the hours that a measure of time holds.
	hoursIn = map[string]float64{"minut": 1.0 / 60, "hour": 1, "hrs": 1, "hr": 1, "min": 1.0 / 60, "mins": 1.0 / 60, "day": 24, "week": 168, "month": 730, "year": 8766, "decad": 87660}
	// multiples are words that multiply the number before them, and their short forms.
	multiples = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6,
		"mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
)

// quantified reports whether a word is a number or a part of a date, which are compared as quantities.
func quantified(word string) bool {
	_, ok := numeral(word)
	return ok && word != "one" || slices.Contains(weekdays, word) || slices.Contains(months, word) && word != "may" && word != "march"
}

// numeral reads one word as a number.
func numeral(word string) (float64, bool) {
	if at := slices.Index(ones, word); at >= 0 {
		return float64(at), true
	}
	if at := slices.Index(tens, word); at >= 0 {
		return float64(20 + 10*at), true
	}
	digits := strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz")
	if digits == "" || !text.IsNumber(digits) || len(digits) > 15 {
		return 0, false
	}
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0, false
	}
	switch suffix := word[len(digits):]; suffix {
	case "", "st", "nd", "rd", "th":
		return value, true
	default:
		times, ok := multiples[suffix]
		return value * times, ok
	}
}

// quantities lists the numbers and parts of dates among pieces.
func quantities(pieces []piece, words lexicon) []quantity {
	var out []quantity
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		if at := slices.Index(weekdays, p.Text); at >= 0 {
			out = append(out, quantity{value: float64(at), unit: unitWeekday, text: p.Text})
			continue
		}
		if at := slices.Index(months, p.Text); at >= 0 && (p.Text != "may" && p.Text != "march" || besideNumber(pieces, i)) {
			out = append(out, quantity{value: float64(at + 1), unit: unitMonth, text: p.Text})
			continue
		}
		if value, end := magnitudeAt(pieces, i); end > 0 {
			q := quantity{value: value, vague: true, text: strings.Join(textsOf(pieces[i:end]), " "), bound: boundAt(pieces, i)}
			q.unit = unitAt(pieces, i, end, &q, words)
			out = append(out, q)
			i = end - 1
			continue
		}
		value, ok := numeral(p.Text)
		if !ok && (p.Text == "a" || p.Text == "an") && i+1 < len(pieces) && hoursIn[text.Stem(pieces[i+1].Text)] > 0 {
			value, ok = 1, true // "an hour"
		}
		if !ok || p.Entity != "" {
			continue
		}
		raw, end := p.Text, i+1
		for ; end < len(pieces); end++ {
			next := pieces[end].Text
			if n, ok := numeral(next); ok && (n < 10 && value >= 20 && value < 100 && !text.IsNumber(next) || text.IsNumber(next) && len(next) == 3 && value >= 1 && value < 1000 && !pieces[end-1].ends && text.IsNumber(p.Text)) {
				if text.IsNumber(next) {
					value = value*1000 + n // 15,000 is folded into two words
				} else {
					value += n
				}
			} else if times, ok := multiples[next]; ok && len(next) > 1 {
				value *= times
			} else {
				break
			}
			raw += " " + next
		}
		q := quantity{value: value, text: raw, bound: boundAt(pieces, i)}
		q.unit = unitAt(pieces, i, end, &q, words)
		if p.Text == "one" && q.unit != unitDuration {
			continue // more often a pronoun than a number
		}
		out = append(out, q)
		i = end - 1
	}
	return out
}

// magnitudes are words for how many there are about.
var magnitudes = map[string]float64{"dozen": 12, "dozens": 12, "tens": 10, "hundred": 100, "hundreds": 100, "thousand": 1e3, "thousands": 1e3,
	"million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9}

// magnitudeAt reads "hundred", as in "several hundred soldiers", and "tens of thousands" from piece i on; end is 0 where there is none. One
// thing is more often a single one than a magnitude, as in "a hundred".
func magnitudeAt(pieces []piece, i int) (value float64, end int) {
	value = magnitudes[pieces[i].Text]
	if value == 0 || pieces[i].Entity != "" || i > 0 && (pieces[i-1].Text == "a" || pieces[i-1].Text == "one") {
		return 0, 0
	}
	if i+2 < len(pieces) && pieces[i+1].Text == "of" && magnitudes[pieces[i+2].Text] > value {
		return value * magnitudes[pieces[i+2].Text], i + 3
	}
	return value, i + 1
}

// besideNumber tells the month from the verb: "May 5" and "on 5 May", but not "Article 5 may".
func besideNumber(pieces []piece, i int) bool {
	after := i+1 < len(pieces) && text.IsNumber(pieces[i+1].Text)
	return after || i > 0 && text.IsNumber(pieces[i-1].Text) && (i == 1 || pieces[i-2].Text != "article")
}

// unitAt tells what the number from piece i to end counts, and brings measures of time to hours.
func unitAt(pieces []piece, i, end int, q *quantity, words lexicon) unit {
	before, after := "", ""
	if i > 0 {
		before = pieces[i-1].Text
	}
	if end < len(pieces) {
		after = pieces[end].Text
	}
	isMonth := func(w string) bool { return slices.Contains(months, w) }
	switch {
	case before == "article" || before == "art":
		return unitArticle
	case q.value >= 1900 && q.value < 2100 && text.IsNumber(pieces[i].Text) && end == i+1 &&
		(after == "" || !countable(pieces, end) || isMonth(before) || beforeYear[before]):
		return unitYear
	case q.value <= 31 && (isMonth(before) || isMonth(after)):
		return unitDay
	case after == "of" && end+1 < len(pieces) && isMonth(pieces[end+1].Text):
		return unitDay
	}
	if q.value >= 1e9 {
		return unitMoney // nothing else in such a record comes in billions
	}
	for k := end; k < len(pieces) && k < end+3; k++ {
		p := pieces[k]
		s := text.Stem(p.Text)
		if hours, ok := hoursIn[s]; ok {
			q.value *= hours
			q.text += " " + p.Text
			return unitDuration
		}
		if s == "dollar" || s == "usd" || s == "euro" {
			return unitMoney
		}
		if p.Entity != "" || (p.Stop || grammar[p.Text]) && k == end {
			break
		}
		if p.Stop || grammar[p.Text] || k == end && k+1 < len(pieces) && !pieces[k].ends && isAdjective(p.Text) {
			continue
		}
		if concepts := words.concepts[base(p.Text)]; concepts != nil {
			return unit(concepts[0].id)
		}
		return unit(s)
	}
	return ""
}

// beforeYear are words that a year follows.
var beforeYear = text.SetOf(`in since of by until from year before after to during late early mid`)

// countable reports whether the piece is a plain word that a number can count.
func countable(pieces []piece, i int) bool {
	return pieces[i].Entity == "" && !pieces[i].Stop && !slices.Contains(months, pieces[i].Text) && i > 0 && !pieces[i-1].ends
}

// isAdjective is a guess that suffices for "32 NATO member states" and "three long hours".
func isAdjective(word string) bool {
	return word == "long" || word == "full" || word == "more" || word == "new" || strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "an")
}
