package store

import (
	"context"
	"database/sql"
	"time"
)

// Conversation is where a dialogue is held: a place, or one person's commands there.
type Conversation struct{ Platform, Team, Channel, Thread, Person string }

// Dialogue is what was said last in a conversation. Its bodies are JSON.
type Dialogue struct {
	Conversation
	At     time.Time
	Body   []byte
	Event  string // what the last turn answered; "" for what was stored before that was
	Before []byte // what the dialogue had come to before that turn; nil for nothing
	Again  bool   // to be stored: the turn is an edited one, and counts only where it is the last
}

// Dialogue returns the dialogue of a conversation; found is false if there is none.
func (s *Store) Dialogue(ctx context.Context, c Conversation) (d Dialogue, found bool, err error) {
	d.Conversation = c
	err = s.Query(ctx, Stmt{
		SQL:  "SELECT at, body, event, before FROM dialogue WHERE platform = ? AND team = ? AND channel = ? AND thread = ? AND person = ?",
		Args: []any{c.Platform, c.Team, c.Channel, c.Thread, c.Person},
	}, func(rows *sql.Rows) error {
		var at string
		if err := rows.Scan(&at, &d.Body, &d.Event, &d.Before); err != nil {
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
		SQL: `INSERT INTO dialogue (platform, team, channel, thread, person, at, body, event) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
			ON CONFLICT (platform, team, channel, thread, person) DO UPDATE SET at = excluded.at, body = excluded.body, event = excluded.event,
				before = CASE WHEN dialogue.event = excluded.event THEN dialogue.before ELSE dialogue.body END
			WHERE NOT ?9 OR dialogue.event = excluded.event`,
		Args: []any{d.Platform, d.Team, d.Channel, d.Thread, d.Person, stamp(d.At), string(d.Body), d.Event, d.Again},
	}
}
