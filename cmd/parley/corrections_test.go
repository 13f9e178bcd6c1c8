package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/answers"
	"parley/store"
)

// given is how many replies are corrected: PARLEY_REPLIES, or a number for every day.
func given(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("PARLEY_REPLIES")); err == nil {
		return n
	}
	if os.Getenv("PARLEY_DRILLS") == "" {
		return 200
	}
	return 600
}

// Many replies were given; one correction reaches them all, on a platform where calls fail in every way, messages were deleted and
// channels left, while the process is killed again and again. Each reply ends edited, followed up or failed with a reason, and nobody is
// told twice.
func TestCorrectionAmongFaults(t *testing.T) {
	n := given(t)
	db := piers(t, t.TempDir())
	p := newScriptedPlatform(t, true, 100)
	// Of ten people, three ask so that only they see the answer, and one of these allowed to be written to.
	p.line = func(id string) scriptedLine {
		i, _ := strconv.Atoi(id)
		l := scriptedLine{ID: id, Text: "When does pier " + id + " reopen?", Person: "U" + id, Command: i%10 < 3}
		switch {
		case i > 2*n: // everybody asks once more
			l.Person, l.Command = "U"+strconv.Itoa(i-2*n), true
		case i > n && (i-n)%10 == 0:
			l.Person, l.Want, l.Text, l.Command = "U"+strconv.Itoa(i-n), "notify", "on", true
		case i > n:
			l.Text = "What does a berth cost?" // not what is corrected
		}
		return l
	}
	p.most = 2 * n
	cmd := scriptedServe(t, p, db)
	p.all(t)
	p.mu.Lock()
	random := rand.New(rand.NewPCG(3, 4))
	for delivery, event := range p.posted {
		if i, _ := strconv.Atoi(event); i > n || i%10 < 3 {
			continue
		}
		switch random.IntN(20) {
		case 0:
			p.gone[delivery] = "the message was deleted"
		case 1:
			p.gone[delivery] = "Parley has no access to the channel any more"
		}
	}
	p.faults = rand.New(rand.NewPCG(5, 6))
	p.mu.Unlock()

	correctPiers(t, db)
	kills := 0
	for deadline := time.Now().Add(10 * time.Minute); ; {
		time.Sleep(time.Duration(500+random.IntN(1500)) * time.Millisecond)
		open, spread := corrected(t, db)
		if open == 0 && spread {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d corrections are still open", open)
		}
		if spread || random.IntN(2) == 0 {
			_ = cmd.Process.Signal(syscall.SIGKILL)
			_ = cmd.Wait()
			kills++
			cmd = scriptedServe(t, p, db)
			p.await(t, cmd, kills+1)
			time.Sleep(200 * time.Millisecond) // and more: so it works for a while between two kills
		}
	}
	p.mu.Lock()
	p.faults = nil
	p.most = 3 * n // everybody asks once more, alone
	p.mu.Unlock()
	p.all(t)
	stopped(t, cmd)
	t.Logf("%d kills; faults %v", kills, p.met)
	p.judgeCorrections(t, db, n)
}

// correctPiers corrects the answer on the piers, as an editor does.
func correctPiers(t *testing.T, path string) {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	c, err := db.Record(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e := c.Entries[slices.IndexFunc(c.Entries, func(e answers.Entry) bool { return strings.Contains(string(e.Lead), "May") })]
	base := []answers.Ref{{Noun: answers.NounEntry, ID: string(e.ID), Revision: e.Revision}}
	e.Lead = answers.Prose(strings.Replace(string(e.Lead), "in May", "in June", 1))
	edit := store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}, Base: base}
	change := store.Change{
		ID: "june", At: time.Now(), Author: "an editor", Why: "the Gazette has June", Class: answers.Corrected,
		Wrong: "The answer named May.", Right: "The Gazette has June.",
	}
	if _, err := db.Edit(t.Context(), change, edit); err != nil {
		t.Fatal(err)
	}
}

// corrected tells how many corrections are open, and whether all that there are to be are in the outbox.
func corrected(t *testing.T, path string) (open int, spread bool) {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	left, err := db.PendingFanOut(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, items, err := db.Backlog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return items, len(left) == 0
}

// judgeCorrections compares what people see with what is on record, for the n replies that were to be corrected.
func (p *scriptedPlatform) judgeCorrections(t *testing.T, path string, n int) {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	outcomes, err := db.Outcomes(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	counts, of := map[string]int{}, map[string]int{}
	notes := 0
	for _, o := range outcomes {
		if strings.HasPrefix(o.Item, "note-") && o.State == store.Sent {
			notes++
		}
		if _, ours := p.posted[o.Delivery]; o.Change == 0 || !ours {
			continue // nor is what was asked in the terminal before
		}
		counts[strings.TrimSpace(fmt.Sprintf("%s %s", o.State, o.Reason))]++
		of[o.Delivery]++
		now := p.said[o.Delivery]
		switch told := p.direct["tell-"+o.Item]; {
		case o.State == store.Edited && (!strings.Contains(now, "in June") || !strings.Contains(now, "The answer named May.")):
			t.Errorf("%s is said to be edited, and says %q", o.Delivery, now)
		case o.State == store.Edited && told > 0:
			t.Errorf("%s was edited, and told besides", o.Delivery)
		case o.State == store.Failed && (o.Reason == "" || strings.Contains(now, "in June")):
			t.Errorf("%s failed for %q, and says %q", o.Delivery, o.Reason, now)
		case told > 1:
			t.Errorf("a person was told %d times of %s", told, o.Delivery)
		case o.State != store.Edited && o.State != store.FollowedUp && o.State != store.Failed:
			t.Errorf("%s ends %s: %s", o.Delivery, o.State, o.Reason)
		}
	}
	for d, times := range of {
		if times != 1 {
			t.Errorf("%s was corrected %d times", d, times)
		}
	}
	for thread, times := range p.notes {
		if times != 1 {
			t.Errorf("there are %d notes in the thread of %s", times, thread)
		}
	}
	if len(of) != n {
		t.Errorf("%d replies were corrected, not %d", len(of), n)
	}
	edited := counts[string(store.Edited)]
	if len(p.notes) != edited || notes != edited {
		t.Errorf("beside %d edited replies there are %d notes, of which %d are on record as sent", edited, len(p.notes), notes)
	}
	since := 0
	for _, text := range p.said {
		if strings.Contains(text, "since you asked") {
			since++
		}
	}
	var list []string
	for _, what := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Compare(counts[b], counts[a]) }) {
		list = append(list, fmt.Sprintf("%d %s", counts[what], what))
	}
	t.Logf("%d replies: %s; %d told directly, %d with the next answer, %d notes beside", n, strings.Join(list, ", "), len(p.direct), since, len(p.notes))
}

// all waits until as many events as there are to be are acknowledged and answered.
func (p *scriptedPlatform) all(t *testing.T) {
	t.Helper()
	if err := eventually(5*time.Minute, func() error {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.next == p.most && len(p.open) == 0 && len(p.posts) >= p.most {
			return nil
		}
		return fmt.Errorf("%d of %d events were sent, %d are not acknowledged, %d answered", p.next, p.most, len(p.open), len(p.posts))
	}); err != nil {
		t.Fatalf("after five minutes %v", err)
	}
}
