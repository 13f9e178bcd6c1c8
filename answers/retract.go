package answers

import (
	"errors"
	"fmt"
	"slices"
)

// Patch is a change of some items of a record.
type Patch struct {
	Put    Contents // items to add, or to put in the place of those of the same id
	Remove []Ref    // items to take away
}

// Base is what a patch goes back to: the items that it changes, at the revisions that its author read. Items that carry no revision are
// left out.
func (p Patch) Base() []Ref {
	base := slices.DeleteFunc(slices.Clone(p.Remove), func(r Ref) bool { return r.Revision == 0 })
	for _, c := range p.Put.Claims {
		base = append(base, Ref{NounClaim, string(c.ID), c.Revision})
	}
	for _, d := range p.Put.Disputes {
		base = append(base, Ref{NounDispute, string(d.ID), d.Revision})
	}
	for _, e := range p.Put.Entries {
		base = append(base, Ref{NounEntry, string(e.ID), e.Revision})
	}
	return base
}

// ErrWithdrawn means that what shall be withdrawn was withdrawn before, ErrUnknown that the record does not have it, or no more.
var (
	ErrWithdrawn = errors.New("is withdrawn already")
	ErrUnknown   = errors.New("is not in the record")
)

// Retract makes the patch that withdraws an entry, or a claim with all that stands on it: the entries that state it are withdrawn too,
// and of a dispute the positions that rest on it fall. A dispute of which less than two positions are left ends.
func (c Contents) Retract(noun Noun, id, why string) (Patch, error) {
	switch noun {
	case NounEntry:
		at := slices.IndexFunc(c.Entries, func(e Entry) bool { return string(e.ID) == id })
		if at < 0 {
			return Patch{}, fmt.Errorf("the entry %q %w", id, ErrUnknown)
		}
		if c.Entries[at].State == Retracted {
			return Patch{}, fmt.Errorf("the entry %q %w", id, ErrWithdrawn)
		}
		return c.withdraw(nil, []EntryID{EntryID(id)}, why), nil
	case NounClaim:
		at := slices.IndexFunc(c.Claims, func(claim Claim) bool { return string(claim.ID) == id })
		if at < 0 {
			return Patch{}, fmt.Errorf("the claim %q %w", id, ErrUnknown)
		}
		if c.Claims[at].Retracted != "" {
			return Patch{}, fmt.Errorf("the claim %q %w", id, ErrWithdrawn)
		}
		var stopped []EntryID
		for _, e := range c.Entries {
			if e.State != Retracted && e.StandsOn(Ref{Noun: NounClaim, ID: id}) {
				stopped = append(stopped, e.ID)
			}
		}
		return c.withdraw(&c.Claims[at], stopped, why), nil
	default:
		return Patch{}, fmt.Errorf("only entries and claims are withdrawn; %s are edited", noun)
	}
}

// withdraw makes the patch that withdraws a claim, if any, and entries.
func (c Contents) withdraw(claim *Claim, stopped []EntryID, why string) Patch {
	var p Patch
	if claim != nil {
		gone := *claim
		gone.Retracted = why
		p.Put.Claims = append(p.Put.Claims, gone)
		for _, d := range c.Disputes {
			fell := d.without(claim.ID)
			switch {
			case len(fell.Positions) == len(d.Positions) && fell.Agreed == d.Agreed:
			case len(fell.Positions) < 2:
				p.Remove = append(p.Remove, Ref{NounDispute, string(d.ID), d.Revision})
			default:
				p.Put.Disputes = append(p.Put.Disputes, fell)
			}
		}
	}
	for _, e := range c.Entries {
		gone := func(id DisputeID) bool {
			return slices.ContainsFunc(p.Remove, func(r Ref) bool { return r.Noun == NounDispute && r.ID == string(id) })
		}
		idle := func(id DisputeID) bool { // what is left of the dispute has no side that the entry states
			at := slices.IndexFunc(p.Put.Disputes, func(d Dispute) bool { return d.ID == id })
			return gone(id) || at >= 0 && !slices.ContainsFunc(p.Put.Disputes[at].Positions, func(o Position) bool { return Overlap(o.Text.Claims(), e.First()) })
		}
		ended, fewer := gone(e.Dispute), slices.ContainsFunc(e.Beside, idle)
		switch {
		case slices.Contains(stopped, e.ID):
			e.State, e.Withdrawn = Retracted, why
		case e.Kind == KindGap && Overlap(e.Nearest, stopped):
			e.Nearest = slices.DeleteFunc(slices.Clone(e.Nearest), func(id EntryID) bool { return slices.Contains(stopped, id) })
		case !ended && !fewer:
			continue
		}
		if ended {
			e.Dispute = ""
		}
		if fewer {
			e.Beside = slices.DeleteFunc(slices.Clone(e.Beside), idle)
		}
		p.Put.Entries = append(p.Put.Entries, e)
	}
	if claim != nil {
		p.absent(c.Events, claim.ID)
	}
	for _, f := range c.Freezes {
		ended := f.Noun == NounDispute && slices.ContainsFunc(p.Remove, func(r Ref) bool { return r.ID == f.ID })
		if ended {
			p.Remove = append(p.Remove, Ref{Noun: NounFreeze, ID: f.Key()})
		}
	}
	return p
}

// absent takes out of events who stands there by a claim alone. An event whose list it was ends.
func (p *Patch) absent(events []Event, id ClaimID) {
	for _, ev := range events {
		if slices.Contains(ev.Unlisted.Claims(), id) {
			p.Remove = append(p.Remove, Ref{Noun: NounEvent, ID: string(ev.ID)})
			continue
		}
		stays := slices.DeleteFunc(slices.Clone(ev.Present), func(o Presence) bool { return o.Claim == id })
		changed := len(stays) < len(ev.Present)
		for i := range stays {
			if stays[i].Named == id {
				stays[i].Named, changed = "", true
			}
		}
		if changed {
			ev.Present = stays
			p.Put.Events = append(p.Put.Events, ev)
		}
	}
}

// without is a dispute without what rests on a claim.
func (d Dispute) without(id ClaimID) Dispute {
	d.Positions = slices.DeleteFunc(slices.Clone(d.Positions), func(p Position) bool { return slices.Contains(p.Text.Claims(), id) })
	if slices.Contains(d.Agreed.Claims(), id) {
		d.Agreed = ""
	}
	return d
}
