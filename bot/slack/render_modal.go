package slack

import (
	"encoding/json"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/deliver"
)

// The callback ids of the modals.
const (
	formCallback     = "form"
	settingsCallback = "settings"
)

// Slack's limits on a modal, in characters.
const (
	maxTitle = 24   // title, submit and close (reference/views/modal-views)
	maxLabel = 2000 // label and hint of an input block (reference/block-kit/blocks/input-block)
)

// metadata is a modal's private_metadata: the place where it was opened and the click it is for, which a submitted view does not hold.
// Ids only, since Slack keeps it.
type metadata struct {
	Team    deliver.TeamID    `json:"team,omitempty"`
	Channel deliver.ChannelID `json:"channel,omitempty"`
	Thread  deliver.MessageID `json:"thread,omitempty"`
	Control string            `json:"control,omitempty"` // as bot.Control.ID has it
}

func (m metadata) String() string {
	b, err := json.Marshal(m)
	if err != nil {
		return "" // strings can be encoded
	}
	return string(b)
}

// metadataFrom reads the metadata of a view; false if it is not ours.
func metadataFrom(v slack.View) (deliver.Place, *bot.Click, bool) {
	var m metadata
	if err := json.Unmarshal([]byte(v.PrivateMetadata), &m); err != nil {
		return deliver.Place{}, nil, false
	}
	at := place(string(m.Team), string(m.Channel), string(m.Thread))
	if m.Control == "" {
		return at, nil, true
	}
	c, ok := bot.ParseClick(m.Control)
	return at, &c, ok
}

// modal is a view to be submitted.
func modal(callback, title, submit string, m metadata, list ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, PrivateMetadata: m.String(),
		Title: plain(line(title, maxTitle)), Submit: plain(submit), Close: plain("Cancel"),
		Blocks: slack.Blocks{BlockSet: list},
	}
}

// formModal returns the modal of a form. The block_id and action_id of each field are its name. An initial value longer than the field's
// max_length keeps Slack from opening the modal (docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element).
func formModal(f bot.Form, at deliver.Place) slack.ModalViewRequest {
	control := bot.Control{Verb: f.Click.Verb, Pick: f.Click.Pick}.ID(f.Click.On)
	var blocks []slack.Block
	for i, field := range f.Fields {
		typed := &slack.PlainTextInputBlockElement{
			Type: slack.METPlainTextInput, ActionID: field.Name, Multiline: true, MaxLength: field.Most, FocusOnLoad: i == 0, InitialValue: field.Value,
		}
		blocks = append(blocks, slack.NewInputBlock(field.Name, plain(line(field.Label, maxLabel)), nil, typed).WithOptional(!field.Required))
	}
	return modal(formCallback, f.Title, "Send", metadata{at.Team, at.Channel, at.Thread, control}, blocks...)
}

// formFields returns the submitted values of a form, by field name.
func formFields(s *slack.ViewState) map[string]string {
	fields := map[string]string{}
	if s != nil {
		for name := range s.Values {
			fields[name] = field(s, name).Value
		}
	}
	return fields
}

// field returns the submitted state of the block whose block_id and action_id are both id; the zero value if it is empty or missing.
func field(s *slack.ViewState, id string) slack.BlockAction {
	if s == nil {
		return slack.BlockAction{}
	}
	return s.Values[id][id]
}
