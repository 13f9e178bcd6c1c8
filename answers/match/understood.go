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
	u.Tokens = mt.words.Tokens(words)
	u.Unknown = slices.DeleteFunc(unknown, func(w string) bool { return mt.vocabulary.weight[text.Stem(w)] > 0 }) // a phrasing has it
	u.asking = AskingOf(strings.Join(words, " "))
	u.said = asksForSpeech(u.Tokens)
	return u
}

// Why tells how the first match came to be chosen.
func (mt *Matcher) Why(u Understood, matches []Candidate) answers.Why {
	w := answers.Why{Score: matches[0].Confidence, Unknown: u.Unknown}
	if len(matches) > 1 {
		rival := mt.entries[matches[1].Entry]
		w.RunnerUp, w.Rival, w.Second = rival.ID, rival.Question, matches[1].Confidence
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

// HasContent reports whether the question has a word that carries content.
func (u Understood) HasContent() bool {
	return slices.ContainsFunc(u.Tokens, func(t text.Token) bool { return !t.Stop })
}

// Points reports whether the question points to something said before: it has "he" or "they" and no name before that, or "this" and no name at
// all.
func (u Understood) Points() bool {
	named := slices.ContainsFunc(u.Tokens, func(t text.Token) bool { return t.Entity != "" })
	for _, t := range u.Tokens {
		switch {
		case t.Entity != "":
			return false
		case spokenOf[t.Text], pointers[t.Text] && !named:
			return true
		}
	}
	return false
}

// spokenOf are the pronouns of somebody spoken of.
var spokenOf = text.SetOf(`he she they him them his her their`)

// Names returns the names in a text, as they are typed.
func (mt *Matcher) Names(raw string) string {
	var names []string
	for _, t := range mt.Understand(raw).Tokens {
		if t.Entity != "" {
			names = append(names, t.Text)
		}
	}
	return strings.Join(names, " ")
}

// Knows reports whether the record uses a word of content in the question.
func (mt *Matcher) Knows(u Understood) bool {
	return slices.ContainsFunc(u.Tokens, func(t text.Token) bool { return !t.Stop && mt.vocabulary.weight[t.Stem] > 0 })
}

// Exact reports whether the question is one of the entry's phrasings, to the letter.
func (c Candidate) Exact() bool { return c.same }

// Similarity is how much the entry's nearest phrasings resemble the question, from 0 to 1; 0 for candidates too unlikely to be compared.
func (c Candidate) Similarity() float64 { return c.evidence[similarity] }
