package main

import (
	"context"
	"fmt"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/store"
)

func retractCommand() command {
	cmd := command{
		name:    "retract",
		args:    "ID",
		summary: "withdraws an entry, or a claim with all that stands on it",
		examples: `
parley retract --why "The report was withdrawn by its publisher." {entry}
parley retract --dry-run --why "It was mistranslated." {claim}`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		flags := changingFlags(fs, env, "why, a `SENTENCE` for readers: they are told it in place of the answer")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		item, _, err := itemArgs(fs.Args(), 0)
		if err != nil {
			return 0, err
		}
		by, err := author(*flags.by)
		if err != nil {
			return 0, err
		}
		why := answers.OneLine(*flags.why)
		if why == "" {
			return 0, usageError("Readers are told why it is withdrawn: say it with --why, in a sentence.")
		}
		return withBot(ctx, path, env, func(db *store.Store, parley *bot.Bot) (int, error) {
			ref, err := namedItem(ctx, db, item, []answers.Noun{answers.NounEntry, answers.NounClaim}, env)
			if err != nil {
				return 0, err
			}
			contents, err := db.Record(ctx)
			if err != nil {
				return 0, err
			}
			patch, err := contents.Retract(ref.Noun, ref.ID, why)
			if err != nil {
				return 0, usageError("%s", capital(err.Error())+".")
			}
			ask := env.dialogue()
			return proposal{
				edit: store.Edit{Patch: patch, Base: patch.Base()},
				change: store.Change{
					ID: env.newID(), At: env.now(), Author: by, Why: why, Class: answers.Withdrawal, Wrong: why,
				},
				about: falling(contents, patch), dryRun: *flags.dryRun,
				agreed: func() bool { return *flags.yes || ask.agrees("Withdraw?") },
			}.publish(ctx, db, parley, env)
		})
	}
	return cmd
}

// falling tells what is withdrawn, and what falls with it.
func falling(c answers.Contents, p answers.Patch) []compose.Part {
	var withdrawn, fallen []compose.Item
	for _, claim := range p.Put.Claims {
		withdrawn = append(withdrawn, compose.Item{Label: "claims/" + string(claim.ID), Text: claim.Text})
	}
	for _, e := range p.Put.Entries {
		if e.State == answers.Retracted {
			withdrawn = append(withdrawn, compose.Item{Label: "entries/" + string(e.ID), Text: e.Question})
		} else {
			fallen = append(fallen, compose.Item{Label: "entries/" + string(e.ID), Text: "no longer points to what is withdrawn"})
		}
	}
	before := map[answers.DisputeID]answers.Dispute{}
	for _, d := range c.Disputes {
		before[d.ID] = d
	}
	for _, d := range p.Put.Disputes {
		text := "loses what its sides agree on"
		if n := len(before[d.ID].Positions) - len(d.Positions); n > 0 {
			text = fmt.Sprintf("loses %d of its %d positions", n, len(before[d.ID].Positions))
		}
		fallen = append(fallen, compose.Item{Label: "disputes/" + string(d.ID), Text: text})
	}
	for _, r := range p.Remove {
		switch r.Noun {
		case answers.NounDispute:
			fallen = append(fallen, compose.Item{Label: fullName(r), Text: "ends, because fewer than two positions are left"})
		default:
			fallen = append(fallen, compose.Item{Label: fullName(r), Text: "ends with it"})
		}
	}
	parts := []compose.Part{{Role: compose.RoleList, Heading: "This is withdrawn:", Items: withdrawn}}
	if len(fallen) > 0 {
		parts = append(parts, compose.Part{Role: compose.RoleList, Heading: "What changes with it:", Items: fallen})
	}
	return parts
}
