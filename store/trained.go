package store

import (
	"context"
	"database/sql"
	"time"
)

// Trained is what was learnt from a record, and how long that took.
type Trained struct {
	Data []byte
	Took time.Duration
}

// SaveTrained keeps what was learnt from a record, in the place of what was kept before.
func (s *Store) SaveTrained(ctx context.Context, fingerprint string, t Trained) error {
	_, err := s.Apply(ctx,
		Stmt{SQL: "DELETE FROM trained"},
		Stmt{SQL: "INSERT INTO trained (fingerprint, data, took_us) VALUES (?, ?, ?)", Args: []any{fingerprint, t.Data, t.Took.Microseconds()}},
	)
	return err
}

// Trained hands what was learnt from the record of a fingerprint to a function, which must not keep the bytes: these are some thirty megabytes, and
// are not copied. Found is false if nothing is kept of that record.
func (s *Store) Trained(ctx context.Context, fingerprint string, use func(Trained)) (found bool, err error) {
	var data sql.RawBytes
	var micros int64
	err = s.Query(ctx, Stmt{SQL: "SELECT data, took_us FROM trained WHERE fingerprint = ?", Args: []any{fingerprint}}, func(rows *sql.Rows) error {
		if err := rows.Scan(&data, &micros); err != nil {
			return err
		}
		found = true
		use(Trained{data, time.Duration(micros) * time.Microsecond})
		return nil
	})
	return found, err
}
