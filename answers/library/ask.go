package library

import (
	"cmp"
	"slices"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/match"
	"parley/answers/text"
)

// Ask answers the questions of a message from the curated entries, offers some where it is not sure, declines, or stays silent where
// nothing is asked. It is total: any text gets an Answer.
func (l *Library) Ask(q answers.Question) answers.Answer {
	raw := text.Clip(q.Text)
	if text.Foreign(raw) {
		if e, ok := l.service(foreignLanguage); ok {
			return l.facts.Answer(answers.Answer{Confidence: 1}, e, facts.Asked{}, q)
		}
	}
	if text.Fold(raw) == "" {
		return answers.Answer{Intent: answers.IntentQuestion, Outcome: answers.OutcomeDeclined, Notice: answers.Empty}
	}
	whole := l.whole(raw)
	if len(whole.matches) > 0 && whole.matches[0].Exact() {
		return l.decide(whole, q)
	}
	if a, limited := l.limited(q, l.Ask); limited {
		return a
	}
	var found []reading
	clauses := match.Clauses(raw)
	for _, c := range clauses {
		for _, r := range l.readings(c) {
			if !slices.ContainsFunc(found, func(o reading) bool { return l.alike(o, r) }) {
				found = append(found, r)
			}
		}
	}
	sure := slices.DeleteFunc(slices.Clone(found), func(r reading) bool { return !l.sure(r) })
	switch {
	case len(found) == 0:
		whole.clause.Asks = clauses[0].Asks
		return l.decide(whole, q)
	case len(sure) == 0:
		return l.decide(slices.MaxFunc(found, func(a, b reading) int { return cmp.Compare(a.confidence(), b.confidence()) }), q)
	}
	a := l.decide(sure[0], q)
	for _, r := range sure[1:min(len(sure), maxQuestions)] {
		a.Also = append(a.Also, l.decide(r, q))
	}
	return a
}

// limited answers a question whose own words limit it to a day, without these words; false for another. Words that should name a day and do
// not are told, since an answer as of today would be another.
func (l *Library) limited(q answers.Question, answer func(answers.Question) answers.Answer) (answers.Answer, bool) {
	if !q.AsOf.IsZero() {
		return answers.Answer{}, false
	}
	d := l.lister.Dated(text.Clip(q.Text), q.Today)
	switch {
	case d.Unread != "" || !q.Today.IsZero() && d.AsOf.Compare(q.Today) > 0:
		told := cmp.Or(d.Unread, d.AsOf.String())
		return answers.Answer{Intent: answers.IntentQuestion, Outcome: answers.OutcomeDeclined, Notice: answers.NoDay, AsOfTold: told}, true
	case d.AsOf.IsZero():
		return answers.Answer{}, false
	case d.AsOf == q.Today:
		return answer(answers.Question{Text: d.Text, Today: q.Today}), true // all of the record
	}
	a := answer(answers.Question{Text: d.Text, AsOf: d.AsOf, Today: q.Today})
	a.AsOfDay, a.AsOfTold = d.AsOf, d.Told
	return a, true
}

// maxQuestions is how many questions of one message are answered: more would be a page nobody reads.
const maxQuestions = 3

// reading is a question as it is understood, with the entries that may answer it.
type reading struct {
	clause  match.Clause
	asked   match.Understood
	matches []match.Candidate
}

func (r reading) confidence() float64 {
	if len(r.matches) == 0 {
		return 0
	}
	return r.matches[0].Confidence
}

// whole reads a text as one question.
func (l *Library) whole(raw string) reading {
	u := l.matcher.Understand(raw)
	r := reading{match.Clause{Text: raw, Asks: match.Asks(raw)}, u, l.matcher.Match(u)}
	if len(r.matches) > 0 && l.isGap(r.matches[0]) && !l.gapAsked(r) { // a gap is no rival of an answer
		r.matches = slices.DeleteFunc(r.matches, l.isGap)
	}
	return r
}

func (l *Library) isGap(m match.Candidate) bool {
	return l.facts.Entries()[m.Entry].Kind == answers.KindGap
}

// readings reads a sentence: its questions one by one where each is answered surely, and else the sentence as one.
func (l *Library) readings(c match.Clause) []reading {
	var several []reading
	context := c.Context
	for _, part := range c.Parts {
		r, ok := l.read(match.Clause{Text: part, Context: context, Asks: true})
		if !ok || !l.sure(r) {
			several = nil
			break
		}
		several, context = append(several, r), context+" "+part
	}
	if several != nil {
		return several
	}
	if r, ok := l.read(c); ok {
		return []reading{r}
	}
	return nil
}

// read reads one question of a message. A clause that points to something is read with the names of the sentences before it, or with all of
// them. One that is not sure by itself leans on them, where they lead to an entry that it may be for by itself. A clause without content asks
// nothing.
func (l *Library) read(c match.Clause) (reading, bool) {
	r := l.whole(c.Text)
	r.clause = c
	if !r.asked.HasContent() {
		return r, c.Context == ""
	}
	points := r.asked.Points()
	if c.Context == "" || !points && l.sure(r) {
		return r, true
	}
	near := r.matches[:min(nearby, len(r.matches))]
	for _, text := range []string{c.Text + " " + l.matcher.Names(c.Context), c.Context + " " + c.Text} {
		leaning := l.whole(text)
		leaning.clause = c
		if l.sure(leaning) && (points || slices.ContainsFunc(near, func(m match.Candidate) bool { return m.Entry == leaning.matches[0].Entry })) {
			return leaning, true
		}
		if points {
			r = leaning
		}
	}
	return r, true
}

// nearby is how many of the candidates of a clause by itself may be what it asks for together with the sentences before it. The right entry
// is among the first three for 99 of 100 questions.
const nearby = 3

// sure reports whether a reading is answered by an entry.
func (l *Library) sure(r reading) bool {
	return len(r.matches) > 0 && r.confidence() >= l.matcher.Sure() && l.facts.Entries()[r.matches[0].Entry].Kind != answers.KindGap
}

// alike reports whether two readings lead to the same, or to entries that say in part the same.
func (l *Library) alike(a, b reading) bool {
	if len(a.matches) == 0 || len(b.matches) == 0 {
		return false
	}
	i, k := a.matches[0].Entry, b.matches[0].Entry
	return i == k || l.facts.Siblings(i, k)
}

// decide answers a reading, offers something, declines, or stays silent.
func (l *Library) decide(r reading, q answers.Question) answers.Answer {
	a := answers.Answer{Intent: answers.IntentQuestion, Outcome: answers.OutcomeDeclined, Why: answers.Why{Unknown: r.asked.Unknown}}
	if l.idle(r) {
		if match.Greets(r.clause.Text) { // the record has no answer of its own to that
			a.Notice = answers.Empty
			return a
		}
		a.Outcome = answers.OutcomeSilent
		return a
	}
	if !l.matcher.Knows(r.asked) {
		a.Notice = answers.Outside
	}
	if len(r.matches) == 0 {
		return a
	}
	best := r.matches[0]
	a.Confidence = best.Confidence
	a.Why = l.matcher.Why(r.asked, r.matches)
	e := l.facts.Entries()[best.Entry]
	held := l.facts.Held(e)
	switch {
	case e.State == answers.Retracted && best.Confidence >= match.SuggestFrom:
		a.Notice, a.Entry = answers.WasWithdrawn, &e
	case held != nil && best.Confidence >= match.SuggestFrom:
		return l.facts.HoldBack(a, e, *held)
	case e.Kind == answers.KindGap:
		a.Entry, a.Suggestions, a.Notice = &e, l.nearest(e), answers.NoNotice
	case best.Confidence >= l.matcher.Sure():
		a.Notice = answers.NoNotice
		return l.facts.Answer(a, e, facts.Asked{Premise: l.matcher.Premise(best), Polar: match.Polar(r.clause.Text)}, q)
	case best.Confidence >= match.SuggestFrom:
		a.Outcome, a.Notice = answers.OutcomeSuggested, answers.NoNotice
		a.Suggestions = l.suggestions(r.matches)
	default:
		a.Suggestions = l.suggestions(r.matches[:1])
	}
	return a
}

// gapAsked reports whether a question asks, in its own words, for what the gap that comes first says that no source answers: the gap accounts
// for each of its words of content, and no answer's phrasing is more like it.
func (l *Library) gapAsked(r reading) bool {
	gap := r.matches[0]
	if gap.Exact() {
		return true
	}
	if gap.Confidence < l.matcher.Sure() || len(r.asked.Unknown) > 0 {
		return false
	}
	rival := slices.IndexFunc(r.matches, func(m match.Candidate) bool { return !l.isGap(m) })
	return rival < 0 || r.matches[rival].Similarity() < gap.Similarity()
}

// idle reports whether a text asks for nothing: it has no question, is no phrase that Parley answers, and speaks to others, or is a sentence of
// which no entry is sure.
func (l *Library) idle(r reading) bool {
	if r.clause.Asks || match.Asks(r.clause.Text) {
		return false
	}
	if len(r.matches) > 0 && r.matches[0].Exact() {
		return false
	}
	if len(r.matches) > 0 && l.facts.Entries()[r.matches[0].Entry].Kind == answers.KindService {
		// Small talk is a closed list: each word of content must be the entry's.
		return r.confidence() < l.matcher.Sure() || !r.asked.HasContent() || len(l.matcher.Why(r.asked, r.matches).Missing) > 0
	}
	return match.Chats(r.clause.Text) || !l.sure(r) && (match.States(r.clause.Text) || !l.matcher.Knows(r.asked))
}

// AnswerWith answers with a certain entry, as one who picked it from suggestions wants. An entry that cannot be reached any
// more is declined.
func (l *Library) AnswerWith(id answers.EntryID, q answers.Question) answers.Answer {
	if a, limited := l.limited(q, func(q answers.Question) answers.Answer { return l.AnswerWith(id, q) }); limited && a.Notice != answers.NoDay {
		return a
	}
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
	return l.facts.Answer(a, e, facts.Asked{Polar: match.Polar(q.Text)}, q)
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
