package discord

import (
	"context"
	"net/http"

	"github.com/bwmarrin/discordgo"
)

// register registers the commands of this version. They are written only if they differ, and all at once, since a write replaces all
// registered commands (interactions/application-commands.md, "Bulk Overwrite Global Application Commands").
func (c *Chat) register(ctx context.Context) error {
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
		if wanted := commands(); !same(there, wanted) {
			c.log.Info("the commands are registered anew", "commands", len(wanted))
			return c.rest.do(ctx, http.MethodPut, url, "commands", wanted, nil)
		}
		return nil
	})
}
