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
parley claims {{index .Actors 0}}
parley claims {{index .Topics 0}}
parley claims {{index .Publishers 0}}
parley claims {{index .Actors 0}} August 2025
parley claims --as-of 2025-08-18 {{index .Actors 1}}`),
		lookUp(answers.IntentTimeline, "lists claims in order of time", `
parley timeline
parley timeline {{index .Places 0}}
parley timeline 18 August 2025
parley timeline {{index .Topics 1}}`),
		lookUp(answers.IntentWho, "lists the people and bodies of the record, or shows one", `
parley who
parley who {{index .Actors 1}}`),
		lookUp(answers.IntentSources, "lists the documents that the record stands on", `
parley sources
parley sources {{index .Actors 0}}`),
		lookUp(answers.IntentDisputes, "shows where sources disagree, side by side", `
parley disputes
parley disputes {{index .Topics 2}}`),
		lookUp(answers.IntentLatest, "shows what the newest source says and what has updated what", `
parley latest
parley latest {{index .Actors 2}}
parley latest --as-of 2025-08-31`),
		lookUp(answers.IntentUnresolved, "shows what the sources call open, and where they disagree", `
parley unresolved
parley unresolved {{index .Places 1}}`),
		lookUp(answers.IntentCoverage, "counts what the record holds by topic, and how fresh it is", `
parley coverage
parley coverage {{index .Topics 2}}
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
