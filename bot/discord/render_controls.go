package discord

import (
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
	"parley/bot/deliver"
)

// Discord's limits on controls, in units or in numbers of things (components/reference.mdx; the section is named).
const (
	maxRows        = 5   // action rows of a message (“Legacy Message Component Behavior”)
	maxRowButtons  = 5   // in an action row (“Action Row”)
	maxButtonLabel = 80  // “Button Structure”
	maxOptions     = 25  // of a select menu, and default values (“String Select Structure”)
	maxOptionLabel = 100 // “Select Option Structure”
)

// controls returns the components of a reply: a menu of offers, then buttons, and at last a row for feedback. The custom_id of a button
// and the value of an offer are the control's id, read by clickOf. Beyond the size of a message the rest is left out; bot gives about
// ten.
func controls(r bot.Reply) []discordgo.MessageComponent {
	var offers []discordgo.SelectMenuOption
	var others, opinions []discordgo.MessageComponent
	for _, c := range r.Controls {
		id := c.ID(r.ID)
		button := discordgo.Button{Label: line(c.Label, maxButtonLabel), Style: discordgo.SecondaryButton, CustomID: id}
		switch c.Verb {
		case bot.Pick:
			offers = append(offers, discordgo.SelectMenuOption{Label: line(fmt.Sprintf("%d. %s", c.Pick, c.Label), maxOptionLabel), Value: id})
		case bot.Helpful, bot.Unhelpful, bot.Report:
			opinions = append(opinions, button)
		default:
			others = append(others, button)
		}
	}
	var rows []discordgo.MessageComponent
	if len(offers) > 0 {
		rows = append(rows, row(discordgo.SelectMenu{
			MenuType: discordgo.StringSelectMenu, CustomID: offersID(r.ID), Placeholder: "Choose what you meant",
			Options: offers[:min(len(offers), maxOptions)],
		}))
	}
	for _, list := range [][]discordgo.MessageComponent{others, opinions} {
		for buttons := range slices.Chunk(list, maxRowButtons) {
			rows = append(rows, row(buttons...))
		}
	}
	return rows[:min(len(rows), maxRows)]
}

func row(list ...discordgo.MessageComponent) discordgo.MessageComponent {
	return discordgo.ActionsRow{Components: list}
}

// offersID is the custom_id of the menu of offers. It is no control's id, as it names no offer.
func offersID(on deliver.DeliveryID) string { return string(bot.Pick) + ":" + string(on) }

// clickOf returns the click on a control: from the custom_id of a button or a form, or from the choice in a menu. Anybody can forge
// them; it reports false where they name no control of ours.
func clickOf(customID string, values []string) (bot.Click, bool) {
	if len(values) == 0 {
		return bot.ParseClick(customID)
	}
	c, ok := bot.ParseClick(values[0])
	if !ok || len(values) > 1 || c.Verb != bot.Pick || customID != offersID(c.On) {
		return bot.Click{}, false
	}
	return c, true
}
