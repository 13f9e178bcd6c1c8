// Package store keeps the record and what people asked in SQLite. The database is the curated truth; package seeds holds
// its reviewed copy.
//
// Every write is one atomic batch of statements (Apply) and every read one query (Query); decisions stand in the
// statements, ids and times come from the caller, and each write carries a key under which it can be repeated without
// being done twice (batch.go). On that stand the migrations (migrate.go), the record with all its revisions (record.go,
// change.go) and the questions asked (question.go). What SQLite reports is turned into sentences for people in trouble.go.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	_ "github.com/mattn/go-sqlite3" // the driver registers itself under "sqlite3"
)

// Store is one open database. Any number of goroutines may use it at once.
type Store struct {
	path   string
	writer *sql.DB // one connection: SQLite has one writer, and waiting for it here is fair
	reader *sql.DB
}

// Open opens the database at path and brings it to the newest schema; a missing one is created, with its folder. The
// database must be Parley's own and no newer than this program: otherwise it is left untouched and the error is a *Trouble.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, trouble(path, "create the folder of", err)
	}
	s := &Store{path: path}
	// Pragmas stand in the DSN, since set by Exec they would reach one pooled connection only. FULL makes a committed write
	// survive a power cut; the driver's own defaults are NORMAL and foreign keys off.
	var err error
	s.writer, err = sql.Open("sqlite3", dsn(path, "mode=rwc&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=1&_txlock=immediate"))
	if err != nil {
		return nil, trouble(path, "open", err)
	}
	s.writer.SetMaxOpenConns(1)
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.writer.Close())
	}
	s.reader, err = sql.Open("sqlite3", dsn(path, "mode=ro&_query_only=1&_busy_timeout=5000&_foreign_keys=1"))
	if err != nil {
		return nil, errors.Join(trouble(path, "open", err), s.writer.Close())
	}
	s.reader.SetMaxOpenConns(max(2, runtime.NumCPU()))
	return s, nil
}

// dsn is the driver's name for a file, with every character of the path that means something in a URI escaped.
func dsn(path, options string) string {
	return fmt.Sprintf("file:%s?%s", (&url.URL{Path: path}).EscapedPath(), options)
}

// Path is the file that holds the database.
func (s *Store) Path() string { return s.path }

// Close waits for begun work and closes the database.
func (s *Store) Close() error {
	if err := errors.Join(s.reader.Close(), s.writer.Close()); err != nil {
		return fmt.Errorf("close the database %s: %w", s.path, err)
	}
	return nil
}
