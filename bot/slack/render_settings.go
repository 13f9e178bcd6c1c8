package slack

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/deliver"
)

// The fields of the settings modal: block_id and action_id alike.
const (
	askField       = "ask"
	channelsField  = "channels"
	publicField    = "public"
	followUpsField = "follow_ups"
	idleField      = "idle"
	cooldownField  = "cooldown"
)

// The values of options: the roles of bot.Settings, and one for no role, since no value may be empty.
const (
	everybody = "everybody"
	reader    = "reader"
	curator   = "curator"
	editor    = "editor"
	yes       = "yes"
)

// settingsModal shows how Parley behaves in a place, to be changed.
func settingsModal(s bot.Settings, at deliver.Place) slack.ModalViewRequest {
	return modal(settingsCallback, "Parley's settings", "Save", metadata{Team: at.Team, Channel: at.Channel, Thread: at.Thread},
		roles(string(s.Ask)),
		channels(s.Channels),
		checkbox(publicField, "Answers to commands", "Everybody sees them", s.Public),
		checkbox(followUpsField, "Follow-ups in threads", "Without naming Parley again", s.FollowUps),
		seconds(idleField, "Follow-ups end after how many seconds?", "Empty for ten minutes.", s.Idle),
		seconds(cooldownField, "How many seconds between two questions of a person?", "Empty for none.", s.Cooldown),
	)
}

func roles(chosen string) slack.Block {
	element := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, askField,
		option(everybody, "Everybody"), option(reader, "Readers, curators and editors"),
		option(curator, "Curators and editors"), option(editor, "Editors"))
	element.InitialOption = element.Options[0]
	for _, o := range element.Options {
		if o.Value == chosen {
			element.InitialOption = o
		}
	}
	return slack.NewInputBlock(askField, plain("Who may ask?"), nil, element)
}

func channels(chosen []deliver.ChannelID) slack.Block {
	element := &slack.MultiSelectBlockElement{
		Type: slack.MultiOptTypeConversations, ActionID: channelsField,
		Filter: &slack.SelectBlockElementFilter{Include: []string{"public", "private"}},
	}
	for _, c := range chosen {
		element.InitialConversations = append(element.InitialConversations, string(c))
	}
	return slack.NewInputBlock(channelsField, plain("Where?"), plain("Empty for everywhere."), element).WithOptional(true)
}

func checkbox(id, label, text string, on bool) slack.Block {
	o := option(yes, text)
	element := slack.NewCheckboxGroupsBlockElement(id, o)
	if on {
		element.InitialOptions = []*slack.OptionBlockObject{o}
	}
	return slack.NewInputBlock(id, plain(label), nil, element).WithOptional(true)
}

func seconds(id, label, hint string, n int) slack.Block {
	element := slack.NewNumberInputBlockElement(nil, id, false)
	element.MinValue = "0"
	if n != 0 {
		element.InitialValue = strconv.Itoa(n)
	}
	return slack.NewInputBlock(id, plain(label), plain(hint), element).WithOptional(true)
}

func option(value, text string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(text), nil)
}

// settingsFrom reads submitted settings. Problems are returned by block_id, as Slack takes them.
func settingsFrom(v *slack.ViewState) (bot.Settings, map[string]string) {
	problems := map[string]string{}
	var s bot.Settings
	switch field(v, askField).SelectedOption.Value {
	case everybody:
	case reader:
		s.Ask = reader
	case curator:
		s.Ask = curator
	case editor:
		s.Ask = editor
	default:
		problems[askField] = "Choose who may ask."
	}
	for _, c := range field(v, channelsField).SelectedConversations {
		s.Channels = append(s.Channels, deliver.ChannelID(c))
	}
	s.Public = len(field(v, publicField).SelectedOptions) > 0
	s.FollowUps = len(field(v, followUpsField).SelectedOptions) > 0
	for id, to := range map[string]*int{idleField: &s.Idle, cooldownField: &s.Cooldown} {
		n, err := number(field(v, id).Value)
		if err != nil {
			problems[id] = "Write a whole number of seconds."
		}
		*to = n
	}
	for id, alone := range map[string]bot.Settings{idleField: {Idle: s.Idle}, cooldownField: {Cooldown: s.Cooldown}} {
		if wrong := alone.Validate(); len(wrong) > 0 {
			problems[id] = strings.Join(wrong, " ")
		}
	}
	return s, problems
}

// number reads a number; nothing counts as 0.
func number(s string) (int, error) {
	if s = strings.TrimSpace(s); s == "" {
		return 0, nil
	}
	return strconv.Atoi(s)
}
