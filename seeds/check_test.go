package seeds

import (
	"os"
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/check"
	"parley/answers/facts"
)

// checkerOf is the checker of the own record, which needs no training.
func checkerOf(tb testing.TB) *check.Checker {
	return check.New(facts.New(contents(tb)))
}

// Each wording of each claim is rated as it says: the record settles what its curators wrote down.
func TestEveryWordingIsRated(t *testing.T) {
	checker := checkerOf(t)
	agreed := []answers.Rating{answers.RatedSupported, answers.RatedContested, answers.RatedOutdated}
	for _, c := range contents(t).Claims {
		for _, group := range []struct {
			texts []string
			want  []answers.Rating
		}{
			{[]string{c.Text}, agreed}, {c.Frame.Wordings, agreed}, {c.Frame.Beyond, []answers.Rating{answers.RatedOverstated}},
			{c.Frame.Denied, []answers.Rating{answers.RatedContradicted}}, {c.Frame.Disputed, []answers.Rating{answers.RatedContested}},
		} {
			for _, text := range group.texts {
				if got := checker.Check(answers.Question{Text: text}); !slices.Contains(group.want, got.Rating) {
					t.Errorf("%s: %q is rated %s, want one of %v", c.ID, text, got.Rating, group.want)
				}
			}
		}
	}
}

// What is near to the record without being in it is told apart: testdata/check.txt.
func TestCheckTellsApart(t *testing.T) {
	text, err := os.ReadFile("testdata/check.txt")
	if err != nil {
		t.Fatal(err)
	}
	lib, n := checkerOf(t), 0
	for line := range strings.Lines(string(text)) {
		rating, statement, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		n++
		if got := lib.Check(answers.Question{Text: statement}).Rating; string(got) != strings.ReplaceAll(rating, " ", "_") {
			t.Errorf("%q is rated %s, not %s", statement, got, rating)
		}
	}
	if n == 0 {
		t.Error("there is no statement")
	}
}

// Any text gets a rating, the same one every time, and a long one is not rated on its beginning alone.
func TestCheckIsTotal(t *testing.T) {
	lib := checkerOf(t)
	supported := "The Alaska meeting of Trump and Putin lasted three hours. "
	for _, text := range []string{"", " ", ".", "\xff\xfe", "مرحبا", "e\u0301\u0301", "after", "not", "according to", "Trump said", "a b c, but and; while",
		strings.Repeat("after ", 100), strings.Repeat(supported, 20000), strings.Repeat("a", 1<<20)} {
		first := lib.Check(answers.Question{Text: text})
		if second := lib.Check(answers.Question{Text: text}); first.Rating != second.Rating || first.Confidence != second.Confidence {
			t.Errorf("%.40q: %s, then %s", text, first.Rating, second.Rating)
		}
		if first.Rating != answers.RatedNotInRecord {
			t.Errorf("%.40q is rated %s", text, first.Rating)
		}
	}
	if got := lib.Check(answers.Question{Text: supported}).Rating; got != answers.RatedSupported {
		t.Errorf("%q is rated %s", supported, got)
	}
}

func BenchmarkCheck(b *testing.B) {
	lib := checkerOf(b)
	for b.Loop() {
		lib.Check(answers.Question{Text: "Steve Witkoff says Moscow agreed to let the US and Europe offer Kyiv robust guarantees"})
	}
}

// Statements of strangers, testdata/statements.txt: none may be rated wrongly, and of the true ones a share is settled.
func TestStatements(t *testing.T) {
	text, err := os.ReadFile("testdata/statements.txt")
	if err != nil {
		t.Fatal(err)
	}
	checker := checkerOf(t)
	set, stated, settled := "mended with", map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "# fresh") {
			set = "fresh"
		}
		fields := strings.SplitN(strings.TrimSpace(line), " | ", 3)
		if strings.HasPrefix(line, "#") || len(fields) != 3 {
			continue
		}
		got := checker.Check(answers.Question{Text: fields[2]}).Rating
		if got != answers.RatedNotInRecord && !slices.Contains(strings.Split(fields[1], ", "), string(got)) {
			t.Errorf("%s: %q is rated %s, not %s", fields[0], fields[2], got, fields[1])
		}
		if fields[0] == "true" {
			stated[set]++
			if got != answers.RatedNotInRecord {
				settled[set]++
			}
		}
	}
	for set, least := range map[string]int{"mended with": 37, "fresh": 21} {
		t.Logf("%s: %d of %d true statements are settled", set, settled[set], stated[set])
		if 100*settled[set] < least*stated[set] {
			t.Errorf("%s: less than %d%% of the true statements are settled", set, least)
		}
	}
}
