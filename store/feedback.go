package store

import (
	"context"
	"database/sql"
	"time"
)

// Feedback is what a person says about a reply.
type Feedback struct {
	ID       string // made by the caller, unique; told again under it, it takes the place of what was told before
	Delivery string
	Person   string
	At       time.Time
	Kind     FeedbackKind
	Text     string // "" for none
}

// FeedbackKind is what a person wants to say.
type FeedbackKind string

// The kinds of feedback.
const (
	Helpful   FeedbackKind = "helpful"
	Unhelpful FeedbackKind = "unhelpful"
	Report    FeedbackKind = "report" // there is an error in it
	Escalate  FeedbackKind = "pass"   // the curators shall answer what Parley declined
)

func tell(f Feedback) Stmt {
	return Stmt{
		SQL: `INSERT INTO feedback (id, delivery, person, at, kind, text) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET at = excluded.at, kind = excluded.kind, text = excluded.text`,
		Args: []any{f.ID, f.Delivery, f.Person, stamp(f.At), f.Kind, f.Text},
	}
}

// Told is feedback with what it is about.
type Told struct {
	Feedback
	About Delivery
}

// Feedback lists what people told since a time, the oldest first.
func (s *Store) Feedback(ctx context.Context, since time.Time) ([]Told, error) {
	var all []Told
	err := s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + `, f.id, f.person, f.at, f.kind, f.text FROM feedback f JOIN delivery d ON d.id = f.delivery
			WHERE f.at >= ? ORDER BY f.at, f.id`,
		Args: []any{stamp(since)},
	}, func(rows *sql.Rows) error {
		var t Told
		var at string
		var err error
		if t.About, err = scanDelivery(rows, &t.ID, &t.Person, &at, &t.Kind, &t.Text); err != nil {
			return err
		}
		t.Feedback.Delivery = t.About.ID
		if t.At, err = unstamp(at); err != nil {
			return err
		}
		all = append(all, t)
		return nil
	})
	return all, err
}

// OpenEscalations lists the replies whose questions were passed on to the curators and not answered since, the oldest first. Those that
// were set aside are left out.
func (s *Store) OpenEscalations(ctx context.Context) ([]Delivery, error) {
	var all []Delivery
	err := s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + ` FROM delivery d
			WHERE d.id IN (SELECT delivery FROM feedback WHERE kind = 'pass')
				AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.delivery = d.id AND o.escalation = 1) AND ` + readable + `
			ORDER BY d.at, d.id`,
	}, func(rows *sql.Rows) error {
		d, err := scanDelivery(rows)
		all = append(all, d)
		return err
	})
	return all, err
}
