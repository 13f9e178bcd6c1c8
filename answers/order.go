package answers

import (
	"cmp"
	"slices"
)

// Sort puts the contents into canonical order, which formatting, exporting and every listing rely on: claims by source,
// paragraph and id; relations by their ends; all else by id. Lists whose order carries meaning (positions, phrasings)
// are left as they are.
func (c *Contents) Sort() {
	slices.SortStableFunc(c.Sources, func(a, b Source) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Actors, func(a, b Actor) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Places, func(a, b Place) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Topics, func(a, b Topic) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Paragraph, b.Paragraph), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(c.Relations, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.To, b.To))
	})
	slices.SortStableFunc(c.Disputes, func(a, b Dispute) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Events, func(a, b Event) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Entries, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Gold, func(a, b Gold) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Freezes, func(a, b Freeze) int { return cmp.Compare(a.Key(), b.Key()) })
}

// Clone copies the lists, so that sorting them does not disturb the caller's.
func (c Contents) Clone() Contents {
	c.Sources = append([]Source(nil), c.Sources...)
	c.Actors = append([]Actor(nil), c.Actors...)
	c.Places = append([]Place(nil), c.Places...)
	c.Topics = append([]Topic(nil), c.Topics...)
	c.Claims = append([]Claim(nil), c.Claims...)
	c.Relations = append([]Relation(nil), c.Relations...)
	c.Disputes = append([]Dispute(nil), c.Disputes...)
	c.Events = append([]Event(nil), c.Events...)
	c.Entries = append([]Entry(nil), c.Entries...)
	c.Gold = append([]Gold(nil), c.Gold...)
	c.Freezes = append([]Freeze(nil), c.Freezes...)
	return c
}
