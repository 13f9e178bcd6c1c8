package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Stmt is one SQL statement with its arguments.
type Stmt struct {
	SQL  string
	Args []any
}

// Result is what one statement of a batch did.
type Result struct {
	Changed int64 // rows
}

// Apply runs the statements as one atomic batch: all of them take effect, durably, or none does. A batch whose error is
// not a refusal by the database may have taken effect, so writes carry keys under which they can be repeated.
func (s *Store) Apply(ctx context.Context, batch ...Stmt) ([]Result, error) {
	return s.writes.apply(ctx, batch)
}

// Query runs one reading statement and hands each row to scan. It sees one state of the database throughout.
func (s *Store) Query(ctx context.Context, stmt Stmt, scan func(*sql.Rows) error) error {
	return query(ctx, s.reader, s.path, stmt, scan)
}

func query(ctx context.Context, db *sql.DB, path string, stmt Stmt, scan func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, stmt.SQL, stmt.Args...)
	if err != nil {
		return trouble(path, "read", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			if ctx.Err() != nil {
				return trouble(path, "read", ctx.Err()) // the row was cut off, not damaged
			}
			return trouble(path, "read a row of", errors.Join(errDamaged, err))
		}
	}
	if err := rows.Err(); err != nil {
		return trouble(path, "read", err)
	}
	return nil
}

// one reads the single value of a statement; found is false if there is no row.
func one[T any](ctx context.Context, db *sql.DB, path string, stmt Stmt) (value T, found bool, err error) {
	err = query(ctx, db, path, stmt, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(&value)
	})
	return value, found, err
}

// timeForm writes times so that they sort as text. Times are stored in UTC.
const timeForm = "2006-01-02T15:04:05.000Z"

func stamp(t time.Time) string { return t.UTC().Format(timeForm) }

func unstamp(s string) (time.Time, error) {
	t, err := time.Parse(timeForm, s)
	if err != nil {
		return time.Time{}, errors.Join(errDamaged, err)
	}
	return t, nil
}
