package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
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
	results []Result
	err     error
	done    chan struct{}
}

// maxGroup bounds how many batches share a transaction, so that the first does not wait long for the last.
const maxGroup = 128

var errClosed = errors.New("it was closed")

func newWriter(db *sql.DB, path string) *writer {
	w := &writer{db: db, path: path, waiting: make(chan *waiting, maxGroup), closed: make(chan struct{}), ended: make(chan struct{})}
	w.stop = sync.OnceFunc(func() { close(w.closed) })
	go w.run()
	return w
}

// apply waits until the batch is durable or refused.
func (w *writer) apply(ctx context.Context, batch []Stmt) ([]Result, error) {
	one := &waiting{ctx: ctx, batch: batch, done: make(chan struct{})}
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
	if len(group) > 1 {
		committing, err := w.transact(context.Background(), group)
		if err == nil || committing {
			for _, one := range group {
				one.finish(err)
			}
			return
		}
	}
	for _, one := range group {
		_, err := w.transact(one.ctx, []*waiting{one})
		one.finish(err)
	}
}

func (one *waiting) finish(err error) {
	if err != nil {
		one.results, one.err = nil, err
	}
	close(one.done)
}

// transact runs batches in one transaction and reports whether it came as far as the commit.
func (w *writer) transact(ctx context.Context, group []*waiting) (committing bool, err error) {
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return false, trouble(w.path, "write to", err)
	}
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
