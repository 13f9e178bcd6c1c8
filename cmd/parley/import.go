package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"parley/answers"
	"parley/seeds"
	"parley/store"
)

func importCommand() command {
	cmd := command{
		name:    "import",
		args:    "FOLDER",
		summary: "makes the record equal to a folder of YAML, or takes in a FAQ",
		examples: `
parley import --why "restored from git" record
parley import --db newsroom.db --by desk record
parley import --format csv --db faq.db faq.csv`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		by := fs.String("by", cmp.Or(env.getenv("USER"), "curator"), "who makes the change, as the history shows it; a `NAME`")
		why := fs.String("why", "imported from a folder", "the `REASON`, as the history shows it")
		format := fs.String("format", "yaml", "the `FORMAT`: yaml (a folder) or csv (answer,question rows)")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() != 1 {
			return 0, usageError("Name the folder or file to read from.")
		}
		load := loadFolder
		switch *format {
		case "yaml":
		case "csv":
			load = func(name string) (answers.Contents, error) { return loadFAQ(name, env) }
		default:
			return 0, usageError("The format %q is neither yaml nor csv.", *format)
		}
		contents, err := load(fs.Arg(0))
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
		return withStore(ctx, path, env, func(db *store.Store) error {
			if *format == "csv" {
				origin, err := db.Origin(ctx)
				if err == nil && origin != store.Fresh {
					err = usageError("A FAQ goes into a database of its own: name a new file with --db.")
				}
				if err != nil {
					return err
				}
			}
			tally, err := db.Import(ctx, store.Change{ID: env.newID(), At: env.now(), Author: *by, Why: *why}, contents)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(env.stdout, "%s: %s.\n", db.Path(), inWords(tally))
			return err
		})
	}
	return cmd
}

// loadFAQ reads a FAQ, and tells which of its questions stand there twice.
func loadFAQ(name string, env environment) (answers.Contents, error) {
	file, err := os.Open(name)
	if err != nil {
		return answers.Contents{}, usageError("There is no file %s.", name)
	}
	defer file.Close()
	contents, repeated, err := seeds.FAQ(file, filepath.Base(name), answers.DateOf(env.now()))
	if len(repeated) > 0 {
		fmt.Fprintf(env.stderr, "%s\n%d rows were left out, because their question has another answer above.\n", repeated, len(repeated))
	}
	return contents, err
}
