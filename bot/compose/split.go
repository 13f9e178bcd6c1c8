package compose

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Pages cuts parts into pages, each of which an adapter shows as one message. The adapter knows what a message may
// hold once rendered (escaped characters, blocks, whatever it counts) and says whether a page fits. A page that fits must
// still fit with less at its end or without its first heading, and fits must take time linear in the page; it is called
// a few dozen times for each page, never with more than about twice the graphemes that fit or with two headings.
//
// Pages are filled in order. What no longer fits begins the next page if a page can hold it whole; if none can, it is cut
// at the strongest boundary inside: between items, sentences, words, and at last grapheme clusters. Quotations, links,
// citation markers and source items count as whole words, and so do headings and labels; only one that is longer than a
// page is cut. A heading stays with the beginning of what follows it, and the as-of line with the last sentence or item
// before it, so that as-of shows where the answer ends.
//
// Where a part goes on, its heading is repeated with “ (continued)”, unless it takes more than half a page or would make
// a cut worse. The rest of an item stands as text of its part, so that it does not look like an item of its own.
// Otherwise nothing is added, and nothing is left out but white space at cuts and at the ends of texts. No page is blank:
// blank parts have no pages. A grapheme cluster for which even an empty page is too small is a page of its own, the only
// kind that does not fit.
func Pages(parts []Part, fits func(page []Part) bool) [][]Part {
	p := pager{parts: parts, fits: fits}
	p.flatten()
	var pages [][]Part
	for from := 0; from < len(p.atoms); {
		to, heading := p.next(from)
		pages = append(pages, p.page(from, to, heading))
		from = to
	}
	return pages
}

// pager has a reply as one sequence of atoms. A page is a range of them.
type pager struct {
	parts  []Part
	fits   func([]Part) bool
	again  []string // of each part: the heading to repeat, "" for none
	fields []field
	atoms  []atom
	before rank // of the next field
}

// field is one text of a reply that is not blank: the atoms from, to - 1.
type field struct {
	part     int
	kind     kind
	text     string
	from, to int
}

type kind uint8

const (
	ofHeading  kind = iota
	ofText          // Part.Text
	ofLabel         // Item.Label
	ofLabelled      // Item.Text of an item with a label
	ofBullet        // Item.Text of an item without
)

// atom is a grapheme cluster that is not white space.
type atom struct {
	field      int
	start, end int  // bytes in the text of the field
	before     rank // of a cut before it
}

// rank orders cuts: the lower, the better. The ranks from betweenSentences on repeat for each depth of nested pieces, as
// the worst cut outside a piece is better than the best one inside.
type rank uint8

const (
	betweenParts rank = iota
	betweenItems
	betweenSentences
	betweenWords
	afterHeading // or after a label
	betweenGraphemes
)

// in is the rank inside so many pieces. There are at most five: an item, its label, a quotation, a link, a marker.
func (r rank) in(depth int) rank {
	return r + rank(depth)*(betweenGraphemes-betweenItems)
}

func (p *pager) flatten() {
	for n, part := range p.parts {
		again := ""
		if h := strings.TrimSuffix(part.Heading, continued) + continued; !blank(part.Heading) && p.fits([]Part{{Role: part.Role, Heading: h, Text: h}}) {
			again = h
		}
		p.again = append(p.again, again)

		p.before = betweenParts
		depth := 0
		if part.Role == RoleAsOf {
			p.before, depth = betweenWords, 1 // so the sentence, item or part before it goes along, if a page can hold both
		}
		p.add(field{part: n, kind: ofHeading, text: part.Heading}, 1, afterHeading)
		p.add(field{part: n, kind: ofText, text: part.Text}, depth, betweenItems)
		if part.Role == RoleSources {
			depth = 1
		}
		for _, it := range part.Items {
			kind, afterLabel := ofLabelled, afterHeading.in(depth)
			if blank(it.Label) {
				kind = ofBullet
			}
			if blank(it.Text) {
				afterLabel = betweenItems
			}
			p.add(field{part: n, kind: ofLabel, text: it.Label}, depth+1, afterLabel)
			p.add(field{part: n, kind: kind, text: it.Text}, depth, betweenItems)
		}
	}
}

// add appends a field that lies so deep in pieces, unless it is blank; after is the rank of a cut at its end.
func (p *pager) add(f field, depth int, after rank) {
	if blank(f.text) {
		return
	}
	f.from = len(p.atoms)
	inside := pieces(f.text)
	cluster, rest, state := "", f.text, -1
	for pos, end := 0, 0; rest != ""; pos += len(cluster) {
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if blank(cluster) {
			continue
		}
		before := p.before
		if len(p.atoms) > f.from {
			before = boundary(f.text, end, pos).in(depth + inside[pos])
		}
		end = pos + len(cluster)
		p.atoms = append(p.atoms, atom{len(p.fields), pos, end, before})
	}
	f.to = len(p.atoms)
	p.fields = append(p.fields, f)
	p.before = after
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// A link ends before white space or a quotation mark. Citation markers in a row are one piece.
var (
	link    = regexp.MustCompile(`https?://[^\s\v\x{85}\p{Z}“”"]+`)
	markers = regexp.MustCompile(`(?:\[[0-9]+\])+`)
)

// pieces tells for each byte of the text inside how many pieces a cut before it would be. A quotation goes from an opening
// mark to the next closing one; a mark that is never closed opens none.
func pieces(text string) []int {
	depth := make([]int, len(text))
	piece := func(start, end int) {
		for i := start + 1; i < end; i++ {
			depth[i]++
		}
	}
	for _, kind := range []*regexp.Regexp{link, markers} {
		for _, at := range kind.FindAllStringIndex(text, -1) {
			piece(at[0], at[1])
		}
	}
	lastCurly, lastStraight := strings.LastIndex(text, "”"), strings.LastIndex(text, `"`)
	open, closing := 0, rune(0)
	for i, r := range text {
		switch {
		case closing != 0 && r == closing:
			piece(open, i+utf8.RuneLen(r))
			closing = 0
		case closing != 0:
		case r == '“' && i < lastCurly:
			open, closing = i, '”'
		case r == '"' && i < lastStraight:
			open, closing = i, '"'
		}
	}
	return depth
}

// boundary is the rank of a cut between what ends and what starts at these bytes, with at most white space between them.
// Sentences end as in answers.Prose, unless a small letter follows, or with a line. Brackets stay with the word before.
func boundary(text string, end, start int) rank {
	if end == start || text[start] == '[' {
		return betweenGraphemes
	}
	next, _ := utf8.DecodeRuneInString(text[start:])
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:end], `"'”’)`))
	if strings.Contains(text[end:start], "\n") || strings.ContainsRune(".?!", last) && !unicode.IsLower(next) {
		return betweenSentences
	}
	return betweenWords
}

// next tells where the page ends that begins with this atom, and the heading that it repeats; one of its own goes before.
func (p *pager) next(from int) (to int, heading string) {
	to = p.cut(from, max(p.reach(from, ""), from+1))
	again := p.again[p.fields[p.atoms[from].field].part]
	if again == "" {
		return to, ""
	}
	far := p.reach(from, again)
	if far == from {
		return to, ""
	}
	below := p.cut(from, far)
	if r := p.rank(below); r > p.rank(from) && p.whole(from, below, r) {
		return to, ""
	}
	return below, again
}

// rank is that of a cut before this atom, or at the end of the reply.
func (p *pager) rank(i int) rank {
	if i == len(p.atoms) {
		return betweenParts
	}
	return p.atoms[i].before
}

// reach tells where the longest page ends that begins with this atom and fits; there, if not even the one atom fits.
// It tries one atom, two, four …, then halves, so that no page is rendered that is much too long.
func (p *pager) reach(from int, heading string) int {
	left := len(p.atoms) - from
	good, bad := 0, 1
	for p.fits(p.page(from, from+min(bad, left), heading)) {
		if bad >= left {
			return len(p.atoms)
		}
		good, bad = bad, 2*bad
	}
	return from + good + sort.Search(min(bad, left)-good-1, func(n int) bool {
		return !p.fits(p.page(from, from+good+n+1, heading))
	})
}

// cut is where to end a page that could go as far as far. Each candidate is a better cut than all after it; the best is
// taken at which something begins that is cut by the end of the page but fits on a page of its own.
func (p *pager) cut(from, far int) int {
	if far == len(p.atoms) {
		return far
	}
	candidates := []int{far}
	for i := far - 1; i > from; i-- {
		if p.rank(i) < p.rank(candidates[len(candidates)-1]) {
			candidates = append(candidates, i)
		}
	}
	for n := len(candidates) - 1; n > 0; n-- {
		if p.whole(candidates[n], far, p.rank(candidates[n-1])) {
			return candidates[n]
		}
	}
	return far
}

// whole reports whether a page can hold what begins at from and goes on beyond far, up to a cut better than worse.
func (p *pager) whole(from, far int, worse rank) bool {
	reach := p.reach(from, "")
	for i := far + 1; i <= reach; i++ {
		if p.rank(i) < worse {
			return true
		}
	}
	return false
}

// page makes the parts of these atoms, the first under this heading unless it has its own.
func (p *pager) page(from, to int, heading string) []Part {
	var parts []Part
	first, part := p.atoms[from].field, -1
	for n := first; n <= p.atoms[to-1].field; n++ {
		f := p.fields[n]
		if f.part != part {
			part = f.part
			parts = append(parts, Part{Role: p.parts[part].Role, Heading: heading, Mark: p.parts[part].Mark})
			heading = ""
		}
		last := &parts[len(parts)-1]
		switch text := f.text[p.atoms[max(from, f.from)].start:p.atoms[min(to, f.to)-1].end]; {
		case f.kind == ofHeading:
			last.Heading = text
		case f.kind == ofLabel:
			last.Items = append(last.Items, Item{Label: text})
		case f.kind == ofLabelled && n > first:
			last.Items[len(last.Items)-1].Text = text
		case f.kind == ofBullet && from <= f.from:
			last.Items = append(last.Items, Item{Text: text})
		default:
			last.Text = text
		}
	}
	return parts
}
