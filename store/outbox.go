package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// Item is one act of delivery that must happen once.
type Item struct {
	ID          string
	Delivery    Delivery
	Lane        string // items of one lane go out one after another
	Act         Act
	Body        []byte // of a revision, what the delivery shall say; nil for a post
	At          time.Time
	Attempts    int
	Interrupted bool // a worker was lost while it sent this, so only the platform knows whether it did
}

// Act is what an item does with its delivery.
type Act string

// The acts.
const (
	Post   Act = "post"
	Revise Act = "revise"
)

// State is how far an item has come.
type State string

// The states. Queued and Sending are open, all others are ends.
const (
	Queued     State = "queued"
	Sending    State = "sending"
	Sent       State = "sent"
	Edited     State = "edited"
	FollowedUp State = "followed up" // it could not be edited, so the revision was said after it
	Failed     State = "failed"
	Unknown    State = "unknown" // the platform cannot tell whether it happened; it is never tried blindly again
)

// Response is what an event led to: everything that becomes durable together.
type Response struct {
	Platform, Event string // the event that is done with this; "" for none
	At              time.Time
	Item            *Item // what must be said, if anything
	Asked           *Asked
	Feedback        *Feedback
}

// Respond stores a response in one batch and reports whether it is the first to this event: a worker that lost its lease
// meanwhile may find that another was faster, and has nothing left to do.
func (s *Store) Respond(ctx context.Context, r Response, lease Lease) (first bool, err error) {
	var batch []Stmt
	deciding := -1
	if r.Event != "" {
		batch, deciding = append(batch, done(r.Platform, r.Event, r.At)), 0
	}
	if r.Item != nil {
		deciding = max(deciding, len(batch))
		batch = append(batch, deliver(r.Item.Delivery)...)
		batch = append(batch, enqueue(*r.Item, lease))
	}
	if r.Asked != nil {
		ask, err := remember(*r.Asked)
		if err != nil {
			return false, err
		}
		batch = append(batch, ask)
	}
	if r.Feedback != nil {
		batch = append(batch, tell(*r.Feedback))
	}
	results, err := s.Apply(ctx, batch...)
	if err != nil {
		return false, err
	}
	return deciding < 0 || results[deciding].Changed == 1, nil
}

func enqueue(it Item, lease Lease) Stmt {
	return Stmt{
		SQL: `INSERT INTO outbox (id, delivery, platform, lane, act, body, at, state, due, worker, lease)
			VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		Args: []any{it.ID, it.Delivery.ID, it.Delivery.Platform, it.Lane, it.Act, nullable(it.Body), stamp(it.At), stamp(it.At),
			lease.Worker, stamp(lease.Until)},
	}
}

func nullable(body []byte) any {
	if body == nil {
		return nil
	}
	return string(body)
}

// Revise queues revisions of deliveries, in one batch. An item that is queued already stays as it is.
func (s *Store) Revise(ctx context.Context, items ...Item) error {
	batch := make([]Stmt, len(items))
	for i, it := range items {
		it.Act = Revise
		batch[i] = enqueue(it, Lease{})
	}
	_, err := s.Apply(ctx, batch...)
	return err
}

// Claim gives a worker the right to send an item now, and reports false if another has it or it has ended.
func (s *Store) Claim(ctx context.Context, item string, now time.Time, lease Lease) (bool, error) {
	results, err := s.Apply(ctx, Stmt{
		SQL: `UPDATE outbox SET state = 'sending', attempts = attempts + 1, worker = ?, lease = ?
			WHERE id = ? AND state IN ('queued', 'sending') AND (worker = ? OR lease <= ?)`,
		Args: []any{lease.Worker, stamp(lease.Until), item, lease.Worker, stamp(now)},
	})
	return err == nil && results[0].Changed == 1, err
}

// Settlement is what became of an attempt.
type Settlement struct {
	Item     string
	Delivery string
	State    State     // Queued: try again; Sending: search for it first, then try again
	Reason   string    // why it failed or waits
	Due      time.Time // of what is tried again: not before
	Receipt  Receipt   // as far as it is known; without messages the old one stays
	At       time.Time
}

// Settle records what became of an attempt of this worker. Once an item has ended it stays so.
func (s *Store) Settle(ctx context.Context, worker string, o Settlement) error {
	var ended any
	if o.State != Queued && o.State != Sending {
		ended = stamp(o.At)
	}
	due := o.Due
	if due.IsZero() {
		due = o.At
	}
	batch := []Stmt{{
		SQL:  "UPDATE outbox SET state = ?, reason = ?, due = ?, ended_at = ? WHERE id = ? AND worker = ? AND state IN ('queued', 'sending')",
		Args: []any{o.State, o.Reason, stamp(due), ended, o.Item, worker},
	}}
	if len(o.Receipt.Messages) > 0 {
		messages, err := json.Marshal(o.Receipt.Messages)
		if err != nil {
			return err
		}
		batch = append(batch, Stmt{
			SQL:  "UPDATE delivery SET messages = ?, edit_by = ?, edit_until = ? WHERE id = ?",
			Args: []any{string(messages), o.Receipt.EditBy, until(o.Receipt.EditUntil), o.Delivery},
		})
	}
	_, err := s.Apply(ctx, batch...)
	return err
}

// TakeDue takes up items of a platform that are due and belong to nobody: new ones, ones that had to wait, and ones whose worker was
// lost. Of each lane it takes at most perLane, of all at most limit, the oldest first. An item waits for those before it of the
// same delivery.
func (s *Store) TakeDue(ctx context.Context, platform string, now time.Time, lease Lease, perLane, limit int) ([]Item, error) {
	type candidate struct {
		Item
		state State
		lease string
	}
	var found []candidate
	err := s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + `, o.id, o.lane, o.act, o.body, o.at, o.attempts, o.state, o.lease
			FROM (SELECT *, row_number() OVER (PARTITION BY lane ORDER BY seq) AS place FROM outbox
				WHERE platform = ? AND state IN ('queued', 'sending')) o
			JOIN delivery d ON d.id = o.delivery
			WHERE o.place <= ? AND o.due <= ? AND o.lease <= ? AND NOT EXISTS (
				SELECT 1 FROM outbox e WHERE e.delivery = o.delivery AND e.seq < o.seq AND e.state IN ('queued', 'sending'))
			ORDER BY o.seq LIMIT ?`,
		Args: []any{platform, perLane, stamp(now), stamp(now), limit},
	}, func(rows *sql.Rows) error {
		var c candidate
		var at string
		var err error
		if c.Delivery, err = scanDelivery(rows, &c.ID, &c.Lane, &c.Act, &c.Body, &at, &c.Attempts, &c.state, &c.lease); err != nil {
			return err
		}
		c.Interrupted = c.state == Sending
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
			SQL:  "UPDATE outbox SET worker = ?, lease = ? WHERE id = ? AND state = ? AND lease = ?",
			Args: []any{lease.Worker, stamp(lease.Until), c.ID, c.state, c.lease},
		}
	}
	results, err := s.Apply(ctx, batch...)
	if err != nil {
		return nil, err
	}
	var taken []Item
	for i, c := range found {
		if results[i].Changed == 1 {
			taken = append(taken, c.Item)
		}
	}
	return taken, nil
}

// Release gives up what a worker holds on a platform and has not begun to send, so that the next start need not wait for the end of a lease.
func (s *Store) Release(ctx context.Context, worker, platform string) error {
	_, err := s.Apply(ctx,
		Stmt{
			SQL:  "UPDATE outbox SET lease = '' WHERE platform = ? AND worker = ? AND state = 'queued'",
			Args: []any{platform, worker},
		},
		Stmt{
			SQL:  "UPDATE inbox SET lease = '' WHERE platform = ? AND worker = ? AND done_at IS NULL",
			Args: []any{platform, worker},
		})
	return err
}

// Fate is how the newest item of a delivery stands; found is false where there is none.
func (s *Store) Fate(ctx context.Context, delivery string) (state State, found bool, err error) {
	return one[State](ctx, s.reader, s.path, Stmt{SQL: "SELECT state FROM outbox WHERE delivery = ? ORDER BY seq DESC LIMIT 1", Args: []any{delivery}})
}

// Outcome is how an item stands, for people.
type Outcome struct {
	Item, Delivery string
	Act            Act
	State          State
	Reason         string
	Attempts       int
}

// Outcomes lists every item of the outbox since a time, in order.
func (s *Store) Outcomes(ctx context.Context, since time.Time) ([]Outcome, error) {
	var all []Outcome
	err := s.Query(ctx, Stmt{
		SQL: "SELECT id, delivery, act, state, reason, attempts FROM outbox WHERE at >= ? ORDER BY seq", Args: []any{stamp(since)},
	}, func(rows *sql.Rows) error {
		var o Outcome
		err := rows.Scan(&o.Item, &o.Delivery, &o.Act, &o.State, &o.Reason, &o.Attempts)
		all = append(all, o)
		return err
	})
	return all, err
}

// Backlog counts what is open: events that were accepted and not answered, and items that have not ended.
func (s *Store) Backlog(ctx context.Context) (events, items int, err error) {
	err = s.Query(ctx, Stmt{SQL: `SELECT (SELECT count(*) FROM inbox WHERE done_at IS NULL),
		(SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))`},
		func(rows *sql.Rows) error { return rows.Scan(&events, &items) })
	return events, items, err
}
