package seeds

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"parley/answers"
)

// The record says of itself what replies and help texts need, and every id in its examples is there.
func TestAbout(t *testing.T) {
	c := contents(t)
	if c.About == nil {
		t.Fatal("the record does not say what it is about")
	}
	if alone, err := About(Record()); err != nil || !reflect.DeepEqual(alone, *c.About) {
		t.Errorf("read alone it says %+v, %v", alone, err)
	}
	e := c.About.Examples
	if !slices.ContainsFunc(c.Entries, func(x answers.Entry) bool { return x.ID == e.Entry && x.State == answers.Live }) ||
		!slices.ContainsFunc(c.Claims, func(x answers.Claim) bool { return x.ID == e.Claim }) ||
		!slices.ContainsFunc(c.Topics, func(x answers.Topic) bool { return x.ID == e.Topic }) {
		t.Errorf("one of the examples %q, %q and %q is not in the record", e.Entry, e.Claim, e.Topic)
	}
}

// What is offered to be asked, checked and looked up has an answer.
func TestExamplesAreAnswered(t *testing.T) {
	lib := ownLibrary(t)
	e := lib.About().Examples
	for _, q := range slices.Concat(e.Questions, e.Typed) {
		if a := lib.Ask(answers.Question{Text: q}); a.Outcome != answers.OutcomeAnswered {
			t.Errorf("%q is %s", q, a.Outcome)
		}
	}
	for _, x := range e.Dialogues {
		_, d := lib.Converse(answers.Dialogue{}, answers.Question{Text: x.Ask})
		if a, _ := lib.Converse(d, answers.Question{Text: x.Then}); a.Outcome != answers.OutcomeAnswered {
			t.Errorf("%q after %q is %s", x.Then, x.Ask, a.Outcome)
		}
	}
	for _, s := range e.Statements {
		if a := lib.Check(answers.Question{Text: s}); a.Outcome != answers.OutcomeAnswered {
			t.Errorf("the statement %q is %s", s, a.Rating)
		}
	}
	for _, term := range slices.Concat(e.Actors, e.Places, e.Topics, e.Publishers) {
		if a := lib.LookUp(answers.LookUp{Intent: answers.IntentClaims, Term: term}); a.Outcome != answers.OutcomeAnswered {
			t.Errorf("claims on %q are %s", term, a.Outcome)
		}
	}
}

func TestAboutTwice(t *testing.T) {
	const once = "about:\n  name: the harbour\n  covers: It covers the harbour.\n  examples:\n    questions:\n    - When?\n    statements:\n    - In May.\n"
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	if _, err := Load(fstest.MapFS{"about.yaml": file(once)}); err != nil {
		t.Errorf("said once: %v", err)
	}
	_, err := Load(fstest.MapFS{"about.yaml": file(once), "more.yaml": file(once)})
	if err == nil || !strings.Contains(err.Error(), "more.yaml:1:1: the record says twice what it is about") {
		t.Errorf("said twice: %v", err)
	}
	if _, err := About(fstest.MapFS{"about.yaml": file("entries: []\n")}); err == nil {
		t.Error("a file that does not say it was taken")
	}
}
