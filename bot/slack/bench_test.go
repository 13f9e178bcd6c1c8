package slack_test

import (
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
)

// BenchmarkCommands measures slash commands, from the envelope to the reply at its response_url, on a database whose every write is
// flushed: replies a second, and how long Slack waits for acknowledgements. Slack itself runs in the same process. Run it with -cpu 1.
func BenchmarkCommands(b *testing.B) {
	w := newWorkspace(b)
	s := serve(b, w, nil)
	if err := w.AwaitConns(2); err != nil {
		b.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.ResetTimer()
	start := time.Now()
	slots := make(chan struct{}, 64)
	waits := make([]time.Duration, b.N)
	var asking sync.WaitGroup
	for i := range b.N {
		slots <- struct{}{}
		asking.Go(func() {
			defer func() { <-slots }()
			began := time.Now()
			if _, ok := s.Command("C1", "U1", "ask When does the harbour reopen?").Wait(); !ok {
				b.Error("a command was not acknowledged")
			}
			waits[i] = time.Since(began)
		})
	}
	asking.Wait()
	for open := 1; open > 0; time.Sleep(time.Millisecond) {
		events, items, err := s.store.Backlog(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		open = events + items
	}
	took := time.Since(start)
	b.StopTimer()
	runtime.GC()
	runtime.ReadMemStats(&after)
	slices.Sort(waits)
	b.ReportMetric(float64(b.N)/took.Seconds(), "replies/s")
	b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "ack-p99-ms")
	b.ReportMetric(float64(after.HeapAlloc)/1e6, "heap-MB")
}
