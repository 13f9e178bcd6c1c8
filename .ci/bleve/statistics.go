package main

import "slices"

// What follows is as in cmd/parley/eval.go, which this module cannot import: a change there belongs here too.

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
