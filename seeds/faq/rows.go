package faq

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/answers"
	"parley/answers/text"
	"parley/seeds"
	"parley/seeds/table"
)

// longAnswer is the number of characters from which an answer is one that nobody reads at a glance: some ten times what replies show first.
const longAnswer = 3000

// Read reads the rows of tables, by the names of their columns or as they are named. What is missing in a table comes back as seeds.Problems.
func Read(tables []table.Table, named map[table.Role]string) (List, error) {
	l := List{Tables: tables}
	var problems seeds.Problems
	for i := range tables {
		columns, err := tables[i].Columns(named, table.Question, table.Answer)
		if err != nil {
			missing, ok := err.(seeds.Problems)
			if !ok {
				return l, err
			}
			problems = append(problems, missing...)
			continue
		}
		l.Columns = append(l.Columns, columns)
		l.table(i, columns)
	}
	if len(problems) == 0 && len(l.Rows)+len(l.Refused) == 0 {
		problems = seeds.Problems{{File: tables[0].Name, Line: 1, Column: 1, Message: "there is no row below the header"}}
	}
	if len(problems) > 0 {
		return l, problems
	}
	return l, nil
}

// table reads the rows of one table.
func (l *List) table(n int, columns table.Columns) {
	t := l.Tables[n]
	cells := func(role table.Role) []string {
		var texts []string
		for _, r := range t.Rows {
			texts = append(texts, columns.Cell(r, role))
		}
		return texts
	}
	date, asOf := orderOf(cells(table.Date)), orderOf(cells(table.AsOf))
	for _, r := range t.Rows {
		refuse := func(format string, args ...any) {
			l.Refused = append(l.Refused, Refusal{
				Problem: seeds.Problem{File: t.Name, Line: r.Line, Column: 1, Message: fmt.Sprintf(format, args...)}, header: t.Header, cells: r.Cells,
			})
		}
		warn := func(format string, args ...any) {
			l.Warnings = append(l.Warnings, seeds.Problem{File: t.Name, Line: r.Line, Column: 1, Message: fmt.Sprintf(format, args...)})
		}
		row := Row{
			File: n, Line: r.Line, ID: columns.Cell(r, table.ID), Question: oneLine(columns.Cell(r, table.Question)), Answer: Plain(unguarded(columns.Cell(r, table.Answer))),
			Topic: oneLine(columns.Cell(r, table.Topic)), Rating: oneLine(columns.Cell(r, table.Rating)), Claimant: oneLine(columns.Cell(r, table.Claimant)),
			Class: answers.Class(strings.ToLower(columns.Cell(r, table.Class))), cells: r.Cells,
		}
		for _, q := range columns.Cells(r, table.Further) {
			if q = oneLine(q); text.Fold(q) != "" {
				row.Further = append(row.Further, q)
			}
		}
		row.Source = answers.Source{Publisher: oneLine(columns.Cell(r, table.Publisher)), Title: oneLine(columns.Cell(r, table.Title)), URL: columns.Cell(r, table.Link)}
		if row.Source.URL != "" && !table.IsLink(row.Source.URL) {
			warn("%q is no address on the web, so the source has no link", row.Source.URL)
			row.Source.URL = ""
		}
		for _, d := range []struct {
			role  table.Role
			order dateOrder
			to    *answers.DateRange
		}{{table.Date, date, &row.Source.Date}, {table.AsOf, asOf, &row.AsOf}} {
			cell := columns.Cell(r, d.role)
			known, ok := dateOf(cell, d.order)
			switch {
			case ok:
				*d.to = known
			case cell != "":
				warn("the date %q can be read in more than one way, or in none, so it is not known; write it as 2025-08-18", cell)
			}
		}
		if !row.Source.Date.Known() {
			row.Source.Date = row.AsOf // the last day on which the source is known to have said so
		}
		switch long := utf8.RuneCountInString(row.Answer); {
		case len(r.Cells) > len(t.Header) && slices.ContainsFunc(r.Cells[len(t.Header):], func(c string) bool { return c != "" }):
			refuse("the row has %d cells and the header %d: put a cell that holds what separates the cells in quotation marks", len(r.Cells), len(t.Header))
			continue
		case row.Answer == "" || text.Fold(row.Question) == "":
			refuse("a row needs an answer and a question")
			continue
		case strings.ContainsRune(strings.Join(r.Cells, ""), utf8.RuneError):
			refuse("a character was lost before the file was saved: it holds U+FFFD in its place")
			continue
		case row.Class != "" && !slices.Contains([]answers.Class{answers.Minor, answers.Clarification, answers.Corrected}, row.Class):
			refuse("the class of the change is %q; it must be minor, clarification or correction", row.Class)
			continue
		case row.ID != "" && idOf(row.ID) == "":
			refuse("the id %q has no letter or digit", row.ID)
			continue
		case long >= longAnswer:
			warn("answer of %s characters: replies show the beginning, and the rest in pages behind it", grouped(long))
		}
		row.Answer = withRating(row)
		l.Rows = append(l.Rows, row)
	}
}

// oneLine is a cell as a text of one line, without marks.
func oneLine(cell string) string { return answers.OneLine(Plain(unguarded(cell))) }

// guarded is a text that a spreadsheet would take for a formula, or one that unguarded would change.
var guarded = regexp.MustCompile(`^'*[=+@\t\r-]`)

// unguarded takes off the apostrophe by which Guard keeps a text from being a formula.
func unguarded(cell string) string {
	if strings.HasPrefix(cell, "'") && guarded.MatchString(cell) {
		return cell[1:]
	}
	return cell
}

// Guard keeps a spreadsheet from taking a text for a formula: Excel and others compute what begins with =, +, - or @.
func Guard(text string) string {
	if guarded.MatchString(text) {
		return "'" + text
	}
	return text
}

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

// slug is a text as an id; "" where it has no letter of the Latin alphabet, no digit, or is too long.
func slug(s string) string {
	id := strings.Trim(notInID.ReplaceAllString(strings.ToLower(s), "-"), "-")
	if len(id) > 60 {
		return ""
	}
	return id
}

// grouped writes a number with commas between its thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}
