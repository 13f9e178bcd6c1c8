package answers

import "slices"

// Try puts a gold question the way its kind asks for, and judges what comes back.
func (l *Library) Try(g Gold) (Answer, Verdict) {
	var a Answer
	switch g.Kind {
	case GoldCheck:
		a = l.checker.Check(Question{Text: g.Ask, AsOf: g.AsOf})
	case GoldFollowUp:
		var d Dialogue
		for _, turn := range g.After {
			_, d = l.Converse(d, Question{Text: turn})
		}
		a, _ = l.Converse(d, Question{Text: g.Ask})
	default:
		a = l.Ask(Question{Text: g.Ask, AsOf: g.AsOf})
	}
	return a, judge(g, a)
}

// judge compares a reply with what its gold question expects.
func judge(g Gold, a Answer) Verdict {
	switch g.Kind {
	case GoldCheck:
		switch a.Rating {
		case g.Rating:
			return Right
		case RatedNotInRecord:
			return Silent
		}
		return Wrong
	case GoldService:
		if a.Outcome == OutcomeAnswered && a.Intent == IntentHelp {
			return Right
		}
		return Silent
	}
	if len(g.Claims) == 0 { // must not be answered; a reply about Parley itself is harmless
		if a.Outcome == OutcomeAnswered && a.Intent == IntentQuestion {
			return Wrong
		}
		return Right
	}
	switch a.Outcome {
	case OutcomeSuggested:
		return Offered
	case OutcomeDeclined:
		return Silent
	}
	if slices.ContainsFunc(a.Claims, func(c Claim) bool { return slices.Contains(g.Claims, c.ID) }) {
		return Right
	}
	return Wrong
}

// Rank lists the entries that a question may be for, the likeliest first, whether or not it would be answered: what measures the
// matcher apart from its restraint.
func (l *Library) Rank(text string) []Ranked {
	var ranked []Ranked
	for _, m := range l.matcher.match(l.matcher.understand(clip(text))) {
		ranked = append(ranked, Ranked{l.facts.Entries()[m.entry].ID, m.confidence})
	}
	return ranked
}
