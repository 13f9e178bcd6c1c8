package answers

import (
	"cmp"
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
	case a.Outcome == OutcomeDeclined:
		next.Suggestions = a.Suggestions // what is nearest is numbered too
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
	return l.List(intent, l.stands[at].short, q)
}

// List lists certain claims, in order of the record, or of time for a timeline; those told no more are left out.
func (l *Library) List(intent Intent, claims []ClaimID, q Question) Answer {
	a := Answer{Intent: intent, Outcome: OutcomeAnswered, Confidence: 1, AsOfDay: q.AsOf}
	l.listClaims(&a, filter{target{claims: claims}}, l.onRecord(q.AsOf))
	l.hold(&a)
	a.conclude(q.Today)
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
		if !stopWords[w] && !measures[w] {
			content++
		}
	}
	return content <= 1 && len(words) <= 6
}

// pointers are words that mean something said before.
var pointers = setOf("it that this they them he she his her their there those these bit exactly")

// What an entry gains or loses in rank, in log-odds, by what it has to do with the entry before.
const (
	relatedGain   = 1.0  // it is on the same topic, or shares claims
	unrelatedLoss = -1.0 // it has nothing to do with it
	repeatedLoss  = -3.0 // it is the same, which was just told
	// aloneShare is how much a turn by itself counts against the turn together with the question that it leans on.
	aloneShare = 0.5
)

// inContext answers a turn that leans on the question before: a bare name takes the place of the one named there, "he" is the
// person named there, and entries near the one before are believed more.
func (l *Library) inContext(d Dialogue, q Question, folded string) Answer {
	rest := l.referring(d.Asked, withoutLeaning(folded))
	alone := l.understand(rest)
	if len(alone.unknown) > 0 || len(alone.tokens) == 0 {
		return l.Ask(q)
	}
	byItself := l.match(alone)
	joined, bare := l.swapped(d.Asked, alone.tokens)
	if !bare {
		if len(byItself) > 0 && byItself[0].confidence >= l.head.sure && selfContained(alone.tokens) {
			return l.Ask(Question{Text: rest, AsOf: q.AsOf, Today: q.Today})
		}
		joined = rest + " " + Fold(d.Asked)
	}
	own := map[int]float64{}
	for _, m := range byItself {
		own[m.entry] = m.rank - byItself[0].rank
	}
	u := l.understand(joined)
	if !bare {
		u.asking, u.said = alone.asking, alone.said
	}
	matches := slices.DeleteFunc(l.match(u), func(m match) bool {
		return !l.holdsNames(m.entry, alone.tokens) // "and Spain?" is not answered by what is on record of France
	})
	for i := range matches {
		m := &matches[i]
		m.rank += l.nearness(d.Entry, m.entry)
		if rank, ok := own[m.entry]; ok && !bare {
			m.rank += aloneShare * rank
		} else if !bare && len(byItself) > 0 {
			m.rank += aloneShare * (byItself[len(byItself)-1].rank - byItself[0].rank)
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Compare(b.rank, a.rank) })
	if len(matches) == 0 || l.entries[matches[0].entry].State == Retracted || l.entries[matches[0].entry].Kind == KindGap ||
		l.held(l.entries[matches[0].entry]) != nil {
		return l.outOfContext(d, q, alone)
	}
	best := matches[0]
	best.evidence[margin] = best.rank - l.rivalRank(matches)
	best.confidence = l.head.probability(best.evidence)
	if best.confidence < l.head.sure {
		return l.outOfContext(d, q, alone)
	}
	a := Answer{Intent: IntentQuestion, Confidence: best.confidence, Why: l.why(alone, []match{best})}
	return l.answer(a, l.entries[best.entry], best, q)
}

// outOfContext answers a turn that leans on the question before but fits nothing near it. Unless it says by itself what it is
// about, what it seems to ask is only offered.
func (l *Library) outOfContext(d Dialogue, q Question, alone understood) Answer {
	a := l.Ask(q)
	if a.Outcome != OutcomeAnswered || a.Intent != IntentQuestion || selfContained(alone.tokens) {
		return a
	}
	at := slices.IndexFunc(l.entries, func(e Entry) bool { return e.ID == a.Entry.ID })
	if l.nearness(d.Entry, at) > 0 {
		return a
	}
	return Answer{Intent: a.Intent, Outcome: OutcomeSuggested, Confidence: a.Confidence, Why: a.Why,
		Suggestions: []Suggestion{{a.Entry.ID, a.Entry.Question}}}
}

// rivalRank is the rank of the best match that says something else than the first.
func (l *Library) rivalRank(matches []match) float64 {
	for _, m := range matches[1:] {
		if !l.siblings(matches[0].entry, m.entry) {
			return m.rank
		}
	}
	return 0
}

// referring puts the person whom the question before names in the place of "he" or "she".
func (l *Library) referring(asked, folded string) string {
	words := strings.Fields(folded)
	at := slices.IndexFunc(words, func(w string) bool { return w == "he" || w == "she" })
	if at < 0 || slices.ContainsFunc(l.gazetteer.tokens(words[:at]), func(t token) bool { return kindOf(t.entity) == "actor" }) {
		return folded // nobody is meant, or the one named just before
	}
	for _, t := range l.understand(asked).tokens {
		if id, ok := strings.CutPrefix(string(t.entity), "actor/"); ok && l.actor[ActorID(id)].Role != "" {
			words[at] = t.text
			return strings.Join(words, " ")
		}
	}
	return folded
}

// measures are words that only ask when, how long or how many.
var measures = setOf("since year years month months day days date time hour hours long size number")

// selfContained reports whether a turn says by itself what it is about: two words of content or more, and none such as "this".
func selfContained(tokens []token) bool {
	content := 0
	for _, t := range tokens {
		if pointers[t.text] {
			return false
		}
		if !t.stop && !measures[t.text] {
			content++
		}
	}
	return content > 1
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

// nearness is what an entry gains or loses after another one.
func (l *Library) nearness(before EntryID, entry int) float64 {
	at := slices.IndexFunc(l.entries, func(e Entry) bool { return e.ID == before })
	switch {
	case at < 0:
		return 0
	case at == entry:
		return repeatedLoss
	case l.siblings(at, entry) || overlaps(l.entries[at].Topics, l.entries[entry].Topics):
		return relatedGain
	default:
		return unrelatedLoss
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
