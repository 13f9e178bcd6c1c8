package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A backup is made beside a writer, is whole and private, holds all that was on record when it began, and is told of. It never takes the place of anything.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "parley.db")
	s := open(t, path)
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	people(t, s, at, "U1")
	writing := make(chan int)
	stop := make(chan struct{})
	go func() {
		n := 0
		for ; ; n++ {
			select {
			case <-stop:
				writing <- n
				return
			default:
			}
			if err := s.RecordQuestions(t.Context(), question(fmt.Sprint("beside-", n))); err != nil {
				t.Error(err)
			}
		}
	}()
	to := filepath.Join(dir, "backup.db")
	size, err := Backup(t.Context(), path, to, at)
	close(stop)
	if err != nil || <-writing == 0 {
		t.Fatalf("beside a writer: %v", err)
	}
	info, err := os.Stat(to)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != size {
		t.Errorf("the backup is %v of %d bytes, told were %d, %v", info.Mode(), info.Size(), size, err)
	}
	if v, err := s.Vitals(t.Context()); err != nil || !v.Backup.Equal(at) {
		t.Errorf("the last backup was at %v, %v", v.Backup, err)
	}
	for _, there := range []string{to, path, dir} {
		if _, err := Backup(t.Context(), path, there, at); err == nil || !strings.Contains(err.Error(), "already") {
			t.Errorf("to %s: %v", there, err)
		}
	}
	restored := filepath.Join(t.TempDir(), "parley.db")
	data, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(restored, data, 0o600); err != nil {
		t.Fatal(err)
	}
	back := open(t, restored)
	whole(t, back)
	if got := column(t, back, "SELECT id FROM delivery ORDER BY id"); fmt.Sprint(got) != "[U1-private U1-public]" {
		t.Errorf("in the backup are %v", got)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.part*")); len(left) > 0 || err != nil {
		t.Errorf("%q is left", left)
	}
}

// What cannot be backed up leaves nothing behind, and nothing changed.
func TestBackupFails(t *testing.T) {
	dir := t.TempDir()
	to := filepath.Join(dir, "backup.db")
	if _, err := Backup(t.Context(), filepath.Join(dir, "none.db"), to, time.Now()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of no database: %v", err)
	}
	foreign := filepath.Join(dir, "foreign.db")
	if err := os.WriteFile(foreign, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Backup(t.Context(), foreign, to, time.Now())
	wantTrouble(t, err, Foreign, foreign)
	path := filepath.Join(dir, "parley.db")
	s := open(t, path)
	apply(t, s, "INSERT INTO question (id, at, platform, text, outcome, confidence) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT 'n' || i, '2020', 'slack', 'x', 'declined', 0 FROM n")
	closed(t, s)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+8192; i++ {
		data[i] = 0xff
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Backup(t.Context(), path, to, time.Now()); err == nil {
		t.Error("a damaged database is backed up")
	}
	if _, err := Backup(t.Context(), path, filepath.Join(dir, "nowhere", "backup.db"), time.Now()); err == nil {
		t.Error("a folder that is not there takes a backup")
	}
	left, err := os.ReadDir(dir)
	for _, e := range left {
		if strings.Contains(e.Name(), "backup") {
			t.Errorf("%s is left, %v", e.Name(), err)
		}
	}
}
