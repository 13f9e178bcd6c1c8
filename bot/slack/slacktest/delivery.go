package slacktest

import (
	"encoding/json"
	"slices"
	"time"
)

// kind is what an envelope carries, in the words of Socket Mode.
type kind string

const (
	events      kind = "events_api"
	commands    kind = "slash_commands"
	interactive kind = "interactive"
)

// maxAck is the size in bytes at which an acknowledgement is no longer taken (slack.md; slack-go says 20 KB).
const maxAck = 20 * 1024

// Delivery is something that Slack tells the app: an event, a command or an interaction. Events are repeated until they are
// acknowledged; the others are not.
type Delivery struct {
	ID      string          // event_id of events; unique
	Payload json.RawMessage // as the app gets it

	server  *Server
	kind    kind
	replies bool // an acknowledgement may carry a payload
	apply   func(payload json.RawMessage) string
	done    chan struct{}

	ack      Ack
	ok       bool
	trouble  string
	attempts int
}

// Ack is an acknowledgement by the app.
type Ack struct {
	Envelope string          // envelope_id; "" over HTTP
	Payload  json.RawMessage // what came with it; nil if nothing or {}
	Attempt  int             // which time of sending it is for, from 0
	After    time.Duration   // since that sending; 0 for an envelope that was not sent by the server
	Refused  string          // why it did not count: "unknown envelope", "too late", "too large"; "" if it did
}

// envelope is one sending of a delivery.
type envelope struct {
	delivery *Delivery
	attempt  int
	at       time.Time
}

// Wait waits until the delivery is acknowledged, or will not be any more. It reports whether it was acknowledged in time.
func (d *Delivery) Wait() (Ack, bool) {
	<-d.done
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	return d.ack, d.ok
}

// Trouble is what the person who acted was told to have gone wrong: "operation_timeout", "dispatch_failed", what was wrong with the
// payload of the acknowledgement; "" if nothing, or nothing yet. For an event, which nobody waits for, it says why it was given up.
func (d *Delivery) Trouble() string {
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	return d.trouble
}

// Attempts is how often it was sent so far.
func (d *Delivery) Attempts() int {
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	return d.attempts
}

// Deliveries lists all that was to be told to the app, in order.
func (s *Server) Deliveries() []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.deliveries)
}

// Acks lists all acknowledgements that came in, refused ones too.
func (s *Server) Acks() []Ack {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.acks)
}

// Settle waits until nothing is under way to the app.
func (s *Server) Settle() {
	for _, d := range s.Deliveries() {
		d.Wait()
	}
}

// deliver begins to tell the app something. The caller holds mu.
func (s *Server) deliver(d *Delivery) *Delivery {
	d.server, d.done = s, make(chan struct{})
	reason := ""
	if d.attempts > 0 {
		reason = "timeout"
	}
	s.deliveries = append(s.deliveries, d)
	switch {
	case s.closed:
		d.giveUp("closed")
	case s.endpoint != nil:
		to := *s.endpoint
		s.run(func() { s.post(d, to) })
	case !s.send(d, reason) && d.kind != events:
		d.giveUp("dispatch_failed") // no connection
	default:
		s.run(func() { s.repeat(d) })
	}
	return d
}

// repeat sends a delivery again until it is acknowledged or given up.
func (s *Server) repeat(d *Delivery) {
	for attempt := 0; ; attempt++ {
		last := d.kind != events || attempt == len(s.config.Repeat)
		wait := s.config.AckWithin
		if !last {
			wait = s.config.Repeat[attempt]
		}
		if !s.pause(d, wait) {
			return
		}
		s.mu.Lock()
		if last {
			d.giveUp("operation_timeout")
		} else if d.pending() {
			s.send(d, "timeout")
		}
		s.mu.Unlock()
		if last {
			return
		}
	}
}

// pause waits; it reports false if there is nothing more to wait for.
func (s *Server) pause(d *Delivery, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-d.done:
		return false
	case <-s.ctx.Done():
		s.mu.Lock()
		defer s.mu.Unlock()
		d.giveUp("closed")
		return false
	}
}

func (d *Delivery) pending() bool { return !closed(d.done) }

// giveUp ends a delivery that was not acknowledged.
func (d *Delivery) giveUp(trouble string) {
	if d.pending() {
		d.trouble = trouble
		close(d.done)
	}
}

// acknowledge takes an acknowledgement of a delivery.
func (d *Delivery) acknowledge(a Ack) Ack {
	if string(a.Payload) == "{}" || string(a.Payload) == "null" {
		a.Payload = nil // as the clients for Node write that there is none
	}
	switch {
	case a.Refused != "":
	case a.After > d.server.config.AckWithin || d.kind != events && !d.pending():
		a.Refused = "too late"
	case d.pending():
		d.ack, d.ok = a, true
		if d.apply != nil {
			d.trouble = d.apply(a.Payload)
		}
		close(d.done)
	}
	d.server.acks = append(d.server.acks, a)
	return a
}
