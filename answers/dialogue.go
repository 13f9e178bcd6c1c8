package answers

import (
	"math"
	"slices"
	"strings"
)

// Dialogue is what one person and Parley have been talking about: all that a follow-up can refer to. It goes in with a
// question and comes out with the answer. The zero Dialogue is a fresh one.
type Dialogue struct {
	Asked       string       // the last question that was understood
	Entry       EntryID      // what answered it, if an entry did
	Suggestions []Suggestion // what was offered last, to be picked by number
}

// Converse answers a turn of a dialogue and returns the dialogue after it. What is no follow-up is answered like any
// other question.
func (l *Library) Converse(d Dialogue, q Question) (Answer, Dialogue) {
	a := l.turn(d, q)
	next := Dialogue{Asked: d.Asked, Entry: d.Entry}
	switch {
	case a.Outcome == OutcomeSuggested:
		next = Dialogue{Asked: q.Text, Suggestions: a.Suggestions}
	case a.Outcome == OutcomeAnswered && a.Intent == IntentQuestion && a.Entry != nil:
		next = Dialogue{Asked: a.Entry.Question, Entry: a.Entry.ID}
		if !elliptic(Fold(clip(q.Text))) {
			next.Asked = q.Text
		}
	}
	return a, next
}

func (l *Library) turn(d Dialogue, q Question) Answer {
	folded := Fold(clip(q.Text))
	if e, ok := d.pick(folded); ok {
		return l.AnswerWith(e, q)
	}
	if slices.Contains(refusals, folded) && len(d.Suggestions) > 0 {
		return Answer{Intent: IntentQuestion, Outcome: OutcomeDeclined}
	}
	if d.Entry != "" {
		switch {
		case slices.Contains(askSources, folded):
			return l.about(d.Entry, IntentClaims, q)
		case slices.Contains(askTime, folded):
			return l.about(d.Entry, IntentTimeline, q)
		case slices.Contains(askCertainty, folded):
			return l.AnswerWith(d.Entry, q)
		}
	}
	if d.Asked != "" && elliptic(folded) {
		return l.inContext(d, q, folded)
	}
	return l.Ask(q)
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
func (d Dialogue) pick(folded string) (EntryID, bool) {
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
		if folded == Fold(s.Question) {
			return s.ID, true
		}
	}
	return "", false
}

// about lists the claims that an entry stands on, for "who says so?" and "when was that?".
func (l *Library) about(id EntryID, intent Intent, q Question) Answer {
	at := slices.IndexFunc(l.entries, func(e Entry) bool { return e.ID == id })
	if at < 0 {
		return l.Ask(q)
	}
	f := filter{target{claims: l.stands[at].short}}
	a := Answer{Intent: intent, Outcome: OutcomeAnswered, Confidence: 1, AsOfDay: q.AsOf}
	l.listClaims(&a, f, l.onRecord(q.AsOf))
	if len(a.Claims) == 0 {
		a.Outcome, a.Confidence, a.Notice = OutcomeDeclined, 0, NothingByThen
	}
	a.AsOf = newestOf(a.Sources)
	a.grow(q.Today)
	return a
}

// Words with which a follow-up leans on the question before it.
var leanings = []string{"and ", "nd ", "so ", "ok ", "what about ", "how about ", "what of ", "but ", "also ", "same for ", "then ", "or "}

// elliptic reports whether a turn leans on the one before it: it begins so, points to something said, or is too short to
// stand by itself.
func elliptic(folded string) bool {
	if slices.ContainsFunc(leanings, func(l string) bool { return strings.HasPrefix(folded, l) }) {
		return true
	}
	words := strings.Fields(folded)
	content := 0
	for _, w := range words {
		if pointers[w] {
			return true
		}
		if !stopWords[w] {
			content++
		}
	}
	return content <= 1 && len(words) <= 6
}

// pointers are words that mean something said before.
var pointers = setOf("it that this they them he she his her their there those these bit exactly")

// Factors on the confidence of an entry within a dialogue.
const (
	relatedFactor   = 1.35 // it is on the topic of the entry before, or shares claims with it
	unrelatedFactor = 0.75
	repeatedFactor  = 0.7 // it is the entry before, which was just told
)

// inContext answers a turn that leans on the question before: a bare name takes the place of the one named there, and
// entries near the one before are believed more.
func (l *Library) inContext(d Dialogue, q Question, folded string) Answer {
	rest := withoutLeaning(folded)
	alone := l.understand(rest)
	if len(alone.unknown) > 0 || len(alone.tokens) == 0 {
		return l.Ask(q)
	}
	joined, bare := l.swapped(d.Asked, alone.tokens)
	if !bare {
		joined = rest + " " + Fold(d.Asked)
	}
	byItself := map[int]float64{}
	for _, m := range l.match(alone) {
		byItself[m.entry] = m.confidence
	}
	score := map[int]match{}
	for _, m := range l.match(l.understand(joined)) {
		if !l.holdsNames(m.entry, alone.tokens) {
			continue // "and Spain?" is not answered by what is on record of France
		}
		if !bare {
			// Both what was typed and what it leans on must speak for the entry.
			m.confidence = math.Sqrt(m.confidence * byItself[m.entry])
		}
		m.confidence *= l.nearness(d.Entry, m.entry)
		score[m.entry] = m
	}
	best := match{candidate: candidate{entry: -1}}
	for entry := range l.entries { // in order, so that ties do not depend on chance
		if m, ok := score[entry]; ok && m.confidence > best.confidence {
			best = m
		}
	}
	if best.entry < 0 || best.confidence < answerFrom || l.entries[best.entry].State == Frozen {
		return l.Ask(q)
	}
	a := Answer{Intent: IntentQuestion, Confidence: min(1, best.confidence), Why: l.why(alone, []match{best})}
	return l.answer(a, l.entries[best.entry], best, q)
}

func withoutLeaning(folded string) string {
	for _, lean := range leanings {
		if rest, ok := strings.CutPrefix(folded, lean); ok && rest != "" {
			return withoutLeaning(rest)
		}
	}
	return folded
}

// swapped puts a bare name in the place of the first name of its kind in a question: "and France?" after one on Britain.
func (l *Library) swapped(asked string, turn []token) (string, bool) {
	content := slices.DeleteFunc(slices.Clone(turn), func(t token) bool { return t.stop })
	if len(content) != 1 || content[0].entity == "" {
		return "", false
	}
	name := content[0]
	var words []string
	done := false
	for _, t := range l.understand(asked).tokens {
		if !done && t.entity != "" && kindOf(t.entity) == kindOf(name.entity) {
			words, done = append(words, name.text), true
			continue
		}
		words = append(words, t.text)
	}
	if !done {
		words = append(words, name.text)
	}
	return strings.Join(words, " "), true
}

// nearness is the factor by which an entry is believed after another one.
func (l *Library) nearness(before EntryID, entry int) float64 {
	at := slices.IndexFunc(l.entries, func(e Entry) bool { return e.ID == before })
	switch {
	case at < 0:
		return 1
	case at == entry:
		return repeatedFactor
	case l.siblings(at, entry) || overlaps(l.entries[at].Topics, l.entries[entry].Topics):
		return relatedFactor
	default:
		return unrelatedFactor
	}
}

// holdsNames reports whether an entry speaks of every name among the tokens.
func (l *Library) holdsNames(entry int, tokens []token) bool {
	return !slices.ContainsFunc(tokens, func(t token) bool { return t.entity != "" && !l.vocabulary.explains[entry][t.stem] })
}

// kindOf tells actors from places.
func kindOf(e entity) string {
	kind, _, _ := strings.Cut(string(e), "/")
	return kind
}
