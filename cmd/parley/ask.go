package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"parley/answers"
	"parley/bot"
	"parley/bot/terminal"
	"parley/store"
)

func askCommand() command {
	return asking(answers.IntentQuestion, command{
		name:    "ask",
		args:    "QUESTION...",
		summary: "answers a question, with its sources",
		examples: `
parley ask "{question}"
parley ask --as-of 2025-08-18 {typed}
parley ask --full "{question}"
parley ask --json {typed 2}
printf '{ask}\n{then}\n' | parley ask --json -`,
	}, "A question is missing.")
}

func checkCommand() command {
	return asking(answers.IntentCheck, command{
		name:    "check",
		args:    "STATEMENT...",
		summary: "rates a statement against the record",
		examples: `
parley check "{statement}"
parley check --json {statement 2}
parley check - <statements.txt`,
	}, "A statement is missing.")
}

// asking completes a command that answers texts: the one on the command line, or for "-" each line of standard input by itself.
func asking(want answers.Intent, cmd command, missing string) command {
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		asOf := dayFlag(fs)
		full := fullFlag(fs)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() == 0 {
			return 0, usageError("%s", missing)
		}
		chat := terminalChat(env, *asJSON)
		chat.Want, chat.AsOf, chat.View.Whole = want, asOf.Date, *full && !*asJSON // an object holds all of it by itself
		return withBot(ctx, path, env, func(_ *store.Store, parley *bot.Bot) (int, error) {
			if text := strings.Join(fs.Args(), " "); text != "-" {
				return once(ctx, parley, chat, bot.Event{Want: want, Text: text, AsOf: asOf.Date, View: chat.View})
			}
			return exitAnswered, parley.Serve(ctx, chat)
		})
	}
	return cmd
}

// terminalChat is the terminal as a chat in which each line stands by itself.
func terminalChat(env environment, asJSON bool) *terminal.Chat {
	return &terminal.Chat{
		In: env.stdin, Out: env.stdout, Screen: env.screen, JSON: asJSON,
		Trouble: func(err error) {
			fmt.Fprintf(env.stderr, "The answer stands, but the question was not recorded. %s\n", sentence(err))
		},
	}
}

// once handles a single event and tells its outcome as an exit status.
func once(ctx context.Context, parley *bot.Bot, chat *terminal.Chat, e bot.Event) (int, error) {
	e.Person.ID = terminal.You
	reply, err := parley.Handle(ctx, chat, e)
	var unrecorded *bot.Unrecorded
	if errors.As(err, &unrecorded) {
		chat.Trouble(err)
		err = nil
	}
	if reply.Answer.Outcome != answers.OutcomeAnswered {
		return exitDeclined, err
	}
	return exitAnswered, err
}
