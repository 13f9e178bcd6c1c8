package discord

import (
	"github.com/bwmarrin/discordgo"

	"parley/bot"
)

// Discord's limits on a modal, in units.
const (
	maxTitle      = 45   // interactions/receiving-and-responding.mdx, “Modal”
	maxInputLabel = 45   // components/reference.mdx, “Text Input Structure”
	maxInput      = 4000 // that can be typed (the same)
)

// formModal returns the modal of a form. Its custom_id is the control's id, read by clickOf on submission; that of each text input is the
// name of its field. An initial value may be longer than the limit that bot sets. Text inputs stand in action rows: the
// client library cannot read a submitted modal that has label components.
func formModal(f bot.Form) *discordgo.InteractionResponseData {
	data := &discordgo.InteractionResponseData{
		CustomID: bot.Control{Verb: f.Click.Verb, Pick: f.Click.Pick}.ID(f.Click.On),
		Title:    line(f.Title, maxTitle),
	}
	for _, field := range f.Fields[:min(len(f.Fields), maxRows)] {
		data.Components = append(data.Components, row(discordgo.TextInput{
			CustomID: field.Name, Label: line(field.Label, maxInputLabel), Style: discordgo.TextInputParagraph, Value: field.Value,
			Required: field.Required, MaxLength: min(maxInput, max(field.Most, units(field.Value))),
		}))
	}
	return data
}

// formFields returns the submitted values of a form, by field name.
func formFields(d discordgo.ModalSubmitInteractionData) map[string]string {
	fields := map[string]string{}
	for _, c := range d.Components {
		r, ok := c.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, c := range r.Components {
			if in, ok := c.(*discordgo.TextInput); ok {
				fields[in.CustomID] = in.Value
			}
		}
	}
	return fields
}
