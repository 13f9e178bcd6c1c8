package discord

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/bwmarrin/discordgo"

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
	to := newLocal(t)
	if err := errors.Join(to.introduce(t.Context()), to.register(t.Context(), func(context.Context, bot.Event) (bot.Reply, error) { return bot.Reply{Record: ownWords(t)}, nil })); err != nil {
		t.Errorf("register: %v", err)
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
