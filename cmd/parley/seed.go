package main

import (
	"context"
	"errors"
	"fmt"

	"parley/store"
)

func seedCommand() command {
	cmd := command{
		name:    "seed",
		summary: "brings the record that comes with this version into the database",
		examples: `
parley seed
parley seed --db newsroom.db`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		path := databaseFlag(fs, env)
		if err := parse(fs, args); err != nil {
			return 0, err
		}
		if fs.NArg() > 0 {
			return 0, usageError("seed takes nothing but flags.")
		}
		db, err := openStore(ctx, *path, env)
		if err != nil {
			return 0, err
		}
		tally, err := seed(ctx, db, env)
		if err == nil {
			var origin store.Origin
			if origin, err = db.Origin(ctx); origin == store.Imported {
				err = store.ErrImported // opening passes over such a database, but this was asked for
			}
		}
		if err = errors.Join(err, db.Close()); err != nil {
			return 0, err
		}
		fmt.Fprintf(env.stdout, "%s: %s.\n", db.Path(), inWords(tally))
		return exitAnswered, nil
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
