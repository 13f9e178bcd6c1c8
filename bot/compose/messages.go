package compose

// pieceLength is how many code points of an oversized grapheme cluster one page shows: escaped by six characters each, they fit into any
// message.
const pieceLength = 500

// Messages returns the pages of parts, each of which fits. It is Pages, but for a grapheme cluster that is too large for an empty page:
// Pages makes it a page of its own, and Messages cuts that between code points.
func Messages(parts []Part, fits func(page []Part) bool) [][]Part {
	var fit [][]Part
	for _, page := range Pages(parts, fits) {
		if fits(page) {
			fit = append(fit, page)
			continue
		}
		for rest := []rune(page[0].joined()); len(rest) > 0; rest = rest[min(pieceLength, len(rest)):] {
			fit = append(fit, []Part{{Role: page[0].Role, Text: string(rest[:min(pieceLength, len(rest))])}})
		}
	}
	return fit
}
