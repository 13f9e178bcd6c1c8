package facts

import (
	"slices"

	"parley/answers"
)

// Since lists the corrections that items have seen after the revisions given, the oldest first.
func (fs *Facts) Since(refs []answers.Ref) []answers.Correction {
	var since []answers.Correction
	for _, c := range fs.contents.Corrections {
		if c.Touches(func(now answers.Ref) bool {
			return slices.ContainsFunc(refs, func(then answers.Ref) bool {
				return then.Noun == now.Noun && then.ID == now.ID && then.Revision < now.Revision
			})
		}) {
			since = append(since, c)
		}
	}
	return since
}

// Corrected are the corrections of what an answer stands on, the newest first: a reader of it may know the wrong version.
func (fs *Facts) Corrected(a answers.Answer) []answers.Correction {
	refs := a.Stands()
	var found []answers.Correction
	for _, c := range slices.Backward(fs.contents.Corrections) {
		if c.Class == answers.Corrected && c.Touches(func(r answers.Ref) bool {
			return slices.ContainsFunc(refs, func(now answers.Ref) bool { return now.Noun == r.Noun && now.ID == r.ID })
		}) {
			found = append(found, c)
		}
	}
	return found
}

// concerning fills in what corrections concern.
func (fs *Facts) concerning(corrections []answers.Correction) []answers.Correction {
	var out []answers.Correction
	for _, c := range corrections {
		c.About = nil
		for _, e := range fs.all {
			// A gap says nothing, so that nothing of it can be wrong.
			if e.Kind != answers.KindGap && c.Touches(func(r answers.Ref) bool { return r.Noun == answers.NounEntry && r.ID == string(e.ID) }) {
				c.About = append(c.About, e.Question)
			}
		}
		if len(c.About) == 0 {
			for _, e := range fs.all {
				if e.State != answers.Draft && e.State != answers.InReview && c.Touches(func(r answers.Ref) bool { return e.StandsOn(r) }) {
					c.About = append(c.About, e.Question)
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// Entry is the entry of an id, in whatever state; ok is false if there is none.
func (fs *Facts) Entry(id answers.EntryID) (e answers.Entry, ok bool) {
	at := slices.IndexFunc(fs.all, func(e answers.Entry) bool { return e.ID == id })
	if at < 0 {
		return answers.Entry{}, false
	}
	return fs.all[at], true
}

// StandingOn lists the entries that people can be answered with and that stand on one of some items.
func (fs *Facts) StandingOn(refs []answers.Ref) []answers.EntryID {
	var ids []answers.EntryID
	for _, e := range fs.entries {
		if e.State == answers.Live && slices.ContainsFunc(refs, func(r answers.Ref) bool { return e.StandsOn(r) }) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}
