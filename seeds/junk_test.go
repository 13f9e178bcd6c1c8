package seeds

import (
	"fmt"
	"testing"

	"parley/answers"
)

// Of questions that only share a name with the record, hardly any is answered. Neither the forms nor the things are those from which the record
// learns (match/made.go).
func TestJunk(t *testing.T) {
	lib := ownLibrary(t)
	var names []string
	for _, a := range lib.Contents().Actors {
		names = append(names, a.Name)
	}
	for _, p := range lib.Contents().Places {
		names = append(names, p.Name)
	}
	things := lines(t, "things.txt")
	forms := []string{"%[1]s %[2]s", "where do I find a %[2]s near %[1]s", "best %[2]s %[1]s 2024", "is %[1]s good at %[2]s", "%[1]s's favourite %[2]s?", "why is %[2]s so dear in %[1]s"}
	const tried, most = 300, 6
	answered := 0
	for i := range tried {
		question := fmt.Sprintf(forms[i%len(forms)], names[i*7%len(names)], things[i*11%len(things)])
		if a := lib.Ask(answers.Question{Text: question}); a.Outcome == answers.OutcomeAnswered && a.Intent == answers.IntentQuestion {
			answered++
			t.Logf("%s (%.2f): %s", a.Entry.ID, a.Confidence, question)
		}
	}
	if answered > most {
		t.Errorf("of %d questions that only share a name with the record, %d are answered; at most %d may be", tried, answered, most)
	}
}
