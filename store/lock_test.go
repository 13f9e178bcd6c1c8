package store

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"
)

// locked holds the write lock of a database, as another program may, until free is called.
func locked(t *testing.T, path string) (free func()) {
	t.Helper()
	db, err := sql.Open("sqlite3", dsn(path, "mode=rw&_txlock=immediate"))
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Rollback(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}

// While another program holds the write lock, a write ends with its context, and has not happened then. Others wait on, in order, and what waits for
// too long is told that the database is busy.
func TestWritesEndWithTheirContext(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	free := locked(t, path)
	long := make(chan error, 1)
	go func() { long <- s.RecordQuestions(t.Context(), question("long")) }()
	time.Sleep(50 * time.Millisecond) // it is at the head of the queue
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	err := s.RecordQuestions(short, question("short"))
	if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took > time.Second {
		t.Errorf("after %v it ends with %v", took, err)
	}
	free()
	if err := <-long; err != nil {
		t.Errorf("what waited on ends with %v", err)
	}
	wantQuestions(t, s, []string{"long"})
	defer locked(t, path)()
	began = time.Now()
	err = s.RecordQuestions(t.Context(), question("late"))
	if took := time.Since(began); took < 4*time.Second || took > 8*time.Second {
		t.Errorf("a write without an end of its own waits for %v", took)
	}
	wantTrouble(t, err, Busy, path)
}
