package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
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

// listens wants an address to listen on.
func listens(value string) string {
	if _, _, err := net.SplitHostPort(value); err != nil {
		return "It must be of the form HOST:PORT, or :PORT for every address of this machine."
	}
	return ""
}

// publicKey wants the public key of a Discord application.
func publicKey(value string) string {
	if key, err := hex.DecodeString(value); err != nil || len(key) != ed25519.PublicKeySize {
		return fmt.Sprintf("It must be %d hexadecimal digits: copy it again from the application's General Information.", 2*ed25519.PublicKeySize)
	}
	return ""
}

// baseURL wants the address of an API.
func baseURL(value string) string {
	if u, err := url.Parse(value); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || !strings.HasSuffix(value, "/") {
		return "It must be an http or https address that ends in a slash."
	}
	return ""
}

// snowflake wants an id of Discord's.
func snowflake(value string) string {
	if _, err := strconv.ParseUint(value, 10, 64); err != nil {
		return "It must be the number of a server: switch on Discord's developer mode, and copy its id."
	}
	return ""
}

func slackAdapter() adapter {
	return adapter{
		name: "Slack",
		settings: []setting{
			{"PARLEY_SLACK_BOT_TOKEN", true, begins("xoxb-")},
			{"PARLEY_SLACK_APP_TOKEN", false, begins("xapp-")},
			{"PARLEY_SLACK_SIGNING_SECRET", false, anything},
			{"PARLEY_SLACK_LISTEN", false, listens},
			{"PARLEY_SLACK_API_URL", false, baseURL},
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
			{"PARLEY_DISCORD_PUBLIC_KEY", false, publicKey},
			{"PARLEY_DISCORD_LISTEN", false, listens},
			{"PARLEY_DISCORD_TEST_GUILD", false, snowflake},
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
