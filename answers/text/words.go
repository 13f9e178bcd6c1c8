package text

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/answers"
)

// Words is how the words of a record are spelled, its names among them.
type Words struct {
	Gazetteer
	spelling
}

// NewWords learns the spelling of names and of all words in the texts.
func NewWords(actors []answers.Actor, places []answers.Place, texts []string) *Words {
	g := newGazetteer(actors, places)
	return &Words{g, newSpelling(g.Spellings(), texts)}
}

// spelling is the words that need no mending.
type spelling struct {
	words    map[string]bool
	byLength map[int][]string // words by their number of runes, sorted
}

func newSpelling(names, texts []string) spelling {
	s := spelling{words: map[string]bool{}, byLength: map[int][]string{}}
	for _, w := range names {
		s.words[w] = true
	}
	for _, text := range texts {
		for w := range strings.FieldsSeq(Fold(text)) {
			s.words[w] = true
		}
	}
	for _, w := range slices.Sorted(maps.Keys(s.words)) {
		n := utf8.RuneCountInString(w)
		s.byLength[n] = append(s.byLength[n], w)
	}
	return s
}

// Knows reports whether the record uses a word.
func (s *spelling) Knows(word string) bool { return s.words[word] }

// MendAll replaces words that nobody knows by those that they were probably meant to be: words of the record before
// those of common English. What stays unknown is returned besides.
func (s *spelling) MendAll(words []string) (mended, unknown []string) {
	for _, w := range words {
		if s.Knows(w) || StopWords[w] || IsNumber(w) || CommonEnglish(w) > 0 {
			mended = append(mended, w)
		} else if meant, ok := s.Mend(w); ok {
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

// IsNumber reports whether a word is written in digits. A number that differs is the point of a question, not an unknown
// name.
func IsNumber(word string) bool { return strings.Trim(word, "0123456789") == "" }

// Mend returns the word of the record that a misspelt one was probably meant to be: one slip away, or two in words of
// eight letters and more. Words of fewer than four letters are left alone: too many are one slip apart.
func (s *spelling) Mend(word string) (string, bool) {
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
		for _, known := range s.byLength[n] {
			if d := Slips(runes, []rune(known), distance-1); d < distance {
				best, distance = known, d
			}
		}
	}
	return best, best != ""
}

// Slips counts the letters left out, put in, mistaken or swapped between two words (the optimal string alignment
// distance); once it exceeds most, the result is only known to exceed it.
func Slips(a, b []rune, most int) int {
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
