package facts

import (
	"slices"

	"parley/answers"
	"parley/answers/text"
)

// Asked is what a question has besides its entry.
type Asked struct {
	Premise *answers.Premise // the false one that it rests on; nil for none
	Polar   bool             // it asks for yes or no
}

// Answer makes the whole answer of a chosen entry: its text, the claims it stands on, and everything that must be shown
// beside it.
func (fs *Facts) Answer(a answers.Answer, e answers.Entry, asked Asked, q answers.Question) answers.Answer {
	a.Outcome, a.Entry = answers.OutcomeAnswered, &e
	if e.Kind == answers.KindService {
		a.Intent, a.Lead, a.Basis, a.Caveat, a.Detail = answers.IntentHelp, e.Lead, e.Basis, e.Caveat, e.Detail
		return a
	}
	a.AsOfDay = q.AsOf
	on := fs.OnRecord(q.AsOf)
	a.LeftOut = fs.Undated(e.Stated(), q.AsOf)
	fs.state(&a, e, asked, on)
	own := a.First().With(a.Detail).Claims()
	if a.First() == "" {
		a.Notice, own = answers.OnlyClaimsByThen, slices.DeleteFunc(e.Stated(), Not(on))
	}
	if len(own) == 0 {
		a.Outcome, a.Notice = answers.OutcomeDeclined, answers.NothingByThen
		return a
	}
	if e.Dispute == "" || a.Notice == answers.OnlyClaimsByThen { // the answer to a dispute shows all sides of what was asked by itself
		a.Disputes = fs.disputesBeside(e, own, on)
	}
	a.Later = fs.Later(own, on)
	a.Against = fs.against(e, own, a.Disputes, on)
	stated := own
	if a.Notice != answers.OnlyClaimsByThen {
		stated = a.First().Claims()
	}
	fs.Cite(&a, stated, own)
	a.Restates = e.Kind == answers.KindFAQ && !text.Answers(e.Question, a.Lead.Plain())
	a.Standing = fs.Standing(a, stated)
	a.Reports = fs.Reports(stated)
	a.Corrections = fs.Corrected(a)
	a.Age = a.AsOf.Age(q.Today)
	return a
}

// state chooses what an answer says. The correction of a premise takes the place of the lead, and of a basis that stands on the same. Nothing
// is said that stands on a claim which was not on record; without its lead, or a correction, an answer says nothing.
func (fs *Facts) state(a *answers.Answer, e answers.Entry, asked Asked, on func(answers.ClaimID) bool) {
	told := func(p answers.Prose) answers.Prose {
		if slices.ContainsFunc(p.Claims(), Not(on)) {
			return ""
		}
		return p
	}
	a.Basis, a.Caveat, a.Detail = told(e.Basis), told(e.Caveat), told(e.Detail)
	a.Lead = told(e.Lead)
	if polar := told(e.Polar); asked.Polar && polar != "" {
		a.Lead = polar
	}
	if len(a.Lead.Claims()) == 0 && a.Basis != e.Basis { // what vouches for it was not on record
		a.Lead = ""
	}
	if asked.Premise != nil {
		a.Correction = told(asked.Premise.Correction)
	}
	switch {
	case a.Correction != "":
		a.Lead = ""
		if answers.Overlap(a.Basis.Claims(), a.Correction.Claims()) {
			a.Basis = ""
		}
	case a.Lead == "":
		a.Basis, a.Caveat, a.Detail = "", "", ""
	}
}

// OnRecord tells whether a claim was on record by a day; every claim is if no day is given. A claim counts if the latest day
// of its source is on or before the day.
func (fs *Facts) OnRecord(day answers.Date) func(answers.ClaimID) bool {
	return func(id answers.ClaimID) bool {
		return day.IsZero() || fs.source[fs.claim[id].Source].Date.OnOrBefore(day)
	}
}

// Not is the opposite of a predicate.
func Not[T any](f func(T) bool) func(T) bool { return func(x T) bool { return !f(x) } }

// Undated counts the claims that an as-of question leaves out because nobody knows the day of their source.
func (fs *Facts) Undated(ids []answers.ClaimID, day answers.Date) int {
	if day.IsZero() {
		return 0
	}
	left := map[answers.ClaimID]bool{}
	for _, id := range ids {
		if !fs.source[fs.claim[id].Source].Date.Known() {
			left[id] = true
		}
	}
	return len(left)
}

// DisputesBeside are the disputes of which some claims state a side, each with the positions that the answer does not state itself, as far
// as they were on record.
func (fs *Facts) DisputesBeside(claims, stated []answers.ClaimID, on func(answers.ClaimID) bool) []answers.Dispute {
	var beside []answers.Dispute
	for _, d := range fs.contents.Disputes {
		if !fs.takesPart(d.ID, claims) {
			continue
		}
		d.Agreed = ""
		d.Positions = slices.DeleteFunc(slices.Clone(d.Positions), func(p answers.Position) bool {
			return answers.Overlap(p.Text.Claims(), stated) || slices.ContainsFunc(p.Text.Claims(), Not(on))
		})
		if len(d.Positions) > 0 {
			beside = append(beside, d)
		}
	}
	return beside
}

// disputesBeside are those of DisputesBeside that an entry names: a claim may take a side in a dispute, and be stated for another reason.
func (fs *Facts) disputesBeside(e answers.Entry, stated []answers.ClaimID, on func(answers.ClaimID) bool) []answers.Dispute {
	return slices.DeleteFunc(fs.DisputesBeside(e.First(), stated, on), func(d answers.Dispute) bool { return !slices.Contains(e.Beside, d.ID) })
}

// Later are the newer claims that update what the answer stands on and that it does not state itself.
func (fs *Facts) Later(own []answers.ClaimID, on func(answers.ClaimID) bool) []answers.Claim {
	var later []answers.Claim
	for _, id := range own {
		for _, newer := range fs.updates[id] {
			seen := slices.ContainsFunc(later, func(c answers.Claim) bool { return c.ID == newer })
			if !seen && on(newer) && !slices.Contains(own, newer) && fs.claim[newer].Retracted == "" {
				later = append(later, fs.claim[newer])
			}
		}
	}
	return later
}

// against are the claims that contradict what the answer stands on, other than those that its disputes show.
func (fs *Facts) against(e answers.Entry, own []answers.ClaimID, shown []answers.Dispute, on func(answers.ClaimID) bool) []answers.Claim {
	if d, ok := fs.dispute[e.Dispute]; ok {
		shown = append(shown, d)
	}
	known := slices.Clone(own)
	for _, d := range shown {
		for _, p := range d.Positions {
			known = append(known, p.Text.Claims()...)
		}
	}
	var against []answers.Claim
	for _, id := range own {
		for _, r := range fs.related[id] {
			other := r.From
			if other == id {
				other = r.To
			}
			if r.Kind == answers.Contradicts && on(other) && !slices.Contains(known, other) && fs.claim[other].Retracted == "" {
				known = append(known, other)
				against = append(against, fs.claim[other])
			}
		}
	}
	return against
}

// Cite lists all claims that the answer states or shows beside, and their sources in order of first mention: those of what is stated first
// come first, and the newest of them dates the answer. What is shown beside does not make an answer newer.
func (fs *Facts) Cite(a *answers.Answer, first, own []answers.ClaimID) {
	for _, id := range first {
		fs.Mention(a, id)
	}
	a.AsOf = NewestOf(a.Sources)
	for _, id := range own {
		fs.Mention(a, id)
	}
	for _, d := range a.Disputes {
		for _, p := range d.Positions {
			for _, id := range p.Text.Claims() {
				fs.Mention(a, id)
			}
		}
		for _, id := range d.Agreed.Claims() {
			fs.Mention(a, id)
		}
	}
	for _, c := range slices.Concat(a.Against, a.Later) {
		fs.Mention(a, c.ID)
	}
}

// Mention adds a claim and its source to what the answer cites.
func (fs *Facts) Mention(a *answers.Answer, id answers.ClaimID) {
	if a.Number(id) > 0 {
		return
	}
	c := fs.claim[id]
	a.Claims = append(a.Claims, c)
	if !slices.ContainsFunc(a.Sources, func(s answers.Source) bool { return s.ID == c.Source }) {
		a.Sources = append(a.Sources, fs.source[c.Source])
	}
}

// NewestOf is the date of the newest source; not known if none of them is dated.
func NewestOf(sources []answers.Source) answers.DateRange {
	var newest answers.DateRange
	for _, s := range sources {
		if s.Date.Known() && (!newest.Known() || newest.Compare(s.Date) < 0) {
			newest = s.Date
		}
	}
	return newest
}

// Standing tells how the claims that an answer states stand within the record.
func (fs *Facts) Standing(a answers.Answer, stated []answers.ClaimID) answers.Standing {
	differ := map[answers.Dissent]bool{}
	for _, d := range a.Disputes {
		differ[d.Kind] = true
	}
	if a.Entry != nil && a.Entry.Dispute != "" {
		differ[fs.dispute[a.Entry.Dispute].Kind] = true
	}
	switch {
	case differ[answers.ReportsContradict]:
		return answers.Contested
	case len(a.Against) > 0:
		other := func(id answers.ClaimID) bool {
			return slices.ContainsFunc(a.Against, func(c answers.Claim) bool { return c.ID == id })
		}
		if slices.ContainsFunc(stated, func(id answers.ClaimID) bool { return fs.HasRelated(id, answers.Contradicts, other) }) {
			return answers.Contradicted
		}
		return answers.PartlyContradicted
	case differ[answers.PartiesDisagree]:
		return answers.Opposed
	case differ[answers.StillOpen]:
		return answers.Unsettled
	}
	outdated, corroborated := 0, 0
	for _, id := range stated {
		if slices.ContainsFunc(a.Later, func(c answers.Claim) bool { return slices.Contains(fs.updates[id], c.ID) }) {
			outdated++
		}
		if fs.HasRelated(id, answers.Supports, func(other answers.ClaimID) bool { return fs.claim[id].Witness() != fs.claim[other].Witness() }) {
			corroborated++
		}
	}
	switch len(stated) {
	case outdated:
		return answers.Outdated
	case corroborated:
		return answers.Corroborated
	default:
		return answers.Reported
	}
}

// HasRelated reports whether a claim is related, in either direction, to another that fits.
func (fs *Facts) HasRelated(id answers.ClaimID, kind answers.RelationKind, fits func(answers.ClaimID) bool) bool {
	return slices.ContainsFunc(fs.related[id], func(r answers.Relation) bool {
		return r.Kind == kind && (r.From == id && fits(r.To) || r.To == id && fits(r.From))
	})
}

// Reports counts the witnesses that claims go back to.
func (fs *Facts) Reports(ids []answers.ClaimID) int {
	witnesses := map[string]bool{}
	for _, id := range ids {
		witnesses[fs.claim[id].Witness()] = true
	}
	return len(witnesses)
}
