package passage

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/answers/text"
)

// What ends a sentence, and what may stand behind that.
const (
	ending  = ".!?…"
	closing = `"'”’»)`
)

// shortened matches a text that ends in a full stop which may be that of an abbreviation.
var shortened = regexp.MustCompile(`(?:^|[^\p{L}])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gen|Lt|Col|Gov|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|Inc|Ltd|Co|Jr|Sr)\.$`)

// Sentences splits a text; joined, they are the text again. A sentence ends in a mark that a blank follows, unless a small letter comes next.
// Behind an abbreviation it ends only before a word such as “The”, which begins sentences rather than names.
func Sentences(s string) []string {
	var list []string
	start := 0
	for i, r := range s {
		if i < start || !strings.ContainsRune(ending, r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		end += len(s[end:]) - len(strings.TrimLeft(s[end:], ending+closing))
		rest := strings.TrimLeftFunc(s[end:], unicode.IsSpace)
		if rest == "" || len(rest) == len(s[end:]) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest)
		word, _, _ := strings.Cut(rest, " ")
		if unicode.IsLower(next) || shortened.MatchString(s[start:i+1]) && !text.StopWords[text.Fold(word)] {
			continue
		}
		list = append(list, s[start:len(s)-len(rest)])
		start = len(s) - len(rest)
	}
	if start < len(s) {
		list = append(list, s[start:])
	}
	return list
}
