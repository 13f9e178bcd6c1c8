package lint

import (
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// about is what a small record says of itself, with nothing wrong.
func about() *answers.About {
	return &answers.About{
		Name: "the talks", Covers: "Our record covers the talks.", Command: answers.Localized{EN: "a", UK: "b", PL: "c", DE: "d", FR: "e"},
		Examples: answers.Examples{
			Questions: []string{"Will US troops be sent to Ukraine?"}, Statements: []string{"It is so."},
		},
		Style: answers.Style{LeadIn: `^One report says[ ]`},
		Words: answers.Vocabulary{Synonyms: []answers.Concept{{ID: "cede", Axis: "cede", Words: []answers.Word{"cede"}, Against: []answers.Word{"keep"}}}},
	}
}

func TestAbout(t *testing.T) {
	for want, change := range map[string]func(*answers.About){
		"":                                        func(a *answers.About) {},
		"name is missing":                         func(a *answers.About) { a.Name = "" },
		"covers is missing":                       func(a *answers.About) { a.Covers = "" },
		"no example of a question":                func(a *answers.About) { a.Examples.Questions = nil },
		"no example of a statement":               func(a *answers.About) { a.Examples.Statements = nil },
		"has 101 characters":                      func(a *answers.About) { a.Command.PL = strings.Repeat("ż", 101) },
		"described in 4 languages of 5":           func(a *answers.About) { a.Command.FR = "" },
		"is no regular expression":                func(a *answers.About) { a.Style.Remark = "(" },
		"a concept needs an id and words":         func(a *answers.About) { a.Words.Synonyms[0].Words = nil },
		"has words against it, but no axis":       func(a *answers.About) { a.Words.Synonyms[0].Axis = "" },
		`about/about words: "keep" is on both si`: func(a *answers.About) { a.Words.Synonyms[0].Words = []answers.Word{"keep"} },
	} {
		c := answerstest.CleanContents()
		c.About = about()
		change(c.About)
		problems := Lint(c)
		if want == "" && len(problems) != 0 || want != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), want)) {
			t.Errorf("%v, want one problem with %q", problems, want)
		}
	}
	empty := answerstest.CleanContents()
	empty.About = &answers.About{}
	if n := len(Lint(empty)); n != 4 {
		t.Errorf("a record that says nothing of itself has %d problems, want those of name, coverage and both examples", n)
	}
}
