package store

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// Trouble is a database that cannot be used as it is. Error is for logs; Advice is one plain sentence for the person in front of
// it, with what to do next. Nothing was changed.
type Trouble struct {
	Kind Kind
	Path string
	Err  error
}

// Kind is what is wrong with a database.
type Kind string

// The kinds of trouble.
const (
	Damaged  Kind = "damaged"
	Newer    Kind = "newer"
	Older    Kind = "older"   // it must be brought to the schema of today first
	Foreign  Kind = "foreign" // another program's database
	ReadOnly Kind = "read-only"
	Full     Kind = "full"
	Busy     Kind = "busy"
	Owned    Kind = "owned" // another process serves from it
	Moved    Kind = "moved" // another file is there, or none
	Later    Kind = "later" // it was seeded with a later record
)

func (t *Trouble) Error() string { return fmt.Sprintf("database %s: %s: %v", t.Path, t.Kind, t.Err) }

func (t *Trouble) Unwrap() error { return t.Err }

// Advice says what happened and what to do next.
func (t *Trouble) Advice() string {
	switch t.Kind {
	case Damaged:
		return fmt.Sprintf("The database %s is damaged and was left as it is: move it away and import your last export, or name another with --db.", t.Path)
	case Newer:
		return fmt.Sprintf("The database %s was written by a newer Parley and was left as it is: update this one, or name another database with --db.", t.Path)
	case Older:
		return fmt.Sprintf("The database %s was written by an older Parley: `parley seed` brings it up to date, and so does the next start.", t.Path)
	case Foreign:
		return fmt.Sprintf("The file %s is not a Parley database and was left as it is: name another with --db.", t.Path)
	case ReadOnly:
		return fmt.Sprintf("Parley may not write to %s or its folder: give it permission, or name another place with --db.", t.Path)
	case Full:
		return fmt.Sprintf("The disk that holds %s is full, so nothing was stored: free some space and try again.", t.Path)
	case Owned:
		return fmt.Sprintf("Another parley serve answers from the database %s: stop that one first, or name another database with --db.", t.Path)
	case Later:
		return fmt.Sprintf("The database %s holds a later record than this Parley brings, so it was not seeded: update Parley, or go back with `parley seed --force`.", t.Path)
	case Moved:
		return fmt.Sprintf("The database %s was moved, replaced or removed while Parley had it open: start Parley again, and stop it first the next time.", t.Path)
	default:
		return fmt.Sprintf("Another program kept the database %s locked: try again in a moment.", t.Path)
	}
}

var errDamaged = errors.New("its contents cannot be read")

// trouble adds what was being done to an error, and its kind where people can do something about it.
func trouble(path, doing string, err error) error {
	err = fmt.Errorf("%s the database %s: %w", doing, path, err)
	if kind, ok := kindOf(err); ok {
		return &Trouble{kind, path, err}
	}
	return err
}

func kindOf(err error) (Kind, bool) {
	switch {
	case errors.Is(err, errDamaged):
		return Damaged, true
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ReadOnly, true
	case errors.Is(err, syscall.ENOSPC):
		return Full, true
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return "", false
	}
	switch e.Code {
	case sqlite3.ErrCorrupt:
		return Damaged, true
	case sqlite3.ErrNotADB:
		return Foreign, true
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrAuth:
		return ReadOnly, true
	case sqlite3.ErrCantOpen:
		// Too many open files is a fault of the process, not of the folder.
		return ReadOnly, e.SystemErrno != syscall.EMFILE && e.SystemErrno != syscall.ENFILE
	case sqlite3.ErrFull:
		return Full, true
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return Busy, true
	case sqlite3.ErrIoErr:
		if e.SystemErrno == syscall.ENOSPC {
			return Full, true
		}
	}
	return "", false
}

func isConstraint(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrConstraint
}
