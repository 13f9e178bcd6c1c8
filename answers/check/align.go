package check

import (
	"cmp"
	"slices"

	"parley/answers/grammar"
)

// alignment tells which token of one text of the record bears out each token of a statement.
type alignment struct {
	stated, recorded *grammar.Sentence
	to               []int // by token of the statement, the token of the text; -1 for none
	from             []int // by token of the text, that of the statement
	left             []int // tokens of content of the statement that nothing bears out
	consumed         int
}

// align pairs the tokens of a statement with those of one text, one to one: the best relation first, of equal ones the nearest to its like.
func align(stated, recorded *grammar.Sentence) alignment {
	a := alignment{stated: stated, recorded: recorded, to: slices.Repeat([]int{-1}, len(stated.Tokens)), from: slices.Repeat([]int{-1}, len(recorded.Tokens))}
	type pair struct {
		i, k int
		fit  float64
	}
	var pairs []pair
	for i := range stated.Tokens {
		s := &stated.Tokens[i]
		if !s.Content() {
			continue
		}
		for k := range recorded.Tokens {
			r := &recorded.Tokens[k]
			if !r.Content() {
				continue
			}
			if fit := relation(s, r); fit > 0 && (s.Region == r.Region && s.Marker == r.Marker || s.Kind == grammar.Date) {
				if i == stated.Verb && k == recorded.Verb {
					fit += 0.3
				}
				if s.Prep == r.Prep {
					fit += 0.1
				}
				if (i < stated.Verb) == (k < recorded.Verb) {
					fit += 0.05
				}
				pairs = append(pairs, pair{i, k, fit})
			}
		}
	}
	apart := func(p pair) int {
		d := p.i - p.k
		return max(d, -d)
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Or(cmp.Compare(y.fit, x.fit), cmp.Compare(apart(x), apart(y))) })
	for _, p := range pairs {
		if a.to[p.i] < 0 && a.from[p.k] < 0 {
			a.to[p.i], a.from[p.k] = p.k, p.i
			a.consumed++
		}
	}
	for i := range stated.Tokens {
		if stated.Tokens[i].Content() && a.to[i] < 0 {
			a.left = append(a.left, i)
		}
	}
	return a
}

// whole reports whether each token of content of the text bears something out.
func (a *alignment) whole() bool {
	for k := range a.recorded.Tokens {
		if a.recorded.Tokens[k].Content() && a.from[k] < 0 {
			return false
		}
	}
	return true
}
