package library

import (
	"slices"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/match"
	"parley/answers/text"
)

// Converse answers a turn of a dialogue and returns the dialogue after it. What is no follow-up is answered like any
// other question.
func (l *Library) Converse(d answers.Dialogue, q answers.Question) (answers.Answer, answers.Dialogue) {
	a := l.turn(d, q)
	next := answers.Dialogue{Asked: d.Asked, Entry: d.Entry}
	switch {
	case a.Outcome == answers.OutcomeSuggested:
		next = answers.Dialogue{Asked: q.Text, Entry: d.Entry, Suggestions: a.Suggestions, AsOf: a.AsOfDay}
	case a.Outcome == answers.OutcomeDeclined:
		next.Suggestions = a.Suggestions // what is nearest is numbered too
	case a.Outcome == answers.OutcomeAnswered && a.Intent == answers.IntentQuestion && a.Entry != nil:
		next = answers.Dialogue{Asked: a.Entry.Question, Entry: a.Entry.ID}
		if !l.matcher.Elliptic(text.Fold(text.Clip(q.Text))) {
			next.Asked = q.Text
		}
	}
	return a, next
}

func (l *Library) turn(d answers.Dialogue, q answers.Question) answers.Answer {
	folded := text.Fold(text.Clip(q.Text))
	if e, ok := pick(d, folded); ok {
		if q.AsOf.IsZero() {
			q.AsOf = d.AsOf
		}
		return l.AnswerWith(e, q)
	}
	if slices.Contains(refusals, folded) && len(d.Suggestions) > 0 {
		return answers.Answer{Intent: answers.IntentQuestion, Outcome: answers.OutcomeDeclined}
	}
	if a, limited := l.limited(q, func(q answers.Question) answers.Answer { return l.turn(d, q) }); limited {
		return a
	}
	switch {
	case slices.Contains(askSources, folded) && d.Entry != "":
		return l.about(d.Entry, answers.IntentClaims, q)
	case slices.Contains(askTime, folded) && d.Entry != "":
		return l.about(d.Entry, answers.IntentTimeline, q)
	case slices.Contains(askCertainty, folded) && d.Entry != "":
		return l.AnswerWith(d.Entry, q)
	case slices.Contains(askSources, folded), slices.Contains(askTime, folded), slices.Contains(askCertainty, folded):
		return answers.Answer{Intent: answers.IntentQuestion, Outcome: answers.OutcomeDeclined, Notice: answers.NoReferent}
	case d.Asked == "" || !l.matcher.Elliptic(folded):
		return l.Ask(q)
	}
	// What is answered surely by itself leans on nothing, unless it points to something.
	if a := l.Ask(q); a.Outcome == answers.OutcomeAnswered && !l.matcher.Understand(q.Text).Points() && !match.Leads(folded) {
		return a
	}
	return l.inContext(d, q)
}

// Ways of asking about the answer just given, folded.
var (
	refusals   = []string{"none", "none of these", "none of them", "no", "neither", "nope", "0"}
	askSources = []string{"who says so", "says who", "who says that", "who said so", "who said that", "source", "sources", "source please", "your source",
		"whats the source", "what is the source", "where is that from", "where does that come from", "according to whom", "who reported that", "who is saying that",
		"who reported it", "and who says that", "whose claim is that", "link"}
	askTime = []string{"when was that", "when", "when was this", "and when", "when was it", "when did that happen", "what date was that", "what day was that",
		"which day", "as of when", "when was that said", "when did he say that", "when did she say that", "how recent is that", "how old is that"}
	askCertainty = []string{"is that confirmed", "is it confirmed", "confirmed", "really", "are you sure", "is that true", "is that certain", "how sure is that",
		"is that official", "so is that confirmed", "and is that confirmed", "is this confirmed", "you sure", "sure"}
)

// pick finds the suggestion that a number or an ordinal chooses.
func pick(d answers.Dialogue, folded string) (answers.EntryID, bool) {
	for i, s := range d.Suggestions {
		for _, way := range [][]string{
			{"1", "one", "first", "the first", "the first one", "first one", "number 1", "option 1"},
			{"2", "two", "second", "the second", "the second one", "second one", "number 2", "option 2"},
			{"3", "three", "third", "the third", "the third one", "third one", "number 3", "option 3", "the last one"},
		}[min(i, 2)] {
			if folded == way {
				return s.ID, true
			}
		}
		if folded == text.Fold(s.Question) {
			return s.ID, true
		}
	}
	return "", false
}

// about lists the claims that an entry stands on, for "who says so?" and "when was that?".
func (l *Library) about(id answers.EntryID, intent answers.Intent, q answers.Question) answers.Answer {
	at := slices.IndexFunc(l.facts.Entries(), func(e answers.Entry) bool { return e.ID == id })
	if at < 0 {
		return l.Ask(q)
	}
	first, _ := l.facts.Stated(at)
	return l.List(intent, first, q)
}

// inContext answers a turn that leans on the question before.
func (l *Library) inContext(d answers.Dialogue, q answers.Question) answers.Answer {
	f := l.matcher.Follow(d.Asked, d.Entry, text.Fold(text.Clip(q.Text)))
	switch {
	case f.Foreign:
		return l.Ask(q)
	case f.ByItself:
		return l.Ask(answers.Question{Text: f.Text, AsOf: q.AsOf, Today: q.Today})
	case f.Best == nil:
		return l.outOfContext(d, q, f.Alone)
	}
	best := *f.Best
	a := answers.Answer{Intent: answers.IntentQuestion, Confidence: best.Confidence, Why: l.matcher.Why(f.Alone, []match.Candidate{best})}
	return l.facts.Answer(a, l.facts.Entries()[best.Entry], facts.Asked{Premise: l.matcher.Premise(best), Polar: match.Polar(q.Text)}, q)
}

// outOfContext answers a turn that leans on the question before but fits nothing near it. Unless it says by itself what it is
// about, what it seems to ask is only offered.
func (l *Library) outOfContext(d answers.Dialogue, q answers.Question, alone match.Understood) answers.Answer {
	a := l.Ask(q)
	if a.Outcome != answers.OutcomeAnswered || a.Intent != answers.IntentQuestion || match.SelfContained(alone.Tokens) {
		return a
	}
	at := slices.IndexFunc(l.facts.Entries(), func(e answers.Entry) bool { return e.ID == a.Entry.ID })
	if l.matcher.Nearness(d.Entry, at) > 0 {
		return a
	}
	return answers.Answer{Intent: a.Intent, Outcome: answers.OutcomeSuggested, Confidence: a.Confidence, Why: a.Why,
		Suggestions: []answers.Suggestion{{ID: a.Entry.ID, Question: a.Entry.Question}}}
}
