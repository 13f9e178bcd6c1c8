package answers

import (
	_ "embed"
	"sort"
	"strings"
)

// The words of common English, one a line, sorted: SCOWL 2020.12.07, lists 10 to 35 of class "english-words", folded.
// Its licence stands in english-licence.txt.
//
//go:embed english.txt
var englishWords string

// commonEnglish reports whether a folded word is one that people know without the record. It searches the list in
// place, so nothing has to be built at start.
func commonEnglish(word string) bool {
	at := sort.Search(len(englishWords), func(i int) bool {
		return lineAt(i) >= word
	})
	return at < len(englishWords) && lineAt(at) == word
}

// lineAt is the word of the list that begins at or after byte i's line start.
func lineAt(i int) string {
	start := strings.LastIndexByte(englishWords[:i], '\n') + 1
	line, _, _ := strings.Cut(englishWords[start:], "\n")
	return line
}
