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
	"parley/answers/library"
	"parley/seeds"
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
		var set []seeds.Labelled
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
func labelled(name string) ([]seeds.Labelled, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, usageError("There is no file %s.", name)
	}
	defer file.Close()
	set, err := seeds.LabelledSet(file, name)
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
		share := func(v answers.Verdict) float64 { return round(float64(counts[k][v])/float64(n), 3) }
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

// figures are what a labelled file shows. A share of nothing is null.
type figures struct {
	InScope    inScope    `json:"in_scope"`
	OutOfScope outOfScope `json:"out_of_scope"`
	Train      *float64   `json:"train_ms"` // null if not known, because an older Parley trained
	Load       *float64   `json:"load_ms"`  // null if this start had to train
	Latency    latency    `json:"latency_us"`
	Heap       float64    `json:"heap_mb"`
}

type inScope struct {
	N             int      `json:"n"`
	Top1          *float64 `json:"top1"` // ranked right, whether or not it was answered
	MRR5          *float64 `json:"mrr5"` // mean of 1/rank among the first five
	AnsweredRight *float64 `json:"answered_right"`
	AnsweredWrong *float64 `json:"answered_wrong"`
}

type outOfScope struct {
	N          int      `json:"n"`
	Declined   *float64 `json:"declined"`     // not answered
	AUROC      *float64 `json:"auroc"`        // that confidence ranks an insider above an outsider
	RecallAt95 *float64 `json:"recall_at_95"` // outsiders below the confidence that keeps 95% of the rightly ranked insiders
}

type latency struct {
	P50 *float64 `json:"p50"`
	P99 *float64 `json:"p99"`
}

// set measures the library on labelled questions.
func (e evaluation) set(ctx context.Context, set []seeds.Labelled) error {
	var f figures
	f.Train, f.Load = e.cost.train, e.cost.load
	texts := e.texts()
	var insiders, outsiders, ranked, took []float64
	top, reciprocal, right, wrong, declined := 0, 0.0, 0, 0, 0
	line := e.env.progress("Asking the questions")
	defer line.clear()
	for i, q := range set {
		if err := ctx.Err(); err != nil {
			return err
		}
		line.show(i, len(set))
		before := time.Now()
		a := e.lib.Ask(answers.Question{Text: q.Question})
		took = append(took, float64(time.Since(before).Microseconds()))
		ranking := e.lib.Rank(q.Question)
		confidence := 0.0
		if len(ranking) > 0 {
			confidence = ranking[0].Confidence
		}
		if q.Expected == "" {
			f.OutOfScope.N++
			outsiders = append(outsiders, confidence)
			if a.Outcome != answers.OutcomeAnswered {
				declined++
			}
			continue
		}
		f.InScope.N++
		insiders = append(insiders, confidence)
		for rank, r := range ranking[:min(5, len(ranking))] {
			if texts[r.ID] == q.Expected {
				reciprocal += 1 / float64(rank+1)
				if rank == 0 {
					top++
					ranked = append(ranked, confidence)
				}
				break
			}
		}
		if a.Outcome == answers.OutcomeAnswered && a.Entry != nil {
			if texts[a.Entry.ID] == q.Expected {
				right++
			} else {
				wrong++
			}
		}
	}
	line.clear()
	f.InScope.Top1 = over(float64(top), f.InScope.N)
	f.InScope.MRR5 = over(reciprocal, f.InScope.N)
	f.InScope.AnsweredRight = over(float64(right), f.InScope.N)
	f.InScope.AnsweredWrong = over(float64(wrong), f.InScope.N)
	f.OutOfScope.Declined = over(float64(declined), f.OutOfScope.N)
	f.OutOfScope.AUROC = auroc(insiders, outsiders)
	f.OutOfScope.RecallAt95 = recallAt(0.95, ranked, outsiders)
	slices.Sort(took)
	f.Latency = latency{quantile(took, 0.5), quantile(took, 0.99)}
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	f.Heap = round(float64(memory.HeapAlloc)/1e6, 1)
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
		if ids := entry.Short.Claims(); entry.Kind == answers.KindFAQ && len(ids) == 1 {
			texts[entry.ID] = claims[ids[0]]
		}
	}
	return texts
}

func (e evaluation) print(f figures) error {
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

// over is a share, null of nothing, to four digits.
func over(x float64, n int) *float64 {
	if n == 0 {
		return nil
	}
	share := round(x/float64(n), 4)
	return &share
}

func round(x float64, digits int) float64 {
	factor := 1.0
	for range digits {
		factor *= 10
	}
	return float64(int64(x*factor+0.5)) / factor
}

// quantile is the value below which a share of sorted values lies.
func quantile(sorted []float64, share float64) *float64 {
	if len(sorted) == 0 {
		return nil
	}
	return &sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// auroc is the probability that an insider has more confidence than an outsider, ties counting half: the Mann-Whitney statistic.
func auroc(insiders, outsiders []float64) *float64 {
	if len(insiders) == 0 || len(outsiders) == 0 {
		return nil
	}
	slices.Sort(outsiders)
	sum := 0.0
	for _, x := range insiders {
		below, _ := slices.BinarySearch(outsiders, x)
		upTo := below
		for upTo < len(outsiders) && outsiders[upTo] == x {
			upTo++
		}
		sum += float64(below) + float64(upTo-below)/2
	}
	return over(sum/float64(len(outsiders)), len(insiders))
}

// recallAt is the share of outsiders below the confidence that keeps a share of the insiders.
func recallAt(kept float64, insiders, outsiders []float64) *float64 {
	if len(insiders) == 0 || len(outsiders) == 0 {
		return nil
	}
	slices.Sort(insiders)
	threshold := insiders[int((1-kept)*float64(len(insiders)))]
	n := 0
	for _, x := range outsiders {
		if x < threshold {
			n++
		}
	}
	return over(float64(n), len(outsiders))
}
