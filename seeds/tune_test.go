package seeds

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"parley/answers"
)

func TestTune(t *testing.T) {
	c, err := Load(Record())
	if err != nil {
		t.Fatal(err)
	}
	l, err := answers.NewLibrary(c)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := os.Create("/tmp/tune/out.tsv")
	defer f.Close()
	stat := map[answers.GoldKind]map[string]int{}
	for _, g := range c.Gold {
		if g.Kind == answers.GoldCheck || g.Kind == answers.GoldFollowUp {
			continue
		}
		a := l.Ask(answers.Question{Text: g.Ask, AsOf: g.AsOf})
		id := answers.EntryID("")
		right := false
		if a.Entry != nil {
			id = a.Entry.ID
			for _, cl := range a.Claims {
				if slices.Contains(g.Claims, cl.ID) {
					right = true
				}
			}
		}
		out := string(a.Outcome)
		if a.Outcome == answers.OutcomeAnswered && len(g.Claims) > 0 {
			if right {
				out = "right"
			} else {
				out = "WRONG"
			}
		}
		if stat[g.Kind] == nil {
			stat[g.Kind] = map[string]int{}
		}
		stat[g.Kind][out]++
		fmt.Fprintf(f, "%s\t%s\t%s\t%.3f\t%s\t%s\t%v\t%v\t%v\t%s %.3f\n", g.Kind, g.Use, out, a.Confidence, id, g.Ask, a.Why.Matched, a.Why.Missing, a.Why.Unknown, a.Why.RunnerUp, a.Why.Second)
	}
	for k, m := range stat {
		fmt.Println(k, m)
	}
}
