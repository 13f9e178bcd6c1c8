package discordtest

import "strconv"

// Permissions, of which a person's are a sum ("Permissions").
const (
	Administrator  = 1 << 3
	ManageGuild    = 1 << 5
	SendMessages   = 1 << 11
	ManageMessages = 1 << 13
)

// Person is somebody who uses Discord.
type Person struct {
	ID, Name    string
	Locale      string // "en-US" if empty
	Permissions int64  // in every channel; SendMessages if 0
	Roles       []string
	ClosedDMs   bool // takes no direct messages from the bot

	bot bool
}

// Place is a channel.
type Place struct {
	ID, Name string
	Guild    string // "" for direct messages
	DM       string // the person whom the bot talks with alone there; "" elsewhere
	Private  bool   // between people, without the bot: interactions come from there by user install alone
	Outside  bool   // of a guild that the bot is not in, or that it may not see: 50001
	Mute     bool   // where the bot may see all and post nothing: 50013
}

// AddUser makes a person, or changes one.
func (s *Server) AddUser(p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[p.ID] = p
}

// AddChannel makes a channel, or changes one.
func (s *Server) AddChannel(p Place) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[p.ID] = &p
}

// RemoveChannel takes a channel away, with what stands in it.
func (s *Server) RemoveChannel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.channels, id)
	for _, m := range s.messages {
		m.deleted = m.deleted || m.Channel == id
	}
}

// place finds a channel to act in; a test that names none that there is fails.
func (s *Server) place(id string) *Place {
	p := s.channels[id]
	if p == nil {
		s.wrongly("there is no channel %q", id)
		return &Place{ID: id}
	}
	return p
}

// dm is the channel where the bot talks with a person alone.
func (s *Server) dm(user string) *Place {
	for _, p := range s.channels {
		if p.DM == user {
			return p
		}
	}
	p := &Place{ID: s.newID(), DM: user}
	s.channels[p.ID] = p
	return p
}

// beyond tells whether the bot itself does not reach a channel.
func (p *Place) beyond() bool { return p.Outside || p.Private }

// kind is the type of a channel ("Channel Types").
func (p *Place) kind() int {
	switch {
	case p.DM != "":
		return 1
	case p.Private:
		return 3
	default:
		return 0
	}
}

// context is where an interaction comes from ("Interaction Context Types").
func (p *Place) context() int {
	switch {
	case p.DM != "":
		return 1
	case p.Private:
		return 2
	default:
		return 0
	}
}

// object is a channel as REST and interactions show it.
func (s *Server) channelObject(p *Place) fields {
	o := fields{"id": p.ID, "type": p.kind(), "flags": 0, "last_message_id": nil}
	if p.DM != "" {
		o["recipients"] = []fields{s.userObject(p.DM)}
		return o
	}
	o["name"], o["position"], o["permission_overwrites"] = p.Name, 0, []fields{}
	if p.Guild != "" {
		o["guild_id"] = p.Guild
	}
	return o
}

// userObject is a user as events and REST show one.
func (s *Server) userObject(id string) fields {
	p := s.users[id]
	o := fields{"id": id, "username": p.Name, "discriminator": "0", "global_name": p.Name, "avatar": nil, "public_flags": 0}
	if p.bot {
		o["bot"] = true
	}
	return o
}

// memberObject is somebody as a member of a guild.
func (s *Server) memberObject(id string) fields {
	p := s.users[id]
	roles := p.Roles
	if roles == nil {
		roles = []string{}
	}
	return fields{"roles": roles, "joined_at": "2024-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false, "flags": 0, "nick": nil, "avatar": nil,
		"pending": false, "premium_since": nil}
}

// permissions are a person's as a string, as interactions hold them.
func (p Person) permissions() string {
	if p.Permissions == 0 {
		return strconv.Itoa(SendMessages)
	}
	return strconv.FormatInt(p.Permissions, 10)
}
