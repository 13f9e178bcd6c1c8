package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"parley/answers"
	"parley/answers/figures"
	"parley/answers/library"
	"parley/seeds"
	"parley/seeds/faq"
	"parley/store"
)

func evalCommand() command {
	cmd := command{
		name:    "eval",
		args:    "[FILE.csv]",
		summary: "measures the answers, on the gold questions or a labelled file",
		examples: `
parley eval
parley import --format csv --db faq.db faq.csv
parley eval --db faq.db --json questions.csv`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() > 1 {
			return 0, usageError("Name one file, or none for the gold questions.")
		}
		var set []faq.Labelled
		if fs.NArg() == 1 {
			if set, err = labelled(fs.Arg(0)); err != nil {
				return 0, err
			}
		}
		return withRecord(ctx, path, env, func(db *store.Store) error {
			e := evaluation{env: env, json: *asJSON}
			if e.lib, e.cost, err = loadLibrary(ctx, db, library.New, env); err != nil {
				return err
			}
			if set == nil {
				return e.gold(ctx)
			}
			return e.set(ctx, set)
		})
	}
	return cmd
}

// labelled reads a file of questions with the answers they must get.
func labelled(name string) ([]faq.Labelled, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, usageError("There is no file %s.", name)
	}
	set, err := faq.LabelledSet(name, data)
	var problems seeds.Problems
	if errors.As(err, &problems) {
		return nil, usageError("%s", problems)
	}
	return set, err
}

// evaluation measures a library.
type evaluation struct {
	env  environment
	json bool
	lib  *library.Library
	cost cost
}

// gold tries the gold questions, and prints those that failed and a table by kind.
func (e evaluation) gold(ctx context.Context) error {
	type row struct {
		Kind     answers.GoldKind `json:"kind"`
		N        int              `json:"n"`
		Right    float64          `json:"right"`
		Offered  float64          `json:"offered"`
		Declined float64          `json:"declined"`
		Wrong    float64          `json:"wrong"`
	}
	counts := map[answers.GoldKind]map[answers.Verdict]int{}
	var kinds []answers.GoldKind
	all := e.lib.Contents().Gold
	line := e.env.progress("Asking the gold questions")
	defer line.clear()
	for i, g := range all {
		if err := ctx.Err(); err != nil {
			return err
		}
		line.show(i, len(all))
		a, v := e.lib.Try(g)
		if counts[g.Kind] == nil {
			counts[g.Kind] = map[answers.Verdict]int{}
			kinds = append(kinds, g.Kind)
		}
		counts[g.Kind][v]++
		if v != answers.Right && !e.json {
			line.clear()
			fmt.Fprintln(e.env.stdout, failure(g, a, v))
		}
	}
	line.clear()
	var rows []row
	for _, k := range kinds {
		n := 0
		for _, c := range counts[k] {
			n += c
		}
		share := func(v answers.Verdict) float64 { return figures.Round(float64(counts[k][v])/float64(n), 3) }
		rows = append(rows, row{k, n, share(answers.Right), share(answers.Offered), share(answers.Silent), share(answers.Wrong)})
	}
	if e.json {
		return e.encode(map[string]any{"gold": rows})
	}
	fmt.Fprintf(e.env.stdout, "\n%-14s %4s %7s %8s %9s %6s\n", "kind", "n", "right", "offered", "declined", "wrong")
	for _, r := range rows {
		fmt.Fprintf(e.env.stdout, "%-14s %4d %6.1f%% %7.1f%% %8.1f%% %5.1f%%\n", r.Kind, r.N, 100*r.Right, 100*r.Offered, 100*r.Declined, 100*r.Wrong)
	}
	return nil
}

// failure tells what became of a gold question that failed, and why.
func failure(g answers.Gold, a answers.Answer, v answers.Verdict) string {
	got := string(a.Intent)
	switch {
	case a.Entry != nil:
		got = string(a.Entry.ID)
	case a.Rating != "":
		got = string(a.Rating)
	case len(a.Suggestions) > 0:
		got = "perhaps " + string(a.Suggestions[0].ID)
	}
	line := fmt.Sprintf("%s %s: %q got %s, confidence %.2f", v, g.ID, g.Ask, got, a.Confidence)
	if a.Why.RunnerUp != "" {
		line += fmt.Sprintf(", then %s %.2f", a.Why.RunnerUp, a.Why.Second)
	}
	if left := slices.Concat(a.Why.Missing, a.Why.Unknown); len(left) > 0 {
		line += ", unexplained: " + strings.Join(left, " ")
	}
	return line
}

// set measures the library on labelled questions.
func (e evaluation) set(ctx context.Context, set []faq.Labelled) error {
	texts := e.texts()
	var tries []figures.Try
	line := e.env.progress("Asking the questions")
	defer line.clear()
	for i, q := range set {
		if err := ctx.Err(); err != nil {
			return err
		}
		line.show(i, len(set))
		before := time.Now()
		a := e.lib.Ask(answers.Question{Text: q.Question})
		t := figures.Try{Expected: q.Expected, Answered: a.Outcome == answers.OutcomeAnswered, Took: time.Since(before)}
		if t.Answered && a.Entry != nil {
			t.Answer = texts[a.Entry.ID]
		}
		for i, r := range e.lib.Rank(q.Question) {
			if i == 0 {
				t.Confidence = r.Confidence
			}
			t.Ranking = append(t.Ranking, texts[r.ID])
		}
		tries = append(tries, t)
	}
	line.clear()
	f := figures.Of(tries, true)
	f.Train, f.Load = e.cost.train, e.cost.load
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	f.Heap = figures.Round(float64(memory.HeapAlloc)/1e6, 1)
	if e.json {
		return e.encode(f)
	}
	return e.print(f)
}

// texts are the answers as a labelled file names them: by their text, or by the entry's id.
func (e evaluation) texts() map[answers.EntryID]string {
	claims := map[answers.ClaimID]string{}
	for _, c := range e.lib.Contents().Claims {
		claims[c.ID] = c.Text
	}
	texts := map[answers.EntryID]string{}
	for _, entry := range e.lib.Contents().Entries {
		texts[entry.ID] = string(entry.ID)
		if ids := entry.Lead.Claims(); entry.Kind == answers.KindFAQ && len(ids) == 1 {
			texts[entry.ID] = claims[ids[0]]
		}
	}
	return texts
}

func (e evaluation) print(f figures.Figures) error {
	show := func(x *float64, unit string, factor float64) string {
		if x == nil {
			return "-"
		}
		return fmt.Sprintf("%.1f%s", factor**x, unit)
	}
	_, err := fmt.Fprintf(e.env.stdout, `in scope (%d): ranked right %s, MRR@5 %s, answered right %s, answered wrong %s
out of scope (%d): declined %s, AUROC %s, rejected where 95%% of the rightly ranked are kept %s
train %s, load %s, a question p50 %s, p99 %s, heap %.1f MB
`,
		f.InScope.N, show(f.InScope.Top1, "%", 100), show(f.InScope.MRR5, "%", 100), show(f.InScope.AnsweredRight, "%", 100), show(f.InScope.AnsweredWrong, "%", 100),
		f.OutOfScope.N, show(f.OutOfScope.Declined, "%", 100), show(f.OutOfScope.AUROC, "%", 100), show(f.OutOfScope.RecallAt95, "%", 100),
		show(f.Train, " ms", 1), show(f.Load, " ms", 1), show(f.Latency.P50, " µs", 1), show(f.Latency.P99, " µs", 1), f.Heap)
	return err
}

func (e evaluation) encode(v any) error {
	encoder := json.NewEncoder(e.env.stdout)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write the figures: %w", err)
	}
	return nil
}
