package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parley/answers"
	"parley/seeds"
	"parley/seeds/faq"
	"parley/store"
)

func exportCommand() command {
	cmd := command{
		name:    "export",
		args:    "FOLDER | FILE",
		summary: "writes the record into a folder as YAML, one that git can keep",
		examples: `
parley export record
parley export --format csv answers.csv   # the answers, for a spreadsheet
parley export seeds/record      # the reviewed copy that comes with Parley`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		flags := cmd.flags(env)
		format := flags.String("format", "yaml", "the `FORMAT`: yaml, a folder, or csv, a file")
		path, err := parseDatabase(flags, args, env)
		if err != nil {
			return 0, err
		}
		if flags.NArg() != 1 {
			return 0, usageError("Name the folder or file to write to.")
		}
		switch *format {
		case "yaml":
		case "csv":
			return exportTable(ctx, path, flags.Arg(0), env)
		default:
			return 0, usageError("The format %q is neither yaml nor csv.", *format)
		}
		return withRecord(ctx, path, env, func(db *store.Store) error {
			contents, err := db.Record(ctx)
			if err != nil {
				return err
			}
			dir := flags.Arg(0)
			there, err := filesOf(dir)
			if err == nil {
				err = notOthers(dir, there, contents)
			}
			if err != nil {
				return err
			}
			if err := seeds.Write(dir, contents); err != nil {
				return err
			}
			for _, name := range there {
				if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
					fmt.Fprintf(env.stderr, "Removed, since it holds nothing any more: %s\n", filepath.Join(dir, name))
				}
			}
			_, err = fmt.Fprintf(env.stdout, "%s: %d sources, %d claims, %d disputes and %d entries written.\n",
				dir, len(contents.Sources), len(contents.Claims), len(contents.Disputes), len(contents.Entries))
			return err
		})
	}
	return cmd
}

// exportTable writes the answers as CSV, which import reads back.
func exportTable(ctx context.Context, path, name string, env environment) (int, error) {
	return withRecord(ctx, path, env, func(db *store.Store) error {
		contents, err := db.Record(ctx)
		if err != nil {
			return err
		}
		var table bytes.Buffer
		if err := faq.Write(&table, contents); err != nil {
			return err
		}
		if err := os.WriteFile(name, table.Bytes(), 0o644); err != nil {
			return fmt.Errorf("write the answers: %w", err)
		}
		_, err = fmt.Fprintf(env.stdout, "%s: written.\n", name)
		return err
	})
}

// notOthers refuses a folder in which files of others could be replaced or removed: one with .yaml files that are no record.
func notOthers(dir string, there []string, contents answers.Contents) error {
	if len(there) == 0 {
		return nil
	}
	_, err := seeds.Load(os.DirFS(dir))
	var problems seeds.Problems
	if !errors.As(err, &problems) {
		return err
	}
	files, err := seeds.Format(contents)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("the folder %s holds other files than a record, so nothing was written: name a new folder, or mend this one. The first problem is %s",
		dir, filepath.Join(dir, problems[0].String()))
	surplus := slices.DeleteFunc(slices.Clone(there), func(name string) bool { return files[name] != nil || !strings.Contains(name, "/") })
	if len(surplus) > 0 {
		text += ". It would remove " + enumerated(surplus, "and")
	}
	return errors.New(text)
}

// filesOf lists the .yaml files of a folder and of those right below it, where a record has its own; none if there is no folder.
func filesOf(dir string) ([]string, error) {
	var names []string
	for _, pattern := range []string{"*.yaml", "*/*.yaml"} {
		found, err := fs.Glob(os.DirFS(dir), pattern)
		if err != nil {
			return nil, fmt.Errorf("look into the folder %s: %w", dir, err)
		}
		names = append(names, found...)
	}
	return names, nil
}
