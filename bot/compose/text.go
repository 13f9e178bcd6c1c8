package compose

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Unprintable reports whether a rune must not reach a screen: a control character, or a directional override or isolate, by which a text
// could show itself, or its neighbours, in another order. Directional marks and joiners are printable, since right-to-left text and
// emoji need them.
func Unprintable(r rune) bool {
	return r < ' ' || 0x7f <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069
}

// Clean returns a stored or typed text fit to be rendered: valid UTF-8, without unprintable runes but line feeds and tabs. Carriage
// returns and the separators of lines and paragraphs (U+2028, U+2029) become line feeds, so that there is one way to begin a line.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case Unprintable(r):
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n")) // strings.Map replaces invalid UTF-8
}

// CleanParts returns copies of parts in which every text is clean.
func CleanParts(parts []Part) []Part {
	out := make([]Part, len(parts))
	for i, p := range parts {
		out[i] = Part{Role: p.Role, Heading: Clean(p.Heading), Text: Clean(p.Text), Mark: Clean(p.Mark)}
		for _, it := range p.Items {
			out[i].Items = append(out[i].Items, Item{Label: Clean(it.Label), Text: Clean(it.Text)})
		}
	}
	return out
}

// Line returns a text, cleaned, on one line whose length is at most most, as the platform measures length. A longer text is cut between
// grapheme clusters and ends in an ellipsis, which has length 1.
func Line(s string, most int, length func(string) int) string {
	s = strings.Join(strings.Fields(Clean(s)), " ")
	if length(s) <= most {
		return s
	}
	kept, room := 0, most-1
	for rest, state := s, -1; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if room -= length(cluster); room < 0 {
			break
		}
		kept += len(cluster)
	}
	return strings.TrimSpace(s[:kept]) + "…"
}
