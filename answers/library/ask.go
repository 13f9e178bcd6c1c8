package library

import (
	"slices"

	"parley/answers"
	"parley/answers/match"
	"parley/answers/text"
)

// Ask answers a question from the curated entries, offers some when it is not sure, or declines. It is total: any text
// gets an Answer.
func (l *Library) Ask(q answers.Question) answers.Answer {
	raw := text.Clip(q.Text)
	if text.Foreign(raw) {
		if e, ok := l.service(foreignLanguage); ok {
			return answers.Answer{Intent: answers.IntentHelp, Outcome: answers.OutcomeAnswered, Confidence: 1, Entry: &e, Short: e.Short, Detail: e.Detail}
		}
	}
	u := l.matcher.Understand(raw)
	if len(u.Tokens) == 0 {
		return answers.Answer{Intent: answers.IntentQuestion, Outcome: answers.OutcomeDeclined, Notice: answers.Empty}
	}
	matches := l.matcher.Match(u)
	a := answers.Answer{Intent: answers.IntentQuestion, Outcome: answers.OutcomeDeclined, Why: answers.Why{Unknown: u.Unknown}}
	if len(matches) == 0 {
		return a
	}
	best := matches[0]
	a.Confidence = best.Confidence
	a.Why = l.matcher.Why(u, matches)
	e := l.facts.Entries()[best.Entry]
	held := l.facts.Held(e)
	switch {
	case e.State == answers.Retracted && best.Confidence >= match.SuggestFrom:
		a.Notice, a.Entry = answers.WasWithdrawn, &e
	case held != nil && best.Confidence >= match.SuggestFrom:
		return l.facts.HoldBack(a, e, *held)
	case e.Kind == answers.KindGap && best.Confidence >= match.SuggestFrom:
		if best.Confidence >= l.matcher.Sure() && len(u.Unknown) == 0 {
			a.Entry = &e
		}
		a.Suggestions = l.nearest(e)
	case best.Confidence >= l.matcher.Sure():
		return l.facts.Answer(a, e, l.matcher.Premise(best), q)
	case best.Confidence >= match.SuggestFrom:
		a.Outcome = answers.OutcomeSuggested
		a.Suggestions = l.suggestions(matches)
	default:
		a.Suggestions = l.suggestions(matches[:1])
	}
	return a
}

// AnswerWith answers with a certain entry, as one who picked it from suggestions wants. An entry that cannot be reached any
// more is declined.
func (l *Library) AnswerWith(id answers.EntryID, q answers.Question) answers.Answer {
	at := slices.IndexFunc(l.facts.Entries(), func(e answers.Entry) bool { return e.ID == id })
	a := answers.Answer{Intent: answers.IntentQuestion, Outcome: answers.OutcomeDeclined, Confidence: 1}
	if at < 0 {
		return a
	}
	e := l.facts.Entries()[at]
	held := l.facts.Held(e)
	switch {
	case e.State == answers.Retracted:
		a.Notice, a.Entry = answers.WasWithdrawn, &e
		return a
	case held != nil:
		return l.facts.HoldBack(a, e, *held)
	case e.Kind == answers.KindGap:
		a.Entry, a.Suggestions = &e, l.nearest(e)
		return a
	}
	return l.facts.Answer(a, e, nil, q)
}

// foreignLanguage is the service entry that answers in another script than ours.
const foreignLanguage answers.EntryID = "language"

func (l *Library) service(id answers.EntryID) (answers.Entry, bool) {
	at := slices.IndexFunc(l.facts.Entries(), func(e answers.Entry) bool { return e.ID == id && e.Kind == answers.KindService })
	if at < 0 {
		return answers.Entry{}, false
	}
	return l.facts.Entries()[at], true
}

// nearest offers what the record can answer near to a gap.
func (l *Library) nearest(gap answers.Entry) []answers.Suggestion {
	var out []answers.Suggestion
	for _, e := range l.facts.Entries() {
		if e.State == answers.Live && slices.Contains(gap.Nearest, e.ID) {
			out = append(out, answers.Suggestion{ID: e.ID, Question: e.Question})
		}
	}
	return out
}

// suggestions offers the questions of the best matches.
func (l *Library) suggestions(matches []match.Candidate) []answers.Suggestion {
	var out []answers.Suggestion
	for _, m := range matches {
		e := l.facts.Entries()[m.Entry]
		if e.State == answers.Live && e.Kind != answers.KindService && e.Kind != answers.KindGap && len(out) < match.MaxSuggestions {
			out = append(out, answers.Suggestion{ID: e.ID, Question: e.Question})
		}
	}
	return out
}
