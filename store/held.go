package store

import (
	"context"
	"database/sql"
	"time"
)

// Held is what is on record of a person.
type Held struct {
	Questions []Asked
	Replies   []Delivery // without the secrets by which they were answered
	Feedback  []Feedback
	Dialogues []Dialogue // of the person alone
	Open      []Incoming // not answered yet
	Consents  []Consent
	Roles     []Grant
	Changes   []int // of the record, by number
}

// Consent is that a person allowed Parley to write to them directly.
type Consent struct {
	Team string
	At   time.Time
}

// Held reads what is on record of a person.
func (s *Store) Held(ctx context.Context, who Person) (h Held, err error) {
	args := []any{who.Platform, who.ID, who.Team}
	const theirs = "d.platform = ?1 AND d.person = ?2 AND (?3 = '' OR d.team = ?3)"
	h.Questions, err = s.questions(ctx, Stmt{SQL: "WHERE id IN (SELECT d.id FROM delivery d WHERE " + theirs + ") ORDER BY at, id", Args: args})
	if err != nil {
		return h, err
	}
	for _, read := range []struct {
		sql  string
		scan func(rows *sql.Rows) error
	}{
		{"SELECT " + deliveryColumns + " FROM delivery d WHERE " + theirs + " ORDER BY d.at, d.id", func(rows *sql.Rows) error {
			d, err := scanDelivery(rows)
			d.To.Via = ""
			h.Replies = append(h.Replies, d)
			return err
		}},
		{`SELECT f.id, f.delivery, f.person, f.at, f.kind, f.text FROM feedback f JOIN delivery d ON d.id = f.delivery
			WHERE d.platform = ?1 AND f.person = ?2 AND (?3 = '' OR d.team = ?3) ORDER BY f.at, f.id`, func(rows *sql.Rows) error {
			var f Feedback
			err := timed(rows, &f.At, &f.ID, &f.Delivery, &f.Person, &f.At, &f.Kind, &f.Text)
			h.Feedback = append(h.Feedback, f)
			return err
		}},
		{`SELECT team, channel, thread, at, body FROM dialogue WHERE platform = ?1 AND person = ?2 AND (?3 = '' OR team = ?3)
			ORDER BY team, channel, thread`, func(rows *sql.Rows) error {
			d := Dialogue{Conversation: Conversation{Platform: who.Platform, Person: who.ID}}
			err := timed(rows, &d.At, &d.Team, &d.Channel, &d.Thread, &d.At, &d.Body)
			h.Dialogues = append(h.Dialogues, d)
			return err
		}},
		{`SELECT id, at, json_remove(body, '$.Via') FROM inbox WHERE platform = ?1 AND done_at IS NULL AND body ->> '$.Person.ID' = ?2
			AND (?3 = '' OR body ->> '$.Place.Team' = ?3) ORDER BY at, id`, func(rows *sql.Rows) error {
			in := Incoming{Platform: who.Platform}
			err := timed(rows, &in.At, &in.ID, &in.At, &in.Body)
			h.Open = append(h.Open, in)
			return err
		}},
		{"SELECT team, at FROM consent WHERE platform = ?1 AND person = ?2 AND (?3 = '' OR team = ?3) ORDER BY team", func(rows *sql.Rows) error {
			var c Consent
			err := timed(rows, &c.At, &c.Team, &c.At)
			h.Consents = append(h.Consents, c)
			return err
		}},
		{"SELECT platform, team, subject, role FROM role WHERE platform = ?1 AND subject = ?2 AND (?3 = '' OR team = ?3) ORDER BY team", func(rows *sql.Rows) error {
			var g Grant
			err := rows.Scan(&g.Platform, &g.Team, &g.Subject, &g.Role)
			h.Roles = append(h.Roles, g)
			return err
		}},
		{"SELECT number FROM change WHERE author = ?1 || '/' || ?2 AND ?3 = ?3 ORDER BY number", func(rows *sql.Rows) error {
			var number int
			err := rows.Scan(&number)
			h.Changes = append(h.Changes, number)
			return err
		}},
	} {
		if err := s.Query(ctx, Stmt{SQL: read.sql, Args: args}, read.scan); err != nil {
			return h, err
		}
	}
	return h, nil
}

// timed reads a row of which one column is a time.
func timed(rows *sql.Rows, at *time.Time, columns ...any) error {
	var text string
	for i, c := range columns {
		if c == any(at) {
			columns[i] = &text
		}
	}
	err := rows.Scan(columns...)
	if err == nil {
		*at, err = unstamp(text)
	}
	return err
}
