package bot

import "parley/answers"

// check composes the rating of a statement: what the record says of it, never whether it is true.
func (c *composer) check() {
	if c.a.Notice == answers.Empty {
		c.add(RoleNotice, "Give a statement to check, for example: Russia has accepted the guarantees.")
		return
	}
	c.add(RoleAnswer, "%s", verdicts(c.a.Rating))
	if c.a.Rating == answers.RatedNotInRecord {
		c.unknown()
		c.leftOut()
		return
	}
	c.list(RoleList, "The record says:", c.claims(c.decides))
	c.add(RoleAsOf, "%s", c.asOf())
	c.beside()
	c.later()
	c.sources()
}

// decides reports whether a claim is one that the rating rests on, not one of a dispute shown beside.
func (c *composer) decides(claim answers.Claim) bool {
	for _, d := range c.a.Disputes {
		for _, p := range d.Positions {
			for _, id := range p.Text.Claims() {
				if id == claim.ID {
					return false
				}
			}
		}
	}
	return true
}

// verdicts puts a rating into words. They speak of the record, which is a set of documents.
func verdicts(r answers.Rating) string {
	switch r {
	case answers.RatedSupported:
		return "Supported: the record says this, as attributed below."
	case answers.RatedOverstated:
		return "Overstated: the record says less than this."
	case answers.RatedContradicted:
		return "Contradicted: the record says otherwise."
	case answers.RatedContested:
		return "Contested: the sources disagree on this."
	case answers.RatedOutdated:
		return "Outdated: something newer in the record has overtaken this."
	default:
		return "Not in our record: nothing in it speaks of this."
	}
}
