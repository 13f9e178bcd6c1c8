package compose

import (
	"fmt"
	"strings"

	"parley/answers"
)

// lookUp composes a listing of the record.
func (c *composer) lookUp() {
	if c.a.Outcome == answers.OutcomeDeclined {
		c.nothingFound()
		return
	}
	if c.a.Held != nil {
		c.add(RoleNotice, "“%s” is %s. What follows is what was on record before.", c.a.Held.Name, c.held())
	}
	switch c.a.Intent {
	case answers.IntentCorrections:
		c.correctionLog()
	case answers.IntentTimeline:
		c.timeline()
	case answers.IntentWho:
		c.who()
	case answers.IntentSources:
		c.sourceList()
	case answers.IntentDisputes:
		c.disputes()
	case answers.IntentLatest:
		c.latest()
	case answers.IntentUnresolved:
		c.unresolved()
	case answers.IntentCoverage:
		c.coverage()
	default:
		c.claimList()
	}
}

// freshness shows below a look-up how fresh it is, and what was left out of it.
func (c *composer) freshness() {
	switch c.a.Intent {
	case answers.IntentLatest, answers.IntentUnresolved, answers.IntentCoverage:
		c.add(RoleAsOf, "%s", c.fresh())
	case answers.IntentCorrections:
		return
	}
	c.leftOut()
}

func (c *composer) nothingFound() {
	switch {
	case c.a.Notice == answers.NothingByThen:
		c.add(RoleNotice, "Nothing on this was on record by %s.", c.a.AsOfDay)
		c.leftOut()
	case c.a.Intent == answers.IntentCorrections && c.a.Notice != answers.NoSuchName:
		c.add(RoleNotice, "Nothing has been corrected%s.", onTerm(c.a.Term))
		return
	case c.a.Notice == answers.NoSuchName:
		c.add(RoleNotice, "Our record does not know: %s.", strings.Join(c.a.Why.Unknown, ", "))
	case c.a.Term == "":
		c.add(RoleNotice, "Our record holds nothing of that kind.")
	default:
		c.add(RoleNotice, "Our record holds nothing of that kind for “%s”.", c.a.Term)
	}
	var items []Item
	for _, name := range c.a.Names {
		items = append(items, Item{"", name})
	}
	c.list(RoleSuggestions, "Names that come near:", items)
	if strings.ContainsAny(strings.Join(c.a.Why.Unknown, ""), "0123456789") {
		c.add(RoleHint, "Write dates as 18 August 2025, August 2025 or 2025-08-18.")
		return
	}
	c.add(RoleHint, "Without a name, the look-up lists everything there is.")
}

func onTerm(term string) string {
	if term == "" {
		return ""
	}
	return fmt.Sprintf(" on “%s”", term)
}

// claimList lists claims; those of which the days named may be the days, but need not be, stand apart.
func (c *composer) claimList() {
	const roughly = "perhaps of that time, since the dates are known only roughly"
	certain := c.claims(func(claim answers.Claim) bool { return c.when(claim).Within(c.a.Period) })
	perhaps := c.claims(func(claim answers.Claim) bool { return !c.when(claim).Within(c.a.Period) })
	switch {
	case !c.a.Period.Known():
		c.list(RoleList, c.heading("Claims"), c.claims(func(answers.Claim) bool { return true }))
	case len(certain) == 0:
		c.list(RoleList, c.heading("Claims")+", "+roughly, perhaps)
	default:
		c.list(RoleList, c.heading("Claims"), certain)
		c.list(RoleList, "Others, "+roughly, perhaps)
	}
}

// disputes shows each dispute in full.
func (c *composer) disputes() {
	for _, d := range c.a.Disputes {
		var items []Item
		for _, p := range d.Positions {
			items = append(items, Item{p.Holder, c.cited(p.Text)})
		}
		if d.Agreed != "" {
			items = append(items, Item{"Common ground", c.cited(d.Agreed)})
		}
		c.list(RoleDispute, disputeHeading(d), items)
	}
}

func (c *composer) heading(what string) string {
	if c.a.Term != "" {
		what += fmt.Sprintf(" on “%s”", c.a.Term)
	}
	if days := c.a.Period.Days(); c.a.Period.Known() && days != c.a.Term {
		what += fmt.Sprintf(" (%s)", days)
	}
	if !c.a.AsOfDay.IsZero() {
		what += fmt.Sprintf(", as of %s", c.a.AsOfDay)
	}
	return what
}

// timeline groups claims by their day; claims whose day nobody knows come last.
func (c *composer) timeline() {
	var parts []Part
	for _, claim := range c.a.Claims {
		day := c.when(claim).String()
		if n := len(parts); n == 0 || parts[n-1].Heading != day {
			parts = append(parts, Part{Role: RoleList, Heading: day})
		}
		last := &parts[len(parts)-1]
		last.Items = append(last.Items, Item{"", c.stated(claim)})
	}
	c.add(RoleNotice, "%s", c.heading("Timeline"))
	c.parts = append(c.parts, parts...)
}

// who lists actors; for a single one, what it said and what is said of it.
func (c *composer) who() {
	if len(c.a.Actors) != 1 {
		var items []Item
		for _, s := range c.a.Actors {
			items = append(items, Item{s.Actor.Name, role(s)})
		}
		c.list(RoleList, "Who is who", items)
		return
	}
	id := c.a.Actors[0].Actor.ID
	if c.a.Lead != "" {
		c.add(RoleAnswer, "%s", c.cited(c.a.Lead))
		c.add(RoleBasis, "%s", c.cited(c.a.Basis))
	} else {
		c.add(RoleAnswer, "%s: %s.", c.a.Actors[0].Actor.Name, role(c.a.Actors[0]))
	}
	c.list(RoleList, "Said", c.claims(func(claim answers.Claim) bool { return claim.Claimant == id }))
	c.list(RoleList, "Said of them", c.claims(func(claim answers.Claim) bool { return claim.Claimant != id }))
}

func role(s answers.ActorSummary) string {
	text := s.Actor.Role
	if s.By != "" {
		text += ", by " + s.By
	}
	if text != "" {
		text += "; "
	}
	return text + fmt.Sprintf("%s by them, %s about them", Count(s.Said, "claim"), Count(s.Spoken, "claim"))
}

// Count is a number of things that are named regularly, as in "1 question" and "2 questions".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// sourceList describes each source in full: how it is dated, and its whole digest.
func (c *composer) sourceList() {
	for i, s := range c.a.Sources {
		items := []Item{
			{"Paragraphs", fmt.Sprintf("%d, of which %d hold claims", len(s.Paragraphs), paragraphsWithClaims(s))},
			{"SHA-256 of the document", s.SHA256},
		}
		if s.Date.From != "" {
			items = append([]Item{{"Date inferred from", s.Date.From}}, items...)
		}
		c.list(RoleList, fmt.Sprintf("[%d] %s", i+1, describe(s, s.Date.String())), items)
	}
}

func paragraphsWithClaims(s answers.Source) int {
	n := 0
	for _, p := range s.Paragraphs {
		if len(p.Claims) > 0 {
			n++
		}
	}
	return n
}
