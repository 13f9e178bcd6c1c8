package discordtest

import (
	"encoding/json"
	"net/http"
	"time"
)

// Types of callbacks ("Interaction Callback Type").
const (
	callPong          = 1
	CallMessage       = 4
	CallDeferred      = 5
	CallDeferredEdit  = 6
	CallEdit          = 7
	CallChoices       = 8
	CallModal         = 9
	maxFollowups      = 5 // of an app that is there by user install alone ("Receiving and Responding")
	codeMaxFollowups  = 40094
	messageFlagsTaken = Ephemeral | ComponentsV2 | 1<<2 | 1<<12 // with embeds and notifications suppressed
)

// callback takes the first response to an interaction ("Create Interaction Response").
func callback(s *Server, q request) (int, any, *problem) {
	d := s.interactions[q.PathValue("interaction")]
	if d == nil || d.Token != q.PathValue("token") {
		return 0, nil, trouble(10062)
	}
	if p := s.respond(d, q.body, false); p != nil {
		return 0, nil, p
	}
	if q.URL.Query().Get("with_response") != "true" {
		return http.StatusNoContent, nil, nil
	}
	at := fields{"id": d.ID, "type": d.kind, "activity_instance_id": nil}
	answer := fields{"interaction": at}
	if m := d.original; m != nil {
		at["response_message_id"], at["response_message_loading"], at["response_message_ephemeral"] = m.ID, m.Loading, m.To != ""
		answer["resource"] = fields{"type": d.answer.Type, "message": s.object(m, true)}
	}
	return http.StatusOK, answer, nil
}

// fits tells whether an interaction of a kind can be answered so. Only what came from a message can edit one, and a modal opens no other.
func (d *Delivery) fits(kind int) bool {
	switch kind {
	case callPong:
		return d.kind == kindPing
	case CallChoices:
		return d.kind == kindAutocomplete
	case CallMessage, CallDeferred:
		return d.kind == kindCommand || d.kind == kindComponent || d.kind == kindModal
	case CallDeferredEdit, CallEdit:
		return d.source != nil && (d.kind == kindComponent || d.kind == kindModal)
	case CallModal:
		return d.kind == kindCommand || d.kind == kindComponent
	default:
		return false
	}
}

// respond does what a first response says. The caller holds mu; the body was checked.
func (s *Server) respond(d *Delivery, body json.RawMessage, http bool) *problem {
	var in struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	_ = json.Unmarshal(body, &in) // check has read it
	switch {
	case closed(d.done) && !d.ok:
		return trouble(10062)
	case closed(d.done):
		return trouble(40060)
	case !d.fits(in.Type):
		s.violate("an interaction of type %d was answered by a callback of type %d", d.kind, in.Type)
		return invalid("type", "This type of interaction does not take such a response.", "INTERACTION_APPLICATION_COMMAND_INVALID_TYPE")
	}
	w := parse(in.Data)
	switch in.Type {
	case CallMessage:
		m := w.message(d.place.ID)
		if m.empty() {
			return trouble(50006)
		}
		d.original = s.addReply(d, m)
	case CallDeferred:
		m := w.message(d.place.ID)
		m.Loading, m.Flags = true, m.Flags|Loading
		d.original = s.addReply(d, m)
	case CallDeferredEdit:
		d.original = d.source
	case CallEdit:
		if p := s.change(d.source, in.Data); p != nil {
			return p
		}
		d.original = d.source
	case CallModal:
		s.openModal(d, in.Data)
	}
	d.answer, d.ok = Answer{Type: in.Type, Data: in.Data, After: time.Since(d.sent), HTTP: http}, true
	close(d.done)
	return nil
}

// addReply puts a message into the channel that answers an interaction.
func (s *Server) addReply(d *Delivery, m Message) *Message {
	m.interaction = d
	m.Flags &= messageFlagsTaken | Loading
	if m.Flags&Ephemeral != 0 {
		m.To = d.user
	}
	made := s.add(m)
	if !made.Loading {
		s.announce("MESSAGE_CREATE", made)
	}
	return made
}
