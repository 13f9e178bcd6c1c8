package answers

import (
	"fmt"
	"slices"
	"time"
)

// Freeze holds back an entry, a dispute, or all entries of a topic while news may have overtaken them: a reply says that they are under
// review, and since when, instead of what may be wrong by now.
type Freeze struct {
	Noun  Noun      `json:"noun"` // entries, disputes or topics
	ID    string    `json:"id"`
	Since time.Time `json:"since"`
	Why   string    `json:"why"` // for curators
}

// Key names what is frozen: "entries/us-troops".
func (f Freeze) Key() string { return fmt.Sprintf("%s/%s", f.Noun, f.ID) }

// Holds reports whether a freeze holds an entry back: of itself, of a topic of its, or of a dispute that it takes part in. What the
// positions of the dispute stand on comes with it.
func (f Freeze) Holds(e Entry, stances [][]ClaimID) bool {
	if e.Kind == KindService {
		return false // it speaks of Parley
	}
	switch f.Noun {
	case NounEntry:
		return f.ID == string(e.ID)
	case NounTopic:
		return slices.Contains(e.Topics, TopicID(f.ID))
	default:
		return f.ID == string(e.Dispute) || slices.ContainsFunc(stances, func(stance []ClaimID) bool { return Overlap(stance, e.First()) })
	}
}

// HeldBy lists the live entries that a freeze holds back.
func (c Contents) HeldBy(f Freeze) []Entry {
	var stances [][]ClaimID
	for _, d := range c.Disputes {
		for _, p := range d.Positions {
			if f.Noun == NounDispute && f.ID == string(d.ID) {
				stances = append(stances, p.Text.Claims())
			}
		}
	}
	var held []Entry
	for _, e := range c.Entries {
		if e.State == Live && f.Holds(e, stances) {
			held = append(held, e)
		}
	}
	return held
}
