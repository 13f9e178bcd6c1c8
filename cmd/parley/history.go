package main

import (
	"context"
	"fmt"

	"parley/bot"
	"parley/bot/compose"
	"parley/store"
)

func historyCommand() command {
	cmd := command{
		name:    "history",
		args:    "ID",
		summary: "lists the revisions of an item: who, when, why, what readers were told",
		examples: `
parley history {entry}
parley history --json topics/{topic}`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		name, _, err := itemArgs(fs.Args(), 0)
		if err != nil {
			return 0, err
		}
		return withRecord(ctx, path, env, func(db *store.Store) error { return listHistory(ctx, db, name, *asJSON, env) })
	}
	return cmd
}

func listHistory(ctx context.Context, db *store.Store, name string, asJSON bool, env environment) error {
	ref, err := namedItem(ctx, db, name, citedNouns(), env)
	if err != nil {
		return err
	}
	list, err := history(ctx, db, ref)
	if err != nil {
		return err
	}
	if asJSON {
		all := make([]revisionJSON, len(list))
		for i, r := range list {
			all[i] = asRevisionJSON(ref, r)
		}
		return writeJSON(env, all)
	}
	var parts []compose.Part
	for _, r := range list {
		p := compose.Part{Role: compose.RoleList, Heading: fmt.Sprintf("%s v%d, %s, by %s: %s", fullName(ref), r.Number, minute(r.At), r.Author, kindOf(r))}
		p.Items = reasons(r.Class, r.Why, r.Wrong, r.Right)
		if r.Removed {
			p.Items = append(p.Items, compose.Item{Text: "It was removed."})
		}
		parts = append(parts, p)
	}
	return env.show(parts...)
}

// show writes parts as a reply in the terminal has them.
func (e environment) show(parts ...compose.Part) error {
	_, err := fmt.Fprint(e.stdout, e.screen.Render(bot.Reply{Parts: parts}))
	return err
}
