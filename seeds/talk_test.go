package seeds

import (
	"os"
	"strings"
	"testing"

	"parley/answers"
)

// lines are those of a file of questions or of talk, which was written by somebody who knew neither the record nor the program.
func lines(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// Small talk around a question changes nothing of its answer: in front, behind, or both.
func TestTalkAround(t *testing.T) {
	var front, behind []string
	for _, line := range lines(t, "talk.txt") {
		where, text, _ := strings.Cut(line, "\t")
		if where == "front" {
			front = append(front, text)
		} else {
			behind = append(behind, text)
		}
	}
	lib := ownLibrary(t)
	entry := func(question string) answers.EntryID {
		if a := lib.Ask(answers.Question{Text: question}); a.Outcome == answers.OutcomeAnswered && a.Entry != nil {
			return a.Entry.ID
		}
		return ""
	}
	const wanted, least, mostOther = 40, 37, 1
	asked := 0
	same, other := map[string]int{}, map[string]int{}
	for _, question := range lines(t, "standalone.txt") {
		alone := entry(question)
		if alone == "" || asked == wanted {
			continue
		}
		for form, text := range map[string]string{
			"front":  front[asked%len(front)] + " " + question,
			"two":    front[asked%len(front)] + " " + front[(asked+7)%len(front)] + " " + question,
			"behind": question + " " + behind[asked%len(behind)],
		} {
			switch got := entry(text); got {
			case alone:
				same[form]++
			case "":
				t.Logf("%s: not answered: %s", form, text)
			default:
				other[form]++
				t.Logf("%s: %s instead of %s: %s", form, got, alone, text)
			}
		}
		asked++
	}
	for _, form := range []string{"front", "two", "behind"} {
		if same[form] < least || other[form] > mostOther {
			t.Errorf("talk in %s: %d of %d answered the same, %d otherwise", form, same[form], asked, other[form])
		}
	}
}

// A question that stands alone is answered the same whatever was asked before it.
func TestPairs(t *testing.T) {
	questions := lines(t, "standalone.txt")
	lib := ownLibrary(t)
	alone := make([]answers.Fate, len(questions))
	for i, q := range questions {
		alone[i] = lib.Fate(answers.Question{Text: q})
	}
	pairs, otherwise := 0, 0
	for i, first := range questions {
		_, after := lib.Converse(answers.Dialogue{}, answers.Question{Text: first})
		for k, second := range questions {
			if i == k {
				continue
			}
			pairs++
			if a, _ := lib.Converse(after, answers.Question{Text: second}); answers.FateOf(a) != alone[k] {
				otherwise++
				t.Logf("%q after %q: %v, alone %v", second, first, answers.FateOf(a), alone[k])
			}
		}
	}
	if otherwise*500 > pairs {
		t.Errorf("%d of %d pairs are answered otherwise than alone", otherwise, pairs)
	}
}
