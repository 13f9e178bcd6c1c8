package main

import (
	"context"
	"fmt"

	"parley/seeds"
	"parley/store"
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
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() != 1 {
			return 0, usageError("Name the folder to write to.")
		}
		return withRecord(ctx, path, env, func(db *store.Store) error {
			contents, err := db.Record(ctx)
			if err != nil {
				return err
			}
			if err := seeds.Write(fs.Arg(0), contents); err != nil {
				return err
			}
			_, err = fmt.Fprintf(env.stdout, "%s: %d sources, %d claims, %d disputes and %d entries written.\n",
				fs.Arg(0), len(contents.Sources), len(contents.Claims), len(contents.Disputes), len(contents.Entries))
			return err
		})
	}
	return cmd
}
