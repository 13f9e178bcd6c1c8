package main

import (
	"fmt"
	"log/slog"
	"strings"

	"parley/bot"
	"parley/bot/discord"
	"parley/bot/slack"
)

// adapters are the platforms that serve can connect to.
func adapters() []adapter { return []adapter{slackAdapter(), discordAdapter()} }

// begins wants a value to begin so, as tokens of a kind do.
func begins(prefix string) func(string) string {
	return func(value string) string {
		if strings.HasPrefix(value, prefix) {
			return ""
		}
		return fmt.Sprintf("It must begin with %s.", prefix)
	}
}

func anything(string) string { return "" }

func slackAdapter() adapter {
	return adapter{
		name: "Slack",
		settings: []setting{
			{"PARLEY_SLACK_BOT_TOKEN", true, begins("xoxb-")},
			{"PARLEY_SLACK_APP_TOKEN", false, begins("xapp-")},
			{"PARLEY_SLACK_SIGNING_SECRET", false, anything},
			{"PARLEY_SLACK_LISTEN", false, anything},
			{"PARLEY_SLACK_API_URL", false, anything},
		},
		how: `
Make an app at api.slack.com/apps from deploy/slack/manifest.json and install it.
PARLEY_SLACK_BOT_TOKEN   the bot token, xoxb-…
PARLEY_SLACK_APP_TOKEN   an app token, xapp-…, with the scope connections:write
Without an app token Slack must reach Parley: PARLEY_SLACK_SIGNING_SECRET and
PARLEY_SLACK_LISTEN, the address to listen on. README.md has every step.`,
		complete: func(values map[string]string) []string {
			secret, listen := values["PARLEY_SLACK_SIGNING_SECRET"] != "", values["PARLEY_SLACK_LISTEN"] != ""
			if values["PARLEY_SLACK_APP_TOKEN"] == "" && !(secret && listen) {
				return []string{"To connect to Slack, set PARLEY_SLACK_APP_TOKEN for Socket Mode, or PARLEY_SLACK_SIGNING_SECRET and PARLEY_SLACK_LISTEN for HTTP."}
			}
			return nil
		},
		connect: func(values map[string]string, log *slog.Logger) (bot.Chat, error) {
			return slack.New(slack.Config{
				BotToken: values["PARLEY_SLACK_BOT_TOKEN"], AppToken: values["PARLEY_SLACK_APP_TOKEN"],
				SigningSecret: values["PARLEY_SLACK_SIGNING_SECRET"], Listen: values["PARLEY_SLACK_LISTEN"], APIURL: values["PARLEY_SLACK_API_URL"], Log: log,
			}), nil
		},
	}
}

func discordAdapter() adapter {
	return adapter{
		name: "Discord",
		settings: []setting{
			{"PARLEY_DISCORD_TOKEN", true, anything},
			{"PARLEY_DISCORD_PUBLIC_KEY", false, anything},
			{"PARLEY_DISCORD_LISTEN", false, anything},
			{"PARLEY_DISCORD_TEST_GUILD", false, anything},
		},
		how: `
Make an application at discord.com/developers and invite its bot by a link of
deploy/discord/README.md. No privileged intent is needed.
PARLEY_DISCORD_TOKEN     the token from its Bot page
For interactions over HTTP also PARLEY_DISCORD_PUBLIC_KEY, from its General
Information, and PARLEY_DISCORD_LISTEN, the address to listen on.`,
		complete: func(values map[string]string) []string {
			if values["PARLEY_DISCORD_LISTEN"] != "" && values["PARLEY_DISCORD_PUBLIC_KEY"] == "" {
				return []string{"To take Discord's requests at PARLEY_DISCORD_LISTEN, PARLEY_DISCORD_PUBLIC_KEY must be set too."}
			}
			return nil
		},
		connect: func(values map[string]string, log *slog.Logger) (bot.Chat, error) {
			return discord.New(discord.Config{
				Token: values["PARLEY_DISCORD_TOKEN"], PublicKey: values["PARLEY_DISCORD_PUBLIC_KEY"], Listen: values["PARLEY_DISCORD_LISTEN"],
				TestGuild: values["PARLEY_DISCORD_TEST_GUILD"], Log: log,
			})
		},
	}
}
