package main

import (
	"runtime"
	"time"

	"parley/answers/figures"
)

// measure puts questions to the index, each with the answer that it must get. Confidence is the vote of the first answer, 0 where there is none. bleve answers whatever
// shares a word with a document, having no point below which it declines, so the figures on that stay null.
func measure(ix *index, set [][2]string) (figures.Figures, error) {
	var tries []figures.Try
	for _, q := range set {
		before := time.Now()
		ranking, err := ix.rank(q[0])
		if err != nil {
			return figures.Figures{}, err
		}
		t := figures.Try{Expected: q[1], Took: time.Since(before)}
		for i, v := range ranking {
			if i == 0 {
				t.Confidence = v.score
			}
			t.Ranking = append(t.Ranking, v.answer)
		}
		tries = append(tries, t)
	}
	f := figures.Of(tries, false)
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	f.Heap = figures.Round(float64(memory.HeapAlloc)/1e6, 1)
	return f, nil
}
