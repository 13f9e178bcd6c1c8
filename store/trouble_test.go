package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/answers"
)

func TestAdviceIsOneSentence(t *testing.T) {
	for _, kind := range []Kind{Damaged, Newer, Foreign, ReadOnly, Full, Busy, Owned, Moved, Later} {
		err := fmt.Errorf("answer: %w", &Trouble{kind, "/home/ada/parley.db", errors.New("two\nlines")})
		wantTrouble(t, err, kind, "/home/ada/parley.db")
	}
}

// seeded makes a database of some pages, closes it and returns its bytes.
func seeded(t *testing.T) []byte {
	t.Helper()
	path := newPath(t)
	s := open(t, path)
	if _, err := s.Seed(t.Context(), change("first"), harbour(220), Edition{Digest: "digest"}); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readAll opens the database that holds these bytes, reads the record and closes it. Whatever comes of it, the file must
// be untouched.
func readAll(t *testing.T, data []byte) (path string, c answers.Contents, err error) {
	t.Helper()
	path = newPath(t)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	check := untouched(t, path)
	defer check()
	s, err := Open(t.Context(), path)
	if err != nil {
		return path, c, err
	}
	defer closed(t, s)
	c, err = s.Record(t.Context())
	return path, c, err
}

// garbage are the same bytes in every run.
func garbage(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8(sha256.Sum256([]byte("garbage"))).Read(b)
	return b
}

const pageSize = 4096 // SQLite's default

// Wherever the damage is, either it is noticed or the record is none the worse: there is no third way.
func TestDamagedPages(t *testing.T) {
	good := seeded(t)
	if n := binary.BigEndian.Uint16(good[16:]); n != pageSize || len(good)%pageSize != 0 {
		t.Fatalf("pages have %d bytes, the file %d", n, len(good))
	}
	_, want, err := readAll(t, good)
	if err != nil {
		t.Fatal(err)
	}
	noticed := 0
	for at := pageSize; at < len(good); at += pageSize { // the first page says that this is a database at all
		bad := append([]byte(nil), good...)
		copy(bad[at:], garbage(pageSize))
		path, got, err := readAll(t, bad)
		if err != nil {
			noticed++
			wantTrouble(t, err, Damaged, path)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("page %d is damaged, and the record was read as another", at/pageSize+1)
		}
	}
	t.Logf("%d of %d damaged pages stand in the way of the record", noticed, len(good)/pageSize-1)
	if noticed < len(good)/pageSize/2 {
		t.Error("the record fills less than half of the file, so that this tried little")
	}

	bad := append([]byte(nil), good...)
	copy(bad[pageSize:], garbage(len(bad)-2*pageSize))
	path, _, err := readAll(t, bad)
	wantTrouble(t, err, Damaged, path)
}

func TestTruncated(t *testing.T) {
	good := seeded(t)
	for _, size := range []int{100, 512, pageSize - 1, pageSize, 2*pageSize + 7, len(good) / 2, len(good) - pageSize} {
		path, _, err := readAll(t, good[:size])
		wantTrouble(t, err, Damaged, path)
	}
}

func TestDamagedValues(t *testing.T) {
	readRecord := func(s *Store) error { _, err := s.Record(t.Context()); return err }
	readHistory := func(s *Store) error { _, err := s.History(t.Context(), "topics", "harbour"); return err }
	readQuestions := func(s *Store) error { _, err := s.Questions(t.Context(), time.Time{}); return err }
	for name, c := range map[string]struct {
		damage string
		read   func(*Store) error
	}{
		"body of another shape": {`UPDATE revision SET body = '{"id": 1}' WHERE noun = 'topics'`, readRecord},
		"body that is a list":   {"UPDATE revision SET body = '[]' WHERE noun = 'entries'", readRecord},
		"unknown noun":          {"UPDATE revision SET noun = 'unicorns' WHERE noun = 'topics'", readRecord},
		"time of a change":      {"UPDATE change SET at = 'noon'", readHistory},
		"time of a question":    {"UPDATE question SET at = 'noon'", readQuestions},
		"day of a question":     {"UPDATE question SET as_of = '2025-02-31'", readQuestions},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, newPath(t))
			seed(t, s, "first", harbour(1))
			if err := s.RecordQuestions(t.Context(), question("q1")); err != nil {
				t.Fatal(err)
			}
			apply(t, s, c.damage)
			wantTrouble(t, c.read(s), Damaged, s.Path())
		})
	}

	t.Run("body that is no JSON", func(t *testing.T) {
		s := open(t, newPath(t))
		seed(t, s, "first", harbour(1))
		if _, err := s.Apply(t.Context(), Stmt{SQL: "UPDATE revision SET body = '{'"}); !isConstraint(err) {
			t.Errorf("it was not refused: %v", err)
		}
	})
}

func TestForeignFiles(t *testing.T) {
	for name, data := range map[string][]byte{
		"random bytes": garbage(3 * pageSize),
		"few bytes":    garbage(9),
		"text":         []byte(strings.Repeat("When does the harbour reopen?\n", 400)),
	} {
		path, _, err := readAll(t, data)
		if err == nil {
			t.Errorf("%s: it was taken for a database", name)
			continue
		}
		wantTrouble(t, err, Foreign, path)
	}
}

func TestForeignDatabases(t *testing.T) {
	for name, statements := range map[string]string{
		"with tables":        "CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('example.org')",
		"in WAL mode":        "PRAGMA journal_mode = WAL; CREATE TABLE bookmarks (url TEXT)",
		"marked as its own":  "PRAGMA application_id = 66; CREATE TABLE schema_version (version INTEGER)",
		"with nothing in it": "PRAGMA application_id = 66",
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			db, err := sql.Open("sqlite3", path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(statements); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			opened, _, err := readAll(t, data)
			wantTrouble(t, err, Foreign, opened)
		})
	}
}

func TestNewerSchema(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	apply(t, s, "INSERT INTO schema_version (version) VALUES (1000)")
	closed(t, s)
	check := untouched(t, path)
	_, err := Open(t.Context(), path)
	wantTrouble(t, err, Newer, path)
	check()
}

// fill records questions until there is trouble, and returns the ids of those recorded.
func fill(t *testing.T, s *Store) (recorded []string, err error) {
	t.Helper()
	for i := range 10_000 {
		q := question(fmt.Sprintf("q%04d", i))
		q.Text = strings.Repeat("Why? ", 400)
		if err := s.RecordQuestions(t.Context(), q); err != nil {
			return recorded, err
		}
		recorded = append(recorded, q.ID)
	}
	t.Fatal("it never became full")
	return nil, nil
}

// The same refusal as that of a full disk, where nobody may mount one (trouble_linux_test.go).
func TestFullDatabase(t *testing.T) {
	s := open(t, newPath(t))
	apply(t, s, "PRAGMA max_page_count = 60")
	recorded, err := fill(t, s)
	wantTrouble(t, err, Full, s.Path())
	t.Logf("%d questions fitted", len(recorded))
	wantQuestions(t, s, recorded)
	whole(t, s)

	apply(t, s, "PRAGMA max_page_count = 1000")
	if err := s.RecordQuestions(t.Context(), question("r")); err != nil {
		t.Errorf("there is room again: %v", err)
	}
	wantQuestions(t, s, append(recorded, "r"))
}

func TestBusy(t *testing.T) {
	t.Parallel() // it waits until Parley gives up
	s := open(t, newPath(t))
	if err := s.RecordQuestions(t.Context(), question("q1")); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite3", dsn(s.Path(), "_txlock=immediate"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	wantTrouble(t, s.RecordQuestions(t.Context(), question("q2")), Busy, s.Path())
	wantQuestions(t, s, []string{"q1"}) // reading goes on all the while

	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := s.RecordQuestions(t.Context(), question("q2")); err != nil {
		t.Errorf("the lock is gone: %v", err)
	}
}

// A folder in the place of the file is nothing that more rights would help.
func TestFolderInPlaceOfFile(t *testing.T) {
	dir := t.TempDir()
	_, err := Open(t.Context(), dir)
	var trouble *Trouble
	if err == nil || errors.As(err, &trouble) && trouble.Kind == ReadOnly {
		t.Errorf("a folder as the database: %v", err)
	}
}
