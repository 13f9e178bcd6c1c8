// Package lookup lists the record by names and days, and completes what somebody types. A term may name several things and days at once
// (term.go, period.go), all of which must fit. What is newest or open is in latest.go, what there is at all in coverage.go. Completion
// (complete.go, completer.go, complete_word.go) offers questions that the record can answer, never answers.
package lookup

import (
	"slices"
	"strings"
	"sync"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// Lister lists the record by names and days, and completes what somebody types.
type Lister struct {
	facts      *facts.Facts
	words      *text.Words
	named      names
	completers func() map[answers.CompletionKind]*completer // built at first use
}

// New makes the lister of a record.
func New(facts *facts.Facts, words *text.Words) *Lister {
	ls := &Lister{facts: facts, words: words, named: newNames(facts.Contents())}
	ls.completers = sync.OnceValue(ls.newCompleters)
	return ls
}

// LookUp lists what the record holds. It is total: a term that the record does not know is declined, with the names that
// come nearest to it.
func (ls *Lister) LookUp(q answers.LookUp) answers.Answer {
	a := answers.Answer{Intent: q.Intent, Outcome: answers.OutcomeAnswered, Confidence: 1, AsOfDay: q.AsOf, Term: text.Clip(q.Term)}
	f, unknown := ls.filter(a.Term, q.Today)
	if len(unknown) > 0 {
		a.Outcome, a.Confidence, a.Notice = answers.OutcomeDeclined, 0, answers.NoSuchName
		a.Why.Unknown = unknown
		a.Names = ls.namesLike(unknown)
		return a
	}
	_, a.Period = f.timeless()
	if len(f) == 0 {
		a.Term = "" // words such as "please" limit nothing
	}
	on := ls.facts.OnRecord(q.AsOf)
	switch q.Intent {
	case answers.IntentWho:
		ls.who(&a, f, on)
	case answers.IntentSources:
		ls.listSources(&a, f, q.AsOf)
	case answers.IntentDisputes:
		ls.listDisputes(&a, f, on)
	case answers.IntentLatest:
		ls.latest(&a, f, on)
	case answers.IntentUnresolved:
		ls.unresolved(&a, f, on)
	case answers.IntentCoverage:
		ls.cover(&a, f, q)
	case answers.IntentCorrections:
		ls.listCorrections(&a, f, q.AsOf)
	default:
		ls.listClaims(&a, f, on)
	}
	ls.facts.Hold(&a)
	conclude(&a, q.Today)
	return a
}

// conclude declines a listing of nothing, and tells how fresh one of something is.
func conclude(a *answers.Answer, today answers.Date) {
	if len(a.Claims)+len(a.Sources)+len(a.Actors)+len(a.Disputes)+len(a.Corrections) == 0 {
		a.Outcome, a.Confidence = answers.OutcomeDeclined, 0
		if !a.AsOfDay.IsZero() {
			a.Notice = answers.NothingByThen
		}
	}
	a.AsOf = facts.NewestOf(a.Sources)
	a.Age = a.AsOf.Age(today)
}

// listClaims lists claims in order of the record, or of time for a timeline. A timeline of everything keeps to what has a
// day of its own: what is known only by the date of its report would bury it.
func (ls *Lister) listClaims(a *answers.Answer, f filter, on func(answers.ClaimID) bool) {
	var found []answers.Claim
	for _, c := range ls.facts.Contents().Claims {
		if c.Retracted != "" || !f.fits(c) || a.Intent == answers.IntentTimeline && len(f) == 0 && !c.Date.Known() {
			continue
		}
		if !on(c.ID) {
			if !ls.facts.Source(c.Source).Date.Known() {
				a.LeftOut++
			}
			continue
		}
		found = append(found, c)
	}
	if a.Intent == answers.IntentTimeline {
		slices.SortStableFunc(found, func(x, y answers.Claim) int {
			return ls.facts.When(x).Compare(ls.facts.When(y)) // ties stay in order of the record
		})
	}
	for _, c := range found {
		ls.facts.Mention(a, c.ID)
	}
}

// who lists actors with what the record holds of them; for one actor, also the claims.
func (ls *Lister) who(a *answers.Answer, f filter, on func(answers.ClaimID) bool) {
	for _, actor := range ls.facts.Contents().Actors {
		named := len(f) == 0 || slices.ContainsFunc(f, func(t target) bool { return slices.Contains(t.actors, actor.ID) })
		if !named {
			continue
		}
		s := answers.ActorSummary{Actor: actor, By: ls.inWords(actor.RoleAt)}
		for _, c := range ls.facts.Contents().Claims {
			switch {
			case c.Retracted != "" || !on(c.ID):
			case c.Claimant == actor.ID:
				s.Said++
			case slices.Contains(c.Actors, actor.ID), slices.Contains(c.RelayedBy, actor.ID):
				s.Spoken++
			}
		}
		a.Actors = append(a.Actors, s)
	}
	if len(f) > 0 && len(a.Actors) > 0 {
		if len(a.Actors) == 1 {
			ls.office(a, on)
		}
		ls.listClaims(a, f, on)
	}
}

// inWords is a text in which sources are called as sentences call them, not by their ids.
func (ls *Lister) inWords(by string) string {
	words := strings.Fields(by)
	for i, w := range words {
		id := strings.TrimSuffix(w, ",")
		if source := ls.facts.Source(answers.SourceID(id)); source.ID != "" {
			words[i] = source.Name() + w[len(id):]
		}
	}
	return strings.Join(words, " ")
}

// office is what the record answers to who a person is, if there is such an answer and it was on record.
func (ls *Lister) office(a *answers.Answer, on func(answers.ClaimID) bool) {
	e, ok := ls.facts.Entry(facts.WhoIs(a.Actors[0].Actor.ID))
	if !ok || e.State != answers.Live || ls.facts.Held(e) != nil || slices.ContainsFunc(e.Said().Claims(), facts.Not(on)) {
		return
	}
	a.Lead, a.Basis = e.Lead, e.Basis
	for _, id := range e.Said().Claims() {
		ls.facts.Mention(a, id)
	}
}

// listSources lists documents; days in the term are those of the documents, not of what they tell.
func (ls *Lister) listSources(a *answers.Answer, f filter, day answers.Date) {
	f, period := f.timeless()
	for _, s := range ls.facts.Contents().Sources {
		if !day.IsZero() && !s.Date.OnOrBefore(day) || period.Known() && !mayFall(s.Date, period) {
			continue
		}
		if len(f) == 0 || slices.ContainsFunc(ls.facts.Contents().Claims, func(c answers.Claim) bool { return c.Source == s.ID && c.Retracted == "" && f.fits(c) }) {
			a.Sources = append(a.Sources, s)
		}
	}
}

func (ls *Lister) listDisputes(a *answers.Answer, f filter, on func(answers.ClaimID) bool) {
	for _, d := range ls.facts.Contents().Disputes {
		if slices.ContainsFunc(f, func(t target) bool { return t.dispute != "" && t.dispute != d.ID }) {
			continue
		}
		var ids []answers.ClaimID
		for _, p := range d.Positions {
			ids = append(ids, p.Text.Claims()...)
		}
		if !slices.ContainsFunc(ids, func(id answers.ClaimID) bool { return f.fits(ls.facts.Claim(id)) }) {
			continue
		}
		d.Positions = slices.DeleteFunc(slices.Clone(d.Positions), func(p answers.Position) bool {
			return slices.ContainsFunc(p.Text.Claims(), facts.Not(on))
		})
		if len(d.Positions) < 2 {
			continue
		}
		if slices.ContainsFunc(d.Agreed.Claims(), facts.Not(on)) {
			d.Agreed = ""
		}
		a.Disputes = append(a.Disputes, d)
		for _, p := range d.Positions {
			for _, id := range p.Text.Claims() {
				ls.facts.Mention(a, id)
			}
		}
		for _, id := range d.Agreed.Claims() {
			ls.facts.Mention(a, id)
		}
	}
}

// List lists certain claims, in order of the record, or of time for a timeline; those told no more are left out.
func (ls *Lister) List(intent answers.Intent, claims []answers.ClaimID, q answers.Question) answers.Answer {
	a := answers.Answer{Intent: intent, Outcome: answers.OutcomeAnswered, Confidence: 1, AsOfDay: q.AsOf}
	ls.listClaims(&a, filter{target{claims: claims}}, ls.facts.OnRecord(q.AsOf))
	ls.facts.Hold(&a)
	conclude(&a, q.Today)
	return a
}
