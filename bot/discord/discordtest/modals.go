package discordtest

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// Modal is a modal that the app has opened.
type Modal struct {
	User       string
	CustomID   string
	Title      string
	Components json.RawMessage

	opened *Delivery
}

// Inputs lists the fields of the modal, in order.
func (m Modal) Inputs() []Control { return controls(m.Components) }

// Modals lists the modals that were opened and not submitted, in order.
func (s *Server) Modals() []Modal {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Modal
	for _, m := range s.modals {
		all = append(all, *m)
	}
	return all
}

// Modal is the modal that an interaction opened. It reports false if it opened none, or the modal was submitted.
func (d *Delivery) Modal() (Modal, bool) {
	d.Wait()
	for _, m := range d.server.Modals() {
		if m.opened == d {
			return m, true
		}
	}
	return Modal{}, false
}

func (s *Server) openModal(d *Delivery, data json.RawMessage) {
	var in struct {
		CustomID   string          `json:"custom_id"`
		Title      string          `json:"title"`
		Components json.RawMessage `json:"components"`
	}
	_ = json.Unmarshal(data, &in) // check has read it
	s.modals = append(s.modals, &Modal{User: d.user, CustomID: in.CustomID, Title: in.Title, Components: in.Components, opened: d})
}

// SubmitModal fills a modal in, by the custom_ids of its fields, and submits it. A test that enters what the client would not let a
// person enter fails. The modal closes.
func (s *Server) SubmitModal(user string, m Modal, values map[string]string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.User != user {
		s.wrongly("%s does not see the modal %q", user, m.CustomID)
	}
	for _, c := range m.Inputs() {
		n := utf8.RuneCountInString(values[c.CustomID])
		if n == 0 && (c.Required == nil || *c.Required) || n > 0 && n < c.MinLength || c.MaxLength > 0 && n > c.MaxLength {
			s.wrongly("the field %q of the modal %q does not take %d characters", c.CustomID, m.CustomID, n)
		}
	}
	for name := range values {
		if !slices.ContainsFunc(m.Inputs(), func(c Control) bool { return c.CustomID == name }) {
			s.wrongly("the modal %q has no field %q", m.CustomID, name)
		}
	}
	var all []wireComponent
	_ = json.Unmarshal(m.Components, &all) // check has read it
	submitted := []fields{}
	for i, c := range all {
		o := fields{"type": c.Type, "id": i + 1}
		switch {
		case c.Component != nil:
			o["component"] = filled(*c.Component, values)
		case c.Components != nil:
			inner := []fields{}
			for _, one := range c.Components {
				inner = append(inner, filled(one, values))
			}
			o["components"] = inner
		}
		submitted = append(submitted, o)
	}
	s.modals = slices.DeleteFunc(s.modals, func(other *Modal) bool { return other.opened == m.opened })
	data := fields{"custom_id": m.CustomID, "components": submitted}
	return s.interact(kindModal, m.opened.place, user, data, m.opened.source)
}

// filled is a field as a submission holds it.
func filled(c wireComponent, values map[string]string) fields {
	o := fields{"type": c.Type, "custom_id": c.CustomID, "id": 1}
	if c.Type == 4 {
		o["value"] = values[c.CustomID]
	} else {
		o["values"] = []string{values[c.CustomID]}
	}
	return o
}
