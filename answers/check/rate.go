package check

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/grammar"
)

// outcome is what one text of the record makes of a statement.
type outcome int

const (
	none     outcome = iota // settles nothing
	same                    // says it
	stronger                // says less than it
	opposite                // says otherwise
)

// finding is the outcome of one text, with the difference that decides it and the share of the statement's content that the text has.
type finding struct {
	outcome  outcome
	differ   answers.Difference
	share    float64
	left     []string // words of the statement that the text does not have
	claim    answers.ClaimID
	disputed bool // the record disputes what the text says
}

// find holds a statement against one text.
func (ch *Checker) find(s *grammar.Sentence, t *recorded) finding {
	a := align(s, &t.Sentence)
	a.complement(t)
	f := finding{claim: t.claim.ID, disputed: t.stance == disputed}
	f.share = float64(a.consumed) / float64(max(1, s.Count))
	for _, i := range a.left {
		f.left = append(f.left, s.Tokens[i].Raw)
	}
	if !t.said(s) || a.veto() != "" || a.consumed == 0 {
		return f
	}
	f.outcome, f.differ = a.outcome(t)
	if t.stance == wording {
		return f
	}
	if f.outcome != same || !a.whole() || s.Level < t.Level || t.Reported && !s.Reported {
		f.outcome, f.differ = none, answers.Difference{}
		return f
	}
	switch t.stance {
	case beyond:
		f.outcome = stronger
	case denied:
		f.outcome = opposite
	}
	return f
}

// said reports whether a statement may name the speakers that it names for what a text says, and what it tells of the occasion.
func (t *recorded) said(s *grammar.Sentence) bool {
	for _, who := range s.Speakers {
		if !slices.Contains(t.speakers, who) {
			return false
		}
	}
	for _, u := range s.Lead {
		if !t.around[grammar.Occasion(&u)] && !slices.ContainsFunc(u.Senses, func(s grammar.Sense) bool { return t.around[s.Group] }) {
			return false
		}
	}
	return (s.Manner == grammar.Denying) == (t.Manner == grammar.Denying)
}

// outcome rates an alignment that no veto stops.
func (a *alignment) outcome(t *recorded) (outcome, answers.Difference) {
	s := a.stated
	denied := len(s.Denials) != len(a.recorded.Denials)
	switch {
	case len(a.left) == 0 && denied:
		return a.contradicted(t)
	case len(a.left) == 0:
		return a.agreed(t)
	case denied || !a.single() || a.consumed < 2:
		return none, answers.Difference{}
	}
	return a.slot(t, &s.Tokens[a.left[len(a.left)-1]])
}

// contradicted rates a statement that differs from a text by a denial.
func (a *alignment) contradicted(t *recorded) (outcome, answers.Difference) {
	s, r := a.stated, a.recorded
	switch {
	case !t.Curated, r.Level <= grammar.Possible && s.Level > r.Level, s.Level < r.Level && s.Level <= grammar.Possible, a.unmet(t):
		return none, answers.Difference{}
	case a.narrower():
		return none, answers.Difference{}
	case s.HasQuantifier() || r.HasQuantifier():
		return none, answers.Difference{}
	}
	return opposite, answers.Difference{Kind: answers.ByDenial}
}

// narrower reports whether the text denies something narrower than the statement does: what is not borne out is within a denial's reach, which is
// all where the predicate is denied, and what follows otherwise.
func (a *alignment) narrower() bool {
	r := a.recorded
	if len(r.Denials) == 0 {
		return false
	}
	from := 0
	if d := r.Denials[0]; !denies(r) && r.Verb >= 0 {
		from = d
	}
	for k := from; k < len(r.Tokens); k++ {
		if r.Tokens[k].Content() && a.from[k] < 0 {
			return true
		}
	}
	return false
}

// agreed rates a statement all of whose content a text has.
func (a *alignment) agreed(t *recorded) (outcome, answers.Difference) {
	s, r := a.stated, a.recorded
	switch {
	case a.narrower():
		return none, answers.Difference{}
	case a.unmet(t) && s.Conditional:
		return none, answers.Difference{} // "would" leaves room for a condition
	case a.unmet(t):
		return a.more(t, answers.Difference{Kind: answers.ByCondition, Recorded: t.claim.Condition})
	case s.Conditional && s.Level == grammar.Future && r.Level == grammar.Expected:
		return none, answers.Difference{} // "would" is no firmer than "is planned", and does not say it
	case s.Level > r.Level, a.firmer(t):
		return a.more(t, answers.Difference{Kind: answers.ByFirmness, Recorded: t.claim.Hedge})
	case s.Manner == grammar.Assured && t.Manner != grammar.Assured:
		return a.more(t, answers.Difference{Kind: answers.ByFirmness, Recorded: t.claim.Hedge})
	}
	return same, answers.Difference{}
}

// firmer reports whether the statement leaves out a word of the claim's hedge or a hedge of the text, or that what a claim less than asserted speaks of is possible only.
func (a *alignment) firmer(t *recorded) bool {
	for k := range a.recorded.Tokens {
		if u := &a.recorded.Tokens[k]; u.Content() && a.from[k] < 0 && t.hedging[u.Key] {
			return true
		}
	}
	if a.doubted() > len(a.stated.Doubts()) {
		return true
	}
	if a.recorded.Inner <= grammar.Possible && a.stated.Inner > a.recorded.Inner {
		return true
	}
	return a.recorded.Soft && !a.stated.Soft && a.stated.Level >= grammar.Future && t.claim.Modality != answers.Asserted
}

// doubted counts the hedges of the text that stand before something which the statement has.
func (a *alignment) doubted() int {
	n := 0
	for _, k := range a.recorded.Doubts() {
		next := slices.IndexFunc(a.recorded.Tokens[k:], func(t grammar.Token) bool { return t.Content() })
		if next >= 0 && a.from[k+next] >= 0 {
			n++
		}
	}
	return n
}

// more is the outcome for a statement that goes beyond a text, where a curator vouches for how firm that is.
func (a *alignment) more(t *recorded, d answers.Difference) (outcome, answers.Difference) {
	if !t.Curated {
		return none, answers.Difference{}
	}
	return stronger, d
}

// unmet reports whether a condition of the text is left out of the statement.
func (a *alignment) unmet(t *recorded) bool {
	if t.claim.Condition == "" {
		return false
	}
	kept, within := false, false
	for k := range a.recorded.Tokens {
		u := &a.recorded.Tokens[k]
		if u.Content() && (u.Region == grammar.Aside || t.conditional[u.Key] && u.Prep != "" || u.Prep == "under" && strings.HasPrefix(t.claim.Condition, "under")) {
			within = true
			kept = kept || a.from[k] >= 0
		}
	}
	return within && !kept
}

// single reports whether what is left is one slot: one token, or the words of one name.
func (a *alignment) single() bool {
	for n, i := range a.left {
		if n > 0 && (i != a.left[n-1]+1 || a.stated.Tokens[i].Kind != grammar.Name || !a.stated.Tokens[i-1].Capital) {
			return false
		}
	}
	return true
}

// slot rates a statement of which one token is left: a number or date that the text has otherwise, a word for the contrary, a quantifier that the
// text does not bear, or a name that is not in a list that is complete.
func (a *alignment) slot(t *recorded, left *grammar.Token) (outcome, answers.Difference) {
	s, r := a.stated, a.recorded
	if s.Level > r.Level && r.Level <= grammar.Possible || len(s.Denials) > 0 || a.unmet(t) || left.Region == grammar.Aside {
		return none, answers.Difference{}
	}
	if left.Kind == grammar.Quantifier {
		if left.Key == "several" || left.Key == "many" || left.Key == "ever" || !t.Curated {
			return none, answers.Difference{}
		}
		return stronger, answers.Difference{}
	}
	for k := range r.Tokens {
		u := &r.Tokens[k]
		if !u.Content() || a.from[k] >= 0 {
			continue
		}
		switch {
		case left.Kind == grammar.Number && left.Value.Unit == "" && (a.consumed < 4 || !slices.Equal(a.open(), []int{k})):
		case conflicting(left, u) && (t.Curated || left.Kind == grammar.Number && a.consumed >= 3 || left.Kind == grammar.Date && a.consumed >= 3):
			kind := answers.ByNumber
			if left.Kind == grammar.Date {
				kind = answers.ByDate
			}
			return opposite, answers.Difference{Kind: kind, Stated: left.Raw, Recorded: u.Raw}
		case t.Curated && contrary(left, u):
			return opposite, answers.Difference{}
		case left.Kind == grammar.Name && t.complete[u.Key] && a.named(t) && governed(left, u, true, true):
			return opposite, answers.Difference{Kind: answers.ByRole}
		}
	}
	return none, answers.Difference{}
}

// open lists the tokens of content of the text that bear nothing out.
func (a *alignment) open() []int {
	var out []int
	for k := range a.recorded.Tokens {
		if a.recorded.Tokens[k].Content() && a.from[k] < 0 {
			out = append(out, k)
		}
	}
	return out
}

// named reports whether the statement has the actors that the complete list of a text is of.
func (a *alignment) named(t *recorded) bool {
	others := 0
	for k := range a.recorded.Tokens {
		u := &a.recorded.Tokens[k]
		if u.Kind != grammar.Name || t.complete[u.Key] || !strings.HasPrefix(u.Key, "actor/") {
			continue
		}
		if others++; a.from[k] < 0 {
			return false
		}
	}
	return others > 0
}
