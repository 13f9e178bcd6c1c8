package discordtest

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Flags of messages ("Message Flags").
const (
	Ephemeral    = 1 << 6
	Loading      = 1 << 7 // "is thinking…"
	ComponentsV2 = 1 << 15
)

// Message is a message as it stands in a channel.
type Message struct {
	Channel    string
	ID         string
	User       string
	Content    string
	Embeds     json.RawMessage // as sent; [] if none
	Components json.RawMessage // as sent; [] if none
	Flags      int
	ReplyTo    string // the id of the message that it answers
	To         string // of an ephemeral message: the only person who sees it
	Edited     bool   // people see "(edited)"
	Edits      int    // how often it was edited
	Loading    bool   // people see "is thinking…"
	Nonce      string

	at          time.Time
	interaction *Delivery // which it answers; nil if none
	deleted     bool
}

// Control is something in a message or a modal that can be used.
type Control struct {
	Type        int // 2 button, 3 and 5 to 8 selects, 4 text input ("Component Types")
	CustomID    string
	Label       string // the placeholder of a select
	Style       int
	URL         string
	Disabled    bool
	Value       string
	Required    *bool
	MinLength   int
	MaxLength   int
	Options     []Choice
	MinValues   *int
	MaxValues   *int
	Description string // of the Label around it
}

// Choice is an option of a select, or a choice of an autocomplete.
type Choice struct {
	Label, Value, Description string
	Default                   bool
}

// Controls lists what in the message can be used, in order.
func (m Message) Controls() []Control { return controls(m.Components) }

// Control finds a control by its custom_id or its label.
func (m Message) Control(name string) (Control, bool) {
	for _, c := range m.Controls() {
		if c.CustomID == name || c.Label == name {
			return c, true
		}
	}
	return Control{}, false
}

// wireComponent is a component of any type.
type wireComponent struct {
	Type        int    `json:"type"`
	CustomID    string `json:"custom_id"`
	Label       string `json:"label"`
	Placeholder string `json:"placeholder"`
	Description string `json:"description"`
	Style       int    `json:"style"`
	URL         string `json:"url"`
	Disabled    bool   `json:"disabled"`
	Value       string `json:"value"`
	Content     string `json:"content"`
	Required    *bool  `json:"required"`
	MinLength   int    `json:"min_length"`
	MaxLength   int    `json:"max_length"`
	MinValues   *int   `json:"min_values"`
	MaxValues   *int   `json:"max_values"`
	Options     []struct {
		Label       string `json:"label"`
		Value       string `json:"value"`
		Description string `json:"description"`
		Default     bool   `json:"default"`
	} `json:"options"`
	Components []wireComponent `json:"components"`
	Component  *wireComponent  `json:"component"`
	Accessory  *wireComponent  `json:"accessory"`
}

// walk shows every component within, in order, with the one around it.
func walk(all []wireComponent, around *wireComponent, see func(c, around *wireComponent)) {
	for i := range all {
		c := &all[i]
		see(c, around)
		walk(c.Components, c, see)
		for _, one := range []*wireComponent{c.Component, c.Accessory} {
			if one != nil {
				see(one, c)
			}
		}
	}
}

func controls(raw json.RawMessage) []Control {
	var all []wireComponent
	if json.Unmarshal(raw, &all) != nil {
		return nil // it was refused, or is none
	}
	var found []Control
	walk(all, nil, func(c, around *wireComponent) {
		if c.Type < 2 || c.Type > 8 {
			return
		}
		one := Control{
			Type: c.Type, CustomID: c.CustomID, Label: c.Label, Style: c.Style, URL: c.URL, Disabled: c.Disabled, Value: c.Value, Required: c.Required,
			MinLength: c.MinLength, MaxLength: c.MaxLength, MinValues: c.MinValues, MaxValues: c.MaxValues,
		}
		if c.Type != 2 && c.Type != 4 {
			one.Label = c.Placeholder
		}
		if around != nil && around.Type == 18 {
			one.Label, one.Description = around.Label, around.Description
		}
		for _, o := range c.Options {
			one.Options = append(one.Options, Choice{Label: o.Label, Value: o.Value, Description: o.Description, Default: o.Default})
		}
		found = append(found, one)
	})
	return found
}

// Messages lists what everybody in a channel sees, in order.
func (s *Server) Messages(channel string) []Message {
	return s.list(func(m *Message) bool { return m.Channel == channel && m.To == "" })
}

// Ephemerals lists what one person alone sees in a channel, in order.
func (s *Server) Ephemerals(channel, user string) []Message {
	return s.list(func(m *Message) bool { return m.Channel == channel && m.To == user })
}

// Seen lists what a person sees in a channel: what everybody sees and what they alone see, in order.
func (s *Server) Seen(channel, user string) []Message {
	return s.list(func(m *Message) bool { return m.Channel == channel && (m.To == "" || m.To == user) })
}

// DMs lists what a person and the bot said to each other alone, in order.
func (s *Server) DMs(user string) []Message {
	s.mu.Lock()
	id := s.dm(user).ID
	s.mu.Unlock()
	return s.Seen(id, user)
}

func (s *Server) list(want func(*Message) bool) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.messages {
		if want(m) && !m.deleted {
			all = append(all, *m)
		}
	}
	return all
}

// find looks for a message that all see.
func (s *Server) find(channel, id string) *Message {
	i := slices.IndexFunc(s.messages, func(m *Message) bool { return m.ID == id && m.Channel == channel && m.To == "" && !m.deleted })
	if i < 0 {
		return nil
	}
	return s.messages[i]
}

// add puts a message into its channel.
func (s *Server) add(m Message) *Message {
	m.ID, m.at = s.newID(), s.config.Now()
	m.Embeds, m.Components = listOr(m.Embeds), listOr(m.Components)
	s.messages = append(s.messages, &m)
	return &m
}

// listOr is a list, or the empty one in place of nothing.
func listOr(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 || string(raw) == "null" {
		return json.RawMessage("[]")
	}
	return raw
}

// object is a message as REST and events show it, with what it says if that may be read.
func (s *Server) object(m *Message, readable bool) fields {
	o := fields{
		"id": m.ID, "channel_id": m.Channel, "author": s.userObject(m.User), "content": m.Content, "timestamp": stamp(m.at), "edited_timestamp": nil,
		"tts": false, "mention_everyone": false, "mentions": s.mentions(m), "mention_roles": []string{}, "attachments": []fields{}, "embeds": m.Embeds,
		"components": m.Components, "pinned": false, "type": 0, "flags": m.Flags,
	}
	if !readable {
		o["content"], o["embeds"], o["components"] = "", []fields{}, []fields{}
	}
	if m.Edited {
		o["edited_timestamp"] = stamp(s.config.Now())
	}
	if m.User == Bot {
		o["application_id"] = AppID
	}
	if m.ReplyTo != "" {
		o["type"] = 19
		o["message_reference"] = fields{"type": 0, "message_id": m.ReplyTo, "channel_id": m.Channel}
		o["referenced_message"] = nil // it is gone
		if to := s.find(m.Channel, m.ReplyTo); to != nil {
			shown := *to
			shown.ReplyTo = ""
			o["referenced_message"] = s.object(&shown, s.readable(to))
		}
	}
	if m.interaction != nil {
		o["webhook_id"] = AppID
		o["interaction_metadata"] = fields{"id": m.interaction.ID, "type": m.interaction.kind, "user": s.userObject(m.interaction.user),
			"authorizing_integration_owners": m.interaction.owners}
	}
	return o
}

// mentions are the users whom a person's message names, and the author of the one that it answers.
func (s *Server) mentions(m *Message) []fields {
	named := []fields{}
	if m.User == Bot {
		return named // the app names nobody: rules.go
	}
	answered := ""
	if to := s.find(m.Channel, m.ReplyTo); to != nil {
		answered = to.User
	}
	for id := range s.users {
		if id == answered || strings.Contains(m.Content, "<@"+id+">") || strings.Contains(m.Content, "<@!"+id+">") {
			named = append(named, s.userObject(id))
		}
	}
	return named
}

// readable tells whether the app may read a message without the message content intent: a direct one, its own, one that names it.
func (s *Server) readable(m *Message) bool {
	if s.channels[m.Channel] == nil || s.channels[m.Channel].DM != "" || m.User == Bot {
		return true
	}
	return slices.ContainsFunc(s.mentions(m), func(u fields) bool { return u["id"] == Bot })
}

// stamp is a time as Discord writes it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }
