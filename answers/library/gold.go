package library

import (
	"slices"

	"parley/answers"
	"parley/answers/text"
)

// Try puts a gold question the way its kind asks for, and judges what comes back.
func (l *Library) Try(g answers.Gold) (answers.Answer, answers.Verdict) {
	var a answers.Answer
	switch g.Kind {
	case answers.GoldCheck:
		a = l.checker().Check(answers.Question{Text: g.Ask, AsOf: g.AsOf})
	case answers.GoldFollowUp:
		var d answers.Dialogue
		for _, turn := range g.After {
			_, d = l.Converse(d, answers.Question{Text: turn})
		}
		a, _ = l.Converse(d, answers.Question{Text: g.Ask})
	default:
		a = l.Ask(answers.Question{Text: g.Ask, AsOf: g.AsOf})
	}
	return a, judge(g, a)
}

// judge compares a reply with what its gold question expects.
func judge(g answers.Gold, a answers.Answer) answers.Verdict {
	switch g.Kind {
	case answers.GoldCheck:
		switch a.Rating {
		case g.Rating:
			return answers.Right
		case answers.RatedNotInRecord:
			return answers.Silent
		}
		return answers.Wrong
	case answers.GoldService:
		if a.Outcome == answers.OutcomeAnswered && a.Intent == answers.IntentHelp {
			return answers.Right
		}
		return answers.Silent
	}
	if len(g.Claims) == 0 { // must not be answered; a reply about Parley itself is harmless
		if a.Outcome == answers.OutcomeAnswered && a.Intent == answers.IntentQuestion {
			return answers.Wrong
		}
		return answers.Right
	}
	switch a.Outcome {
	case answers.OutcomeSuggested:
		return answers.Offered
	case answers.OutcomeDeclined, answers.OutcomeSilent:
		return answers.Silent
	}
	if slices.ContainsFunc(a.Claims, func(c answers.Claim) bool { return slices.Contains(g.Claims, c.ID) }) {
		return answers.Right
	}
	return answers.Wrong
}

// Rank lists the entries that a question may be for, the likeliest first, whether or not it would be answered: what measures the
// matcher apart from its restraint.
func (l *Library) Rank(raw string) []answers.Ranked {
	var ranked []answers.Ranked
	for _, m := range l.matcher.Match(l.matcher.Understand(text.Clip(raw))) {
		ranked = append(ranked, answers.Ranked{ID: l.facts.Entries()[m.Entry].ID, Confidence: m.Confidence})
	}
	return ranked
}
