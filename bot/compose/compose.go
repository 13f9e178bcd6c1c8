// Package compose turns an answer into the parts of a reply, neutral of platform. A reader has to judge an answer at a glance, so that each part
// says what it is for (part.go), and each platform shows it as its readers expect. Parts (compose.go) makes them: of a question (compose.go),
// a statement (check.go), a look-up (lookup.go, latest.go), of corrections (correction.go), and of why an answer was given (why.go). No platform
// shows a reply of any length in one message: Pages (split.go) and Messages (messages.go) cut it where a reader would. Text that people
// typed is cleaned in text.go. The package does no I/O, and knows no markup.
package compose

import (
	"fmt"
	"slices"
	"strings"

	"parley/answers"
)

// Parts makes the reply to an answer from a record that is about something. It adds no fact: every sentence is curated, or says how the
// record stands.
func Parts(about answers.About, a answers.Answer) []Part {
	c := composer{about: about, a: a}
	switch a.Intent {
	case answers.IntentQuestion, answers.IntentHelp:
		c.question()
	case answers.IntentCheck:
		c.check()
	default:
		c.lookUp()
	}
	return c.parts
}

// composer builds a reply part by part.
type composer struct {
	about answers.About
	a     answers.Answer
	parts []Part
}

func (c *composer) add(role Role, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); text != "" {
		c.parts = append(c.parts, Part{Role: role, Text: text})
	}
}

func (c *composer) list(role Role, heading string, items []Item) {
	if len(items) > 0 {
		c.parts = append(c.parts, Part{Role: role, Heading: heading, Items: items})
	}
}

func (c *composer) question() {
	switch c.a.Outcome {
	case answers.OutcomeAnswered:
		c.answered()
	case answers.OutcomeSuggested:
		c.suggested()
	case answers.OutcomeSilent:
		c.add(RoleNotice, "That was not taken for a question. Ask one about %s%s", c.about.Name, example(c.about.Examples.Questions))
	default:
		c.declined()
	}
	for _, also := range c.a.Also {
		c.parts = append(c.parts, Part{Role: RoleNotice, Text: "And to your other question:"})
		c.parts = append(c.parts, Parts(c.about, also)...)
	}
}

func (c *composer) answered() {
	if c.a.Notice == answers.OnlyClaimsByThen {
		c.add(RoleNotice, "Our curated answer to this rests on more than was on record by %s. This is what was:", c.a.AsOfDay)
		c.list(RoleList, "", c.claims(func(answers.Claim) bool { return true }))
	}
	c.add(RoleCorrection, "%s", c.cited(c.a.Correction))
	c.add(RoleAnswer, "%s", c.cited(c.a.Short))
	c.add(RoleDetail, "%s", c.cited(c.a.Detail))
	if c.a.Intent == answers.IntentHelp {
		return
	}
	c.add(RoleAsOf, "%s", c.asOf())
	c.leftOut()
	c.beside()
	otherwise := "Another source says otherwise:"
	if c.a.Standing == answers.PartlyContradicted {
		otherwise = "Of the detail, another source says otherwise:"
	}
	c.list(RoleDispute, otherwise, c.items(c.a.Against))
	c.later()
	c.sources()
}

func (c *composer) suggested() {
	c.add(RoleNotice, "I am not sure that I understand. Did you mean one of these?")
	c.unknown()
	c.suggestions()
	c.add(RoleHint, "If it is none of these, our record may not hold it; other words may help.")
}

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
		c.add(RoleNotice, "Nothing on this was on record by %s.", c.a.AsOfDay)
		c.leftOut()
		return
	}
	switch {
	case c.a.Entry != nil && c.a.Entry.Kind == answers.KindGap:
		c.add(RoleNotice, "That is not in our record. No document in it answers: %s", c.a.Entry.Question)
	case c.a.Notice == answers.Outside:
		c.add(RoleNotice, "That is outside of our record.")
		c.unknown()
	default:
		c.add(RoleNotice, "No ready answer to that was found in our record.")
		c.unknown()
	}
	c.nearest()
	c.add(RoleHint, "%s", c.about.Covers)
}

// example ends a request for something, with the first of its examples.
func example(list []string) string {
	if len(list) == 0 {
		return "."
	}
	return ", for example: " + list[0]
}

// nearest offers what the record does hold.
func (c *composer) nearest() {
	if len(c.a.Suggestions) == 0 {
		return
	}
	c.add(RoleNotice, "What it holds nearest to it:")
	c.suggestions()
}

// unknown names what the record has never heard of, as the person typed it.
func (c *composer) unknown() {
	if len(c.a.Why.Unknown) > 0 {
		c.add(RoleNotice, "Our record does not know: %s.", strings.Join(c.a.Why.Unknown, ", "))
	}
}

func (c *composer) suggestions() {
	var items []Item
	for i, s := range c.a.Suggestions {
		items = append(items, Item{fmt.Sprintf("%d.", i+1), s.Question})
	}
	c.list(RoleSuggestions, "", items)
}

// cited is prose with each marker as the numbers of the sources that its claims stand on.
func (c *composer) cited(p answers.Prose) string {
	return p.Cite(func(ids []answers.ClaimID) string {
		var numbers []string
		for _, id := range ids {
			if n := fmt.Sprintf("[%d]", c.a.Number(id)); !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
		slices.Sort(numbers)
		return strings.Join(numbers, "")
	})
}

// asOf is the line on how fresh the answer is and how it stands.
func (c *composer) asOf() string {
	line := []string{fmt.Sprintf("As of %s", c.a.AsOf), c.standing()}
	if !c.a.AsOf.Known() {
		line[0] = "The date of this is not known"
	}
	if age := age(c.a.Age); age != "" {
		line = append(line, age)
	}
	if silent := c.unpublished(); silent != "" {
		line = append(line, silent)
	}
	if len(c.a.Corrections) > 0 {
		line = append(line, "corrected on "+answers.DateOf(c.a.Corrections[0].At.UTC()).String())
	}
	return strings.Join(line, " · ")
}

func (c *composer) standing() string {
	reports := "one report"
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
		return reports + ", since overtaken (see below)"
	case answers.Corroborated:
		if c.a.Reports > 1 {
			return reports + " that agree"
		}
		return reports + ", and another that agrees"
	default:
		return reports + ", no other view on record"
	}
}

// staleAfter is the age in days from which a reply says how old its newest source is. Talks move within weeks.
const staleAfter = 31

// age tells how old the newest source is, once that matters. A month is taken as 30.44 days, the mean of a year.
func age(days int) string {
	switch months := int(float64(days)/30.44 + 0.5); {
	case days < staleAfter:
		return ""
	case months == 1:
		return "the newest source is about a month old"
	case months < 24:
		return fmt.Sprintf("the newest source is about %d months old", months)
	default:
		return fmt.Sprintf("the newest source is about %d years old", (months+6)/12)
	}
}

// unpublished names the sources whose publisher nobody knows.
func (c *composer) unpublished() string {
	silent := c.numbers(func(s answers.Source) bool { return s.Publisher == "" })
	if silent == "" {
		return ""
	}
	return "publisher of " + silent + " not stated"
}

// numbers lists the sources that fit, as they are cited.
func (c *composer) numbers(fits func(answers.Source) bool) string {
	var numbers []string
	for i, s := range c.a.Sources {
		if fits(s) {
			numbers = append(numbers, fmt.Sprintf("[%d]", i+1))
		}
	}
	return strings.Join(numbers, ", ")
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
func (c *composer) beside() {
	for _, d := range c.a.Disputes {
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

// when is the date of a claim: its own, or that of its source.
func (c *composer) when(claim answers.Claim) answers.DateRange {
	if claim.Date.Known() {
		return claim.Date
	}
	return c.a.Sources[c.a.Number(claim.ID)-1].Date
}

// stated is a claim with the number of its source.
func (c *composer) stated(claim answers.Claim) string {
	text, found := strings.CutSuffix(claim.Text, ".")
	end := ""
	if found {
		end = "."
	}
	return fmt.Sprintf("%s [%d]%s", text, c.a.Number(claim.ID), end)
}

func (c *composer) items(claims []answers.Claim) []Item {
	var items []Item
	for _, claim := range claims {
		items = append(items, Item{"", c.stated(claim)})
	}
	return items
}

// claims are those stated claims that fit, as plain bullets, without those that come later.
func (c *composer) claims(fits func(answers.Claim) bool) []Item {
	var chosen []answers.Claim
	for _, claim := range c.a.Claims {
		if fits(claim) && !slices.ContainsFunc(c.a.Later, func(l answers.Claim) bool { return l.ID == claim.ID }) {
			chosen = append(chosen, claim)
		}
	}
	return c.items(chosen)
}

func (c *composer) sources() {
	var items []Item
	for i, s := range c.a.Sources {
		items = append(items, Item{fmt.Sprintf("[%d]", i+1), describe(s)})
	}
	c.list(RoleSources, "Sources", items)
}

// describe is one source on one line. A title of ours is said to be ours; the digest identifies the document, as none
// of them has a link of its own.
func describe(s answers.Source) string {
	publisher := s.Publisher
	if publisher == "" {
		publisher = "Publisher not stated"
	}
	title := fmt.Sprintf("“%s”", s.Title)
	if s.TitledBy == answers.TitledByCurator {
		title += " (title ours)"
	}
	parts := []string{publisher, title, s.Date.String(), "document " + s.SHA256[:8]}
	if s.URL != "" {
		parts = append(parts, s.URL)
	}
	return strings.Join(parts, ", ")
}
