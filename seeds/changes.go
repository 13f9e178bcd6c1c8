package seeds

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"

	"go.yaml.in/yaml/v4"

	"parley/answers"
	"parley/answers/lint"
)

// changesFile says what the changes since the release before mean for readers. It is no part of the contents: a database that is made anew
// has seen none of them.
const changesFile = "changes.yaml"

// nounChange is the name of its list.
const nounChange answers.Noun = "changes"

// Changes reads what the record in dir says of its own changes; nothing if it says nothing.
func Changes(dir fs.FS) ([]answers.Amendment, error) {
	data, err := fs.ReadFile(dir, changesFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the changes of the record: %w", err)
	}
	d := newDecoder()
	if changes := d.amendments(data); len(d.problems) == 0 {
		return changes, nil
	}
	return nil, d.problems
}

func newDecoder() decoder { return decoder{at: map[lint.Subject]place{}} }

var itemForm = regexp.MustCompile(`^[a-z]+/\S`)

// amendments reads the list of changes.
func (d *decoder) amendments(data []byte) []answers.Amendment {
	d.file = changesFile
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		d.unreadable(err)
		return nil
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode || len(doc.Content[0].Content) != 2 || doc.Content[0].Content[0].Value != string(nounChange) {
		d.problem(&doc, "write \"changes:\" and its items below")
		return nil
	}
	d.form(&doc)
	var changes []answers.Amendment
	d.value(lint.Subject{Noun: nounChange}, doc.Content[0].Content[1], reflect.ValueOf(&changes).Elem())
	named := map[answers.ItemName]bool{}
	for i, a := range changes {
		n := doc.Content[0].Content[1].Content[i]
		switch {
		case a.Class != answers.Minor && a.Class != answers.Clarification && a.Class != answers.Corrected:
			d.problem(n, fmt.Sprintf("class is %q; it must be minor, clarification or correction", a.Class))
		case a.Class == answers.Corrected && (a.Wrong == "" || a.Right == ""):
			d.problem(n, "a correction tells readers what was wrong, and what is right")
		case a.Class != answers.Corrected && a.Wrong+a.Right != "":
			d.problem(n, "only of a correction are readers told what was wrong")
		case len(a.Items) == 0:
			d.problem(n, "the change names no item")
		}
		for _, item := range a.Items {
			switch {
			case !itemForm.MatchString(string(item)):
				d.problem(n, fmt.Sprintf("name the item as its noun and id, with a slash between, not %q", item))
			case named[item]:
				d.problem(n, fmt.Sprintf("%q stands twice", item))
			}
			named[item] = true
		}
	}
	return changes
}
