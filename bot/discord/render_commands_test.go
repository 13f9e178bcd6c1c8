package discord

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"parley/answers"
	"parley/bot"
	"parley/seeds"
)

// ownWords are what Parley's own record says of itself.
func ownWords(t testing.TB) answers.About {
	t.Helper()
	about, err := seeds.About(seeds.Record())
	if err != nil {
		t.Fatal(err)
	}
	return about
}

// Words of the record are registered, and where it has none, words that hold of any.
func TestCommandsSayWhatTheRecordIsAbout(t *testing.T) {
	own, neutral := commands(ownWords(t))[0], commands(answers.About{Name: "the harbour"})[0]
	if own.Description != ownWords(t).Command.EN || (*own.DescriptionLocalizations)[discordgo.French] != ownWords(t).Command.FR {
		t.Errorf("the own record is described as %q and %q", own.Description, (*own.DescriptionLocalizations)[discordgo.French])
	}
	if neutral.Description != "What is on record" || len(*neutral.DescriptionLocalizations) != 4 {
		t.Errorf("another record is described as %q in %d more languages", neutral.Description, len(*neutral.DescriptionLocalizations))
	}
	if same([]*discordgo.ApplicationCommand{own}, []*discordgo.ApplicationCommand{neutral}) {
		t.Error("other words of a record are not registered anew")
	}
}

func TestCommands(t *testing.T) {
	list := commands(ownWords(t))
	goldenJSON(t, "commands", list)
	for _, problem := range checkCommands(list) {
		t.Error(problem)
	}
	for _, verb := range list[0].Options {
		if _, _, ok := bot.Command(verb.Name); !ok && verb.Name != "help" {
			t.Errorf("bot knows no command %q", verb.Name)
		}
	}
	said := map[string]bool{slashCommand: true, adminCommand: true, checkMessage: true, correctMessage: true}
	var walk func([]*discordgo.ApplicationCommandOption)
	walk = func(options []*discordgo.ApplicationCommandOption) {
		for _, o := range options {
			said[o.Name] = true
			if len(o.NameLocalizations) != 4 || len(o.DescriptionLocalizations) != 4 {
				t.Errorf("%q is not said in four more languages", o.Name)
			}
			for _, choice := range o.Choices {
				said[choice.Name] = true
				if len(choice.NameLocalizations) != 4 {
					t.Errorf("%q of %q is not said in four more languages", choice.Name, o.Name)
				}
			}
			walk(o.Options)
		}
	}
	walk(list[0].Options)
	walk(list[2].Options)
	for name := range slashWords(ownWords(t)) {
		if !said[name] {
			t.Errorf("the words of %q are for nothing", name)
		}
	}
}

// What Discord gives back of commands is the same, in whatever order and with whatever it adds; what differs, is not.
func TestSame(t *testing.T) {
	registered := func(change func([]*discordgo.ApplicationCommand)) []*discordgo.ApplicationCommand {
		b, err := json.Marshal(commands(ownWords(t)))
		if err != nil {
			t.Fatal(err)
		}
		var list []*discordgo.ApplicationCommand
		if err := json.Unmarshal(b, &list); err != nil {
			t.Fatal(err)
		}
		change(list)
		return list
	}
	off := false
	for name, change := range map[string]func([]*discordgo.ApplicationCommand){
		"nothing": func([]*discordgo.ApplicationCommand) {},
		"ids":     func(l []*discordgo.ApplicationCommand) { l[0].ID, l[1].ApplicationID, l[2].Version = "1", "2", "3" },
		"order":   func(l []*discordgo.ApplicationCommand) { slices.Reverse(l); slices.Reverse(*l[1].Contexts) },
		"defaults": func(l []*discordgo.ApplicationCommand) {
			l[0].NSFW, l[0].Type = &off, 0
			l[0].Options[0].Choices = []*discordgo.ApplicationCommandOptionChoice{}
			l[0].Options[len(l[0].Options)-1].Options = []*discordgo.ApplicationCommandOption{}
			l[0].NameLocalizations = &map[discordgo.Locale]string{}
		},
	} {
		if !same(commands(ownWords(t)), registered(change)) {
			t.Errorf("%s: not the same", name)
		}
	}
	on, other := true, int64(8)
	for name, change := range map[string]func([]*discordgo.ApplicationCommand){
		"name":         func(l []*discordgo.ApplicationCommand) { l[0].Name = "parly" },
		"description":  func(l []*discordgo.ApplicationCommand) { l[0].Options[3].Description += "." },
		"translation":  func(l []*discordgo.ApplicationCommand) { l[0].Options[3].NameLocalizations["de"] = "x" },
		"options":      func(l []*discordgo.ApplicationCommand) { l[0].Options = l[0].Options[1:] },
		"their order":  func(l []*discordgo.ApplicationCommand) { slices.Reverse(l[0].Options) },
		"required":     func(l []*discordgo.ApplicationCommand) { l[0].Options[0].Options[0].Required = false },
		"autocomplete": func(l []*discordgo.ApplicationCommand) { l[0].Options[0].Options[0].Autocomplete = false },
		"contexts":     func(l []*discordgo.ApplicationCommand) { *l[1].Contexts = (*l[1].Contexts)[1:] },
		"integration":  func(l []*discordgo.ApplicationCommand) { l[1].IntegrationTypes = nil },
		"permissions":  func(l []*discordgo.ApplicationCommand) { l[2].DefaultMemberPermissions = &other },
		"choices":      func(l []*discordgo.ApplicationCommand) { l[0].Options[9].Options[0].Choices[0].Name = "yes" },
		"moderators":   func(l []*discordgo.ApplicationCommand) { l[3].DefaultMemberPermissions = &other },
		"age":          func(l []*discordgo.ApplicationCommand) { l[2].NSFW = &on },
	} {
		if same(commands(ownWords(t)), registered(change)) {
			t.Errorf("%s: still the same", name)
		}
	}
	if same(commands(ownWords(t)), commands(ownWords(t))[1:]) || same(commands(ownWords(t)), nil) || !same(nil, nil) {
		t.Error("the number of commands does not count")
	}
}

// schema is a part of Discord's own description of its API.
func schema(t *testing.T, name string) func(t *testing.T, what string, value any) {
	t.Helper()
	file := filepath.Join("..", "..", "..", "shared", "platforms", "discord-openapi.json")
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		t.Skip("SKIPPED: Discord's description of its API is not there, so it was not asked")
	}
	compiled, err := jsonschema.NewCompiler().Compile(file + "#/components/schemas/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T, what string, value any) {
		t.Helper()
		b, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		read, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
		if err != nil {
			t.Fatal(err)
		}
		if m, ok := read.(map[string]any); ok { // a string for Discord, though the description says an integer
			if s, ok := m["default_member_permissions"].(string); ok {
				if m["default_member_permissions"], err = strconv.Atoi(s); err != nil {
					t.Error(err)
				}
			}
		}
		if err := compiled.Validate(read); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Discord's own description accepts the commands, the modals, and the messages.
func TestSchema(t *testing.T) {
	command := schema(t, "ApplicationCommandUpdateRequest")
	for _, c := range commands(ownWords(t)) {
		command(t, c.Name, c)
	}
	modal := schema(t, "ModalInteractionCallbackRequestData")
	modal(t, "a form", formModal(bot.Form{Click: bot.Click{Verb: bot.Report, On: "d-1"}, Title: "Report", Fields: []bot.Field{{Name: bot.FieldText, Label: "What?", Required: true, Most: 1000}}}))
	sent := schema(t, "MessageCreateRequest")
	send := func(what string, m message) {
		sent(t, what, discordgo.MessageSend{Content: m.Content, Components: m.Components})
	}
	send("the settings", settingsMessage(bot.Settings{Channels: []bot.ChannelID{"11"}, Idle: 7}))
	for seed := range uint64(60) {
		r := hostileReply("<@123>", seed)
		for _, m := range render(r, options{}) {
			send("a hostile message", m)
		}
	}
}
