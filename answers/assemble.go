package answers

import (
	"slices"
)

// answer makes the whole answer of a chosen entry: its text, the claims it stands on, and everything that must be shown
// beside it. The premise is the false one that the question rests on; nil for none.
func (fs *Facts) answer(a Answer, e Entry, premise *Premise, q Question) Answer {
	a.Outcome, a.Entry = OutcomeAnswered, &e
	if e.Kind == KindService {
		a.Intent, a.Short, a.Detail = IntentHelp, e.Short, e.Detail
		return a
	}
	a.AsOfDay = q.AsOf
	on := fs.onRecord(q.AsOf)
	a.Short, a.Detail = e.Short, e.Detail
	if premise != nil && !slices.ContainsFunc(premise.Correction.Claims(), not(on)) {
		a.Correction = premise.Correction
	}
	own := append(e.Short.Claims(), e.Detail.Claims()...)
	a.LeftOut = fs.undated(own, q.AsOf)
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
		a.Disputes = fs.disputesBeside(e.Short.Claims(), own, on)
	}
	a.Later = fs.later(own, on)
	a.Against = fs.against(e, own, a.Disputes, on)
	fs.cite(&a, own)
	stated := own
	if a.Short != "" {
		stated = a.Short.Claims()
	}
	a.Standing = fs.standing(a, stated)
	a.Reports = fs.reports(stated)
	a.Corrections = fs.corrected(a)
	a.Age = a.AsOf.Age(q.Today)
	return a
}

// onRecord tells whether a claim was on record by a day; every claim is if no day is given. A claim counts if the latest day
// of its source is on or before the day.
func (fs *Facts) onRecord(day Date) func(ClaimID) bool {
	return func(id ClaimID) bool {
		return day.IsZero() || fs.source[fs.claim[id].Source].Date.OnOrBefore(day)
	}
}

func not[T any](f func(T) bool) func(T) bool { return func(x T) bool { return !f(x) } }

// undated counts the claims that an as-of question leaves out because nobody knows the day of their source.
func (fs *Facts) undated(ids []ClaimID, day Date) int {
	if day.IsZero() {
		return 0
	}
	left := map[ClaimID]bool{}
	for _, id := range ids {
		if !fs.source[fs.claim[id].Source].Date.Known() {
			left[id] = true
		}
	}
	return len(left)
}

// disputesBeside are the disputes in which some claims take a part, each with the positions that the answer does not state
// itself, as far as they were on record.
func (fs *Facts) disputesBeside(claims, stated []ClaimID, on func(ClaimID) bool) []Dispute {
	var beside []Dispute
	for _, d := range fs.contents.Disputes {
		if !slices.ContainsFunc(fs.stances[d.ID], func(stance []ClaimID) bool { return overlaps(stance, claims) }) {
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
func (fs *Facts) later(own []ClaimID, on func(ClaimID) bool) []Claim {
	var later []Claim
	for _, id := range own {
		for _, newer := range fs.updates[id] {
			seen := slices.ContainsFunc(later, func(c Claim) bool { return c.ID == newer })
			if !seen && on(newer) && !slices.Contains(own, newer) && fs.claim[newer].Retracted == "" {
				later = append(later, fs.claim[newer])
			}
		}
	}
	return later
}

// against are the claims that contradict what the answer stands on, other than those that its disputes show.
func (fs *Facts) against(e Entry, own []ClaimID, shown []Dispute, on func(ClaimID) bool) []Claim {
	if d, ok := fs.dispute[e.Dispute]; ok {
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
		for _, r := range fs.related[id] {
			other := r.From
			if other == id {
				other = r.To
			}
			if r.Kind == Contradicts && on(other) && !slices.Contains(known, other) && fs.claim[other].Retracted == "" {
				known = append(known, other)
				against = append(against, fs.claim[other])
			}
		}
	}
	return against
}

// cite lists all claims that the answer states, their sources in order of first mention, and dates the answer by the
// newest source among those of its own claims and of the disputes shown.
func (fs *Facts) cite(a *Answer, own []ClaimID) {
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
		fs.mention(a, id)
	}
	a.AsOf = newestOf(a.Sources)
	for _, c := range a.Later {
		fs.mention(a, c.ID)
	}
}

// mention adds a claim and its source to what the answer cites.
func (fs *Facts) mention(a *Answer, id ClaimID) {
	if a.Number(id) > 0 {
		return
	}
	c := fs.claim[id]
	a.Claims = append(a.Claims, c)
	if !slices.ContainsFunc(a.Sources, func(s Source) bool { return s.ID == c.Source }) {
		a.Sources = append(a.Sources, fs.source[c.Source])
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
func (fs *Facts) standing(a Answer, stated []ClaimID) Standing {
	if len(a.Disputes) > 0 || a.Entry != nil && a.Entry.Dispute != "" {
		return Contested
	}
	if len(a.Against) > 0 {
		other := func(id ClaimID) bool { return slices.ContainsFunc(a.Against, func(c Claim) bool { return c.ID == id }) }
		if slices.ContainsFunc(stated, func(id ClaimID) bool { return fs.hasRelated(id, Contradicts, other) }) {
			return Contradicted
		}
		return PartlyContradicted
	}
	outdated, corroborated := 0, 0
	for _, id := range stated {
		if slices.ContainsFunc(a.Later, func(c Claim) bool { return slices.Contains(fs.updates[id], c.ID) }) {
			outdated++
		}
		if fs.hasRelated(id, Supports, func(other ClaimID) bool { return fs.claim[id].Witness() != fs.claim[other].Witness() }) {
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
func (fs *Facts) hasRelated(id ClaimID, kind RelationKind, fits func(ClaimID) bool) bool {
	return slices.ContainsFunc(fs.related[id], func(r Relation) bool {
		return r.Kind == kind && (r.From == id && fits(r.To) || r.To == id && fits(r.From))
	})
}

// reports counts the witnesses that claims go back to.
func (fs *Facts) reports(ids []ClaimID) int {
	witnesses := map[string]bool{}
	for _, id := range ids {
		witnesses[fs.claim[id].Witness()] = true
	}
	return len(witnesses)
}
