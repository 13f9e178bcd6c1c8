package discord

import (
	"github.com/bwmarrin/discordgo"

	"parley/bot"
)

// formField is the custom_id of the one text of a form.
const formField = "text"

// maxForm is how many units a form takes: as many as bot keeps of them.
const maxForm = 1000

// formModal asks back what a click needs. Its custom_id is the control's id, which clickOf reads when it is submitted. The text
// stands in an action row: the client library cannot read a submitted modal that has a label component.
func formModal(f bot.Form) *discordgo.InteractionResponseData {
	return &discordgo.InteractionResponseData{
		CustomID: bot.Control{Verb: f.Click.Verb, Pick: f.Click.Pick}.ID(f.Click.On),
		Title:    line(f.Title, maxTitle),
		Components: []discordgo.MessageComponent{row(discordgo.TextInput{
			CustomID: formField, Label: line(f.Label, maxInputLabel), Style: discordgo.TextInputParagraph,
			Required: f.Required, MaxLength: maxForm,
		})},
	}
}

// formText is what was typed into a form; "" for nothing.
func formText(d discordgo.ModalSubmitInteractionData) string {
	for _, c := range d.Components {
		r, ok := c.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, c := range r.Components {
			if in, ok := c.(*discordgo.TextInput); ok && in.CustomID == formField {
				return in.Value
			}
		}
	}
	return ""
}
