package discord_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/discord/discordtest"
	"parley/store"
)

// interactionsTried is how many questions are asked among faults: DISCORD_INTERACTIONS, or a number for every day.
func interactionsTried(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("DISCORD_INTERACTIONS")); err == nil {
		return n
	}
	if os.Getenv("PARLEY_DRILLS") == "" {
		return 100
	}
	return 1000
}

// people are so many that one who waits does not hold up the others.
const people = 16

func person(i int) string { return fmt.Sprint(400000000000000100 + i%people) }

// Commands among faults of every kind: each is answered once where the outcome can be known, and no one twice.
func TestInteractionsAmongFaults(t *testing.T) {
	g := newGuild(t)
	for i := range people { // what is said to one person goes out one after another
		g.AddUser(discordtest.Person{ID: person(i), Name: fmt.Sprint("person-", i)})
	}
	s := serve(t, g, nil)
	ready(t, g)
	first := []string{discordtest.Callback}
	faults := []discordtest.Fault{
		{Routes: first, Times: 1, Status: 429, RetryAfter: 50 * time.Millisecond},
		{Routes: first, Times: 1, Status: 429, RetryAfter: 50 * time.Millisecond, Scope: discordtest.ScopeGlobal},
		{Routes: first, Times: 1, Status: 429, RetryAfter: 50 * time.Millisecond, Scope: discordtest.ScopeShared},
		{Routes: first, Times: 1, Status: 429, HTML: true},
		{Routes: first, Times: 1, Status: 500},
		{Routes: first, Times: 1, Drop: discordtest.Before},
		{Routes: first, Times: 1, Drop: discordtest.After},
		{Routes: first, Times: 1, Delay: 300 * time.Millisecond},
		{Routes: first, Times: 1, Code: 10062},
		{Routes: []string{discordtest.GetFollowup}, Times: 1, Status: 503},
	}
	n := interactionsTried(t)
	asked := make([]*discordtest.Delivery, n)
	var asking sync.WaitGroup
	slots := make(chan struct{}, 16)
	for i := range n {
		if i%10 == 0 {
			g.Server.Fault(faults[i/10%len(faults)])
		}
		if i%211 == 210 {
			if conns := g.Conns(); len(conns) > 0 {
				conns[0].Reconnect()
			}
		}
		slots <- struct{}{}
		asked[i] = g.Command(discordtest.Channel, person(i), "parley ask", option("question", chattest.Question))
		asking.Go(func() {
			defer func() { <-slots }()
			asked[i].Wait()
		})
		if i%13 == 0 {
			g.Duplicate(asked[i])
		}
	}
	asking.Wait()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if events, items, err := s.store.Backlog(t.Context()); err == nil && events == 0 && items == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("it does not come to rest")
		}
	}
	states := map[store.State]int{}
	all, err := s.store.Outcomes(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]int{}
	for _, o := range all {
		states[o.State]++
		if o.State != store.Sent {
			reasons[o.Reason]++
		}
	}
	none, twice := 0, 0
	for _, d := range asked {
		answers := 0
		for _, m := range d.Messages() {
			if !m.Loading {
				answers++
			}
		}
		switch {
		case answers == 0:
			none++
		case answers > 1:
			twice++
		}
	}
	t.Logf("%d commands; outcomes %v, %v; without an answer %d, with two %d", n, states, reasons, none, twice)
	if twice > 0 {
		t.Errorf("%d commands have two answers", twice)
	}
	if none < states[store.Failed] || none > states[store.Failed]+states[store.Unknown] {
		t.Errorf("%d commands have no answer; %d failed with a reason, %d are unknown", none, states[store.Failed], states[store.Unknown])
	}
}

// BenchmarkCommands measures slash commands, from the interaction to the end of the response on record, and autocompletion beside
// them, on a database whose every write is flushed. Discord itself runs in the same process. Run it with -cpu 1.
func BenchmarkCommands(b *testing.B) {
	g := newGuild(b)
	s := serve(b, g, nil)
	ready(b, g)
	b.ResetTimer()
	start := time.Now()
	slots := make(chan struct{}, 64)
	var mu sync.Mutex
	var completions []time.Duration
	var asking sync.WaitGroup
	for i := range b.N {
		slots <- struct{}{}
		asking.Go(func() {
			defer func() { <-slots }()
			if i%10 == 0 {
				began := time.Now()
				g.Autocomplete(discordtest.User, "parley ask", "question", "harb").Wait()
				mu.Lock()
				completions = append(completions, time.Since(began))
				mu.Unlock()
			}
			if _, ok := g.Command(discordtest.Channel, discordtest.User, "parley ask", option("question", chattest.Question)).Wait(); !ok {
				b.Error("a command was not answered in time")
			}
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
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	slices.Sort(completions)
	b.ReportMetric(float64(b.N)/took.Seconds(), "replies/s")
	b.ReportMetric(float64(completions[len(completions)*99/100].Microseconds())/1000, "complete-p99-ms")
	b.ReportMetric(float64(memory.HeapAlloc)/1e6, "heap-MB")
}
