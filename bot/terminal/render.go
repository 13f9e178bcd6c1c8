// Package terminal renders replies for a screen of characters: wrapped at its width, with emphasis only where the screen
// can show it. Nothing is said by colour alone.
package terminal

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"parley/bot"
	"parley/bot/compose"
)

// Screen holds the abilities of a terminal. The zero Screen shows unwrapped plain text.
type Screen struct {
	Width  int  // columns; 0 for unlimited
	Colour bool // escape sequences are understood and wanted
}

// Render writes the reply for the screen, with a line feed at its end.
func (s Screen) Render(r bot.Reply) string {
	return compose.Join(r.Parts, s.part) + "\n"
}

// SGR codes (ECMA-48, section 8.3.117) for emphasis.
const (
	bold   = "1"
	dim    = "2"
	italic = "3"
)

func (s Screen) part(p compose.Part) string {
	if p.Role == compose.RolePlain {
		return PrintableLines(p.Text)
	}
	var lines []string
	if p.Heading != "" {
		lines = append(lines, s.lines(p.Heading, "", "", bold)...)
	}
	if p.Text != "" {
		lines = append(lines, s.marked(p, s.lines(p.Text, "", "", emphasis(p.Role)))...)
	}
	for _, it := range p.Items {
		first, text := "  • ", it.Text
		switch {
		case it.Numbered():
			first = "  " + it.Label + " "
		case it.Label != "":
			text = it.Label + ": " + it.Text
		}
		rest := strings.Repeat(" ", uniseg.StringWidth(first))
		lines = append(lines, s.lines(text, first, rest, emphasis(p.Role))...)
	}
	return strings.Join(lines, "\n")
}

// marked are the lines of a part's text, with what stands out in bold. The text was wrapped, which moves blanks alone.
func (s Screen) marked(p compose.Part, lines []string) []string {
	before, mark, _ := p.Around()
	if mark == "" || !s.Colour || emphasis(p.Role) != "" {
		return lines
	}
	skip, left := solid(Printable(before)), solid(Printable(mark))
	for i, line := range lines {
		from, to := -1, 0
		for at, r := range line {
			switch {
			case unicode.IsSpace(r) || left == 0:
			case skip > 0:
				skip--
			default:
				left--
				if from < 0 {
					from = at
				}
				to = at + utf8.RuneLen(r)
			}
		}
		if from >= 0 {
			lines[i] = fmt.Sprintf("%s\x1b[%sm%s\x1b[0m%s", line[:from], bold, line[from:to], line[to:])
		}
	}
	return lines
}

// solid counts the characters of a text that are not blanks.
func solid(s string) int { return utf8.RuneCountInString(strings.Join(strings.Fields(s), "")) }

// PrintableLines is Printable for text whose lines stand as they are.
func PrintableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = Printable(line)
	}
	return strings.Join(lines, "\n")
}

func emphasis(r compose.Role) string {
	switch r {
	case compose.RoleCorrection, compose.RoleAnswer:
		return bold
	case compose.RoleAsOf, compose.RoleHint, compose.RoleSources:
		return dim
	case compose.RoleNotice:
		return italic
	default:
		return ""
	}
}

// lines wraps the lines of a text and puts an indent before the first and the further ones.
func (s Screen) lines(text, first, rest, sgr string) []string {
	width := 0
	if s.Width > 0 {
		width = max(20, s.Width-uniseg.StringWidth(first))
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, Wrap(Printable(line), width)...)
	}
	for i, line := range lines {
		if s.Colour && sgr != "" {
			line = fmt.Sprintf("\x1b[%sm%s\x1b[0m", sgr, line)
		}
		if i == 0 {
			lines[i] = first + line
		} else {
			lines[i] = rest + line
		}
	}
	return lines
}

// Printable drops runes that could move the cursor or hide text: control characters and directional overrides. Stored and typed
// text goes through here on its way to the screen.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case compose.Unprintable(r):
			return -1
		}
		return r
	}, s)
}

// Wrap breaks text into lines of at most width columns, at spaces; a word that is longer than a line is broken between
// graphemes. A width of 0 or less leaves the text on one line.
func Wrap(text string, width int) []string {
	if width <= 0 {
		return []string{text}
	}
	var lines []string
	line, columns := "", 0
	for word := range strings.FieldsSeq(text) {
		n := uniseg.StringWidth(word)
		if columns > 0 && columns+1+n > width {
			lines = append(lines, line)
			line, columns = "", 0
		}
		if columns > 0 {
			line, columns = line+" ", columns+1
		}
		if n <= width {
			line, columns = line+word, columns+n
			continue
		}
		for g := uniseg.NewGraphemes(word); g.Next(); {
			if columns > 0 && columns+g.Width() > width {
				lines = append(lines, line)
				line, columns = "", 0
			}
			line, columns = line+g.Str(), columns+g.Width()
		}
	}
	return append(lines, line)
}
