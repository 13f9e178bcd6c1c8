package passage

import (
	"strings"

	"github.com/rivo/uniseg"
)

// How much of a paragraph is shown: what a reader takes in at a glance. A text without blanks is bounded by its characters.
const (
	maxWords      = 120
	maxCharacters = 1000
)

const ellipsis = "…"

// cut shows a sentence, marked or not, with as many of the sentences around it as there is room for: those before and after in turn.
func cut(sentences []sentence, at int, mark bool) (before, marked, after string) {
	from, to := at, at+1
	middle, whole := clip(sentences[at].text)
	words, characters := size(middle)
	fits := func(i int) bool {
		if !whole || i < 0 || i >= len(sentences) {
			return false
		}
		w, c := size(sentences[i].text)
		if words+w > maxWords || characters+c > maxCharacters {
			return false
		}
		words, characters = words+w, characters+c
		return true
	}
	for earlier, later := true, true; earlier || later; {
		if earlier = earlier && fits(from-1); earlier {
			from--
		}
		if later = later && fits(to); later {
			to++
		}
	}
	if from > 0 {
		before = ellipsis + " "
	}
	for _, s := range sentences[from:at] {
		before += s.text + " "
	}
	for _, s := range sentences[at+1 : to] {
		after += " " + s.text
	}
	if to < len(sentences) {
		after += " " + ellipsis
	}
	if !mark {
		return before + middle + after, "", ""
	}
	return before, middle, after
}

// size is how many words and characters a text has.
func size(s string) (words, characters int) {
	return len(strings.Fields(s)), uniseg.GraphemeClusterCount(s)
}

// clip cuts a sentence that is too long by itself: behind a word if it has such, else between characters. whole reports whether there was no
// need.
func clip(s string) (clipped string, whole bool) {
	words, characters, blank := 0, 0, true
	cluster, rest, state := "", s, -1
	lastWord := 0
	for pos := 0; rest != ""; pos += len(cluster) {
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		space := strings.TrimSpace(cluster) == ""
		if space && !blank {
			lastWord = pos
		}
		if !space && blank {
			words++
		}
		blank = space
		if characters++; words > maxWords || characters > maxCharacters {
			end := lastWord
			if end == 0 {
				end = pos
			}
			return strings.TrimSpace(s[:end]) + ellipsis, false
		}
	}
	return s, true
}
