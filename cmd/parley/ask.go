package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"parley/answers"
	"parley/bot"
	"parley/store"
)

func askCommand() command {
	cmd := command{
		name:    "ask",
		args:    "QUESTION...",
		summary: "answers a question, with its sources",
		examples: `
parley ask "Will US troops be sent to Ukraine?"
parley ask --as-of 2025-08-18 has russia accepted the guarantees
parley ask --json who was in paris
printf 'who was in paris\nand in alaska\n' | parley ask --json -`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		return runAsker(ctx, cmd, (*answers.Library).Ask, "A question is missing.", args, env)
	}
	return cmd
}

func checkCommand() command {
	cmd := command{
		name:    "check",
		args:    "STATEMENT...",
		summary: "rates a statement against the record",
		examples: `
parley check "Russia has accepted the guarantees."
parley check --json the alaska talks took five hours
parley check - <statements.txt`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		return runAsker(ctx, cmd, (*answers.Library).Check, "A statement is missing.", args, env)
	}
	return cmd
}

// runAsker carries out a command that answers texts, by Ask or by Check.
func runAsker(ctx context.Context, cmd command, engine engine, missing string, args []string, env environment) (int, error) {
	fs := cmd.flags(env)
	asJSON := jsonFlag(fs)
	asOf := dayFlag(fs)
	path := databaseFlag(fs, env)
	if err := parse(fs, args); err != nil {
		return 0, err
	}
	if fs.NArg() == 0 {
		return 0, usageError("%s", missing)
	}
	db, lib, err := openLibrary(ctx, *path, env)
	if err != nil {
		return 0, err
	}
	a := asker{db: db, lib: lib, engine: engine, out: output{env, *asJSON}, asOf: asOf.Date}
	if text := strings.Join(fs.Args(), " "); text != "-" {
		err = a.ask(ctx, text)
	} else {
		err = a.askLines(ctx, env.stdin)
	}
	return a.status, errors.Join(err, db.Close())
}

// engine is what turns a text into an answer: Ask or Check.
type engine func(*answers.Library, answers.Question) answers.Answer

// asker answers questions one at a time.
type asker struct {
	db     *store.Store
	lib    *answers.Library
	engine engine
	out    output
	asOf   answers.Date
	status int
}

// ask is the path of one question: text → answer → reply → screen → record.
func (a *asker) ask(ctx context.Context, text string) error {
	now := a.out.env.now()
	answer := a.engine(a.lib, answers.Question{Text: text, AsOf: a.asOf, Today: answers.DateOf(now)})
	if err := a.out.answer(text, answer, bot.Compose(answer)); err != nil {
		return err
	}
	if answer.Outcome != answers.OutcomeAnswered {
		a.status = exitDeclined
	}
	asked := store.Asked{
		ID: a.out.env.newID(), At: now, Platform: "terminal", Text: text, AsOf: a.asOf,
		Outcome: answer.Outcome, Confidence: answer.Confidence,
	}
	if answer.Entry != nil {
		asked.Entry, asked.Revision = answer.Entry.ID, answer.Entry.Revision
	}
	if err := a.db.RecordQuestions(ctx, asked); err != nil {
		// The person has the answer; only the note of it is missing.
		fmt.Fprintf(a.out.env.stderr, "The answer stands, but the question was not recorded. %s\n", sentence(err))
	}
	return nil
}

// askLines answers one question a line, each by itself.
func (a *asker) askLines(ctx context.Context, in io.Reader) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("read the questions: %w", err)
		}
		if line != "" || err == nil {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := a.ask(ctx, strings.TrimRight(line, "\r\n")); err != nil {
				return err
			}
		}
		if err == io.EOF {
			a.status = exitAnswered
			return nil
		}
	}
}
