package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
	"parley/bot/terminal"
	"parley/store"
)

// The same question has the same answer on every platform: what is said, as of when, and by which sources. Only the marks differ.
func TestSameAnswerEverywhere(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var ids atomic.Int64
	parley := bot.New(chattest.Library(t), db, bot.Config{
		Now: time.Now, NewID: func() string { return fmt.Sprintf("ID%024d", ids.Add(1)) }, Resume: true,
	})
	ctx, stop := context.WithCancel(t.Context())
	workspace, guild := slacktest.New(t), discordtest.New(t)
	onDiscord, err := discord.New(discord.Config{Token: discordtest.Token, Transport: guild.Transport(nil)})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 2)
	for _, chat := range []bot.Chat{
		slack.New(slack.Config{BotToken: slacktest.BotToken, AppToken: slacktest.AppToken, APIURL: workspace.URL()}), onDiscord,
	} {
		go func() { ended <- parley.Serve(ctx, chat) }()
	}
	defer func() {
		stop()
		for range 2 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	}()
	if err := workspace.AwaitConns(2); err != nil {
		t.Fatal(err)
	}
	if err := guild.AwaitReady(1); err != nil {
		t.Fatal(err)
	}
	for verb, text := range map[string]string{"ask": chattest.Question, "check": "The harbour reopens in May.", "claims": "harbour"} {
		var screen bytes.Buffer
		on := &terminal.Chat{Out: &screen, Place: deliver.Place{Channel: "terminal"}}
		want, rest, _ := bot.Command(verb + " " + text)
		if _, err := parley.Handle(ctx, on, bot.Event{Want: want, Text: rest}); err != nil {
			t.Fatal(err)
		}
		before := len(workspace.Ephemerals("C1", "U1"))
		workspace.Command("C1", "U1", verb+" "+text).Wait()
		option := map[string]string{"ask": "question", "check": "statement", "claims": "term"}[verb]
		asked := guild.Command(discordtest.Channel, discordtest.User, "parley "+verb, discordtest.Option{Name: option, Value: text})
		asked.Wait()
		if err := eventually(10*time.Second, func() error {
			if len(workspace.Ephemerals("C1", "U1")) == before {
				return fmt.Errorf("%s: there is no answer on Slack", verb)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
		said := map[string]string{"terminal": core(screen.String())}
		for _, m := range workspace.Ephemerals("C1", "U1")[before:] {
			said["slack"] += core(m.Text)
		}
		for _, m := range asked.Messages() {
			said["discord"] += core(m.Content)
		}
		for platform, got := range said {
			if got != said["terminal"] || !strings.Contains(got, "The Gazette, 18 Aug 2025") && verb != "claims" {
				t.Errorf("%s: on %s there stands\n%s\nand on the terminal\n%s", verb, platform, got, said["terminal"])
			}
		}
		if len(said) != 3 {
			t.Errorf("%s: it was answered on %d platforms", verb, len(said))
		}
	}
}

// core is what a message says, without what one platform adds: marks, white space, what was asked, and how long it can be corrected.
func core(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		line = strings.NewReplacer(`\`, "", "*", "", "•", "", "-# ", "").Replace(line)
		line = strings.TrimPrefix(strings.Join(strings.Fields(line), " "), "- ")
		if line == "" || strings.HasPrefix(line, "You asked:") || strings.HasPrefix(line, "If this is corrected") || strings.Contains(line, ": type more") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}

// Whatever cannot be right is named before anything is connected, by the setting's name and not by its value.
func TestCheckNamesWrongSettings(t *testing.T) {
	key := strings.Repeat("0f", 32)
	right := map[string]string{
		"PARLEY_SLACK_BOT_TOKEN": "xoxb-1", "PARLEY_SLACK_SIGNING_SECRET": "s", "PARLEY_SLACK_LISTEN": ":8085", "PARLEY_SLACK_API_URL": "https://slack.example/api/",
		"PARLEY_DISCORD_TOKEN": "t", "PARLEY_DISCORD_PUBLIC_KEY": key, "PARLEY_DISCORD_LISTEN": "127.0.0.1:8086", "PARLEY_DISCORD_TEST_GUILD": "300000000000000001",
	}
	check := func(name, value string) (status int, said string) {
		var out bytes.Buffer
		env := surroundings()
		env.stdout, env.stderr = &out, &out
		env.getenv = func(asked string) string {
			if asked == name {
				return value
			}
			return right[asked]
		}
		return run(t.Context(), []string{"serve", "--check"}, env), out.String()
	}
	if status, said := check("", ""); status != exitAnswered {
		t.Fatalf("what is right: status %d: %s", status, said)
	}
	for name, wrong := range map[string][]string{
		"PARLEY_SLACK_BOT_TOKEN": {"xapp-zz"}, "PARLEY_SLACK_LISTEN": {"8085", "zz"}, "PARLEY_SLACK_API_URL": {"zz", "https://slack.example/zz"},
		"PARLEY_DISCORD_PUBLIC_KEY": {"zz", key[1:], key + "zz"}, "PARLEY_DISCORD_LISTEN": {"zz"}, "PARLEY_DISCORD_TEST_GUILD": {"zz", "#zz"},
	} {
		for _, value := range wrong {
			status, said := check(name, value)
			if status != exitFailure || strings.Count(said, "\n  - ") != 1 || !strings.Contains(said, name+": It must be") || strings.Contains(said, "zz") {
				t.Errorf("%s=%s: status %d: %s", name, value, status, said)
			}
		}
	}
}
