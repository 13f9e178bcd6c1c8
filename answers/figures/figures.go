// Package figures says what a labelled set of questions shows of whoever answered it: Parley, or an index that it is compared with. It is a
// package of its own so that both are measured alike: .ci/bleve, another module, uses it too.
package figures

import (
	"slices"
	"time"
)

// Figures are what a labelled set shows, as `parley eval --json` has them. A share of nothing is nil, and so is what is not known.
type Figures struct {
	InScope    InScope    `json:"in_scope"`
	OutOfScope OutOfScope `json:"out_of_scope"`
	Train      *float64   `json:"train_ms"` // nil if not known, because an older Parley trained
	Load       *float64   `json:"load_ms"`  // nil if this start had to train
	Latency    Latency    `json:"latency_us"`
	Heap       float64    `json:"heap_mb"`
}

// InScope is of the questions that have an answer.
type InScope struct {
	N             int      `json:"n"`
	Top1          *float64 `json:"top1"` // ranked right, whether or not it was answered
	MRR5          *float64 `json:"mrr5"` // mean of 1/rank among the first five
	AnsweredRight *float64 `json:"answered_right"`
	AnsweredWrong *float64 `json:"answered_wrong"`
}

// OutOfScope is of the questions that must be declined.
type OutOfScope struct {
	N          int      `json:"n"`
	Declined   *float64 `json:"declined"`     // not answered
	AUROC      *float64 `json:"auroc"`        // that confidence ranks an insider above an outsider
	RecallAt95 *float64 `json:"recall_at_95"` // outsiders below the confidence that keeps 95% of the rightly ranked insiders
}

// Latency is how long a question took, in microseconds.
type Latency struct {
	P50 *float64 `json:"p50"`
	P99 *float64 `json:"p99"`
}

// Try is one question of the set and what became of it.
type Try struct {
	Expected   string   // the answer that it must get; "" if it must be declined
	Ranking    []string // answers, the best first; those after the fifth do not count
	Confidence float64  // of the first of them, 0 where there is none
	Answered   bool
	Answer     string // that was given
	Took       time.Duration
}

// Of computes the figures of tries. Decides says whether who was tried ever declines; where not, the figures on answering are nil.
// Training, loading and memory are left to the caller.
func Of(tries []Try, decides bool) Figures {
	var f Figures
	var insiders, outsiders, ranked, took []float64
	reciprocal, right, wrong, declined := 0.0, 0, 0, 0
	for _, t := range tries {
		took = append(took, float64(t.Took.Microseconds()))
		if t.Expected == "" {
			outsiders = append(outsiders, t.Confidence)
			if !t.Answered {
				declined++
			}
			continue
		}
		insiders = append(insiders, t.Confidence)
		if at := slices.Index(t.Ranking[:min(5, len(t.Ranking))], t.Expected); at >= 0 {
			reciprocal += 1 / float64(at+1)
			if at == 0 {
				ranked = append(ranked, t.Confidence)
			}
		}
		switch {
		case !t.Answered || t.Answer == "":
		case t.Answer == t.Expected:
			right++
		default:
			wrong++
		}
	}
	f.InScope = InScope{N: len(insiders), Top1: over(float64(len(ranked)), len(insiders)), MRR5: over(reciprocal, len(insiders))}
	f.OutOfScope = OutOfScope{N: len(outsiders), AUROC: auroc(insiders, outsiders), RecallAt95: recallAt(0.95, ranked, outsiders)}
	if decides {
		f.InScope.AnsweredRight, f.InScope.AnsweredWrong = over(float64(right), len(insiders)), over(float64(wrong), len(insiders))
		f.OutOfScope.Declined = over(float64(declined), len(outsiders))
	}
	slices.Sort(took)
	f.Latency = Latency{quantile(took, 0.5), quantile(took, 0.99)}
	return f
}

// over is a share, nil of nothing, to four digits.
func over(x float64, n int) *float64 {
	if n == 0 {
		return nil
	}
	share := Round(x/float64(n), 4)
	return &share
}

// Round rounds what is not negative to so many digits behind the point.
func Round(x float64, digits int) float64 {
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
