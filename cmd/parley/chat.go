package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"parley/answers"
)

func chatCommand() command {
	cmd := command{
		name:    "chat",
		summary: "talks with Parley, a line a turn, follow-ups included",
		examples: `
parley chat
printf 'what is france offering\nand britain?\n' | parley chat --json`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		path := databaseFlag(fs, env)
		if err := parse(fs, args); err != nil {
			return 0, err
		}
		if fs.NArg() > 0 {
			return 0, usageError("chat takes nothing but flags; type your question after it has started.")
		}
		db, lib, err := openLibrary(ctx, *path, env)
		if err != nil {
			return 0, err
		}
		var dialogue answers.Dialogue
		converse := func(lib *answers.Library, q answers.Question) (a answers.Answer) {
			a, dialogue = lib.Converse(dialogue, q)
			return a
		}
		a := asker{db: db, lib: lib, engine: converse, out: output{env, *asJSON}}
		return exitAnswered, errors.Join(a.talk(ctx), db.Close())
	}
	return cmd
}

// talk answers turn after turn until the input ends or the person leaves. On a terminal it prompts.
func (a *asker) talk(ctx context.Context) error {
	prompt := ""
	if a.out.env.screen.Width > 0 && !a.out.json {
		fmt.Fprint(a.out.env.stdout, "Ask about the Ukraine security-guarantee negotiations; an empty line leaves.\n\n")
		prompt = "> "
	}
	lines := bufio.NewReader(a.out.env.stdin)
	for ctx.Err() == nil {
		fmt.Fprint(a.out.env.stdout, prompt)
		line, err := lines.ReadString('\n')
		text := strings.TrimSpace(line)
		if text != "" || line != "" && prompt == "" {
			if err := a.ask(ctx, text); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF, prompt != "" && text == "":
			return nil
		case err != nil:
			return fmt.Errorf("read what was typed: %w", err)
		}
	}
	return nil
}
