package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"parley/seeds"
	"parley/store"
)

func importCommand() command {
	cmd := command{
		name:    "import",
		args:    "FOLDER",
		summary: "makes the record equal to a folder of YAML, all of it or nothing",
		examples: `
parley import --why "restored from git" record
parley import --db newsroom.db --by desk record`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		path := databaseFlag(fs, env)
		by := fs.String("by", cmp.Or(env.getenv("USER"), "curator"), "who makes the change, as the history shows it; a `NAME`")
		why := fs.String("why", "imported from a folder", "the `REASON`, as the history shows it")
		if err := parse(fs, args); err != nil {
			return 0, err
		}
		if fs.NArg() != 1 {
			return 0, usageError("Name the folder to read from.")
		}
		contents, err := loadFolder(fs.Arg(0))
		var problems seeds.Problems
		if errors.As(err, &problems) {
			fmt.Fprintln(env.stdout, problems)
			status, _ := told(env, len(problems))
			fmt.Fprintln(env.stderr, "Nothing was imported.")
			return status, nil
		}
		if err != nil {
			return 0, err
		}
		db, err := openStore(ctx, *path, env)
		if err != nil {
			return 0, err
		}
		ch := store.Change{ID: env.newID(), At: env.now(), Author: *by, Why: *why}
		tally, err := db.Import(ctx, ch, contents)
		if err = errors.Join(err, db.Close()); err != nil {
			return 0, err
		}
		fmt.Fprintf(env.stdout, "%s: %s.\n", db.Path(), inWords(tally))
		return exitAnswered, nil
	}
	return cmd
}
