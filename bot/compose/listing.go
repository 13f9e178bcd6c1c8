package compose

import (
	"fmt"
	"slices"
	"strings"

	"parley/answers"
)

// perPage is how many items of a look-up are shown at a time.
const perPage = 10

// listing is a look-up on its pages. Sources, corrections, disputes and what updates what are not cut in two; a page of one of these may hold
// more than ten lines.
type listing struct {
	c     composer
	pages []page
	tail  []Part // below the first page: how fresh it all is
	total int
}

// continued ends a heading that stood on the page before.
const continued = " (continued)"

// page is a part of a listing with the number of its items.
type page struct {
	parts []Part
	items int
}

// listing composes a look-up.
func (c composer) listing() listing {
	c.parts = nil
	c.lookUp()
	body := c.parts
	c.parts = nil
	if c.a.Outcome != answers.OutcomeDeclined {
		c.freshness()
	}
	l := listing{c: c, tail: c.parts, pages: []page{{}}}
	for _, p := range body {
		l.add(p)
	}
	return l
}

// add puts a part on the last page, or what of it there is room for; the rest begins new ones.
func (l *listing) add(p Part) {
	whole, items := l.whole(p), len(p.Items)
	if l.counted() {
		items = min(1, items)
	}
	l.total += items
	for {
		last := &l.pages[len(l.pages)-1]
		room := perPage - last.items
		switch {
		case items <= room || whole && last.items == 0:
			last.parts, last.items = append(last.parts, p), last.items+items
			return
		case room > 0 && !whole:
			begun := p
			begun.Items, p.Items = p.Items[:room], p.Items[room:]
			last.parts, last.items, items = append(last.parts, begun), last.items+room, items-room
			if p.Heading != "" {
				p.Heading = strings.TrimSuffix(p.Heading, continued) + continued
			}
			p.Text = ""
		}
		l.pages = append(l.pages, page{})
	}
}

// whole reports whether a part is not cut in two.
func (l *listing) whole(p Part) bool {
	return p.Role == RoleDispute || p.Role == RoleLater || l.counted()
}

// counted reports whether each part of the listing, not each line, is an item.
func (l *listing) counted() bool {
	return l.c.a.Intent == answers.IntentSources || l.c.a.Intent == answers.IntentCorrections
}

// parts are those of a view.
func (l listing) parts(v View) []Part {
	at := min(max(1, v.Page), len(l.pages)) - 1
	switch {
	case v.Whole:
		l.c.parts = nil
		l.c.lookUp()
		return append(append(l.c.parts, l.tail...), l.legend(nil, true)...)
	case v.Behind:
		var parts []Part
		for _, page := range l.pages[1:] {
			for _, p := range page.parts {
				if n := len(parts); n > 0 && p.Heading != "" && parts[n-1].Heading == p.Heading && !l.whole(p) { // it was cut between pages
					parts[n-1].Items = slices.Concat(parts[n-1].Items, p.Items)
					continue
				}
				parts = append(parts, p)
			}
		}
		return append(parts, l.legend(nil, true)...)
	}
	parts := l.pages[at].parts
	if at == 0 {
		parts = append(parts, l.tail...)
	}
	parts = append(parts, l.legend(parts, false)...)
	if len(l.pages) > 1 {
		to := l.total - l.after(at+1)
		parts = append(parts, Part{Role: RoleHint, Text: fmt.Sprintf("%d–%d of %d", to-l.pages[at].items+1, to, l.total)})
	}
	return parts
}

// after counts the items after a page, from 1.
func (l listing) after(n int) int {
	left := l.total
	for _, p := range l.pages[:min(max(1, n), len(l.pages))] {
		left -= p.items
	}
	return left
}

// legend explains the numbers that parts cite: by labels, or in full for all sources. A listing of sources explains itself.
func (l listing) legend(parts []Part, full bool) []Part {
	if l.c.a.Intent == answers.IntentSources {
		return nil
	}
	l.c.parts = nil
	if full {
		l.c.sources()
		return l.c.parts
	}
	text := Text(parts)
	var items []Item
	for i, s := range l.c.a.Sources {
		if n := fmt.Sprintf("[%d]", i+1); strings.Contains(text, n) {
			items = append(items, Item{n, label(s) + ", " + dated(s.Date)})
		}
	}
	l.c.list(RoleSources, "Sources", items)
	return l.c.parts
}
