package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"parley/answers/match"
	"parley/store"
)

// Ages and sizes from which on something is told.
const (
	lateEvent    = 5 * time.Minute  // an event is answered within seconds
	lateDelivery = 30 * time.Minute // a delivery waits for its platform for some minutes at most, but for a large correction
	lateBackup   = 8 * 24 * time.Hour
	clockOff     = 30 * time.Second // Slack and Discord refuse or misread what is minutes off
	leastDisk    = 100 << 20        // the log beside the database, and a file of what is learnt
	lowDisk      = 1 << 30
)

func (d *doctor) database(ctx context.Context, path string) {
	d.disk(path)
	db, err := store.Look(ctx, path)
	var trouble *store.Trouble
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.tell(careful, "database", "the first start makes it; or name another with --db", "there is none at %s", path)
		return
	case errors.As(err, &trouble) && trouble.Kind == store.Older:
		d.tell(careful, "database", "", "%s", trouble.Advice())
		return
	case err != nil:
		d.tell(broken, "database", "", "%s", sentence(err))
		return
	}
	defer db.Close()
	if found, err := db.Sound(ctx); err != nil || found != "ok" {
		d.tell(broken, "database", "stop Parley and restore the last backup, as deploy/RUNBOOK.md says", "%s is damaged: %s", path, cmp.Or(found, fmt.Sprint(err)))
		return
	}
	v, err := db.Vitals(ctx)
	if err == nil {
		d.newest, err = db.Newest(ctx)
	}
	if err != nil {
		d.tell(broken, "database", "", "%s", sentence(err))
		return
	}
	d.tell(fine, "database", "", "%s is whole: %s, and %s of log", path, megabytes(v.Size), megabytes(v.WAL))
	if exposed, err := db.Exposed(); err != nil || exposed != "" {
		d.tell(careful, "permissions", "", "%s", cmp.Or(exposed, fmt.Sprint(err)))
	} else {
		d.tell(fine, "permissions", "", "nobody but its owner may read the database")
	}
	d.backlog(ctx, db, v)
	d.record(ctx, db, v)
	switch age := d.env.now().Sub(v.Backup); {
	case v.Backup.IsZero():
		d.tell(careful, "backup", "parley backup FILE makes one; leave it if Litestream does", "none was made by parley backup")
	case age > lateBackup:
		d.tell(careful, "backup", "make one: parley backup FILE", "the last one was made %d days ago", int(age.Hours()/24))
	default:
		d.tell(fine, "backup", "", "the last one was made on %s", minute(v.Backup))
	}
}

func (d *doctor) disk(path string) {
	folder := filepath.Dir(path)
	for folder != filepath.Dir(folder) {
		if free, known := diskFree(folder); known {
			state, do := fine, ""
			switch {
			case free < leastDisk:
				state, do = broken, "free some space"
			case free < lowDisk:
				state, do = careful, "free some space soon"
			}
			d.tell(state, "disk", do, "%s are free where the database is", megabytes(free))
			return
		}
		folder = filepath.Dir(folder) // it may be yet to be made
	}
}

func (d *doctor) backlog(ctx context.Context, db *store.Store, v store.Vitals) {
	state, do := fine, ""
	if d.late(v.OldestEvent, lateEvent) || d.late(v.OldestItem, lateDelivery) {
		state, do = careful, "see that parley serve runs, and why it does not answer: its log, and deploy/RUNBOOK.md"
	}
	found := fmt.Sprintf("%d questions and %d deliveries are open", v.Events, v.Items)
	if oldest := d.oldest(v.OldestEvent, v.OldestItem); oldest > 0 {
		found += fmt.Sprintf(", the oldest for %s", oldest.Round(time.Second))
	}
	d.tell(state, "backlog", do, "%s", found)
	if v.Unspread > 0 {
		d.tell(careful, "corrections", "parley serve brings them out within seconds", "%d have not reached every reply that they concern", v.Unspread)
	}
	asides, err := db.Asides(ctx)
	if err != nil {
		d.tell(broken, "set aside", "", "%s", sentence(err))
	}
	for _, a := range asides {
		d.tell(careful, "set aside", "tell those who make Parley; the rest goes on", "the %s %s of %s cannot be read: %s", a.Kind, oneLine(a.ID), minute(a.At), oneLine(a.Why))
	}
}

func (d *doctor) late(at time.Time, limit time.Duration) bool {
	return !at.IsZero() && d.env.now().Sub(at) > limit
}

// oldest is the age of the oldest of some times, 0 for none.
func (d *doctor) oldest(times ...time.Time) (age time.Duration) {
	for _, at := range times {
		if !at.IsZero() {
			age = max(age, d.env.now().Sub(at))
		}
	}
	return age
}

func (d *doctor) record(ctx context.Context, db *store.Store, v store.Vitals) {
	origin, err := db.Origin(ctx)
	there := 0
	if err == nil {
		there, err = db.Edition(ctx)
	}
	contents, unread := db.Record(ctx)
	switch {
	case err != nil || unread != nil:
		d.tell(broken, "record", "restore the last backup, as deploy/RUNBOOK.md says", "%s", sentence(cmp.Or(err, unread)))
		return
	case origin == store.Imported:
		d.tell(fine, "record", "", "your own, at change %d", v.Revision)
	case there > edition:
		d.tell(careful, "record", "update Parley, or go back with parley seed --force", "edition %d, at change %d; this Parley brings edition %d", there, v.Revision, edition)
	default:
		d.tell(fine, "record", "", "edition %d, at change %d", there, v.Revision)
	}
	if _, kept, err := db.Trained(match.Fingerprint(contents)); err == nil && kept {
		d.tell(fine, "learnt", "", "what is learnt of the record is kept beside the database")
	} else {
		d.tell(fine, "learnt", "", "nothing is kept, so the next start learns, for some twenty seconds")
	}
}
