// Package faq makes a record of lists of questions and answers, as newsrooms and communities have them. What Parley promises must survive that: each
// answer keeps its own source, link and date, and what nobody stated is not known. rows.go reads what the columns say, plain.go takes marks of
// HTML and Markdown off, dates.go reads dates. group.go decides which rows are one entry, so that "No." is never the answer to another question.
// build.go makes the record, or the next version of one that is there, under the ids that it has; change.go tells what that changes for
// readers. write.go is the way back, and labelled.go reads sets to measure with.
package faq

import (
	"parley/answers"
	"parley/seeds"
	"parley/seeds/table"
)

// Row is one row as it was understood.
type Row struct {
	File     int // which of the tables
	Line     int
	ID       string
	Question string
	Further  []string
	Answer   string
	Source   answers.Source // its publisher, title, URL and date, as far as the row states them
	AsOf     answers.DateRange
	Topic    string
	Rating   string
	Claimant string
	Class    answers.Class

	cells []string
}

// Refusal is a row that is not taken in, and why.
type Refusal struct {
	seeds.Problem
	Passed bool // it repeats a question: the first answer stays
	header []string
	cells  []string
}

// List is what some files hold.
type List struct {
	Tables   []table.Table
	Columns  []table.Columns
	Rows     []Row
	Refused  []Refusal
	Warnings seeds.Problems // of rows that are taken in
}

// Faults are the refusals that stand in the way of an import that nobody watches; a question that stands there twice does not.
func (l List) Faults() int {
	n := 0
	for _, r := range l.Refused {
		if !r.Passed {
			n++
		}
	}
	return n
}

// HasIDs reports whether rows say which entry they are.
func (l List) HasIDs() bool {
	for _, c := range l.Columns {
		if c.Has(table.ID) {
			return true
		}
	}
	return false
}
