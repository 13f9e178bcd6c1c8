package check

import "parley/answers"

// firmer tells whether a statement that agrees with a claim says more than it. Beyond is whether its words alone do.
func (ch *Checker) firmer(s frame, p *proposition, cover float64, beyond bool) (relation, answers.Difference) {
	agrees := func() (relation, answers.Difference) {
		if cover >= coverSame {
			return same, answers.Difference{}
		}
		return unrelated, answers.Difference{}
	}
	met := s.conditional && shared(s.keys(), p.condition) // under its condition, "is" says no more than "will be"
	hedge := answers.Difference{Kind: answers.ByFirmness, Recorded: p.claim.Hedge}
	switch {
	case beyond, p.could && s.will && !s.could:
		return stronger, hedge
	case s.would && s.firm == willBe && p.claim.Modality == answers.Expected: // "would" keeps what is expected at bay
		return agrees()
	case s.firm > p.firm && p.firm < isSo && !p.keepsHedge(s) && !(met && s.firm == isSo && p.firm == willBe):
		return stronger, hedge
	case s.firm == provenly && p.claim.Modality != answers.Asserted:
		return stronger, hedge
	case p.dropsCondition(s):
		return stronger, answers.Difference{Kind: answers.ByCondition, Recorded: p.claim.Condition}
	default:
		return agrees()
	}
}

// keepsHedge reports whether a statement says the words that its claim is hedged by. Where somebody only suggests or alleges
// a thing, no word of it makes up for leaving that out.
func (p *proposition) keepsHedge(s frame) bool {
	return p.claim.Modality != answers.Alleged && p.claim.Modality != answers.Suggested && shared(s.keys(), p.hedge)
}

// dropsCondition reports whether a statement leaves out the condition that its claim depends on. Somebody's word about what is
// so need not repeat it, unless it is the only way.
func (p *proposition) dropsCondition(s frame) bool {
	switch {
	case p.claim.Condition == "" || (s.conditional || len(s.order) > 0) && (len(p.condition) == 0 || shared(s.keys(), p.condition)):
		return false
	case p.only:
		return true
	default:
		return p.claim.Modality != answers.Asserted && s.firm >= willBe && !s.would
	}
}
