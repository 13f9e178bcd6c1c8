package answers

import (
	"cmp"
	"slices"
	"time"
)

// Correction is a change of the record that readers are told of.
type Correction struct {
	Number int // of the change
	At     time.Time
	Class  Class
	Wrong  string // what was wrong, or why something was withdrawn, for readers
	Right  string // what is right; "" where nothing takes the place of what was wrong
	Items  []Ref  // what it changed, at the revisions that it made

	// About are the questions that it concerns: those of the entries that it changed, else of those that stand on the claims and
	// disputes that it changed. A library fills it in.
	About []string
}

// Class is what a change means for those who were told what it changes.
type Class string

// The classes of change, from the one that nobody need be told of up. Seeding and importing have none.
const (
	Unclassed     Class = ""
	Minor         Class = "minor"         // a slip of the pen: nobody is told
	Clarification Class = "clarification" // the same in better words: replies are edited
	Corrected     Class = "correction"    // something was wrong: replies are edited and say so
	Withdrawal    Class = "retraction"    // replies are withdrawn and say why
)

// Told reports whether replies already given must be changed.
func (c Class) Told() bool { return c == Clarification || c == Corrected || c == Withdrawal }

// Since lists the corrections that items have seen after the revisions given, the oldest first.
func (fs *Facts) Since(refs []Ref) []Correction {
	var since []Correction
	for _, c := range fs.contents.Corrections {
		if c.touches(func(now Ref) bool {
			return slices.ContainsFunc(refs, func(then Ref) bool {
				return then.Noun == now.Noun && then.ID == now.ID && then.Revision < now.Revision
			})
		}) {
			since = append(since, c)
		}
	}
	return since
}

func (c Correction) touches(fits func(Ref) bool) bool { return slices.ContainsFunc(c.Items, fits) }

// corrected are the corrections of what an answer stands on, the newest first: a reader of it may know the wrong version.
func (fs *Facts) corrected(a Answer) []Correction {
	refs := a.Stands()
	var found []Correction
	for _, c := range slices.Backward(fs.contents.Corrections) {
		if c.Class == Corrected && c.touches(func(r Ref) bool {
			return slices.ContainsFunc(refs, func(now Ref) bool { return now.Noun == r.Noun && now.ID == r.ID })
		}) {
			found = append(found, c)
		}
	}
	return found
}

// concerning fills in what corrections concern.
func (fs *Facts) concerning(corrections []Correction) []Correction {
	var out []Correction
	for _, c := range corrections {
		c.About = nil
		for _, e := range fs.contents.Entries {
			// A gap says nothing, so that nothing of it can be wrong.
			if e.Kind != KindGap && c.touches(func(r Ref) bool { return r.Noun == NounEntry && r.ID == string(e.ID) }) {
				c.About = append(c.About, e.Question)
			}
		}
		if len(c.About) == 0 {
			for _, e := range fs.contents.Entries {
				if e.State != Draft && e.State != InReview && c.touches(func(r Ref) bool { return e.standsOn(r) }) {
					c.About = append(c.About, e.Question)
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// standsOn reports whether an entry states a claim or answers a dispute.
func (e Entry) standsOn(r Ref) bool {
	switch r.Noun {
	case NounClaim:
		return slices.Contains(e.claims(), ClaimID(r.ID))
	case NounDispute:
		return string(e.Dispute) == r.ID
	default:
		return false
	}
}

// claims are those that anything in an entry stands on.
func (e Entry) claims() []ClaimID {
	ids := append(e.Short.Claims(), e.Detail.Claims()...)
	for _, p := range e.Premises {
		ids = append(ids, p.Correction.Claims()...)
	}
	return ids
}

// Entry is the entry of an id, in whatever state; ok is false if there is none.
func (fs *Facts) Entry(id EntryID) (e Entry, ok bool) {
	at := slices.IndexFunc(fs.contents.Entries, func(e Entry) bool { return e.ID == id })
	if at < 0 {
		return Entry{}, false
	}
	return fs.contents.Entries[at], true
}

// StandingOn lists the entries that people can be answered with and that stand on one of some items.
func (fs *Facts) StandingOn(refs []Ref) []EntryID {
	var ids []EntryID
	for _, e := range fs.entries {
		if e.State == Live && slices.ContainsFunc(refs, func(r Ref) bool { return e.standsOn(r) }) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// listCorrections lists what was corrected, the newest first: all of it, or what concerns a question whose words or id a term names.
func (ls *Lister) listCorrections(a *Answer, f filter, day Date) {
	for _, c := range slices.Backward(ls.facts.Contents().Corrections) {
		if !day.IsZero() && cmp.Compare(DateOf(c.At).DaysUntil(day), 0) < 0 {
			continue
		}
		if len(f) > 0 && !c.touches(func(r Ref) bool { return ls.concerns(r, f) }) {
			continue
		}
		a.Corrections = append(a.Corrections, c)
	}
}

// concerns reports whether an item is, or stands on, a claim that a look-up is for.
func (ls *Lister) concerns(r Ref, f filter) bool {
	switch r.Noun {
	case NounClaim:
		return f.fits(ls.facts.Claim(ClaimID(r.ID)))
	case NounDispute:
		return slices.ContainsFunc(slices.Concat(ls.facts.Stances(DisputeID(r.ID))...), func(id ClaimID) bool { return f.fits(ls.facts.Claim(id)) })
	case NounEntry:
		at := slices.IndexFunc(ls.facts.Contents().Entries, func(e Entry) bool { return string(e.ID) == r.ID })
		return at >= 0 && slices.ContainsFunc(ls.facts.Contents().Entries[at].claims(), func(id ClaimID) bool { return f.fits(ls.facts.Claim(id)) })
	default:
		return false
	}
}
