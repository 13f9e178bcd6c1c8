// Package store keeps the record and what people asked in SQLite. The database is the curated truth; package seeds holds
// its reviewed copy.
//
// Every write is one atomic batch of statements (Apply) and every read one query (Query); decisions stand in the
// statements, ids and times come from the caller, and each write carries a key under which it can be repeated without
// being done twice (batch.go); batches that wait at the same time share a transaction (writer.go). On that stand the migrations
// (migrate.go), the record with all its revisions (record.go), seeding and importing (change.go), what curators edit (edit.go) and whom that
// concerns (correcting.go), what has been learnt from the record, beside the database (trained.go), the texts of its sources (document.go), the
// questions asked (question.go), and the path of a message: inbox.go, delivery.go, outbox.go, feedback.go, policy.go. What cannot be read is set aside
// (aside.go). What is kept no longer goes by retain.go, and of whom by forget.go; held.go lists what is held of a person. The file itself is the matter of
// file.go, and of owner.go, by which one process serves from it; backup.go copies it, look.go opens it to look at it, and vitals.go has its figures.
// What SQLite reports is turned into sentences for people in trouble.go.
package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver registers itself under "sqlite3"
)

// Store is one open database. Any number of goroutines may use it at once.
type Store struct {
	path   string
	file   os.FileInfo // what was opened
	writer *sql.DB
	writes *writer
	reader *sql.DB
}

// Open opens the database at path and brings it to the newest schema; a missing one is created, with its folder. The
// database must be Parley's own and no newer than this program: otherwise it is left untouched and the error is a *Trouble.
// A process opens a file once and shares the Store: reading its header a second time would drop the locks that POSIX keeps
// per process.
func Open(ctx context.Context, path string) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find the database: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, trouble(path, "create the folder of", err)
	}
	if err := probe(path); err != nil {
		return nil, err
	}
	if err := create(path); err != nil {
		return nil, err
	}
	s := &Store{path: path}
	if s.file, err = os.Stat(path); err != nil {
		return nil, trouble(path, "open", err)
	}
	if s.writer, err = sql.Open("sqlite3", dsn(path, writing)); err != nil {
		return nil, trouble(path, "open", err)
	}
	s.writer.SetMaxOpenConns(1)
	s.writes = newWriter(s.writer, path)
	if err := s.settle(ctx); err != nil {
		s.writes.close()
		return nil, errors.Join(err, s.writer.Close())
	}
	if s.reader, err = sql.Open("sqlite3", dsn(path, reading)); err != nil {
		s.writes.close()
		return nil, errors.Join(trouble(path, "open", err), s.writer.Close())
	}
	s.reader.SetMaxOpenConns(max(2, runtime.NumCPU()))
	return s, nil
}

// Options of the driver. Pragmas stand in the DSN, since set by Exec they would reach one pooled connection only. FULL makes
// a committed write survive a power cut; the driver's own defaults in WAL mode are NORMAL, and foreign keys off. For the lock of another program waits
// writer.go, which can stop waiting. What is deleted is overwritten, so that who is forgotten is not in the file any more. The statements of the path are
// some fifty, and a fifth of the time that SQLite takes for it goes into compiling them, so each connection keeps those that it used last.
const (
	writing = "mode=rwc&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=20&_foreign_keys=1&_txlock=immediate&_secure_delete=true&_stmt_cache_size=64"
	reading = "mode=ro&_query_only=1&_busy_timeout=5000&_foreign_keys=1&_stmt_cache_size=64"
)

// probe refuses a file that is not ours before SQLite sees it: opening it for writing would already switch another
// program's database to WAL, and even for reading would leave files beside it. It reads the header of the file
// (sqlite.org/fileformat2.html, section 1.3); an empty or unfinished one is left to settle.
func probe(path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return trouble(path, "open", err)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return fmt.Errorf("the database %s is a folder: name a file with --db", path)
	}
	header := make([]byte, 100)
	n, err := io.ReadFull(file, header)
	switch {
	case n == 0 && err == io.EOF:
		return nil
	case err != nil && err != io.ErrUnexpectedEOF:
		return trouble(path, "read", err)
	case n < len(header) || string(header[:16]) != "SQLite format 3\x00":
		return &Trouble{Foreign, path, errors.New("it is no SQLite file")}
	}
	const schemaFormatAt, applicationIDAt = 44, 68
	id := binary.BigEndian.Uint32(header[applicationIDAt:])
	if id != applicationID && (id != 0 || binary.BigEndian.Uint32(header[schemaFormatAt:]) != 0) {
		return &Trouble{Foreign, path, errors.New("its application id is another's")}
	}
	return nil
}

// settle migrates. Processes that create one database at the same time may find it locked while another switches it to
// WAL; SQLite does not wait for that by itself.
func (s *Store) settle(ctx context.Context) error {
	const pause = 50 * time.Millisecond
	for began := time.Now(); ; {
		err := s.migrate(ctx)
		var t *Trouble
		if !errors.As(err, &t) || t.Kind != Busy || time.Since(began) > lockPatience {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// dsn is the driver's name for a file, with every character of the path that means something in a URI escaped.
func dsn(path, options string) string {
	return fmt.Sprintf("file:%s?%s", (&url.URL{Path: path}).EscapedPath(), options)
}

// Path is the file that holds the database.
func (s *Store) Path() string { return s.path }

// Close waits for begun work and closes the database.
func (s *Store) Close() error {
	s.writes.close()
	if err := errors.Join(s.reader.Close(), s.writer.Close()); err != nil {
		return fmt.Errorf("close the database %s: %w", s.path, err)
	}
	return nil
}
