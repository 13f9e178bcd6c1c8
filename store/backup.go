package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// ErrBackedUp means that a good backup was made, but the database could not be told when: the metric of the last backup is behind.
var ErrBackedUp = errors.New("the backup is good, but the database could not note its time")

// Backup copies the database at path, as it is at one moment, into a new file that only its owner may read, and returns the bytes of that. Others
// may read and write the database meanwhile, a serving Parley of any version among them: the schema stays as it is. The copy is checked, and
// has its name only when it is whole and on the disk. What is there by that name is never touched. Nobody in this process may have the
// database open.
func Backup(ctx context.Context, path, to string, at time.Time) (size int64, err error) {
	if path, err = existing(path); err != nil {
		return 0, err
	}
	if err := vacant(to); err != nil {
		return 0, err
	}
	part, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".part") // which has mode 0600
	if err != nil {
		return 0, fmt.Errorf("create the backup: %w", err)
	}
	defer os.Remove(part.Name()) // does nothing once it has its name
	if err := errors.Join(copyInto(ctx, path, part.Name()), part.Sync(), part.Close()); err != nil {
		return 0, fmt.Errorf("back up into %s: %w", to, err)
	}
	if err := checkCopy(ctx, part.Name()); err != nil {
		return 0, fmt.Errorf("check the backup %s, which was not kept: %w", to, err)
	}
	info, err := os.Stat(part.Name())
	if err != nil {
		return 0, fmt.Errorf("look at the backup: %w", err)
	}
	if err := vacant(to); err != nil {
		return 0, err
	}
	if err := errors.Join(os.Rename(part.Name(), to), syncFolder(filepath.Dir(to))); err != nil {
		return 0, fmt.Errorf("name the backup: %w", err)
	}
	if err := noteBackup(ctx, path, at); err != nil {
		return info.Size(), errors.Join(ErrBackedUp, err)
	}
	return info.Size(), nil
}

// existing is the absolute name of a database that is there and ours.
func existing(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find the database: %w", err)
	}
	if _, err := os.Stat(path); err != nil {
		return "", trouble(path, "open", err)
	}
	return path, probe(path)
}

// vacant refuses a name that something has.
func vacant(to string) error {
	switch _, err := os.Lstat(to); {
	case err == nil:
		return fmt.Errorf("there is a file %s already, and it was left as it is: name another", to)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	default:
		return fmt.Errorf("look for the file %s: %w", to, err)
	}
}

// copyInto writes the database, without what is free in it, into an empty file (sqlite.org/lang_vacuum.html, "VACUUM with an INTO clause").
func copyInto(ctx context.Context, path, file string) error {
	db, err := sql.Open("sqlite3", dsn(path, "mode=ro&_busy_timeout=5000"))
	if err != nil {
		return trouble(path, "open", err)
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", file)
	if err != nil {
		err = trouble(path, "copy", err)
	}
	return errors.Join(err, db.Close())
}

// checkCopy checks a copy that nobody else uses.
func checkCopy(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite3", dsn(file, "mode=ro&immutable=1"))
	if err != nil {
		return err
	}
	found, err := sound(ctx, db, file)
	if err == nil && found != "ok" {
		err = errors.New(found)
	}
	return errors.Join(err, db.Close())
}

func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func noteBackup(ctx context.Context, path string, at time.Time) error {
	db, err := sql.Open("sqlite3", dsn(path, "mode=rw&_busy_timeout=5000&_txlock=immediate"))
	if err != nil {
		return trouble(path, "open", err)
	}
	_, err = db.ExecContext(ctx, "INSERT INTO meta (key, value) VALUES ('backup', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", stamp(at))
	if err != nil {
		err = trouble(path, "write to", err)
	}
	return errors.Join(err, db.Close())
}
