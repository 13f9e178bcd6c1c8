package match

import (
	"strings"
	"testing"
)

// The questions of a message, apart from the talk around them.
func TestClauses(t *testing.T) {
	for message, want := range map[string]string{
		"who was in paris":                                                       "who was in paris",
		"miami talks when":                                                       "miami talks when",
		"Hello all. Long day. Who was in Paris?":                                 "Who was in Paris",
		"Who was in Paris? Thanks a lot, I need it by noon.":                     "Who was in Paris",
		"who was in paris and how long did the alaska meeting last":              "who was in paris + and how long did the alaska meeting last",
		"What was said there: will they meet again, and was it decided already?": "What was said there | will they meet again + and was it decided already",
		"I need to understand what is the role of the force":                     "I need to understand what is the role of the force",
		"I agree with this":                                                      "I agree with this",
		"They met in Alaska. Where exactly? And when?":                           "Where exactly | And when",
		"Is it France or Britain that sends troops?":                             "Is it France or Britain that sends troops?",
		"": "",
	} {
		var got []string
		for _, c := range Clauses(message) {
			if c.Parts == nil {
				c.Parts = []string{c.Text}
			}
			got = append(got, strings.Join(c.Parts, " + "))
		}
		if list := strings.Join(got, " | "); list != want {
			t.Errorf("%q is read as %q, want %q", message, list, want)
		}
	}
}

func TestAsks(t *testing.T) {
	for text, want := range map[string]bool{
		"who was there": true, "since when": false, "since when is it so": true, "so did they agree": true, "tell me about the hubs": true,
		"do you know how long it took": true, "macron offer": false, "thanks": false, "lol same here": false, "He asked for more": false,
	} {
		if Asks(text) != want {
			t.Errorf("%q asks: %v", text, !want)
		}
	}
}

// Whatever is typed, its clauses are pieces of it.
func FuzzClauses(f *testing.F) {
	for _, s := range []string{"", "?", "a? b! c", "who, and who: when - where", "x\n\ny?", "what\xff is é?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, message string) {
		clauses := Clauses(message)
		if len(clauses) == 0 {
			t.Fatal("there is no clause")
		}
		for _, c := range clauses {
			if c.Text != message && c.Text == "" && len(clauses) > 1 {
				t.Errorf("%q has an empty clause", message)
			}
		}
	})
}
