package answers

import (
	"slices"
	"strings"
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
	u := l.understand(text)
	if len(u.tokens) == 0 {
		return Answer{Intent: IntentQuestion, Outcome: OutcomeDeclined, Notice: Empty}
	}
	matches := l.match(u)
	a := Answer{Intent: IntentQuestion, Outcome: OutcomeDeclined, Why: Why{Unknown: u.unknown}}
	if len(matches) == 0 {
		return a
	}
	best := matches[0]
	a.Confidence = best.confidence
	a.Why = l.why(u, matches)
	e := l.entries[best.entry]
	held := l.held(e)
	switch {
	case e.State == Retracted && best.confidence >= suggestFrom:
		a.Notice, a.Entry = WasWithdrawn, &e
	case held != nil && best.confidence >= suggestFrom:
		return l.holdBack(a, e, *held)
	case e.Kind == KindGap && best.confidence >= suggestFrom:
		if best.confidence >= l.head.sure && len(u.unknown) == 0 {
			a.Entry = &e
		}
		a.Suggestions = l.nearest(e)
	case best.confidence >= l.head.sure:
		return l.answer(a, e, best, q)
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
	at := slices.IndexFunc(l.entries, func(e Entry) bool { return e.ID == id })
	a := Answer{Intent: IntentQuestion, Outcome: OutcomeDeclined, Confidence: 1}
	if at < 0 {
		return a
	}
	e := l.entries[at]
	held := l.held(e)
	switch {
	case e.State == Retracted:
		a.Notice, a.Entry = WasWithdrawn, &e
		return a
	case held != nil:
		return l.holdBack(a, e, *held)
	case e.Kind == KindGap:
		a.Entry, a.Suggestions = &e, l.nearest(e)
		return a
	}
	first := slices.IndexFunc(l.index.phrasings, func(p phrasing) bool { return p.entry == at })
	return l.answer(a, e, match{entry: at, phrasing: first}, q)
}

// foreignLanguage is the service entry that answers in another script than ours.
const foreignLanguage EntryID = "language"

func (l *Library) service(id EntryID) (Entry, bool) {
	at := slices.IndexFunc(l.entries, func(e Entry) bool { return e.ID == id && e.Kind == KindService })
	if at < 0 {
		return Entry{}, false
	}
	return l.entries[at], true
}

// understood is a question after its spelling was mended.
type understood struct {
	tokens  []token
	unknown []string // words that neither the record nor common English knows
	asking  asking
	said    bool // it asks for what somebody said
}

// single reports whether the question is one word, if perhaps many times.
func (u understood) single() bool {
	return !slices.ContainsFunc(u.tokens, func(t token) bool { return t.stem != u.tokens[0].stem })
}

func (l *Library) understand(text string) understood {
	var u understood
	words, unknown := l.vocabulary.mendAll(strings.Fields(Fold(text)))
	u.unknown = unknown
	u.tokens = l.gazetteer.tokens(words)
	u.asking = askingOf(strings.Join(words, " "))
	u.said = asksForSpeech(u.tokens)
	return u
}

// nearest offers what the record can answer near to a gap.
func (l *Library) nearest(gap Entry) []Suggestion {
	var out []Suggestion
	for _, e := range l.entries {
		if e.State == Live && slices.Contains(gap.Nearest, e.ID) {
			out = append(out, Suggestion{e.ID, e.Question})
		}
	}
	return out
}

// suggestions offers the questions of the best matches.
func (l *Library) suggestions(matches []match) []Suggestion {
	var out []Suggestion
	for _, m := range matches {
		e := l.entries[m.entry]
		if e.State == Live && e.Kind != KindService && e.Kind != KindGap && len(out) < maxSuggestions {
			out = append(out, Suggestion{e.ID, e.Question})
		}
	}
	return out
}

// why tells how the first match came to be chosen.
func (l *Library) why(u understood, matches []match) Why {
	w := Why{Score: matches[0].confidence, Unknown: u.unknown}
	if len(matches) > 1 {
		w.RunnerUp, w.Second = l.entries[matches[1].entry].ID, matches[1].confidence
	}
	explained := l.vocabulary.explains[matches[0].entry]
	for _, t := range u.tokens {
		switch {
		case t.stop || slices.Contains(u.unknown, t.text):
		case explained[t.stem]:
			w.Matched = append(w.Matched, t.text)
		default:
			w.Missing = append(w.Missing, t.text)
		}
	}
	return w
}
