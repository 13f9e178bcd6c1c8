package text

import (
	"strings"
	"unicode"
)

// wholeWords is from how many words on a text can be a sentence that says of what it speaks. "From six to ten." and "Ask at the desk." are the
// longest that do not.
const wholeWords = 5

// leaning are words with which a text begins that leans on the question before it.
var leaning = SetOf(`yes no not it its he she they this that these those there then both neither either none here so because only from until at on in by`)

// Whole reports whether a text says by itself of what it speaks: it is long enough for a sentence, and begins with no word that points back to a
// question. Texts in scripts without blanks between words are measured by their letters.
func Whole(s string) bool {
	words := strings.Fields(Fold(s))
	letters := 0
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			letters++
		}
	}
	return len(words) > 0 && len(words)+letters/2 >= wholeWords && !leaning[words[0]]
}

// Answers reports whether an answer can be read without its question: it is whole, and has a word of content that the question has.
func Answers(question, answer string) bool {
	if !Whole(answer) {
		return false
	}
	asked := map[string]bool{}
	for _, w := range strings.Fields(Fold(question)) {
		if !StopWords[w] {
			asked[Stem(w)] = true
		}
	}
	for _, w := range strings.Fields(Fold(answer)) {
		if asked[Stem(w)] {
			return true
		}
	}
	return len(asked) == 0
}
