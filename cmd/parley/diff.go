package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/rogpeppe/go-internal/diff"

	"parley/answers"
	"parley/bot/terminal"
	"parley/seeds"
	"parley/store"
)

func diffCommand() command {
	cmd := command{
		name:    "diff",
		args:    "ID [vN [vM]]",
		summary: "shows what differs between two revisions of an item",
		examples: `
parley diff {entry}            # the last two
parley diff {entry} v1         # v1 and the newest
parley diff {entry} v1 v3`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		name, revisions, err := itemArgs(fs.Args(), 2)
		if err != nil {
			return 0, err
		}
		return withRecord(ctx, path, env, func(db *store.Store) error { return compare(ctx, db, name, revisions, env) })
	}
	return cmd
}

func compare(ctx context.Context, db *store.Store, name string, revisions []int, env environment) error {
	ref, err := namedItem(ctx, db, name, citedNouns(), env)
	if err != nil {
		return err
	}
	list, err := history(ctx, db, ref)
	if err != nil {
		return err
	}
	newest := list[len(list)-1].Number
	from, to := newest-1, newest
	switch {
	case len(revisions) > 0:
		from = revisions[0]
		if len(revisions) > 1 {
			to = revisions[1]
		}
	case len(list) == 1:
		_, err := fmt.Fprintf(env.stdout, "There is only v%d of %s, so nothing differs.\n", newest, fullName(ref))
		return err
	}
	var texts [2][]byte
	var names [2]string
	for i, n := range []int{from, to} {
		if texts[i], err = yamlAt(ctx, db, list, answers.Ref{Noun: ref.Noun, ID: ref.ID, Revision: n}, env.fold()-1); err != nil {
			return err
		}
		names[i] = fmt.Sprintf("%s v%d", fullName(ref), n)
	}
	if bytes.Equal(texts[0], texts[1]) {
		_, err := fmt.Fprintf(env.stdout, "%s and v%d are the same.\n", names[0], to)
		return err
	}
	_, err = fmt.Fprint(env.stdout, terminal.PrintableLines(difference(names[0], texts[0], names[1], texts[1])))
	return err
}

// difference shows which lines differ between two texts.
func difference(oldName string, old []byte, newName string, new []byte) string {
	_, text, _ := bytes.Cut(diff.Diff(oldName, old, newName, new), []byte("\n")) // the first line is a command
	return string(text)
}

// yamlAt is an item at one of its revisions; nothing if it was removed then.
func yamlAt(ctx context.Context, db *store.Store, list []store.Revision, ref answers.Ref, width int) ([]byte, error) {
	r, err := at(list, ref, ref.Revision)
	if err != nil || r.Removed {
		return nil, err
	}
	contents, _, err := db.Item(ctx, ref)
	if err != nil {
		return nil, err
	}
	return seeds.FormatItem(contents, width)
}
