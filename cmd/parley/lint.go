package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"parley/answers"
	"parley/answers/lint"
	"parley/seeds"
	"parley/store"
)

func lintCommand() command {
	cmd := command{
		name:    "lint",
		args:    "[FOLDER]",
		summary: "checks the record, or a folder of YAML, against the editorial rules",
		examples: `
parley lint
parley lint seeds/record
parley lint --fix seeds/record     # also writes the files in canonical form`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		flags := cmd.flags(env)
		fix := flags.Bool("fix", false, "write the folder in canonical form once it has no problems")
		path, err := parseDatabase(flags, args, env)
		if err != nil {
			return 0, err
		}
		switch {
		case flags.NArg() > 1:
			return 0, usageError("Name one folder.")
		case flags.NArg() == 1:
			return lintFolder(flags.Arg(0), *fix, env)
		case *fix:
			return 0, usageError("--fix needs a folder.")
		}
		return lintDatabase(ctx, path, env)
	}
	return cmd
}

// lintFolder checks files, so that each problem comes with its place.
func lintFolder(folder string, fix bool, env environment) (int, error) {
	contents, err := loadFolder(folder)
	var problems seeds.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			p.File = filepath.Join(folder, filepath.FromSlash(p.File))
			fmt.Fprintln(env.stdout, p)
		}
		return told(env, len(problems))
	}
	if err != nil {
		return 0, err
	}
	if fix {
		if err := seeds.Write(folder, contents); err != nil {
			return 0, err
		}
	}
	misshapen, err := notCanonical(folder, contents)
	if err != nil {
		return 0, err
	}
	for _, name := range misshapen {
		fmt.Fprintf(env.stdout, "%s: is not in canonical form; `parley lint --fix %s` writes it so\n", filepath.Join(folder, name), folder)
	}
	if len(misshapen) > 0 {
		return told(env, len(misshapen))
	}
	return praised(env, contents)
}

// loadFolder reads the record from a folder of YAML.
func loadFolder(folder string) (answers.Contents, error) {
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return answers.Contents{}, usageError("There is no folder %s.", folder)
	}
	return seeds.Load(os.DirFS(folder))
}

// notCanonical lists the files that Format would write otherwise.
func notCanonical(folder string, contents answers.Contents) ([]string, error) {
	files, err := seeds.Format(contents)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if !bytes.Equal(data, files[name]) {
			names = append(names, name)
		}
	}
	return names, nil
}

func lintDatabase(ctx context.Context, path string, env environment) (int, error) {
	var contents answers.Contents
	if _, err := withRecord(ctx, path, env, func(db *store.Store) (err error) { contents, err = db.Record(ctx); return err }); err != nil {
		return 0, err
	}
	problems := lint.Lint(contents)
	for _, p := range problems {
		fmt.Fprintln(env.stdout, p)
	}
	if len(problems) > 0 {
		return told(env, len(problems))
	}
	return praised(env, contents)
}

func told(env environment, n int) (int, error) {
	noun := "problems"
	if n == 1 {
		noun = "problem"
	}
	fmt.Fprintf(env.stderr, "%d %s.\n", n, noun)
	return exitDeclined, nil
}

func praised(env environment, c answers.Contents) (int, error) {
	_, err := fmt.Fprintf(env.stdout, "No problem in %d sources, %d claims, %d disputes, %d entries and %d gold questions.\n",
		len(c.Sources), len(c.Claims), len(c.Disputes), len(c.Entries), len(c.Gold))
	return exitAnswered, err
}
