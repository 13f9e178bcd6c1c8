package main

import (
	"context"
	"fmt"

	"parley/store"
)

func seedCommand() command {
	cmd := command{
		name:    "seed",
		summary: "brings the record that comes with this version into the database",
		examples: `
parley seed
parley seed --db newsroom.db
parley seed --force             # after going back to an older Parley`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		force := fs.Bool("force", false, "go back to the record of this version even from that of a later one")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() > 0 {
			return 0, usageError("seed takes nothing but flags.")
		}
		return withStore(ctx, path, env, func(db *store.Store) error {
			tally, err := seed(ctx, db, *force, env)
			if err != nil {
				return err
			}
			origin, err := db.Origin(ctx)
			if origin == store.Imported {
				err = store.ErrImported // opening passes over such a database, but this was asked for
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(env.stdout, "%s: %s.\n", db.Path(), inWords(tally))
			return err
		})
	}
	return cmd
}

// inWords counts what a change did, in words.
func inWords(t store.Tally) string {
	if t == (store.Tally{}) {
		return "nothing to do, the record is up to date"
	}
	text := fmt.Sprintf("%d added, %d changed, %d removed", t.Added, t.Changed, t.Removed)
	if t.Kept > 0 {
		text += fmt.Sprintf(", %d left as a curator made them", t.Kept)
	}
	return text
}
