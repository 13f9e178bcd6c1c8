package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as a Parley database (sqlite.org/pragma.html#pragma_application_id): "Parl" in ASCII.
const applicationID = 0x5061726c

// migrate brings the database to the newest schema, one batch a step. Processes that start at the same time may both
// try: the second finds the step done.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := migrationSteps()
	if err != nil {
		return err
	}
	version, err := schema(ctx, s.writer, s.path)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return &Trouble{Newer, s.path, fmt.Errorf("schema %d is newer than %d", version, len(steps))}
	}
	for ; version < len(steps); version++ {
		script, err := migrations.ReadFile(steps[version])
		if err != nil {
			return err
		}
		_, err = s.Apply(ctx,
			Stmt{SQL: "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY) STRICT"},
			Stmt{SQL: "INSERT INTO schema_version (version) VALUES (?)", Args: []any{version + 1}},
			Stmt{SQL: string(script)},
			Stmt{SQL: fmt.Sprintf("PRAGMA application_id = %d", applicationID)},
		)
		if err != nil {
			if now, again := schema(ctx, s.writer, s.path); again == nil && now > version {
				continue // another process was faster
			}
			return err
		}
	}
	return nil
}

// migrationSteps lists the migrations in order.
func migrationSteps() ([]string, error) {
	steps, err := fs.Glob(migrations, "migrations/*.sql")
	slices.Sort(steps)
	return steps, err
}

// schema reads the version of the schema, 0 for an empty file, and refuses files that are not ours.
func schema(ctx context.Context, db *sql.DB, path string) (int, error) {
	var id, tables int
	// One statement, so that it cannot fall between the halves of another process's migration.
	err := query(ctx, db, path, Stmt{SQL: "SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id"},
		func(rows *sql.Rows) error { return rows.Scan(&id, &tables) })
	if err != nil {
		return 0, err
	}
	switch {
	case id == applicationID:
	case id == 0 && tables == 0:
		return 0, nil
	default:
		return 0, &Trouble{Foreign, path, errors.New("its application id is another's")}
	}
	version, _, err := one[int](ctx, db, path, Stmt{SQL: "SELECT coalesce(max(version), 0) FROM schema_version"})
	return version, err
}
