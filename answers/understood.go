package answers

import (
	"slices"
	"strings"
)

// understood is a question after its spelling was mended.
type understood struct {
	tokens  []token
	unknown []string // words that neither the record nor common English knows
	asking  asking
	said    bool // it asks for what somebody said
}

// single reports whether the question is one word, if perhaps many times.
func (u understood) single() bool {
	return !slices.ContainsFunc(u.tokens, func(t token) bool { return t.stem != u.tokens[0].stem })
}

func (mt *Matcher) understand(text string) understood {
	var u understood
	words, unknown := mt.words.mendAll(strings.Fields(Fold(text)))
	u.unknown = unknown
	u.tokens = mt.words.tokens(words)
	u.asking = askingOf(strings.Join(words, " "))
	u.said = asksForSpeech(u.tokens)
	return u
}

// why tells how the first match came to be chosen.
func (mt *Matcher) why(u understood, matches []candidate) Why {
	w := Why{Score: matches[0].confidence, Unknown: u.unknown}
	if len(matches) > 1 {
		w.RunnerUp, w.Second = mt.entries[matches[1].entry].ID, matches[1].confidence
	}
	explained := mt.vocabulary.explains[matches[0].entry]
	for _, t := range u.tokens {
		switch {
		case t.stop || slices.Contains(u.unknown, t.text):
		case explained[t.stem]:
			w.Matched = append(w.Matched, t.text)
		default:
			w.Missing = append(w.Missing, t.text)
		}
	}
	return w
}
