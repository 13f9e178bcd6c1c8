package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Types of options ("Application Command Option Type").
const (
	optionCommand = 1
	optionGroup   = 2
	optionString  = 3
	optionInteger = 4
	optionBoolean = 5
	optionNumber  = 10
)

// Option is an option of a command with its value: a string, bool, int or float64, of the type that was registered.
type Option struct {
	Name  string
	Value any
}

// Command uses a slash command, whose name may be followed by those of a group and a sub-command: "parley check". What is registered
// must have it, and its options: a test that asks for others fails. Before anything is registered everything is let pass.
func (s *Server) Command(channel, user, name string, options ...Option) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.interact(kindCommand, s.place(channel), user, s.commandData(name, options, ""), nil)
}

// Autocomplete types into an option of a command, in Channel, with other options filled in.
func (s *Server) Autocomplete(user, name, option, partial string, options ...Option) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	options = append(slices.Clone(options), Option{option, partial})
	return s.interact(kindAutocomplete, s.place(Channel), user, s.commandData(name, options, option), nil)
}

// MessageCommand uses a message command ("Check this claim") on a message.
func (s *Server) MessageCommand(name, user string, m Message) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept(m)
	if k == nil {
		k = &m
	}
	data := s.commandData(name, nil, "")
	data["type"], data["target_id"] = 3, m.ID
	data["resolved"] = fields{"messages": fields{m.ID: s.object(k, true)}}
	if c, found := s.registration(3, name); found {
		data["id"] = c.text("id")
	} else if s.commands[""] != nil || s.commands[Guild] != nil {
		s.wrongly("there is no message command %q", name)
	}
	return s.interact(kindCommand, s.place(m.Channel), user, data, nil)
}

// commandData is data of a command. focused is the option that is being typed into.
func (s *Server) commandData(name string, given []Option, focused string) fields {
	words := strings.Fields(strings.TrimPrefix(name, "/"))
	message := false
	if _, message = s.registration(3, name); message || len(words) == 0 {
		words = []string{name}
	}
	data := fields{"name": words[0], "type": 1, "id": "500000000000000001"}
	var level []wireOption
	strict := !message && (len(s.commands[""]) > 0 || len(s.commands[Guild]) > 0)
	if c, found := s.registration(1, words[0]); found {
		data["id"] = c.text("id")
		_ = json.Unmarshal(c["options"], &level) // check has read it
	} else if strict && len(given) > 0 {
		s.wrongly("there is no command %q", words[0])
	}
	at := data
	for i, word := range words[1:] {
		kind := optionCommand
		if i == 0 && len(words) == 3 {
			kind = optionGroup
		}
		j := slices.IndexFunc(level, func(o wireOption) bool { return o.Name == word && o.Type == kind })
		if j >= 0 {
			level = level[j].Options
		} else if strict {
			s.wrongly("the command %q has no %q", name, word)
			level = nil
		}
		next := fields{"name": word, "type": kind}
		at["options"] = []fields{next}
		at = next
	}
	var options []fields
	for _, g := range given {
		j := slices.IndexFunc(level, func(o wireOption) bool { return o.Name == g.Name })
		o := fields{"name": g.Name, "value": g.Value, "type": typeOf(g.Value)}
		switch {
		case j >= 0 && g.Name != focused:
			o["type"] = level[j].Type
			if wrong := level[j].refuses(g.Value); wrong != "" {
				s.wrongly("the option %q of %q %s", g.Name, name, wrong)
			}
		case j >= 0:
			o["type"] = level[j].Type
			if !level[j].Autocomplete {
				s.wrongly("the option %q of %q has no autocomplete", g.Name, name)
			}
		case strict:
			s.wrongly("the command %q has no option %q", name, g.Name)
		}
		if g.Name == focused {
			o["focused"] = true
		}
		options = append(options, o)
	}
	for _, o := range level {
		if o.Required && focused == "" && !slices.ContainsFunc(given, func(g Option) bool { return g.Name == o.Name }) {
			s.wrongly("the command %q needs the option %q", name, o.Name)
		}
	}
	if options != nil {
		at["options"] = options
	} else if len(words) > 1 {
		at["options"] = []fields{}
	}
	return data
}

func typeOf(v any) int {
	switch v.(type) {
	case bool:
		return optionBoolean
	case int, int64:
		return optionInteger
	case float64:
		return optionNumber
	default:
		return optionString
	}
}

// refuses tells why the client would not let a person enter a value; "" if it would.
func (o wireOption) refuses(v any) string {
	text, isText := v.(string)
	n := len([]rune(text))
	switch {
	case o.Type <= optionGroup:
		return "is a sub-command"
	case o.Type >= optionString && o.Type <= optionBoolean && typeOf(v) != o.Type || o.Type == optionNumber && typeOf(v) != optionNumber && typeOf(v) != optionInteger:
		return fmt.Sprintf("is of type %d, not %T", o.Type, v)
	case isText && (o.MinLength != nil && n < *o.MinLength || o.MaxLength != nil && n > *o.MaxLength):
		return fmt.Sprintf("does not take %d characters", n)
	case len(o.Choices) > 0 && !slices.ContainsFunc(o.Choices, func(c wireOptionChoice) bool { return string(c.Value) == string(mustJSON(v)) }):
		return fmt.Sprintf("has no choice %v", v)
	default:
		return ""
	}
}

// Click presses a button of a message.
func (s *Server) Click(user string, m Message, customID string) *Delivery {
	return s.use(user, m, customID, nil)
}

// Select makes a choice in a select of a message.
func (s *Server) Select(user string, m Message, customID string, values ...string) *Delivery {
	if values == nil {
		values = []string{}
	}
	return s.use(user, m, customID, values)
}

// Component sends an interaction with a component as a forger would: with any custom_id and any values, which are there or not.
func (s *Server) Component(user string, m Message, kind int, customID string, values ...string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.component(user, m, kind, customID, values)
}

// use uses a control that the person sees.
func (s *Server) use(user string, m Message, customID string, values []string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind := 2
	if values != nil {
		kind = 3
	}
	if k := s.kept(m); k != nil {
		i := slices.IndexFunc(k.Controls(), func(c Control) bool { return c.CustomID == customID })
		switch {
		case k.To != "" && k.To != user:
			s.wrongly("%s does not see the message %s", user, m.ID)
		case i < 0 || k.Controls()[i].Disabled || k.Controls()[i].Type == 2 != (kind == 2):
			s.wrongly("the message %s has no such control %q to use", m.ID, customID)
		default:
			c := k.Controls()[i]
			kind = c.Type
			for _, v := range values {
				if kind == 3 && !slices.ContainsFunc(c.Options, func(o Choice) bool { return o.Value == v }) {
					s.wrongly("the select %q has no option %q", customID, v)
				}
			}
		}
	}
	return s.component(user, m, kind, customID, values)
}

func (s *Server) component(user string, m Message, kind int, customID string, values []string) *Delivery {
	k := s.kept(m)
	if k == nil {
		k = &m
	}
	data := fields{"component_type": kind, "custom_id": customID, "id": 1}
	if kind != 2 {
		data["values"] = values
	}
	return s.interact(kindComponent, s.place(m.Channel), user, data, k)
}

// interact makes an interaction and begins to tell the app of it ("Interaction Object").
func (s *Server) interact(kind int, p *Place, user string, data fields, source *Message) *Delivery {
	who, known := s.users[user]
	if !known {
		s.wrongly("there is no user %q", user)
	}
	locale := who.Locale
	if locale == "" {
		locale = "en-US"
	}
	d := &Delivery{ID: s.newID(), event: "INTERACTION_CREATE", kind: kind, user: user, place: p, source: source, alone: p.beyond()}
	d.Token = "aW50ZXJhY3Rpb24" + d.ID
	d.owners = fields{"0": p.Guild}
	switch {
	case d.alone:
		d.owners = fields{"1": user}
	case p.DM != "":
		d.owners = fields{"0": "0"} // of a bot installed to a guild, in a DM with it ("Authorizing Integration Owners Object")
	}
	o := fields{
		"id": d.ID, "application_id": AppID, "type": kind, "data": data, "channel_id": p.ID, "channel": s.channelObject(p), "token": d.Token, "version": 1,
		"app_permissions": fmt.Sprint(SendMessages), "locale": locale, "entitlements": []fields{}, "authorizing_integration_owners": d.owners,
		"context": p.context(), "attachment_size_limit": 10 << 20,
	}
	if p.Guild != "" {
		member := s.memberObject(user)
		member["user"], member["permissions"] = s.userObject(user), who.permissions()
		o["member"], o["guild_id"], o["guild_locale"] = member, p.Guild, "en-US"
		o["guild"] = fields{"id": p.Guild, "locale": "en-US", "features": []string{}}
	} else {
		o["user"] = s.userObject(user)
	}
	if source != nil {
		o["message"] = s.object(source, true)
	}
	d.Payload = mustJSON(o)
	s.interactions[d.ID] = d
	return s.deliver(d, true)
}
