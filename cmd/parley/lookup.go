package main

import (
	"context"
	"strings"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/store"
)

// lookUpCommands are the listings of the record; the slash commands offer the same ones.
func lookUpCommands() []command {
	return []command{
		lookUp(answers.IntentClaims, "lists claims, all or those on a name, topic, source, place or date", `
parley claims {actor}
parley claims {term}
parley claims {publisher}
parley claims {actor} August 2025
parley claims --as-of 2025-08-18 {actor 2}`),
		lookUp(answers.IntentTimeline, "lists claims in order of time", `
parley timeline
parley timeline {place}
parley timeline 18 August 2025
parley timeline {term 2}`),
		lookUp(answers.IntentWho, "lists the people and bodies of the record, or shows one", `
parley who
parley who {actor 2}`),
		lookUp(answers.IntentSources, "lists the documents that the record stands on", `
parley sources
parley sources {actor}`),
		lookUp(answers.IntentDisputes, "shows where sources disagree, side by side", `
parley disputes
parley disputes {term 3}`),
		lookUp(answers.IntentLatest, "shows what the newest source says and what has updated what", `
parley latest
parley latest {actor 3}
parley latest --as-of 2025-08-31`),
		lookUp(answers.IntentUnresolved, "shows what the sources call open, and where they disagree", `
parley unresolved
parley unresolved {place 2}`),
		lookUp(answers.IntentCoverage, "counts what the record holds by topic, and how fresh it is", `
parley coverage
parley coverage {term 3}
parley coverage --json`),
	}
}

func lookUp(intent answers.Intent, summary, examples string) command {
	cmd := command{name: string(intent), args: "[TERM...]", summary: summary, examples: examples}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		asOf := dayFlag(fs)
		full := fullFlag(fs)
		page := fs.Int("page", 1, "which ten items to print; `N` counts from 1")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if *page < 1 {
			return 0, usageError("Pages are counted from 1.")
		}
		e := bot.Event{Want: intent, Text: strings.Join(fs.Args(), " "), AsOf: asOf.Date, View: compose.View{Whole: *full && !*asJSON}}
		if *page > 1 && !e.View.Whole {
			e.View.Page = *page
		}
		return withBot(ctx, path, env, func(_ *store.Store, parley *bot.Bot) (int, error) {
			return once(ctx, parley, terminalChat(env, *asJSON), e)
		})
	}
	return cmd
}
