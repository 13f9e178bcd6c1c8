package answers

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// vocabulary is the words of the record: how they are spelled, which entry accounts for which, and how rare each is.
type vocabulary struct {
	words    map[string]bool
	byLength map[int][]string   // words by their number of runes, sorted
	explains []map[string]bool  // stems by entry
	weight   map[string]float64 // of stems that some entry accounts for
	rarest   float64
	beyond   map[string]bool // stems that only gaps account for: what the record is known not to hold
}

// newVocabulary learns the spelling of the names and of all words in the texts.
func newVocabulary(names, texts []string) vocabulary {
	v := vocabulary{words: map[string]bool{}, byLength: map[int][]string{}}
	for _, w := range names {
		v.words[w] = true
	}
	for _, text := range texts {
		for w := range strings.FieldsSeq(Fold(text)) {
			v.words[w] = true
		}
	}
	for _, w := range slices.Sorted(maps.Keys(v.words)) {
		n := utf8.RuneCountInString(w)
		v.byLength[n] = append(v.byLength[n], w)
	}
	return v
}

// explain learns which stems each entry accounts for, and how rare they are.
func (v *vocabulary) explain(entries []Entry, explanations func(Entry) []token) {
	v.weight = map[string]float64{}
	for _, e := range entries {
		explained := map[string]bool{}
		for _, t := range explanations(e) {
			explained[t.stem] = true
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
func (v *vocabulary) lookBeyond(entries []Entry) {
	v.beyond = map[string]bool{}
	for s := range v.weight {
		v.beyond[s] = true
	}
	for i, e := range entries {
		if e.Kind == KindGap {
			continue
		}
		for s := range v.explains[i] {
			delete(v.beyond, s)
		}
	}
}

// rarestOf is the weight of a stem that one entry alone accounts for.
func rarestOf(entries int) float64 { return math.Log(1 + float64(entries)) }

// mendAll replaces words that nobody knows by those that they were probably meant to be: words of the record before
// those of common English. What stays unknown is returned besides.
func (v *vocabulary) mendAll(words []string) (mended, unknown []string) {
	for _, w := range words {
		if v.words[w] || stopWords[w] || number(w) || commonEnglish(w) > 0 {
			mended = append(mended, w)
		} else if meant, ok := v.mend(w); ok {
			mended = append(mended, meant)
		} else if meant, ok := englishNear(w); ok {
			mended = append(mended, meant)
		} else {
			mended = append(mended, w)
			if !slices.Contains(unknown, w) {
				unknown = append(unknown, w)
			}
		}
	}
	return mended, unknown
}

// number reports whether a word is written in digits. A number that differs is the point of a question, not an unknown
// name.
func number(word string) bool { return strings.Trim(word, "0123456789") == "" }

// mend returns the word of the record that a misspelt one was probably meant to be: one slip away, or two in words of
// eight letters and more. Words of fewer than four letters are left alone: too many are one slip apart.
func (v *vocabulary) mend(word string) (string, bool) {
	runes := []rune(word)
	allowed := 0
	switch {
	case len(runes) >= 8:
		allowed = 2
	case len(runes) >= 4:
		allowed = 1
	}
	best, distance := "", allowed+1
	for n := len(runes) - allowed; allowed > 0 && n <= len(runes)+allowed; n++ {
		for _, known := range v.byLength[n] {
			if d := slips(runes, []rune(known), distance-1); d < distance {
				best, distance = known, d
			}
		}
	}
	return best, best != ""
}

// slips counts the letters left out, put in, mistaken or swapped between two words (the optimal string alignment
// distance); once it exceeds most, the result is only known to exceed it.
func slips(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	var rows [3][24]int // on the stack for all but monstrous words
	before, previous, current := rows[0][:], rows[1][:], rows[2][:]
	if len(b) >= len(rows[0]) {
		before, previous, current = make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	}
	for j := range len(b) + 1 {
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
