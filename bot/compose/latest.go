package compose

import (
	"fmt"
	"slices"
	"strings"

	"parley/answers"
)

// latest shows what the newest source says, and what has updated what.
func (c *composer) latest() {
	switch {
	case len(c.a.Found) == 0:
	case c.date(c.a.Found[0]).Known():
		c.list(RoleList, fmt.Sprintf("%s: %s", c.heading("The newest"), c.date(c.a.Found[0])), c.items(c.a.Found))
	default:
		c.list(RoleList, c.heading("Only undated sources speak")+"; whether this is the newest is not known", c.items(c.a.Found))
	}
	for _, u := range c.a.Updates {
		c.list(RoleLater, "Updated", c.update(u))
	}
}

// date is that of the document in which a claim stands.
func (c *composer) date(claim answers.Claim) answers.DateRange {
	return c.a.Sources[c.a.Number(claim.ID)-1].Date
}

// update shows a newer claim, then the older ones that it updates.
func (c *composer) update(u answers.Update) []Item {
	items := []Item{{"Newer, " + c.when(u.Claim).String(), c.stated(u.Claim)}}
	for _, older := range u.Of {
		items = append(items, Item{"Older, " + c.when(older).String(), c.stated(older)})
	}
	return items
}

// fresh is the line on how fresh a listing is.
func (c *composer) fresh() string {
	line := []string{fmt.Sprintf("As of %s", c.a.AsOf)}
	if !c.a.AsOf.Known() {
		line[0] = "The date of this is not known"
	}
	if age := age(c.a.Age, len(c.a.Sources) > 1); age != "" {
		line = append(line, age)
	}
	if undated := c.numbers(func(s answers.Source) bool { return !s.Date.Known() }); undated != "" && c.a.AsOf.Known() {
		line = append(line, "date of "+undated+" not known")
	}
	return strings.Join(line, " · ")
}

// unresolved shows what sources call open, apart where something newer speaks of it, and the disputes in full.
func (c *composer) unresolved() {
	overtaken := func(claim answers.Claim) bool {
		return slices.ContainsFunc(c.a.Updates, func(u answers.Update) bool {
			return slices.ContainsFunc(u.Of, func(older answers.Claim) bool { return older.ID == claim.ID })
		})
	}
	c.list(RoleList, c.heading("Open questions"), c.items(slices.DeleteFunc(slices.Clone(c.a.Found), overtaken)))
	for _, u := range c.a.Updates {
		c.list(RoleLater, "Called open before, and updated since", c.update(u))
	}
	c.disputes()
}

// coverage shows how much there is on each topic, and how fresh it is.
func (c *composer) coverage() {
	var items []Item
	for _, t := range c.a.Coverage {
		items = append(items, Item{t.Topic.Name, extent(t)})
	}
	c.list(RoleList, c.heading("What the record covers"), items)
	c.add(RoleDetail, "In all %s from %s; a claim may stand under several topics.", Count(len(c.a.Claims), "claim"), Count(len(c.a.Sources), "source"))
}

func extent(t answers.TopicCoverage) string {
	text := fmt.Sprintf("%s, %s from %s", Count(t.Entries, "answer"), Count(t.Claims, "claim"), Count(t.Sources, "source"))
	if t.Disputes > 0 {
		text += ", " + Count(t.Disputes, "dispute")
	}
	switch {
	case !t.Newest.Known():
		return text + "; none of its sources is dated"
	case t.Age > 0:
		text += fmt.Sprintf("; newest source %s, %s old", t.Newest, Count(t.Age, "day"))
	default:
		text += fmt.Sprintf("; newest source %s", t.Newest)
	}
	if t.Undated > 0 {
		text += fmt.Sprintf("; %d of the sources not dated", t.Undated)
	}
	return text
}
