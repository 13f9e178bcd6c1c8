package lint

import (
	"fmt"
	"slices"

	"parley/answers"
	"parley/answers/text"
)

// minPhrasings is an editorial limit; see seeds/STYLE.md.
const minPhrasings = 10

// entries checks that each live entry stands on claims of its own, names their claimants, and shows every side of its
// dispute.
func (l *linter) entries() {
	for _, e := range l.Entries {
		at := Subject{Noun: answers.NounEntry, ID: string(e.ID)}
		oneOf(l, at, "kind", e.Kind, answers.KindAnswer, answers.KindOverview, answers.KindService, answers.KindFAQ, answers.KindGap)
		oneOf(l, at, "state", e.State, answers.Draft, answers.InReview, answers.Live, answers.Retracted)
		l.required(at, "question", e.Question)
		if e.Kind != answers.KindGap {
			l.required(at, "lead", string(e.Lead))
		}
		known(l, at, "topics", e.Topics, l.topic)
		if len(e.Topics) == 0 {
			l.report(at, "the entry has no topic")
		}
		if e.State == answers.Retracted {
			l.required(at, "withdrawn", e.Withdrawn)
			continue // nobody is shown its text any more
		}
		if e.State == answers.Live {
			l.ready(at, e)
		}
		if e.Kind == answers.KindService {
			l.service(at, e)
			continue
		}
		if e.Kind == answers.KindGap {
			l.gap(at, e)
			continue
		}
		if len(e.Nearest) > 0 {
			l.report(at, "only a gap names what is nearest")
		}
		if len(e.Said().Claims()) == 0 {
			l.report(at, "the answer stands on no claim")
		}
		if e.Kind == answers.KindFAQ {
			continue // its editors answer for its words
		}
		l.paragraph(at, "lead", string(e.Lead.With(e.Polar, e.Basis, e.Caveat, e.Detail)))
		l.anatomy(e)
		for i, p := range e.Premises {
			l.premise(Subject{answers.NounEntry, string(e.ID), "premises", i + 1}, p)
		}
		l.sides(e)
		l.beside(e)
	}
}

// ready checks what only an entry that is shown needs.
func (l *linter) ready(at Subject, e answers.Entry) {
	if e.Review.IsZero() {
		l.report(at, "a live entry needs a review date")
	}
	if n := len(e.Phrasings); n < minPhrasings && e.Kind != answers.KindFAQ {
		at.Field = "phrasings"
		l.report(at, "there are %d phrasings; at least %d are needed", n, minPhrasings)
	}
}

func (l *linter) service(at Subject, e answers.Entry) {
	if len(e.Stated()) > 0 {
		l.report(at, "a service entry speaks of Parley and stands on no claim")
	}
	if e.Dispute != "" || len(e.Premises) > 0 {
		l.report(at, "a service entry has neither dispute nor premises")
	}
}

// gap checks that an entry for what the record cannot answer says nothing, and offers what can be had.
func (l *linter) gap(at Subject, e answers.Entry) {
	if e.Lead.With(e.Polar, e.Basis, e.Caveat, e.Detail) != "" || e.Dispute != "" || len(e.Premises) > 0 {
		l.report(at, "a gap has neither answer nor dispute nor premises")
	}
	for i, id := range e.Nearest {
		at := Subject{answers.NounEntry, string(e.ID), "nearest", i + 1}
		near, ok := l.entry[id]
		switch {
		case !ok:
			l.report(at, "there is no entry %q", id)
		case near.Kind == answers.KindGap || near.State != answers.Live:
			l.report(at, "%q cannot be offered as nearest: it is no live answer", id)
		}
	}
}

func (l *linter) premise(at Subject, p answers.Premise) {
	if p.Assumes == "" {
		l.report(at, "what the premise assumes is missing")
	}
	if len(p.Correction.Claims()) == 0 {
		l.report(at, "the correction stands on no claim")
	}
	if len(p.Phrasings) == 0 {
		l.report(at, "the premise has no phrasing")
	}
	if !slices.Contains([]answers.PremiseKind{answers.PremiseDenied, answers.PremiseWeaker, answers.PremiseNotOnRecord}, p.Kind) {
		l.report(at, "the premise is of kind %q; it must be %q, %q or %q", p.Kind, answers.PremiseDenied, answers.PremiseWeaker, answers.PremiseNotOnRecord)
	}
	l.prose(at, p.Correction, named)
}

// beside checks that an entry states a side of each dispute that is shown beside it.
func (l *linter) beside(e answers.Entry) {
	for i, id := range e.Beside {
		at := Subject{answers.NounEntry, string(e.ID), "beside", i + 1}
		d, ok := l.dispute[id]
		switch {
		case !ok:
			l.report(at, "there is no %q", id)
		case id == e.Dispute:
			l.report(at, "the entry is the answer to %q", id)
		case !slices.ContainsFunc(d.Positions, func(p answers.Position) bool { return answers.Overlap(p.Text.Claims(), e.First()) }):
			l.report(at, "what is stated first takes no side of %q", id)
		}
	}
}

// sides checks that the answer to a dispute shows each of its positions.
func (l *linter) sides(e answers.Entry) {
	if e.Dispute == "" {
		return
	}
	at := Subject{answers.NounEntry, string(e.ID), "dispute", 0}
	d, ok := l.dispute[e.Dispute]
	if !ok {
		l.report(at, "there is no %q", e.Dispute)
		return
	}
	cited := e.Lead.With(e.Basis, e.Caveat).Claims()
	for _, p := range d.Positions {
		if !answers.Overlap(p.Text.Claims(), cited) {
			l.report(at, "what is stated first leaves out the position of %s", p.Holder)
		}
	}
}

// phrasings checks that no phrasing leads to two entries, or to an entry and to one of its own premises.
func (l *linter) phrasings() {
	owner := map[string]string{}
	asked := l.questions()
	claim := func(at Subject, to, raw string) {
		folded := text.Fold(raw)
		if other, taken := asked[folded]; taken && to != string(other) {
			l.report(at, "the phrasing %q also leads to %s", raw, other)
		}
		if folded == "" {
			l.report(at, "the phrasing %q has no letters", raw)
		} else if other, taken := owner[folded]; taken && other == to {
			l.report(at, "the phrasing %q stands twice", raw)
		} else if taken {
			l.report(at, "the phrasing %q also leads to %s", raw, other)
		}
		owner[folded] = to
	}
	for _, e := range l.Entries {
		if e.State == answers.Retracted {
			continue // another entry may take its place
		}
		for i, raw := range e.Phrasings {
			claim(Subject{answers.NounEntry, string(e.ID), "phrasings", i + 1}, string(e.ID), raw)
		}
		for i, p := range e.Premises {
			for _, raw := range p.Phrasings {
				claim(Subject{answers.NounEntry, string(e.ID), "premises", i + 1}, fmt.Sprintf("%s, premise %d", e.ID, i+1), raw)
			}
		}
	}
}

// questions maps each curated question, folded, to its entry, and reports those that two entries share. A phrasing may
// repeat the question of its own entry.
func (l *linter) questions() map[string]answers.EntryID {
	asked := map[string]answers.EntryID{}
	for _, e := range l.Entries {
		if e.State == answers.Retracted {
			continue
		}
		folded := text.Fold(e.Question)
		if other, taken := asked[folded]; taken && other != e.ID {
			l.report(Subject{answers.NounEntry, string(e.ID), "question", 0}, "the question also leads to %s", other)
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
		at := Subject{Noun: answers.NounGold, ID: string(g.ID)}
		l.required(at, "ask", g.Ask)
		oneOf(l, at, "use", g.Use, answers.Tune, answers.Measure)
		oneOf(l, at, "kind", g.Kind, answers.GoldInScope, answers.GoldFalsePremise, answers.GoldCheck, answers.GoldAsOf, answers.GoldFollowUp, answers.GoldOffRecord,
			answers.GoldOutOfScope, answers.GoldHostile, answers.GoldService)
		known(l, at, "claims", g.Claims, l.claim)
		known(l, at, "sources", g.Sources, l.source)
		l.expectation(at, g)
	}
	l.repeats()
}

// expectation checks that what a gold question expects fits its kind.
func (l *linter) expectation(at Subject, g answers.Gold) {
	if (g.Kind == answers.GoldInScope || g.Kind == answers.GoldFalsePremise || g.Kind == answers.GoldFollowUp) && len(g.Claims) == 0 {
		l.report(at, "a question of kind %s needs the claims of which one must come back", g.Kind)
	}
	if (g.Kind == answers.GoldOffRecord || g.Kind == answers.GoldOutOfScope || g.Kind == answers.GoldHostile) && len(g.Claims) > 0 {
		l.report(at, "a question of kind %s must be declined, so no claim can be expected", g.Kind)
	}
	if g.Kind == answers.GoldService && len(g.Claims) > 0 {
		l.report(at, "a service entry stands on no claim, so no claim can be expected")
	}
	if (g.Kind == answers.GoldCheck) != (g.Rating != "") {
		l.report(at, "a rating belongs to a statement to check, and to nothing else")
	}
	if g.Rating != "" {
		oneOf(l, at, "rating", g.Rating, answers.RatedSupported, answers.RatedOverstated, answers.RatedContradicted, answers.RatedContested, answers.RatedOutdated, answers.RatedNotInRecord)
		if (g.Rating == answers.RatedNotInRecord) != (len(g.Claims) == 0) {
			l.report(at, "exactly a statement that is not in the record has no claims")
		}
	}
	if (g.Kind == answers.GoldAsOf) != !g.AsOf.IsZero() {
		l.report(at, "an as-of day belongs to an as-of question, and to nothing else")
	}
	if (g.Kind == answers.GoldFollowUp) != (len(g.After) > 0) {
		l.report(at, "earlier turns belong to a follow-up, and to nothing else")
	}
}

// repeats reports gold questions that equal or nearly equal a phrasing, and statements to measure by that so equal a sentence of a frame.
func (l *linter) repeats() {
	if len(l.Gold) == 0 {
		return
	}
	byStem := map[string][]int{}
	var stems [][]string
	var owners []string
	enter := func(raw, owner string) {
		set := text.StemSet(raw)
		for _, s := range set {
			byStem[s] = append(byStem[s], len(stems))
		}
		stems, owners = append(stems, set), append(owners, owner)
	}
	for _, e := range l.Entries {
		for _, raw := range e.AllPhrasings() {
			enter(raw, string(e.ID))
		}
	}
	phrasings := len(stems)
	for _, c := range l.Claims {
		for _, raw := range slices.Concat(c.Frame.Wordings, c.Frame.Beyond, c.Frame.Denied, c.Frame.Disputed) {
			enter(raw, string(c.ID))
		}
	}
	shared := make([]int, len(stems)) // how many stems a question has in common with each text
	for _, g := range l.Gold {
		if g.Kind == answers.GoldCheck && g.Use == answers.Tune {
			continue // curators may take the record's words from it
		}
		if g.Kind == answers.GoldService || g.Kind == answers.GoldFollowUp {
			continue // there are only so many ways to say hello, or "who says so?"
		}
		ask := text.StemSet(g.Ask)
		clear(shared)
		for _, s := range ask {
			for _, at := range byStem[s] {
				shared[at]++
			}
		}
		first, end := 0, phrasings
		if g.Kind == answers.GoldCheck {
			first, end = phrasings, len(stems)
		}
		for first < end && float64(shared[first])/float64(len(ask)+len(stems[first])-shared[first]) < maxGoldSimilarity {
			first++
		}
		if first < end {
			kind := "phrasing"
			if first >= phrasings {
				kind = "wording"
			}
			l.report(Subject{answers.NounGold, string(g.ID), "ask", 0}, "the question nearly equals a %s of %s", kind, owners[first])
		}
	}
}
