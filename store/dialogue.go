package store

import (
	"context"
	"database/sql"
	"time"
)

// Conversation is where a dialogue is held: a place, or one person's commands there.
type Conversation struct{ Platform, Team, Channel, Thread, Person string }

// Dialogue is what was said last in a conversation. Its body is JSON.
type Dialogue struct {
	Conversation
	At   time.Time
	Body []byte
}

// Dialogue returns the dialogue of a conversation; found is false if there is none.
func (s *Store) Dialogue(ctx context.Context, c Conversation) (d Dialogue, found bool, err error) {
	d.Conversation = c
	err = s.Query(ctx, Stmt{
		SQL:  "SELECT at, body FROM dialogue WHERE platform = ? AND team = ? AND channel = ? AND thread = ? AND person = ?",
		Args: []any{c.Platform, c.Team, c.Channel, c.Thread, c.Person},
	}, func(rows *sql.Rows) error {
		var at string
		if err := rows.Scan(&at, &d.Body); err != nil {
			return err
		}
		found = true
		d.At, err = unstamp(at)
		return err
	})
	return d, found, err
}

func talk(d Dialogue) Stmt {
	return Stmt{
		SQL: `INSERT INTO dialogue (platform, team, channel, thread, person, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (platform, team, channel, thread, person) DO UPDATE SET at = excluded.at, body = excluded.body`,
		Args: []any{d.Platform, d.Team, d.Channel, d.Thread, d.Person, stamp(d.At), string(d.Body)},
	}
}
