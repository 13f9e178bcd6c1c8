package store

import (
	"context"
	"database/sql"
	"time"

	"parley/answers"
)

// Correcting is a correction for curators: who made it, and how far it has come with the replies that it concerns.
type Correcting struct {
	answers.Correction
	Author, Why string
	Spread      bool // every reply that it concerns is in the outbox
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
		err := rows.Scan(&number, &c.Author, &c.Why, &c.Spread)
		if to := at[number]; to != nil {
			to.Author, to.Why, to.Spread = c.Author, c.Why, c.Spread
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
