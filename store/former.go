package store

import (
	"context"
	"database/sql"
	"time"
)

// Former is a question that is asked no more as it was.
type Former struct {
	Event   string // of the message that asked it
	Deleted bool   // the message is gone, and not only edited
}

// supersede makes the statements by which a former question is answered no more and forgotten, with what people thought of its answer. What they
// report as an error stays. Of a deleted one nothing is left that repeats it: neither an earlier form of the reply nor what was yet to be sent.
func supersede(platform string, f Former, now time.Time) []Stmt {
	const theirs = "(SELECT id FROM delivery WHERE platform = ? AND event = ? AND event <> '')"
	of := []any{platform, f.Event}
	batch := []Stmt{
		{
			SQL: `INSERT INTO inbox (platform, id, at, delivery, attempts, worker, lease, done_at) VALUES (?1, ?2, ?3, '', 0, '', '', ?3)
				ON CONFLICT (platform, id) DO UPDATE SET done_at = excluded.done_at, body = NULL WHERE inbox.done_at IS NULL`,
			Args: []any{platform, f.Event, stamp(now)},
		},
		{SQL: "DELETE FROM question WHERE id IN " + theirs, Args: of},
		{SQL: "DELETE FROM feedback WHERE kind <> 'report' AND delivery IN " + theirs, Args: of},
	}
	if !f.Deleted {
		return batch
	}
	return append(batch,
		Stmt{
			SQL:  `UPDATE outbox SET state = 'failed', reason = 'the question was deleted', ended_at = ? WHERE state IN ('queued', 'waiting') AND delivery IN ` + theirs,
			Args: append([]any{stamp(now)}, of...),
		},
		Stmt{SQL: "UPDATE delivery SET body = json_remove(body, '$.asked', '$.about.text') WHERE id IN " + theirs, Args: of},
		Stmt{ // what was made from it, by clicks, but for ratings, which mean nothing without the statement
			SQL: "UPDATE delivery SET body = json_remove(body, '$.asked', '$.about.text') WHERE body ->> '$.about.want' <> 'check' AND origin IN " + theirs, Args: of,
		},
		Stmt{SQL: "UPDATE outbox SET body = NULL WHERE ended_at IS NOT NULL AND delivery IN " + theirs, Args: of},
		Stmt{SQL: "UPDATE dialogue SET before = NULL WHERE (platform, team, channel, thread) IN (SELECT platform, team, channel, thread FROM dialogue WHERE platform = ? AND event = ?)", Args: of},
		Stmt{SQL: "DELETE FROM dialogue WHERE platform = ? AND event = ?", Args: of},
	)
}

const (
	known = `SELECT EXISTS (SELECT 1 FROM inbox WHERE platform = ?1 AND id = ?2)
		OR EXISTS (SELECT 1 FROM delivery WHERE platform = ?1 AND event = ?2 AND event <> '')`
	cameLater = "SELECT EXISTS (SELECT 1 FROM inbox WHERE platform = ? AND id > ? AND id < ? || char(0x10ffff))"
	replyTo   = "SELECT " + deliveryColumns + `,
			EXISTS (SELECT 1 FROM delivery o WHERE o.origin = d.id AND (o.relation IN ('share', 'correction note') OR o.person NOT IN ('', d.person)))
			OR EXISTS (SELECT 1 FROM feedback f WHERE f.delivery = d.id AND f.person <> d.person)
			OR NOT d.direct AND d.thread <> '' AND EXISTS (SELECT 1 FROM delivery o WHERE o.platform = d.platform AND o.team = d.team
				AND o.channel = d.channel AND o.thread = d.thread AND o.thread <> '' AND o.person NOT IN ('', d.person))
		FROM delivery d WHERE d.platform = ? AND d.event = ? AND d.event <> '' AND d.relation = '' AND NOT d.private AND ` + arrived + `
		ORDER BY d.at DESC, d.id DESC LIMIT 1`
)

// Known reports whether an event came in lately, or a reply to it is on record.
func (s *Store) Known(ctx context.Context, platform, event string) (yes bool, err error) {
	yes, _, err = one[bool](ctx, s.reader, s.path, Stmt{SQL: known, Args: []any{platform, event}})
	return yes, err
}

// CameLater reports whether there is an event whose id begins as another's does and sorts after it.
func (s *Store) CameLater(ctx context.Context, platform, prefix, id string) (yes bool, err error) {
	yes, _, err = one[bool](ctx, s.reader, s.path, Stmt{SQL: cameLater, Args: []any{platform, id, prefix}})
	return yes, err
}

// ReplyTo finds the newest reply to an event that more can see than its asker, or that is in a conversation of two, and that arrived or is still to.
// It reports whether anybody else had to do with it: shared it, clicked on it, asked in its thread, or was told of its correction.
func (s *Store) ReplyTo(ctx context.Context, platform, event string) (d Delivery, others, found bool, err error) {
	err = s.Query(ctx, Stmt{SQL: replyTo, Args: []any{platform, event}}, func(rows *sql.Rows) error {
		found = true
		d, err = scanDelivery(rows, &others)
		return err
	})
	return d, others, found, err
}
