package answers

import (
	"fmt"
	"slices"
)

// Editorial limits of an entry; see seeds/STYLE.md.
const (
	minPhrasings  = 10
	maxShortWords = 170 // a dispute with six positions, side by side
)

// entries checks that each live entry stands on claims of its own, names their claimants, and shows every side of its
// dispute.
func (l *linter) entries() {
	for _, e := range l.Entries {
		at := Subject{Noun: NounEntry, ID: string(e.ID)}
		oneOf(l, at, "kind", e.Kind, KindAnswer, KindOverview, KindService, KindFAQ, KindGap)
		oneOf(l, at, "state", e.State, Draft, InReview, Live, Retracted)
		l.required(at, "question", e.Question)
		if e.Kind != KindGap {
			l.required(at, "short", string(e.Short))
		}
		known(l, at, "topics", e.Topics, l.topic)
		if len(e.Topics) == 0 {
			l.report(at, "the entry has no topic")
		}
		if e.State == Retracted {
			l.required(at, "withdrawn", e.Withdrawn)
			continue // nobody is shown its text any more
		}
		if e.State == Live {
			l.ready(at, e)
		}
		if e.Kind == KindService {
			l.service(at, e)
			continue
		}
		if e.Kind == KindGap {
			l.gap(at, e)
			continue
		}
		if len(e.Nearest) > 0 {
			l.report(at, "only a gap names what is nearest")
		}
		if len(e.Short.Claims()) == 0 {
			l.report(at, "the short answer stands on no claim")
		}
		if e.Kind == KindFAQ {
			continue // its editors answer for its words
		}
		if n := words(e.Short.Plain()); n > maxShortWords {
			l.report(Subject{NounEntry, string(e.ID), "short", 0}, "the short answer has %d words; at most %d are allowed", n, maxShortWords)
		}
		l.prose(Subject{NounEntry, string(e.ID), "short", 0}, e.Short, named)
		l.prose(Subject{NounEntry, string(e.ID), "detail", 0}, e.Detail, unnamed)
		for i, p := range e.Premises {
			l.premise(Subject{NounEntry, string(e.ID), "premises", i + 1}, p)
		}
		l.sides(e)
	}
}

// ready checks what only an entry that is shown needs.
func (l *linter) ready(at Subject, e Entry) {
	if e.Review.IsZero() {
		l.report(at, "a live entry needs a review date")
	}
	if n := len(e.Phrasings); n < minPhrasings && e.Kind != KindFAQ {
		at.Field = "phrasings"
		l.report(at, "there are %d phrasings; at least %d are needed", n, minPhrasings)
	}
}

func (l *linter) service(at Subject, e Entry) {
	if len(e.Short.Claims())+len(e.Detail.Claims()) > 0 {
		l.report(at, "a service entry speaks of Parley and stands on no claim")
	}
	if e.Dispute != "" || len(e.Premises) > 0 {
		l.report(at, "a service entry has neither dispute nor premises")
	}
}

// gap checks that an entry for what the record cannot answer says nothing, and offers what can be had.
func (l *linter) gap(at Subject, e Entry) {
	if e.Short != "" || e.Detail != "" || e.Dispute != "" || len(e.Premises) > 0 {
		l.report(at, "a gap has neither answer nor dispute nor premises")
	}
	for i, id := range e.Nearest {
		at := Subject{NounEntry, string(e.ID), "nearest", i + 1}
		near, ok := l.entry[id]
		switch {
		case !ok:
			l.report(at, "there is no entry %q", id)
		case near.Kind == KindGap || near.State != Live:
			l.report(at, "%q cannot be offered as nearest: it is no live answer", id)
		}
	}
}

func (l *linter) premise(at Subject, p Premise) {
	if p.Assumes == "" {
		l.report(at, "what the premise assumes is missing")
	}
	if len(p.Correction.Claims()) == 0 {
		l.report(at, "the correction stands on no claim")
	}
	if len(p.Phrasings) == 0 {
		l.report(at, "the premise has no phrasing")
	}
	l.prose(at, p.Correction, named)
}

// sides checks that the answer to a dispute shows each of its positions.
func (l *linter) sides(e Entry) {
	if e.Dispute == "" {
		return
	}
	at := Subject{NounEntry, string(e.ID), "dispute", 0}
	d, ok := l.dispute[e.Dispute]
	if !ok {
		l.report(at, "there is no %q", e.Dispute)
		return
	}
	cited := e.Short.Claims()
	for _, p := range d.Positions {
		if !overlaps(p.Text.Claims(), cited) {
			l.report(at, "the short answer leaves out the position of %s", p.Holder)
		}
	}
}

func overlaps[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

// phrasings checks that no phrasing leads to two entries, or to an entry and to one of its own premises.
func (l *linter) phrasings() {
	owner := map[string]string{}
	asked := l.questions()
	claim := func(at Subject, to, text string) {
		folded := Fold(text)
		if other, taken := asked[folded]; taken && to != string(other) {
			l.report(at, "the phrasing %q also leads to %s", text, other)
		}
		if folded == "" {
			l.report(at, "the phrasing %q has no letters", text)
		} else if other, taken := owner[folded]; taken && other == to {
			l.report(at, "the phrasing %q stands twice", text)
		} else if taken {
			l.report(at, "the phrasing %q also leads to %s", text, other)
		}
		owner[folded] = to
	}
	for _, e := range l.Entries {
		if e.State == Retracted {
			continue // another entry may take its place
		}
		for i, text := range e.Phrasings {
			claim(Subject{NounEntry, string(e.ID), "phrasings", i + 1}, string(e.ID), text)
		}
		for i, p := range e.Premises {
			for _, text := range p.Phrasings {
				claim(Subject{NounEntry, string(e.ID), "premises", i + 1}, fmt.Sprintf("%s, premise %d", e.ID, i+1), text)
			}
		}
	}
}

// questions maps each curated question, folded, to its entry, and reports those that two entries share. A phrasing may
// repeat the question of its own entry.
func (l *linter) questions() map[string]EntryID {
	asked := map[string]EntryID{}
	for _, e := range l.Entries {
		if e.State == Retracted {
			continue
		}
		folded := Fold(e.Question)
		if other, taken := asked[folded]; taken && other != e.ID {
			l.report(Subject{NounEntry, string(e.ID), "question", 0}, "the question also leads to %s", other)
		} else if folded != "" {
			asked[folded] = e.ID
		}
	}
	return asked
}

// maxGoldSimilarity is the Jaccard similarity of stems from which a gold question counts as nearly equal to a phrasing:
// it would measure memory instead of matching.
const maxGoldSimilarity = 0.9

// gold checks that each gold question says what must come back, and that none repeats a phrasing.
func (l *linter) gold() {
	for _, g := range l.Gold {
		at := Subject{Noun: NounGold, ID: string(g.ID)}
		l.required(at, "ask", g.Ask)
		oneOf(l, at, "use", g.Use, Tune, Measure)
		oneOf(l, at, "kind", g.Kind, GoldInScope, GoldFalsePremise, GoldCheck, GoldAsOf, GoldFollowUp, GoldOffRecord,
			GoldOutOfScope, GoldHostile, GoldService)
		known(l, at, "claims", g.Claims, l.claim)
		known(l, at, "sources", g.Sources, l.source)
		l.expectation(at, g)
	}
	l.repeats()
}

// expectation checks that what a gold question expects fits its kind.
func (l *linter) expectation(at Subject, g Gold) {
	if (g.Kind == GoldInScope || g.Kind == GoldFalsePremise || g.Kind == GoldFollowUp) && len(g.Claims) == 0 {
		l.report(at, "a question of kind %s needs the claims of which one must come back", g.Kind)
	}
	if (g.Kind == GoldOffRecord || g.Kind == GoldOutOfScope || g.Kind == GoldHostile) && len(g.Claims) > 0 {
		l.report(at, "a question of kind %s must be declined, so no claim can be expected", g.Kind)
	}
	if g.Kind == GoldService && len(g.Claims) > 0 {
		l.report(at, "a service entry stands on no claim, so no claim can be expected")
	}
	if (g.Kind == GoldCheck) != (g.Rating != "") {
		l.report(at, "a rating belongs to a statement to check, and to nothing else")
	}
	if g.Rating != "" {
		oneOf(l, at, "rating", g.Rating, RatedSupported, RatedOverstated, RatedContradicted, RatedContested, RatedOutdated, RatedNotInRecord)
		if (g.Rating == RatedNotInRecord) != (len(g.Claims) == 0) {
			l.report(at, "exactly a statement that is not in the record has no claims")
		}
	}
	if (g.Kind == GoldAsOf) != !g.AsOf.IsZero() {
		l.report(at, "an as-of day belongs to an as-of question, and to nothing else")
	}
	if (g.Kind == GoldFollowUp) != (len(g.After) > 0) {
		l.report(at, "earlier turns belong to a follow-up, and to nothing else")
	}
}

// repeats reports gold questions that equal or nearly equal a phrasing.
func (l *linter) repeats() {
	if len(l.Gold) == 0 {
		return
	}
	byStem := map[string][]int{}
	var stems [][]string
	var owners []EntryID
	for _, e := range l.Entries {
		for _, text := range e.allPhrasings() {
			set := stemSet(text)
			for _, s := range set {
				byStem[s] = append(byStem[s], len(stems))
			}
			stems, owners = append(stems, set), append(owners, e.ID)
		}
	}
	for _, g := range l.Gold {
		if g.Kind == GoldService || g.Kind == GoldFollowUp {
			continue // there are only so many ways to say hello, or "who says so?"
		}
		ask := stemSet(g.Ask)
		shared := map[int]int{}
		for _, s := range ask {
			for _, at := range byStem[s] {
				shared[at]++
			}
		}
		first := len(stems)
		for at, n := range shared {
			if at < first && float64(n)/float64(len(ask)+len(stems[at])-n) >= maxGoldSimilarity {
				first = at
			}
		}
		if first < len(stems) {
			l.report(Subject{NounGold, string(g.ID), "ask", 0}, "the question nearly equals a phrasing of %s", owners[first])
		}
	}
}
