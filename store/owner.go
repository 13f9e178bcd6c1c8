package store

import (
	"context"
	"database/sql"
	"fmt"
)

// AcquireServeLock makes this process the only one that serves platforms from the database, until release is called or the process is gone, however it
// goes. So what others had begun is nobody's any more, and can be taken up at once. Where another process is the owner, the error is
// a *Trouble.
//
// The right belongs to the file, by whatever name it was opened. It is a lock that SQLite holds on a file of its own beside the database: it
// works wherever SQLite does, and none stays behind.
func (s *Store) AcquireServeLock(ctx context.Context) (release func() error, err error) {
	path, err := real(s.path)
	if err != nil {
		return nil, err
	}
	path += "-owner"
	if err := create(path); err != nil {
		return nil, err
	}
	lock, err := sql.Open("sqlite3", dsn(path, "mode=rwc&_busy_timeout=0&_txlock=exclusive"))
	if err != nil {
		return nil, trouble(path, "open", err)
	}
	lock.SetMaxOpenConns(1)
	tx, err := lock.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		_ = lock.Close() // nothing is in it
		if kind, _ := kindOf(err); kind == Busy {
			return nil, &Trouble{Owned, s.path, fmt.Errorf("lock %s: %w", path, err)}
		}
		return nil, trouble(path, "lock", err)
	}
	_, err = s.Apply(ctx,
		Stmt{SQL: "UPDATE inbox SET lease = '' WHERE done_at IS NULL AND platform <> 'terminal'"},
		Stmt{SQL: "UPDATE outbox SET lease = '' WHERE state IN ('queued', 'sending') AND platform <> 'terminal'"},
	)
	if err != nil {
		_ = tx.Rollback()
		_ = lock.Close()
		return nil, err
	}
	return func() error {
		_ = tx.Rollback() // nothing was written
		if err := lock.Close(); err != nil {
			return trouble(path, "close", err)
		}
		return nil
	}, nil
}
