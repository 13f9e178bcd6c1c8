package check

import (
	"slices"

	"parley/answers/grammar"
)

// veto names why an alignment settles nothing although words agree; "" for no reason.
func (a *alignment) veto() string {
	reworded := a.reworded()
	for _, v := range vetoes {
		if !(v.build && reworded) && v.stops(a) {
			return v.name
		}
	}
	return ""
}

// reworded reports whether a text has nothing but the words of the statement, of which one modifier or light verb may be left out, and the names in the same
// order and roles. Then the two differ in their build alone, which may well be read amiss: "an obligation to respond"
// for "are obliged to respond".
func (a *alignment) reworded() bool {
	s, r := a.stated, a.recorded
	if len(a.left) > 0 || len(s.Denials) != len(r.Denials) || !slices.Equal(s.Turns(), r.Turns()) {
		return false
	}
	spared := 0
	for k := range r.Tokens {
		if u := &r.Tokens[k]; u.Content() && a.from[k] < 0 {
			if spared++; spared > 1 || u.Kind != grammar.Word || u.Heads == 0 && !u.Light() {
				return false
			}
		}
	}
	last := -1
	for i, k := range a.to {
		if k < 0 || s.Tokens[i].Kind != grammar.Name {
			continue
		}
		if k < last || s.Part(i) != r.Part(k) {
			return false
		}
		last = k
	}
	return true
}

// vetoes, each with the change of a true sentence that it stops.
var vetoes = []struct {
	name  string
	stops func(*alignment) bool
	build bool // it compares how two sentences are built
}{
	{"predicate", (*alignment).otherPredicate, true}, // another verb, or the verb under one that the statement drops
	{"infinitive", (*alignment).under, true},         // what it is meant to do, without the verb
	{"object", (*alignment).objectless, false},       // what is promised in helping somebody, without the help
	{"restriction", (*alignment).widened, false},     // all trams for the trams at night
	{"pronoun", (*alignment).unresolved, false},      // a subject that is not told
	{"side", (*alignment).turned, true},              // agent and patient swapped
	{"preposition", (*alignment).misplaced, true},    // a name in another role: from for to, agent for place
	{"agent", (*alignment).otherAgent, false},        // led by one and supported by another, for led by the other
	{"order", (*alignment).swapped, false},           // two names swapped
	{"head", (*alignment).beheaded, false},           // the ally of a country for the country
	{"tense", (*alignment).early, false},             // what was for what will be
	{"negation", (*alignment).unclear, false},        // more than one denial, or one of something else than the predicate
}

// otherPredicate: the predicate of each side must be borne out by the other's. A copula has none; there the other must have none either.
func (a *alignment) otherPredicate() bool {
	s, r := a.stated, a.recorded
	if s.Verb < 0 || r.Verb < 0 {
		return s.Verb >= 0 || r.Verb >= 0 || !a.whole()
	}
	if s.Copula || r.Copula {
		return s.Copula != r.Copula || a.otherComplement()
	}
	if !s.Tokens[s.Verb].Content() || !r.Tokens[r.Verb].Content() { // have, do
		return s.Tokens[s.Verb].Key != r.Tokens[r.Verb].Key && !grammar.HaveForm[s.Tokens[s.Verb].Text] && !grammar.HaveForm[r.Tokens[r.Verb].Text] || s.Tokens[s.Verb].Content() != r.Tokens[r.Verb].Content()
	}
	return a.to[s.Verb] != r.Verb
}

// otherComplement: what a copula says of its subject must be said by the other's, under the same preposition.
func (a *alignment) otherComplement() bool {
	c, d := a.stated.Complement, a.recorded.Complement
	if c < 0 || d < 0 {
		return c != d
	}
	k := a.to[c]
	if t, u := &a.stated.Tokens[c], &a.recorded.Tokens[d]; k < 0 && conflicting(t, u) {
		return false // another day or number in its place
	}
	if k < 0 || a.stated.Tokens[c].Prep != a.recorded.Tokens[k].Prep {
		return true
	}
	return k != d && !a.recorded.Predicative(k)
}

// objectless: the object of the text's predicate must not be left out where something behind it is kept.
func (a *alignment) objectless() bool {
	r := a.recorded
	if r.Verb < 0 || r.Copula || r.Passive {
		return false
	}
	for k := r.Verb + 1; k < len(r.Tokens); k++ {
		t := &r.Tokens[k]
		if !t.Content() || grammar.Adverb(*t) || t.Heads > 0 {
			continue
		}
		if t.Prep != "" || t.Kind != grammar.Word || t.Open || t.Region == grammar.Aside || a.from[k] >= 0 {
			return false
		}
		return slices.ContainsFunc(a.from[k+1:], func(i int) bool { return i >= 0 })
	}
	return false
}

// widened: what modifies the subject of a text narrows of whom it holds; it must not be left out where the statement denies or says "only", nor
// where nobody vouches for the wording.
func (a *alignment) widened() bool {
	if len(a.stated.Denials) == 0 && !a.stated.HasQuantifier() && a.recorded.Curated {
		return false
	}
	for k := range a.recorded.Tokens {
		u := &a.recorded.Tokens[k]
		if k < a.recorded.Verb && a.from[k] < 0 && u.Kind == grammar.Word && (k == 0 || !u.Capital) && u.Heads > 0 && a.from[a.recorded.Head(k)] >= 0 {
			return true
		}
	}
	return false
}

func (a *alignment) unresolved() bool { return a.stated.Vague && !a.recorded.Vague }

// under: what stands behind an infinitive of the text stands under it, so that it must not be left out.
func (a *alignment) under() bool {
	for k := range a.recorded.Tokens {
		if !a.recorded.Tokens[k].Open || a.from[k] >= 0 || !a.recorded.Tokens[k].Content() {
			continue
		}
		for l := k + 1; l < len(a.from); l++ {
			if a.from[l] >= 0 && a.recorded.Tokens[l].Region == a.recorded.Tokens[k].Region {
				return true
			}
		}
	}
	return false
}

// turned: a subject must be borne out by a subject, an object by an object; where the voices differ, the other way round.
func (a *alignment) turned() bool {
	s, r := a.stated, a.recorded
	if s.Verb < 0 || r.Verb < 0 {
		return false
	}
	other := s.Passive != r.Passive
	for i, k := range a.to {
		if k < 0 || i == s.Verb || k == r.Verb {
			continue
		}
		t, u := &s.Tokens[i], &r.Tokens[k]
		if t.Region == grammar.Aside || t.Prep != "" || u.Prep != "" || t.Heads > 0 || u.Heads > 0 || t.Owns || u.Owns || t.Kind == grammar.Date || t.Kind == grammar.Quantifier || t.Kind == grammar.Number || !nounlike(t) {
			continue
		}
		if ((i < s.Verb) == (k < r.Verb)) == other {
			return true
		}
	}
	return false
}

// nounlike leaves out adverbs, which may stand anywhere.
func nounlike(t *grammar.Token) bool {
	n := len(t.Text)
	return t.Kind == grammar.Name || t.Kind == grammar.Word && !(n > 4 && t.Text[n-2:] == "ly")
}

// misplaced: what a preposition governs must stand under one that can mean the same.
func (a *alignment) misplaced() bool {
	for i, k := range a.to {
		if k < 0 || i == a.stated.Verb || k == a.recorded.Verb {
			continue
		}
		t, u := &a.stated.Tokens[i], &a.recorded.Tokens[k]
		if g := a.recorded.Governor(k); t.Prep == "" && u.Prep == "of" && t.Heads == 0 && a.stated.Object(i) && g >= 0 && g != a.recorded.Verb && a.from[g] < 0 {
			return true // the support of a thing for the thing
		}
		if t.Kind != grammar.Name && t.Kind != grammar.Word || governed(t, u, a.stated.Passive == a.recorded.Passive, a.stated.Object(i) && a.recorded.Object(k)) {
			continue
		}
		if t.Kind == grammar.Name || t.Prep != "" && u.Prep != "" || i < a.stated.Verb && t.Heads == 0 {
			return true
		}
	}
	return false
}

// otherAgent: whom "by" names as the agent must be that of the same word, as a modifier too: led by a country is not led with its support.
func (a *alignment) otherAgent() bool {
	for i, k := range a.to {
		if k < 0 || a.stated.Tokens[i].Prep != "by" && a.recorded.Tokens[k].Prep != "by" {
			continue
		}
		if g, h := a.stated.Deed(i), a.recorded.Deed(k); g >= 0 && h >= 0 && a.to[g] != h {
			return true
		}
	}
	return false
}

// swapped: two names, or two amounts, keep their order unless both keep their different roles, "and" joins them, or one of them is the subject
// of another voice. Both must not change their roles at once.
func (a *alignment) swapped() bool {
	s, r := a.stated, a.recorded
	var at []int
	for i, k := range a.to {
		if k >= 0 && (s.Tokens[i].Kind != grammar.Word || s.Tokens[i].Key == "one") && s.Tokens[i].Kind != grammar.Date {
			at = append(at, i)
		}
	}
	for x, i := range at {
		for _, j := range at[x+1:] {
			if s.Tokens[i].Region == s.Tokens[j].Region && a.exchanged(i, j) && !(listed(s, i, j) && listed(r, a.to[j], a.to[i])) {
				return true
			}
		}
	}
	return false
}

// exchanged reports whether two tokens stand in the text where the other would.
func (a *alignment) exchanged(i, j int) bool {
	t, u, v, w := &a.stated.Tokens[i], &a.recorded.Tokens[a.to[i]], &a.stated.Tokens[j], &a.recorded.Tokens[a.to[j]]
	if a.stated.Passive != a.recorded.Passive {
		for _, r := range []string{grammar.Role(t), grammar.Role(u), grammar.Role(v), grammar.Role(w)} {
			if r == "" || r == "by" {
				return false
			}
		}
	}
	neither := grammar.Role(t) != grammar.Role(u) && grammar.Role(v) != grammar.Role(w)
	if a.to[i] < a.to[j] {
		return neither && grammar.Role(t) != "" && grammar.Role(v) != "" && t.Kind == grammar.Name && v.Kind == grammar.Name
	}
	if grammar.Modifies(t) && grammar.Modifies(v) && a.stated.Head(i) == a.stated.Head(j) && (grammar.Role(t) != grammar.Role(u) || grammar.Role(v) != grammar.Role(w)) {
		return true // of two modifiers of one noun the first is the possessor
	}
	return neither || !keeps(t, u) || !keeps(v, w) || grammar.Role(t) == grammar.Role(v)
}

// keeps reports whether a token has the role of its counterpart; a country's membership is the membership of the country.
func keeps(t, u *grammar.Token) bool {
	a, b := grammar.Role(t), grammar.Role(u)
	genitive := func(r string) bool { return r == "'s" || r == "+" || r == "of" || r == "to" }
	return a == b || genitive(a) && genitive(b)
}

// listed reports whether all between two tokens is a list that "and" joins.
func listed(s *grammar.Sentence, i, j int) bool {
	joined := false
	for k := i + 1; k <= j; k++ {
		t := &s.Tokens[k]
		joined = joined || t.Beside || t.Text == "and"
		if t.Kind != grammar.Name && t.Text != "and" && t.Text != "the" && t.Text != "both" {
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
		if k < 0 || s.Tokens[i].Kind == grammar.Number || s.Tokens[i].Kind == grammar.Quantifier || s.Tokens[i].Kind == grammar.Date {
			continue
		}
		h, g := s.Head(i), r.Head(k)
		core := s.Tokens[i].Prep == "" && s.Tokens[i].Region == grammar.Main
		switch {
		case h != i && g != k:
			if a.to[h] != g && s.Tokens[i].Kind == grammar.Name && !r.Compound(k, a.to[h]) {
				return true
			}
		case g != k:
			if a.from[g] < 0 && nounlike(&r.Tokens[k]) && core || core && s.Tokens[i].Kind == grammar.Name {
				return true
			}
		case h != i:
			if s.Tokens[i].Kind == grammar.Name && r.Tokens[k].Prep == "" && r.Tokens[k].Region == grammar.Main && (s.Passive == r.Passive || s.Tokens[i].Owns || a.to[h] < 0 || r.Modified(a.to[h])) {
				return true
			}
		}
	}
	return false
}

// early: what a text tells as a fact is not what will or could be only, the other way round is a matter of firmness.
func (a *alignment) early() bool {
	return a.stated.Level == grammar.Future && a.recorded.Level >= grammar.Fact
}

// unclear: of denials there is one at most on either side, or they stand alike; one that the other side lacks denies the predicate.
func (a *alignment) unclear() bool {
	s, r := a.stated, a.recorded
	n, m := len(s.Denials), len(r.Denials)
	if n == m {
		for x := range n {
			if s.Tokens[s.Denials[x]].Key != r.Tokens[r.Denials[x]].Key && n > 1 {
				return true
			}
			if (s.Denials[x] < s.Verb+1) != (r.Denials[x] < r.Verb+1) && !(s.Copula && r.Copula) {
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

func asideDenied(s *grammar.Sentence) int {
	n := 0
	for i := range s.Tokens {
		if s.Tokens[i].Kind == grammar.Negation && s.Tokens[i].Region == grammar.Aside {
			n++
		}
	}
	return n
}

// denies reports whether the only denial of a sentence denies its predicate: it stands beside the verb, or before the subject or the complement.
func denies(s *grammar.Sentence) bool {
	d := s.Denials[0]
	switch {
	case s.Verb < 0, s.Tokens[d].Text == "without":
		return false
	case d < s.Verb || d == s.Verb+1:
		return true
	}
	return s.Copula && d <= s.Verb+2
}
