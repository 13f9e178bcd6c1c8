package table

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// separators are what stands between two cells, the likeliest first, with its name for people.
var separators = []struct {
	sign rune
	name string
}{{',', "CSV"}, {';', "CSV with semicolons"}, {'\t', "rows with tabs"}, {'|', "rows with vertical bars"}}

// excelLine is a line in which Excel says what separates the cells.
var excelLine = regexp.MustCompile(`(?i)^\s*"?sep=(.)"?\s*$`)

// delimited reads rows of cells with a sign between them.
func (t *Table) delimited(text string, tabs, tabsFirst bool) error {
	line := 1
	first, rest, _ := strings.Cut(text, "\n")
	if m := excelLine.FindStringSubmatch(first); m != nil {
		sign, _ := utf8.DecodeRuneInString(m[1])
		t.Form = fmt.Sprintf("CSV that says sep=%c", sign)
		return t.records(newScanner(rest, sign, 2))
	}
	best, most := 0, -1
	for i, sep := range separators {
		cells, _, _, fault := newScanner(text, sep.sign, line).next()
		if fault != nil {
			continue
		}
		n := 100*recognised(cells) + len(cells)
		if sep.sign == '\t' && tabsFirst {
			n++
		}
		if n > most {
			best, most = i, n
		}
	}
	if tabs {
		best = 2
	}
	t.Form = separators[best].name
	return t.records(newScanner(text, separators[best].sign, line))
}

func (t *Table) records(s *scanner) error {
	for {
		cells, line, more, fault := s.next()
		if fault != nil {
			return t.problem(fault.line, fault.column, "%s", fault.message)
		}
		t.add(line, cells)
		if !more {
			return nil
		}
	}
}

// scanner cuts text into records. Cells may be in quotation marks, which stand twice where they belong to the text, as in RFC 4180.
type scanner struct {
	text string
	sign rune
	line int
	from int // where the line begins
	at   int
}

func newScanner(text string, sign rune, line int) *scanner {
	return &scanner{text: text, sign: sign, line: line}
}

// fault is why a record cannot be read, and where that begins.
type fault struct {
	line, column int
	message      string
}

func (s *scanner) fault(message string) *fault {
	return &fault{s.line, 1 + utf8.RuneCountInString(s.text[s.from:s.at]), message}
}

// next is the next record with its line. more is false for the last.
func (s *scanner) next() (cells []string, line int, more bool, f *fault) {
	line = s.line
	for {
		cell, f := s.cell()
		if f != nil {
			return nil, line, false, f
		}
		cells = append(cells, cell)
		if s.at == len(s.text) {
			return cells, line, false, nil
		}
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		s.at += size
		if r == '\n' {
			s.newline()
			return cells, line, true, nil
		}
	}
}

func (s *scanner) newline() { s.line, s.from = s.line+1, s.at }

// cell is the next cell; it leaves the scanner at what ends it.
func (s *scanner) cell() (string, *fault) {
	begin := s.at
	for s.at < len(s.text) && s.text[s.at] == ' ' {
		s.at++
	}
	if s.at < len(s.text) && s.text[s.at] == '"' {
		return s.quoted()
	}
	s.at = begin
	for s.at < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		switch {
		case r == s.sign || r == '\n':
			return s.text[begin:s.at], nil
		case r == '"' && s.sign != '\t': // rows with tabs need no quotation marks, so that one is a sign like others
			return "", s.fault(`bare " in a cell that does not begin with one: put the cell in quotation marks, and write those within it twice`)
		}
		s.at += size
	}
	return s.text[begin:], nil
}

func (s *scanner) quoted() (string, *fault) {
	opened := s.fault("a quotation begins here and never ends")
	s.at++
	var b strings.Builder
	for s.at < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		s.at += size
		switch {
		case r == '"' && strings.HasPrefix(s.text[s.at:], `"`):
			s.at++
			b.WriteByte('"')
		case r == '"':
			ended := *s.fault("")
			for s.at < len(s.text) && s.text[s.at] == ' ' {
				s.at++
			}
			if next, _ := utf8.DecodeRuneInString(s.text[s.at:]); s.at < len(s.text) && next != s.sign && next != '\n' {
				opened.message = fmt.Sprintf(`a quotation begins here, and after the " that ends it (line %d, column %d) the cell goes on: `+
					"one that belongs to the text must stand twice", ended.line, ended.column-1)
				return "", opened
			}
			return b.String(), nil
		default:
			b.WriteRune(r)
			if r == '\n' {
				s.newline()
			}
		}
	}
	return "", opened
}
