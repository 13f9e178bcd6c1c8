package compose

import (
	"fmt"
	"strings"

	"parley/answers"
)

// check composes the rating of a statement: what the record says of it, never whether it is true.
func (c *composer) check() {
	if c.a.Notice == answers.Empty {
		c.add(RoleNotice, "Give a statement to check%s", example(c.about.Examples.Statements))
		return
	}
	if c.a.Notice == answers.UnderReview {
		c.add(RoleNotice, "What our record says of this, “%s”, is %s.", c.a.Held.Name, c.held())
		return
	}
	if c.a.Outcome != answers.OutcomeAnswered {
		c.unsettled()
		return
	}
	if len(c.a.Parts) > 0 {
		c.bySentence()
	} else {
		c.add(RoleAnswer, "%s", c.verdict())
	}
	c.add(RoleCorrection, "%s", c.cited(c.a.Correction))
	if c.a.Correction == "" && len(c.a.Parts) == 0 {
		c.add(RoleBasis, "%s", difference(c.a.Difference))
	}
	deciding, disputes := c.foremost()
	c.list(RoleList, "The record says:", c.items(deciding))
	c.beside(disputes)
	c.add(RoleAsOf, "%s", c.footer(deciding))
}

// maxDeciding is how many of the claims that a rating rests on are shown first.
const maxDeciding = 3

// foremost are the claims and disputes that are shown first with a rating: of a contested one that which it rests on most, and the dispute.
func (c *composer) foremost() ([]answers.Claim, []answers.Dispute) {
	deciding := c.chosen(c.decides)
	if c.a.Rating != answers.RatedContested || len(c.a.Disputes) == 0 {
		return deciding[:min(len(deciding), maxDeciding)], nil
	}
	return deciding[:min(len(deciding), 1)], c.a.Disputes[:1]
}

// behindCheck shows what stays behind a rating.
func (c *composer) behindCheck() {
	if c.a.Outcome != answers.OutcomeAnswered {
		if len(c.a.Claims) > 0 {
			c.sources()
		}
		return
	}
	deciding, disputes := c.foremost()
	if all := c.chosen(c.decides); len(all) > len(deciding) {
		c.list(RoleList, "The record also says:", c.items(all[len(deciding):]))
	}
	c.beside(c.a.Disputes[len(disputes):])
	c.later()
	c.sources()
	c.add(RoleHint, "%s.", c.standing())
}

// unsettled says that nothing rates the statement, and shows what is nearest.
func (c *composer) unsettled() {
	if len(c.a.Claims) == 0 {
		c.add(RoleAnswer, "%s", verdicts(answers.RatedNotInRecord))
	} else {
		c.add(RoleAnswer, "No claim on record settles this.")
		if missing := c.a.Why.Missing; len(missing) > 0 && len(missing) <= mostMissing {
			c.add(RoleBasis, "The nearest one does not say: %s.", strings.Join(missing, ", "))
		}
		c.list(RoleList, "Nearest:", c.claims(func(answers.Claim) bool { return true }))
	}
	c.unknown()
	c.leftOut()
	c.add(RoleAsOf, "%s", c.footer(c.a.Claims))
}

const (
	mostMissing = 4 // more words would be the statement itself
	mostParts   = 5 // sentences of a message that are shown with their ratings
)

// bySentence gives each sentence of a message its rating, the gravest first.
func (c *composer) bySentence() {
	for i, p := range c.a.Parts {
		if i == mostParts {
			c.add(RoleBasis, "%d more sentences are not shown; give them by themselves.", len(c.a.Parts)-mostParts)
			break
		}
		role := RoleBasis
		if i == 0 {
			role = RoleAnswer
		}
		rating := verdicts(p.Rating)
		if p.Rating == answers.RatedNotInRecord && len(p.Claims) > 0 {
			rating = "No claim on record settles this."
		}
		c.add(role, "“%s” %s %s", p.Text, rating, difference(p.Difference))
	}
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

// difference tells what makes a statement say more or other than the record.
func difference(d answers.Difference) string {
	switch d.Kind {
	case answers.ByNumber, answers.ByDate:
		return fmt.Sprintf("The statement has “%s”, the record “%s”.", d.Stated, d.Recorded)
	case answers.ByDenial:
		return "The record denies what the statement affirms, or affirms what it denies."
	case answers.ByOrder:
		return "The record puts first what the statement puts last."
	case answers.ByRole:
		return "In the record it is somebody else who does this."
	case answers.ByCondition:
		return fmt.Sprintf("In the record it depends on a condition: %s.", d.Recorded)
	case answers.ByFirmness:
		if d.Recorded == "" {
			return "The record does not say that it is so."
		}
		return fmt.Sprintf("The record is less firm: its word is “%s”.", d.Recorded)
	default:
		return ""
	}
}

// verdict puts the rating into words; a contested one says who disagrees.
func (c *composer) verdict() string {
	if d, ok := dissents[c.a.Standing]; ok && c.a.Rating == answers.RatedContested {
		return d.verdict
	}
	return verdicts(c.a.Rating)
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
