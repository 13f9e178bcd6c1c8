package answers

import (
	"slices"
)

// answer makes the whole answer of a chosen entry: what it says, what it stands on, and everything that must be shown
// beside it.
func (l *Library) answer(a Answer, e Entry, m match, q Question) Answer {
	a.Outcome, a.Entry = OutcomeAnswered, &e
	if e.Kind == KindService {
		a.Intent, a.Short, a.Detail = IntentHelp, e.Short, e.Detail
		return a
	}
	a.AsOfDay = q.AsOf
	on := l.onRecord(q.AsOf)
	a.Short, a.Detail = e.Short, e.Detail
	if premise := l.index.phrasings[m.phrasing].premise; premise >= 0 {
		if c := e.Premises[premise].Correction; slices.IndexFunc(c.Claims(), not(on)) < 0 {
			a.Correction = c
		}
	}
	own := append(e.Short.Claims(), e.Detail.Claims()...)
	a.LeftOut = l.undated(own, q.AsOf)
	if slices.ContainsFunc(e.Detail.Claims(), not(on)) {
		a.Detail = ""
	}
	if slices.ContainsFunc(e.Short.Claims(), not(on)) {
		a.Short, a.Detail, a.Notice = "", "", OnlyClaimsByThen
		own = slices.DeleteFunc(own, not(on))
	} else {
		own = append(a.Short.Claims(), a.Detail.Claims()...)
	}
	if len(own) == 0 {
		a.Outcome, a.Notice, a.Correction = OutcomeDeclined, NothingByThen, ""
		return a
	}
	if e.Dispute == "" || a.Short == "" { // the answer to a dispute shows all sides of what was asked by itself
		a.Disputes = l.disputesBeside(e.Short.Claims(), own, on)
	}
	a.Later = l.later(own, on)
	a.Against = l.against(e, own, a.Disputes, on)
	l.cite(&a, own)
	stated := own
	if a.Short != "" {
		stated = a.Short.Claims()
	}
	a.Standing = l.standing(a, stated)
	a.Reports = l.reports(stated)
	a.Corrections = l.corrected(a)
	a.grow(q.Today)
	return a
}

// grow tells the age of the newest source on the day of asking.
func (a *Answer) grow(today Date) {
	if !today.IsZero() && a.AsOf.Known() {
		a.Age = max(0, a.AsOf.newest().DaysUntil(today))
	}
}

// onRecord tells whether a claim was on record by a day; every claim is if no day is given. A claim counts if the latest day
// of its source is on or before the day.
func (l *Library) onRecord(day Date) func(ClaimID) bool {
	return func(id ClaimID) bool {
		return day.IsZero() || l.source[l.claim[id].Source].Date.OnOrBefore(day)
	}
}

func not[T any](f func(T) bool) func(T) bool { return func(x T) bool { return !f(x) } }

// undated counts the claims that an as-of question leaves out because nobody knows the day of their source.
func (l *Library) undated(ids []ClaimID, day Date) int {
	if day.IsZero() {
		return 0
	}
	left := map[ClaimID]bool{}
	for _, id := range ids {
		if !l.source[l.claim[id].Source].Date.Known() {
			left[id] = true
		}
	}
	return len(left)
}

// disputesBeside are the disputes in which some claims take a part, each with the positions that the answer does not state
// itself, as far as they were on record.
func (l *Library) disputesBeside(claims, stated []ClaimID, on func(ClaimID) bool) []Dispute {
	var beside []Dispute
	for _, d := range l.contents.Disputes {
		if !slices.ContainsFunc(l.stances[d.ID], func(stance []ClaimID) bool { return overlaps(stance, claims) }) {
			continue
		}
		d.Agreed = ""
		d.Positions = slices.DeleteFunc(slices.Clone(d.Positions), func(p Position) bool {
			return overlaps(p.Text.Claims(), stated) || slices.ContainsFunc(p.Text.Claims(), not(on))
		})
		if len(d.Positions) > 0 {
			beside = append(beside, d)
		}
	}
	return beside
}

// later are the newer claims that update what the answer stands on and that it does not state itself.
func (l *Library) later(own []ClaimID, on func(ClaimID) bool) []Claim {
	var later []Claim
	for _, id := range own {
		for _, newer := range l.updates[id] {
			seen := slices.ContainsFunc(later, func(c Claim) bool { return c.ID == newer })
			if !seen && on(newer) && !slices.Contains(own, newer) && l.claim[newer].Retracted == "" {
				later = append(later, l.claim[newer])
			}
		}
	}
	return later
}

// against are the claims that contradict what the answer stands on, other than those that its disputes show.
func (l *Library) against(e Entry, own []ClaimID, shown []Dispute, on func(ClaimID) bool) []Claim {
	if d, ok := l.dispute[e.Dispute]; ok {
		shown = append(shown, d)
	}
	known := slices.Clone(own)
	for _, d := range shown {
		for _, p := range d.Positions {
			known = append(known, p.Text.Claims()...)
		}
	}
	var against []Claim
	for _, id := range own {
		for _, r := range l.related[id] {
			other := r.From
			if other == id {
				other = r.To
			}
			if r.Kind == Contradicts && on(other) && !slices.Contains(known, other) && l.claim[other].Retracted == "" {
				known = append(known, other)
				against = append(against, l.claim[other])
			}
		}
	}
	return against
}

// cite lists all claims that the answer states, their sources in order of first mention, and dates the answer by the
// newest source among those of its own claims and of the disputes shown.
func (l *Library) cite(a *Answer, own []ClaimID) {
	dated := slices.Concat(a.Correction.Claims(), own)
	for _, d := range a.Disputes {
		for _, p := range d.Positions {
			dated = append(dated, p.Text.Claims()...)
		}
		dated = append(dated, d.Agreed.Claims()...)
	}
	for _, c := range a.Against {
		dated = append(dated, c.ID)
	}
	for _, id := range dated {
		l.mention(a, id)
	}
	a.AsOf = newestOf(a.Sources)
	for _, c := range a.Later {
		l.mention(a, c.ID)
	}
}

// mention adds a claim and its source to what the answer cites.
func (l *Library) mention(a *Answer, id ClaimID) {
	if a.Number(id) > 0 {
		return
	}
	c := l.claim[id]
	a.Claims = append(a.Claims, c)
	if !slices.ContainsFunc(a.Sources, func(s Source) bool { return s.ID == c.Source }) {
		a.Sources = append(a.Sources, l.source[c.Source])
	}
}

// newestOf is the date of the newest source; not known if none of them is dated.
func newestOf(sources []Source) DateRange {
	var newest DateRange
	for _, s := range sources {
		if s.Date.Known() && (!newest.Known() || newest.Compare(s.Date) < 0) {
			newest = s.Date
		}
	}
	return newest
}

// standing tells how the claims that an answer states stand within the record.
func (l *Library) standing(a Answer, stated []ClaimID) Standing {
	if len(a.Disputes) > 0 || a.Entry != nil && a.Entry.Dispute != "" {
		return Contested
	}
	if len(a.Against) > 0 {
		other := func(id ClaimID) bool { return slices.ContainsFunc(a.Against, func(c Claim) bool { return c.ID == id }) }
		if slices.ContainsFunc(stated, func(id ClaimID) bool { return l.hasRelated(id, Contradicts, other) }) {
			return Contradicted
		}
		return PartlyContradicted
	}
	outdated, corroborated := 0, 0
	for _, id := range stated {
		if slices.ContainsFunc(a.Later, func(c Claim) bool { return slices.Contains(l.updates[id], c.ID) }) {
			outdated++
		}
		if l.hasRelated(id, Supports, func(other ClaimID) bool { return l.claim[id].Witness() != l.claim[other].Witness() }) {
			corroborated++
		}
	}
	switch len(stated) {
	case outdated:
		return Outdated
	case corroborated:
		return Corroborated
	default:
		return Reported
	}
}

// hasRelated reports whether a claim is related, in either direction, to another that fits.
func (l *Library) hasRelated(id ClaimID, kind RelationKind, fits func(ClaimID) bool) bool {
	return slices.ContainsFunc(l.related[id], func(r Relation) bool {
		return r.Kind == kind && (r.From == id && fits(r.To) || r.To == id && fits(r.From))
	})
}

// reports counts the witnesses that claims go back to.
func (l *Library) reports(ids []ClaimID) int {
	witnesses := map[string]bool{}
	for _, id := range ids {
		witnesses[l.claim[id].Witness()] = true
	}
	return len(witnesses)
}
