package answers

import (
	"cmp"
	"slices"
)

// Ref names an item of the record at one revision.
type Ref struct {
	Noun     Noun
	ID       string
	Revision int
}

// Stands lists what an answer shows, at the revisions that it shows: its entry, claims and disputes. An answer whose items change is
// out of date. One that declines shows nothing of what it declines to say, but for the claims nearest to a statement.
func (a Answer) Stands() []Ref {
	if a.Outcome != OutcomeAnswered && a.Intent != IntentCheck {
		return nil
	}
	var refs []Ref
	if a.Entry != nil {
		refs = append(refs, Ref{NounEntry, string(a.Entry.ID), a.Entry.Revision})
	}
	for _, list := range [][]Claim{a.Claims, a.Found, a.Later, a.Against} {
		for _, c := range list {
			refs = append(refs, Ref{NounClaim, string(c.ID), c.Revision})
		}
	}
	for _, d := range a.Disputes {
		refs = append(refs, Ref{NounDispute, string(d.ID), d.Revision})
	}
	for _, also := range a.Also {
		refs = append(refs, also.Stands()...)
	}
	slices.SortFunc(refs, func(a, b Ref) int { return cmp.Or(cmp.Compare(a.Noun, b.Noun), cmp.Compare(a.ID, b.ID)) })
	return slices.Compact(refs)
}
