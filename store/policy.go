package store

import (
	"context"
	"database/sql"
	"time"
)

// Role is what somebody may do; each may what those before it may.
type Role string

// The roles. Who has none has the zero Role.
const (
	Reader  Role = "reader"  // may ask where only chosen people may
	Curator Role = "curator" // may see what people report and pass on
	Editor  Role = "editor"  // may change the record and the settings
)

// Grant gives a subject, which is a person or a group as the platform has them, a role in a team. A Role of "" takes it away.
type Grant struct {
	Platform, Team, Subject string
	Role                    Role
}

// SetRole makes a grant the one that its subject has.
func (s *Store) SetRole(ctx context.Context, g Grant) error {
	stmt := Stmt{
		SQL: `INSERT INTO role (platform, team, subject, role) VALUES (?, ?, ?, ?)
			ON CONFLICT (platform, team, subject) DO UPDATE SET role = excluded.role`,
		Args: []any{g.Platform, g.Team, g.Subject, g.Role},
	}
	if g.Role == "" {
		stmt = Stmt{SQL: "DELETE FROM role WHERE platform = ? AND team = ? AND subject = ?", Args: []any{g.Platform, g.Team, g.Subject}}
	}
	_, err := s.Apply(ctx, stmt)
	return err
}

// Roles lists the grants of a team, by subject; of every team if both are "".
func (s *Store) Roles(ctx context.Context, platform, team string) ([]Grant, error) {
	var all []Grant
	err := s.Query(ctx, Stmt{
		SQL:  "SELECT platform, team, subject, role FROM role WHERE ?1 = '' OR platform = ?1 AND team = ?2 ORDER BY platform, team, subject",
		Args: []any{platform, team},
	}, func(rows *sql.Rows) error {
		var g Grant
		err := rows.Scan(&g.Platform, &g.Team, &g.Subject, &g.Role)
		all = append(all, g)
		return err
	})
	return all, err
}

// Setting is how Parley behaves in a team, or with a channel in that part of it. Its body is JSON.
type Setting struct {
	Platform, Team, Channel string
	Body                    []byte
}

// SetSetting stores a setting; a nil body takes it away.
func (s *Store) SetSetting(ctx context.Context, v Setting) error {
	stmt := Stmt{
		SQL: `INSERT INTO setting (platform, team, channel, body) VALUES (?, ?, ?, ?)
			ON CONFLICT (platform, team, channel) DO UPDATE SET body = excluded.body`,
		Args: []any{v.Platform, v.Team, v.Channel, string(v.Body)},
	}
	if v.Body == nil {
		stmt = Stmt{SQL: "DELETE FROM setting WHERE platform = ? AND team = ? AND channel = ?", Args: []any{v.Platform, v.Team, v.Channel}}
	}
	_, err := s.Apply(ctx, stmt)
	return err
}

// Setting reads the setting that holds in a channel: its own, else that of its team, else none.
func (s *Store) Setting(ctx context.Context, platform, team, channel string) (body []byte, found bool, err error) {
	err = s.Query(ctx, Stmt{
		SQL:  `SELECT body FROM setting WHERE platform = ? AND team = ? AND channel IN ('', ?) ORDER BY channel DESC LIMIT 1`,
		Args: []any{platform, team, channel},
	}, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(&body)
	})
	return body, found, err
}

// Settings lists all settings.
func (s *Store) Settings(ctx context.Context) ([]Setting, error) {
	var all []Setting
	err := s.Query(ctx, Stmt{SQL: "SELECT platform, team, channel, body FROM setting ORDER BY platform, team, channel"}, func(rows *sql.Rows) error {
		var v Setting
		err := rows.Scan(&v.Platform, &v.Team, &v.Channel, &v.Body)
		all = append(all, v)
		return err
	})
	return all, err
}

// Consent is whether a person allowed Parley to write to them directly.
func (s *Store) Consent(ctx context.Context, platform, team, person string) (bool, error) {
	_, found, err := one[string](ctx, s.reader, s.path, Stmt{
		SQL: "SELECT at FROM consent WHERE platform = ? AND team = ? AND person = ?", Args: []any{platform, team, person},
	})
	return found, err
}

// SetConsent notes that a person allows or forbids that.
func (s *Store) SetConsent(ctx context.Context, platform, team, person string, allowed bool, at time.Time) error {
	stmt := Stmt{
		SQL:  "INSERT INTO consent (platform, team, person, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		Args: []any{platform, team, person, stamp(at)},
	}
	if !allowed {
		stmt = Stmt{SQL: "DELETE FROM consent WHERE platform = ? AND team = ? AND person = ?", Args: []any{platform, team, person}}
	}
	_, err := s.Apply(ctx, stmt)
	return err
}
