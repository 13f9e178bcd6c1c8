package compose_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/lint"
	"parley/bot/compose"
	"parley/seeds"
)

// marks are what a reader does not read as a word.
var marks = regexp.MustCompile(`·|( ?\[[0-9]+\])+`)

// Every answer of the record, those that its events make included, is told in few words, most of which are the answer.
func TestAnswersAreBrief(t *testing.T) {
	c, err := seeds.Load(seeds.Record())
	if err != nil {
		t.Fatal(err)
	}
	if problems := lint.Lint(c); len(problems) > 0 {
		t.Skipf("SKIPPED: the record has %d editorial problems, so its answers were not measured; the first: %s", len(problems), problems[0])
	}
	fs := facts.New(c)
	today := answers.Date{Year: 2026, Month: 11, Day: 22}
	var all []int
	said, shown := 0, 0
	measure := func(e answers.Entry, asked facts.Asked) {
		a := fs.Answer(answers.Answer{Intent: answers.IntentQuestion}, e, asked, answers.Question{Today: today})
		parts := compose.Parts(about, a)
		n := 0
		for _, p := range parts {
			words := len(strings.Fields(marks.ReplaceAllString(p.String(), "")))
			n += words
			switch {
			case p.Role.Leads() && words > 25:
				t.Errorf("the lead of %s has %d words: %s", e.ID, words, p.Text)
			case p.Role == compose.RoleAsOf && words > 18:
				t.Errorf("the footer of %s has %d words: %s", e.ID, words, p.Text)
			}
			if p.Role != compose.RoleAsOf {
				said += words
			}
		}
		if !parts[0].Role.Leads() {
			t.Errorf("the answer %s begins with a %s", e.ID, parts[0].Role)
		}
		if a.Intent == answers.IntentQuestion && fs.Curated(e.ID) {
			all = append(all, n)
		}
		shown += n
	}
	for _, e := range fs.Entries() {
		if e.State != answers.Live || e.Kind == answers.KindGap {
			continue
		}
		measure(e, facts.Asked{})
		measure(e, facts.Asked{Polar: true})
		for i := range e.Premises {
			measure(e, facts.Asked{Premise: &e.Premises[i]})
		}
	}
	slices.Sort(all)
	median, p90, share := all[len(all)/2], all[len(all)*9/10], 100*said/shown
	t.Logf("%d answers: median %d words, 90th percentile %d, longest %d; %d%% of the words are the answer", len(all), median, p90, all[len(all)-1], share)
	if median > 60 || p90 > 90 || share < 70 {
		t.Errorf("median %d words, at most 60; 90th percentile %d, at most 90; %d%% the answer, at least 70%%", median, p90, share)
	}
}
