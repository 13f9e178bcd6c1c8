package main

import (
	"runtime"
	"slices"
	"time"
)

// figures are those of `parley eval --json`, defined as in cmd/parley/eval.go. Where bleve has no such figure it stays null: it answers
// whatever shares a word with a document, having no point below which it declines, and keeps nothing that could be loaded.
type figures struct {
	InScope    inScope    `json:"in_scope"`
	OutOfScope outOfScope `json:"out_of_scope"`
	Train      *float64   `json:"train_ms"`
	Load       *float64   `json:"load_ms"`
	Latency    latency    `json:"latency_us"`
	Heap       float64    `json:"heap_mb"`
}

type inScope struct {
	N             int      `json:"n"`
	Top1          *float64 `json:"top1"` // ranked right
	MRR5          *float64 `json:"mrr5"` // mean of 1/rank among the first five
	AnsweredRight *float64 `json:"answered_right"`
	AnsweredWrong *float64 `json:"answered_wrong"`
}

type outOfScope struct {
	N          int      `json:"n"`
	Declined   *float64 `json:"declined"`
	AUROC      *float64 `json:"auroc"`        // that confidence ranks an insider above an outsider
	RecallAt95 *float64 `json:"recall_at_95"` // outsiders below the confidence that keeps 95% of the rightly ranked insiders
}

type latency struct {
	P50 *float64 `json:"p50"`
	P99 *float64 `json:"p99"`
}

// measure puts rows of question and expected answer to the index. Confidence is the vote of the first answer, 0 where there is none.
func measure(ix *index, set [][2]string) (figures, error) {
	var f figures
	var insiders, outsiders, ranked, took []float64
	top, reciprocal := 0, 0.0
	for _, q := range set {
		question, expected := q[0], q[1]
		before := time.Now()
		ranking, err := ix.rank(question)
		if err != nil {
			return f, err
		}
		took = append(took, float64(time.Since(before).Microseconds()))
		confidence := 0.0
		if len(ranking) > 0 {
			confidence = ranking[0].score
		}
		if expected == "" {
			f.OutOfScope.N++
			outsiders = append(outsiders, confidence)
			continue
		}
		f.InScope.N++
		insiders = append(insiders, confidence)
		for rank, v := range ranking[:min(5, len(ranking))] {
			if v.answer == expected {
				reciprocal += 1 / float64(rank+1)
				if rank == 0 {
					top++
					ranked = append(ranked, confidence)
				}
				break
			}
		}
	}
	f.InScope.Top1 = over(float64(top), f.InScope.N)
	f.InScope.MRR5 = over(reciprocal, f.InScope.N)
	f.OutOfScope.AUROC = auroc(insiders, outsiders)
	f.OutOfScope.RecallAt95 = recallAt(0.95, ranked, outsiders)
	slices.Sort(took)
	f.Latency = latency{quantile(took, 0.5), quantile(took, 0.99)}
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	f.Heap = round(float64(memory.HeapAlloc)/1e6, 1)
	return f, nil
}
