package check_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/check"
	"parley/answers/facts"
)

// imported is a record of one list of answers, one a line, as it is taken in: nobody has framed it.
func imported(lines ...string) *check.Checker {
	c := answers.Contents{Sources: []answers.Source{{ID: "faq", Kind: answers.KindList}}}
	for i, line := range lines {
		c.Claims = append(c.Claims, answers.Claim{ID: answers.ClaimID(fmt.Sprintf("faq-%d", i+1)), Text: line, Modality: answers.Asserted, Source: "faq", Paragraph: i + 1})
	}
	return check.New(facts.New(c))
}

// On lists of other topics no true statement is contradicted, and no false one supported: testdata/lists.txt. Half of the plain ones are settled.
func TestListsOfOtherTopics(t *testing.T) {
	f, err := os.Open("testdata/lists.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	var checker *check.Checker
	statements, settled, plain := 0, 0, 0
	for in := bufio.NewScanner(f); in.Scan(); {
		kind, text, _ := strings.Cut(in.Text(), " ")
		switch kind {
		case "list":
			lines, checker = nil, nil
			continue
		case "-":
			lines = append(lines, text)
			continue
		case "true", "false":
		default:
			continue
		}
		if checker == nil {
			checker = imported(lines...)
		}
		statements++
		got := checker.Check(answers.Question{Text: text})
		if kind == "true" {
			plain++
			if got.Rating == answers.RatedSupported {
				settled++
			} else if got.Rating != answers.RatedNotInRecord {
				t.Errorf("%q is true and rated %s by %q", text, got.Rating, got.Claims[0].Text)
			}
		} else if got.Rating != answers.RatedContradicted && got.Rating != answers.RatedNotInRecord {
			t.Errorf("%q is false and rated %s by %q", text, got.Rating, got.Claims[0].Text)
		}
	}
	if statements < 60 || settled*2 < plain {
		t.Errorf("%d statements, %d of %d true ones supported", statements, settled, plain)
	}
	t.Logf("%d statements, %d of %d true ones supported", statements, settled, plain)
}

// A statement is quoted sentence by sentence, without what is not said in it; the rating of all is the gravest.
func TestMessages(t *testing.T) {
	checker := imported("The library opens at nine.", "A library card is free.", "Children may borrow ten books.")
	for _, tt := range []struct {
		text  string
		want  answers.Rating
		parts []string
	}{
		{"The library opens at nine.", answers.RatedSupported, nil},
		{"BREAKING: the library opens at nine", answers.RatedSupported, nil},
		{"🚨 Just in: The library opens at nine. https://example.org/a?b=c", answers.RatedSupported, nil},
		{"Hi all! Is it true that the library opens at nine?", answers.RatedSupported, nil},
		{"The library opens at nine. Children may borrow ten books.", answers.RatedSupported, []string{"The library opens at nine.", "Children may borrow ten books."}},
		{"The library opens at nine. Dogs may borrow ten books.", answers.RatedNotInRecord, []string{"The library opens at nine.", "Dogs may borrow ten books."}},
		{"Children may borrow twenty books. The library opens at nine.", answers.RatedContradicted, []string{"Children may borrow twenty books.", "The library opens at nine."}},
		{"", answers.RatedNotInRecord, nil},
		{"By Jane Doe", answers.RatedNotInRecord, nil},
	} {
		a := checker.Check(answers.Question{Text: tt.text})
		var parts []string
		for _, p := range a.Parts {
			parts = append(parts, p.Text)
		}
		if a.Rating != tt.want || !slices.Equal(parts, tt.parts) {
			t.Errorf("%q: %s in parts %q, want %s in %q", tt.text, a.Rating, parts, tt.want, tt.parts)
		}
	}
}

// Where nothing settles a statement, what is nearest is shown, and what that does not say.
func TestNearest(t *testing.T) {
	a := imported("The library opens at nine.", "Parking costs two euros.").Check(answers.Question{Text: "The library opens at nine on Mondays."})
	if a.Outcome != answers.OutcomeDeclined || a.Rating != answers.RatedNotInRecord || len(a.Claims) != 1 || a.Claims[0].ID != "faq-1" || !slices.Equal(a.Why.Missing, []string{"Mondays"}) {
		t.Errorf("it is rated %s with %d claims, missing %q", a.Rating, len(a.Claims), a.Why.Missing)
	}
}
