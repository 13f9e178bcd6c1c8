package answers

import (
	"bytes"
	"testing"
)

// Training on contents of which some is known already gives the same as learning from them anew.
func TestRetrain(t *testing.T) {
	before, c := trained(t)
	for name, change := range map[string]func(){
		"nothing": func() {},
		"words": func() {
			entryOf(&c, "offers").Detail = "Peacekeepers, if they are sent, would cost Britain and France [po-peacekeepers-cost]."
		},
		"asked so": func() {
			e := entryOf(&c, "offers")
			e.Phrasings = append(e.Phrasings, "what did they put before kyiv")
		},
		"a state": func() {
			e := entryOf(&c, "offers")
			e.State, e.Withdrawn = Retracted, "because this is a test"
		},
	} {
		c = cleanContents()
		change()
		facts := newFacts(c)
		want, err := train(facts, facts.Words(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := train(facts, facts.Words(), nil, before)
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
	facts := newFacts(cleanContents())
	restored, err := restore(facts, facts.Words(), before.Trained())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := train(facts, facts.Words(), nil, restored); err != nil || again.classifier != restored.classifier {
		t.Errorf("what was restored is not taken over: %v", err)
	}
}
