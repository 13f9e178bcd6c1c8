package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestOpenCreatesFolderAndFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "here", "parley.db")
	s := open(t, path)
	if s.Path() != path {
		t.Errorf("the path is %s, want %s", s.Path(), path)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	// What people ask is nobody else's business on a shared machine.
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if folder.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may enter the folder: %v", folder.Mode())
	}
	origin, err := s.Origin(t.Context())
	if err != nil || origin != Fresh {
		t.Errorf("the origin of a new database is %q, %v", origin, err)
	}
}

func TestReopenKeepsEverything(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	if _, err := s.Seed(t.Context(), change("first"), harbour(2), Edition{Digest: "digest"}); err != nil {
		t.Fatal(err)
	}
	if err := s.RecordQuestions(t.Context(), question("q1")); err != nil {
		t.Fatal(err)
	}
	closed(t, s)

	for range 2 { // the second time, the first reopening has changed nothing either
		s = open(t, path)
		wantRecord(t, s, revised(harbour(2), nil))
		if asked, err := s.Questions(t.Context(), time.Time{}); err != nil || !slices.Equal(asked, []Asked{question("q1")}) {
			t.Errorf("the questions are %+v, %v", asked, err)
		}
		if digest, err := s.Seeded(t.Context()); err != nil || digest != "digest" {
			t.Errorf("the digest of the seeds is %q, %v", digest, err)
		}
		whole(t, s)
		closed(t, s)
	}
}

func TestTwoStoresOnOneFile(t *testing.T) {
	path := newPath(t)
	one, two := open(t, path), open(t, path)
	const each = 50
	var all sync.WaitGroup
	for name, s := range map[string]*Store{"one": one, "two": two} {
		all.Go(func() {
			for i := range each {
				if err := s.RecordQuestions(t.Context(), question(fmt.Sprintf("%s-%d", name, i))); err != nil {
					t.Errorf("store %s, question %d: %v", name, i, err)
				}
			}
		})
	}
	all.Wait()
	for _, s := range []*Store{one, two} {
		if n := len(column(t, s, "SELECT id FROM question")); n != 2*each {
			t.Errorf("there are %d questions, want %d", n, 2*each)
		}
		whole(t, s)
	}
}

// Several processes may be started at once on a machine that has no database yet.
func TestManyMigrateOneNewFile(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 10
	}
	for round := range rounds {
		path := newPath(t)
		start := make(chan struct{})
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				<-start
				s, err := Open(t.Context(), path)
				if err != nil {
					t.Errorf("round %d, opener %d: %v", round, i, err)
					return
				}
				if err := s.RecordQuestions(t.Context(), question(fmt.Sprint(i))); err != nil {
					t.Errorf("round %d, writer %d: %v", round, i, err)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		close(start)
		all.Wait()
		if t.Failed() {
			return
		}
		s := open(t, path)
		if n := len(column(t, s, "SELECT id FROM question")); n != 8 {
			t.Errorf("there are %d questions, want 8", n)
		}
		steps, err := migrations.ReadDir("migrations")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for i := range steps {
			want = append(want, fmt.Sprint(i+1))
		}
		if got := column(t, s, "SELECT version FROM schema_version"); !slices.Equal(got, want) {
			t.Errorf("the steps done are %q, want %q", got, want)
		}
		whole(t, s)
		closed(t, s)
	}
}

func TestApplyIsAtomic(t *testing.T) {
	s := open(t, newPath(t))
	insert := func(key string) Stmt {
		return Stmt{"INSERT INTO meta (key, value) VALUES (?, 'v')", []any{key}}
	}
	for _, bad := range []Stmt{insert("a"), {SQL: "INSERT INTO nowhere VALUES (1)"}, {SQL: "no SQL at all"}} {
		if _, err := s.Apply(t.Context(), insert("a"), bad); err == nil {
			t.Errorf("the batch with %q was accepted", bad.SQL)
		}
	}
	// A revision of a change that is not in the table is refused: foreign keys are on.
	if _, err := s.Apply(t.Context(), insert("a"), revise(99, item{key{"topics", "x"}, 1, "{}", ""})); !isConstraint(err) {
		t.Errorf("a revision without its change: %v", err)
	}
	if got := column(t, s, "SELECT key FROM meta"); len(got) > 0 {
		t.Errorf("of the refused batches, %q is there", got)
	}
	results, err := s.Apply(t.Context(), insert("a"), insert("b"), Stmt{SQL: "UPDATE meta SET value = 'w'"})
	if err != nil || !slices.Equal(results, []Result{{1}, {1}, {2}}) {
		t.Errorf("a good batch did %v, %v", results, err)
	}
}

func TestQueryOnlyReads(t *testing.T) {
	s := open(t, newPath(t))
	s.reader.SetMaxOpenConns(1) // so that what is set on a connection is set for good
	apply(t, s, "INSERT INTO meta (key, value) VALUES ('a', 'v')")
	// Even when somebody has lifted the softer of the two locks, the file is open for reading only.
	for _, lock := range []string{"PRAGMA query_only = 1", "PRAGMA query_only = 0"} {
		column(t, s, lock)
		for _, write := range []string{
			"DELETE FROM meta",
			"UPDATE meta SET value = 'w' RETURNING value",
			"DROP TABLE question",
		} {
			if err := s.Query(t.Context(), Stmt{SQL: write}, func(*sql.Rows) error { return nil }); err == nil {
				t.Errorf("%s after %s was accepted", write, lock)
			}
		}
	}
	if got := column(t, s, "SELECT value FROM meta"); !slices.Equal(got, []string{"v"}) {
		t.Errorf("the table holds %q", got)
	}
	column(t, s, "SELECT id FROM question")
}

// No kill shows what a power cut would: that commits wait for the disk. It must hold for every connection, since the
// pool replaces one that broke.
func TestEveryWriterIsDurable(t *testing.T) {
	s := open(t, newPath(t))
	s.writer.SetMaxIdleConns(0) // each statement gets a connection of its own
	for statement, want := range map[string]string{
		"PRAGMA journal_mode": "wal",
		"PRAGMA synchronous":  "2", // FULL
		"PRAGMA foreign_keys": "1",
	} {
		if got, _, err := one[string](t.Context(), s.writer, s.path, Stmt{SQL: statement}); got != want || err != nil {
			t.Errorf("%s is %s, %v; want %s", statement, got, err, want)
		}
	}
}

// A path may hold whatever means something else in the driver's names for files.
func TestPaths(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, path := range []string{
		filepath.Join(dir, "with space.db"),
		filepath.Join(dir, "what?.db"),
		filepath.Join(dir, "a?mode=memory&_journal_mode=OFF"),
		filepath.Join(dir, "no#1.db"),
		filepath.Join(dir, "100%.db"),
		filepath.Join(dir, "%41.db"),
		filepath.Join(dir, "a+b;c=d&e'f\"g.db"),
		filepath.Join(dir, "Ґданськ 🛳.db"),
		filepath.Join(dir, "f?o#l%d er", "parley.db"),
		"/" + filepath.Join(dir, "two slashes.db"),
		"relative.db",
		"folder/relative.db",
		"colon:relative.db",
	} {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		// Writing goes through one connection and reading through another: both must mean this file.
		apply(t, s, "INSERT INTO meta (key, value) VALUES ('a', 'v')")
		if got := column(t, s, "SELECT value FROM meta"); !slices.Equal(got, []string{"v"}) {
			t.Errorf("%s: the table holds %q", path, got)
		}
		closed(t, s)
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s: the file is not there: %v", path, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if other, err := Open(cancelled, path); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v, %v", other, err)
	}
	if err := s.RecordQuestions(cancelled, question("q1")); !errors.Is(err, context.Canceled) {
		t.Errorf("write: %v", err)
	}
	if _, err := s.Record(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}

	// Cancelled in the middle of a batch that would go on for years, which has written already.
	soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := s.Apply(soon,
		Stmt{SQL: "INSERT INTO meta (key, value) VALUES ('a', 'v')"},
		Stmt{SQL: "INSERT INTO meta WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'k', 'v' FROM n WHERE i < 0"},
	)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a batch in its middle: %v", err)
	}

	// What was cancelled left nothing behind, and the store works on.
	if got := column(t, s, "SELECT key FROM meta UNION ALL SELECT id FROM question"); len(got) > 0 {
		t.Errorf("of what was cancelled, %q is there", got)
	}
	if err := s.RecordQuestions(t.Context(), question("q2")); err != nil {
		t.Error(err)
	}
	whole(t, s)
}

// A database whose reader went away is not damaged, and nobody shall be told to move it away.
func TestCancelledBetweenRows(t *testing.T) {
	s := open(t, newPath(t))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := s.Query(ctx, Stmt{SQL: "SELECT 'row'"}, func(rows *sql.Rows) error {
		cancel()
		for rows.Err() == nil { // until it has reached the rows
			time.Sleep(time.Millisecond)
		}
		var v string
		return rows.Scan(&v)
	})
	var trouble *Trouble
	if !errors.Is(err, context.Canceled) || errors.As(err, &trouble) {
		t.Errorf("a read cancelled between two rows: %v", err)
	}
}

// Somebody uses the command line while the bot runs: each sees what the other recorded, and takes nothing away by closing.
func TestUsedByAnotherProcessMeanwhile(t *testing.T) {
	s := open(t, newPath(t))
	var ids []string
	for i := range 3 {
		q := question(fmt.Sprintf("q%d", i))
		if err := s.RecordQuestions(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, q.ID)
		for _, id := range []string{"", fmt.Sprintf("q%d-by-another", i)} {
			out, err := again(t, "use", s.Path(), id).CombinedOutput()
			if id != "" {
				ids = append(ids, id)
			}
			if err != nil || !slices.Equal(strings.Fields(string(out)), ids) {
				t.Fatalf("another process reads %q, %v; want %q", out, err, ids)
			}
			wantQuestions(t, s, ids)
		}
	}
	whole(t, s)
}
