package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// writer applies batches one transaction after another. Batches that wait at the same time share a transaction, and with it the one
// flush to the disk that makes it durable (group commit): under load that is what costs.
type writer struct {
	db      *sql.DB // one connection: SQLite has one writer
	path    string
	waiting chan *waiting
	closed  chan struct{}
	stop    func()
	ended   chan struct{}
}

// waiting is a batch whose caller waits for its outcome.
type waiting struct {
	ctx     context.Context
	batch   []Stmt
	since   time.Time
	stage   atomic.Int32
	results []Result
	err     error
	done    chan struct{}
}

// The stages of a batch: it waits until the writer has the lock and takes it, or its caller withdraws it.
const (
	waits int32 = iota
	taken
	withdrawn
)

// How long a batch waits for the lock that another program holds, and how often it is asked for: SQLite itself would wait without an eye to the end of
// anybody's context.
const (
	lockPatience = 5 * time.Second
	lockPause    = 10 * time.Millisecond
)

// maxGroup bounds how many batches share a transaction, so that the first does not wait long for the last.
const maxGroup = 128

var errClosed = errors.New("it was closed")

func newWriter(db *sql.DB, path string) *writer {
	w := &writer{db: db, path: path, waiting: make(chan *waiting, maxGroup), closed: make(chan struct{}), ended: make(chan struct{})}
	w.stop = sync.OnceFunc(func() { close(w.closed) })
	go w.run()
	return w
}

// apply waits until the batch is durable or refused, or until ctx ends. If the batch still waits then, nothing has happened; else it may take effect.
func (w *writer) apply(ctx context.Context, batch []Stmt) ([]Result, error) {
	one := &waiting{ctx: ctx, batch: batch, since: time.Now(), done: make(chan struct{})}
	select {
	case <-w.closed:
		return nil, trouble(w.path, "write to", errClosed)
	default:
	}
	select {
	case w.waiting <- one:
	case <-ctx.Done():
		return nil, trouble(w.path, "write to", ctx.Err())
	case <-w.closed:
		return nil, trouble(w.path, "write to", errClosed)
	}
	select {
	case <-one.done:
		return one.results, one.err
	case <-ctx.Done():
		one.stage.CompareAndSwap(waits, withdrawn)
		return nil, trouble(w.path, "write to", ctx.Err())
	case <-w.ended:
	}
	select {
	case <-one.done:
		return one.results, one.err
	default:
		return nil, trouble(w.path, "write to", errClosed)
	}
}

// close ends the writer after the batches that wait.
func (w *writer) close() {
	w.stop()
	<-w.ended
}

func (w *writer) run() {
	defer close(w.ended)
	for {
		select {
		case first := <-w.waiting:
			w.commitGroup(w.gather(first))
		case <-w.closed:
			for {
				select {
				case first := <-w.waiting:
					w.commitGroup(w.gather(first))
				default:
					return
				}
			}
		}
	}
}

// gather adds what waits besides.
func (w *writer) gather(first *waiting) []*waiting {
	group := []*waiting{first}
	for len(group) < maxGroup {
		select {
		case next := <-w.waiting:
			group = append(group, next)
		default:
			return group
		}
	}
	return group
}

// commitGroup applies a group in one transaction. If one batch is refused, nothing of the group has happened, and each is tried by
// itself. A group whose commit failed is not tried again: it may have taken effect.
func (w *writer) commitGroup(group []*waiting) {
	tx, group := w.begin(group)
	if tx == nil {
		return
	}
	if len(group) == 1 {
		_, err := w.transact(group[0].ctx, tx, group)
		group[0].finish(err)
		return
	}
	committing, err := w.transact(context.Background(), tx, group)
	if err == nil || committing {
		for _, one := range group {
			one.finish(err)
		}
		return
	}
	for _, one := range group {
		one.stage.Store(waits)
		if tx, alone := w.begin([]*waiting{one}); tx != nil {
			_, err := w.transact(one.ctx, tx, alone)
			one.finish(err)
		}
	}
}

// begin begins a transaction for those of a group that still wait when there is one. A batch that cannot be begun is finished with the reason. Without
// a transaction there is nothing left of the group.
func (w *writer) begin(group []*waiting) (*sql.Tx, []*waiting) {
	for {
		tx, err := w.db.BeginTx(context.Background(), nil)
		kind, _ := kindOf(err)
		var rest []*waiting
		for _, one := range group {
			switch {
			case err == nil && one.stage.CompareAndSwap(waits, taken):
				rest = append(rest, one)
			case err == nil || one.stage.Load() == withdrawn:
			case kind == Busy && time.Since(one.since) < lockPatience:
				rest = append(rest, one)
			default:
				one.finish(trouble(w.path, "write to", err))
			}
		}
		if group = rest; len(group) == 0 && tx != nil {
			_ = tx.Rollback() // nothing is in it
			tx = nil
		}
		if tx != nil || len(group) == 0 {
			return tx, group
		}
		time.Sleep(lockPause)
	}
}

func (one *waiting) finish(err error) {
	if err != nil {
		one.results, one.err = nil, err
	}
	close(one.done)
}

// transact runs batches in a transaction, which it ends, and reports whether it came as far as the commit.
func (w *writer) transact(ctx context.Context, tx *sql.Tx, group []*waiting) (committing bool, err error) {
	defer tx.Rollback() // does nothing after a commit
	for _, one := range group {
		one.results = make([]Result, len(one.batch))
		for i, stmt := range one.batch {
			r, err := tx.ExecContext(ctx, stmt.SQL, stmt.Args...)
			if err != nil {
				return false, trouble(w.path, "write to", err)
			}
			if one.results[i].Changed, err = r.RowsAffected(); err != nil {
				return false, trouble(w.path, "write to", err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		return true, trouble(w.path, "write to", err)
	}
	return true, nil
}
