package check

import (
	"slices"

	"parley/answers/grammar"
)

// complement takes off what is left of a statement the words that another wording of the same claim has in the same place: the modifier of the
// same noun, or where and when it was. One wording has the meeting in Paris, another its allies, and a statement may have both.
func (a *alignment) complement(t *recorded) {
	if t.kin == nil || len(a.stated.Denials) != len(a.recorded.Denials) {
		return
	}
	borne := func(i int) bool {
		return slices.ContainsFunc(*t.kin, func(r recorded) bool { return len(r.Denials) == len(a.stated.Denials) && a.placed(i, &r.Sentence) })
	}
	left := slices.DeleteFunc(slices.Clone(a.left), borne)
	a.consumed += len(a.left) - len(left)
	a.left = left
}

// placed reports whether a text has a token of the statement in the same place: below the same noun, or below a preposition of place or time.
func (a *alignment) placed(i int, r *grammar.Sentence) bool {
	s := a.stated
	t, h := &s.Tokens[i], s.Head(i)
	if t.Kind == grammar.Quantifier || t.Kind == grammar.Name && t.Prep != "at" || t.Kind == grammar.Number || i == s.Verb || h != i && a.to[h] < 0 {
		return false
	}
	for k := range r.Tokens {
		u, g := &r.Tokens[k], r.Head(k)
		if !u.Content() || t.Region != u.Region || t.Marker != u.Marker || relation(t, u) == 0 {
			continue
		}
		switch {
		case h != i:
			if g != k && relation(&s.Tokens[h], &r.Tokens[g]) > 0 {
				return true
			}
		case t.Prep == "at" && u.Prep == "at" && g == k, grammar.Adverb(*t) && grammar.Adverb(*u):
			return true
		}
	}
	return false
}
