package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"parley/answers"
)

// Item is one act of delivery that must happen once.
type Item struct {
	ID          string
	Delivery    Delivery
	Lane        string // items of one lane go out one after another
	Act         Act
	State       State         // "" for Queued
	Body        []byte        // of a revision, what the delivery shall say; nil for a post
	Shown       []answers.Ref // of a revision, what that stands on
	Change      int           // of a revision, the newest change that it tells of
	Escalation  bool          // of a revision: it answers a question that was passed on to the curators
	MustReach   bool          // of a revision: the person is told otherwise if the reply cannot be edited
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
	Tell   Act = "tell" // the person who asked is told directly, since the delivery cannot be revised where it is
)

// State is how far an item has come.
type State string

// The states. Queued and Sending are open; Waiting is until the person asks again; all others are ends.
const (
	Queued     State = "queued"
	Sending    State = "sending"
	Waiting    State = "waiting"
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
	Item            *Item // what must be said, if anything; a revision is left to whoever takes up what is due
	Asked           *Asked
	Feedback        *Feedback
	Dialogue        *Dialogue // what the conversation has come to
	Former          *Former   // the question that was edited or deleted with the event
}

// Note stores an event that was answered without a record, and what it led to, as done, in one batch. It may be repeated.
func (s *Store) Note(ctx context.Context, in Incoming, r Response, lease Lease) error {
	batch := []Stmt{accept(in, lease), done(in.Platform, in.ID, r.At)}
	if r.Asked != nil {
		ask, err := remember(*r.Asked)
		if err != nil {
			return err
		}
		batch = append(batch, ask)
	}
	_, err := s.Apply(ctx, batch...)
	return err
}

// Respond stores a response in one batch and reports whether it is the first to this event: a worker that lost its lease
// meanwhile may find that another was faster, and has nothing left to do.
func (s *Store) Respond(ctx context.Context, r Response, lease Lease) (first bool, err error) {
	var batch []Stmt
	deciding := -1
	if r.Event != "" {
		batch, deciding = append(batch, done(r.Platform, r.Event, r.At)), 0
	}
	if r.Former != nil {
		batch = append(batch, supersede(r.Platform, *r.Former, r.At)...)
	}
	if r.Item != nil {
		revises := r.Item.Act == Revise
		if revises {
			lease = Lease{}
		} else {
			deciding = max(deciding, len(batch))
			batch = append(batch, deliver(r.Item.Delivery)...)
		}
		item, err := enqueue(*r.Item, lease)
		if err != nil {
			return false, err
		}
		batch = append(batch, item)
		if revises { // at once: what a change of the record concerns is the new question
			batch = append(batch, adopt(r.Item.ID, "'queued'")...)
		}
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
	if r.Dialogue != nil {
		batch = append(batch, talk(*r.Dialogue))
	}
	results, err := s.Apply(ctx, batch...)
	if err != nil {
		return false, err
	}
	return deciding < 0 || results[deciding].Changed == 1, nil
}

func enqueue(it Item, lease Lease) (Stmt, error) {
	if it.Shown == nil {
		it.Shown = []answers.Ref{}
	}
	shown, err := json.Marshal(it.Shown)
	return Stmt{
		SQL: `INSERT INTO outbox (id, delivery, platform, lane, act, body, shown, change, escalation, must_reach, at, state, due, worker, lease)
			VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		Args: []any{it.ID, it.Delivery.ID, it.Delivery.Platform, it.Lane, it.Act, nullable(it.Body), string(shown), it.Change, it.Escalation, it.MustReach, stamp(it.At),
			cmp.Or(it.State, Queued), stamp(it.At), lease.Worker, stamp(lease.Until)},
	}, err
}

func nullable(body []byte) any {
	if body == nil {
		return nil
	}
	return string(body)
}

// Revise queues revisions of deliveries, in one batch. An item that is queued already stays as it is.
func (s *Store) Revise(ctx context.Context, items ...Item) error {
	if len(items) == 0 {
		return nil
	}
	batch := make([]Stmt, len(items))
	for i, it := range items {
		it.Act = cmp.Or(it.Act, Revise)
		var err error
		if batch[i], err = enqueue(it, Lease{}); err != nil {
			return err
		}
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

	Act  Act      // by what it is tried from now on; "" as before
	Lane string   // in which it is tried from now on; "" as before
	Told []string // waiting items of which the person was told with this, the oldest first
	Then *Item    // what must be said next
}

// Settle records what became of an attempt of this worker, with all that follows from it. Once an item has ended it stays so, and what a
// worker says that has lost the item meanwhile counts for nothing.
func (s *Store) Settle(ctx context.Context, worker string, o Settlement) error {
	var ended any
	if o.State != Queued && o.State != Sending && o.State != Waiting {
		ended = stamp(o.At)
	}
	due := o.Due
	if due.IsZero() {
		due = o.At
	}
	batch := []Stmt{{
		SQL: `UPDATE outbox SET state = ?1, reason = ?2, due = ?3, ended_at = ?4, act = coalesce(nullif(?5, ''), act), lane = coalesce(nullif(?6, ''), lane),
				lease = CASE WHEN ?1 = 'waiting' THEN '' ELSE lease END
			WHERE id = ?7 AND worker = ?8 AND state IN ('queued', 'sending')`,
		Args: []any{o.State, o.Reason, stamp(due), ended, o.Act, o.Lane, o.Item, worker},
	}}
	mine := Stmt{SQL: "EXISTS (SELECT 1 FROM outbox WHERE id = ? AND worker = ? AND state = ?)", Args: []any{o.Item, worker, o.State}}
	if len(o.Receipt.Messages) > 0 {
		messages, err := json.Marshal(o.Receipt.Messages)
		if err != nil {
			return err
		}
		batch = append(batch,
			Stmt{
				SQL:  "UPDATE delivery SET edit_by = ?, edit_until = ?, partial = ? WHERE id = ? AND " + mine.SQL,
				Args: append([]any{o.Receipt.EditBy, formatOptionalTime(o.Receipt.EditUntil), o.Receipt.Partial, o.Delivery}, mine.Args...),
			},
			Stmt{SQL: "DELETE FROM message WHERE delivery = ? AND " + mine.SQL, Args: append([]any{o.Delivery}, mine.Args...)},
			Stmt{
				SQL: `INSERT INTO message (delivery, position, platform, team, channel, id)
					SELECT d.id, m.key, d.platform, d.team, d.channel, m.value FROM delivery d, json_each(?) m WHERE d.id = ? AND ` + mine.SQL,
				Args: append([]any{string(messages), o.Delivery}, mine.Args...),
			})
	}
	if o.State == Edited || o.State == FollowedUp {
		batch = append(batch, adopt(o.Item, toldStates)...)
	}
	for _, item := range o.Told {
		batch = append(batch, Stmt{
			SQL:  "UPDATE outbox SET state = 'followed up', reason = '', ended_at = ? WHERE id = ? AND state = 'waiting' AND " + mine.SQL,
			Args: append([]any{stamp(o.At), item}, mine.Args...),
		})
		batch = append(batch, adopt(item, toldStates)...)
	}
	if o.Then != nil {
		then, err := enqueue(*o.Then, Lease{})
		if err != nil {
			return err
		}
		batch = append(append(batch, deliver(o.Then.Delivery)...), then)
	}
	_, err := s.Apply(ctx, batch...)
	return err
}

// toldStates are those of an item that has said what it was to say.
const toldStates = "'edited', 'followed up'"

// adopt makes what an item in one of some states says what its delivery says and stands on.
func adopt(item, states string) []Stmt {
	from := "FROM outbox WHERE id = ? AND state IN (" + states + ") AND body IS NOT NULL"
	return []Stmt{
		{
			SQL:  "UPDATE delivery SET body = (SELECT body " + from + ") WHERE id = (SELECT delivery " + from + ")",
			Args: []any{item, item},
		},
		{SQL: "DELETE FROM shown WHERE delivery = (SELECT delivery " + from + ")", Args: []any{item}},
		{
			SQL: `INSERT INTO shown (delivery, noun, id, revision)
				SELECT o.delivery, r.value ->> 'Noun', r.value ->> 'ID', r.value ->> 'Revision' FROM (SELECT * ` + from + `) o, json_each(o.shown) r`,
			Args: []any{item},
		},
	}
}

// Waiting lists what a person must be told with the next answer, the oldest first.
func (s *Store) Waiting(ctx context.Context, platform, lane string) ([]Item, error) {
	var all []Item
	err := s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + `, ` + itemColumns + ` FROM outbox o JOIN delivery d ON d.id = o.delivery
			WHERE o.state = 'waiting' AND o.platform = ? AND o.lane = ? AND NOT EXISTS (SELECT 1 FROM aside a WHERE a.noun = 'item' AND a.id = o.id)
			ORDER BY o.seq`,
		Args: []any{platform, lane},
	}, func(rows *sql.Rows) error {
		it, _, err := scanItem(rows)
		all = append(all, it)
		return err
	})
	return all, err
}

// itemColumns are what scanItem reads, of the outbox named o, after those of its delivery.
const itemColumns = "o.id, o.lane, o.act, o.state, o.body, o.shown, coalesce(o.change, 0), o.escalation, o.must_reach, o.at, o.attempts, o.lease"

func scanItem(rows *sql.Rows) (it Item, lease string, err error) {
	var at, shown string
	it.Delivery, err = scanDelivery(rows, &it.ID, &it.Lane, &it.Act, &it.State, &it.Body, &shown, &it.Change, &it.Escalation, &it.MustReach, &at, &it.Attempts, &lease)
	if err != nil {
		return it, lease, err
	}
	it.Interrupted = it.State == Sending
	if it.At, err = unstamp(at); err != nil {
		return it, lease, err
	}
	return it, lease, json.Unmarshal([]byte(shown), &it.Shown)
}

// TakeDue takes up items of a platform that are due and belong to nobody: new ones, ones that had to wait, and ones whose worker was
// lost. Of each lane it takes at most perLane, of all at most limit, the oldest first. An item waits for those before it of the
// same delivery.
func (s *Store) TakeDue(ctx context.Context, platform string, now time.Time, lease Lease, perLane, limit int) ([]Item, error) {
	var found []Item
	var leases []string
	err := s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + `, ` + itemColumns + `
			FROM (SELECT *, row_number() OVER (PARTITION BY lane ORDER BY seq) AS place FROM outbox
				WHERE platform = ? AND state IN ('queued', 'sending')) o
			JOIN delivery d ON d.id = o.delivery
			WHERE o.place <= ? AND o.due <= ? AND o.lease <= ? AND NOT EXISTS (
				SELECT 1 FROM outbox e WHERE e.delivery = o.delivery AND e.seq < o.seq AND e.state IN ('queued', 'sending'))
			ORDER BY o.seq LIMIT ?`,
		Args: []any{platform, perLane, stamp(now), stamp(now), limit},
	}, func(rows *sql.Rows) error {
		it, lease, err := scanItem(rows)
		found, leases = append(found, it), append(leases, lease)
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	batch := make([]Stmt, len(found))
	for i, it := range found {
		batch[i] = Stmt{
			SQL:  "UPDATE outbox SET worker = ?, lease = ? WHERE id = ? AND state = ? AND lease = ?",
			Args: []any{lease.Worker, stamp(lease.Until), it.ID, it.State, leases[i]},
		}
	}
	results, err := s.Apply(ctx, batch...)
	if err != nil {
		return nil, err
	}
	var taken []Item
	for i, it := range found {
		if results[i].Changed == 1 {
			taken = append(taken, it)
		}
	}
	return taken, nil
}

// Release gives up what a worker holds on a platform and is at work on no more, so that the next start need not wait for the end of a lease. What it
// was to search for is searched for then.
func (s *Store) Release(ctx context.Context, worker, platform string) error {
	_, err := s.Apply(ctx,
		Stmt{
			SQL:  "UPDATE outbox SET lease = '' WHERE platform = ? AND worker = ? AND state IN ('queued', 'sending')",
			Args: []any{platform, worker},
		},
		Stmt{
			SQL:  "UPDATE inbox SET lease = '' WHERE platform = ? AND worker = ? AND done_at IS NULL",
			Args: []any{platform, worker},
		})
	return err
}

// Outcome is how an item stands, for people.
type Outcome struct {
	Item, Delivery string
	Act            Act
	State          State
	Reason         string
	Attempts       int
	Change         int // that a revision tells of; 0 for what is no revision
}

// Outcomes lists every item of the outbox since a time, in order.
func (s *Store) Outcomes(ctx context.Context, since time.Time) ([]Outcome, error) {
	var all []Outcome
	err := s.Query(ctx, Stmt{
		SQL: "SELECT id, delivery, act, state, reason, attempts, coalesce(change, 0) FROM outbox WHERE at >= ? ORDER BY seq", Args: []any{stamp(since)},
	}, func(rows *sql.Rows) error {
		var o Outcome
		err := rows.Scan(&o.Item, &o.Delivery, &o.Act, &o.State, &o.Reason, &o.Attempts, &o.Change)
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
