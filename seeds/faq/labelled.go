package faq

import (
	"strings"

	"parley/seeds/table"
)

// Labelled is a question with the answer that it must get; "" means that it must be declined.
type Labelled struct {
	Question, Expected string
}

// LabelledSet reads questions to measure with: a file with the columns "question" and "expected". An expected answer reads as Read has it.
func LabelledSet(name string, data []byte) ([]Labelled, error) {
	t, err := table.Read(name, data, table.Options{})
	if err != nil {
		return nil, err
	}
	columns, err := t.Columns(map[table.Role]string{table.Question: "question"}, table.Question, table.Expected)
	if err != nil {
		return nil, err
	}
	set := make([]Labelled, len(t.Rows))
	for i, r := range t.Rows {
		set[i] = Labelled{columns.Cell(r, table.Question), strings.TrimSpace(Plain(unguarded(columns.Cell(r, table.Expected))))}
	}
	return set, nil
}
