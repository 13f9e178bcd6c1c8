package faq

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	xhtml "golang.org/x/net/html"

	"parley/answers"
	"parley/seeds/table"
)

// Plain is the text of a cell without the marks of HTML and Markdown, as each platform can show it: paragraphs with a blank line between, a line
// for each item of a list, links as "label (address)". What only looks like a mark stays as it is written. Some programs write marks twice over,
// as in "&amp;nbsp;", so that it is done until nothing is left of them: the plain text of a plain text is the same.
func Plain(cell string) string {
	for range maxWritten {
		text := once(cell)
		if text == cell {
			break
		}
		cell = text
	}
	return cell
}

// maxWritten bounds how many times over marks are taken off.
const maxWritten = 20

func once(cell string) string {
	if tags.MatchString(cell) {
		cell = withoutTags(cell)
	}
	cell = entities.ReplaceAllStringFunc(cell, html.UnescapeString)
	return paragraphs(withoutMarks(cell))
}

var (
	tags = regexp.MustCompile(`(?i)</?(a|b|i|u|p|br|em|h[1-6]|hr|li|ol|ul|td|th|tr|div|img|pre|sub|sup|code|font|span|body|html|small|strong|table|tbody|thead|tfoot|` +
		`script|style|iframe|section|article|blockquote|dl|dt|dd|mark|del|s|abbr|cite|figure|figcaption|video|audio|button|form|input|label|nav|header|footer|center|svg|path)(\s[^<>]*)?/?>`)
	entities = regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
)

// withoutTags turns HTML into text with marks for paragraphs and lists. Tags that there are not in HTML stay as they are written.
func withoutTags(cell string) string {
	var b strings.Builder
	z := xhtml.NewTokenizer(strings.NewReader(cell))
	var addresses []string // of the links that are open
	silent := ""           // the tag whose text nobody is shown
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch {
		case kind == xhtml.ErrorToken:
			b.WriteString(raw) // what is left of a tag that has no end
			return b.String()
		case kind == xhtml.TextToken && silent == "":
			b.WriteString(raw)
		case kind == xhtml.TextToken || strings.HasPrefix(raw, "<!--"):
		case !tags.MatchString(raw):
			b.WriteString(raw)
		default:
			token := z.Token()
			end := kind == xhtml.EndTagToken
			switch name := token.Data; name {
			case "script", "style":
				if silent = name; end {
					silent = ""
				}
			case "a":
				if !end {
					addresses = append(addresses, linked(token, "href"))
				} else if n := len(addresses); n > 0 {
					address := addresses[n-1]
					addresses = addresses[:n-1]
					if address != "" && !strings.HasSuffix(b.String(), address) {
						b.WriteString(" (" + address + ")")
					}
				}
			case "img":
				b.WriteString(attribute(token, "alt"))
			case "br":
				b.WriteString("\n")
			case "tr":
				if !end {
					b.WriteString("\n")
				}
			case "li", "dt", "dd":
				if !end {
					b.WriteString("\n• ")
				}
			case "td", "th":
				if !end && !strings.HasSuffix(strings.TrimRight(b.String(), " "), "\n") && b.Len() > 0 {
					b.WriteString(" | ")
				}
			case "p", "div", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", "hr", "section", "article", "figure":
				b.WriteString("\n\n")
			}
		}
	}
}

// linked is an address in a tag that a reader can follow; "" for one within the page, or for a script.
func linked(token xhtml.Token, name string) string {
	address := attribute(token, name)
	if mail, found := strings.CutPrefix(address, "mailto:"); found {
		return mail
	}
	if table.IsLink(address) {
		return address
	}
	return ""
}

func attribute(token xhtml.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// The marks of Markdown that are taken off. A single sign between blanks, within a word or beside a number is none.
var (
	picture  = regexp.MustCompile(`!\[([^\]\n]*)\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+["'][^"'\n]*["'])?\s*\)`)
	link     = regexp.MustCompile(`\[([^\]\n]+)\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+["'][^"'\n]*["'])?\s*\)`)
	autolink = regexp.MustCompile(`<((?:https?://|mailto:)[^\s<>|]+)>`)
	strong   = regexp.MustCompile(`(\*\*|__)(\S(?:[^\n]*?\S)?)(\*\*|__)`)
	emphasis = regexp.MustCompile(`(^|[\s(„“"'])(?:\*([^\s*](?:[^*\n]*[^\s*])?)\*|_([^\s_](?:[^_\n]*[^\s_])?)_)($|[\s.,;:!?)”"'…])`)
	code     = regexp.MustCompile("`+([^`\n]+)`+")
	fence    = regexp.MustCompile("(?m)^[ \t]*(```|~~~)[^`\n]*$")
	heading  = regexp.MustCompile(`(?m)^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$`)
	quoted   = regexp.MustCompile(`(?m)^[ \t]{0,3}>[ \t]+`)
	bullet   = regexp.MustCompile(`(?m)^[ \t]*[-*+•·‣][ \t]+`)
	rule     = regexp.MustCompile(`(?m)^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$`)
	escaped  = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!|>~-])")
)

// withoutMarks turns Markdown into text.
func withoutMarks(s string) string {
	s = fence.ReplaceAllString(s, "")
	s = rule.ReplaceAllString(s, "")
	s = heading.ReplaceAllString(s, "\n$1\n")
	s = quoted.ReplaceAllString(s, "")
	s = picture.ReplaceAllString(s, "$1")
	s = link.ReplaceAllStringFunc(s, func(m string) string {
		parts := link.FindStringSubmatch(m)
		label, address := parts[1], strings.TrimPrefix(parts[2], "mailto:")
		switch {
		case label == address:
			return label
		case table.IsLink(address) || strings.Contains(address, "@"):
			return label + " (" + address + ")"
		case strings.ContainsAny(address, "/#.:"):
			return label // within the page that it came from
		default:
			return m // "[see](below)" is no link
		}
	})
	s = autolink.ReplaceAllStringFunc(s, func(m string) string { return strings.TrimPrefix(strings.Trim(m, "<>"), "mailto:") })
	s = code.ReplaceAllString(s, "$1")
	s = strong.ReplaceAllStringFunc(s, func(m string) string {
		parts := strong.FindStringSubmatch(m)
		if parts[1] != parts[3] {
			return m
		}
		return parts[2]
	})
	for range 2 { // two that share a blank
		s = emphasis.ReplaceAllString(s, "$1$2$3$4")
	}
	s = bullet.ReplaceAllString(s, "• ")
	return escaped.ReplaceAllString(s, "$1")
}

// paragraphs are lines with single blanks between words and at most one blank line between two. Before and within a list there is none.
func paragraphs(s string) string {
	var lines []string
	blank := false
	for line := range strings.SplitSeq(s, "\n") {
		line = answers.OneLine(strings.Map(visible, line))
		if line == "" || line == "•" || line == "|" {
			blank = len(lines) > 0
			continue
		}
		if blank && !strings.HasPrefix(line, "• ") {
			lines = append(lines, "")
		}
		blank = false
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// visible leaves out what nobody sees, and what could turn the order of letters.
func visible(r rune) rune {
	switch {
	case r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff' || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069:
		return -1
	case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
		return ' '
	}
	return r
}
