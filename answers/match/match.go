package match

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// Candidate is an entry as a possible answer to a question.
type Candidate struct {
	Entry      int
	phrasing   int     // the one of its phrasings that is nearest
	rank       float64 // what matches are ordered by
	Confidence float64 // the probability that the entry answers the question
	same       bool    // the question is one of its phrasings
	evidence
}

const (
	resembled = 3  // of these, the best whose phrasings are compared one by one
	closeLook = 20 // entries worth a close look, by the classifier's decision
	leastSuit = 0.05
	sameGain  = 100 // in log-odds, more than any other evidence: a phrasing leads to its entry
)

// Match ranks the entries that may answer, the best first, ties by entry.
func (mt *Matcher) Match(u Understood) []Candidate {
	v := mt.index.vector(u.Tokens)
	if len(v) == 0 {
		return nil
	}
	memory := mt.scratch.Get().(*scratch)
	defer mt.scratch.Put(memory)
	matches, gap := mt.likeliest(v, memory)
	words := mt.vocabulary.weigh(u)
	memory.typical = mt.typical.present(memory.typical[:0], v)
	familiarity, solitude := knownRuns(v), solitude(matches)
	for i := range matches {
		m := &matches[i]
		m.phrasing = int(mt.index.from[m.Entry])
		told := mt.vocabulary.account(words, m.Entry)
		m.evidence = evidence{
			decision:  m.rank,
			covered:   math.Log(max(leastSuit, told.share)),
			explained: told.sum,
			strange:   told.strangest,
			suited:    math.Log(max(leastSuit, mt.fit(u, m.Entry))),
			typical:   memory.typical[m.Entry],
			telling:   told.telling,
			familiar:  familiarity,
			alone:     solitude,
		}
		if !math.IsInf(gap, -1) {
			m.evidence[gapMargin] = m.evidence[decision] - gap
		}
		m.rank = mt.ranking.of(m.evidence)
	}
	slices.SortStableFunc(matches, byRank)
	mt.resemble(matches[:min(resembled, len(matches))], v, memory)
	slices.SortStableFunc(matches, byRank)
	for i := range matches {
		m := &matches[i]
		m.evidence[margin] = m.evidence[decision] - mt.rival(matches, i)
		m.Confidence = mt.head.probability(m.evidence)
		if m.same {
			m.Confidence = 1
		}
		if u.single() && m.evidence[similarity] < exactly && mt.entries[m.Entry].Kind != answers.KindService {
			m.Confidence = min(m.Confidence, SuggestFrom)
		}
	}
	return matches
}

// byRank orders matches, the best first, ties by entry.
func byRank(a, b Candidate) int {
	return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.Entry, b.Entry))
}

// resemble finds the phrasings nearest to a question, and how near they are.
func (mt *Matcher) resemble(matches []Candidate, v []component, memory *scratch) {
	if memory.asked == nil {
		memory.asked = make([]float32, len(mt.index.idf))
	}
	for _, c := range v {
		memory.asked[c.number] = c.weight
	}
	for i := range matches {
		near := mt.index.likeness(memory.asked, matches[i].Entry)
		matches[i].phrasing, matches[i].evidence[similarity] = near.phrasing, near.similarity
		if near.same {
			matches[i].same = true
			matches[i].rank += sameGain
		}
	}
	for _, c := range v {
		memory.asked[c.number] = 0
	}
}

// likeliest are the entries worth a close look, and the decision for the likeliest gap.
func (mt *Matcher) likeliest(v []component, memory *scratch) (matches []Candidate, gap float64) {
	memory.decisions = mt.classifier.decide(memory.decisions[:0], v)
	matches = make([]Candidate, 0, closeLook+1)
	gap = math.Inf(-1)
	for i, d := range memory.decisions {
		if mt.entries[i].Kind == answers.KindGap {
			gap = max(gap, d)
		}
		if len(matches) == closeLook && d <= matches[closeLook-1].rank {
			continue
		}
		at, _ := slices.BinarySearchFunc(matches, Candidate{Entry: i, rank: d}, byRank)
		matches = slices.Insert(matches, at, Candidate{Entry: i, rank: d})
		matches = matches[:min(closeLook, len(matches))]
	}
	return matches, gap
}

// solitude tells, of the likeliest entries, how unlikely all are but the first.
func solitude(matches []Candidate) float64 {
	odds := 0.0
	for _, m := range matches[min(1, len(matches)):] {
		odds += math.Exp(m.rank)
	}
	if odds == 0 {
		return 0
	}
	return -math.Log(odds)
}

// rival is the decision for the best of the other matches that says something else than the i-th.
func (mt *Matcher) rival(matches []Candidate, i int) float64 {
	for k, m := range matches {
		if k != i && !mt.facts.Siblings(matches[i].Entry, m.Entry) {
			return m.evidence[decision]
		}
	}
	return 0
}

// Factors by which an entry that was made for another kind of question is believed less.
const (
	otherAsking  = 0.65
	otherWho     = 0.85 // many ask for persons without "who"
	otherSpeaker = 0.5
	otherPlace   = 0.7  // Paris is not Alaska, however alike the questions are
	otherActor   = 0.85 // European troops are not American ones, though one answer may speak of both
)

// exactly is the similarity from which a single word is taken for a phrasing as it stands. Otherwise one word, however
// often it is repeated, tells too little of what is wanted; unless it is about Parley itself, such as "hello".
const exactly = 0.9

// fit tells how well an entry suits the kind of question: when, where, how many …, and what a certain person said.
func (mt *Matcher) fit(u Understood, entry int) float64 {
	fit := 1.0
	if u.asking != AskAny && !mt.profiles[entry].asked[u.asking] {
		if u.asking == askWho {
			fit *= otherWho
		} else {
			fit *= otherAsking
		}
	}
	if u.said && !mt.speaks(u, entry) {
		fit *= otherSpeaker
	}
	if mt.elsewhere(u, entry) {
		fit *= otherPlace
	}
	if asked, own := namesOf("actor", u.Tokens), mt.profiles[entry].actors; lacks(asked, own) && lacks(own, asked) {
		fit *= otherActor
	}
	return fit
}

// elsewhere reports whether the question names a place that the entry says nothing of, or whether the entry's own question
// names places and none of them is meant.
func (mt *Matcher) elsewhere(u Understood, entry int) bool {
	asked, own := namesOf("place", u.Tokens), mt.profiles[entry].places
	return slices.ContainsFunc(asked, func(e text.Entity) bool { return !mt.vocabulary.explains[entry][string(e)] }) ||
		len(asked) > 0 && len(own) > 0 && !answers.Overlap(asked, own)
}

// namesOf lists the names of a kind among tokens.
func namesOf(kind string, tokens []text.Token) []text.Entity {
	var names []text.Entity
	for _, t := range tokens {
		if t.Entity.Kind() == kind {
			names = append(names, t.Entity)
		}
	}
	return names
}

// lacks reports whether some name of the first list is not in the second.
func lacks(names, in []text.Entity) bool {
	return slices.ContainsFunc(names, func(e text.Entity) bool { return !slices.Contains(in, e) })
}

// speaks reports whether the entry states a claim of one of the actors in the question; true if it names none.
func (mt *Matcher) speaks(u Understood, entry int) bool {
	named := false
	for _, t := range u.Tokens {
		if id, ok := strings.CutPrefix(string(t.Entity), "actor/"); ok {
			named = true
			if mt.profiles[entry].speakers[answers.ActorID(id)] {
				return true
			}
		}
	}
	return !named
}

// Sure is the confidence from which an entry is the answer.
func (mt *Matcher) Sure() float64 { return mt.head.sure }

// Premise is the false premise that the phrasing nearest to the question rests on; nil for none.
func (mt *Matcher) Premise(m Candidate) *answers.Premise {
	at := mt.index.phrasings[m.phrasing].premise
	if at < 0 {
		return nil
	}
	return &mt.entries[m.Entry].Premises[at]
}

// Explains returns the stems that an entry accounts for. The caller must not change them.
func (mt *Matcher) Explains(entry int) map[string]bool { return mt.vocabulary.explains[entry] }
