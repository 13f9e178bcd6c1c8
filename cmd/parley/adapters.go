package main

import (
	"fmt"
	"log/slog"
	"strings"

	"parley/bot"
	"parley/bot/slack"
)

// adapters are the platforms that serve can connect to.
func adapters() []adapter { return []adapter{slackAdapter()} }

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
