package main

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"parley/answers"
	"parley/seeds"
)

// parley runs this very binary as the real program.
func parley(t testing.TB, args ...string) *exec.Cmd {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Args = append([]string{"parley"}, args...)
	return cmd
}

// killed starts the program and kills it with SIGKILL after a while. It reports whether the program was still running.
func killed(t *testing.T, after time.Duration, args ...string) bool {
	cmd := parley(t, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	if err := cmd.Process.Kill(); err != nil && err != os.ErrProcessDone {
		t.Fatal(err)
	}
	return cmd.Wait() != nil
}

// rounds kills a process again and again, at moments spread over the time that a whole run takes and somewhat longer.
func rounds(t *testing.T, whole time.Duration, kill func(after time.Duration) bool, check func()) {
	n := 16
	if os.Getenv("PARLEY_DRILLS") == "" {
		n = 5
	}
	random := rand.New(rand.NewPCG(1, 2))
	cut, tried := 0, 0
	for ; tried < n || cut == 0 && tried < 4*n; tried++ { // more, where each had ended sooner than the one that was timed
		if kill(time.Duration(random.Int64N(int64(whole) * 3 / 2))) {
			cut++
		}
		check()
	}
	t.Logf("killed %d of %d runs before their end", cut, tried)
	if cut == 0 {
		t.Error("no run was killed before its end, so nothing was tried")
	}
}

// timed tells how long a run takes that nobody kills.
func timed(t testing.TB, args ...string) time.Duration {
	t.Helper()
	start := time.Now()
	if err := ran(args...); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

// A first start that is killed while it makes and seeds the database leaves nothing half-done: the next start is whole.
func TestKilledWhileSeeding(t *testing.T) {
	dir := t.TempDir()
	whole := timed(t, "seed", "--db", filepath.Join(dir, "timed.db"))
	db := ""
	round := 0
	rounds(t, whole, func(after time.Duration) bool {
		round++
		db = filepath.Join(dir, "seeded", string(rune('a'+round))+".db")
		return killed(t, after, "seed", "--db", db)
	}, func() {
		out, err := parley(t, "lint", "--db", db).CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte("No problem in 5 sources")) {
			t.Errorf("after the kill: %v\n%s", err, out)
		}
	})
}

// An import that is killed has happened as a whole or not at all.
func TestKilledWhileImporting(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "parley.db")
	before, err := seeds.Load(seeds.Record())
	if err != nil {
		t.Fatal(err)
	}
	before.Gold = nil // to compare these takes most of the time of an import, and writing is what is tried
	after := before
	after.Entries = append([]answers.Entry(nil), before.Entries...)
	for i := range after.Entries {
		after.Entries[i].Review = answers.Date{Year: 2028, Month: time.February, Day: 29}
	}
	versions := map[string]map[string][]byte{}
	for name, contents := range map[string]answers.Contents{"before": before, "after": after} {
		if err := seeds.Write(filepath.Join(dir, name), contents); err != nil {
			t.Fatal(err)
		}
		versions[name] = formatted(t, contents)
	}
	whole := timed(t, "import", "--db", db, filepath.Join(dir, "before"))
	next, counts := "after", map[string]int{}
	rounds(t, whole, func(d time.Duration) bool {
		return killed(t, d, "import", "--db", db, filepath.Join(dir, next))
	}, func() {
		out := filepath.Join(dir, "out")
		timed(t, "export", "--db", db, out)
		got, err := seeds.Load(os.DirFS(out))
		if err != nil {
			t.Fatal(err)
		}
		is, files := "", formatted(t, got)
		for name, want := range versions {
			if maps.EqualFunc(files, want, bytes.Equal) {
				is = name
			}
		}
		if is == "" {
			t.Fatal("the record is neither what it was nor what was imported")
		}
		counts[is]++
		if is == next { // it took place after all: try the way back
			next = map[string]string{"before": "after", "after": "before"}[next]
		}
	})
	t.Logf("the record was found as %v", counts)
}

func formatted(t *testing.T, c answers.Contents) map[string][]byte {
	files, err := seeds.Format(c)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
