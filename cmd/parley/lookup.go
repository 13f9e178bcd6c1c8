package main

import (
	"context"
	"errors"
	"strings"

	"parley/answers"
	"parley/bot"
)

// lookUpCommands are the listings of the record; the slash commands offer the same ones.
func lookUpCommands() []command {
	return []command{
		lookUp(answers.IntentClaims, "lists claims, all or those on a name, topic, source, place or date", `
parley claims macron
parley claims territory
parley claims The Post
parley claims macron August 2025
parley claims --as-of 2025-08-18 witkoff`),
		lookUp(answers.IntentTimeline, "lists claims in order of time", `
parley timeline
parley timeline paris
parley timeline 18 August 2025
parley timeline nato membership`),
		lookUp(answers.IntentWho, "lists the people and bodies of the record, or shows one", `
parley who
parley who witkoff`),
		lookUp(answers.IntentSources, "lists the documents that the record stands on", `
parley sources
parley sources macron`),
		lookUp(answers.IntentDisputes, "shows where sources disagree, side by side", `
parley disputes
parley disputes troops`),
		lookUp(answers.IntentLatest, "shows what the newest source says and what has updated what", `
parley latest
parley latest russia
parley latest --as-of 2025-08-31`),
		lookUp(answers.IntentUnresolved, "shows what the sources call open, and where they disagree", `
parley unresolved
parley unresolved donbas`),
		lookUp(answers.IntentCoverage, "counts what the record holds by topic, and how fresh it is", `
parley coverage
parley coverage troops
parley coverage --json`),
	}
}

func lookUp(intent answers.Intent, summary, examples string) command {
	cmd := command{name: string(intent), args: "[TERM...]", summary: summary, examples: examples}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		asOf := dayFlag(fs)
		path := databaseFlag(fs, env)
		if err := parse(fs, args); err != nil {
			return 0, err
		}
		db, parley, err := openBot(ctx, *path, env)
		if err != nil {
			return 0, err
		}
		e := bot.Event{Want: intent, Text: strings.Join(fs.Args(), " "), AsOf: asOf.Date}
		status, err := once(ctx, parley, terminalChat(env, *asJSON), e)
		return status, errors.Join(err, db.Close())
	}
	return cmd
}
