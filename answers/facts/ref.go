package facts

import "parley/answers"

// Changed lists those of some items that stand otherwise now, as they stand now; a Revision of 0 says that an item is gone, or is told
// no more.
func (fs *Facts) Changed(refs []answers.Ref) []answers.Ref {
	var changed []answers.Ref
	for _, r := range refs {
		if now := fs.revision(r); now != r.Revision {
			r.Revision = now
			changed = append(changed, r)
		}
	}
	return changed
}

func (fs *Facts) revision(r answers.Ref) int {
	switch r.Noun {
	case answers.NounClaim:
		if c, ok := fs.claim[answers.ClaimID(r.ID)]; ok && c.Retracted == "" {
			return c.Revision
		}
	case answers.NounDispute:
		if d, ok := fs.dispute[answers.DisputeID(r.ID)]; ok {
			return d.Revision
		}
	case answers.NounEntry:
		if e, ok := fs.Entry(answers.EntryID(r.ID)); ok && e.State == answers.Live {
			return e.Revision
		}
	}
	return 0
}
