package slacktest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Submit presses the button of a modal after filling in values, by block_id: the text of a text input, the value of an option (of
// several, with commas between), the id or date that was picked. A text that stood there already stays unless another is given, also "".
// Its acknowledgement may close the modal, name errors, or show
// another one.
func (s *Server) Submit(v View, values map[string]string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.interaction("view_submission", v.User)
	shown := v.object()
	shown["state"] = fields{"values": s.state(v, values)}
	o["view"], o["response_urls"] = shown, []fields{}
	return s.deliver(&Delivery{kind: interactive, replies: true, Payload: mustJSON(o), apply: func(payload json.RawMessage) string {
		return s.submitted(v, payload)
	}})
}

// state is what the inputs of a view hold ("View submission payload").
func (s *Server) state(v View, values map[string]string) fields {
	all := fields{}
	for _, b := range decodeBlocks(v.Blocks) {
		if str(b, "type") != "input" {
			continue
		}
		e, _ := b["element"].(object)
		id := str(b, "block_id")
		value, given := values[id]
		if initial := str(e, "initial_value"); !given && initial != "" {
			value, given = initial, true
		}
		if most, limited := e["max_length"].(float64); limited && utf8.RuneCountInString(value) > int(most) {
			s.tb.Errorf("slacktest: submit %s: Slack does not let a person submit %d characters in %s", v.ID, utf8.RuneCountInString(value), id)
		}
		if optional, _ := b["optional"].(bool); !optional && value == "" {
			s.tb.Errorf("slacktest: submit %s: Slack does not let a person submit without %s", v.ID, id)
		}
		all[id] = fields{str(e, "action_id"): stateOf(e, value, given)}
	}
	for _, id := range slices.Sorted(maps.Keys(values)) {
		if all[id] == nil {
			s.tb.Errorf("slacktest: submit %s: there is no input %s", v.ID, id)
		}
	}
	return all
}

// stateOf is what one input holds.
func stateOf(e object, value string, given bool) fields {
	kind := str(e, "type")
	o := fields{"type": kind}
	var chosen []object
	for _, option := range optionsOf(e) {
		if given && slices.Contains(strings.Split(value, ","), str(option, "value")) {
			chosen = append(chosen, option)
		}
	}
	name := map[string]string{
		"datepicker": "selected_date", "timepicker": "selected_time", "users_select": "selected_user", "channels_select": "selected_channel",
		"conversations_select": "selected_conversation",
	}[kind]
	switch {
	case kind == "checkboxes" || strings.HasPrefix(kind, "multi_"):
		o["selected_options"] = append([]object{}, chosen...)
	case kind == "static_select" || kind == "radio_buttons":
		o["selected_option"] = nil
		if len(chosen) > 0 {
			o["selected_option"] = chosen[0]
		}
	case name == "":
		name = "value"
		given = given && value != "" // an empty field is null
		fallthrough
	default:
		o[name] = nil
		if given {
			o[name] = value
		}
	}
	return o
}

func optionsOf(e object) []object {
	list, _ := e["options"].([]any)
	groups, _ := e["option_groups"].([]any)
	for _, g := range groups {
		group, _ := g.(object)
		more, _ := group["options"].([]any)
		list = append(list, more...)
	}
	var all []object
	for _, o := range list {
		if option, ok := o.(object); ok {
			all = append(all, option)
		}
	}
	return all
}

// submitted does what the acknowledgement of a submission says ("Modals"). It returns what went wrong.
func (s *Server) submitted(v View, payload json.RawMessage) string {
	at := slices.IndexFunc(s.views, func(open *View) bool { return open.ID == v.ID })
	if at < 0 {
		return "the view is closed"
	}
	var r struct {
		Action string            `json:"response_action"`
		View   json.RawMessage   `json:"view"`
		Errors map[string]string `json:"errors"`
	}
	if payload != nil && json.Unmarshal(payload, &r) != nil {
		return "no JSON object"
	}
	switch r.Action {
	case "":
		s.views = slices.Delete(s.views, at, at+1)
	case "clear":
		s.closeModals(v.User)
	case "errors":
		return wrongErrors(v, r.Errors)
	case "update", "push":
		next, p := s.readView(r.View, "modal")
		switch {
		case p != nil:
			return fmt.Sprintf("%s: %s", p.Code, strings.Join(p.Details, "; "))
		case r.Action == "update":
			s.replace(s.views[at], next)
		case len(s.stack(v.User)) >= maxStack:
			return "push_limit_reached"
		default:
			if _, p := s.show(next, v.User); p != nil {
				return p.Code
			}
		}
	default:
		return "unknown response_action " + r.Action
	}
	return ""
}

// wrongErrors checks that errors are shown at inputs; elsewhere Slack shows that there was trouble connecting (slack-go,
// NewErrorsViewSubmissionResponse).
func wrongErrors(v View, errors map[string]string) string {
	inputs := map[string]bool{}
	for _, b := range decodeBlocks(v.Blocks) {
		inputs[str(b, "block_id")] = str(b, "type") == "input"
	}
	for _, id := range slices.Sorted(maps.Keys(errors)) {
		if !inputs[id] {
			return fmt.Sprintf("an error is for %s, which is no input", id)
		}
	}
	if len(errors) == 0 {
		return "no errors are named"
	}
	return ""
}
