package answers

import (
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

// Amendment is a change of some items of the reviewed copy of the record, with what it means for readers.
type Amendment struct {
	Class Class      `json:"class"`
	Wrong string     `json:"wrong,omitempty"` // what readers are told was wrong
	Right string     `json:"right,omitempty"`
	Items []ItemName `json:"items"`
}

// ItemName is the noun and the id of an item: "entries/us-troops".
type ItemName string

// Class is what a change means for those who were told what it changes.
type Class string

// The classes of change, from the one that nobody need be told of up. Importing has none; seeding has that of
// the amendment which names the item, and is minor without one.
const (
	Unclassed     Class = ""
	Minor         Class = "minor"         // a slip of the pen: nobody is told
	Clarification Class = "clarification" // the same in better words: replies are edited
	Corrected     Class = "correction"    // something was wrong: replies are edited and say so
	Withdrawal    Class = "retraction"    // replies are withdrawn and say why
)

// Told reports whether replies already given must be changed.
func (c Class) Told() bool { return c == Clarification || c == Corrected || c == Withdrawal }

// Touches reports whether an item that the correction changed fits.
func (c Correction) Touches(fits func(Ref) bool) bool { return slices.ContainsFunc(c.Items, fits) }

// StandsOn reports whether an entry states a claim or answers a dispute.
func (e Entry) StandsOn(r Ref) bool {
	switch r.Noun {
	case NounClaim:
		return slices.Contains(e.Claims(), ClaimID(r.ID))
	case NounDispute:
		return string(e.Dispute) == r.ID
	default:
		return false
	}
}

// Claims are those that anything in an entry stands on.
func (e Entry) Claims() []ClaimID {
	ids := e.Stated()
	for _, p := range e.Premises {
		ids = append(ids, p.Correction.Claims()...)
	}
	return ids
}
