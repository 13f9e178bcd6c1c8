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
}

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
}

// deliver makes the statements that put a delivery on record, once.
func deliver(d Delivery) []Stmt {
	batch := []Stmt{{
		SQL: `INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, direct, via, via_until, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		Args: []any{d.ID, d.Platform, d.Event, stamp(d.At), d.To.Team, d.To.Channel, d.To.Thread, d.To.Person, d.To.Private,
			d.To.Direct, d.To.Via, until(d.To.ViaUntil), string(d.Body)},
	}}
	for _, r := range d.Shown {
		batch = append(batch, Stmt{
			SQL:  "INSERT INTO shown (delivery, noun, id, revision) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
			Args: []any{d.ID, r.Noun, r.ID, r.Revision},
		})
	}
	return batch
}

// until writes a time that may be zero.
func until(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t)
}

func ununtil(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return unstamp(s)
}

// deliveryColumns are what scanDelivery reads, of a table or view named d.
const deliveryColumns = `d.id, d.platform, d.event, d.at, d.team, d.channel, d.thread, d.person, d.private, d.direct, d.via, d.via_until, d.body, d.messages,
	d.edit_by, d.edit_until,
	(SELECT json_group_array(json_object('Noun', noun, 'ID', id, 'Revision', revision)) FROM shown WHERE delivery = d.id)`

func scanDelivery(rows *sql.Rows, more ...any) (Delivery, error) {
	var d Delivery
	var at, viaUntil, messages, editUntil, shown string
	err := rows.Scan(append([]any{&d.ID, &d.Platform, &d.Event, &at, &d.To.Team, &d.To.Channel, &d.To.Thread, &d.To.Person, &d.To.Private,
		&d.To.Direct, &d.To.Via, &viaUntil, &d.Body, &messages, &d.EditBy, &editUntil, &shown}, more...)...)
	if err != nil {
		return Delivery{}, err
	}
	if d.At, err = unstamp(at); err != nil {
		return Delivery{}, err
	}
	if d.To.ViaUntil, err = ununtil(viaUntil); err != nil {
		return Delivery{}, err
	}
	if d.EditUntil, err = ununtil(editUntil); err != nil {
		return Delivery{}, err
	}
	if err := json.Unmarshal([]byte(messages), &d.Messages); err != nil {
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

// At finds the reply of which a message is a part.
func (s *Store) At(ctx context.Context, platform, team, channel, message string) (d Delivery, found bool, err error) {
	err = s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + ` FROM delivery d WHERE d.platform = ? AND d.team = ? AND d.channel = ?
			AND EXISTS (SELECT 1 FROM json_each(d.messages) m WHERE m.value = ?) ORDER BY d.at DESC LIMIT 1`,
		Args: []any{platform, team, channel, message},
	}, func(rows *sql.Rows) error {
		found = true
		d, err = scanDelivery(rows)
		return err
	})
	return d, found, err
}
