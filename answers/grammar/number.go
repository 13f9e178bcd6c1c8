package grammar

import (
	"slices"
	"strconv"
	"strings"

	"parley/answers/text"
)

// Amount is a number with what it counts.
type Amount struct {
	value  float64
	Unit   string  // hours for any measure of time, "money", or the stem of what is counted; "" where that cannot be told
	senses []Sense // of the unit
	bound  int     // 1 for "more than", -1 for "less than"
	vague  bool    // "several thousand": an order of magnitude
}

// Alike reports whether two numbers count the same kind of thing.
func (a Amount) Alike(b Amount) bool {
	return a.Unit == b.Unit || slices.ContainsFunc(a.senses, func(s Sense) bool { return slices.Contains(b.senses, s) })
}

// Bears reports whether a number of the record bears a number of a statement out: three is more than two.
func (a Amount) Bears(stated Amount) bool {
	switch {
	case a.vague != stated.vague:
		return false
	case a.bound == 0 && (stated.bound > 0 && a.value > stated.value || stated.bound < 0 && a.value < stated.value):
		return true
	}
	return a.value == stated.value && a.bound == stated.bound
}

// Excludes reports whether both numbers cannot be right.
func (a Amount) Excludes(stated Amount) bool {
	switch {
	case a.vague != stated.vague:
		return false
	case a.bound == 0 && stated.bound == 0:
		return a.value != stated.value
	case a.bound == 0:
		return stated.bound > 0 && a.value <= stated.value || stated.bound < 0 && a.value >= stated.value
	case stated.bound == 0:
		return a.bound > 0 && stated.value <= a.value || a.bound < 0 && stated.value >= a.value
	}
	return false
}

var (
	ones = strings.Fields(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
		eighteen nineteen`)
	tens     = strings.Fields(`twenty thirty forty fifty sixty seventy eighty ninety`)
	months   = strings.Fields(`january february march april may june july august september october november december`)
	weekdays = strings.Fields(`sunday monday tuesday wednesday thursday friday saturday`)
	hoursIn  = map[string]float64{"minut": 1.0 / 60, "hour": 1, "hrs": 1, "hr": 1, "min": 1.0 / 60, "day": 24, "week": 168, "month": 730, "year": 8766, "decad": 87660}
	times    = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6, "dozen": 12,
		"tens": 10, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "dozens": 12}
	suffixed = map[string]float64{"": 1, "st": 1, "nd": 1, "rd": 1, "th": 1, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
)

// numeral reads one word as a number; money tells a sign of currency.
func numeral(w string) (value float64, money, ok bool) {
	if at := slices.Index(ones, w); at >= 0 && w != "one" {
		return float64(at), false, true
	}
	if at := slices.Index(tens, w); at >= 0 {
		return float64(20 + 10*at), false, true
	}
	bare := strings.TrimPrefix(w, "$")
	digits := strings.TrimRight(bare, "abcdefghijklmnopqrstuvwxyz")
	value, err := strconv.ParseFloat(digits, 64)
	factor, known := suffixed[bare[len(digits):]]
	return value * factor, bare != w, err == nil && known && len(digits) < 15
}

// numbers joins the words of each number and of each date.
func numbers(in []Token) []Token {
	var out []Token
	for i := 0; i < len(in); i++ {
		if t, n := dateAt(in[i:]); n > 0 {
			out = append(out, t)
			i += n - 1
			continue
		}
		t, n := amountAt(in[i:])
		if n == 0 {
			out = append(out, in[i])
			continue
		}
		if len(out) > 0 && numbered[out[len(out)-1].Text] {
			last := &out[len(out)-1]
			last.Kind, last.breaks = Word, t.breaks
			last.Text += " " + strconv.FormatFloat(t.Value.value, 'f', -1, 64)
			last.Key, last.Raw = last.Text, last.Raw+" "+t.Raw
			i += n - 1
			continue
		}
		out, t.Value.bound = bounded(out, t.Value.bound)
		out = append(out, t)
		i += n - 1
	}
	return out
}

// units tells what each number counts.
func units(ts []Token) []Token {
	for i := range ts {
		if ts[i].Kind == Number && ts[i].Value.Unit == "" {
			count(ts, i)
		}
	}
	return ts
}

// bounded takes "more than" and the like off the end of tokens.
func bounded(out []Token, bound int) ([]Token, int) {
	n := len(out)
	at := func(back int) string {
		if n < back {
			return ""
		}
		return out[n-back].Text
	}
	switch two := at(2) + " " + at(1); {
	case two == "more than", two == "longer than", two == "at least", two == "greater than":
		return out[:n-2], 1
	case two == "less than", two == "fewer than", two == "at most", two == "up to", two == "shorter than":
		return out[:n-2], -1
	case at(1) == "over" || at(1) == "above":
		return out[:n-1], 1
	case at(1) == "under" && n > 1 || at(1) == "below":
		return out[:n-1], -1
	case slices.Contains([]string{"about", "around", "roughly", "nearly", "almost", "approximately", "some", "exactly"}, at(1)):
		return out[:n-1], bound
	}
	return out, bound
}

// amountAt reads a number at the beginning of tokens, and of how many it is made; 0 for none.
func amountAt(in []Token) (t Token, n int) {
	if in[0].Kind == Name {
		return t, 0
	}
	value, money, ok := numeral(in[0].Text)
	vague, factor := false, times[in[0].Text]
	switch {
	case in[0].Text == "several" && len(in) > 1 && times[in[1].Text] > 0:
		value, vague, ok = times[in[1].Text], true, true
		n = 2
	case (in[0].Text == "a" || in[0].Text == "an" || in[0].Text == "one") && len(in) > 1 && (hoursIn[lemma(in[1].Text)] > 0 || times[in[1].Text] > 0):
		value, ok, n = 1, true, 1
	case factor > 0:
		value, vague, ok, n = factor, true, true, 1
		if len(in) > 2 && in[1].Text == "of" && times[in[2].Text] > 0 {
			value, n = factor*times[in[2].Text], 3
		}
	default:
		n = 1
	}
	if !ok {
		return t, 0
	}
	for n < len(in) && !in[n-1].breaks {
		if next := times[in[n].Text]; next > 0 && !vague {
			value *= next
		} else if more, _, isNumber := numeral(in[n].Text); isNumber && more < 10 && value >= 20 && value < 100 && !text.IsNumber(in[n].Text) {
			value += more
		} else {
			break
		}
		n++
	}
	t = in[n-1]
	t.Kind, t.Key, t.Value = Number, "#", Amount{value: value, vague: vague}
	if money {
		t.Value.Unit = "money"
	}
	raws := make([]string, n)
	for i := range n {
		raws[i] = in[i].Raw
	}
	t.Raw = strings.Join(raws, " ")
	if vague && n < len(in) && in[n].Text == "of" {
		n++ // "thousands of soldiers"
	}
	return t, n
}

// count tells what the number at i counts and brings measures of time to hours.
func count(ts []Token, i int) {
	v := &ts[i].Value
	for k := i + 1; k < len(ts) && k < i+4 && !ts[k-1].breaks; k++ {
		t := &ts[k]
		if t.Kind != Word {
			if t.Kind == Name && k == i+1 {
				continue
			}
			return
		}
		if hours := hoursIn[t.Key]; hours > 0 {
			v.value, v.Unit = v.value*hours, "hours"
			ts[i].Raw += " " + t.Raw
			t.Kind = function
			return
		}
		if t.Key == "dollar" || t.Key == "usd" || t.Key == "euro" {
			v.Unit, t.Kind = "money", function
			return
		}
		if k+1 < len(ts) && !t.breaks && ts[k+1].Kind == Word && !finite(ts, k+1) && len(ts[k+1].Text) > 3 {
			continue // an adjective or the first noun of a compound
		}
		v.Unit, v.senses = t.Key, t.Senses
		return
	}
}
