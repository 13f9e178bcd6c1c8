package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// create makes the file of a new database, which only its owner may read: SQLite would leave that to the umask. The files that it puts beside the
// database take over its mode.
func create(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return trouble(path, "create", err)
	}
	return file.Close()
}

// Exposed says whether others than its owner may read the database, in a sentence with the remedy; "" if they may not.
func (s *Store) Exposed() (string, error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return "", trouble(s.path, "look at", err)
	}
	if others := info.Mode().Perm() & 0o077; others == 0 {
		return "", nil
	}
	return fmt.Sprintf("Others on this machine may read what people asked, in %s (mode %04o): chmod 600 %s", s.path, info.Mode().Perm(), s.path), nil
}

// Moved is a *Trouble if the file by the name of the database is not the one that is open, since it was moved away, replaced or removed.
func (s *Store) Moved() error {
	now, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Trouble{Moved, s.path, errors.New("it is not there any more")}
	case err != nil:
		return trouble(s.path, "look at", err)
	case !os.SameFile(s.file, now):
		return &Trouble{Moved, s.path, errors.New("another file is there now")}
	default:
		return nil
	}
}

// real is the one name of a file that may have several by symbolic links.
func real(path string) (string, error) {
	resolved, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", trouble(path, "find", err)
	}
	return resolved, nil
}

// Checkpoint moves what the write-ahead log holds into the database and empties the log, which by itself keeps the size that it once had. Where
// somebody reads or writes just then, it does nothing: it may be left out or repeated.
func (s *Store) Checkpoint(ctx context.Context) error {
	aside, err := sql.Open("sqlite3", dsn(s.path, "mode=rw&_busy_timeout=0")) // a connection of its own waits for nobody
	if err != nil {
		return trouble(s.path, "open", err)
	}
	err = query(ctx, aside, s.path, Stmt{SQL: "PRAGMA wal_checkpoint(TRUNCATE)"}, func(*sql.Rows) error { return nil })
	if kind, _ := kindOf(err); kind == Busy {
		err = nil
	}
	return errors.Join(err, aside.Close())
}
