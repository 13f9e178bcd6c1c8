package store

import (
	"context"
	"database/sql"
	"time"
)

// Aside is a row that cannot be read and was set aside, so that what comes after it goes on.
type Aside struct {
	Kind AsideKind
	ID   string
	At   time.Time // when it was found
	Why  string    // for people
}

// AsideKind is of what kind a row is.
type AsideKind string

// The kinds of rows.
const (
	AsideReply AsideKind = "reply"
	AsideItem  AsideKind = "item" // of the outbox
	AsideEvent AsideKind = "event"
)

// SetAside sets a row aside, and reports whether it is the first to do so: what was set aside before stays as it was found then.
func (s *Store) SetAside(ctx context.Context, a Aside) (first bool, err error) {
	results, err := s.Apply(ctx, Stmt{
		SQL:  "INSERT INTO aside (noun, id, at, why) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		Args: []any{a.Kind, a.ID, stamp(a.At), a.Why},
	})
	return err == nil && results[0].Changed == 1, err
}

// Asides lists what was set aside, the oldest first.
func (s *Store) Asides(ctx context.Context) ([]Aside, error) {
	var all []Aside
	err := s.Query(ctx, Stmt{SQL: "SELECT noun, id, at, why FROM aside ORDER BY at, noun, id"}, func(rows *sql.Rows) error {
		var a Aside
		var at string
		err := rows.Scan(&a.Kind, &a.ID, &at, &a.Why)
		if err != nil {
			return err
		}
		a.At, err = unstamp(at)
		all = append(all, a)
		return err
	})
	return all, err
}

// readable tells of a delivery d that it was not set aside.
const readable = "NOT EXISTS (SELECT 1 FROM aside a WHERE a.noun = 'reply' AND a.id = d.id)"
