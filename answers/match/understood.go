package match

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// Understood is a question after its spelling was mended.
type Understood struct {
	Tokens  []text.Token
	Unknown []string // words that neither the record nor common English knows
	asking  Asking
	said    bool // it asks for what somebody said
}

// single reports whether the question is one word, if perhaps many times.
func (u Understood) single() bool {
	return !slices.ContainsFunc(u.Tokens, func(t text.Token) bool { return t.Stem != u.Tokens[0].Stem })
}

// Understand mends the spelling of a question, finds the names in it, and reads its kind.
func (mt *Matcher) Understand(raw string) Understood {
	var u Understood
	words, unknown := mt.words.MendAll(strings.Fields(text.Fold(raw)))
	u.Unknown = unknown
	u.Tokens = mt.words.Tokens(words)
	u.asking = AskingOf(strings.Join(words, " "))
	u.said = asksForSpeech(u.Tokens)
	return u
}

// Why tells how the first match came to be chosen.
func (mt *Matcher) Why(u Understood, matches []Candidate) answers.Why {
	w := answers.Why{Score: matches[0].Confidence, Unknown: u.Unknown}
	if len(matches) > 1 {
		w.RunnerUp, w.Second = mt.entries[matches[1].Entry].ID, matches[1].Confidence
	}
	explained := mt.vocabulary.explains[matches[0].Entry]
	for _, t := range u.Tokens {
		switch {
		case t.Stop || slices.Contains(u.Unknown, t.Text):
		case explained[t.Stem]:
			w.Matched = append(w.Matched, t.Text)
		default:
			w.Missing = append(w.Missing, t.Text)
		}
	}
	return w
}
