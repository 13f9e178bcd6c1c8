package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// nonceLife is for how long a nonce is remembered. Discord says some minutes.
const nonceLife = 3 * time.Minute

// nonce is the message that was made with a nonce.
type nonce struct {
	message *Message
	at      time.Time
}

// wireMessage is a message as the app writes one. What is nil was not given, or null.
type wireMessage struct {
	Content          *string         `json:"content"`
	Embeds           json.RawMessage `json:"embeds"`
	Components       json.RawMessage `json:"components"`
	Flags            *int            `json:"flags"`
	Nonce            json.RawMessage `json:"nonce"`
	EnforceNonce     bool            `json:"enforce_nonce"`
	MessageReference *struct {
		MessageID       string `json:"message_id"`
		FailIfNotExists *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
}

// parse reads a body that was checked.
func parse(body json.RawMessage) wireMessage {
	var w wireMessage
	if len(body) > 0 {
		_ = json.Unmarshal(body, &w) // check has found what is wrong; without the description, what cannot be read is not there
	}
	return w
}

// message is a message with what the app wrote.
func (w wireMessage) message(channel string) Message {
	m := Message{Channel: channel, User: Bot, Embeds: w.Embeds, Components: w.Components}
	if w.Content != nil {
		m.Content = *w.Content
	}
	if w.Flags != nil {
		m.Flags = *w.Flags
	}
	return m
}

// empty tells whether people would see nothing.
func (m Message) empty() bool {
	return m.Content == "" && string(listOr(m.Embeds)) == "[]" && string(listOr(m.Components)) == "[]"
}

// change edits a message: what is given takes the place of what was.
func (s *Server) change(m *Message, body json.RawMessage) *problem {
	w := parse(body)
	var given map[string]json.RawMessage
	_ = json.Unmarshal(body, &given) // as above
	next := *m
	if _, there := given["content"]; there {
		next.Content = ""
		if w.Content != nil {
			next.Content = *w.Content
		}
	}
	if _, there := given["embeds"]; there {
		next.Embeds = listOr(w.Embeds)
	}
	if _, there := given["components"]; there {
		next.Components = listOr(w.Components)
	}
	if w.Flags != nil {
		next.Flags |= *w.Flags & ComponentsV2 // which stays for good
	}
	if next.empty() {
		return trouble(50006)
	}
	if next.Flags&ComponentsV2 == 0 && needsV2(next.Components) {
		return invalid("components", "The components need the flag of Components V2", "UNION_TYPE_CHOICES")
	}
	if next.Flags&ComponentsV2 != 0 && (next.Content != "" || string(next.Embeds) != "[]") {
		return invalid("flags", "The MESSAGE_FLAGS.IS_COMPONENTS_V2 flag can not be used with content or embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
	}
	if !next.Loading {
		next.Edited, next.edited, next.Edits = true, s.config.Now(), next.Edits+1
	}
	next.Loading, next.Flags = false, next.Flags&^Loading
	*m = next
	s.announce("MESSAGE_UPDATE", m)
	return nil
}

// reach tells what keeps the bot from a channel, or from posting there.
func (s *Server) reach(channel string, posting bool) *problem {
	p := s.channels[channel]
	switch {
	case p == nil:
		return trouble(10003)
	case p.beyond():
		return trouble(50001)
	case posting && p.Mute:
		return trouble(50013)
	case posting && p.DM != "" && s.users[p.DM].ClosedDMs:
		return trouble(50007)
	default:
		return nil
	}
}

func getMe(s *Server, _ request) (int, any, *problem) { return http.StatusOK, s.userObject(Bot), nil }

func getApplication(s *Server, _ request) (int, any, *problem) {
	return http.StatusOK, fields{
		"id": AppID, "name": "parley", "icon": nil, "description": "", "bot": s.userObject(Bot), "verify_key": s.PublicKey(), "flags": 0,
		"approximate_guild_count": 1, "bot_public": true, "bot_require_code_grant": false,
	}, nil
}

func openDM(s *Server, q request) (int, any, *problem) {
	var in struct {
		Recipient string `json:"recipient_id"`
	}
	_ = json.Unmarshal(q.body, &in) // check has read it
	if _, known := s.users[in.Recipient]; !known || in.Recipient == Bot {
		return 0, nil, trouble(10013)
	}
	return http.StatusOK, s.channelObject(s.dm(in.Recipient)), nil
}

func getChannel(s *Server, q request) (int, any, *problem) {
	if p := s.reach(q.PathValue("channel"), false); p != nil {
		return 0, nil, p
	}
	return http.StatusOK, s.channelObject(s.channels[q.PathValue("channel")]), nil
}

// postMessage makes a message ("Create Message"). With enforce_nonce the same nonce gives the same message.
func postMessage(s *Server, q request) (int, any, *problem) {
	channel := q.PathValue("channel")
	if p := s.reach(channel, true); p != nil {
		return 0, nil, p
	}
	w := parse(q.body)
	m := w.message(channel)
	if m.empty() {
		return 0, nil, trouble(50006)
	}
	if json.Unmarshal(w.Nonce, &m.Nonce) != nil {
		m.Nonce = string(w.Nonce)
	}
	known, again := s.nonces[channel+" "+m.Nonce]
	if again && m.Nonce != "" && w.EnforceNonce && s.config.Now().Sub(known.at) < nonceLife && !known.message.deleted {
		return http.StatusOK, s.posted(known.message), nil
	}
	if ref := w.MessageReference; ref != nil {
		m.ReplyTo = ref.MessageID
		if s.find(channel, ref.MessageID) == nil {
			if ref.FailIfNotExists == nil || *ref.FailIfNotExists {
				return 0, nil, invalid("message_reference", "Unknown message", "REPLIES_UNKNOWN_MESSAGE")
			}
			m.ReplyTo = ""
		}
	}
	made := s.add(m)
	if m.Nonce != "" {
		s.nonces[channel+" "+m.Nonce] = nonce{message: made, at: s.config.Now()}
	}
	s.announce("MESSAGE_CREATE", made)
	return http.StatusOK, s.posted(made), nil
}

// posted is a message as the answer to its making shows it.
func (s *Server) posted(m *Message) fields {
	o := s.object(m, true)
	if m.Nonce != "" {
		o["nonce"] = m.Nonce
	}
	return o
}

// own finds the message of a path.
func (s *Server) own(q request, mine bool) (*Message, *problem) {
	if p := s.reach(q.PathValue("channel"), false); p != nil {
		return nil, p
	}
	m := s.find(q.PathValue("channel"), q.PathValue("message"))
	if m == nil {
		return nil, trouble(10008)
	}
	if mine && m.User != Bot {
		return nil, trouble(50005)
	}
	return m, nil
}

func getMessage(s *Server, q request) (int, any, *problem) {
	m, p := s.own(q, false)
	if p != nil {
		return 0, nil, p
	}
	return http.StatusOK, s.object(m, s.readable(m)), nil
}

// editMessage edits a message, of those older than an hour not too many.
func editMessage(s *Server, q request) (int, any, *problem) {
	m, p := s.own(q, true)
	if p != nil {
		return 0, nil, p
	}
	now := s.config.Now()
	if s.config.OldEdits > 0 && now.Sub(m.at) > time.Hour {
		recent := slices.DeleteFunc(s.oldEdits[m.Channel], func(at time.Time) bool { return now.Sub(at) >= time.Hour })
		if len(recent) >= s.config.OldEdits {
			p := trouble(30046)
			p.limit(time.Hour-now.Sub(recent[0]), ScopeUser)
			return 0, nil, p
		}
		s.oldEdits[m.Channel] = append(recent, now)
	}
	if p := s.change(m, q.body); p != nil {
		return 0, nil, p
	}
	return http.StatusOK, s.object(m, true), nil
}

func deleteMessage(s *Server, q request) (int, any, *problem) {
	m, p := s.own(q, false)
	if p != nil {
		return 0, nil, p
	}
	if m.User != Bot {
		return 0, nil, trouble(50013)
	}
	s.remove(m)
	return http.StatusNoContent, nil, nil
}

// listMessages lists messages, newest first ("Get Channel Messages"): limit, before, after and around are known.
func listMessages(s *Server, q request) (int, any, *problem) {
	channel := q.PathValue("channel")
	if p := s.reach(channel, false); p != nil {
		return 0, nil, p
	}
	args := q.URL.Query()
	limit := 50
	if text := args.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 100 {
			return 0, nil, invalid("limit", "int value should be between 1 and 100.", "NUMBER_TYPE_MAX")
		}
		limit = n
	}
	var all []*Message
	for _, m := range s.messages {
		if m.Channel == channel && m.To == "" && !m.deleted {
			all = append(all, m)
		}
	}
	at := func(id string) int {
		i, _ := slices.BinarySearchFunc(all, id, func(m *Message, id string) int { return compareIDs(m.ID, id) })
		return i
	}
	switch before, after, around := args.Get("before"), args.Get("after"), args.Get("around"); {
	case before != "":
		all = all[:at(before)]
	case after != "":
		i := at(after)
		if i < len(all) && all[i].ID == after {
			i++
		}
		all = all[i:min(i+limit, len(all))]
	case around != "":
		i := max(at(around)-limit/2, 0)
		all = all[i:min(i+limit, len(all))]
	}
	found := []fields{}
	for _, m := range slices.Backward(all) {
		if len(found) == limit {
			break
		}
		found = append(found, s.object(m, s.readable(m)))
	}
	return http.StatusOK, found, nil
}

// compareIDs orders ids by age.
func compareIDs(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}
