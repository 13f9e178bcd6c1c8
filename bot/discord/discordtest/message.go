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

	at, edited  time.Time
	interaction *Delivery // which it answers; nil if none
	deleted     bool
}

// Text is all that a person reads: the content, the embeds unless previews are switched off, and what Components V2 say.
func (m Message) Text(previews bool) string {
	texts := []string{m.Content}
	var embeds []embed
	if previews && json.Unmarshal(m.Embeds, &embeds) == nil {
		for _, e := range embeds {
			texts = append(texts, e.texts()...)
		}
	}
	var all []wireComponent
	if json.Unmarshal(m.Components, &all) == nil {
		walk(all, nil, func(c, _ *wireComponent) { texts = append(texts, c.Content) })
	}
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), "\n")
}

// embed is an embed as the app writes one.
type embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Footer      struct {
		Text string `json:"text"`
	} `json:"footer"`
	Author struct {
		Name string `json:"name"`
	} `json:"author"`
	Fields []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// texts are what can be read in an embed.
func (e embed) texts() []string {
	all := []string{e.Author.Name, e.Title, e.Description}
	for _, f := range e.Fields {
		all = append(all, f.Name, f.Value)
	}
	return append(all, e.Footer.Text)
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
		o["edited_timestamp"] = stamp(m.edited)
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
