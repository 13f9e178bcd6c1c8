package main

import (
	"context"
	"fmt"

	"parley/store"
)

func backupCommand() command {
	cmd := command{
		name:    "backup",
		args:    "FILE",
		summary: "copies the database into a new file while it is in use, and checks it",
		examples: `
parley backup /srv/backup/parley-2026-11-29.db
parley backup --db newsroom.db newsroom-backup.db`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		flagged, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() != 1 || fs.Arg(0) == "" {
			return 0, usageError("Name the file to back up into.")
		}
		path, err := databasePath(flagged, env)
		if err != nil {
			return 0, err
		}
		size, err := store.Backup(ctx, path, fs.Arg(0), env.now())
		if size > 0 {
			fmt.Fprintf(env.stdout, "Backed up into %s: %s, whole.\n", fs.Arg(0), megabytes(size))
		}
		return exitAnswered, err
	}
	return cmd
}

// megabytes is a size for people.
func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
