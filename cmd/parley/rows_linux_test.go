package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/store"
)

// rows is how many questions a database of years holds: PARLEY_ROWS, or a number for every day.
func rows() int {
	if n, err := strconv.Atoi(os.Getenv("PARLEY_ROWS")); err == nil {
		return n
	}
	return 50_000
}

// unitLimit is what deploy/parley.service grants the program, in KiB.
const unitLimit = 512 << 10

// A database of years, under the limits of the unit: a preview, a change that is published, a replay, a backup and what is held of a person take no more
// memory than on one of days. What is kept no longer goes in steps, none of which keeps others from writing for long. Each question differs from the others, and one in ten was answered by a reply that is on record.
func TestYearsOfQuestions(t *testing.T) {
	db := piers(t, t.TempDir())
	years(t, db, rows())
	t.Setenv("GOMEMLIMIT", "400MiB")
	entry := pierEntry(t, db)
	for _, args := range [][]string{
		{"replay", "--db", db},
		{"retract", "--db", db, "--by", "ada", "--dry-run", "--why", "It was withdrawn.", entry},
		{"retract", "--db", db, "--by", "ada", "--yes", "--why", "It was withdrawn.", entry},
		{"feedback", "--db", db},
		{"corrections", "--db", db},
		{"backup", "--db", db, db + ".backup"},
		{"data", "--db", db, "slack", "T1", "U1"},
		{"forget", "--db", db, "slack", "T1", "U1"},
	} {
		cmd := parley(t, args...)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		began := time.Now()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		peak := highWater(cmd.Process.Pid)
		if err := cmd.Wait(); err != nil {
			t.Errorf("parley %s: %v\n%.1000s", args[0], err, &out)
			continue
		}
		t.Logf("%d questions: parley %s %s took %v and %d MiB at most", rows(), args[0], args[len(args)-2], time.Since(began).Round(time.Millisecond), peak>>10)
		if peak > unitLimit/4 {
			t.Errorf("parley %s took %d KiB; a quarter of what the unit grants is %d", args[0], peak, unitLimit/4)
		}
	}
	sweeps(t, db)
}

// sweeps lets go of all but the newest day.
func sweeps(t *testing.T, path string) {
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const day = 24 * time.Hour
	var all, longest time.Duration
	steps := 0
	for more := true; more; steps++ {
		began := time.Now()
		if more, err = db.Retain(t.Context(), time.Now(), store.Keep{Questions: day, Replies: 7 * day, Feedback: day}); err != nil {
			t.Fatal(err)
		}
		took := time.Since(began)
		all, longest = all+took, max(longest, took)
	}
	t.Logf("the sweep took %d steps and %v, the longest %v", steps, all.Round(time.Millisecond), longest.Round(time.Millisecond))
	if steps < rows()/1000 || longest > 2*time.Second {
		t.Errorf("%d steps, the longest of %v", steps, longest)
	}
	old, err := db.Questions(t.Context(), time.Now().Add(-100*365*day))
	if err != nil || len(old) > 24*60+10 {
		t.Errorf("%d questions are left, %v", len(old), err)
	}
}

// highWater looks at a process until it ends, and tells the most memory that it had, in KiB. What the system tells afterwards holds that of this test,
// too, which it was forked from.
func highWater(pid int) (kib int) {
	for {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		_, after, alive := strings.Cut(string(status), "VmHWM:")
		if err != nil || !alive { // one that has ended, and is waited for, has no memory
			return kib
		}
		var now int
		if _, err := fmt.Sscan(after, &now); err == nil {
			kib = max(kib, now)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// pierEntry is the entry on piers.
func pierEntry(t *testing.T, path string) string {
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
	for _, e := range c.Entries {
		if strings.Contains(string(e.Lead), "May") {
			return string(e.ID)
		}
	}
	t.Fatal("there is no entry on piers")
	return ""
}

// years fills a database with questions, one a minute until now, and with a reply of some kilobytes to each tenth.
func years(t *testing.T, path string, n int) {
	t.Helper()
	entry := pierEntry(t, path)
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	body := fmt.Sprintf(`{"about":{"want":"question","text":"When does pier 7 reopen?","as_of":""},"asked":"x","parts":[{"role":"answer","text":"%s"}],"why":{}}`,
		strings.Repeat("It reopens in May. ", 150))
	const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
	const at = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', -i || ' minutes')"
	if _, err := db.Apply(t.Context(),
		store.Stmt{SQL: `INSERT INTO question (id, at, platform, text, outcome, entry, revision, confidence) ` + numbers + `
			SELECT 'Q' || i, ` + at + `, 'slack', 'When does pier ' || i || ' reopen, and what of the other piers in the harbour?', 'answered', ?, 1, 0.9 FROM n`, Args: []any{n, entry}},
		store.Stmt{SQL: `INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, via, via_until, body, edit_by) ` + numbers + `
			SELECT 'Q' || (i * 10), 'slack', 'E' || i, ` + strings.ReplaceAll(at, "-i", "(-i * 10)") + `, 'T1', 'C' || i % 100, '', 'U' || i % 1000, 0, '', '', ?, 'chat.update' FROM n`, Args: []any{n / 10, body}},
		store.Stmt{SQL: "INSERT INTO shown (delivery, noun, id, revision) SELECT id, 'entry', ?, 1 FROM delivery WHERE platform = 'slack' AND substr(id, -2) = '00'", Args: []any{entry}},
		store.Stmt{SQL: "INSERT INTO message (delivery, position, platform, team, channel, id) SELECT id, 0, platform, team, channel, 'M' || id FROM delivery WHERE platform = 'slack'"},
		store.Stmt{SQL: `INSERT INTO outbox (id, delivery, platform, lane, act, at, state, due, worker, lease, ended_at)
			SELECT id, id, 'slack', 'T1/' || channel, 'post', at, 'sent', at, 'w', '', at FROM delivery WHERE platform = 'slack'`},
	); err != nil {
		t.Fatal(err)
	}
}
