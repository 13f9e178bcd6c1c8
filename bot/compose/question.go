package compose

import (
	"cmp"
	"fmt"
	"strings"

	"parley/answers"
)

func (c *composer) question() {
	switch c.a.Outcome {
	case answers.OutcomeAnswered:
		c.answered()
	case answers.OutcomeSuggested:
		c.add(RoleNotice, "I am not sure that I understand. Did you mean one of these?")
		c.unknown()
		c.suggestions("")
	case answers.OutcomeSilent:
		c.add(RoleNotice, "That was not taken for a question. Ask one about %s%s", c.about.Name, example(c.about.Examples.Questions))
	default:
		c.declined()
	}
	for _, also := range c.a.Also {
		c.add(RoleNotice, "%s", another)
		c.parts = append(c.parts, Parts(c.about, also)...)
	}
}

// another stands before the answer to a further question of a message.
const another = "And to your other question:"

// answered shows the answer: the lead or the correction in its place, the basis and the caveat, and what they stand on.
func (c *composer) answered() {
	if c.a.Notice == answers.OnlyClaimsByThen {
		c.add(RoleNotice, "Our curated answer to this rests on more than was on record by %s%s. This is what was:", c.a.AsOfDay, c.reckoned())
		c.list(RoleList, "", c.claims(c.own))
	}
	if c.a.Notice != answers.OnlyClaimsByThen && !c.a.AsOfDay.IsZero() && c.a.Intent == answers.IntentQuestion {
		c.add(RoleNotice, "On record by %s%s:", c.a.AsOfDay, c.reckoned())
	}
	lead := RoleAnswer
	if c.a.Entry != nil && c.a.Entry.Kind == answers.KindFAQ {
		lead = RoleBasis // it stands as it was written, of any length
	}
	c.add(RoleCorrection, "%s", c.cited(c.a.Correction))
	if c.a.Restates {
		c.add(RoleNotice, "“%s”", c.a.Entry.Question)
	}
	c.add(lead, "%s", c.cited(c.a.Lead))
	c.add(RoleBasis, "%s", c.cited(c.a.Basis))
	c.add(RoleCaveat, "%s", c.cited(c.a.Caveat))
	if c.a.Intent == answers.IntentHelp {
		return
	}
	c.add(RoleAsOf, "%s", c.footer(c.first()))
	c.leftOut()
}

// own reports whether a claim is the answer's own, not shown beside it.
func (c *composer) own(claim answers.Claim) bool {
	return c.decides(claim) && !contains(c.a.Against, claim)
}

// first are the claims that are shown first.
func (c *composer) first() []answers.Claim {
	stated := c.a.First().Claims()
	if len(stated) == 0 {
		return c.chosen(c.own)
	}
	return c.chosen(func(claim answers.Claim) bool {
		for _, id := range stated {
			if id == claim.ID {
				return true
			}
		}
		return false
	})
}

// behindQuestion shows what stays behind an answer.
func (c *composer) behindQuestion() {
	if c.a.Outcome == answers.OutcomeAnswered {
		c.add(RoleDetail, "%s", c.cited(c.a.Detail))
		if c.a.Intent == answers.IntentQuestion {
			c.rest()
		}
	}
	for _, also := range c.a.Also {
		if parts := Details(c.about, also); len(parts) > 0 {
			c.add(RoleNotice, "%s", another)
			c.parts = append(c.parts, parts...)
		}
	}
}

// rest shows the other views, what came later, and the sources.
func (c *composer) rest() {
	c.beside(c.a.Disputes)
	otherwise := "Another source says otherwise:"
	if c.a.Standing == answers.PartlyContradicted {
		otherwise = "Of the detail, another source says otherwise:"
	}
	c.list(RoleDispute, otherwise, c.items(c.a.Against))
	c.later()
	c.sources()
	c.add(RoleHint, "%s.", c.standing())
}

// reckoned tells how the day that a question is limited to follows from an event; "" where a day was named.
func (c *composer) reckoned() string {
	if c.a.AsOfTold == "" {
		return ""
	}
	return " (" + c.a.AsOfTold + ")"
}

// declined says why there is no answer, in two lines at most, and offers what comes nearest.
func (c *composer) declined() {
	switch c.a.Notice {
	case answers.Empty:
		c.add(RoleNotice, "Ask a question about %s%s", c.about.Name, example(c.about.Examples.Questions))
		return
	case answers.UnderReview:
		c.add(RoleNotice, "The answer to “%s” is %s.", c.a.Entry.Question, c.held())
		return
	case answers.WasWithdrawn:
		c.add(RoleNotice, "The answer to “%s” has been withdrawn: %s", c.a.Entry.Question, c.a.Entry.Withdrawn)
		return
	case answers.NoReferent:
		c.add(RoleNotice, "Nothing was answered here yet that this could be about. Ask a question first.")
		return
	case answers.NothingByThen:
		c.add(RoleNotice, "Nothing on this was on record by %s%s.", c.a.AsOfDay, c.reckoned())
		c.leftOut()
		return
	case answers.NoDay:
		c.add(RoleNotice, "“%s” names no day that Parley can go back to. Write the day as 18 August 2025 or 2025-08-18.", c.a.AsOfTold)
		return
	}
	switch {
	case c.a.Entry != nil && c.a.Entry.Kind == answers.KindGap:
		c.add(RoleNotice, "Not on record: %s", c.a.Entry.Question)
	case c.a.Notice == answers.Outside:
		c.add(RoleNotice, "%s", strings.TrimSpace("That is outside of our record. "+c.stranger()))
		c.add(RoleHint, "%s", c.about.Covers)
		return
	default:
		c.add(RoleNotice, "%s", strings.TrimSpace("No ready answer to that was found in our record. "+c.stranger()))
	}
	c.suggestions("Nearest on record:")
}

// example ends a request for something, with the first of its examples.
func example(list []string) string {
	if len(list) == 0 {
		return "."
	}
	return ", for example: " + list[0]
}

// stranger names what the record has never heard of, as the person typed it.
func (c *composer) stranger() string {
	if len(c.a.Why.Unknown) == 0 {
		return ""
	}
	return fmt.Sprintf("It does not know: %s.", strings.Join(c.a.Why.Unknown, ", "))
}

// unknown says the same in a line of its own.
func (c *composer) unknown() {
	if len(c.a.Why.Unknown) > 0 {
		c.add(RoleNotice, "Our record does not know: %s.", strings.Join(c.a.Why.Unknown, ", "))
	}
}

func (c *composer) suggestions(heading string) {
	var items []Item
	for i, s := range c.a.Suggestions {
		items = append(items, Item{fmt.Sprintf("%d.", i+1), s.Question})
	}
	c.list(RoleSuggestions, heading, items[:min(len(items), maxSuggestions)])
}

// maxSuggestions is how many questions a reply offers.
const maxSuggestions = 3

func (c *composer) standing() string {
	reports := "One report"
	if c.a.Reports > 1 {
		reports = fmt.Sprintf("%d reports", c.a.Reports)
	}
	switch c.a.Standing {
	case answers.Contested, answers.Opposed, answers.Unsettled:
		return reports + ", " + dissents[c.a.Standing].badge
	case answers.Contradicted:
		return reports + ", contradicted by another"
	case answers.PartlyContradicted:
		return reports + ", and the detail contradicted by another"
	case answers.Outdated:
		return reports + ", since overtaken"
	case answers.Corroborated:
		if c.a.Reports > 1 {
			return reports + " that agree"
		}
		return reports + ", and another that agrees"
	default:
		return reports + ", no other view on record"
	}
}

func (c *composer) leftOut() {
	switch c.a.LeftOut {
	case 0:
	case 1:
		c.add(RoleNotice, "One claim was left out, because the date of its source is not known.")
	default:
		c.add(RoleNotice, "%d claims were left out, because the date of their source is not known.", c.a.LeftOut)
	}
}

// beside shows the positions that the answer itself leaves out. Their texts name who holds them.
func (c *composer) beside(disputes []answers.Dispute) {
	for _, d := range disputes {
		var items []Item
		for _, p := range d.Positions {
			items = append(items, Item{"", c.cited(p.Text)})
		}
		c.list(RoleDispute, disputeHeading(d), items)
	}
}

// dissent is how a reply words one way to differ.
type dissent struct{ badge, heading, verdict string }

// dissents are the words for each way to differ.
var dissents = map[answers.Standing]dissent{
	answers.Contested: {"and the sources disagree", "Sources differ: ", "Contested: the sources disagree on this."},
	answers.Opposed:   {"and the parties disagree", "The parties disagree: ", "Contested: the parties disagree on this."},
	answers.Unsettled: {"and it is still open", "Still open: ", "Contested: this is still open."},
}

// disputeHeading puts a dispute over its positions.
func disputeHeading(d answers.Dispute) string {
	switch d.Kind {
	case answers.PartiesDisagree:
		return dissents[answers.Opposed].heading + d.Question
	case answers.StillOpen:
		return dissents[answers.Unsettled].heading + d.Question
	default:
		return dissents[answers.Contested].heading + d.Question
	}
}

func (c *composer) later() {
	var items []Item
	for _, claim := range c.a.Later {
		items = append(items, Item{c.when(claim).String(), c.stated(claim)})
	}
	c.list(RoleLater, "Later:", items)
}

func (c *composer) sources() {
	var items []Item
	for i, s := range c.a.Sources {
		items = append(items, Item{fmt.Sprintf("[%d]", i+1), describe(s, fullDate(s.Date))})
	}
	c.list(RoleSources, "Sources", items)
}

// fullDate is a date with how it is known, and from what.
func fullDate(r answers.DateRange) string {
	if r.From != "" {
		return fmt.Sprintf("%s (%s: %s)", r.Days(), r.Basis, r.From)
	}
	return r.String()
}

// describe is one source on one line, with its date. A title of ours is said to be ours; the digest identifies the document, as
// none of them has a link of its own.
func describe(s answers.Source, date string) string {
	title := fmt.Sprintf("“%s”", s.Title)
	if s.TitledBy == answers.TitledByCurator {
		title += " (title ours)"
	}
	parts := []string{cmp.Or(s.Publisher, "Publisher not stated"), title, date, "document " + s.SHA256[:8]}
	if s.URL != "" {
		parts = append(parts, s.URL)
	}
	return strings.Join(parts, ", ")
}
