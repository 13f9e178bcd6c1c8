package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/library"
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

// A venue is one platform of the story: what people do there, and what stands before them now.
type venue interface {
	command(who, text string)
	click(who, label string) error
	shortcut(who string) error // "Correct this" on the newest answer that all see
	fill(who string, fields map[string]string) error
	alone(who string) []string // what only this person sees, now
	all() []string             // what everybody sees, now
}

// TestStory plays testdata/story.txt on Slack, Discord and in the terminal at once.
func TestStory(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "story.txt"))
	if err != nil {
		t.Fatal(err)
	}
	s := newStory(t)
	for i, line := range strings.Split(string(text), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := s.play(line); err != nil {
			t.Fatalf("testdata/story.txt:%d: %s\n%v", i+1, line, err)
		}
	}
}

type story struct {
	t      *testing.T
	venues map[string]venue
}

// newStory lets one Parley serve all platforms, as the program does, and gives Ed the role of an editor.
func newStory(t *testing.T) *story {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	first := store.Change{ID: "first", At: time.Now(), Author: "the desk", Why: "to begin with"}
	if _, err := db.Import(t.Context(), first, chattest.Library(t).Contents()); err != nil {
		t.Fatal(err)
	}
	env := surroundings()
	env.stderr, env.status = io.Discard, io.Discard
	lib, _, err := loadLibrary(t.Context(), db, library.New, env)
	if err != nil {
		t.Fatal(err)
	}
	parley := newBot(lib, db, configuration{log: slog.New(slog.DiscardHandler)}, env)
	workspace, guild := slacktest.New(t), discordtest.New(t)
	onDiscord, err := discord.New(discord.Config{Token: discordtest.Token, Transport: guild.Transport(nil)})
	if err != nil {
		t.Fatal(err)
	}
	onSlack := slack.New(slack.Config{BotToken: slacktest.BotToken, AppToken: slacktest.AppToken, APIURL: workspace.URL()})
	const editor = "400000000000000009"
	workspace.AddUser(slacktest.User{ID: "U2", Name: "ed"})
	guild.AddUser(discordtest.Person{ID: editor, Name: "ed", Permissions: discordtest.SendMessages | discordtest.ManageMessages})
	for _, g := range []store.Grant{
		{Platform: "slack", Team: slacktest.Team, Subject: "U2", Role: store.Editor},
		{Platform: "discord", Team: discordtest.Guild, Subject: editor, Role: store.Editor},
	} {
		if err := db.SetRole(t.Context(), g); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	var serving sync.WaitGroup
	for _, chat := range []bot.Chat{onSlack, onDiscord} {
		serving.Go(func() {
			if err := parley.Serve(ctx, chat); err != nil {
				t.Error(err)
			}
		})
	}
	seen, err := db.LatestChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	serving.Go(func() { followAndCorrect(ctx, parley, db, seen, slog.New(slog.DiscardHandler), env) })
	t.Cleanup(func() { stop(); serving.Wait() })
	if err := workspace.AwaitConns(2); err != nil {
		t.Fatal(err)
	}
	if err := guild.AwaitReady(1); err != nil {
		t.Fatal(err)
	}
	screen := &screenVenue{ctx: ctx, parley: parley}
	screen.chat = &terminal.Chat{Out: &screen.out, Place: deliver.Place{Channel: "terminal"}, Trouble: func(err error) { t.Error(err) }}
	return &story{t: t, venues: map[string]venue{
		"slack":    &slackVenue{workspace, map[string]string{"Ann": "U1", "Ed": "U2"}},
		"discord":  &discordVenue{guild, map[string]string{"Ann": discordtest.User, "Ed": editor}},
		"terminal": screen,
	}}
}

var (
	storyCommand = regexp.MustCompile(`^(\w+), (\w+) types: (.*)$`)
	storyClick   = regexp.MustCompile(`^(\w+), (\w+) clicks “(.*)”$`)
	storyFill    = regexp.MustCompile(`^(\w+), (\w+) fills in: (.*)$`)
	storySees    = regexp.MustCompile(`^(\w+), (\w+) (sees|does not see): (.*)$`)
)

// patience is how long something may take: the record is looked at every 5 s, and learning takes a moment.
const patience = 30 * time.Second

func (s *story) play(line string) error {
	if m := storyCommand.FindStringSubmatch(line); m != nil {
		s.venues[m[1]].command(m[2], m[3])
		return nil
	}
	if m := storyClick.FindStringSubmatch(line); m != nil {
		if m[3] == "Correct this" {
			return s.venues[m[1]].shortcut(m[2])
		}
		return s.venues[m[1]].click(m[2], m[3])
	}
	if m := storyFill.FindStringSubmatch(line); m != nil {
		fields := map[string]string{}
		for field := range strings.SplitSeq(m[3], " | ") {
			name, text, _ := strings.Cut(field, "=")
			fields[name] = text
		}
		return eventually(patience, func() error { return s.venues[m[1]].fill(m[2], fields) })
	}
	if m := storySees.FindStringSubmatch(line); m != nil {
		return eventually(patience, func() error {
			now := s.venues[m[1]].all
			if m[2] != "everybody" {
				now = func() []string { return s.venues[m[1]].alone(m[2]) }
			}
			return stands(now(), m[4], m[3] == "sees")
		})
	}
	return fmt.Errorf("nobody understands this line")
}

// stands reports whether one of some messages holds all of some texts; whether none does, if it shall not.
func stands(messages []string, texts string, shall bool) error {
	found := slices.ContainsFunc(messages, func(m string) bool {
		return !slices.ContainsFunc(strings.Split(texts, " | "), func(text string) bool { return !strings.Contains(core(m), text) })
	})
	if found != shall {
		return fmt.Errorf("there stands\n%s", strings.Join(messages, "\n----\n"))
	}
	return nil
}

type slackVenue struct {
	*slacktest.Server
	people map[string]string
}

func (v *slackVenue) command(who, text string) { v.Command("C1", v.people[who], text).Wait() }

func (v *slackVenue) click(who, label string) error {
	return eventually(patience, func() error {
		for _, m := range slices.Backward(v.Seen("C1", v.people[who])) {
			for _, c := range m.Controls() {
				if c.Label == label {
					v.Click(v.people[who], m, c).Wait()
					return nil
				}
			}
		}
		return fmt.Errorf("there is no %q", label)
	})
}

func (v *slackVenue) shortcut(who string) error {
	for _, m := range v.Messages("C1") {
		if m.ThreadTS == "" {
			v.Shortcut("correct", v.people[who], m).Wait()
			return nil
		}
	}
	return fmt.Errorf("all see nothing")
}

func (v *slackVenue) fill(who string, fields map[string]string) error {
	for _, m := range v.Modals() {
		if m.User == v.people[who] {
			v.Submit(m, fields).Wait()
			return nil
		}
	}
	return fmt.Errorf("no form is open")
}

func (v *slackVenue) alone(who string) []string {
	var texts []string
	for _, m := range v.Ephemerals("C1", v.people[who]) {
		texts = append(texts, m.Text)
	}
	return texts
}

func (v *slackVenue) all() []string {
	var texts []string
	for _, m := range v.Messages("C1") {
		texts = append(texts, m.Text)
	}
	return texts
}

type discordVenue struct {
	*discordtest.Server
	people map[string]string
}

func (v *discordVenue) command(who, text string) {
	verb, rest, _ := strings.Cut(text, " ")
	var options []discordtest.Option
	if verb == "ask" {
		options = append(options, discordtest.Option{Name: "question", Value: rest})
	}
	v.Command(discordtest.Channel, v.people[who], "parley "+verb, options...).Wait()
}

func (v *discordVenue) click(who, label string) error {
	return eventually(patience, func() error {
		for _, m := range slices.Backward(v.Seen(discordtest.Channel, v.people[who])) {
			for _, c := range m.Controls() {
				if c.Label == label {
					v.Click(v.people[who], m, c.CustomID).Wait()
					return nil
				}
			}
		}
		return fmt.Errorf("there is no %q", label)
	})
}

func (v *discordVenue) shortcut(who string) error {
	for _, m := range v.Messages(discordtest.Channel) {
		if m.ReplyTo == "" {
			v.MessageCommand("Correct this", v.people[who], m).Wait()
			return nil
		}
	}
	return fmt.Errorf("all see nothing")
}

func (v *discordVenue) fill(who string, fields map[string]string) error {
	for _, m := range v.Modals() {
		if m.User == v.people[who] {
			v.SubmitModal(m.User, m, fields).Wait()
			return nil
		}
	}
	return fmt.Errorf("no form is open")
}

func (v *discordVenue) alone(who string) []string {
	var texts []string
	for _, m := range v.Ephemerals(discordtest.Channel, v.people[who]) {
		texts = append(texts, m.Content)
	}
	return texts
}

func (v *discordVenue) all() []string {
	var texts []string
	for _, m := range v.Messages(discordtest.Channel) {
		texts = append(texts, m.Content)
	}
	return texts
}

// screenVenue is a terminal: one person sits there, and what has been printed stays.
type screenVenue struct {
	ctx    context.Context
	parley *bot.Bot
	chat   *terminal.Chat
	out    bytes.Buffer
}

func (v *screenVenue) command(_, text string) {
	want, rest, _ := bot.Command(text)
	v.out.Reset()
	if want == answers.IntentQuestion {
		want = ""
	}
	if _, err := v.parley.Handle(v.ctx, v.chat, bot.Event{Place: v.chat.Place, Person: bot.Person{ID: "you"}, Want: want, Text: rest}); err != nil {
		v.chat.Trouble(err)
	}
}

func (v *screenVenue) click(string, string) error { return fmt.Errorf("there is nothing to click") }
func (v *screenVenue) shortcut(string) error      { return fmt.Errorf("there is nothing to click") }
func (v *screenVenue) fill(string, map[string]string) error {
	return fmt.Errorf("there is nothing to fill in")
}
func (v *screenVenue) alone(string) []string { return []string{v.out.String()} }
func (v *screenVenue) all() []string         { return nil }
