package store

import (
	"context"
	"database/sql"
	"os"
	"time"
)

// Vitals are the figures by which a database is watched.
type Vitals struct {
	Events, Items           int       // open: accepted and not answered; in the outbox and not at an end; but for terminals, which wait for nobody
	OldestEvent, OldestItem time.Time // when the oldest of them came; zero for none
	Waiting                 int       // items that wait for a person's next question
	Unspread                int       // corrections of which not every reply that they concern is in the outbox
	OldestUnspread          time.Time // when the oldest of them was made; zero for none
	Aside                   int       // rows that cannot be read
	Revision                int       // the number of the newest change of the record
	Backup                  time.Time // when the last backup by Parley itself was made; zero for never
	Size, WAL               int64     // bytes of the database and of the log beside it
}

// Vitals reads the figures of now.
func (s *Store) Vitals(ctx context.Context) (v Vitals, err error) {
	var event, item, unspread, backup string
	err = s.Query(ctx, Stmt{
		SQL: `SELECT e.n, coalesce(e.oldest, ''), i.n, coalesce(i.oldest, ''),
				(SELECT count(*) FROM outbox WHERE state = 'waiting'),
				(SELECT count(*) FROM change WHERE class IN ('clarification', 'correction', 'retraction') AND spread_at IS NULL),
				coalesce((SELECT min(at) FROM change WHERE class IN ('clarification', 'correction', 'retraction') AND spread_at IS NULL), ''),
				(SELECT count(*) FROM aside), (SELECT coalesce(max(number), 0) FROM change),
				coalesce((SELECT value FROM meta WHERE key = 'backup'), '')
			FROM (SELECT count(*) AS n, min(at) AS oldest FROM inbox WHERE done_at IS NULL AND platform <> 'terminal') e,
				(SELECT count(*) AS n, min(at) AS oldest FROM outbox WHERE state IN ('queued', 'sending') AND platform <> 'terminal') i`,
	}, func(rows *sql.Rows) error {
		return rows.Scan(&v.Events, &event, &v.Items, &item, &v.Waiting, &v.Unspread, &unspread, &v.Aside, &v.Revision, &backup)
	})
	if err != nil {
		return v, err
	}
	for text, into := range map[*string]*time.Time{&event: &v.OldestEvent, &item: &v.OldestItem, &unspread: &v.OldestUnspread, &backup: &v.Backup} {
		if *into, err = parseOptionalTime(*text); err != nil {
			return v, trouble(s.path, "read the age of what is open in", err)
		}
	}
	for name, size := range map[string]*int64{s.path: &v.Size, s.path + "-wal": &v.WAL} {
		if info, err := os.Stat(name); err == nil { // one that is not there has no bytes
			*size = info.Size()
		}
	}
	return v, nil
}
