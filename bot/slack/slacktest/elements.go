package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// actionElements may stand in a block of actions or beside a section ("Block elements").
func actionElements() []string {
	return append(menus(), "button", "overflow", "datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons", "workflow_button")
}

// inputElements may stand in an input ("Input block").
func inputElements() []string {
	return append(menus(), "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input", "datepicker",
		"timepicker", "datetimepicker", "checkboxes", "radio_buttons")
}

func menus() []string {
	var all []string
	for _, of := range []string{"static", "external", "users", "conversations", "channels"} {
		all = append(all, of+"_select", "multi_"+of+"_select")
	}
	return all
}

// element checks an element that people can act on, or an image.
func (c *checker) element(at string, e object, may []string) {
	kind := str(e, "type")
	if !slices.Contains(may, kind) {
		c.find(at+"/type", "unsupported type: %s", kind)
		return
	}
	if kind == "image" {
		c.contextElement(at, e)
		return
	}
	c.id(at, e, "action_id")
	if _, ok := e["placeholder"]; ok {
		c.text(at, e, "placeholder", maxPlaceholder, true)
	}
	switch kind {
	case "button":
		c.text(at, e, "text", maxButtonText, true)
		c.length(at, e, "value", maxValue)
		c.length(at, e, "url", maxURL)
		if style := str(e, "style"); style != "" && style != "primary" && style != "danger" {
			c.find(at+"/style", "unsupported style: %s", style)
		}
	case "icon_button":
		c.text(at, e, "text", maxButtonText, true)
		c.length(at, e, "value", maxValue)
	case "feedback_buttons":
		for _, name := range []string{"positive_button", "negative_button"} {
			b, _ := e[name].(object)
			c.text(at+"/"+name, b, "text", maxButtonText, true)
			c.length(at+"/"+name, b, "value", maxValue)
		}
	case "overflow":
		c.options(at, e, maxOverflow)
	case "plain_text_input":
		c.typed(at, e)
	case "checkboxes", "radio_buttons":
		c.options(at, e, maxFewOptions)
	case "static_select", "multi_static_select":
		if _, grouped := e["option_groups"]; !grouped {
			c.options(at, e, maxOptions)
		}
	}
}

// typed checks how much may be typed into a text input, and what stands there already ("Plain-text input element").
func (c *checker) typed(at string, e object) {
	most := maxTyped
	if given, ok := e["max_length"].(float64); ok {
		most = int(given)
	}
	if most < 1 || most > maxTyped {
		c.find(at+"/max_length", "must be 1 to %d", maxTyped)
	}
	c.length(at, e, "initial_value", most)
}

func (c *checker) options(at string, e object, most int) {
	list, _ := e["options"].([]any)
	if len(list) == 0 || len(list) > most {
		c.find(at+"/options", "must have 1 to %d items", most)
	}
	for i, o := range list {
		here := fmt.Sprintf("%s/options/%d", at, i)
		option, _ := o.(object)
		c.text(here, option, "text", maxOptionText, false)
		c.required(here, option, "value", maxOptionValue)
		if option["description"] != nil {
			c.text(here, option, "description", maxOptionText, false)
		}
	}
}

// Control is something that a person can act on: a button, or one choice of several.
type Control struct {
	Block  string // block_id
	Action string // action_id
	Type   string // "button", "static_select", …
	Label  string
	Value  string
	URL    string
	option object // of a menu and the like
}

// Controls lists what a person can act on in a message, in order.
func (m Message) Controls() []Control { return controls(m.Blocks) }

// Control finds the first control with an action_id, a value or a label, in this order.
func (m Message) Control(name string) (Control, bool) { return pick(m.Controls(), name) }

// Controls lists what a person can act on in a view, without its inputs.
func (v View) Controls() []Control { return controls(v.Blocks) }

// Control finds the first control with an action_id, a value or a label, in this order.
func (v View) Control(name string) (Control, bool) { return pick(v.Controls(), name) }

func pick(all []Control, name string) (Control, bool) {
	for _, of := range []func(Control) string{
		func(c Control) string { return c.Action }, func(c Control) string { return c.Value }, func(c Control) string { return c.Label },
	} {
		if i := slices.IndexFunc(all, func(c Control) bool { return of(c) == name }); i >= 0 {
			return all[i], true
		}
	}
	return Control{}, false
}

// decodeBlocks reads blocks that were checked.
func decodeBlocks(raw json.RawMessage) []object {
	var blocks []object
	if len(raw) > 0 && json.Unmarshal(raw, &blocks) != nil {
		return nil
	}
	return blocks
}

func controls(raw json.RawMessage) []Control {
	var all []Control
	for _, b := range decodeBlocks(raw) {
		var elements []any
		switch str(b, "type") {
		case "actions", "context_actions":
			elements, _ = b["elements"].([]any)
		case "section":
			elements = []any{b["accessory"]}
		}
		for _, e := range elements {
			if o, ok := e.(object); ok && str(o, "action_id") != "" {
				all = append(all, choices(str(b, "block_id"), o)...)
			}
		}
	}
	return all
}

// choices lists the controls that an element holds.
func choices(block string, e object) []Control {
	c := Control{Block: block, Action: str(e, "action_id"), Type: str(e, "type"), Value: str(e, "value"), URL: str(e, "url"), Label: plain(e)}
	if c.Type == "feedback_buttons" {
		var all []Control
		for _, name := range []string{"positive_button", "negative_button"} {
			b, _ := e[name].(object)
			c.Label, c.Value = plain(b), str(b, "value")
			all = append(all, c)
		}
		return all
	}
	list, _ := e["options"].([]any)
	if list == nil {
		return []Control{c}
	}
	var all []Control
	for _, o := range list {
		c.option, _ = o.(object)
		c.Label, c.Value = plain(c.option), str(c.option, "value")
		all = append(all, c)
	}
	return all
}

// plain is the label of a button or an option.
func plain(o object) string {
	t, _ := o["text"].(object)
	return str(t, "text")
}

// action is how a click appears in block_actions ("block_actions payload").
func (c Control) action(ts string) fields {
	a := fields{"type": c.Type, "block_id": c.Block, "action_id": c.Action, "action_ts": ts}
	switch {
	case c.option == nil:
		a["value"] = c.Value
		a["text"] = fields{"type": "plain_text", "text": c.Label, "emoji": true}
	case strings.HasPrefix(c.Type, "multi_") || c.Type == "checkboxes":
		a["selected_options"] = []object{c.option}
	default:
		a["selected_option"] = c.option
	}
	return a
}
