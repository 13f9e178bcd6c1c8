package discordtest

// Said is what a person said, and what of it the app is told.
type Said struct {
	Message
	Events []*Delivery
}

// Wait waits until the app has been told; it reports whether it was.
func (s Said) Wait() bool {
	for _, d := range s.Events {
		if _, ok := d.Wait(); !ok {
			return false
		}
	}
	return true
}

// Say says something in a channel, in answer to a message if its id is given. The app gets MESSAGE_CREATE if its intents are for that,
// with what was said if it may read that: of a direct message, and where the text holds Mention or answers the app.
func (s *Server) Say(channel, user, text, replyTo string) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.place(channel)
	m := s.add(Message{Channel: p.ID, User: user, Content: text, ReplyTo: replyTo})
	said := Said{Message: *m}
	if !p.beyond() {
		said.Events = append(said.Events, s.deliver(s.created(m), false))
	}
	return said
}

// DM says something to the bot alone.
func (s *Server) DM(user, text string) Said {
	s.mu.Lock()
	p := s.dm(user)
	s.mu.Unlock()
	return s.Say(p.ID, user, text, "")
}

// Edit changes a message of a person. The app gets MESSAGE_UPDATE with the time of the edit, and with what the message says if it may read that then
// ("Message Update").
func (s *Server) Edit(m Message, text string) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept(m)
	if k == nil {
		return Said{}
	}
	k.Content, k.Edited, k.edited, k.Edits = text, true, s.config.Now(), k.Edits+1
	return s.updated(k)
}

// Preview shows the preview of a link under a message of a person: MESSAGE_UPDATE with an embed, the time of the last edit as it was ("Embeds in Gateway
// Events").
func (s *Server) Preview(m Message, url, title string) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept(m)
	if k == nil {
		return Said{}
	}
	k.Embeds = mustJSON([]fields{{"type": "link", "url": url, "title": title}})
	return s.updated(k)
}

// updated tells the app of a message that is not as it was.
func (s *Server) updated(k *Message) Said {
	said := Said{Message: *k}
	if p := s.place(k.Channel); !p.beyond() {
		d := s.created(k)
		d.event = "MESSAGE_UPDATE"
		said.Events = append(said.Events, s.deliver(d, false))
	}
	return said
}

// Delete takes a message away, as its author or a moderator does.
func (s *Server) Delete(m Message) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken("MESSAGE_DELETE", "id", func(ids []string) any { return ids[0] }, m)
}

// DeleteAll takes messages of a channel away at once, as a moderator's bot does.
func (s *Server) DeleteAll(all ...Message) Said {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken("MESSAGE_DELETE_BULK", "ids", func(ids []string) any { return ids }, all...)
}

// taken takes messages away and tells the app by one event, which has their ids under a key.
func (s *Server) taken(event, key string, value func(ids []string) any, all ...Message) Said {
	var ids []string
	for _, m := range all {
		if k := s.kept(m); k != nil {
			k.deleted = true
			ids = append(ids, k.ID)
		}
	}
	if len(ids) == 0 || all[0].To != "" {
		return Said{}
	}
	said, p := Said{Message: all[0]}, s.place(all[0].Channel)
	o := fields{key: value(ids), "channel_id": p.ID}
	if p.Guild != "" {
		o["guild_id"] = p.Guild
	}
	if !p.beyond() {
		said.Events = append(said.Events, s.deliver(&Delivery{ID: ids[0], event: event, place: p, Payload: mustJSON(o)}, false))
	}
	return said
}

// kept finds the message that a test holds a copy of.
func (s *Server) kept(m Message) *Message {
	for _, k := range s.messages {
		if k.ID == m.ID && !k.deleted {
			return k
		}
	}
	s.wrongly("there is no message %s in %s", m.ID, m.Channel)
	return nil
}

// created is the event for a message.
func (s *Server) created(m *Message) *Delivery {
	p := s.place(m.Channel)
	o := s.messageEvent(m)
	if p.Guild != "" {
		o["member"] = s.memberObject(m.User)
	}
	if m.Nonce != "" {
		o["nonce"] = m.Nonce
	}
	return &Delivery{ID: m.ID, event: "MESSAGE_CREATE", user: m.User, place: p, Payload: mustJSON(o)}
}

// messageEvent is a message as events show it.
func (s *Server) messageEvent(m *Message) fields {
	p := s.place(m.Channel)
	o := s.object(m, s.readable(m))
	o["channel_type"] = p.kind()
	if p.Guild != "" {
		o["guild_id"] = p.Guild
	}
	return o
}

// announce tells the app of its own message, as it is told of everybody's.
func (s *Server) announce(event string, m *Message) {
	p := s.channels[m.Channel]
	if p == nil || p.beyond() || m.To != "" {
		return
	}
	intent := IntentGuildMessages
	if p.Guild == "" {
		intent = IntentDirectMessages
	}
	gone := fields{"id": m.ID, "channel_id": m.Channel}
	if p.Guild != "" {
		gone["guild_id"] = p.Guild
	}
	payload := mustJSON(gone)
	switch event {
	case "MESSAGE_CREATE":
		payload = s.created(m).Payload
	case "MESSAGE_UPDATE":
		payload = mustJSON(s.messageEvent(m))
	}
	s.emit(event, payload, p.Guild, intent, nil)
}

// remove takes a message away.
func (s *Server) remove(m *Message) {
	m.deleted = true
	s.announce("MESSAGE_DELETE", m)
}
