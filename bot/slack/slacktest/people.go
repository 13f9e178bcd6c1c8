package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Said is what a person said, and what of it the app is told.
type Said struct {
	Message
	Events []*Delivery
}

// Wait waits for the events; it reports whether the app acknowledged all of them in time.
func (s Said) Wait() bool {
	for _, d := range s.Events {
		if _, ok := d.Wait(); !ok {
			return false
		}
	}
	return true
}

// Say says something in a channel, or in a thread there. The text is as Slack keeps it, with mentions as <@U1>; Typed makes it of what
// is typed. The app gets a message event, if its scopes are for that, and of a mention an app_mention event too.
func (s *Server) Say(channel, user, text, thread string) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil {
		s.tb.Errorf("slacktest: say in %s: there is no such channel", channel)
		return Said{}
	}
	m := s.add(Message{Channel: c.ID, User: user, Text: text, ThreadTS: thread})
	return Said{Message: *m, Events: append(s.emitMessage(c, m), s.emitMention(c, m)...)}
}

// emitMention tells the app that a message names it.
func (s *Server) emitMention(c *Channel, m *Message) []*Delivery {
	if !strings.Contains(m.Text, Mention) || c.Outside || c.DM != "" || !s.may("app_mentions:read") {
		return nil
	}
	e := s.object(m, false)
	e["type"], e["channel"], e["event_ts"] = "app_mention", c.ID, m.TS
	return []*Delivery{s.emit(e)}
}

// Edit changes a message of a person. The app gets message_changed ("message_changed event"), if its scopes are for that, and where the message names it
// then, app_mention with the time of the edit, which docs.slack.dev does not say but users saw (github.com/slack-go/slack, pull request 1256).
func (s *Server) Edit(m Message, text string) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept(m)
	if k == nil {
		return Said{}
	}
	c, before := s.place(m.Channel), s.object(k, true)
	k.Text, k.Edited, k.editedTS, k.Edits = text, true, s.newTS(), k.Edits+1
	events := s.emitChange(c, fields{"subtype": "message_changed", "message": s.object(k, true), "previous_message": before})
	return Said{Message: *k, Events: append(events, s.emitMention(c, k)...)}
}

// Unfurl shows the preview of a link under a message of a person, which is a change and no edit ("Unfurling links in messages").
func (s *Server) Unfurl(m Message, url, title string) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept(m)
	if k == nil {
		return Said{}
	}
	before, after := s.object(k, true), s.object(k, true)
	after["attachments"] = []fields{{"from_url": url, "original_url": url, "title": title, "fallback": title, "id": 1}}
	return Said{Message: *k, Events: s.emitChange(s.place(m.Channel), fields{"subtype": "message_changed", "message": after, "previous_message": before})}
}

// DM says something to the bot alone.
func (s *Server) DM(user, text string) Said {
	s.mu.Lock()
	c := s.dm(user)
	s.mu.Unlock()
	return s.Say(c.ID, user, text, "")
}

// Typed is a text as Slack keeps it when a person has typed it ("Formatting message text").
func Typed(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// Command types the slash command, with a text after it. The bot need not be in the channel.
func (s *Server) Command(channel, user, text string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.place(channel)
	at := response{channel: c, user: user}
	return s.deliver(&Delivery{kind: commands, replies: true, apply: s.answerOf(&at), Payload: mustJSON(fields{
		"token": "slacktest", "team_id": Team, "team_domain": domain, "channel_id": c.ID, "channel_name": c.Name, "user_id": user,
		"user_name": s.users[user].Name, "command": s.config.Command, "text": text, "api_app_id": App, "is_enterprise_install": "false",
		"response_url": s.newResponse(at), "trigger_id": s.newTrigger(user),
	})})
}

// place finds a channel to act in; a test that names none that there is fails.
func (s *Server) place(channel string) *Channel {
	c := s.channels[channel]
	if c == nil {
		s.tb.Errorf("slacktest: there is no channel %q", channel)
		return &Channel{ID: channel}
	}
	return c
}

// answerOf says what the acknowledgement of a command says.
func (s *Server) answerOf(r *response) func(json.RawMessage) string {
	return func(payload json.RawMessage) string {
		if payload == nil {
			return ""
		}
		a, err := objectArgs(payload)
		if err != nil {
			return "invalid_command_response"
		}
		if p := s.reply(r, a); p != nil {
			return p.Code
		}
		return ""
	}
}

// interaction is what all interactions hold ("Interaction payloads").
func (s *Server) interaction(what, user string) fields {
	return fields{
		"type": what, "token": "slacktest", "api_app_id": App, "team": fields{"id": Team, "domain": domain}, "enterprise": nil,
		"is_enterprise_install": false, "user": fields{"id": user, "username": s.users[user].Name, "name": s.users[user].Name, "team_id": Team},
		"trigger_id": s.newTrigger(user),
	}
}

// where adds the channel and the response URL to an interaction with a message.
func (s *Server) where(o fields, m Message, user string) {
	c := s.place(m.Channel)
	o["channel"] = fields{"id": c.ID, "name": c.Name}
	o["response_url"] = s.newResponse(response{channel: c, user: user, original: s.kept(m)})
}

// kept finds the message that a test holds a copy of.
func (s *Server) kept(m Message) *Message {
	for _, k := range s.messages {
		if k.Channel == m.Channel && k.TS == m.TS {
			return k
		}
	}
	s.tb.Errorf("slacktest: there is no message %s in %s", m.TS, m.Channel)
	return nil
}

// Shortcut takes a message shortcut ("Check this claim") on a message that all see.
func (s *Server) Shortcut(callbackID, user string, m Message) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.To != "" {
		s.tb.Errorf("slacktest: an ephemeral message has no menu of shortcuts")
	}
	o := s.interaction("message_action", user)
	s.where(o, m, user)
	o["callback_id"], o["message_ts"], o["action_ts"], o["message"] = callbackID, m.TS, s.newTS(), s.object(&m, true)
	return s.deliver(&Delivery{kind: interactive, Payload: mustJSON(o)})
}

// Click acts on a control of a message: presses the button, makes the choice.
func (s *Server) Click(user string, m Message, c Control) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.To != "" && m.To != user {
		s.tb.Errorf("slacktest: %s does not see the message %s", user, m.TS)
	}
	o := s.interaction("block_actions", user)
	s.where(o, m, user)
	at := fields{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.To != ""}
	if m.ThreadTS != "" {
		at["thread_ts"] = m.ThreadTS
	}
	o["container"] = at
	if m.To == "" { // of an ephemeral message the payload holds nothing but its place
		o["message"] = s.object(&m, true)
	}
	return s.act(o, c)
}

// ClickIn acts on a control of a modal or a Home.
func (s *Server) ClickIn(v View, c Control) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.interaction("block_actions", v.User)
	o["container"], o["view"] = fields{"type": "view", "view_id": v.ID}, v.object()
	return s.act(o, c)
}

func (s *Server) act(o fields, c Control) *Delivery {
	o["actions"], o["state"] = []fields{c.action(s.newTS())}, fields{"values": fields{}}
	return s.deliver(&Delivery{kind: interactive, Payload: mustJSON(o)})
}

// OpenHome opens the Home of the app.
func (s *Server) OpenHome(user string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := fields{"type": "app_home_opened", "user": user, "channel": s.dm(user).ID, "tab": "home", "event_ts": s.newTS()}
	if v := s.home(user); v != nil {
		e["view"] = v.object()
	}
	return s.emit(e)
}

// Delete takes a message away, as its author or an administrator does.
func (s *Server) Delete(m Message) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept(m)
	if k == nil {
		return Said{}
	}
	return Said{Message: *k, Events: s.takeAway(s.place(m.Channel), k)}
}

// Uninstall takes the app out of the workspace: its tokens are no longer good, and it is told so.
func (s *Server) Uninstall() []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.uninstall = "account_inactive"
	return s.removed(Team)
}

// UninstallFrom tells the app that another workspace, in which it is too, has taken it out.
func (s *Server) UninstallFrom(team string) []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.removed(team)
}

// RevokeTokens tells the app that its own tokens were revoked, without its being taken out.
func (s *Server) RevokeTokens() *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.revoked(Team)
}

func (s *Server) revoked(team string) *Delivery {
	return s.emitOf(team, fields{"type": "tokens_revoked", "tokens": fields{"oauth": []string{}, "bot": []string{Bot}}, "event_ts": s.newTS()})
}

func (s *Server) removed(team string) []*Delivery {
	return []*Delivery{
		s.revoked(team),
		s.emitOf(team, fields{"type": "app_uninstalled", "event_ts": s.newTS()}),
	}
}

// Revoke takes back the tokens that people gave the app for themselves, of which the workspace tells it.
func (s *Server) Revoke(users ...string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emit(fields{"type": "tokens_revoked", "tokens": fields{"oauth": users}, "event_ts": s.newTS()})
}

// Duplicate tells the app the same once more, as if Slack had missed the acknowledgement.
func (s *Server) Duplicate(d *Delivery) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deliver(&Delivery{ID: d.ID, Payload: slices.Clone(d.Payload), kind: d.kind, replies: d.replies, apply: d.apply, attempts: 1})
}

// emit tells the app of an event.
func (s *Server) emit(event fields) *Delivery { return s.emitOf(Team, event) }

func (s *Server) emitOf(team string, event fields) *Delivery {
	id := s.newID("Ev")
	return s.deliver(&Delivery{ID: id, kind: events, Payload: mustJSON(fields{
		"token": "slacktest", "team_id": team, "api_app_id": App, "type": "event_callback", "event_id": id, "event_time": s.config.Now().Unix(),
		"event": event, "authorizations": []fields{{"enterprise_id": nil, "team_id": team, "user_id": Bot, "is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": false, "event_context": fmt.Sprintf("%s-context", id),
	})})
}

// hears tells whether the app gets message events of a channel.
func (s *Server) hears(c *Channel) bool {
	scope, _ := c.kind()
	return !c.Outside && s.may(scope+":history")
}

// emitMessage tells the app of a message, its own ones too.
func (s *Server) emitMessage(c *Channel, m *Message) []*Delivery {
	if !s.hears(c) {
		return nil
	}
	e := s.object(m, true)
	_, e["channel_type"] = c.kind()
	e["channel"], e["event_ts"] = c.ID, m.TS
	return []*Delivery{s.emit(e)}
}

// emitChange tells the app of an edit or a deletion.
func (s *Server) emitChange(c *Channel, e fields) []*Delivery {
	if s.uninstall != "" || !s.hears(c) {
		return nil
	}
	ts := s.newTS()
	e["type"], e["channel"], e["ts"], e["event_ts"], e["hidden"] = "message", c.ID, ts, ts, true
	_, e["channel_type"] = c.kind()
	return []*Delivery{s.emit(e)}
}
