package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// A response URL is good so often and so long ("Handling user interaction").
const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

// response is what is behind a response URL.
type response struct {
	channel  *Channel
	user     string
	original *Message // what was clicked; nil after a command
	left     int
	until    time.Time
}

// newResponse makes a response URL.
func (s *Server) newResponse(r response) string {
	id := s.newID("R")
	r.left, r.until = responseUses, s.config.Now().Add(responseLife)
	s.responses[id] = &r
	return s.web.URL + "/commands-response/" + id
}

// serveResponse takes what the app says to a response URL.
func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	a, err := readArgs(r)
	if err != nil {
		s.refuse(w, &problem{Code: "invalid_payload"})
		return
	}
	s.meet(w, r, ResponseURL, a, func(w http.ResponseWriter) {
		s.mu.Lock()
		p := s.respond(s.responses[r.PathValue("id")], a)
		s.record(ResponseURL, a, p)
		s.mu.Unlock()
		if p != nil {
			s.refuse(w, p)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, "ok")
	})
}

// refuse answers with a status, and the error in JSON. No page of Slack's says how a response URL refuses: the statuses and the words
// used_url, expired_url and no_such_url are assumed, so an app should tell them by the status class alone.
func (s *Server) refuse(w http.ResponseWriter, p *problem) {
	status := http.StatusBadRequest
	switch p.Code {
	case "used_url", "expired_url", "no_such_url":
		status = http.StatusNotFound
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(fields{"ok": false, "error": p.Code, "response_metadata": fields{"messages": p.Details}})
}

// respond uses a response URL once. What is refused is a use too.
func (s *Server) respond(r *response, a args) *problem {
	switch {
	case r == nil:
		return &problem{Code: "no_such_url"}
	case s.config.Now().After(r.until):
		return &problem{Code: "expired_url"}
	case r.left == 0:
		return &problem{Code: "used_url"}
	}
	r.left--
	return s.reply(r, a)
}

// reply does what an answer to a command or a click says: in a response URL, an HTTP body or an acknowledgement.
func (s *Server) reply(r *response, a args) *problem {
	if r.channel.Deleted {
		return &problem{Code: "channel_not_found"}
	}
	if yes := flag(a["delete_original"]); yes != nil && *yes {
		if r.original == nil || r.original.deleted {
			return &problem{Code: "message_not_found"}
		}
		s.takeAway(r.channel, r.original)
		return nil
	}
	m, p := s.compose(a)
	if p != nil {
		return p
	}
	if yes := flag(a["replace_original"]); yes != nil && *yes && r.original != nil {
		if r.original.deleted {
			return &problem{Code: "message_not_found"}
		}
		s.edit(r.channel, r.original, m, a)
		return nil
	}
	m.Channel = r.channel.ID // and in a thread only if the app says so, even if the original is in one ("Handling user interaction")
	switch a["response_type"] {
	case "in_channel":
		s.emitMessage(r.channel, s.add(m))
	case "", "ephemeral":
		m.To, m.Metadata = r.user, nil
		s.add(m)
	default:
		return &problem{Code: "invalid_response_type"}
	}
	return nil
}
