package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A test that needs a process of its own, to kill it or to take its rights away, starts the test binary again and names
// in this variable what it shall do there.
const roleVar = "PARLEY_STORE_TEST_ROLE"

var roles = map[string]func(path, name string) error{
	"record": recordOn, // kill_test.go
	"seed":   seedOn,
	"open":   openOnce, // trouble_linux_test.go
	"use":    use,      // store_test.go
}

func TestMain(m *testing.M) {
	role := os.Getenv(roleVar)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := roles[role](os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// again is this test binary in another role.
func again(t *testing.T, role, path, name string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, path, name)
	cmd.Env = append(os.Environ(), roleVar+"="+role)
	return cmd
}

// openOnce opens the database once and prints what kind of trouble there is.
func openOnce(path, _ string) error {
	s, err := Open(context.Background(), path)
	var trouble *Trouble
	if errors.As(err, &trouble) {
		fmt.Println(trouble.Kind)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println("no trouble")
	return s.Close()
}

// use records a question, unless its id is "", and prints the ids of all that are there.
func use(path, id string) error {
	ctx := context.Background()
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	if id != "" {
		if err := s.RecordQuestions(ctx, question(id)); err != nil {
			return err
		}
	}
	asked, err := s.Questions(ctx, time.Time{})
	for _, q := range asked {
		fmt.Println(q.ID)
	}
	return errors.Join(err, s.Close())
}

func newPath(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "parley.db")
}

// open opens the database at path until the test ends.
func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func closed(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// apply applies a batch without arguments.
func apply(t *testing.T, s *Store, statements ...string) {
	t.Helper()
	batch := make([]Stmt, len(statements))
	for i, statement := range statements {
		batch[i].SQL = statement
	}
	if _, err := s.Apply(t.Context(), batch...); err != nil {
		t.Fatal(err)
	}
}

// column reads the only column of a query as text.
func column(t *testing.T, s *Store, statement string, args ...any) []string {
	t.Helper()
	var values []string
	err := s.Query(t.Context(), Stmt{statement, args}, func(rows *sql.Rows) error {
		var v string
		defer func() { values = append(values, v) }()
		return rows.Scan(&v)
	})
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// whole checks that SQLite finds no fault in the file.
func whole(t *testing.T, s *Store) {
	t.Helper()
	if got := column(t, s, "PRAGMA integrity_check"); !slices.Equal(got, []string{"ok"}) {
		t.Errorf("the integrity check found %q", got)
	}
	if got := column(t, s, "SELECT \"table\" FROM pragma_foreign_key_check"); len(got) > 0 {
		t.Errorf("rows of %q refer to rows that are not there", got)
	}
}

// wantTrouble checks the kind of trouble, and that its advice is a sentence that names the file.
func wantTrouble(t *testing.T, err error, kind Kind, path string) {
	t.Helper()
	var trouble *Trouble
	if !errors.As(err, &trouble) {
		t.Fatalf("error %v (%T), want trouble of the kind %q", err, err, kind)
	}
	if trouble.Kind != kind || trouble.Path != path {
		t.Fatalf("trouble %q with %s (%v), want %q with %s", trouble.Kind, trouble.Path, err, kind, path)
	}
	advice := trouble.Advice()
	if !strings.HasSuffix(advice, ".") || strings.Contains(advice, ". ") || strings.Contains(advice, "\n") || !strings.Contains(advice, path) {
		t.Errorf("the advice %q is not one sentence about %s", advice, path)
	}
}

// untouched remembers a file and what lies beside it, and returns the check that both are still so.
func untouched(t *testing.T, path string) (check func()) {
	t.Helper()
	look := func() ([]byte, []string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		beside, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
		if err != nil {
			t.Fatal(err)
		}
		return data, beside
	}
	data, beside := look()
	return func() {
		t.Helper()
		nowData, nowBeside := look()
		if !bytes.Equal(nowData, data) {
			t.Errorf("%s was changed, first at byte %d", path, firstDifference(nowData, data))
		}
		if !slices.Equal(nowBeside, beside) {
			t.Errorf("the folder holds %q, before it held %q", nowBeside, beside)
		}
	}
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// wantQuestions checks that the questions recorded are those of the ids, which are in order.
func wantQuestions(t *testing.T, s *Store, ids []string) {
	t.Helper()
	if got := column(t, s, "SELECT id FROM question ORDER BY id"); !slices.Equal(got, ids) {
		t.Errorf("%d questions are there (%s), want %d (%s)", len(got), ends(got), len(ids), ends(ids))
	}
}

func ends(ids []string) string {
	if len(ids) == 0 {
		return "none"
	}
	return ids[0] + " to " + ids[len(ids)-1]
}
