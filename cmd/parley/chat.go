package main

import (
	"context"
	"errors"
	"fmt"

	"parley/bot"
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
		db, parley, err := openBot(ctx, *path, env)
		if err != nil {
			return 0, err
		}
		chat := terminalChat(env, *asJSON)
		chat.Place = bot.Place{Channel: "terminal"}
		if env.screen.Width > 0 && !*asJSON {
			fmt.Fprint(env.stdout, "Ask about the Ukraine security-guarantee negotiations, or use a command: /check,\n"+
				"/timeline, /who, /claims, /sources, /disputes, /latest, /unresolved, /coverage,\n"+
				"/corrections.\n"+
				"An empty line leaves.\n\n")
			chat.Prompt = "> "
		}
		return exitAnswered, errors.Join(parley.Serve(ctx, chat), db.Close())
	}
	return cmd
}
