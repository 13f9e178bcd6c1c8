package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf16"
)

// Limits of messages and modals that the description leaves out or gives otherwise, in units.
const (
	maxContent  = 2000
	maxEmbeds   = 6000 // all embeds together
	maxNonce    = 25
	maxV2Text   = 4000 // all text displays together ("Component Reference")
	maxV2       = 40   // components, those within others too
	maxRows     = 5
	maxCustomID = 100
	maxTitle    = 45 // of a modal
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

// most wants a text to be at most so long, in units.
func (r *ruler) most(path, text string, most int) {
	if n := units(text); n > most {
		r.add(path, "has %d characters, of %d", n, most)
	}
}

// some wants a text that is not empty, and at most so long.
func (r *ruler) some(path, text string, most int) {
	if text == "" {
		r.add(path, "has no characters")
	}
	r.most(path, text, most)
}

// units is how many UTF-16 code units a text has. Discord limits "characters" and does not say which ("Message Formatting", "Create
// Message"); of code points a text never has more.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

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
			total += units(text)
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
		text += units(c.Content)
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
	r.most("data/custom_id", m.CustomID, maxCustomID)
	if m.Title == "" || m.CustomID == "" || len(m.Components) == 0 || len(m.Components) > maxRows {
		r.add("data", "is a modal with %d components, title %q and custom_id %q", len(m.Components), m.Title, m.CustomID)
	}
	ids := map[string]bool{}
	walk(m.Components, nil, func(c, _ *wireComponent) {
		r.component(*c, "data/components", ids)
	})
}
