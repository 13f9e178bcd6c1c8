package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"parley/store"
)

// piers makes a database with a small record and what is learnt from it.
func piers(t testing.TB, dir string) string {
	t.Helper()
	return copied(t, piersDatabase, filepath.Join(dir, "parley.db"))
}

var piersDatabase = sync.OnceValues(func() (files, error) {
	var rows strings.Builder
	rows.WriteString("answer,question\n")
	for _, way := range []string{"When does pier 7 reopen?", "when will the pier reopen", "is the pier open again", "reopening of the pier", "pier reopen date"} {
		fmt.Fprintf(&rows, "The Gazette says it reopens in May.,%s\n", way)
	}
	for _, way := range []string{"How much is a berth?", "what does a berth cost", "price of a berth", "berth price", "cost of berths per night"} {
		fmt.Fprintf(&rows, "The Gazette says a berth costs ten crowns.,%s\n", way)
	}
	return databaseMade(func(path string) error {
		file := filepath.Join(filepath.Dir(path), "faq.csv")
		if err := os.WriteFile(file, []byte(rows.String()), 0o600); err != nil {
			return err
		}
		if err := ran("import", "--format", "csv", "--db", path, file); err != nil {
			return err
		}
		return ran("ask", "--db", path, "When does pier 7 reopen?")
	})
})

// scriptedServe starts the real program on a scripted platform.
func scriptedServe(t *testing.T, p *scriptedPlatform, db string, args ...string) *exec.Cmd {
	cmd := parley(t, append([]string{"serve", "--db", db, "--status", "off", "--log-level", "warn"}, args...)...)
	cmd.Args[0] = "parleyscripted"
	cmd.Env = append(os.Environ(), p.environ()...)
	cmd.Stderr = &bytes.Buffer{}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd
}

// kills is how often the process is killed: PARLEY_KILLS, or a number for every day.
func kills(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("PARLEY_KILLS")); err == nil {
		return n
	}
	if os.Getenv("PARLEY_DRILLS") == "" {
		return 5
	}
	return 20
}

// The real process is killed again and again under load. No question that it acknowledged is lost, none is answered twice, nothing
// is half-written. Where the platform cannot tell what arrived, outcomes stay unknown, and are counted.
func TestKilledUnderLoad(t *testing.T) {
	for _, finds := range []bool{true, false} {
		t.Run(fmt.Sprintf("finds=%v", finds), func(t *testing.T) {
			db := piers(t, t.TempDir())
			p := newScriptedPlatform(t, finds, 40)
			random := rand.New(rand.NewPCG(1, 2))
			for i := range kills(t) {
				before := p.connections()
				cmd := scriptedServe(t, p, db)
				if i%2 == 0 { // a slow machine kills some of the others before they have connected
					p.await(t, cmd, before+1)
				}
				time.Sleep(time.Duration(100+random.IntN(300)) * time.Millisecond)
				_ = cmd.Process.Signal(syscall.SIGKILL)
				if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
					t.Fatalf("the process was not killed, but ended by itself: %v\n%s", err, cmd.Stderr)
				}
			}
			p.settle(t, db)
		})
	}
}

// settle sends no more, lets the program finish what there is, stops it cleanly, and compares.
func (p *scriptedPlatform) settle(t *testing.T, db string) {
	t.Helper()
	p.stop()
	before := p.connections()
	cmd := scriptedServe(t, p, db)
	p.await(t, cmd, before+1)
	outcomes := quiet(t, p, db)
	stopped(t, cmd)
	p.judge(t, outcomes)
}

// stopped stops the program as a service manager does.
func stopped(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("a clean stop ended with %v\n%s", err, cmd.Stderr)
	}
}

// quiet waits until everything that was sent is acknowledged, and everything acknowledged has ended.
func quiet(t *testing.T, p *scriptedPlatform, path string) []store.Outcome {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := eventually(time.Minute, func() error {
		p.mu.Lock()
		unacknowledged := len(p.open)
		p.mu.Unlock()
		events, items, err := db.Backlog(t.Context())
		if err == nil && unacknowledged+events+items > 0 {
			err = fmt.Errorf("%d events are not acknowledged, %d not answered, %d replies not at an end", unacknowledged, events, items)
		}
		return err
	}); err != nil {
		outcomes, unread := db.Outcomes(t.Context(), time.Time{})
		open := slices.DeleteFunc(outcomes, func(o store.Outcome) bool { return o.State != store.Queued && o.State != store.Sending })
		t.Fatalf("after a minute %v; of these, the first is %+v: %v", err, open[:min(1, len(open))], unread)
	}
	outcomes, err := db.Outcomes(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	sound := ""
	if sound, err = db.Sound(t.Context()); err != nil || sound != "ok" {
		t.Errorf("the database is %q: %v", sound, err)
	}
	return outcomes
}

// judge compares what the platform saw with what is on record.
func (p *scriptedPlatform) judge(t *testing.T, outcomes []store.Outcome) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	states := map[store.State]int{}
	for _, o := range outcomes {
		states[o.State]++
	}
	lost, twice := 0, 0
	for id := range p.acked {
		switch n := p.posts[id]; {
		case n == 0:
			lost++
		case n > 1:
			twice++
		}
	}
	t.Logf("%d questions acknowledged, %d told busy; %d messages; outcomes %v; without a message %d, with more than one %d",
		len(p.acked), len(p.busy), len(p.posts), states, lost, twice)
	if len(p.trouble) > 0 {
		t.Errorf("%d replies are not whole; the first: %s", len(p.trouble), p.trouble[0])
	}
	if len(p.acked) == 0 {
		t.Error("nothing was acknowledged, so nothing was tried")
	}
	if twice > 0 {
		t.Errorf("%d questions were answered twice", twice)
	}
	if p.finds && lost > 0 || lost > states[store.Unknown] {
		t.Errorf("%d acknowledged questions were lost; %d outcomes are unknown", lost, states[store.Unknown])
	}
}

// Ten times the load that Parley takes on at once: the excess is told that it is busy, and nothing is dropped in silence.
func TestOverload(t *testing.T) {
	db := piers(t, t.TempDir())
	p := newScriptedPlatform(t, true, 10_000)
	p.mu.Lock()
	p.pause = 200 * time.Millisecond // of each message, so that replies pile up
	p.mu.Unlock()
	cmd := scriptedServe(t, p, db)
	if err := eventually(time.Minute, func() error {
		p.mu.Lock()
		defer p.mu.Unlock()
		if len(p.busy) == 0 {
			return errors.New("nobody is told that Parley is busy")
		}
		return nil
	}); err != nil {
		t.Fatalf("%v, so nothing is tried\n%s", err, cmd.Stderr)
	}
	time.Sleep(time.Second) // and more of them
	p.stop()
	outcomes := quiet(t, p, db)
	stopped(t, cmd)
	p.judge(t, outcomes)
	p.mu.Lock()
	defer p.mu.Unlock()
	if told := len(p.acked) + len(p.busy); told != p.next {
		t.Errorf("of %d questions %d were acknowledged or told busy", p.next, told)
	}
}

// fsync fails now and then under load, and so do writes. What was acknowledged is not lost, and nothing is answered twice.
func TestFailingDisk(t *testing.T) {
	fiu, err := exec.LookPath("fiu-run")
	if err != nil {
		t.Skip("SKIPPED: there is no fiu-run (Debian: fiu-utils), so no fsync was made to fail")
	}
	// The calls that the driver makes (its SQLite is built without fdatasync and pwrite64), with the probability that one fails.
	for point, probability := range map[string]string{"posix/io/sync/fsync": "0.1", "posix/io/rw/pwrite": "0.01"} {
		t.Run(filepath.Base(point), func(t *testing.T) {
			dir := t.TempDir()
			db, p := piers(t, dir), newScriptedPlatform(t, true, 20)
			program := filepath.Join(dir, "parleyscripted") // its name is what makes it that program
			if err := os.Symlink(parley(t).Path, program); err != nil {
				t.Fatal(err)
			}
			failures := 0
			for range 4 {
				cmd := exec.Command(fiu, "-x", "-c", "enable_random name="+point+",probability="+probability,
					program, "serve", "--db", db, "--status", "off", "--log-level", "warn")
				cmd.Env = append(os.Environ(), p.environ()...)
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(600 * time.Millisecond)
				_ = cmd.Process.Kill() // it may have given up by itself
				_ = cmd.Wait()
				failures += strings.Count(stderr.String(), "disk I/O error")
			}
			t.Logf("%d writes failed that the program told of", failures)
			if failures == 0 {
				t.Error("nothing failed, so nothing was tried")
			}
			p.settle(t, db)
		})
	}
}
