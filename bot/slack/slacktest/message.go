package slacktest

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

// Message is a message as it stands in a channel.
type Message struct {
	Channel  string
	TS       string // its id
	ThreadTS string // the id of the message that its thread hangs on; "" outside of threads
	User     string
	Text     string
	Blocks   json.RawMessage // as Slack keeps them, with a block_id and action_id everywhere
	Metadata json.RawMessage // {"event_type": …, "event_payload": …}
	To       string          // of an ephemeral message: the only person who sees it
	Edits    int             // how often it was edited
	Edited   bool            // people see "(edited)", which an edit with blocks does not show ("chat.update")

	UnfurlLinks, UnfurlMedia *bool // as asked for by the app; nil if it did not say

	editedTS string // when a person edited it
	deleted  bool   // still there while a thread hangs on it
}

// Messages lists what everybody in a channel sees, in order, threads too.
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
func (s *Server) find(channel, ts string) *Message {
	for _, m := range s.messages {
		if m.Channel == channel && m.TS == ts && m.To == "" && !m.deleted {
			return m
		}
	}
	return nil
}

// add puts a message into its channel.
func (s *Server) add(m Message) *Message {
	m.TS = s.newTS()
	s.messages = append(s.messages, &m)
	return &m
}

// remove takes a message away. While a thread hangs on it, a tombstone stays ("message_deleted").
func (s *Server) remove(m *Message) {
	m.deleted = true
	if len(s.thread(m)) == 0 {
		s.messages = slices.DeleteFunc(s.messages, func(other *Message) bool { return other == m })
	}
}

// thread lists the replies that hang on a message.
func (s *Server) thread(parent *Message) []*Message {
	var all []*Message
	for _, m := range s.messages {
		if m.Channel == parent.Channel && m.ThreadTS == parent.TS && m != parent && m.To == "" {
			all = append(all, m)
		}
	}
	return all
}

// object is a message as the Web API and events show it.
func (s *Server) object(m *Message, withMetadata bool) fields {
	if m.deleted {
		return fields{
			"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": true, "text": "This message was deleted.", "ts": m.TS, "thread_ts": m.TS,
			"reply_count": len(s.thread(m)),
		}
	}
	o := fields{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS, "team": Team}
	if m.User == Bot {
		o["bot_id"], o["app_id"] = botID, App
	}
	if m.ThreadTS != "" {
		o["thread_ts"] = m.ThreadTS
	}
	if len(m.Blocks) > 0 {
		o["blocks"] = m.Blocks
	}
	if withMetadata && len(m.Metadata) > 0 {
		o["metadata"] = m.Metadata
	}
	if m.Edited {
		o["edited"] = fields{"user": m.User, "ts": cmp.Or(m.editedTS, m.TS)}
	}
	if replies := s.thread(m); len(replies) > 0 {
		o["thread_ts"], o["reply_count"], o["latest_reply"] = m.TS, len(replies), replies[len(replies)-1].TS
	}
	return o
}

// tsTime is the time in the id of a message.
func tsTime(ts string) time.Time {
	var seconds, micros int64
	for _, r := range ts {
		switch {
		case r == '.':
			seconds, micros = micros, 0
		case r >= '0' && r <= '9':
			micros = micros*10 + int64(r-'0')
		}
	}
	return time.Unix(seconds, micros*1000)
}
