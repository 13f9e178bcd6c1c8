package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Look opens a database to look at it: nothing is created, brought to a newer schema or written, and what writes fails. One that is not there is
// an fs.ErrNotExist; one of another schema is a *Trouble.
func Look(ctx context.Context, path string) (*Store, error) {
	path, err := existing(path)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path}
	if s.reader, err = sql.Open("sqlite3", dsn(path, reading)); err != nil {
		return nil, trouble(path, "open", err)
	}
	s.writer, s.writes = s.reader, newWriter(s.reader, path)
	s.writes.close()
	there, err := schema(ctx, s.reader, path)
	if err == nil {
		var steps []string
		if steps, err = migrationSteps(); err == nil && there != len(steps) {
			kind := map[bool]Kind{true: Newer, false: Older}[there > len(steps)]
			err = &Trouble{kind, path, fmt.Errorf("schema %d is not %d", there, len(steps))}
		}
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Sound runs SQLite's own checks of the whole file and returns "ok", or what is wrong.
func (s *Store) Sound(ctx context.Context) (string, error) { return sound(ctx, s.reader, s.path) }

func sound(ctx context.Context, db *sql.DB, path string) (string, error) {
	found, _, err := one[string](ctx, db, path, Stmt{SQL: "PRAGMA integrity_check(1)"})
	if err != nil || found != "ok" {
		return found, err
	}
	stray, there, err := one[string](ctx, db, path, Stmt{SQL: `SELECT "table" || ' refers to a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT 1`})
	if there {
		found = stray
	}
	return found, err
}

// Newest is the latest time on record, zero for none: the clock has not been before it.
func (s *Store) Newest(ctx context.Context) (time.Time, error) {
	at, _, err := one[string](ctx, s.reader, s.path, Stmt{
		SQL: "SELECT max(coalesce((SELECT max(at) FROM delivery), ''), coalesce((SELECT max(at) FROM question), ''), coalesce((SELECT max(at) FROM change), ''))",
	})
	if err != nil {
		return time.Time{}, err
	}
	return parseOptionalTime(at)
}
