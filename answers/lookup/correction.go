package lookup

import (
	"cmp"
	"slices"

	"parley/answers"
)

// listCorrections lists what was corrected, the newest first: all of it, or what concerns a question whose words or id a term names.
func (ls *Lister) listCorrections(a *answers.Answer, f filter, day answers.Date) {
	for _, c := range slices.Backward(ls.facts.Contents().Corrections) {
		if !day.IsZero() && cmp.Compare(answers.DateOf(c.At).DaysUntil(day), 0) < 0 {
			continue
		}
		if len(f) > 0 && !c.Touches(func(r answers.Ref) bool { return ls.concerns(r, f) }) {
			continue
		}
		a.Corrections = append(a.Corrections, c)
	}
}

// concerns reports whether an item is, or stands on, a claim that a look-up is for.
func (ls *Lister) concerns(r answers.Ref, f filter) bool {
	switch r.Noun {
	case answers.NounClaim:
		return f.fits(ls.facts.Claim(answers.ClaimID(r.ID)))
	case answers.NounDispute:
		return slices.ContainsFunc(slices.Concat(ls.facts.Stances(answers.DisputeID(r.ID))...), func(id answers.ClaimID) bool { return f.fits(ls.facts.Claim(id)) })
	case answers.NounEntry:
		at := slices.IndexFunc(ls.facts.Contents().Entries, func(e answers.Entry) bool { return string(e.ID) == r.ID })
		return at >= 0 && slices.ContainsFunc(ls.facts.Contents().Entries[at].Claims(), func(id answers.ClaimID) bool { return f.fits(ls.facts.Claim(id)) })
	default:
		return false
	}
}
