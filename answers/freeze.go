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

// freezes checks that each names something which can be frozen.
func (l *linter) freezes() {
	for _, f := range l.Freezes {
		at := Subject{Noun: NounFreeze, ID: f.Key()}
		oneOf(l, at, "noun", f.Noun, NounEntry, NounDispute, NounTopic)
		found := false
		switch f.Noun {
		case NounEntry:
			_, found = l.entry[EntryID(f.ID)]
		case NounDispute:
			_, found = l.dispute[DisputeID(f.ID)]
		case NounTopic:
			found = l.topic[TopicID(f.ID)]
		}
		if !found {
			at.Field = "id"
			l.report(at, "there is nothing of that id among the %s", f.Noun)
		}
		if f.Since.IsZero() {
			l.report(at, "since when it is frozen is missing")
		}
		l.required(at, "why", f.Why)
	}
}

// held is the oldest freeze that holds an entry back.
func (fs *Facts) held(e Entry) *Freeze {
	return fs.oldest(func(f Freeze) bool { return f.holds(e, fs.stances[DisputeID(f.ID)]) })
}

// holds reports whether a freeze holds an entry back: of itself, of a topic of its, or of a dispute that it takes part in. What the
// positions of the dispute stand on comes with it.
func (f Freeze) holds(e Entry, stances [][]ClaimID) bool {
	if e.Kind == KindService {
		return false // it speaks of Parley
	}
	switch f.Noun {
	case NounEntry:
		return f.ID == string(e.ID)
	case NounTopic:
		return slices.Contains(e.Topics, TopicID(f.ID))
	default:
		return f.ID == string(e.Dispute) || slices.ContainsFunc(stances, func(stance []ClaimID) bool { return overlaps(stance, e.Short.Claims()) })
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
		if e.State == Live && f.holds(e, stances) {
			held = append(held, e)
		}
	}
	return held
}

// heldAmong is the oldest freeze that one of some claims falls under: of an entry that states it first, of a topic of its, or of a
// dispute that it takes part in.
func (fs *Facts) heldAmong(ids []ClaimID) *Freeze {
	return fs.oldest(func(f Freeze) bool {
		switch f.Noun {
		case NounEntry:
			return slices.ContainsFunc(fs.contents.Entries, func(e Entry) bool { return string(e.ID) == f.ID && overlaps(e.Short.Claims(), ids) })
		case NounTopic:
			return slices.ContainsFunc(ids, func(id ClaimID) bool { return slices.Contains(fs.claim[id].Topics, TopicID(f.ID)) })
		default:
			return fs.takesPart(DisputeID(f.ID), ids)
		}
	})
}

func (fs *Facts) oldest(holds func(Freeze) bool) *Freeze {
	var oldest *Freeze
	for i, f := range fs.contents.Freezes {
		if holds(f) && (oldest == nil || f.Since.Before(oldest.Since)) {
			oldest = &fs.contents.Freezes[i]
		}
	}
	return oldest
}

// takesPart reports whether a position of a dispute stands on one of some claims.
func (fs *Facts) takesPart(id DisputeID, claims []ClaimID) bool {
	return slices.ContainsFunc(fs.stances[id], func(stance []ClaimID) bool { return overlaps(stance, claims) })
}

// frozenName is what is under review, for people: a question, or the name of a topic.
func (fs *Facts) frozenName(f Freeze) string {
	switch f.Noun {
	case NounEntry:
		if at := slices.IndexFunc(fs.contents.Entries, func(e Entry) bool { return string(e.ID) == f.ID }); at >= 0 {
			return fs.contents.Entries[at].Question
		}
	case NounDispute:
		return fs.dispute[DisputeID(f.ID)].Question
	case NounTopic:
		if at := slices.IndexFunc(fs.contents.Topics, func(t Topic) bool { return string(t.ID) == f.ID }); at >= 0 {
			return fs.contents.Topics[at].Name
		}
	}
	return f.ID
}

// hold marks a listing of claims or disputes of which some are under review.
func (fs *Facts) hold(a *Answer) {
	ids := make([]ClaimID, len(a.Claims))
	for i, c := range a.Claims {
		ids[i] = c.ID
	}
	if f := fs.heldAmong(ids); f != nil {
		a.Held = &Held{*f, fs.frozenName(*f)}
	}
}

// holdBack answers with an entry only that it is under review.
func (fs *Facts) holdBack(a Answer, e Entry, f Freeze) Answer {
	a.Outcome, a.Notice, a.Entry, a.Held = OutcomeDeclined, UnderReview, &e, &Held{f, fs.frozenName(f)}
	return a
}
