package text

import (
	_ "embed"
	"sort"
	"strings"
)

// The words of common English with how common they are, one a line, sorted by word: SCOWL 2020.12.07, lists 10, 20, 35 and
// 40 of the classes words and contractions, English, American and British, folded. Its licence stands in
// english-licence.txt.
//
//go:embed english.txt
var englishWords string

// Commonness is the SCOWL list in which a word stands first: 10 holds the most common words. 0 means that it stands in none.
type Commonness int

const MostCommon Commonness = 10

// CommonEnglish tells how common a folded word is. It searches the list in place, so nothing has to be built at start.
func CommonEnglish(word string) Commonness {
	at := sort.Search(len(englishWords), func(i int) bool {
		w, _ := englishAt(i)
		return w >= word
	})
	if at == len(englishWords) {
		return 0
	}
	if w, c := englishAt(at); w == word {
		return c
	}
	return 0
}

// EnglishWord is a word of common English for any number from 0 on: each number has its own until the list begins again.
func EnglishWord(number int) string {
	word, _ := englishAt(number % len(englishWords))
	return word
}

// englishAt is the word of the line in which byte i of the list stands, and how common it is.
func englishAt(i int) (string, Commonness) {
	start := strings.LastIndexByte(englishWords[:i], '\n') + 1
	line, _, _ := strings.Cut(englishWords[start:], "\n")
	word, list, _ := strings.Cut(line, " ")
	return word, Commonness(list[0]-'0')*10 + Commonness(list[1]-'0')
}

// englishNear finds the common word that an unknown one was probably meant to be: one slip away, with the same first letter,
// the most common such word, and of these the first.
func englishNear(word string) (string, bool) {
	if len(word) < 4 || word[0] < 'a' || word[0] > 'z' {
		return "", false
	}
	runes := []rune(word)
	best, rank := "", Commonness(100)
	at := sort.Search(len(englishWords), func(i int) bool {
		w, _ := englishAt(i)
		return w >= word[:1]
	})
	for line := range strings.Lines(englishWords[at:]) {
		if line[0] != word[0] {
			break
		}
		w, _, _ := strings.Cut(line, " ")
		if len(w)-len(word) > 1 || len(word)-len(w) > 1 {
			continue
		}
		c := Commonness(line[len(w)+1]-'0')*10 + Commonness(line[len(w)+2]-'0')
		if c < rank && Slips(runes, []rune(w), 1) <= 1 {
			best, rank = w, c
		}
	}
	return best, best != ""
}
