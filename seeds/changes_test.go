package seeds

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"parley/answers"
)

// What the record says of its own changes can be read, and names items that it has or had.
func TestChangesOfTheRecord(t *testing.T) {
	changes, err := Changes(Record())
	if err != nil {
		t.Fatal(err)
	}
	had := []answers.ItemName{"disputes/d-article5-duty", "disputes/d-ceasefire-order", "disputes/d-us-troops", "disputes/d-who-leads"}
	c := contents(t)
	for _, x := range c.Claims {
		had = append(had, answers.ItemName("claims/"+x.ID))
	}
	for _, x := range c.Disputes {
		had = append(had, answers.ItemName("disputes/"+x.ID))
	}
	for _, x := range c.Entries {
		had = append(had, answers.ItemName("entries/"+x.ID))
	}
	if len(changes) == 0 {
		t.Error("there are no changes")
	}
	for _, a := range changes {
		for _, item := range a.Items {
			if !slices.Contains(had, item) {
				t.Errorf("the record has no %s, and had none", item)
			}
		}
	}
}

// Changes that readers could not be told of rightly are problems of the folder.
func TestLoadReportsUnfitChanges(t *testing.T) {
	for text, want := range map[string]string{
		"changes:\n- class: grave\n  items: [entries/a]\n":                                                          `class is "grave"`,
		"changes:\n- class: correction\n  wrong: It was red.\n  items: [entries/a]\n":                               "what was wrong, and what is right",
		"changes:\n- class: minor\n  wrong: It was red.\n  items: [entries/a]\n":                                    "only of a correction",
		"changes:\n- class: minor\n":                                                                                "names no item",
		"changes:\n- class: minor\n  items: [a]\n":                                                                  "name the item as its noun and id",
		"changes:\n- class: minor\n  items: [entries/a]\n- class: clarification\n  items: [entries/a, entries/b]\n": "stands twice",
		"opinions: []\n": "write \"changes:\"",
	} {
		dir := fstest.MapFS{"changes.yaml": {Data: []byte(text)}}
		if _, err := Changes(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
		dir["topics.yaml"] = &fstest.MapFile{Data: []byte("topics: []\n")}
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the folder with %q: %v, want %q", text, err, want)
		}
	}
	if changes, err := Changes(fstest.MapFS{}); err != nil || changes != nil {
		t.Errorf("a record that says nothing of its changes has %v, %v", changes, err)
	}
}
