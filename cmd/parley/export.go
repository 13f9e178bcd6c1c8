package main

import (
	"context"
	"errors"
	"fmt"

	"parley/seeds"
)

func exportCommand() command {
	cmd := command{
		name:    "export",
		args:    "FOLDER",
		summary: "writes the record into a folder as YAML, one that git can keep",
		examples: `
parley export record
parley export seeds/record      # the reviewed copy that comes with Parley`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		path := databaseFlag(fs, env)
		if err := parse(fs, args); err != nil {
			return 0, err
		}
		if fs.NArg() != 1 {
			return 0, usageError("Name the folder to write to.")
		}
		db, err := openRecord(ctx, *path, env)
		if err != nil {
			return 0, err
		}
		contents, err := db.Record(ctx)
		if err = errors.Join(err, db.Close()); err != nil {
			return 0, err
		}
		if err := seeds.Write(fs.Arg(0), contents); err != nil {
			return 0, err
		}
		fmt.Fprintf(env.stdout, "%s: %d sources, %d claims, %d disputes and %d entries written.\n",
			fs.Arg(0), len(contents.Sources), len(contents.Claims), len(contents.Disputes), len(contents.Entries))
		return exitAnswered, nil
	}
	return cmd
}
