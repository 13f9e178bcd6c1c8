package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/seeds"
	"parley/store"
)

func replayCommand() command {
	cmd := command{
		name:    "replay",
		args:    "[FOLDER]",
		summary: "asks again what people asked, and lists what is answered otherwise now",
		examples: `
parley replay
parley replay seeds/record     # what a folder of YAML would answer otherwise`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() > 1 {
			return 0, usageError("Name one folder.")
		}
		var other answers.Contents
		if fs.NArg() == 1 {
			other, err = loadFolder(fs.Arg(0))
			var problems seeds.Problems
			if errors.As(err, &problems) {
				for _, p := range problems {
					p.File = filepath.Join(fs.Arg(0), filepath.FromSlash(p.File))
					fmt.Fprintln(env.stdout, p)
				}
				return told(env, len(problems))
			}
			if err != nil {
				return 0, err
			}
		}
		return withBot(ctx, path, env, func(_ *store.Store, parley *bot.Bot) (int, error) {
			if fs.NArg() == 1 {
				return exitAnswered, replayFolder(ctx, parley, other, env)
			}
			return exitAnswered, replayPast(ctx, parley, env)
		})
	}
	return cmd
}

// replayPast compares what people were answered with what they would be now.
func replayPast(ctx context.Context, parley *bot.Bot, env environment) error {
	shifts, tried, left, more, err := parley.Replay(ctx)
	if err != nil {
		return err
	}
	note := ""
	if more {
		note = " There are older ones, which were not tried."
	}
	if left > 0 {
		note += fmt.Sprintf(" Left out: %d that were statements, or leant on what was said before.", left)
	}
	if len(shifts) == 0 {
		return env.show(compose.Part{Role: compose.RoleNotice, Text: fmt.Sprintf("All of %s are answered as they were.%s", compose.Count(tried, "question"), note)})
	}
	p := compose.Part{Role: compose.RoleList, Heading: fmt.Sprintf("%d of %s are answered otherwise now.%s", len(shifts), compose.Count(tried, "question"), note)}
	for _, s := range shifts {
		p.Items = append(p.Items, compose.Item{Text: fmt.Sprintf("%s: %s on %s, now %s", s.Text, s.Then, answers.DateOf(s.At.UTC()), s.Now)})
	}
	return env.show(p)
}

// replayFolder compares the record with another.
func replayFolder(ctx context.Context, parley *bot.Bot, other answers.Contents, env environment) error {
	line := env.progress("Learning the folder's questions")
	after, err := parley.Learn(other, line.until(ctx))
	line.clear()
	if err != nil {
		return err
	}
	gold, past, tried, err := parley.Compare(ctx, after)
	if err != nil {
		return err
	}
	if len(gold)+len(past) == 0 {
		return env.show(compose.Part{Role: compose.RoleNotice, Text: fmt.Sprintf("The folder answers all of %s as the record does.", compose.Count(tried, "question"))})
	}
	return env.show(slices.Concat(shifted("Gold questions that the folder answers otherwise", gold),
		shifted("Questions of people that it answers otherwise", past))...)
}

// shifted names all of some shifts; nothing where there is none.
func shifted(heading string, list []answers.Shift) []compose.Part {
	if len(list) == 0 {
		return nil
	}
	p := compose.Part{Role: compose.RoleList, Heading: fmt.Sprintf("%s: %d", heading, len(list))}
	for _, s := range list {
		p.Items = append(p.Items, compose.Item{Text: fmt.Sprintf("%s: %s, there %s", s.Question.Text, s.Before, s.After)})
	}
	return []compose.Part{p}
}
