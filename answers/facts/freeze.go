package facts

import (
	"slices"

	"parley/answers"
)

// Held is the oldest freeze that holds an entry back.
func (fs *Facts) Held(e answers.Entry) *answers.Freeze {
	return fs.oldest(func(f answers.Freeze) bool { return f.Holds(e, fs.stances[answers.DisputeID(f.ID)]) })
}

// HeldAmong is the oldest freeze that one of some claims falls under: of an entry that states it first, of a topic of its, or of a
// dispute that it takes part in.
func (fs *Facts) HeldAmong(ids []answers.ClaimID) *answers.Freeze {
	return fs.oldest(func(f answers.Freeze) bool {
		switch f.Noun {
		case answers.NounEntry:
			return slices.ContainsFunc(fs.all, func(e answers.Entry) bool { return string(e.ID) == f.ID && answers.Overlap(e.First(), ids) })
		case answers.NounTopic:
			return slices.ContainsFunc(ids, func(id answers.ClaimID) bool { return slices.Contains(fs.claim[id].Topics, answers.TopicID(f.ID)) })
		default:
			return fs.takesPart(answers.DisputeID(f.ID), ids)
		}
	})
}

func (fs *Facts) oldest(holds func(answers.Freeze) bool) *answers.Freeze {
	var oldest *answers.Freeze
	for i, f := range fs.contents.Freezes {
		if holds(f) && (oldest == nil || f.Since.Before(oldest.Since)) {
			oldest = &fs.contents.Freezes[i]
		}
	}
	return oldest
}

// takesPart reports whether a position of a dispute stands on one of some claims.
func (fs *Facts) takesPart(id answers.DisputeID, claims []answers.ClaimID) bool {
	return slices.ContainsFunc(fs.stances[id], func(stance []answers.ClaimID) bool { return answers.Overlap(stance, claims) })
}

// FrozenName is what is under review, for people: a question, or the name of a topic.
func (fs *Facts) FrozenName(f answers.Freeze) string {
	switch f.Noun {
	case answers.NounEntry:
		if at := slices.IndexFunc(fs.all, func(e answers.Entry) bool { return string(e.ID) == f.ID }); at >= 0 {
			return fs.all[at].Question
		}
	case answers.NounDispute:
		return fs.dispute[answers.DisputeID(f.ID)].Question
	case answers.NounTopic:
		if at := slices.IndexFunc(fs.contents.Topics, func(t answers.Topic) bool { return string(t.ID) == f.ID }); at >= 0 {
			return fs.contents.Topics[at].Name
		}
	}
	return f.ID
}

// Hold marks a listing of claims or disputes of which some are under review.
func (fs *Facts) Hold(a *answers.Answer) {
	ids := make([]answers.ClaimID, len(a.Claims))
	for i, c := range a.Claims {
		ids[i] = c.ID
	}
	if f := fs.HeldAmong(ids); f != nil {
		a.Held = &answers.Held{Freeze: *f, Name: fs.FrozenName(*f)}
	}
}

// HoldBack answers with an entry only that it is under review.
func (fs *Facts) HoldBack(a answers.Answer, e answers.Entry, f answers.Freeze) answers.Answer {
	a.Outcome, a.Notice, a.Entry, a.Held = answers.OutcomeDeclined, answers.UnderReview, &e, &answers.Held{Freeze: f, Name: fs.FrozenName(f)}
	return a
}
