package match

import (
	"bytes"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
	"parley/answers/facts"
)

// Training on contents of which some is known already gives the same as learning from them anew.
func TestRetrain(t *testing.T) {
	before, c := trained(t)
	for name, change := range map[string]func(){
		"nothing": func() {},
		"words": func() {
			answerstest.EntryOf(&c, "offers").Detail = "Peacekeepers, if they are sent, would cost Britain and France [po-peacekeepers-cost]."
		},
		"asked so": func() {
			e := answerstest.EntryOf(&c, "offers")
			e.Phrasings = append(e.Phrasings, "what did they put before kyiv")
		},
		"a state": func() {
			e := answerstest.EntryOf(&c, "offers")
			e.State, e.Withdrawn = answers.Retracted, "because this is a test"
		},
	} {
		c = answerstest.CleanContents()
		change()
		fs := facts.New(c)
		want, err := Train(fs, fs.Words(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Train(fs, fs.Words(), nil, before)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Trained(), want.Trained()) {
			t.Errorf("%s changed, and something else was learnt", name)
		}
		if known := got.classifier == before.classifier; known != (name != "asked so") {
			t.Errorf("%s changed, and that the classifier was known is %v", name, known)
		}
	}
	fs := facts.New(answerstest.CleanContents())
	restored, err := Restore(fs, fs.Words(), before.Trained())
	if err != nil {
		t.Fatal(err)
	}
	for what, damaged := range map[string][]byte{"nothing": nil, "too little": before.Trained()[:len(before.Trained())-1], "too much": append(before.Trained(), 0)} {
		if _, err := Restore(fs, fs.Words(), damaged); err == nil {
			t.Errorf("%s is restored", what)
		}
	}
	if again, err := Train(fs, fs.Words(), nil, restored); err != nil || again.classifier != restored.classifier {
		t.Errorf("what was restored is not taken over: %v", err)
	}
}
