package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// Keep is how long what people asked and were told is kept, by kind; 0 for ever. After it, a question is removed, and so is a reply that only its
// asker saw; one that others saw loses its asker, so that it can still be corrected.
type Keep struct {
	Questions time.Duration // and who asked
	Replies   time.Duration // that others saw: they are corrected no more
	Feedback  time.Duration
}

// retained bounds how many rows of a kind one step removes, so that nobody waits long for the writer.
const retained = 500

// Retain removes what is older than it is kept, a bounded part at once, and reports whether there is more. What is under way is left.
func (s *Store) Retain(ctx context.Context, now time.Time, keep Keep) (more bool, err error) {
	var batch []Stmt
	before := func(kept time.Duration) string { return stamp(now.Add(-kept)) }
	if keep.Questions > 0 {
		batch = append(batch, Stmt{
			SQL:  "DELETE FROM question WHERE id IN (SELECT id FROM question WHERE at < ? ORDER BY at LIMIT ?)",
			Args: []any{before(keep.Questions), retained},
		})
		private, err := s.closedDeliveries(ctx, "d.private AND d.at < ?", before(keep.Questions))
		if err != nil {
			return false, err
		}
		public, err := s.closedDeliveries(ctx, "NOT d.private AND d.person <> '' AND d.at < ?", before(keep.Questions))
		if err != nil {
			return false, err
		}
		batch = append(append(batch, drop(private)...), unname(public)...)
		more = more || len(private)+len(public) >= retained
	}
	if keep.Replies > 0 {
		old, err := s.closedDeliveries(ctx, "d.at < ?", before(keep.Replies))
		if err != nil {
			return false, err
		}
		batch = append(batch, drop(old)...)
		more = more || len(old) >= retained
	}
	if keep.Feedback > 0 {
		batch = append(batch, Stmt{SQL: "DELETE FROM feedback WHERE at < ?", Args: []any{before(keep.Feedback)}})
	}
	if len(batch) == 0 {
		return false, nil
	}
	results, err := s.Apply(ctx, batch...)
	return more || err == nil && results[0].Changed >= retained, err
}

// closedDeliveries lists deliveries of which nothing is under way, at most so many as are removed at once.
func (s *Store) closedDeliveries(ctx context.Context, where string, args ...any) (ids []string, err error) {
	err = s.Query(ctx, Stmt{
		SQL: "SELECT d.id FROM delivery d WHERE " + where + ` AND NOT EXISTS (
			SELECT 1 FROM outbox o WHERE o.delivery = d.id AND o.state IN ('queued', 'sending')) LIMIT ?`,
		Args: append(args, retained),
	}, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// drop removes deliveries with all that hangs on them.
func drop(ids []string) []Stmt {
	if len(ids) == 0 {
		return nil
	}
	list := listOf(ids)
	const these = "(SELECT value FROM json_each(?1))"
	var batch []Stmt
	for _, sql := range []string{
		"DELETE FROM carried WHERE delivery IN " + these + " OR item IN (SELECT id FROM outbox WHERE delivery IN " + these + ")",
		"DELETE FROM outbox WHERE delivery IN " + these,
		"DELETE FROM message WHERE delivery IN " + these,
		"DELETE FROM shown WHERE delivery IN " + these,
		"DELETE FROM feedback WHERE delivery IN " + these,
		"UPDATE delivery SET origin = NULL WHERE origin IN " + these,
		"DELETE FROM delivery WHERE id IN " + these,
	} {
		batch = append(batch, Stmt{SQL: sql, Args: []any{list}})
	}
	return batch
}

// unname takes the person out of deliveries that stay.
func unname(ids []string) []Stmt {
	if len(ids) == 0 {
		return nil
	}
	list := listOf(ids)
	return []Stmt{{SQL: "UPDATE delivery SET person = '', via = '' WHERE id IN (SELECT value FROM json_each(?))", Args: []any{list}}}
}

// Forgotten counts what was removed of a person.
type Forgotten struct {
	Questions int64
	Replies   int64 // that only the person saw
	Unnamed   int64 // replies that others saw: they stay, without the person
	Feedback  int64
}

// Forget removes what is on record of a person on a platform: questions, replies that nobody else saw, feedback, dialogues, consent, and what is still
// to be answered. Replies that others saw stay, so that they can be corrected, and lose the person. Roles stay: others gave them. But for what is
// excepted, which is under way. It may be repeated.
func (s *Store) Forget(ctx context.Context, platform, person, except string) (f Forgotten, err error) {
	who := []any{platform, person, except}
	const theirs = "SELECT id FROM delivery WHERE platform = ?1 AND person = ?2 AND id <> ?3"
	const private = theirs + " AND (private OR direct)"
	batch := []Stmt{
		{SQL: "DELETE FROM question WHERE id IN (" + theirs + ")", Args: who},
		{SQL: "DELETE FROM dialogue WHERE platform = ?1 AND (person = ?2 OR (team, channel) IN (SELECT team, channel FROM delivery WHERE platform = ?1 AND person = ?2 AND direct))", Args: who[:2]},
		{SQL: "DELETE FROM feedback WHERE person = ?2 AND delivery IN (SELECT id FROM delivery WHERE platform = ?1)", Args: who[:2]},
		{SQL: "DELETE FROM consent WHERE platform = ?1 AND person = ?2", Args: who[:2]},
		{SQL: "DELETE FROM inbox WHERE platform = ?1 AND done_at IS NULL AND delivery <> ?3 AND body ->> '$.Person.ID' = ?2", Args: who},
		{SQL: "DELETE FROM carried WHERE delivery IN (" + private + ") OR item IN (SELECT id FROM outbox WHERE delivery IN (" + private + "))", Args: who},
		{SQL: "DELETE FROM outbox WHERE delivery IN (" + private + ")", Args: who},
		{SQL: "DELETE FROM outbox WHERE state = 'waiting' AND delivery IN (" + theirs + ")", Args: who}, // for the person's next question
		{SQL: "DELETE FROM message WHERE delivery IN (" + private + ")", Args: who},
		{SQL: "DELETE FROM shown WHERE delivery IN (" + private + ")", Args: who},
		{SQL: "DELETE FROM feedback WHERE delivery IN (" + private + ")", Args: who},
		{SQL: "UPDATE delivery SET origin = NULL WHERE origin IN (" + private + ")", Args: who},
		{SQL: "DELETE FROM delivery WHERE id IN (" + private + ")", Args: who},
		{SQL: "UPDATE delivery SET person = '', via = '' WHERE id IN (" + theirs + ")", Args: who},
	}
	// An item that waits may have been told with a reply that stays.
	batch = append(batch[:7], append([]Stmt{{
		SQL:  "DELETE FROM carried WHERE item IN (SELECT id FROM outbox WHERE state = 'waiting' AND delivery IN (" + theirs + "))",
		Args: who,
	}}, batch[7:]...)...)
	results, err := s.Apply(ctx, batch...)
	if err != nil {
		return f, err
	}
	last := len(results) - 1
	return Forgotten{results[0].Changed, results[last-1].Changed, results[last].Changed, results[2].Changed}, nil
}

// Held is what is on record of a person.
type Held struct {
	Questions []Asked
	Replies   []Delivery
	Feedback  []Feedback
	Consent   bool
	Roles     []Grant
}

// Held reads what is on record of a person on a platform.
func (s *Store) Held(ctx context.Context, platform, person string) (h Held, err error) {
	h.Questions, err = s.questions(ctx, Stmt{
		SQL:  "WHERE id IN (SELECT id FROM delivery WHERE platform = ? AND person = ?) ORDER BY at, id",
		Args: []any{platform, person},
	})
	if err != nil {
		return h, err
	}
	err = s.Query(ctx, Stmt{
		SQL: "SELECT " + deliveryColumns + " FROM delivery d WHERE d.platform = ? AND d.person = ? ORDER BY d.at, d.id", Args: []any{platform, person},
	}, func(rows *sql.Rows) error {
		d, err := scanDelivery(rows)
		d.To.Via = "" // a secret of Parley's, and of no use to the person
		h.Replies = append(h.Replies, d)
		return err
	})
	if err != nil {
		return h, err
	}
	err = s.Query(ctx, Stmt{
		SQL: `SELECT f.id, f.delivery, f.person, f.at, f.kind, f.text FROM feedback f JOIN delivery d ON d.id = f.delivery
			WHERE d.platform = ? AND f.person = ? ORDER BY f.at, f.id`,
		Args: []any{platform, person},
	}, func(rows *sql.Rows) error {
		var f Feedback
		var at string
		err := rows.Scan(&f.ID, &f.Delivery, &f.Person, &at, &f.Kind, &f.Text)
		if err != nil {
			return err
		}
		f.At, err = unstamp(at)
		h.Feedback = append(h.Feedback, f)
		return err
	})
	if err != nil {
		return h, err
	}
	_, h.Consent, err = one[string](ctx, s.reader, s.path, Stmt{SQL: "SELECT at FROM consent WHERE platform = ? AND person = ?", Args: []any{platform, person}})
	if err != nil {
		return h, err
	}
	err = s.Query(ctx, Stmt{
		SQL: "SELECT platform, team, subject, role FROM role WHERE platform = ? AND subject = ? ORDER BY team", Args: []any{platform, person},
	}, func(rows *sql.Rows) error {
		var g Grant
		err := rows.Scan(&g.Platform, &g.Team, &g.Subject, &g.Role)
		h.Roles = append(h.Roles, g)
		return err
	})
	return h, err
}

// listOf writes ids as the JSON that json_each reads.
func listOf(ids []string) string {
	list, _ := json.Marshal(ids) // cannot fail for strings
	return string(list)
}
