package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Limits of messages that the description leaves out or gives otherwise, in characters.
const (
	maxContent  = 2000
	maxEmbeds   = 6000 // all embeds together
	maxNonce    = 25
	maxV2Text   = 4000 // all text displays together ("Component Reference")
	maxV2       = 40   // components, those within others too
	maxRows     = 5
	maxButtons  = 5 // a row
	maxCustomID = 100
	maxTitle    = 45 // of a modal
	maxInput    = 4000
)

// rules lists what in a body breaks a rule that the description does not hold.
func rules(name string, body json.RawMessage) []breach {
	var r ruler
	switch name {
	case PostMessage, PostFollowup:
		r.message(body, "", false)
	case EditMessage, EditFollowup:
		r.message(body, "", true)
	case Callback:
		var in struct {
			Type int             `json:"type"`
			Data json.RawMessage `json:"data"`
		}
		if json.Unmarshal(body, &in) != nil {
			return nil // the description has found it
		}
		switch in.Type {
		case CallMessage, CallEdit:
			r.message(in.Data, "data", in.Type == CallEdit)
		case CallModal:
			r.modal(in.Data)
		case CallChoices:
			r.choices(in.Data)
		}
	case PutCommands, PutGuildCommands:
		r.commands(body)
	case PostCommand, PostGuildCommand:
		r.commands(json.RawMessage("[" + string(body) + "]"))
	}
	return r.found
}

// ruler gathers what breaks rules.
type ruler struct{ found []breach }

func (r *ruler) add(path, format string, a ...any) {
	r.found = append(r.found, breach{path, fmt.Sprintf(format, a...)})
}

// most wants a text to be at most so long, in characters.
func (r *ruler) most(path, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		r.add(path, "has %d characters, of %d", n, most)
	}
}

// message holds a message to the rules. Nobody may be rung by one, so each says whom it may mention: nobody.
func (r *ruler) message(body json.RawMessage, path string, edit bool) {
	var m struct {
		wireMessage
		Embeds  []embed `json:"embeds"`
		Allowed *struct {
			Parse       []string `json:"parse"`
			Users       []string `json:"users"`
			Roles       []string `json:"roles"`
			RepliedUser bool     `json:"replied_user"`
		} `json:"allowed_mentions"`
	}
	if len(body) == 0 {
		r.add(path, "is missing")
		return
	}
	if err := json.Unmarshal(body, &m); err != nil {
		r.add(path, "cannot be read: %v", err)
		return
	}
	at := func(name string) string { return path + "/" + name }
	content := ""
	if m.Content != nil {
		content = *m.Content
	}
	r.most(at("content"), content, maxContent)
	total := 0
	for _, e := range m.Embeds {
		for _, text := range e.texts() {
			total += utf8.RuneCountInString(text)
		}
	}
	if total > maxEmbeds {
		r.add(at("embeds"), "have %d characters together, of %d", total, maxEmbeds)
	}
	switch a := m.Allowed; {
	case a == nil:
		r.add(at("allowed_mentions"), "is missing")
	case a.Parse == nil || len(a.Parse) > 0:
		r.add(at("allowed_mentions/parse"), "is not []")
	case a.RepliedUser || len(a.Users) > 0 || len(a.Roles) > 0:
		r.add(at("allowed_mentions"), "lets somebody be rung")
	}
	var nonce string
	if json.Unmarshal(m.Nonce, &nonce) == nil {
		r.most(at("nonce"), nonce, maxNonce)
	}
	v2 := m.Flags != nil && *m.Flags&ComponentsV2 != 0
	if v2 && (content != "" || len(m.Embeds) > 0) {
		r.add(at("flags"), "is for Components V2, which go without content and embeds")
	}
	r.components(m.Components, at("components"), v2 || edit && m.Flags == nil && needsV2(m.Components))
}

// needsV2 tells whether components are of types that Components V2 has brought.
func needsV2(raw json.RawMessage) bool {
	var all []wireComponent
	return json.Unmarshal(raw, &all) == nil && slices.ContainsFunc(all, func(c wireComponent) bool { return c.Type != 1 })
}

// components holds the components of a message to the rules. What V2 adds needs its flag, which an edit may leave out where the message
// has it: that is looked at when it is edited.
func (r *ruler) components(raw json.RawMessage, path string, v2 bool) {
	var all []wireComponent
	if len(raw) == 0 || json.Unmarshal(raw, &all) != nil {
		return // there are none, or the description has found it
	}
	ids := map[string]bool{}
	count, text := 0, 0
	walk(all, nil, func(c, around *wireComponent) {
		count++
		text += utf8.RuneCountInString(c.Content)
		r.component(*c, path, ids)
		if around == nil && c.Type != 1 && !v2 {
			r.add(path, "hold a component of type %d, which needs the flag of Components V2", c.Type)
		}
	})
	switch {
	case v2 && count > maxV2:
		r.add(path, "are %d, of %d", count, maxV2)
	case v2 && text > maxV2Text:
		r.add(path, "hold %d characters of text, of %d", text, maxV2Text)
	case !v2 && len(all) > maxRows:
		r.add(path, "are %d rows, of %d", len(all), maxRows)
	}
}

// component holds one component to the rules.
func (r *ruler) component(c wireComponent, path string, ids map[string]bool) {
	if c.CustomID != "" {
		if ids[c.CustomID] {
			r.add(path, "hold the custom_id %q twice", c.CustomID)
		}
		ids[c.CustomID] = true
		r.most(path, c.CustomID, maxCustomID)
	}
	const link, premium = 5, 6
	switch {
	case c.Type == 1:
		r.row(c, path)
	case c.Type == 2 && c.Style == link && (c.URL == "" || c.CustomID != ""):
		r.add(path, "hold a link button without a url, or with a custom_id")
	case c.Type == 2 && c.Style != link && c.Style != premium && c.CustomID == "":
		r.add(path, "hold the button %q without a custom_id", c.Label)
	case c.Type == 3 && len(c.Options) == 0:
		r.add(path, "hold the select %q without options", c.CustomID)
	case c.Type >= 3 && c.Type <= 8 && c.CustomID == "":
		r.add(path, "hold a component of type %d without a custom_id", c.Type)
	}
	values := map[string]bool{}
	for _, o := range c.Options {
		if values[o.Value] {
			r.add(path, "hold the select %q with the value %q twice", c.CustomID, o.Value)
		}
		values[o.Value] = true
	}
}

// row wants a row to hold buttons alone, or one of something else.
func (r *ruler) row(row wireComponent, path string) {
	buttons := 0
	for _, c := range row.Components {
		if c.Type == 2 {
			buttons++
		}
	}
	others := len(row.Components) - buttons
	if len(row.Components) == 0 || buttons > maxButtons || others > 1 || buttons > 0 && others > 0 {
		r.add(path, "hold a row of %d buttons and %d other components", buttons, others)
	}
}

// modal holds a modal to the rules.
func (r *ruler) modal(body json.RawMessage) {
	var m struct {
		CustomID   string          `json:"custom_id"`
		Title      string          `json:"title"`
		Components []wireComponent `json:"components"`
	}
	if json.Unmarshal(body, &m) != nil {
		return // the description has found it
	}
	r.most("data/title", m.Title, maxTitle)
	if m.Title == "" || m.CustomID == "" || len(m.Components) == 0 || len(m.Components) > maxRows {
		r.add("data", "is a modal with %d components, title %q and custom_id %q", len(m.Components), m.Title, m.CustomID)
	}
	ids := map[string]bool{}
	walk(m.Components, nil, func(c, _ *wireComponent) {
		r.component(*c, "data/components", ids)
		if c.MaxLength > maxInput || c.MaxLength > 0 && c.MinLength > c.MaxLength {
			r.add("data/components", "hold a field of %d to %d characters", c.MinLength, c.MaxLength)
		}
		r.most("data/components", c.Value, maxInput)
	})
}
