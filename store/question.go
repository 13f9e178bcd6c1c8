package store

import (
	"context"
	"database/sql"
	"time"

	"parley/answers"
)

// Asked is a question that somebody asked and what became of it.
type Asked struct {
	ID         string // made by the caller, unique; recording it again changes nothing
	At         time.Time
	Platform   string // "terminal", "slack", "discord"
	Text       string
	AsOf       answers.Date
	Outcome    answers.Outcome
	Entry      answers.EntryID
	Revision   int
	Confidence float64
}

// RecordQuestions stores questions in one batch.
func (s *Store) RecordQuestions(ctx context.Context, asked ...Asked) error {
	batch := make([]Stmt, len(asked))
	for i, q := range asked {
		var err error
		if batch[i], err = remember(q); err != nil {
			return err
		}
	}
	_, err := s.Apply(ctx, batch...)
	return err
}

func remember(q Asked) (Stmt, error) {
	day, err := q.AsOf.MarshalText()
	return Stmt{
		SQL: `INSERT INTO question (id, at, platform, text, as_of, outcome, entry, revision, confidence)
			VALUES (?, ?, ?, ?, nullif(?, ''), ?, nullif(?, ''), nullif(?, 0), ?) ON CONFLICT (id) DO NOTHING`,
		Args: []any{q.ID, stamp(q.At), q.Platform, q.Text, string(day), q.Outcome, q.Entry, q.Revision, q.Confidence},
	}, err
}

// Questions lists the questions asked since a time, the oldest first.
func (s *Store) Questions(ctx context.Context, since time.Time) ([]Asked, error) {
	return s.questions(ctx, Stmt{SQL: "WHERE at >= ? ORDER BY at, id", Args: []any{stamp(since)}})
}

// QuestionsBefore lists the questions that were asked before one, the newest first and at most limit of them; the newest of all before the zero
// Asked. So they can be gone through in pages, however many there are.
func (s *Store) QuestionsBefore(ctx context.Context, q Asked, limit int) ([]Asked, error) {
	if q.ID == "" {
		return s.questions(ctx, Stmt{SQL: "ORDER BY at DESC, id DESC LIMIT ?", Args: []any{limit}})
	}
	return s.questions(ctx, Stmt{SQL: "WHERE (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?", Args: []any{stamp(q.At), q.ID, limit}})
}

func (s *Store) questions(ctx context.Context, which Stmt) ([]Asked, error) {
	var all []Asked
	err := s.Query(ctx, Stmt{
		SQL: `SELECT id, at, platform, text, coalesce(as_of, ''), outcome, coalesce(entry, ''), coalesce(revision, 0), confidence
			FROM question ` + which.SQL,
		Args: which.Args,
	}, func(rows *sql.Rows) error {
		var q Asked
		var at, day string
		err := rows.Scan(&q.ID, &at, &q.Platform, &q.Text, &day, &q.Outcome, &q.Entry, &q.Revision, &q.Confidence)
		if err != nil {
			return err
		}
		if q.At, err = unstamp(at); err != nil {
			return err
		}
		if err := q.AsOf.UnmarshalText([]byte(day)); err != nil {
			return err
		}
		all = append(all, q)
		return nil
	})
	return all, err
}
