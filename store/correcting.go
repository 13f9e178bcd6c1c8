package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"parley/answers"
)

// Correcting is a correction for curators: who made it, and how far it has come with the replies that it concerns.
type Correcting struct {
	answers.Correction
	Author, Why string
	FannedOut   bool // every reply that it concerns is in the outbox
	Ends        []End
}

// End counts the replies of a correction that stand alike.
type End struct {
	State   State
	Reason  string // of what failed, waits or is not known
	Replies int
}

// Correcting lists the corrections with how far they have come, the oldest first.
func (s *Store) Correcting(ctx context.Context) ([]Correcting, error) {
	corrections, err := s.Corrections(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Correcting, len(corrections))
	at := map[int]*Correcting{}
	for i, c := range corrections {
		all[i].Correction = c
		at[c.Number] = &all[i]
	}
	err = s.Query(ctx, Stmt{SQL: "SELECT number, author, why, spread_at IS NOT NULL FROM change"}, func(rows *sql.Rows) error {
		var number int
		var c Correcting
		err := rows.Scan(&number, &c.Author, &c.Why, &c.FannedOut)
		if to := at[number]; to != nil {
			to.Author, to.Why, to.FannedOut = c.Author, c.Why, c.FannedOut
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = s.Query(ctx, Stmt{
		SQL: "SELECT change, state, reason, count(*) FROM outbox WHERE change IS NOT NULL GROUP BY change, state, reason ORDER BY change, state, reason",
	}, func(rows *sql.Rows) error {
		var number int
		var e End
		err := rows.Scan(&number, &e.State, &e.Reason, &e.Replies)
		if to := at[number]; to != nil {
			to.Ends = append(to.Ends, e)
		}
		return err
	})
	return all, err
}

// Revised is a reply that a correction concerns, with what became of that.
type Revised struct {
	Outcome
	To    Address
	Given time.Time // when the reply was first given
	On    string    // the platform
}

// Revised lists the replies that a correction concerns, in the order in which they are corrected.
func (s *Store) Revised(ctx context.Context, change int) ([]Revised, error) {
	var all []Revised
	err := s.Query(ctx, Stmt{
		SQL: "SELECT " + deliveryColumns + `, o.id, o.act, o.state, o.reason, o.attempts FROM outbox o JOIN delivery d ON d.id = o.delivery
			WHERE o.change = ? ORDER BY o.seq`,
		Args: []any{change},
	}, func(rows *sql.Rows) error {
		r := Revised{Outcome: Outcome{Change: change}}
		d, err := scanDelivery(rows, &r.Item, &r.Act, &r.State, &r.Reason, &r.Attempts)
		r.Delivery, r.To, r.Given, r.On = d.ID, d.To, d.At, d.Platform
		all = append(all, r)
		return err
	})
	return all, err
}

// Corrections lists the changes that readers are told of, the oldest first.
func (s *Store) Corrections(ctx context.Context) ([]answers.Correction, error) {
	return s.corrections(ctx, "c.class IN ('clarification', 'correction', 'retraction')")
}

// PendingFanOut lists the corrections of which not every reply that they concern is known to be in the outbox, the oldest first.
func (s *Store) PendingFanOut(ctx context.Context) ([]answers.Correction, error) {
	return s.corrections(ctx, "c.class IN ('clarification', 'correction', 'retraction') AND c.spread_at IS NULL")
}

func (s *Store) corrections(ctx context.Context, where string) ([]answers.Correction, error) {
	var all []answers.Correction
	err := s.Query(ctx, Stmt{
		SQL: `SELECT c.number, c.at, c.class, c.wrong, c.right,
				(SELECT json_group_array(json_object('Noun', noun, 'ID', id, 'Revision', number)) FROM revision WHERE change = c.number)
			FROM change c WHERE ` + where + ` ORDER BY c.number`,
	}, func(rows *sql.Rows) error {
		var c answers.Correction
		var at, items string
		err := rows.Scan(&c.Number, &at, &c.Class, &c.Wrong, &c.Right, &items)
		if err != nil {
			return err
		}
		if c.At, err = unstamp(at); err != nil {
			return err
		}
		all = append(all, c)
		return json.Unmarshal([]byte(items), &all[len(all)-1].Items)
	})
	return all, err
}

// MarkFannedOut notes that every reply which a correction concerns is in the outbox.
func (s *Store) MarkFannedOut(ctx context.Context, change int, at time.Time) error {
	_, err := s.Apply(ctx, Stmt{SQL: "UPDATE change SET spread_at = ? WHERE number = ? AND spread_at IS NULL", Args: []any{stamp(at), change}})
	return err
}

// Affected lists the replies on record that showed what a change has changed, by id, those after a certain one and at most limit of
// them. Replies that never arrived, or were set aside, are left out.
func (s *Store) Affected(ctx context.Context, change int, after string, limit int) ([]Delivery, error) {
	var all []Delivery
	err := s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + ` FROM (
				SELECT DISTINCT s.delivery FROM revision r JOIN shown s ON s.noun = r.noun AND s.id = r.id AND s.revision < r.number
				WHERE r.change = ? AND s.delivery > ?) c
			JOIN delivery d ON d.id = c.delivery
			WHERE ` + arrived + " AND " + readable + ` ORDER BY d.id LIMIT ?`,
		Args: []any{change, after, limit},
	}, func(rows *sql.Rows) error {
		d, err := scanDelivery(rows)
		all = append(all, d)
		return err
	})
	return all, err
}

// arrived tells of a delivery d that it arrived, may have arrived, or is still to.
const arrived = "NOT EXISTS (SELECT 1 FROM outbox o WHERE o.delivery = d.id AND o.act = 'post' AND o.state = 'failed')"

// BlastRadius counts whom a change concerns.
type BlastRadius struct {
	Replies  int // that showed what it changes
	Private  int // of them, those in channels that only one person sees
	Direct   int // of the others, those in conversations of two, a terminal among them
	Channels int // in which the rest are
	Fixed    int // of all, those that can be edited no more
}

// BlastRadius counts the replies that show one of some items at an older revision than the one given.
func (s *Store) BlastRadius(ctx context.Context, items []answers.Ref, now time.Time) (BlastRadius, error) {
	var r BlastRadius
	list, err := json.Marshal(items)
	if err != nil {
		return r, err
	}
	err = s.Query(ctx, Stmt{
		SQL: `SELECT count(*), coalesce(sum(d.private), 0), coalesce(sum((d.direct OR d.team = '') AND NOT d.private), 0),
				count(DISTINCT CASE WHEN NOT d.private AND NOT d.direct AND d.team <> '' THEN d.platform || '/' || d.team || '/' || d.channel END),
				coalesce(sum(d.edit_by = '' OR d.edit_until <> '' AND d.edit_until <= ?), 0)
			FROM delivery d WHERE d.id IN (
				SELECT s.delivery FROM json_each(?) i JOIN shown s
					ON s.noun = i.value ->> 'Noun' AND s.id = i.value ->> 'ID' AND s.revision < i.value ->> 'Revision')
				AND ` + arrived,
		Args: []any{stamp(now), string(list)},
	}, func(rows *sql.Rows) error { return rows.Scan(&r.Replies, &r.Private, &r.Direct, &r.Channels, &r.Fixed) })
	return r, err
}
