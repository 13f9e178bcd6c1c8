package discordtest

import "net/http"

// answered finds the interaction whose token a path holds. Before its first response there is no webhook; after TokenLife the
// token is no longer good ("Receiving and Responding").
func (s *Server) answered(q request) (*Delivery, *problem) {
	for _, d := range s.interactions {
		if d.Token != q.PathValue("token") {
			continue
		}
		switch {
		case s.config.Now().Sub(d.at) >= s.config.TokenLife:
			return nil, trouble(50027)
		case !closed(d.done) || !d.ok || d.kind == kindAutocomplete:
			return nil, trouble(10015)
		default:
			return d, nil
		}
	}
	return nil, trouble(50027)
}

// reply finds a message that an interaction made, or the one that it came from: "@original" or by id.
func (s *Server) reply(q request) (*Delivery, *Message, *problem) {
	d, p := s.answered(q)
	if p != nil {
		return nil, nil, p
	}
	id := q.PathValue("message")
	if m := d.original; m != nil && !m.deleted && (id == "@original" || id == m.ID) {
		return d, m, nil
	}
	for _, m := range s.messages {
		if m.interaction == d && m.ID == id && !m.deleted {
			return d, m, nil
		}
	}
	return nil, nil, trouble(10008)
}

// postFollowup makes one more message. Right after a deferral it takes the place of "is thinking…" ("Create Followup Message").
func postFollowup(s *Server, q request) (int, any, *problem) {
	d, p := s.answered(q)
	if p != nil {
		return 0, nil, p
	}
	if d.original != nil && d.original.Loading && !d.original.deleted {
		if p := s.change(d.original, q.body); p != nil {
			return 0, nil, p
		}
		return http.StatusOK, s.object(d.original, true), nil
	}
	m := parse(q.body).message(d.place.ID)
	if m.empty() {
		return 0, nil, trouble(50006)
	}
	if d.alone && d.followups == maxFollowups {
		p := trouble(codeMaxFollowups)
		p.Message = "This interaction has reached the maximum number of follow up messages"
		return 0, nil, p
	}
	d.followups++
	return http.StatusOK, s.object(s.addReply(d, m), true), nil
}

func getFollowup(s *Server, q request) (int, any, *problem) {
	_, m, p := s.reply(q)
	if p != nil {
		return 0, nil, p
	}
	return http.StatusOK, s.object(m, true), nil
}

func editFollowup(s *Server, q request) (int, any, *problem) {
	_, m, p := s.reply(q)
	if p != nil {
		return 0, nil, p
	}
	if p := s.change(m, q.body); p != nil {
		return 0, nil, p
	}
	return http.StatusOK, s.object(m, true), nil
}

func deleteFollowup(s *Server, q request) (int, any, *problem) {
	_, m, p := s.reply(q)
	if p != nil {
		return 0, nil, p
	}
	s.remove(m)
	return http.StatusNoContent, nil, nil
}
