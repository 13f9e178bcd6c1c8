package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"
	"time"
)

// Who looks at a database changes nothing of it, and creates none.
func TestLook(t *testing.T) {
	dir := t.TempDir()
	if _, err := Look(t.Context(), filepath.Join(dir, "none.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no database: %v", err)
	}
	path := filepath.Join(dir, "parley.db")
	s := open(t, path)
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	people(t, s, at, "U1")
	looking, err := Look(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := looking.Vitals(t.Context()); err != nil || v.Events != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	if found, err := looking.Sound(t.Context()); found != "ok" || err != nil {
		t.Errorf("it is %q, %v", found, err)
	}
	if newest, err := looking.Newest(t.Context()); err != nil || !newest.Equal(at) {
		t.Errorf("the newest is %v, %v", newest, err)
	}
	if err := looking.RecordQuestions(t.Context(), question("q")); err == nil {
		t.Error("who looks can write")
	}
	if err := looking.Close(); err != nil {
		t.Error(err)
	}
	if got := column(t, s, "SELECT count(*) FROM question"); fmt.Sprint(got) != "[2]" {
		t.Errorf("%v questions", got)
	}
	_, err = s.Apply(t.Context(), Stmt{SQL: "INSERT INTO schema_version (version) VALUES (1000)"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Look(t.Context(), path)
	wantTrouble(t, err, Newer, path)
	apply(t, s, "DELETE FROM schema_version WHERE version > 5")
	_, err = Look(t.Context(), path)
	wantTrouble(t, err, Older, path)
}

// A row that refers to one which is not there is found, although the file is whole.
func TestSoundFindsStrays(t *testing.T) {
	s := open(t, newPath(t))
	if _, err := s.writer.Exec("PRAGMA foreign_keys = OFF"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.writer.Exec("INSERT INTO shown (delivery, noun, id, revision) VALUES ('gone', 'entries', 'e', 1)"); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Sound(t.Context()); err != nil || found != "shown refers to a row of delivery that is not there" {
		t.Errorf("found is %q, %v", found, err)
	}
}
