package discord

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/store"
)

func TestClickOf(t *testing.T) {
	for _, c := range []struct {
		id     string
		values []string
		want   bot.Click
	}{
		{"copy:d-1", nil, bot.Click{Verb: bot.Copy, On: "d-1"}},
		{"pick:d-1", []string{"pick:d-1:2"}, bot.Click{Verb: bot.Pick, On: "d-1", Pick: 2}},
		{"report:d-1", nil, bot.Click{Verb: bot.Report, On: "d-1"}},
	} {
		if got, ok := clickOf(c.id, c.values); !ok || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q, %q is %+v, %v", c.id, c.values, got, ok)
		}
	}
	for id, values := range map[string][]string{
		"pick:d-1": nil, "": nil, "x": nil, "pick:d-2": {"pick:d-1:2"}, "pick:d-3": {"pick:d-3:1", "pick:d-3:2"}, "pick:d-4": {"copy:d-4"},
		"copy:d-1": {"pick:d-1:1"}, "pick:d-5": {""}, askField: {everybody}, idleField: nil,
	} {
		if got, ok := clickOf(id, values); ok {
			t.Errorf("%q, %q is read as %+v", id, values, got)
		}
	}
}

// More controls than a message can hold leave a message that Discord takes.
func TestControlsMany(t *testing.T) {
	r := bot.Reply{ID: deliver.DeliveryID(strings.Repeat("d", 60)), Parts: []compose.Part{{Role: compose.RoleAnswer, Text: "a"}}}
	for i := range 40 {
		r.Controls = append(r.Controls, bot.Control{Verb: bot.Pick, Pick: i + 1, Label: strings.Repeat("👍", 90)},
			bot.Control{Verb: bot.Verb(fmt.Sprint("verb", i)), Label: strings.Repeat("é", 90)})
	}
	newLocal(t).post(t, render(r, options{})[0])
}

func TestFormModal(t *testing.T) {
	for _, f := range []bot.Form{
		{Click: bot.Click{Verb: bot.Report, On: "d-1"}, Title: "Report an error", Fields: []bot.Field{{Name: bot.FieldText, Label: "What is wrong, and how do you know?", Required: true, Most: 1000}}},
		{Click: bot.Click{Verb: bot.Unhelpful, On: "d-1"}, Title: "Not helpful", Fields: []bot.Field{{Name: bot.FieldText, Label: "What was missing? You may leave this empty.", Most: 1000}}},
	} {
		d := formModal(f)
		goldenJSON(t, "form-"+string(f.Click.Verb), d)
		newLocal(t).open(t, f)
		if c, ok := clickOf(d.CustomID, nil); !ok || !reflect.DeepEqual(c, f.Click) {
			t.Errorf("the form of %s remembers %+v, %v", f.Click.Verb, c, ok)
		}
		in := d.Components[0].(discordgo.ActionsRow).Components[0].(discordgo.TextInput)
		if in.Required != f.Fields[0].Required || in.Label != f.Fields[0].Label {
			t.Errorf("the form of %s asks %q, required: %v", f.Click.Verb, in.Label, in.Required)
		}
	}
	long := bot.Form{Click: bot.Click{Verb: bot.Report, On: "d-1"}, Title: strings.Repeat("<@123> ", 9), Fields: []bot.Field{{Name: bot.FieldText, Label: strings.Repeat("x", 5000), Most: 1000}}}
	newLocal(t).open(t, long)
}

// A submitted form as Discord sends it (Discord docs, interactions/receiving-and-responding.mdx), and forged ones.
func TestFormText(t *testing.T) {
	for sent, want := range map[string]string{
		`{"custom_id":"report:d-1","components":[{"type":1,"components":[{"type":4,"custom_id":"text","value":"the *month* is wrong"}]}]}`: "the *month* is wrong",
		`{"custom_id":"report:d-1","components":[{"type":1,"components":[{"type":4,"custom_id":"other","value":"x"}]}]}`:                   "",
		`{"custom_id":"report:d-1","components":[{"type":1,"components":[]},{"type":10,"content":"x"}]}`:                                   "",
		`{"custom_id":"report:d-1","components":[{"type":1,"components":[{"type":2,"custom_id":"text","label":"x"}]}]}`:                    "",
		`{"custom_id":"report:d-1"}`: "",
	} {
		var d discordgo.ModalSubmitInteractionData
		if err := json.Unmarshal([]byte(sent), &d); err != nil {
			t.Fatal(err)
		}
		if got := formFields(d)[bot.FieldText]; got != want {
			t.Errorf("%s holds %q, want %q", sent, got, want)
		}
	}
}

// menus are those of a message, by their custom_ids.
func menus(m message) map[string]discordgo.SelectMenu {
	list := map[string]discordgo.SelectMenu{}
	for _, r := range m.Components {
		menu := r.(discordgo.ActionsRow).Components[0].(discordgo.SelectMenu)
		list[menu.CustomID] = menu
	}
	return list
}

// chosen are the values that a menu shows as chosen.
func chosen(m discordgo.SelectMenu) []string {
	var list []string
	for _, o := range m.Options {
		if o.Default {
			list = append(list, o.Value)
		}
	}
	for _, v := range m.DefaultValues {
		list = append(list, v.ID)
	}
	return list
}

// What a message shows of settings gives them back, one menu after the other.
func TestSettings(t *testing.T) {
	for i, s := range []bot.Settings{
		{},
		{Ask: store.Curator, Channels: []deliver.ChannelID{"11", "22"}, Public: true, FollowUps: true, Idle: 300, Cooldown: 60},
		{Ask: store.Reader, FollowUps: true, Idle: 77, Cooldown: 61},
		{Ask: store.Editor, Public: true, Cooldown: 3600},
	} {
		m := settingsMessage(s)
		if i < 2 {
			goldenJSON(t, fmt.Sprintf("settings-%d", i+1), m.Components)
		}
		newLocal(t).post(t, m)
		if _, acting := read(m.Content); len(acting) > 0 {
			t.Errorf("%q act", acting)
		}
		got := bot.Settings{}
		for id, menu := range menus(m) {
			var ok bool
			var problem string
			if got, problem, ok = settingsFrom(got, id, chosen(menu)); !ok {
				t.Errorf("%s of %q is wrong: %s", id, chosen(menu), problem)
			}
		}
		if s.Idle == 0 {
			s.Idle = 600 // as it is where nothing is set
		}
		if !reflect.DeepEqual(got, s) {
			t.Errorf("%+v comes back as %+v", s, got)
		}
	}
}

// One menu changes one thing.
func TestSettingsFromOne(t *testing.T) {
	all := bot.Settings{Ask: store.Curator, Channels: []deliver.ChannelID{"11"}, Public: true, FollowUps: true, Idle: 300, Cooldown: 60}
	for id, c := range map[string]struct {
		values []string
		change func(*bot.Settings)
	}{
		askField:      {[]string{everybody}, func(s *bot.Settings) { s.Ask = "" }},
		channelsField: {nil, func(s *bot.Settings) { s.Channels = nil }},
		switchesField: {[]string{followUps}, func(s *bot.Settings) { s.Public = false }},
		idleField:     {[]string{"60"}, func(s *bot.Settings) { s.Idle = 60 }},
		cooldownField: {[]string{"0"}, func(s *bot.Settings) { s.Cooldown = 0 }},
	} {
		want := all
		c.change(&want)
		if got, problem, ok := settingsFrom(all, id, c.values); !ok || problem != "" || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %q, %v", id, got, problem, ok)
		}
	}
}

func TestSettingsFromWrong(t *testing.T) {
	now := bot.Settings{Ask: store.Reader}
	for _, c := range []struct {
		id     string
		values []string
		say    bool
	}{
		{"copy:d-1", nil, false}, {askField, nil, false}, {askField, []string{"owner"}, false}, {idleField, []string{"soon"}, false},
		{idleField, []string{"999999"}, true}, {cooldownField, []string{"-1"}, true}, {cooldownField, nil, false},
	} {
		got, problem, ok := settingsFrom(now, c.id, c.values)
		if ok || (problem != "") != c.say || !reflect.DeepEqual(got, now) {
			t.Errorf("%s %q: %+v, %q, %v", c.id, c.values, got, problem, ok)
		}
	}
}

// More channels than a menu can show still make a message that Discord takes.
func TestSettingsMany(t *testing.T) {
	s := bot.Settings{Channels: slices.Repeat([]deliver.ChannelID{"1"}, 60), Idle: 1, Cooldown: 7}
	newLocal(t).post(t, settingsMessage(s))
}
