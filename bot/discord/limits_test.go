package discord

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
)

// long is a text of so many units, each of more than one byte.
func long(n int) string { return strings.Repeat("é", n) }

func repeated[T any](n int, make func(i int) T) []T {
	var list []T
	for i := range n {
		list = append(list, make(i))
	}
	return list
}

func button(i int) discordgo.MessageComponent {
	return discordgo.Button{Label: "Button", Style: discordgo.SecondaryButton, CustomID: fmt.Sprint("b", i)}
}

func on(list ...discordgo.MessageComponent) []string {
	return check(message{"Text", list})
}

func onMenu(change func(*discordgo.SelectMenu)) []string {
	m := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: "m", Options: menuOptions(2)}
	change(&m)
	return on(row(m))
}

func menuOptions(n int) []discordgo.SelectMenuOption {
	return repeated(n, func(i int) discordgo.SelectMenuOption {
		return discordgo.SelectMenuOption{Label: "Option", Value: fmt.Sprint(i)}
	})
}

func onModal(change func(*discordgo.InteractionResponseData, *discordgo.TextInput)) []string {
	d := formModal(bot.Form{Click: bot.Click{Verb: bot.Report, On: "d-1"}, Title: "Title", Fields: []bot.Field{{Name: bot.FieldText, Label: "Label", Most: 1000}}})
	in := d.Components[0].(discordgo.ActionsRow).Components[0].(discordgo.TextInput)
	change(d, &in)
	if len(d.Components) > 0 {
		d.Components[0] = row(in)
	}
	return checkModal(d)
}

func onCommand(change func(*discordgo.ApplicationCommand)) []string {
	c := &discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: "name", Description: "Text"}
	change(c)
	return checkCommands([]*discordgo.ApplicationCommand{c})
}

func typedOption(i int) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: fmt.Sprint("o", i), Description: "Text"}
}

func localization(s string) map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.German: s}
}

// Each limit holds at its last value and is reported at the next.
func TestCheckLimits(t *testing.T) {
	for name, c := range map[string]struct {
		last  int
		check func(n int) []string
	}{
		"content": {2000, func(n int) []string { return check(message{Content: long(n)}) }},
		"astral":  {1000, func(n int) []string { return check(message{Content: strings.Repeat("👍", n)}) }},
		"rows": {5, func(n int) []string {
			return on(repeated(n, func(i int) discordgo.MessageComponent { return row(button(i)) })...)
		}},
		"row":    {5, func(n int) []string { return on(row(repeated(n, button)...)) }},
		"button": {80, func(n int) []string { return on(row(discordgo.Button{Label: long(n), Style: 2, CustomID: "b"})) }},
		"id":     {100, func(n int) []string { return on(row(discordgo.Button{Label: "B", Style: 2, CustomID: long(n)})) }},
		"style": {4, func(n int) []string {
			return on(row(discordgo.Button{Label: "B", Style: discordgo.ButtonStyle(n), CustomID: "b"}))
		}},
		"options":     {25, func(n int) []string { return onMenu(func(m *discordgo.SelectMenu) { m.Options = menuOptions(n) }) }},
		"option":      {100, func(n int) []string { return onMenu(func(m *discordgo.SelectMenu) { m.Options[0].Label = long(n) }) }},
		"value":       {100, func(n int) []string { return onMenu(func(m *discordgo.SelectMenu) { m.Options[0].Value = long(n) }) }},
		"placeholder": {150, func(n int) []string { return onMenu(func(m *discordgo.SelectMenu) { m.Placeholder = long(n) }) }},
		"choices":     {2, func(n int) []string { return onMenu(func(m *discordgo.SelectMenu) { m.MaxValues = n }) }},
		"title": {45, func(n int) []string {
			return onModal(func(d *discordgo.InteractionResponseData, _ *discordgo.TextInput) { d.Title = long(n) })
		}},
		"modal id": {100, func(n int) []string {
			return onModal(func(d *discordgo.InteractionResponseData, _ *discordgo.TextInput) { d.CustomID = long(n) })
		}},
		"label": {45, func(n int) []string {
			return onModal(func(_ *discordgo.InteractionResponseData, in *discordgo.TextInput) { in.Label = long(n) })
		}},
		"typed": {4000, func(n int) []string {
			return onModal(func(_ *discordgo.InteractionResponseData, in *discordgo.TextInput) { in.MaxLength = n })
		}},
		"name": {32, func(n int) []string { return onCommand(func(c *discordgo.ApplicationCommand) { c.Name = long(n) }) }},
		"description": {100, func(n int) []string {
			return onCommand(func(c *discordgo.ApplicationCommand) { c.Description = long(n) })
		}},
		"translated name": {32, func(n int) []string {
			return onCommand(func(c *discordgo.ApplicationCommand) { l := localization(long(n)); c.NameLocalizations = &l })
		}},
		"translated description": {100, func(n int) []string {
			return onCommand(func(c *discordgo.ApplicationCommand) { l := localization(long(n)); c.DescriptionLocalizations = &l })
		}},
		"command options": {25, func(n int) []string {
			return onCommand(func(c *discordgo.ApplicationCommand) { c.Options = repeated(n, typedOption) })
		}},
		"typed into options": {6000, func(n int) []string {
			return onCommand(func(c *discordgo.ApplicationCommand) {
				c.Options = repeated(1, typedOption)
				c.Options[0].MaxLength = n
			})
		}},
		"command": {26, func(n int) []string {
			return onCommand(func(c *discordgo.ApplicationCommand) {
				c.Options = repeated(25, func(i int) *discordgo.ApplicationCommandOption {
					verb := typedOption(100 + i)
					verb.Type = discordgo.ApplicationCommandOptionSubCommand
					verb.Options = []*discordgo.ApplicationCommandOption{typedOption(0), typedOption(1), typedOption(2)}
					if verb.Options[0].Description = long(9); i == 0 {
						verb.Options[0].Description = long(n)
					}
					for _, o := range append(verb.Options[1:], verb) {
						o.NameLocalizations, o.DescriptionLocalizations = localization(o.Name), localization(long(100))
					}
					return verb
				})
			})
		}},
		"slash commands": {100, func(n int) []string {
			return checkCommands(repeated(n, func(i int) *discordgo.ApplicationCommand {
				return &discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: fmt.Sprint("c", i), Description: "Text"}
			}))
		}},
		"message commands": {15, func(n int) []string {
			return checkCommands(repeated(n, func(i int) *discordgo.ApplicationCommand {
				return &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: fmt.Sprint("Command ", i)}
			}))
		}},
	} {
		if problems := c.check(c.last); len(problems) > 0 {
			t.Errorf("%s: %d is too much: %q", name, c.last, problems)
		}
		if problems := c.check(c.last + 1); len(problems) == 0 {
			t.Errorf("%s: %d is not too much", name, c.last+1)
		}
	}
}

// What is not a matter of length is reported, too.
func TestCheckShapes(t *testing.T) {
	option := func(change func(o []*discordgo.ApplicationCommandOption)) []string {
		return onCommand(func(c *discordgo.ApplicationCommand) {
			c.Options = repeated(2, typedOption)
			change(c.Options)
		})
	}
	for name, problems := range map[string][]string{
		"no content":     check(message{}),
		"no row":         on(button(1)),
		"empty row":      on(row()),
		"twice":          on(row(button(1), button(1))),
		"not alone":      on(row(button(1), discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: "m", Options: menuOptions(1)})),
		"unknown":        on(row(discordgo.TextDisplay{Content: "x"})),
		"no label":       on(row(discordgo.Button{Style: 2, CustomID: "b"})),
		"no options":     onMenu(func(m *discordgo.SelectMenu) { m.Options = nil }),
		"value twice":    onMenu(func(m *discordgo.SelectMenu) { m.Options[1].Value = m.Options[0].Value }),
		"two defaults":   onMenu(func(m *discordgo.SelectMenu) { m.Options[0].Default, m.Options[1].Default = true, true }),
		"least":          onMenu(func(m *discordgo.SelectMenu) { two := 2; m.MinValues = &two }),
		"modal content":  onModal(func(d *discordgo.InteractionResponseData, _ *discordgo.TextInput) { d.Content = "x" }),
		"empty modal":    onModal(func(d *discordgo.InteractionResponseData, _ *discordgo.TextInput) { d.Components = nil }),
		"capitals":       onCommand(func(c *discordgo.ApplicationCommand) { c.Name = "Name" }),
		"space":          onCommand(func(c *discordgo.ApplicationCommand) { c.Name = "na me" }),
		"no description": onCommand(func(c *discordgo.ApplicationCommand) { c.Description = "" }),
		"user command":   onCommand(func(c *discordgo.ApplicationCommand) { c.Type = discordgo.UserApplicationCommand }),
		"described":      onCommand(func(c *discordgo.ApplicationCommand) { c.Type = discordgo.MessageApplicationCommand }),
		"name twice":     option(func(o []*discordgo.ApplicationCommandOption) { o[1].Name = o[0].Name }),
		"in a language":  option(func(o []*discordgo.ApplicationCommandOption) { o[1].NameLocalizations = localization(o[0].Name) }),
		"required late":  option(func(o []*discordgo.ApplicationCommandOption) { o[1].Required = true }),
		"mixed": option(func(o []*discordgo.ApplicationCommandOption) {
			o[1].Type = discordgo.ApplicationCommandOptionSubCommand
		}),
		"nested": option(func(o []*discordgo.ApplicationCommandOption) { o[1].Options = repeated(1, typedOption) }),
		"complete": option(func(o []*discordgo.ApplicationCommandOption) {
			o[1].Type, o[1].Autocomplete = discordgo.ApplicationCommandOptionBoolean, true
		}),
		"two commands": checkCommands([]*discordgo.ApplicationCommand{commands(ownWords(t))[0], commands(ownWords(t))[0]}),
	} {
		if len(problems) == 0 {
			t.Errorf("%s: nothing is reported", name)
		}
	}
}
