package seeds

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/answers"
)

// TestDialogues plays testdata/dialogues: what is typed, and what must come back.
func TestDialogues(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "dialogues", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("there are no dialogues", err)
	}
	lib := ownLibrary(t)
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		var d answers.Dialogue
		var a answers.Answer
		typed := ""
		lines := bufio.NewScanner(file)
		for n := 1; lines.Scan(); n++ {
			line := lines.Text()
			said, isTyped := strings.CutPrefix(line, "> ")
			wanted, isWanted := strings.CutPrefix(line, "= ")
			switch {
			case isTyped:
				typed = said
				a, d = lib.Converse(d, answers.Question{Text: said})
			case isWanted:
				if !comesBack(a, wanted) {
					t.Errorf("%s:%d: %q got %s %s, want %s", name, n, typed, a.Outcome, brief(a), wanted)
				}
			case line == "":
				d = answers.Dialogue{}
			case !strings.HasPrefix(line, "#"):
				t.Errorf("%s:%d: a line begins with #, > or =", name, n)
			}
		}
	}
}

// comesBack reports whether an answer is what a dialogue file wants: one of several entries, a look-up with a claim, or an outcome.
func comesBack(a answers.Answer, wanted string) bool {
	words := strings.Fields(wanted)
	switch words[0] {
	case "answered", "suggested", "declined":
		return string(a.Outcome) == words[0]
	case "not":
		return string(a.Outcome) != words[1]
	case string(answers.IntentClaims), string(answers.IntentTimeline):
		return string(a.Intent) == words[0] && slices.ContainsFunc(a.Claims, func(c answers.Claim) bool { return string(c.ID) == words[1] })
	}
	return a.Outcome == answers.OutcomeAnswered && a.Entry != nil && slices.Contains(words, string(a.Entry.ID))
}
