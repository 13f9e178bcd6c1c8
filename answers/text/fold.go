// Package text reads an utterance as words. People misspell, capitalise and punctuate as they like, and call one person by several names;
// whatever compares texts compares them after Fold, as words whose spelling is mended (words.go, english.go) and whose names are known
// (utterance.go). Foreign (foreign.go) tells an utterance in a language that the record is not written in.
package text

import (
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"
)

// maxRunes bounds how much of an utterance is read. Discord's longest message is 4,000 characters
// (discord.com/developers/docs/resources/message); nobody asks a longer question.
const maxRunes = 4000

// Clip is s cut to its first maxRunes runes, with invalid bytes replaced.
func Clip(s string) string {
	// Bytes first, so that a megabyte is never walked: no rune is longer than four bytes.
	if len(s) > 4*maxRunes {
		s = s[:4*maxRunes]
	}
	s = strings.ToValidUTF8(s, " ")
	n := 0
	for i := range s {
		if n == maxRunes {
			return s[:i]
		}
		n++
	}
	return s
}

// Fold reduces text to lower-case words of letters and digits that single spaces separate, so that spellings which
// differ only in case, accents, punctuation or invisible characters become equal. Possessive endings go.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	runes := []rune(norm.NFKD.String(s))
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case r == '\u0306' && i > 0 && strings.ContainsRune("иИуУ", runes[i-1]), r == '\u0308' && i > 0 && strings.ContainsRune("іІ", runes[i-1]):
			b.WriteRune(r) // й, ў and ї are letters of their own, not и, у and і with an accent
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			// accents, joiners and directional marks leave no trace
		case r == '\'' || r == '’' || r == 'ʼ':
			if i+1 < len(runes) && unicode.ToLower(runes[i+1]) == 's' && (i+2 == len(runes) || !unicode.IsLetter(runes[i+2])) {
				i++
			}
		case r == '.' && i > 0 && unicode.IsUpper(runes[i-1]):
			// U.S. is us, U.K. is uk
			if i == 1 || !unicode.IsLetter(runes[i-2]) {
				continue
			}
			b.WriteByte(' ')
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(norm.NFC.String(b.String())), " ")
}

// Stem reduces a folded word to its Porter2 stem. Stop words stay as they are.
func Stem(word string) string {
	return english.Stem(word, false)
}

// mostlyForeign reports whether most letters of s are of another script than Latin: a question in a language that
// Parley does not speak.
func mostlyForeign(s string) bool {
	latin, other := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	return other > latin
}

// StemSet is the distinct stems of text, sorted.
func StemSet(text string) []string {
	words := strings.Fields(Fold(text))
	for i, w := range words {
		words[i] = Stem(w)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// WordCount counts words as a reader would.
func WordCount(s string) int { return len(strings.Fields(s)) }
