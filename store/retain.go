package store

import (
	"context"
	"database/sql"
	"time"
)

// Keep is how long what people asked and were told is kept, by kind; 0 for ever. After it, a question is removed, and so is a reply that only its
// asker saw; one that others saw loses its asker, so that it can still be corrected.
type Keep struct {
	Questions time.Duration // and who asked
	Replies   time.Duration // that others saw: they are corrected no more
	Feedback  time.Duration
}

// atOnce bounds how many rows of a kind one step removes, so that nobody waits long for the writer.
const atOnce = 500

// Retain removes what is older than it is kept, a bounded part at once, and reports whether there is more. What is under way is left.
func (s *Store) Retain(ctx context.Context, now time.Time, keep Keep) (more bool, err error) {
	var batch []Stmt
	var counts []int // of the statements that count rows by themselves
	before := func(kept time.Duration) string { return stamp(now.Add(-kept)) }
	remove := func(sql string, kept time.Duration) {
		counts = append(counts, len(batch))
		batch = append(batch, Stmt{SQL: sql, Args: []any{before(kept), atOnce}})
	}
	if keep.Feedback > 0 {
		remove("DELETE FROM feedback WHERE id IN (SELECT id FROM feedback WHERE at < ? LIMIT ?)", keep.Feedback)
	}
	if keep.Questions > 0 {
		remove("DELETE FROM question WHERE id IN (SELECT id FROM question WHERE at < ? LIMIT ?)", keep.Questions)
		theirs, err := s.replies(ctx, expiring+" AND d.at < ? AND "+atRest, before(keep.Questions))
		if err != nil {
			return false, err
		}
		batch = append(append(batch, drop(theirs.seen)...), unname(theirs.public)...)
		more = more || theirs.many()
	}
	if keep.Replies > 0 {
		old, err := s.replies(ctx, "d.at < ? AND "+atRest, before(keep.Replies))
		if err != nil {
			return false, err
		}
		batch = append(append(batch, drop(old.seen)...), drop(old.public)...)
		more = more || old.many()
	}
	if len(batch) == 0 {
		return false, nil
	}
	results, err := s.Apply(ctx, batch...)
	if err != nil {
		return false, err
	}
	for _, i := range counts {
		more = more || results[i].Changed >= atOnce
	}
	return more, nil
}

// expiring tells of a delivery d that it goes or loses its asker with time, in the words of the index delivery_to_let_go.
const expiring = "(d.private OR d.person <> '')"

// atRest tells of a delivery d that nothing of it is under way.
const atRest = "NOT EXISTS (SELECT 1 FROM outbox o WHERE o.delivery = d.id AND o.state IN ('queued', 'sending'))"

// replies are deliveries that are let go of: those that only one person saw, which go, and those that others saw.
type replies struct{ seen, public []string }

// many reports whether there may be more than these.
func (r replies) many() bool { return len(r.seen)+len(r.public) >= atOnce }

// replies lists deliveries by a condition on them as d, at most as many as are removed at once.
func (s *Store) replies(ctx context.Context, where string, args ...any) (r replies, err error) {
	err = s.Query(ctx, Stmt{
		SQL: "SELECT d.id, d.private OR d.direct FROM delivery d WHERE " + where + " LIMIT ?", Args: append(args, atOnce),
	}, func(rows *sql.Rows) error {
		var id string
		var seen bool
		err := rows.Scan(&id, &seen)
		if seen {
			r.seen = append(r.seen, id)
		} else {
			r.public = append(r.public, id)
		}
		return err
	})
	return r, err
}

// drop removes deliveries with all that hangs on them.
func drop(ids []string) []Stmt {
	return onEach(ids,
		"DELETE FROM carried WHERE delivery IN these OR item IN (SELECT id FROM outbox WHERE delivery IN these)",
		"DELETE FROM outbox WHERE delivery IN these",
		"DELETE FROM message WHERE delivery IN these",
		"DELETE FROM shown WHERE delivery IN these",
		"DELETE FROM feedback WHERE delivery IN these",
		"UPDATE delivery SET origin = NULL WHERE origin IN these",
		"DELETE FROM aside WHERE noun = 'reply' AND id IN these",
		"DELETE FROM delivery WHERE id IN these",
	)
}

// unname takes the person out of deliveries that stay, and with it what the person would have been told directly or with the next answer.
func unname(ids []string) []Stmt {
	const forPerson = "delivery IN these AND (state = 'waiting' OR act = 'tell' AND state IN ('queued', 'sending'))"
	return onEach(ids,
		"DELETE FROM carried WHERE item IN (SELECT id FROM outbox WHERE "+forPerson+")",
		"DELETE FROM outbox WHERE "+forPerson,
		"UPDATE outbox SET lane = '' WHERE delivery IN these AND state NOT IN ('queued', 'sending')", // which may be named after the person
		"UPDATE delivery SET person = '', via = '' WHERE id IN these",
	)
}

// onEach makes statements on rows by their ids, which stand in them as the table these; none without ids.
func onEach(ids []string, statements ...string) []Stmt {
	if len(ids) == 0 {
		return nil
	}
	batch := make([]Stmt, len(statements))
	for i, sql := range statements {
		batch[i] = Stmt{SQL: "WITH these AS (SELECT value FROM json_each(?)) " + sql, Args: []any{listOf(ids)}}
	}
	return batch
}
