package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/bot/discord/discordtest"
	"parley/bot/slack/slacktest"
)

// A newsroom exports its list, corrects one row of it and imports that while Parley serves: the replies that were given say so.
func TestANewerListCorrectsReplies(t *testing.T) {
	for _, platform := range []string{"slack", "discord"} {
		t.Run(platform, func(t *testing.T) {
			dir := t.TempDir()
			db := piers(t, dir)
			var said func() string
			var log any
			if platform == "slack" {
				w := slacktest.New(t)
				cmd := slackServe(t, w, db, slacktest.BotToken)
				log = cmd.Stderr
				if err := w.AwaitConns(2); err != nil {
					t.Fatalf("%v\n%s", err, log)
				}
				w.Say("C1", "U1", slacktest.Mention+" When does pier 7 reopen?", "").Wait()
				said = func() string {
					var b strings.Builder
					for _, call := range w.Calls() {
						if call.Method == "chat.update" {
							for _, arg := range call.Args {
								b.WriteString(arg)
							}
						}
					}
					return b.String()
				}
				awaited(t, func() bool { return len(w.Messages("C1")) >= 2 }, log)
			} else {
				g := discordtest.New(t)
				cmd := discordServe(t, g, db, discordtest.Token)
				log = cmd.Stderr
				if err := g.AwaitReady(1); err != nil {
					t.Fatalf("%v\n%s", err, log)
				}
				g.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" When does pier 7 reopen?", "").Wait()
				said = func() string {
					var b strings.Builder
					for _, call := range g.Calls() {
						if call.Route == discordtest.EditMessage {
							b.Write(call.Body)
						}
					}
					return b.String()
				}
				awaited(t, func() bool { return len(g.Messages(discordtest.Channel)) >= 2 }, log)
			}
			list := filepath.Join(dir, "list.csv")
			timed(t, "export", "--format", "csv", "--db", db, list)
			first, err := os.ReadFile(list)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(list, bytes.ReplaceAll(first, []byte("in May"), []byte("in June")), 0o600); err != nil {
				t.Fatal(err)
			}
			timed(t, "import", "--db", db, "--class", "correction", list)
			awaited(t, func() bool {
				reply := said()
				return strings.Contains(reply, "reopens in June") && strings.Contains(reply, "was answered") && strings.Contains(reply, "reopens in May")
			}, log)
		})
	}
}
