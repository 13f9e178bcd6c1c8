package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"parley/answers"
)

// Delivery is a reply on record: what it said, to whom, and where it is.
type Delivery struct {
	ID        string
	Platform  string
	Event     string // the platform's id of what it answers; "" for what Parley tells by itself
	At        time.Time
	To        Address
	Body      []byte        // the reply as JSON
	Shown     []answers.Ref // what it stands on
	Messages  []string      // the platform's ids of the messages that it became, in order
	EditBy    string        // by what means it can be edited; "" if it cannot
	EditUntil time.Time     // zero for ever
	Partial   Partial

	Relation      Relation // to its origin
	Origin        string   // the delivery that it was made from; "" for none
	FailureNotice string   // what the person is told, with the reason, if it cannot be delivered; "" for nothing
	Carried       []string // waiting items of the outbox that the person is told of with it
}

// Partial is what only the first messages of arrived.
type Partial string

// What may be there in part.
const (
	Whole           Partial = ""
	PartialPost     Partial = "post"
	PartialFollowUp Partial = "follow-up" // of a revision that is said after the reply
)

// Relation is what a delivery is to its origin.
type Relation string

// The relations.
const (
	Unrelated      Relation = ""
	Share          Relation = "share"           // the same for all to see
	FailureNotice  Relation = "failure notice"  // it could not be delivered
	CorrectionNote Relation = "correction note" // it was edited
)

// Address is where a reply goes, by the platform's own ids.
type Address struct {
	Team, Channel, Thread string
	Person                string // who asked
	Private               bool   // nobody else sees it
	Direct                bool   // in a conversation of two
	Via                   string // how the platform lets an event be answered: a secret, not to be logged
	ViaUntil              time.Time
}

// Receipt is where a delivery is.
type Receipt struct {
	Messages  []string
	EditBy    string
	EditUntil time.Time
	Partial   Partial
}

// deliver makes the statements that put a delivery on record, once.
func deliver(d Delivery) []Stmt {
	batch := []Stmt{{
		SQL: `INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, direct, via, via_until, body,
				relation, origin, failure_notice)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?) ON CONFLICT (id) DO NOTHING`,
		Args: []any{d.ID, d.Platform, d.Event, stamp(d.At), d.To.Team, d.To.Channel, d.To.Thread, d.To.Person, d.To.Private,
			d.To.Direct, d.To.Via, formatOptionalTime(d.To.ViaUntil), string(d.Body), d.Relation, d.Origin, d.FailureNotice},
	}}
	for _, r := range d.Shown {
		batch = append(batch, Stmt{
			SQL:  "INSERT INTO shown (delivery, noun, id, revision) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
			Args: []any{d.ID, r.Noun, r.ID, r.Revision},
		})
	}
	for _, item := range d.Carried {
		batch = append(batch, Stmt{SQL: "INSERT INTO carried (delivery, item) VALUES (?, ?) ON CONFLICT DO NOTHING", Args: []any{d.ID, item}})
	}
	return batch
}

// formatOptionalTime writes a time that may be zero.
func formatOptionalTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t)
}

func parseOptionalTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return unstamp(s)
}

// deliveryColumns are what scanDelivery reads, of a table or view named d.
const deliveryColumns = `d.id, d.platform, d.event, d.at, d.team, d.channel, d.thread, d.person, d.private, d.direct, d.via, d.via_until, d.body,
	(SELECT json_group_array(id ORDER BY position) FROM message WHERE delivery = d.id),
	d.edit_by, d.edit_until, d.partial, d.relation, coalesce(d.origin, ''), d.failure_notice,
	(SELECT json_group_array(json_object('Noun', noun, 'ID', id, 'Revision', revision)) FROM shown WHERE delivery = d.id),
	(SELECT json_group_array(c.item ORDER BY i.seq) FROM carried c JOIN outbox i ON i.id = c.item WHERE c.delivery = d.id)`

func scanDelivery(rows *sql.Rows, more ...any) (Delivery, error) {
	var d Delivery
	var at, viaUntil, messages, editUntil, shown, carried string
	err := rows.Scan(append([]any{&d.ID, &d.Platform, &d.Event, &at, &d.To.Team, &d.To.Channel, &d.To.Thread, &d.To.Person, &d.To.Private,
		&d.To.Direct, &d.To.Via, &viaUntil, &d.Body, &messages, &d.EditBy, &editUntil, &d.Partial, &d.Relation, &d.Origin, &d.FailureNotice,
		&shown, &carried}, more...)...)
	if err != nil {
		return Delivery{}, err
	}
	if d.At, err = unstamp(at); err != nil {
		return Delivery{}, err
	}
	if d.To.ViaUntil, err = parseOptionalTime(viaUntil); err != nil {
		return Delivery{}, err
	}
	if d.EditUntil, err = parseOptionalTime(editUntil); err != nil {
		return Delivery{}, err
	}
	if err := json.Unmarshal([]byte(messages), &d.Messages); err != nil {
		return Delivery{}, err
	}
	if err := json.Unmarshal([]byte(carried), &d.Carried); err != nil {
		return Delivery{}, err
	}
	return d, json.Unmarshal([]byte(shown), &d.Shown)
}

// Delivery reads one reply on record.
func (s *Store) Delivery(ctx context.Context, id string) (d Delivery, found bool, err error) {
	err = s.Query(ctx, Stmt{SQL: "SELECT " + deliveryColumns + " FROM delivery d WHERE d.id = ?", Args: []any{id}}, func(rows *sql.Rows) (err error) {
		found = true
		d, err = scanDelivery(rows)
		return err
	})
	return d, found, err
}

// Bodies reads what some replies say, by id. Those that are not on record are left out.
func (s *Store) Bodies(ctx context.Context, ids []string) (map[string][]byte, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	bodies := map[string][]byte{}
	err = s.Query(ctx, Stmt{
		SQL:  "SELECT d.id, d.body FROM json_each(?) i JOIN delivery d ON d.id = i.value WHERE " + readable,
		Args: []any{string(list)},
	}, func(rows *sql.Rows) error {
		var id string
		var body []byte
		err := rows.Scan(&id, &body)
		bodies[id] = body
		return err
	})
	return bodies, err
}

// Deliveries lists the replies on record since a time, the oldest first.
func (s *Store) Deliveries(ctx context.Context, since time.Time) ([]Delivery, error) {
	var all []Delivery
	err := s.Query(ctx, Stmt{SQL: "SELECT " + deliveryColumns + " FROM delivery d WHERE d.at >= ? ORDER BY d.at, d.id", Args: []any{stamp(since)}},
		func(rows *sql.Rows) error {
			d, err := scanDelivery(rows)
			all = append(all, d)
			return err
		})
	return all, err
}

// Shares counts how often a reply was shared, and reports whether one of the shares was not refused.
func (s *Store) Shares(ctx context.Context, origin string) (tried int, standing bool, err error) {
	err = s.Query(ctx, Stmt{
		SQL: `SELECT count(*), coalesce(max(state <> 'failed'), 0) FROM (
			SELECT (SELECT state FROM outbox o WHERE o.delivery = d.id ORDER BY o.seq DESC LIMIT 1) AS state
			FROM delivery d WHERE d.origin = ? AND d.relation = 'share')`,
		Args: []any{origin},
	}, func(rows *sql.Rows) error { return rows.Scan(&tried, &standing) })
	return tried, standing, err
}

// deliveryByMessage finds the newest reply of which a message is a part: a terminal counts its messages anew each time.
const deliveryByMessage = "SELECT " + deliveryColumns + ` FROM message m JOIN delivery d ON d.id = m.delivery
	WHERE m.platform = ? AND m.team = ? AND m.channel = ? AND m.id = ? ORDER BY d.at DESC LIMIT 1`

// DeliveryByMessage finds the reply of which a message is a part.
func (s *Store) DeliveryByMessage(ctx context.Context, platform, team, channel, message string) (d Delivery, found bool, err error) {
	err = s.Query(ctx, Stmt{SQL: deliveryByMessage, Args: []any{platform, team, channel, message}}, func(rows *sql.Rows) error {
		found = true
		d, err = scanDelivery(rows)
		return err
	})
	return d, found, err
}
