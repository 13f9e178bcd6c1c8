package seeds

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/answers/lint"
)

var importDay = answers.Date{Year: 2026, Month: time.November, Day: 30}

func TestFAQ(t *testing.T) {
	const file = "\ufeffquestion,note,answer\n" +
		"when do you open?,x,\"We open at 9, and close at 5 [weekdays].\"\n" +
		"opening hours,,\"We open at 9, and close at 5 [weekdays].\"\n" +
		"Opening hours?,,Ask at the desk.\n" +
		"who can help me,,Ask at the desk.\n"
	c, repeated, err := FAQ(strings.NewReader(file), "desk.csv", importDay)
	if err != nil {
		t.Fatal(err)
	}
	if len(repeated) != 1 || repeated[0].Line != 4 {
		t.Errorf("the question of line 4 has another answer above; reported: %v", repeated)
	}
	if len(c.Entries) != 2 || len(c.Claims) != 2 {
		t.Fatalf("there are %d entries and %d claims, want 2 of each", len(c.Entries), len(c.Claims))
	}
	if problems := lint.Lint(c); len(problems) > 0 {
		t.Errorf("the rules refuse it: %v", problems)
	}
	l, err := library.New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := l.AnswerWith("we-open-at-9-and-close-at-5-weekdays", answers.Question{})
	if got := a.Lead.Plain(); got != "We open at 9, and close at 5 (weekdays)." {
		t.Errorf("the answer reads %q", got)
	}
	if len(a.Claims) != 1 || a.Claims[0].Text != "We open at 9, and close at 5 [weekdays]." || len(a.Sources) != 1 || a.Sources[0].Title != "desk.csv" {
		t.Errorf("it stands on %+v of %+v", a.Claims, a.Sources)
	}
}

func TestFAQRefuses(t *testing.T) {
	for file, want := range map[string]string{
		"":                        `must name the columns "answer" and "question"`,
		"a,b\n1,2\n":              `must name the columns "answer" and "question"`,
		"answer,question\n":       "there is no row",
		"answer,question\nyes,\n": "f.csv:2:1: a row needs an answer and a question",
		"answer,question\nyes\n":  "f.csv:2:1: a column is missing",
		"answer,question\n\"yes,when\nno,never\n": "f.csv:",
	} {
		_, _, err := FAQ(strings.NewReader(file), "f.csv", importDay)
		var problems Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}

func FuzzFAQ(f *testing.F) {
	f.Add("answer,question\nyes,when?\n\"a \"\"b\"\"\",[x-y]\n")
	f.Fuzz(func(t *testing.T, file string) {
		c, _, err := FAQ(strings.NewReader(file), "f.csv", importDay)
		if err != nil {
			return
		}
		if problems := lint.Lint(c); len(problems) > 0 {
			t.Errorf("what was taken breaks the rules: %v", problems)
		}
	})
}
