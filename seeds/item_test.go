package seeds

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/lint"
)

// Each item of the record can be written by itself, at any width, and read again as it was.
func TestItemsByThemselves(t *testing.T) {
	record := contents(t)
	for _, e := range record.Entries {
		alone := answers.Contents{Entries: []answers.Entry{e}}
		for _, width := range []int{40, 80, lineWidth} {
			data, err := FormatItem(alone, width)
			if err != nil {
				t.Fatal(err)
			}
			d, err := ReadDraft("entry.yaml", data)
			if err != nil || !reflect.DeepEqual(d.Contents, alone) || len(d.Items()) != 1 || d.Items()[0].ID != string(e.ID) {
				t.Fatalf("at %d columns %s comes back as %+v, %v", width, e.ID, d.Contents, err)
			}
		}
	}
	if _, err := FormatItem(record, 80); err == nil {
		t.Error("a whole record is written as one item")
	}
	if data, err := FormatItem(answers.Contents{}, 80); err != nil || len(data) > 0 {
		t.Errorf("nothing is written as %q, %v", data, err)
	}
}

func TestDraftTellsWhere(t *testing.T) {
	d, err := ReadDraft("mine.yaml", []byte("entries:\n- id: e-one\n  colour: red\n  lead: It rained.\n- id: e-two\n"))
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 1 || problems[0].String() != `mine.yaml:3:3: there is no field "colour" here` {
		t.Errorf("the draft has %v", err)
	}
	if len(d.Items()) != 2 {
		t.Errorf("it holds %v", d.Items())
	}
	located := d.Locate([]lint.Problem{
		{Subject: lint.Subject{Noun: answers.NounEntry, ID: "another"}, Message: "clashes"},
		{Subject: lint.Subject{Noun: answers.NounEntry, ID: "e-two"}, Message: "is empty"},
		{Subject: lint.Subject{Noun: answers.NounEntry, ID: "e-one", Field: "lead"}, Message: "is too short"},
	})
	want := []string{
		"mine.yaml:4:9: entries/e-one lead: is too short", "mine.yaml:5:3: entries/e-two: is empty", "elsewhere in the record: entries/another: clashes",
	}
	if got := strings.Split(located.Error(), "\n"); !reflect.DeepEqual(got, want) {
		t.Errorf("located are %q, want %q", got, want)
	}
}

// What is held back goes out with the record and comes in again; what no longer is leaves no file behind.
func TestFreezesGoOutAndIn(t *testing.T) {
	c := contents(t)
	c.Freezes = []answers.Freeze{
		{Noun: answers.NounEntry, ID: string(c.Entries[0].ID), Since: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Why: "a decision is expected"},
		{Noun: answers.NounTopic, ID: string(c.Topics[0].ID), Since: time.Date(2026, 11, 22, 9, 0, 1, 0, time.UTC), Why: "so is another"},
	}
	dir := t.TempDir()
	if err := Write(dir, c); err != nil {
		t.Fatal(err)
	}
	got, err := Load(os.DirFS(dir))
	if err != nil || !reflect.DeepEqual(got.Freezes, c.Freezes) {
		t.Errorf("back come %+v, %v", got.Freezes, err)
	}
	c.Freezes = nil
	if err := Write(dir, c); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "freezes.yaml")); !os.IsNotExist(err) {
		t.Errorf("the file of what was held back is still there: %v", err)
	}
}
