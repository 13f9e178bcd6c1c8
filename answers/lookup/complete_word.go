package lookup

import (
	"slices"
	"sort"
	"strings"

	"parley/answers/text"
)

// How well a typed word is met, by how.
const (
	metExactly = 1.0
	metByStart = 0.95 // it is the beginning of the word
	metByName  = 0.9  // it names the same by another spelling
	metByStem  = 0.85
	metBySlips = 0.7
	secondSlip = 0.08 // less
)

// mostMends is how many typed words are mended: a text with more slips is none of ours.
const mostMends = 3

// search looks up typed words one by one.
type search struct {
	*completer
	mends int // how many words may still be mended
	found []hit
}

type hit struct {
	word    int32
	quality float32
}

// hits lists what word i may be: a word of the texts or a name, with how well it fits. A word that is still being typed may
// go on.
func (s *search) hits(words []string, i int, unfinished bool) []hit {
	s.found = s.found[:0]
	w := words[i]
	own, known := s.number[w]
	correct := s.trusted[w] || !known && s.correct(w)
	exact, inflected := float32(metExactly), float32(metByStem)
	if !correct {
		exact, inflected = metBySlips, metBySlips // the slip of somebody else
	}
	if known {
		s.add(w, own, exact)
	}
	for _, n := range s.stems[text.Stem(w)] {
		if !known || n != own {
			s.found = append(s.found, hit{n, inflected})
		}
	}
	// Names of several words; each of them stands for the name.
	for from := max(0, i-s.names.Most()+1); from <= i; from++ {
		for to := max(i+1, from+2); to <= min(len(words), from+s.names.Most()); to++ {
			if e, ok := s.names.Named(strings.Join(words[from:to], " ")); ok {
				s.entity(e, metByName)
			}
		}
	}
	if unfinished || !correct && len(w) > 2 {
		at := sort.SearchStrings(s.sorted, w)
		for ; at < len(s.sorted) && strings.HasPrefix(s.sorted[at], w); at++ {
			switch longer := s.sorted[at]; {
			case longer == w:
			case unfinished && s.trusted[longer]:
				s.add(longer, s.number[longer], metByStart)
			default: // a slip of somebody else, or the end was left out
				s.add(longer, s.number[longer], metBySlips)
			}
		}
	}
	met := slices.ContainsFunc(s.found, func(h hit) bool { return h.quality > metBySlips })
	if s.mends > 0 && !met && (unfinished || !correct) {
		s.mends--
		s.mend(w, unfinished)
	}
	return s.found
}

// add notes a word and the name that it is a spelling of.
func (s *search) add(word string, n int32, quality float32) {
	s.found = append(s.found, hit{n, quality})
	if e, ok := s.names.Named(word); ok {
		s.entity(e, quality*metByName)
	}
}

func (s *search) entity(e text.Entity, quality float32) {
	if n, ok := s.number[string(e)]; ok {
		s.found = append(s.found, hit{n, quality})
	}
}

// mend finds the words that a misspelt one may be, or, while it is being typed, may become: one slip away, two for long
// ones. The first letter must be right, or change places with the second: few get it wrong, and Spain is not pain.
func (s *search) mend(w string, unfinished bool) {
	typed := []rune(w)
	if len(typed) < 4 {
		return
	}
	allowed := 1
	if len(typed) >= 8 {
		allowed = 2
	}
	var buffer [32]rune
	for _, known := range s.sorted {
		if known[0] != w[0] && (len(known) < 2 || known[1] != w[0] || known[0] != w[1]) {
			continue
		}
		word := buffer[:0]
		for _, r := range known {
			word = append(word, r)
		}
		best := text.Slips(typed, word, allowed)
		for n := len(typed) - allowed; unfinished && n <= len(typed)+allowed && n < len(word); n++ {
			best = min(best, text.Slips(typed, word[:n], allowed))
		}
		if best <= allowed {
			s.add(known, s.number[known], metBySlips-secondSlip*float32(max(0, best-1)))
		}
	}
}
