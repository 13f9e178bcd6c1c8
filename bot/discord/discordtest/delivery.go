package discordtest

import (
	"encoding/json"
	"slices"
	"time"
)

// Failed is what a person is told when the app does not answer an interaction in time, or wrongly.
const Failed = "This interaction failed"

// Kinds of interactions ("Interaction Type"). An event that is none has kind 0.
const (
	kindPing         = 1
	kindCommand      = 2
	kindComponent    = 3
	kindAutocomplete = 4
	kindModal        = 5
)

// Delivery is something that Discord tells the app: an event or an interaction.
type Delivery struct {
	ID      string          // of the interaction, or of the message that the event is about
	Token   string          // of the interaction
	Payload json.RawMessage // d of the event, or the body of the request

	server *Server
	event  string
	kind   int
	user   string
	place  *Place
	owners fields
	alone  bool     // by user install alone
	source *Message // the message with the component
	at     time.Time
	sent   time.Time
	done   chan struct{}

	answer    Answer
	ok        bool
	trouble   string
	original  *Message
	followups int
}

// Answer is the app's first response to an interaction.
type Answer struct {
	Type  int             // of the callback ("Interaction Callback Type")
	Data  json.RawMessage // nil if there was none
	After time.Duration   // since it was sent
	HTTP  bool            // it was the answer to the request
}

// Wait waits until an interaction is answered, or an event has arrived, or neither will be any more. It reports whether it was.
func (d *Delivery) Wait() (Answer, bool) {
	<-d.done
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	return d.answer, d.ok
}

// Trouble is what the person who acted was told to have gone wrong; "" if nothing, or nothing yet. For an event, which nobody waits
// for, it says that it was lost.
func (d *Delivery) Trouble() string {
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	return d.trouble
}

// Original is the response to the interaction as it stands now: of a deferral, what came to its place. It reports false if there is none.
func (d *Delivery) Original() (Message, bool) {
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	if d.original == nil || d.original.deleted {
		return Message{}, false
	}
	return *d.original, true
}

// Messages lists what the app posted by the interaction, in order: the response and what followed it.
func (d *Delivery) Messages() []Message {
	return d.server.list(func(m *Message) bool { return m.interaction == d })
}

// Choices are what an autocomplete offers.
func (d *Delivery) Choices() []Choice {
	var data struct {
		Choices []struct {
			Name  string          `json:"name"`
			Value json.RawMessage `json:"value"`
		} `json:"choices"`
	}
	a, ok := d.Wait()
	if !ok || a.Type != 8 || json.Unmarshal(a.Data, &data) != nil {
		return nil
	}
	var all []Choice
	for _, c := range data.Choices {
		value := string(c.Value)
		if text := ""; json.Unmarshal(c.Value, &text) == nil {
			value = text
		}
		all = append(all, Choice{Label: c.Name, Value: value})
	}
	return all
}

// Deliveries lists all that was to be told to the app, in order.
func (s *Server) Deliveries() []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.deliveries)
}

// Settle waits until nothing is under way to the app.
func (s *Server) Settle() {
	for _, d := range s.Deliveries() {
		d.Wait()
	}
}

// Duplicate tells the app the same once more, under the same ids. The Delivery that it returns is an event's: its Wait waits for the
// arrival. What the app answers counts for the one given.
func (s *Server) Duplicate(d *Delivery) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	again := &Delivery{ID: d.ID, Token: d.Token, Payload: slices.Clone(d.Payload), event: d.event, user: d.user, place: d.place}
	return s.deliver(again, d.kind != 0)
}

// deliver begins to tell the app something. The caller holds mu.
func (s *Server) deliver(d *Delivery, interaction bool) *Delivery {
	d.server, d.done, d.at, d.sent = s, make(chan struct{}), s.config.Now(), time.Now()
	s.deliveries = append(s.deliveries, d)
	intent, guild := 0, ""
	if d.place != nil && !d.place.beyond() {
		guild = d.place.Guild
	}
	if !interaction {
		intent = IntentGuildMessages
		if guild == "" {
			intent = IntentDirectMessages
		}
	}
	switch {
	case s.closed:
		d.giveUp("closed")
	case interaction && s.endpoint != "":
		to := s.endpoint
		s.run(func() { s.post(d, to) })
	case !s.emit(d.event, d.Payload, guild, intent, d):
		d.giveUp(d.lost())
	default:
		s.run(func() { s.watch(d) })
	}
	return d
}

// watch gives a delivery up that takes too long.
func (s *Server) watch(d *Delivery) {
	timer := time.NewTimer(s.config.AnswerWithin - time.Since(d.sent))
	defer timer.Stop()
	select {
	case <-d.done:
		return
	case <-timer.C:
	case <-s.ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d.giveUp(d.lost())
}

// lost is the trouble of a delivery that nobody took.
func (d *Delivery) lost() string {
	if d.kind == 0 {
		return "not received"
	}
	return Failed
}

// giveUp ends a delivery that came to nothing. The caller holds mu.
func (d *Delivery) giveUp(trouble string) {
	if !closed(d.done) {
		d.trouble = trouble
		close(d.done)
	}
}

// arrive notes that the event has been written to a connection, which is all that one waits for that is no interaction.
func (d *Delivery) arrive() {
	if d == nil || d.kind != 0 {
		return
	}
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	if !closed(d.done) {
		d.ok = true
		close(d.done)
	}
}
