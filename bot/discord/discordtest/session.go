package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
)

// Intents ("Gateway Intents").
const (
	IntentGuilds         = 1 << 0
	IntentGuildMessages  = 1 << 9
	IntentDirectMessages = 1 << 12
	intentContent        = 1 << 15
	intentsPrivileged    = 1<<1 | 1<<8 | intentContent
	intentsKnown         = 1<<27 - 1
)

// session is what can be resumed.
type session struct {
	id      string
	intents int
	shard   [2]int
	sent    []frame // every event, at its sequence number less 1
	conn    *Conn   // nil while there is none
	swap    bool    // the next event waits for the one after it
	held    *frame
}

// wrongFirst lets a connection meet what comes in place of READY and RESUMED. It reports whether it did.
func (c *Conn) wrongFirst() bool {
	l := c.wrong
	switch {
	case l.NoReady:
	case l.Op7First:
		c.put(fields{"op": opReconnect, "d": nil})
		c.leaving = true
	case l.Op9First:
		c.wrong.Op9First = false // once; the app may go on by this connection
		c.invalidate(l.Resumable)
	case l.CloseFirst != 0:
		c.closeWith(l.CloseFirst)
	default:
		return false
	}
	return true
}

// identify begins a session ("Identify").
func (c *Conn) identify(d json.RawMessage) {
	s := c.server
	var in struct {
		Token      string            `json:"token"`
		Properties map[string]string `json:"properties"`
		Intents    *int              `json:"intents"`
		Shard      *[2]int           `json:"shard"`
	}
	if json.Unmarshal(d, &in) != nil {
		c.closeWith(4002)
		return
	}
	if s.identifies++; s.identifies > s.config.Identifies {
		s.revoke() // "the token is reset"
		return
	}
	shard := [2]int{0, 1}
	if in.Shard != nil {
		shard = *in.Shard
	}
	switch {
	case s.revoked || in.Token != Token && in.Token != "Bot "+Token:
		c.closeWith(4004)
	case shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1]:
		c.closeWith(4010)
	case shard[1] < s.config.Shards:
		c.closeWith(4011)
	case in.Intents == nil || *in.Intents < 0 || *in.Intents > intentsKnown:
		s.violate("IDENTIFY with intents that are none: %s", without(d, "token"))
		c.closeWith(4013)
	case *in.Intents&intentsPrivileged != 0 && !s.config.Privileged:
		c.closeWith(4014)
	case c.wrongFirst():
	default:
		made := &session{id: s.newID(), intents: *in.Intents, shard: shard, conn: c}
		s.sessions = append(s.sessions, made)
		c.session = made
		guilds := []fields{}
		if s.onShard(made, Guild) {
			guilds = append(guilds, fields{"id": Guild, "unavailable": true})
		}
		s.dispatch(made, "READY", mustJSON(fields{
			"v": 10, "user": s.userObject(Bot), "guilds": guilds, "session_id": made.id, "resume_gateway_url": s.socketURL() + "resume/", "shard": shard,
			"application": fields{"id": AppID, "flags": 0}, "private_channels": []fields{}, "relationships": []fields{}, "session_type": "normal",
		}), nil)
		if made.intents&IntentGuilds != 0 && len(guilds) > 0 {
			s.dispatch(made, "GUILD_CREATE", mustJSON(s.guildObject()), nil)
		}
	}
}

// without is a JSON object but for one field.
func without(raw json.RawMessage, name string) string {
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) != nil {
		return ""
	}
	delete(o, name)
	return string(mustJSON(o))
}

// resume goes on with a session ("Resume").
func (c *Conn) resume(d json.RawMessage) {
	s := c.server
	var in struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	if json.Unmarshal(d, &in) != nil {
		c.closeWith(4002)
		return
	}
	if s.revoked || in.Token != Token && in.Token != "Bot "+Token {
		c.closeWith(4004)
		return
	}
	if c.wrongFirst() {
		return
	}
	i := slices.IndexFunc(s.sessions, func(one *session) bool { return one.id == in.SessionID })
	if i < 0 || c.wrong.RefuseResume {
		if i >= 0 {
			s.forget(s.sessions[i])
		}
		c.invalidate(false)
		return
	}
	one := s.sessions[i]
	if in.Seq < 0 || in.Seq > len(one.sent) {
		s.violate("RESUME with seq %d of a session that is at %d", in.Seq, len(one.sent))
		c.closeWith(4007)
		return
	}
	if one.conn != nil {
		one.conn.session = nil // the older connection gets no more
	}
	one.conn, c.session = c, one
	for _, f := range one.sent[max(in.Seq-c.wrong.Replays, 0):] {
		c.push(f)
	}
	one.held = nil
	s.dispatch(one, "RESUMED", []byte(`{"_trace":[]}`), nil)
}

// forget makes a session one that cannot be resumed. The caller holds mu.
func (s *Server) forget(one *session) {
	s.sessions = slices.DeleteFunc(s.sessions, func(other *session) bool { return other == one })
}

// dispatch sends an event to a session, or keeps it for when it is resumed. The caller holds mu.
func (s *Server) dispatch(one *session, event string, payload json.RawMessage, d *Delivery) {
	f := frame{delivery: d, data: mustJSON(fields{"op": opDispatch, "t": event, "s": len(one.sent) + 1, "d": payload})}
	one.sent = append(one.sent, f)
	if one.conn == nil || one.conn.leaving {
		return
	}
	if one.swap && one.held == nil {
		one.held, one.swap = &f, false
		return
	}
	one.conn.push(f)
	if one.held != nil {
		one.conn.push(*one.held)
		one.held = nil
	}
}

// onShard tells whether a session's shard has a guild; "" stands for direct messages ("Gateway", sharding).
func (s *Server) onShard(one *session, guild string) bool {
	if guild == "" {
		return one.shard[0] == 0
	}
	id, err := strconv.ParseUint(guild, 10, 64)
	return err == nil && int(id>>22%uint64(one.shard[1])) == one.shard[0]
}

// emit sends an event to the sessions that want it. It reports whether there are any. The caller holds mu.
func (s *Server) emit(event string, payload json.RawMessage, guild string, intent int, d *Delivery) bool {
	found := false
	for _, one := range s.sessions {
		if (intent == 0 || one.intents&intent != 0) && s.onShard(one, guild) {
			s.dispatch(one, event, payload, d)
			found = true
		}
	}
	return found
}

// Event sends an event as it is to every session: half-filled, of an unknown type, no object at all.
func (s *Server) Event(name, payload string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.sessions {
		s.dispatch(one, name, json.RawMessage(payload), nil)
	}
}

// Swap lets the next event of every session arrive after the one that follows it.
func (s *Server) Swap() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.sessions {
		one.swap = true
	}
}

// guildObject is the guild as GUILD_CREATE shows it.
func (s *Server) guildObject() fields {
	channels := []fields{}
	for _, p := range s.channels {
		if p.Guild == Guild && !p.beyond() {
			channels = append(channels, s.channelObject(p))
		}
	}
	return fields{
		"id": Guild, "name": "discordtest", "owner_id": User, "unavailable": false, "preferred_locale": "en-US", "channels": channels,
		"threads": []fields{}, "roles": []fields{}, "members": []fields{}, "member_count": len(s.users), "emojis": []fields{}, "features": []string{},
		"voice_states": []fields{}, "presences": []fields{}, "joined_at": "2024-01-01T00:00:00.000000+00:00", "large": false,
	}
}
