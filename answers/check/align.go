package check

import (
	"cmp"
	"slices"
)

// alignment tells which token of one text of the record bears out each token of a statement.
type alignment struct {
	stated, recorded *sentence
	to               []int // by token of the statement, the token of the text; -1 for none
	from             []int // by token of the text, that of the statement
	left             []int // tokens of content of the statement that nothing bears out
	consumed         int
}

// align pairs the tokens of a statement with those of one text, one to one: the best relation first, of equal ones the nearest to its like.
func align(stated, recorded *sentence) alignment {
	a := alignment{stated: stated, recorded: recorded, to: slices.Repeat([]int{-1}, len(stated.tokens)), from: slices.Repeat([]int{-1}, len(recorded.tokens))}
	type pair struct {
		i, k int
		fit  float64
	}
	var pairs []pair
	for i := range stated.tokens {
		s := &stated.tokens[i]
		if !s.content() {
			continue
		}
		for k := range recorded.tokens {
			r := &recorded.tokens[k]
			if !r.content() {
				continue
			}
			if fit := relation(s, r); fit > 0 && (s.region == r.region && s.marker == r.marker || s.kind == date) {
				if i == stated.verb && k == recorded.verb {
					fit += 0.3
				}
				if s.prep == r.prep {
					fit += 0.1
				}
				if (i < stated.verb) == (k < recorded.verb) {
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
	for i := range stated.tokens {
		if stated.tokens[i].content() && a.to[i] < 0 {
			a.left = append(a.left, i)
		}
	}
	return a
}

// veto names why an alignment settles nothing although words agree; "" for no reason.
func (a *alignment) veto() string {
	for _, v := range vetoes {
		if v.stops(a) {
			return v.name
		}
	}
	return ""
}

// vetoes, each with the change of a true sentence that it stops.
var vetoes = []struct {
	name  string
	stops func(*alignment) bool
}{
	{"predicate", (*alignment).otherPredicate}, // another verb, or the verb under one that the statement drops
	{"infinitive", (*alignment).under},         // what it is meant to do, without the verb
	{"object", (*alignment).objectless},        // what is promised in helping somebody, without the help
	{"restriction", (*alignment).widened},      // all trams for the trams at night
	{"pronoun", (*alignment).unresolved},       // a subject that is not told
	{"side", (*alignment).turned},              // agent and patient swapped
	{"preposition", (*alignment).misplaced},    // a name in another role: from for to, agent for place
	{"order", (*alignment).swapped},            // two names swapped
	{"head", (*alignment).beheaded},            // the ally of a country for the country
	{"tense", (*alignment).early},              // what was for what will be
	{"negation", (*alignment).unclear},         // more than one denial, or one of something else than the predicate
}

// otherPredicate: the predicate of each side must be borne out by the other's. A copula has none; there the other must have none either.
func (a *alignment) otherPredicate() bool {
	s, r := a.stated, a.recorded
	if s.verb < 0 || r.verb < 0 {
		return s.verb >= 0 || r.verb >= 0 || !a.whole()
	}
	if s.copula || r.copula {
		return s.copula != r.copula || a.otherComplement()
	}
	if !s.tokens[s.verb].content() || !r.tokens[r.verb].content() { // have, do
		return s.tokens[s.verb].key != r.tokens[r.verb].key && !haveForm[s.tokens[s.verb].text] && !haveForm[r.tokens[r.verb].text] || s.tokens[s.verb].content() != r.tokens[r.verb].content()
	}
	return a.to[s.verb] != r.verb
}

// otherComplement: what a copula says of its subject must be said by the other's, under the same preposition.
func (a *alignment) otherComplement() bool {
	c, d := a.stated.complement, a.recorded.complement
	if c < 0 || d < 0 {
		return c != d
	}
	k := a.to[c]
	if k < 0 || a.stated.tokens[c].prep != a.recorded.tokens[k].prep {
		return true
	}
	return k != d && !a.recorded.predicative(k)
}

// predicative reports whether the copula says a token of its subject beside its first complement: another noun of a list, or a name like "American".
func (s *sentence) predicative(at int) bool {
	if at < s.verb || s.tokens[at].heads > 0 && s.tokens[at].kind != name {
		return false
	}
	for i := s.verb + 1; i <= at; i++ {
		if t := &s.tokens[i]; t.prep != "" || t.open || t.region != main || t.kind == negation || t.text == "who" || t.text == "which" || t.text == "that" || t.text == "to" || auxiliary(*t) {
			return false
		}
	}
	return true
}

// whole reports whether each token of content of the text bears something out.
func (a *alignment) whole() bool {
	for k := range a.recorded.tokens {
		if a.recorded.tokens[k].content() && a.from[k] < 0 {
			return false
		}
	}
	return true
}

// objectless: the object of the text's predicate must not be left out where something behind it is kept.
func (a *alignment) objectless() bool {
	r := a.recorded
	if r.verb < 0 || r.copula || r.passive {
		return false
	}
	for k := r.verb + 1; k < len(r.tokens); k++ {
		t := &r.tokens[k]
		if !t.content() || adverb(*t) || t.heads > 0 {
			continue
		}
		if t.prep != "" || t.kind != word || t.open || t.region == aside || a.from[k] >= 0 {
			return false
		}
		return slices.ContainsFunc(a.from[k+1:], func(i int) bool { return i >= 0 })
	}
	return false
}

// widened: what modifies the subject of a text narrows of whom it holds; it must not be left out where the statement denies or says "only", nor
// where nobody vouches for the wording.
func (a *alignment) widened() bool {
	if len(a.stated.denials) == 0 && !a.stated.hasQuantifier() && a.recorded.curated {
		return false
	}
	for k := range a.recorded.tokens {
		u := &a.recorded.tokens[k]
		if k < a.recorded.verb && a.from[k] < 0 && u.kind == word && (k == 0 || !u.capital) && u.heads > 0 && a.from[a.recorded.head(k)] >= 0 {
			return true
		}
	}
	return false
}

func (a *alignment) unresolved() bool { return a.stated.vague && !a.recorded.vague }

// under: what stands behind an infinitive of the text stands under it, so that it must not be left out.
func (a *alignment) under() bool {
	for k := range a.recorded.tokens {
		if !a.recorded.tokens[k].open || a.from[k] >= 0 || !a.recorded.tokens[k].content() {
			continue
		}
		for l := k + 1; l < len(a.from); l++ {
			if a.from[l] >= 0 && a.recorded.tokens[l].region == a.recorded.tokens[k].region {
				return true
			}
		}
	}
	return false
}

// turned: a subject must be borne out by a subject, an object by an object; where the voices differ, the other way round.
func (a *alignment) turned() bool {
	s, r := a.stated, a.recorded
	if s.verb < 0 || r.verb < 0 {
		return false
	}
	other := s.passive != r.passive
	for i, k := range a.to {
		if k < 0 || i == s.verb || k == r.verb {
			continue
		}
		t, u := &s.tokens[i], &r.tokens[k]
		if t.region == aside || t.prep != "" || u.prep != "" || t.heads > 0 || u.heads > 0 || t.owns || u.owns || t.kind == date || t.kind == quantifier || t.kind == number || !nounlike(t) {
			continue
		}
		if ((i < s.verb) == (k < r.verb)) == other {
			return true
		}
	}
	return false
}

// nounlike leaves out adverbs, which may stand anywhere.
func nounlike(t *token) bool {
	n := len(t.text)
	return t.kind == name || t.kind == word && !(n > 4 && t.text[n-2:] == "ly")
}

// misplaced: what a preposition governs must stand under one that can mean the same.
func (a *alignment) misplaced() bool {
	for i, k := range a.to {
		if k < 0 || i == a.stated.verb || k == a.recorded.verb {
			continue
		}
		t, u := &a.stated.tokens[i], &a.recorded.tokens[k]
		if t.kind != name && t.kind != word || governed(t, u, a.stated.passive == a.recorded.passive, a.stated.object(i) && a.recorded.object(k)) {
			continue
		}
		if t.kind == name || t.prep != "" && u.prep != "" || i < a.stated.verb && t.heads == 0 {
			return true
		}
	}
	return false
}

// object reports whether a token stands behind the predicate with no other preposition than its own between.
func (s *sentence) object(at int) bool {
	if at <= s.verb || s.verb < 0 {
		return false
	}
	for i := s.verb + 1; i < at; i++ {
		if t := &s.tokens[i]; t.content() && t.prep != "" && t.prep != s.tokens[at].prep {
			return false
		}
	}
	return true
}

// swapped: two names, or two amounts, keep their order unless both keep their different roles, "and" joins them, or one of them is the subject
// of another voice. Both must not change their roles at once.
func (a *alignment) swapped() bool {
	s, r := a.stated, a.recorded
	var at []int
	for i, k := range a.to {
		if k >= 0 && (s.tokens[i].kind != word || s.tokens[i].key == "one") && s.tokens[i].kind != date {
			at = append(at, i)
		}
	}
	for x, i := range at {
		for _, j := range at[x+1:] {
			if s.tokens[i].region == s.tokens[j].region && a.exchanged(i, j) && !(listed(s, i, j) && listed(r, a.to[j], a.to[i])) {
				return true
			}
		}
	}
	return false
}

// exchanged reports whether two tokens stand in the text where the other would.
func (a *alignment) exchanged(i, j int) bool {
	t, u, v, w := &a.stated.tokens[i], &a.recorded.tokens[a.to[i]], &a.stated.tokens[j], &a.recorded.tokens[a.to[j]]
	if a.stated.passive != a.recorded.passive {
		for _, r := range []string{role(t), role(u), role(v), role(w)} {
			if r == "" || r == "by" {
				return false
			}
		}
	}
	neither := role(t) != role(u) && role(v) != role(w)
	if a.to[i] < a.to[j] {
		return neither && role(t) != "" && role(v) != "" && t.kind == name && v.kind == name
	}
	return neither || !keeps(t, u) || !keeps(v, w) || role(t) == role(v)
}

// role is the preposition of a token, or how it modifies another.
func role(t *token) string {
	switch {
	case t.owns:
		return "'s"
	case t.heads > 0 && t.kind != number && t.kind != quantifier:
		return "+"
	}
	return t.prep
}

// keeps reports whether a token has the role of its counterpart; a country's membership is the membership of the country.
func keeps(t, u *token) bool {
	a, b := role(t), role(u)
	genitive := func(r string) bool { return r == "'s" || r == "+" || r == "of" || r == "to" }
	return a == b || genitive(a) && genitive(b)
}

// listed reports whether all between two tokens is a list that "and" joins.
func listed(s *sentence, i, j int) bool {
	joined := false
	for k := i + 1; k <= j; k++ {
		t := &s.tokens[k]
		joined = joined || t.beside || t.text == "and"
		if t.kind != name && t.text != "and" && t.text != "the" && t.text != "both" {
			return false
		}
	}
	return joined
}

// beheaded: a name that stands for itself on one side must not be part of something else on the other, and of the same thing where it is on both.
// The soldiers of a country may be sent where the country sends soldiers.
func (a *alignment) beheaded() bool {
	s, r := a.stated, a.recorded
	for i, k := range a.to {
		if k < 0 || s.tokens[i].kind == number || s.tokens[i].kind == quantifier || s.tokens[i].kind == date {
			continue
		}
		h, g := s.head(i), r.head(k)
		core := s.tokens[i].prep == "" && s.tokens[i].region == main
		switch {
		case h != i && g != k:
			if a.to[h] != g && s.tokens[i].kind == name && !r.compound(k, a.to[h]) {
				return true
			}
		case g != k:
			if a.from[g] < 0 && nounlike(&r.tokens[k]) && core || core && s.tokens[i].kind == name {
				return true
			}
		case h != i:
			if s.tokens[i].kind == name && r.tokens[k].prep == "" && r.tokens[k].region == main && (s.passive == r.passive || s.tokens[i].owns || a.to[h] < 0 || r.modified(a.to[h])) {
				return true
			}
		}
	}
	return false
}

// compound reports whether a token modifies a later one with nothing but other modifiers between.
func (s *sentence) compound(at, head int) bool {
	if at >= head {
		return false
	}
	for i := at; i < head; i++ {
		if t := &s.tokens[i]; t.breaks || !t.content() || t.prep != s.tokens[head].prep {
			return false
		}
	}
	return true
}

// modified reports whether a name modifies the noun at i.
func (s *sentence) modified(i int) bool {
	for k := range s.tokens {
		if k != i && s.tokens[k].kind == name && s.head(k) == i {
			return true
		}
	}
	return false
}

// head is the noun that a token modifies, itself where it modifies none.
func (s *sentence) head(i int) int {
	for s.tokens[i].heads > 0 {
		i = s.tokens[i].heads - 1
	}
	return i
}

// early: what a text tells as a fact is not what will or could be only, the other way round is a matter of firmness.
func (a *alignment) early() bool {
	return a.stated.level == future && a.recorded.level >= fact
}

// unclear: of denials there is one at most on either side, or they stand alike; one that the other side lacks denies the predicate.
func (a *alignment) unclear() bool {
	s, r := a.stated, a.recorded
	n, m := len(s.denials), len(r.denials)
	if n == m {
		for x := range n {
			if s.tokens[s.denials[x]].key != r.tokens[r.denials[x]].key && n > 1 {
				return true
			}
			if (s.denials[x] < s.verb+1) != (r.denials[x] < r.verb+1) && !(s.copula && r.copula) {
				return true
			}
		}
		return asideDenied(s) != asideDenied(r)
	}
	if n > 1 || m > 1 || asideDenied(s) != asideDenied(r) {
		return true
	}
	if n == 1 {
		return !denies(s)
	}
	return !denies(r)
}

func asideDenied(s *sentence) int {
	n := 0
	for i := range s.tokens {
		if s.tokens[i].kind == negation && s.tokens[i].region == aside {
			n++
		}
	}
	return n
}

// denies reports whether the only denial of a sentence denies its predicate: it stands beside the verb, or before the subject or the complement.
func denies(s *sentence) bool {
	d := s.denials[0]
	switch {
	case s.verb < 0, s.tokens[d].text == "without":
		return false
	case d < s.verb || d == s.verb+1:
		return true
	}
	return s.copula && d <= s.verb+2
}
