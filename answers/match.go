package answers

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// match is a candidate after a close look.
type match struct {
	candidate
	coverage   float64 // share of the question's content that the entry accounts for, by weight
	confidence float64
}

// match ranks the entries that may answer, the most confident first, ties by entry.
func (l *Library) match(u understood) []match {
	const most = 12 // candidates worth a close look
	candidates := l.index.rank(u.tokens)
	var matches []match
	for _, c := range candidates[:min(most, len(candidates))] {
		m := match{candidate: c, coverage: l.vocabulary.coverage(u, c.entry)}
		m.confidence = math.Sqrt(c.similarity) * m.coverage * l.fit(u, c.entry)
		if u.single() && c.similarity < exactly && l.entries[c.entry].Kind != KindService {
			m.confidence = min(m.confidence, suggestFrom)
		}
		matches = append(matches, m)
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Compare(b.confidence, a.confidence) })
	if len(matches) > 0 {
		matches[0].confidence = max(0, matches[0].confidence-rivalry*l.rival(matches))
	}
	return matches
}

// rivalry is how much of the best rival's confidence counts against the first match.
const rivalry = 0.3

// rival is the confidence of the best match that says something else than the first.
func (l *Library) rival(matches []match) float64 {
	for _, m := range matches[1:] {
		if !l.siblings(matches[0].entry, m.entry) {
			return m.confidence
		}
	}
	return 0
}

// siblings reports whether two entries say in part the same, so that either is a right answer to much the same questions.
func (l *Library) siblings(a, b int) bool {
	return overlaps(l.stands[a].short, l.stands[b].all) || overlaps(l.stands[b].short, l.stands[a].all)
}

// Factors by which an entry that was made for another kind of question is believed less.
const (
	otherAsking  = 0.65
	otherWho     = 0.85 // many ask for persons without "who"
	otherSpeaker = 0.6
	otherPlace   = 0.7  // Paris is not Alaska, however alike the questions are
	otherActor   = 0.85 // European troops are not American ones, though one answer may speak of both
)

// exactly is the similarity from which a single word is taken for a phrasing as it stands. Otherwise one word, however
// often it is repeated, tells too little of what is wanted; unless it is about Parley itself, such as "hello".
const exactly = 0.9

// fit tells how well an entry suits the kind of question: when, where, how many …, and what a certain person said.
func (l *Library) fit(u understood, entry int) float64 {
	fit := 1.0
	if u.asking != askAny && !l.asked[entry][u.asking] {
		if u.asking == askWho {
			fit *= otherWho
		} else {
			fit *= otherAsking
		}
	}
	if u.said && !l.speaks(u, entry) {
		fit *= otherSpeaker
	}
	if l.elsewhere(u, entry) {
		fit *= otherPlace
	}
	if asked, own := namesOf("actor", u.tokens), l.actors[entry]; lacks(asked, own) && lacks(own, asked) {
		fit *= otherActor
	}
	return fit
}

// elsewhere reports whether the question names a place that the entry says nothing of, or whether the entry's own question
// names places and none of them is meant.
func (l *Library) elsewhere(u understood, entry int) bool {
	asked, own := namesOf("place", u.tokens), l.places[entry]
	return slices.ContainsFunc(asked, func(e entity) bool { return !l.vocabulary.explains[entry][string(e)] }) ||
		len(asked) > 0 && len(own) > 0 && !overlaps(asked, own)
}

// namesOf lists the names of a kind among tokens.
func namesOf(kind string, tokens []token) []entity {
	var names []entity
	for _, t := range tokens {
		if kindOf(t.entity) == kind {
			names = append(names, t.entity)
		}
	}
	return names
}

// lacks reports whether some name of the first list is not in the second.
func lacks(names, in []entity) bool {
	return slices.ContainsFunc(names, func(e entity) bool { return !slices.Contains(in, e) })
}

// speaks reports whether the entry states a claim of one of the actors in the question; true if it names none.
func (l *Library) speaks(u understood, entry int) bool {
	named := false
	for _, t := range u.tokens {
		if id, ok := strings.CutPrefix(string(t.entity), "actor/"); ok {
			named = true
			if l.speakers[entry][ActorID(id)] {
				return true
			}
		}
	}
	return !named
}

// Weights of what a question contains, relative to the rarest word of the record.
const (
	unknownWeight = 1.3 // a name or thing that nobody here has heard of is what the question is about
	namedWeight   = 2.0 // a known name that the entry speaks of
	missingWeight = 3.0 // a known name that it does not
	recordWeight  = 0.75
)

// ordinaryWeight is the weight of a word that the record does not use: the rarer it is in English, the likelier the
// question is about it.
func ordinaryWeight(c commonness) float64 {
	switch {
	case c <= 10:
		return 0.25
	case c <= 20:
		return 0.35
	default:
		return 0.6
	}
}

// coverage is the share of a question's content that an entry accounts for.
func (v *vocabulary) coverage(u understood, entry int) float64 { return v.share(u, v.explains[entry]) }

// share is the weighted share of an utterance's content that the stems account for; 1 for an utterance without content.
func (v *vocabulary) share(u understood, stems map[string]bool) float64 {
	explained, all := 0.0, 0.0
	for _, t := range u.tokens {
		if t.stop {
			continue
		}
		w, inRecord := v.weight[t.stem]
		known := stems[t.stem]
		switch {
		case t.entity != "" && known:
			w = max(w, v.rarest/4) * namedWeight
		case t.entity != "":
			w = max(w, v.rarest/4) * missingWeight
		case inRecord && known:
		case inRecord:
			w *= recordWeight
		case slices.Contains(u.unknown, t.text):
			w = v.rarest * unknownWeight
		default:
			w = v.rarest * ordinaryWeight(commonEnglish(t.text))
		}
		all += w
		if known {
			explained += w
		}
	}
	if all == 0 {
		return 1
	}
	return explained / all
}
