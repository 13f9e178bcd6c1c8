package answers

import (
	"slices"
)

const (
	// suggestFrom is the confidence from which an entry is offered; from head.sure up it is the answer.
	suggestFrom = 0.15
	// maxSuggestions is how many are offered: more is no choice.
	maxSuggestions = 3
)

// Ask answers a question from the curated entries, offers some when it is not sure, or declines. It is total: any text
// gets an Answer.
func (l *Library) Ask(q Question) Answer {
	text := clip(q.Text)
	if foreign(text) {
		if e, ok := l.service(foreignLanguage); ok {
			return Answer{Intent: IntentHelp, Outcome: OutcomeAnswered, Confidence: 1, Entry: &e, Short: e.Short, Detail: e.Detail}
		}
	}
	u := l.matcher.understand(text)
	if len(u.tokens) == 0 {
		return Answer{Intent: IntentQuestion, Outcome: OutcomeDeclined, Notice: Empty}
	}
	matches := l.matcher.match(u)
	a := Answer{Intent: IntentQuestion, Outcome: OutcomeDeclined, Why: Why{Unknown: u.unknown}}
	if len(matches) == 0 {
		return a
	}
	best := matches[0]
	a.Confidence = best.confidence
	a.Why = l.matcher.why(u, matches)
	e := l.facts.Entries()[best.entry]
	held := l.facts.held(e)
	switch {
	case e.State == Retracted && best.confidence >= suggestFrom:
		a.Notice, a.Entry = WasWithdrawn, &e
	case held != nil && best.confidence >= suggestFrom:
		return l.facts.holdBack(a, e, *held)
	case e.Kind == KindGap && best.confidence >= suggestFrom:
		if best.confidence >= l.matcher.sure() && len(u.unknown) == 0 {
			a.Entry = &e
		}
		a.Suggestions = l.nearest(e)
	case best.confidence >= l.matcher.sure():
		return l.facts.answer(a, e, l.matcher.premise(best), q)
	case best.confidence >= suggestFrom:
		a.Outcome = OutcomeSuggested
		a.Suggestions = l.suggestions(matches)
	default:
		a.Suggestions = l.suggestions(matches[:1])
	}
	return a
}

// AnswerWith answers with a certain entry, as one who picked it from suggestions wants. An entry that cannot be reached any
// more is declined.
func (l *Library) AnswerWith(id EntryID, q Question) Answer {
	at := slices.IndexFunc(l.facts.Entries(), func(e Entry) bool { return e.ID == id })
	a := Answer{Intent: IntentQuestion, Outcome: OutcomeDeclined, Confidence: 1}
	if at < 0 {
		return a
	}
	e := l.facts.Entries()[at]
	held := l.facts.held(e)
	switch {
	case e.State == Retracted:
		a.Notice, a.Entry = WasWithdrawn, &e
		return a
	case held != nil:
		return l.facts.holdBack(a, e, *held)
	case e.Kind == KindGap:
		a.Entry, a.Suggestions = &e, l.nearest(e)
		return a
	}
	return l.facts.answer(a, e, nil, q)
}

// foreignLanguage is the service entry that answers in another script than ours.
const foreignLanguage EntryID = "language"

func (l *Library) service(id EntryID) (Entry, bool) {
	at := slices.IndexFunc(l.facts.Entries(), func(e Entry) bool { return e.ID == id && e.Kind == KindService })
	if at < 0 {
		return Entry{}, false
	}
	return l.facts.Entries()[at], true
}

// nearest offers what the record can answer near to a gap.
func (l *Library) nearest(gap Entry) []Suggestion {
	var out []Suggestion
	for _, e := range l.facts.Entries() {
		if e.State == Live && slices.Contains(gap.Nearest, e.ID) {
			out = append(out, Suggestion{e.ID, e.Question})
		}
	}
	return out
}

// suggestions offers the questions of the best matches.
func (l *Library) suggestions(matches []candidate) []Suggestion {
	var out []Suggestion
	for _, m := range matches {
		e := l.facts.Entries()[m.entry]
		if e.State == Live && e.Kind != KindService && e.Kind != KindGap && len(out) < maxSuggestions {
			out = append(out, Suggestion{e.ID, e.Question})
		}
	}
	return out
}
