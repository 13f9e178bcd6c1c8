package slacktest

import "strings"

// User is a person or the bot.
type User struct {
	ID     string
	Name   string
	Admin  bool
	Groups []string // ids of user groups
	Closed bool     // the account is deactivated
	bot    bool
}

// Channel is where people talk. The bot and all people are members, but of a DM only its person.
type Channel struct {
	ID       string
	Name     string
	Private  bool
	DM       string // the person whose direct messages with the bot these are
	Archived bool
	Deleted  bool
	Outside  bool // the bot is not a member
}

// kind is the word for a channel in scopes and in channel_type of events.
func (c Channel) kind() (scope, channelType string) {
	switch {
	case c.DM != "":
		return "im", "im"
	case c.Private:
		return "groups", "group"
	default:
		return "channels", "channel"
	}
}

// AddUser adds a person, or changes one.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[u.ID] = u
}

// AddChannel adds a channel, or changes one: archives it, deletes it, takes the bot out.
func (s *Server) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.ID] = &c
}

// dm is where a person and the bot talk alone.
func (s *Server) dm(user string) *Channel {
	id := "D" + strings.TrimPrefix(user, "U")
	if s.channels[id] == nil {
		s.channels[id] = &Channel{ID: id, DM: user}
	}
	return s.channels[id]
}

// writable finds a channel that the bot may post in. A person's id stands for their direct messages ("chat.postMessage").
func (s *Server) writable(id string) (*Channel, *problem) {
	if _, ok := s.users[id]; ok && id != Bot {
		return s.dm(id), nil
	}
	c, err := s.readable(id)
	if err != nil {
		return nil, err
	}
	if c.Archived {
		return nil, &problem{Code: "is_archived"}
	}
	return c, nil
}

// readable finds a channel that the bot is in.
func (s *Server) readable(id string) (*Channel, *problem) {
	c := s.channels[id]
	if c == nil || c.Deleted || c.Private && c.Outside {
		return nil, &problem{Code: "channel_not_found"}
	}
	if c.Outside {
		return nil, &problem{Code: "not_in_channel"}
	}
	return c, nil
}
