package store

import (
	"context"
	"database/sql"
	"time"
)

// Incoming is an event as a platform handed it over.
type Incoming struct {
	Platform string
	ID       string // the platform's own; what comes twice comes under the same
	At       time.Time
	Delivery string // the id of the reply that it gets, whoever makes it
	Body     []byte // JSON
	Attempts int    // how often it was begun before
}

// Lease is the right of one worker to what it works on, until a time. After that another may take it up.
type Lease struct {
	Worker string
	Until  time.Time
}

// Accept stores an event and reports whether it is new. It is durable when Accept returns, so that it can be acknowledged.
func (s *Store) Accept(ctx context.Context, in Incoming, lease Lease) (fresh bool, err error) {
	results, err := s.Apply(ctx, accept(in, lease))
	return err == nil && results[0].Changed == 1, err
}

func accept(in Incoming, lease Lease) Stmt {
	return Stmt{
		SQL: `INSERT INTO inbox (platform, id, at, delivery, body, attempts, worker, lease) VALUES (?, ?, ?, ?, ?, 1, ?, ?)
			ON CONFLICT (platform, id) DO NOTHING`,
		Args: []any{in.Platform, in.ID, stamp(in.At), in.Delivery, string(in.Body), lease.Worker, stamp(lease.Until)},
	}
}

// TakeUnfinished takes up events that a worker began and whose lease has ended: those that were begun least often first, of these the oldest, at
// most limit of them.
func (s *Store) TakeUnfinished(ctx context.Context, platform string, now time.Time, lease Lease, limit int) ([]Incoming, error) {
	type candidate struct {
		Incoming
		lease string
	}
	var found []candidate
	err := s.Query(ctx, Stmt{
		SQL: `SELECT id, at, delivery, body, attempts, lease FROM inbox WHERE platform = ? AND done_at IS NULL AND lease <= ?
			ORDER BY attempts, at, id LIMIT ?`,
		Args: []any{platform, stamp(now), limit},
	}, func(rows *sql.Rows) error {
		c := candidate{Incoming: Incoming{Platform: platform}}
		var at string
		err := rows.Scan(&c.ID, &at, &c.Delivery, &c.Body, &c.Attempts, &c.lease)
		if err != nil {
			return err
		}
		if c.At, err = unstamp(at); err != nil {
			return err
		}
		found = append(found, c)
		return nil
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	batch := make([]Stmt, len(found))
	for i, c := range found {
		batch[i] = Stmt{
			SQL: `UPDATE inbox SET worker = ?, lease = ?
				WHERE platform = ? AND id = ? AND done_at IS NULL AND lease = ?`,
			Args: []any{lease.Worker, stamp(lease.Until), platform, c.ID, c.lease},
		}
	}
	results, err := s.Apply(ctx, batch...)
	if err != nil {
		return nil, err
	}
	var taken []Incoming
	for i, c := range found {
		if results[i].Changed == 1 {
			taken = append(taken, c.Incoming)
		}
	}
	return taken, nil
}

// Begin counts an attempt at each of some events that were taken up.
func (s *Store) Begin(ctx context.Context, platform string, ids ...string) error {
	batch := make([]Stmt, len(ids))
	for i, id := range ids {
		batch[i] = Stmt{SQL: "UPDATE inbox SET attempts = attempts + 1 WHERE platform = ? AND id = ? AND done_at IS NULL", Args: []any{platform, id}}
	}
	_, err := s.Apply(ctx, batch...)
	return err
}

// done marks an event as answered and forgets what it said; its id stays, to recognise it.
func done(platform, id string, now time.Time) Stmt {
	return Stmt{
		SQL:  "UPDATE inbox SET done_at = ?, body = NULL WHERE platform = ? AND id = ? AND done_at IS NULL",
		Args: []any{stamp(now), platform, id},
	}
}

const (
	// remembered is how long an event that is done is recognised when it comes again. Slack repeats an event for some 6
	// minutes after the first (docs.slack.dev/apis/events-api, "Retries"); a day leaves room for an outage on either side.
	remembered = 24 * time.Hour
	// deadLetterAfter is the age at which an item is given up that nobody delivers.
	deadLetterAfter = 8 * 24 * time.Hour
	// waitingExpiry is how long a correction waits for a person's next question. Who asked nothing for so long is told at last by the log of
	// corrections, as every reader is.
	waitingExpiry = 90 * 24 * time.Hour
)

// Sweep forgets old events and secrets that platforms accept no more, and gives up what nobody delivers, a bounded part at once; it reports whether
// there is more. An event that nobody answered stays however old it is, since its sender was told that it arrived. Sweep does nothing that anybody would
// miss, so it may be left out or repeated.
func (s *Store) Sweep(ctx context.Context, now time.Time) (more bool, err error) {
	results, err := s.Apply(ctx,
		Stmt{
			SQL:  "DELETE FROM inbox WHERE (platform, id) IN (SELECT platform, id FROM inbox WHERE done_at IS NOT NULL AND at < ? LIMIT ?)",
			Args: []any{stamp(now.Add(-remembered)), atOnce},
		},
		Stmt{
			SQL: `DELETE FROM dialogue WHERE (platform, team, channel, thread, person) IN (
				SELECT platform, team, channel, thread, person FROM dialogue WHERE at < ? LIMIT ?)`,
			Args: []any{stamp(now.Add(-remembered)), atOnce},
		},
		Stmt{
			SQL:  "UPDATE delivery SET via = '' WHERE id IN (SELECT id FROM delivery WHERE via <> '' AND via_until < ? LIMIT ?)",
			Args: []any{stamp(now), atOnce},
		},
		Stmt{
			SQL: `UPDATE outbox SET state = CASE state WHEN 'sending' THEN 'unknown' ELSE 'failed' END, reason = 'nobody was there to deliver it', ended_at = ?
				WHERE seq IN (SELECT seq FROM outbox WHERE state IN ('queued', 'sending') AND at < ? AND lease <= ? LIMIT ?)`,
			Args: []any{stamp(now), stamp(now.Add(-deadLetterAfter)), stamp(now), atOnce},
		},
		Stmt{
			SQL: `UPDATE outbox SET state = 'failed', reason = 'the person asked nothing more', ended_at = ?
				WHERE seq IN (SELECT seq FROM outbox WHERE state = 'waiting' AND at < ? LIMIT ?)`,
			Args: []any{stamp(now), stamp(now.Add(-waitingExpiry)), atOnce},
		},
	)
	for _, r := range results {
		more = more || r.Changed >= atOnce
	}
	return more, err
}
