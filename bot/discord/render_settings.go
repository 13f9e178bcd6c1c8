package discord

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
	"parley/bot/deliver"
)

// The custom_ids of the menus that change settings. None is a control's id.
const (
	askField      = "settings:ask"
	channelsField = "settings:channels"
	switchesField = "settings:switches"
	idleField     = "settings:idle"
	cooldownField = "settings:cooldown"
)

// The values of options: the roles of bot.Settings, one for no role, since no value may be empty, and the switches.
const (
	everybody = "everybody"
	reader    = "reader"
	curator   = "curator"
	editor    = "editor"
	public    = "public"
	followUps = "follow_ups"
)

// settingsMessage shows how Parley behaves in a place, one menu for each thing that can be changed, at once and by itself. It is a
// message and no modal, since modals of classic components hold only typed text.
func settingsMessage(s bot.Settings) message {
	return message{
		Content: "**Parley's settings here**\n" +
			"Each menu changes one thing, at once: where Parley may be asked (nothing chosen: everywhere), who may ask, " +
			"who sees answers to commands and how threads go on, after how long a thread no longer goes on by itself, " +
			"and how long a person waits between two questions.",
		Components: []discordgo.MessageComponent{
			row(channels(s.Channels)), row(roles(string(s.Ask))), row(switches(s)),
			row(times(idleField, "Follow-ups in threads end after %s", s.Idle, 600, 60, 300, 600, 1200, 1800)),
			row(times(cooldownField, "Between two questions of a person: %s", s.Cooldown, 0, 0, 5, 15, 60, 300, 3600)),
		},
	}
}

// channels is where Parley may be asked. Of more channels than a menu can hold, it shows the first.
func channels(chosen []deliver.ChannelID) discordgo.SelectMenu {
	none := 0
	menu := discordgo.SelectMenu{
		MenuType: discordgo.ChannelSelectMenu, CustomID: channelsField, Placeholder: "Everywhere", MinValues: &none, MaxValues: maxOptions,
		ChannelTypes: []discordgo.ChannelType{
			discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews, discordgo.ChannelTypeGuildForum,
			discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread,
		},
	}
	for _, c := range chosen[:min(len(chosen), maxOptions)] {
		menu.DefaultValues = append(menu.DefaultValues, discordgo.SelectMenuDefaultValue{ID: string(c), Type: discordgo.SelectMenuDefaultValueChannel})
	}
	return menu
}

func roles(chosen string) discordgo.SelectMenu {
	if chosen == "" {
		chosen = everybody
	}
	menu := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: askField}
	for _, o := range [][2]string{
		{everybody, "Everybody may ask"}, {reader, "Readers, curators and editors may ask"},
		{curator, "Curators and editors may ask"}, {editor, "Editors may ask"},
	} {
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{Value: o[0], Label: o[1], Default: o[0] == chosen})
	}
	return menu
}

func switches(s bot.Settings) discordgo.SelectMenu {
	none := 0
	return discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, CustomID: switchesField, MinValues: &none, MaxValues: 2,
		Placeholder: "Answers to commands are private; threads need Parley's name",
		Options: []discordgo.SelectMenuOption{
			{Value: public, Label: "Everybody sees answers to commands", Default: s.Public},
			{Value: followUps, Label: "Threads go on without naming Parley", Default: s.FollowUps},
		},
	}
}

// times returns a menu of durations, in seconds, with the one that is set. 0 stands for zero, the default.
func times(id, label string, set, zero int, offered ...int) discordgo.SelectMenu {
	if set == 0 {
		set = zero
	}
	if !slices.Contains(offered, set) {
		offered = append(offered, set)
	}
	menu := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: id}
	for _, n := range offered {
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{
			Value: strconv.Itoa(n), Label: fmt.Sprintf(label, length(n)), Default: n == set,
		})
	}
	return menu
}

// length is a number of seconds for people.
func length(n int) string {
	unit := "second"
	switch {
	case n == 0:
		return "no wait"
	case n%3600 == 0:
		n, unit = n/3600, "hour"
	case n%60 == 0:
		n, unit = n/60, "minute"
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// settingsFrom returns settings changed by the choice in one menu. Anybody can forge a choice: it reports false for one that no menu of
// ours offers, with a sentence for people if there is one.
func settingsFrom(now bot.Settings, customID string, values []string) (s bot.Settings, problem string, ok bool) {
	s = now
	one := ""
	if len(values) == 1 {
		one = values[0]
	}
	var err error
	switch customID {
	case askField:
		switch one {
		case everybody:
			s.Ask = ""
		case reader:
			s.Ask = reader
		case curator:
			s.Ask = curator
		case editor:
			s.Ask = editor
		default:
			return now, "", false
		}
	case channelsField:
		s.Channels = nil
		for _, v := range values {
			s.Channels = append(s.Channels, deliver.ChannelID(v))
		}
	case switchesField:
		s.Public, s.FollowUps = slices.Contains(values, public), slices.Contains(values, followUps)
	case idleField:
		s.Idle, err = strconv.Atoi(one)
	case cooldownField:
		s.Cooldown, err = strconv.Atoi(one)
	default:
		return now, "", false
	}
	if err != nil {
		return now, "", false
	}
	if wrong := s.Validate(); len(wrong) > 0 {
		return now, strings.Join(wrong, " "), false
	}
	return s, "", true
}
