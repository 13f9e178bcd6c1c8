package discord

import (
	"context"
	"fmt"
	"net/http"

	"github.com/bwmarrin/discordgo"

	"parley/answers"
	"parley/bot"
)

// register registers the commands of this version. They are written only if they differ, and all at once, since a write replaces all
// registered commands (interactions/application-commands.md, "Bulk Overwrite Global Application Commands").
func (c *Chat) register(ctx context.Context, receive bot.Receive) error {
	glance, err := receive(ctx, bot.Event{Want: answers.IntentCoverage, Glance: true})
	if err != nil {
		return fmt.Errorf("look up what the record is about: %w", err)
	}
	_, app := c.self()
	url := discordgo.EndpointApplicationGlobalCommands(app)
	if c.config.TestGuild != "" {
		url = discordgo.EndpointApplicationGuildCommands(app, c.config.TestGuild)
	}
	return c.untilDone(ctx, func() error {
		var there []*discordgo.ApplicationCommand
		if err := c.rest.get(ctx, url+"?with_localizations=true", "commands", &there); err != nil {
			return err
		}
		if wanted := commands(glance.Record); !same(there, wanted) {
			c.log.Info("the commands are registered anew", "commands", len(wanted))
			return c.rest.do(ctx, http.MethodPut, url, "commands", wanted, nil)
		}
		return nil
	})
}
