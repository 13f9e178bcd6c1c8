package main

import (
	"fmt"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/compose"
	"parley/seeds/faq"
	"parley/seeds/table"
)

// shownRows is how many rows a preview shows as they will be answered, and shownProblems how many problems it lists.
const (
	shownRows     = 10
	shownProblems = 20
)

// preview shows what was understood of a list, its problems, and its first rows as replies will show them.
func (in *importing) preview(list faq.List, c answers.Contents) error {
	var parts []compose.Part
	for i, t := range list.Tables {
		p := compose.Part{Role: compose.RoleList, Heading: fmt.Sprintf("%s: %s, %s", t.Name, t.Form, compose.Count(len(t.Rows), "row"))}
		for _, role := range table.Roles() {
			if names := list.Columns[i].Names(t, role); len(names) > 0 && role != table.Expected {
				text := "“" + strings.Join(names, "”, “") + "”"
				if role == table.Language {
					text += ", which the record does not keep"
				}
				p.Items = append(p.Items, compose.Item{Label: string(role), Text: text})
			}
		}
		if passed := list.Columns[i].Passed; len(passed) > 0 {
			p.Items = append(p.Items, compose.Item{Label: "passed over", Text: "“" + strings.Join(passed, "”, “") + "”"})
		}
		parts = append(parts, p)
		for _, note := range t.Notes {
			parts = append(parts, compose.Part{Role: compose.RoleNotice, Text: note})
		}
	}
	var refused []string
	for _, r := range list.Refused {
		refused = append(refused, r.String())
	}
	parts = append(parts, listed("Rows that are left out", refused)...)
	parts = append(parts, listed("Rows to look at", warnings(list))...)
	parts = append(parts, compose.Part{Role: compose.RoleNotice, Text: fmt.Sprintf("%s make %s. The first, as replies show them:",
		compose.Count(len(list.Rows), "row"), compose.Count(len(c.Entries), "answer"))})
	shown, err := in.shown(list)
	if err != nil {
		return err
	}
	return in.env.show(append(parts, shown...)...)
}

func warnings(list faq.List) []string {
	var texts []string
	for _, w := range list.Warnings {
		texts = append(texts, w.String())
	}
	return texts
}

// listed is a list of problems with their number; nothing for none.
func listed(heading string, texts []string) []compose.Part {
	if len(texts) == 0 {
		return nil
	}
	p := compose.Part{Role: compose.RoleList, Heading: fmt.Sprintf("%s: %d", heading, len(texts))}
	for i, text := range texts {
		if i == shownProblems {
			p.Items = append(p.Items, compose.Item{Text: fmt.Sprintf("and %d more", len(texts)-i)})
			break
		}
		p.Items = append(p.Items, compose.Item{Text: text})
	}
	return []compose.Part{p}
}

// shown are the first rows as replies show them, made by a library of nothing else.
func (in *importing) shown(list faq.List) ([]compose.Part, error) {
	list.Rows, list.Refused = slices.Clone(list.Rows[:min(len(list.Rows), shownRows)]), nil
	if len(list.Rows) == 0 {
		return nil, nil
	}
	few, made, _ := faq.Build(answers.Contents{}, &list, in.build())
	lib, err := library.New(few, nil)
	if err != nil {
		return nil, fmt.Errorf("show the first rows: %w", err)
	}
	var parts []compose.Part
	for _, m := range made {
		parts = append(parts, compose.Part{Role: compose.RoleNotice, Text: "> " + m.Entry.Question})
		a := lib.AnswerWith(m.Entry.ID, answers.Question{Today: answers.DateOf(in.env.now())})
		parts = append(parts, compose.Parts(lib.About(), a)...)
	}
	return parts, nil
}

// tell says what somebody who cannot be asked must know: how files were read, and which rows are left out or read otherwise.
func (in *importing) tell(list faq.List) {
	for _, t := range list.Tables {
		for _, note := range t.Notes {
			fmt.Fprintf(in.env.stderr, "%s: %s\n", t.Name, note)
		}
	}
	for _, text := range warnings(list) {
		fmt.Fprintln(in.env.stderr, text)
	}
	passed := 0
	for _, r := range list.Refused {
		if r.Passed {
			passed++
			fmt.Fprintln(in.env.stderr, r)
			continue
		}
		fmt.Fprintln(in.env.stdout, r)
	}
	switch {
	case passed == 1:
		fmt.Fprintln(in.env.stderr, "1 row was left out, because its question has another answer above.")
	case passed > 1:
		fmt.Fprintf(in.env.stderr, "%d rows were left out, because their question has another answer above.\n", passed)
	}
}
