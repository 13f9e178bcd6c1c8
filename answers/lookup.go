package answers

import "slices"

// LookUp asks for a listing of the record: all of it, or what a term names. A term may hold several names and days
// ("macron troops", "putin August 2025"), which then must all fit.
type LookUp struct {
	Intent Intent // claims, timeline, who, sources, disputes, latest, unresolved, coverage or corrections
	Term   string
	AsOf   Date
	Today  Date
}

// LookUp lists what the record holds. It is total: a term that the record does not know is declined, with the names that
// come nearest to it.
func (l *Library) LookUp(q LookUp) Answer {
	a := Answer{Intent: q.Intent, Outcome: OutcomeAnswered, Confidence: 1, AsOfDay: q.AsOf, Term: clip(q.Term)}
	f, unknown := l.filter(a.Term, q.Today)
	if len(unknown) > 0 {
		a.Outcome, a.Confidence, a.Notice = OutcomeDeclined, 0, NoSuchName
		a.Why.Unknown = unknown
		a.Names = l.namesLike(unknown)
		return a
	}
	_, a.Period = f.timeless()
	if len(f) == 0 {
		a.Term = "" // words such as "please" limit nothing
	}
	on := l.onRecord(q.AsOf)
	switch q.Intent {
	case IntentWho:
		l.who(&a, f, on)
	case IntentSources:
		l.listSources(&a, f, q.AsOf)
	case IntentDisputes:
		l.listDisputes(&a, f, on)
	case IntentLatest:
		l.latest(&a, f, on)
	case IntentUnresolved:
		l.unresolved(&a, f, on)
	case IntentCoverage:
		l.cover(&a, f, q)
	case IntentCorrections:
		l.listCorrections(&a, f, q.AsOf)
	default:
		l.listClaims(&a, f, on)
	}
	l.hold(&a)
	a.conclude(q.Today)
	return a
}

// conclude declines a listing of nothing, and tells how fresh one of something is.
func (a *Answer) conclude(today Date) {
	if len(a.Claims)+len(a.Sources)+len(a.Actors)+len(a.Disputes)+len(a.Corrections) == 0 {
		a.Outcome, a.Confidence = OutcomeDeclined, 0
		if !a.AsOfDay.IsZero() {
			a.Notice = NothingByThen
		}
	}
	a.AsOf = newestOf(a.Sources)
	a.grow(today)
}

// listClaims lists claims in order of the record, or of time for a timeline. A timeline of everything keeps to what has a
// day of its own: what is known only by the date of its report would bury it.
func (l *Library) listClaims(a *Answer, f filter, on func(ClaimID) bool) {
	var found []Claim
	for _, c := range l.contents.Claims {
		if c.Retracted != "" || !f.fits(c) || a.Intent == IntentTimeline && len(f) == 0 && !c.Date.Known() {
			continue
		}
		if !on(c.ID) {
			if !l.source[c.Source].Date.Known() {
				a.LeftOut++
			}
			continue
		}
		found = append(found, c)
	}
	if a.Intent == IntentTimeline {
		slices.SortStableFunc(found, func(x, y Claim) int {
			return l.When(x).Compare(l.When(y)) // ties stay in order of the record
		})
	}
	for _, c := range found {
		l.mention(a, c.ID)
	}
}

// When is the date of a claim: its own, or that of its source.
func (l *Library) When(c Claim) DateRange {
	if c.Date.Known() {
		return c.Date
	}
	return l.source[c.Source].Date
}

// who lists actors with what the record holds of them; for one actor, also the claims.
func (l *Library) who(a *Answer, f filter, on func(ClaimID) bool) {
	for _, actor := range l.contents.Actors {
		named := len(f) == 0 || slices.ContainsFunc(f, func(t target) bool { return slices.Contains(t.actors, actor.ID) })
		if !named {
			continue
		}
		s := ActorSummary{Actor: actor}
		for _, c := range l.contents.Claims {
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
		l.listClaims(a, f, on)
	}
}

// listSources lists documents; days in the term are those of the documents, not of what they tell.
func (l *Library) listSources(a *Answer, f filter, day Date) {
	f, period := f.timeless()
	for _, s := range l.contents.Sources {
		if !day.IsZero() && !s.Date.OnOrBefore(day) || period.Known() && !mayFall(s.Date, period) {
			continue
		}
		if len(f) == 0 || slices.ContainsFunc(l.contents.Claims, func(c Claim) bool { return c.Source == s.ID && c.Retracted == "" && f.fits(c) }) {
			a.Sources = append(a.Sources, s)
		}
	}
}

func (l *Library) listDisputes(a *Answer, f filter, on func(ClaimID) bool) {
	for _, d := range l.contents.Disputes {
		if slices.ContainsFunc(f, func(t target) bool { return t.dispute != "" && t.dispute != d.ID }) {
			continue
		}
		var ids []ClaimID
		for _, p := range d.Positions {
			ids = append(ids, p.Text.Claims()...)
		}
		if !slices.ContainsFunc(ids, func(id ClaimID) bool { return f.fits(l.claim[id]) }) {
			continue
		}
		d.Positions = slices.DeleteFunc(slices.Clone(d.Positions), func(p Position) bool {
			return slices.ContainsFunc(p.Text.Claims(), not(on))
		})
		if len(d.Positions) < 2 {
			continue
		}
		if slices.ContainsFunc(d.Agreed.Claims(), not(on)) {
			d.Agreed = ""
		}
		a.Disputes = append(a.Disputes, d)
		for _, p := range d.Positions {
			for _, id := range p.Text.Claims() {
				l.mention(a, id)
			}
		}
		for _, id := range d.Agreed.Claims() {
			l.mention(a, id)
		}
	}
}
