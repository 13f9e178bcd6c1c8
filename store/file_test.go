package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What people asked is nobody else's to read, in whatever folder it lies and with whatever umask.
func TestFilesAreTheOwnersAlone(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "parley.db")
	s := open(t, path)
	release, err := s.AcquireServeLock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if err := s.RecordQuestions(t.Context(), question("q1")); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 4 {
		t.Fatalf("there are the files %v, %v", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s has the mode %v, %v", f.Name(), info.Mode(), err)
		}
	}
	if open, err := s.Exposed(); err != nil || open != "" {
		t.Errorf("it is told to be %q, %v", open, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if open, err := s.Exposed(); err != nil || !strings.Contains(open, "chmod 600 "+path) {
		t.Errorf("one that others may read is told to be %q, %v", open, err)
	}
}

// A database has one lock, by whatever name it is opened.
func TestServeLockThroughSymlinks(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "real", "parley.db")
	s := open(t, path)
	link, folder := filepath.Join(dir, "link.db"), filepath.Join(dir, "folder")
	for name, to := range map[string]string{link: path, folder: filepath.Dir(path)} {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	release, err := s.AcquireServeLock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	for _, name := range []string{link, filepath.Join(folder, "parley.db")} {
		other := open(t, name)
		again, err := other.AcquireServeLock(t.Context())
		if again != nil {
			_ = again()
		}
		wantTrouble(t, err, Owned, name)
	}
}

// A database that was moved away, replaced or removed while it is open is noticed: what is written to it is lost to all who look by its name.
func TestMovedIsNoticed(t *testing.T) {
	for name, move := range map[string]func(path string) error{
		"removed": os.Remove,
		"moved":   func(path string) error { return os.Rename(path, path+".old") },
		"replaced": func(path string) error {
			data, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path+".new", data, 0o600), os.Rename(path+".new", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			s := open(t, path)
			if err := s.Moved(); err != nil {
				t.Errorf("before, it is %v", err)
			}
			if err := move(path); err != nil {
				t.Fatal(err)
			}
			wantTrouble(t, s.Moved(), Moved, path)
		})
	}
}

// The sqlite3 of Debian 12, by which people look at their database, finds it sound, though there json_valid(NULL) is false.
func TestSoundForOlderSQLite(t *testing.T) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("SKIPPED: sqlite3 is not installed, so no other SQLite looked at the database")
	}
	path := newPath(t)
	s := open(t, path)
	if _, err := s.Seed(t.Context(), change("first"), harbour(3), Edition{Digest: "digest"}); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"INSERT INTO revision (noun, id, number, change, body) VALUES ('entry', 'gone', 1, 1, NULL)",
		"INSERT INTO inbox (platform, id, at, delivery, body, attempts, worker, lease, done_at) VALUES ('slack', 'E1', 'now', 'D1', NULL, 1, '', '', 'now')",
		"INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, via, via_until, body) VALUES ('D1', 'slack', '', 'now', '', '', '', '', 0, '', '', '{}')",
		"INSERT INTO outbox (id, delivery, platform, lane, act, at, state, due, worker, lease) VALUES ('D1', 'D1', 'slack', '', 'post', 'now', 'sent', 'now', '', '')",
	} {
		apply(t, s, sql)
	}
	for _, body := range []string{"'no JSON'", "'{'"} {
		if _, err := s.Apply(t.Context(), Stmt{SQL: "UPDATE inbox SET body = " + body}); err == nil {
			t.Errorf("%s is taken for JSON", body)
		}
	}
	closed(t, s)
	version, _ := exec.CommandContext(t.Context(), shell, "--version").Output()
	out, err := exec.CommandContext(t.Context(), shell, path, "PRAGMA integrity_check").CombinedOutput()
	if err != nil || string(out) != "ok\n" {
		t.Errorf("sqlite3 %.6s finds %s, %v", version, out, err)
	}
}

// A log that has grown is emptied when nobody is at work, and left alone when somebody is.
func TestCheckpoint(t *testing.T) {
	s := open(t, newPath(t))
	large := question("large")
	large.Text = strings.Repeat("x", 8<<20)
	if err := s.RecordQuestions(t.Context(), large); err != nil {
		t.Fatal(err)
	}
	wal := func() int64 {
		v, err := s.Vitals(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return v.WAL
	}
	if wal() < 8<<20 {
		t.Fatalf("the log has %d bytes", wal())
	}
	tx, err := s.writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := s.Checkpoint(t.Context()); err != nil || wal() < 8<<20 || time.Since(began) > time.Second {
		t.Errorf("beside a writer it took %v, %v, and the log has %d bytes", time.Since(began), err, wal())
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := s.Checkpoint(t.Context()); err != nil || wal() != 0 {
		t.Errorf("%v, and the log has %d bytes", err, wal())
	}
}
