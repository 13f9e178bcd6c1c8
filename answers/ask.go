package answers

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Thresholds of confidence, chosen on the gold questions of use "tune" by TestThresholds, which prints the table: from
// answerFrom up an entry is the answer; from suggestFrom up it is offered.
const (
	answerFrom  = 0.46
	suggestFrom = 0.22
	// lead is by how much an answer must lead the runner-up, unless that one stands on a claim it has in common.
	lead = 0.02
	// most is how many entries are looked at closely, and maxSuggestions how many are offered: more is no choice.
	most           = 12
	maxSuggestions = 3
)

// Ask answers a question from the curated entries, offers some when it is not sure, or declines. It is total: any text
// gets an Answer.
func (l *Library) Ask(q Question) Answer {
	text := clip(q.Text)
	if mostlyForeign(text) {
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
	switch e := l.entries[best.entry]; {
	case e.State == Frozen && best.confidence >= suggestFrom:
		a.Notice = UnderReview
		a.Entry = &e
	case best.confidence >= answerFrom && l.leads(matches):
		return l.answer(a, e, best, q)
	case best.confidence >= suggestFrom:
		a.Outcome = OutcomeSuggested
		a.Suggestions = l.suggestions(matches, suggestFrom/2)
	default:
		a.Suggestions = l.suggestions(matches[:1], suggestFrom/3)
	}
	return a
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
}

func (l *Library) understand(text string) understood {
	var u understood
	words := strings.Fields(Fold(text))
	for i, w := range words {
		if mended, ok := l.vocabulary.mend(w); ok {
			words[i] = mended
		} else if !l.vocabulary.words[w] && !commonEnglish(w) && !slices.Contains(u.unknown, w) {
			u.unknown = append(u.unknown, w)
		}
	}
	u.tokens = l.gazetteer.tokens(words)
	return u
}

// match is a candidate after a close look.
type match struct {
	candidate
	coverage   float64 // share of the question's content that the entry accounts for, by weight
	confidence float64
}

// match ranks the entries that may answer, the most confident first, ties by entry.
func (l *Library) match(u understood) []match {
	candidates := l.index.rank(u.tokens)
	var matches []match
	for _, c := range candidates[:min(most, len(candidates))] {
		m := match{candidate: c, coverage: l.vocabulary.coverage(u, c.entry)}
		m.confidence = math.Sqrt(c.similarity) * m.coverage
		matches = append(matches, m)
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Compare(b.confidence, a.confidence) })
	return matches
}

// Weights of what a question contains, relative to the rarest word of the record.
const (
	unknownWeight  = 1.5 // a name or thing that nobody here has heard of is what the question is about
	ordinaryWeight = 0.5 // a common word that the record does not use may still be what it is about
	entityWeight   = 1.3 // a known name that the entry says nothing about
)

// coverage is the weighted share of a question's content that an entry accounts for; 1 for a question without content.
func (v *vocabulary) coverage(u understood, entry int) float64 {
	explained, all := 0.0, 0.0
	for _, t := range u.tokens {
		if t.stop {
			continue
		}
		w, inRecord := v.weight[t.stem]
		switch {
		case t.entity != "":
			w = max(w, v.rarest/4) * entityWeight
		case inRecord:
		case slices.Contains(u.unknown, t.text):
			w = v.rarest * unknownWeight
		default:
			w = v.rarest * ordinaryWeight
		}
		all += w
		if v.explains[entry][t.stem] {
			explained += w
		}
	}
	if all == 0 {
		return 1
	}
	return explained / all
}

// leads reports whether the first match may answer alone: the second is clearly behind it, or says the same.
func (l *Library) leads(matches []match) bool {
	if len(matches) < 2 || matches[0].confidence-matches[1].confidence >= lead {
		return true
	}
	return overlaps(l.entries[matches[0].entry].Short.Claims(), l.entries[matches[1].entry].Short.Claims())
}

func (l *Library) suggestions(matches []match, from float64) []Suggestion {
	var out []Suggestion
	for _, m := range matches {
		e := l.entries[m.entry]
		if m.confidence >= from && e.State == Live && e.Kind != KindService && len(out) < maxSuggestions {
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
