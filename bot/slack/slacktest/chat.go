package slacktest

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// maxText is where Slack cuts the text of a message, in characters ("Truncating really long messages").
const maxText = 40_000

// maxBlocksText is how many characters of text the blocks of a post may hold together before it is refused with msg_blocks_too_long. No
// page has it: Slack's people say so in the tracker of bolt-js, where others saw refusals from 11,300 to 13,300, and none of
// response URLs.
const maxBlocksText = 12_000

// compose makes a message of the arguments that posts, edits and answers to response URLs share.
func (s *Server) compose(a args) (Message, *problem) {
	m := Message{User: Bot, Text: cutText(a["text"]), ThreadTS: a["thread_ts"], UnfurlLinks: flag(a["unfurl_links"]), UnfurlMedia: flag(a["unfurl_media"])}
	if p := s.plainText(a); p != nil {
		return m, p
	}
	blocks, p := s.checkBlocks(a.raw("blocks"))
	if p != nil {
		return m, p
	}
	m.Blocks = blocks
	if m.Text == "" && len(blocks) == 0 {
		return m, &problem{Code: "no_text"}
	}
	metadata := a.raw("metadata")
	if metadata == nil {
		return m, nil
	}
	var shape struct {
		EventType    string         `json:"event_type"`
		EventPayload map[string]any `json:"event_payload"`
	}
	switch err := json.Unmarshal(metadata, &shape); {
	case err != nil || (shape.EventType == "") != (shape.EventPayload == nil):
		return m, &problem{Code: "invalid_metadata_format"}
	case shape.EventType != "": // without, it is as slack-go writes that there is none
		m.Metadata = metadata
	}
	return m, nil
}

// draft is compose for the methods that post and edit.
func (s *Server) draft(a args) (Message, *problem) {
	m, p := s.compose(a)
	switch {
	case p != nil:
	case textLength(decodeBlocks(m.Blocks)) > maxBlocksText:
		p = s.broken(&problem{Code: "msg_blocks_too_long"})
	case s.config.Plain && len(m.Blocks) == 0:
		p = s.broken(&problem{Code: "no_blocks"})
	}
	return m, p
}

// textLength counts the characters of all texts in some JSON.
func textLength(of any) int {
	n := 0
	switch of := of.(type) {
	case []object:
		for _, o := range of {
			n += textLength(o)
		}
	case []any:
		for _, v := range of {
			n += textLength(v)
		}
	case object:
		n = utf8.RuneCountInString(str(of, "text"))
		for _, v := range of {
			n += textLength(v)
		}
	}
	return n
}

// cutText cuts at maxText characters.
func cutText(text string) string {
	if utf8.RuneCountInString(text) > maxText {
		return string([]rune(text)[:maxText])
	}
	return text
}

// flag reads a boolean as clients write it; nil if it is not said.
func flag(value string) *bool {
	switch value {
	case "":
		return nil
	default:
		yes := value == "true" || value == "1"
		return &yes
	}
}

func postMessage(s *Server, a args) (fields, *problem) {
	c, p := s.writable(a["channel"])
	if p != nil {
		return nil, p
	}
	m, p := s.draft(a)
	if p != nil {
		return nil, p
	}
	m.Channel = c.ID
	posted := s.add(m)
	s.emitMessage(c, posted)
	return fields{"channel": c.ID, "ts": posted.TS, "message": s.object(posted, true)}, nil
}

func postEphemeral(s *Server, a args) (fields, *problem) {
	c, p := s.writable(a["channel"])
	if p != nil {
		return nil, p
	}
	if _, ok := s.users[a["user"]]; !ok || c.DM != "" && c.DM != a["user"] {
		return nil, &problem{Code: "user_not_in_channel"}
	}
	m, p := s.draft(a)
	if p != nil {
		return nil, p
	}
	m.Channel, m.To, m.Metadata = c.ID, a["user"], nil
	return fields{"message_ts": s.add(m).TS}, nil
}

// own finds a message of the bot's to change, or says as Slack does why it cannot.
func (s *Server) own(a args, refusal string) (*Channel, *Message, *problem) {
	c, p := s.writable(a["channel"])
	if p != nil {
		return nil, nil, p
	}
	m := s.find(c.ID, a["ts"])
	switch {
	case m == nil:
		return nil, nil, &problem{Code: "message_not_found"} // an ephemeral one too
	case m.User != Bot:
		return nil, nil, &problem{Code: refusal}
	}
	return c, m, nil
}

func updateMessage(s *Server, a args) (fields, *problem) {
	c, m, p := s.own(a, "cant_update_message")
	if p != nil {
		if p.Code == "is_archived" {
			p.Code = "is_inactive" // "chat.update" has a word of its own
		}
		return nil, p
	}
	changed, p := s.draft(a)
	if p != nil {
		return nil, p
	}
	s.edit(c, m, changed, a)
	return fields{"channel": c.ID, "ts": m.TS, "text": m.Text, "message": s.object(m, true)}, nil
}

// edit puts new content into a message. Text without blocks takes the blocks away; blocks without text leave the text ("chat.update").
// Whether metadata stays where none is given Slack does not say, so here it goes: an app must not count on it.
func (s *Server) edit(c *Channel, m *Message, changed Message, a args) {
	before := s.object(m, true)
	if a["text"] != "" || len(changed.Blocks) == 0 {
		m.Text = changed.Text
	}
	m.Blocks, m.Metadata = changed.Blocks, changed.Metadata
	m.Edits++
	m.Edited = m.Edited || len(changed.Blocks) == 0
	if m.To == "" {
		s.emitChange(c, fields{"subtype": "message_changed", "message": s.object(m, true), "previous_message": before})
	}
}

func deleteMessage(s *Server, a args) (fields, *problem) {
	c, m, p := s.own(a, "cant_delete_message")
	if p != nil {
		return nil, p
	}
	ts := m.TS
	s.takeAway(c, m)
	return fields{"channel": c.ID, "ts": ts}, nil
}

// takeAway deletes a message and tells the app: of one that a thread hangs on, that it was changed to a tombstone, which docs.slack.dev does not say but
// users saw (github.com/42wim/matterbridge, issue 600).
func (s *Server) takeAway(c *Channel, m *Message) []*Delivery {
	before := s.object(m, true)
	s.remove(m)
	switch {
	case m.To != "":
		return nil
	case len(s.thread(m)) > 0:
		return s.emitChange(c, fields{"subtype": "message_changed", "message": s.object(m, true), "previous_message": before})
	default:
		return s.emitChange(c, fields{"subtype": "message_deleted", "deleted_ts": m.TS, "previous_message": before})
	}
}

func permalink(s *Server, a args) (fields, *problem) {
	c, p := s.readable(a["channel"])
	if p != nil {
		return nil, p
	}
	m := s.find(c.ID, a["message_ts"])
	if m == nil {
		return nil, &problem{Code: "message_not_found"}
	}
	link := "https://" + domain + ".slack.com/archives/" + c.ID + "/p" + strings.ReplaceAll(m.TS, ".", "")
	if m.ThreadTS != "" {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + c.ID
	}
	return fields{"channel": c.ID, "permalink": link}, nil
}
