package match

import (
	"math"

	"parley/answers"
	"parley/answers/text"
)

// vocabulary is which entry accounts for which words, and how rare each is.
type vocabulary struct {
	explains []map[string]bool  // stems by entry
	weight   map[string]float64 // of stems that some entry accounts for
	rarest   float64
	beyond   map[string]bool // stems that only gaps account for: what the record is known not to hold
}

// explain learns which stems each entry accounts for, and how rare they are.
func (v *vocabulary) explain(entries []answers.Entry, explanations func(answers.Entry) []text.Token) {
	v.weight = map[string]float64{}
	for _, e := range entries {
		explained := map[string]bool{}
		for _, t := range explanations(e) {
			explained[t.Stem] = true
		}
		v.explains = append(v.explains, explained)
		for s := range explained {
			v.weight[s]++
		}
	}
	v.rarest = rarestOf(len(entries))
	for s, n := range v.weight {
		v.weight[s] = math.Log(1 + float64(len(entries))/n)
	}
}

// lookBeyond learns which stems only gaps account for.
func (v *vocabulary) lookBeyond(entries []answers.Entry) {
	v.beyond = map[string]bool{}
	for s := range v.weight {
		v.beyond[s] = true
	}
	for i, e := range entries {
		if e.Kind == answers.KindGap {
			continue
		}
		for s := range v.explains[i] {
			delete(v.beyond, s)
		}
	}
}

// rarestOf is the weight of a stem that one entry alone accounts for.
func rarestOf(entries int) float64 { return math.Log(1 + float64(entries)) }
