package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"parley/answers/library"
	"parley/bot"
	"parley/bot/deliver"
	"parley/store"
)

func chatCommand() command {
	cmd := command{
		name:    "chat",
		summary: "talks with Parley, a line a turn, follow-ups included",
		examples: `
parley chat
printf '{ask 2}\n{then 2}\n' | parley chat --json`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() > 0 {
			return 0, usageError("chat takes nothing but flags; type your question after it has started.")
		}
		chat := terminalChat(env, *asJSON)
		chat.Place = deliver.Place{Channel: "terminal"}
		return withBot(ctx, path, env, func(db *store.Store, parley *bot.Bot) (int, error) {
			if env.screen.Width > 0 && !*asJSON {
				fmt.Fprintf(env.stdout, "Ask about %s, or use a command: /check,\n"+
					"/timeline, /who, /claims, /sources, /disputes, /latest, /unresolved, /coverage,\n"+
					"/corrections.\n"+
					"An empty line leaves.\n\n", parley.About().Name)
				chat.Prompt = "> "
			}
			return exitAnswered, converse(ctx, chat, parley, db, env)
		})
	}
	return cmd
}

// converse talks until nothing more comes. What curators change meanwhile is heeded; whoever serves the platforms corrects what was said
// before.
func converse(ctx context.Context, chat bot.Chat, parley *bot.Bot, db *store.Store, env environment) error {
	seen, err := db.LatestChange(ctx)
	if err != nil {
		return err
	}
	following, rest := context.WithCancel(ctx)
	var follower sync.WaitGroup
	env.status = io.Discard // a line about progress would stand among what is said
	follower.Go(func() {
		follow(following, parley, db, seen, slog.New(slog.DiscardHandler), env, func(lib *library.Library) error {
			parley.Swap(lib)
			return nil
		})
	})
	defer follower.Wait()
	defer rest()
	return parley.Serve(ctx, chat)
}
