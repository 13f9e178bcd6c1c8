package answers

import (
	"maps"
	"math"
	"slices"
)

// vocabulary is the words of the record: which entry accounts for which, how rare each is, and how they are spelled.
type vocabulary struct {
	explains []map[string]bool // stems by entry
	weight   map[string]float64
	rarest   float64
	byLength map[int][]string // words by their number of runes, sorted
	words    map[string]bool
}

func newVocabulary(entries []Entry, explanations func(Entry) []token) vocabulary {
	v := vocabulary{weight: map[string]float64{}, byLength: map[int][]string{}, words: map[string]bool{}}
	for _, e := range entries {
		explained := map[string]bool{}
		for _, t := range explanations(e) {
			explained[t.stem] = true
			if t.entity == "" {
				v.words[t.text] = true
			}
		}
		v.explains = append(v.explains, explained)
		for s := range explained {
			v.weight[s]++
		}
	}
	v.rarest = math.Log(1 + float64(len(entries)))
	for s, n := range v.weight {
		v.weight[s] = math.Log(1 + float64(len(entries))/n)
	}
	for _, w := range slices.Sorted(maps.Keys(v.words)) {
		n := len([]rune(w))
		v.byLength[n] = append(v.byLength[n], w)
	}
	return v
}

// learn adds words that no entry uses but the record knows: the spellings of names.
func (v *vocabulary) learn(spellings []string) {
	for _, w := range spellings {
		if v.words[w] {
			continue
		}
		v.words[w] = true
		n := len([]rune(w))
		v.byLength[n] = append(v.byLength[n], w)
		slices.Sort(v.byLength[n])
	}
}

// mend returns the word of the record that a word which nobody knows was probably meant to be: one slip away, or two in
// words of eight letters and more. Shorter words than four letters are left alone: too many are one slip apart.
func (v *vocabulary) mend(word string) (string, bool) {
	if v.words[word] || commonEnglish(word) {
		return word, false
	}
	runes := []rune(word)
	allowed := 0
	switch {
	case len(runes) >= 8:
		allowed = 2
	case len(runes) >= 4:
		allowed = 1
	}
	best, distance := word, allowed+1
	for n := len(runes) - allowed; n <= len(runes)+allowed; n++ {
		for _, known := range v.byLength[n] {
			if d := slips(runes, []rune(known), distance-1); d < distance {
				best, distance = known, d
			}
		}
	}
	return best, best != word
}

// slips counts the letters left out, put in, mistaken or swapped between two words (the optimal string alignment
// distance); once it exceeds most, the result is only known to exceed it.
func slips(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
			least = min(least, current[j])
		}
		if least > most {
			return most + 1
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
