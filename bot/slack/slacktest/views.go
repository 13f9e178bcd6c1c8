package slacktest

import (
	"encoding/json"
	"slices"
	"time"
)

// maxStack is how many modals may lie on each other ("Modals").
const maxStack = 3

// triggerLife is how long a trigger_id is good ("Handling user interaction").
const triggerLife = 3 * time.Second

// View is a Home or an open modal.
type View struct {
	ID         string
	Type       string // "modal" or "home"
	User       string // whose it is
	CallbackID string
	ExternalID string
	Title      string
	Submit     string // label of the button; "" if there is none
	Metadata   string // private_metadata
	Blocks     json.RawMessage
	Hash       string // changes with each update
	Root       string // of a stack of modals: the id of the first one
	Updates    int

	body object // as the app gave it
}

// trigger allows one modal to be opened.
type trigger struct {
	user  string
	until time.Time
	used  bool
}

// newTrigger makes the trigger_id of what a person did.
func (s *Server) newTrigger(user string) string {
	id := s.newID("trigger.")
	s.triggers[id] = &trigger{user: user, until: s.config.Now().Add(triggerLife)}
	return id
}

// Home is what a person sees on the Home of the app; the zero View before anything was published.
func (s *Server) Home(user string) View {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.home(user); v != nil {
		return *v
	}
	return View{}
}

func (s *Server) home(user string) *View {
	for _, v := range s.views {
		if v.User == user && v.Type == "home" {
			return v
		}
	}
	return nil
}

// Modals lists the modals that people have open; of one person, the one in front is last.
func (s *Server) Modals() []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []View
	for _, v := range s.views {
		if v.Type == "modal" {
			all = append(all, *v)
		}
	}
	return all
}

// stack lists the modals of a person, the one in front last.
func (s *Server) stack(user string) []*View {
	var all []*View
	for _, v := range s.views {
		if v.User == user && v.Type == "modal" {
			all = append(all, v)
		}
	}
	return all
}

// readView checks a view and makes it, without an id.
func (s *Server) readView(raw json.RawMessage, kind string) (*View, *problem) {
	var body object
	if json.Unmarshal(raw, &body) != nil || body == nil {
		return nil, &problem{Code: "invalid_arguments", Details: []string{"[ERROR] missing required field: view [json-pointer:]"}}
	}
	c := s.checker(str(body, "type"))
	if c.surface != kind {
		c.find("/view/type", "unsupported type: %s", c.surface)
	}
	list, _ := body["blocks"].([]any)
	if list == nil {
		c.find("/view/blocks", "missing required field: blocks")
	}
	var blocks []object
	for _, b := range list {
		o, _ := b.(object)
		if o == nil {
			o = object{}
		}
		blocks = append(blocks, o)
	}
	c.blocks("/view/blocks", blocks, maxViewBlocks)
	c.frame(body, kind)
	if len(c.findings) > 0 {
		return nil, s.broken(&problem{Code: "invalid_arguments", Details: c.findings})
	}
	body["blocks"] = blocks
	return &View{
		Type: kind, CallbackID: str(body, "callback_id"), ExternalID: str(body, "external_id"), Metadata: str(body, "private_metadata"),
		Title: label(body, "title"), Submit: label(body, "submit"), Blocks: mustJSON(blocks), body: body,
	}, nil
}

// frame checks what a view has beside blocks ("Views").
func (c *checker) frame(body object, kind string) {
	c.length("/view", body, "private_metadata", maxMetadata)
	c.length("/view", body, "callback_id", maxID)
	c.length("/view", body, "external_id", maxID)
	for _, name := range []string{"title", "submit", "close"} {
		c.plainly("/view/"+name, body[name])
	}
	if kind != "modal" {
		return
	}
	c.text("/view", body, "title", maxTitle, true)
	for _, name := range []string{"submit", "close"} {
		if body[name] != nil {
			c.text("/view", body, name, maxTitle, true)
		}
	}
	if c.inputs > 0 && body["submit"] == nil {
		c.find("/view/submit", "a view with inputs must have a submit")
	}
}

func label(body object, name string) string {
	t, _ := body[name].(object)
	return str(t, "text")
}

// show adds a view.
func (s *Server) show(v *View, user string) (*View, *problem) {
	if v.ExternalID != "" && slices.ContainsFunc(s.views, func(other *View) bool { return other.ExternalID == v.ExternalID }) {
		return nil, &problem{Code: "duplicate_external_id"}
	}
	v.ID, v.User = s.newID("V"), user
	v.Hash, v.Root = s.newID("hash."), v.ID
	if stack := s.stack(user); v.Type == "modal" && len(stack) > 0 {
		v.Root = stack[0].Root
	}
	s.views = append(s.views, v)
	return v, nil
}

// replace puts a new view in the place of another, which keeps its id.
func (s *Server) replace(old, v *View) {
	v.ID, v.User, v.Root, v.Updates = old.ID, old.User, old.Root, old.Updates+1
	if v.ExternalID == "" {
		v.ExternalID = old.ExternalID
	}
	v.Hash = s.newID("hash.")
	*old = *v
}

// object is a view as answers and payloads show it.
func (v *View) object() fields {
	o := fields{}
	for name, value := range v.body {
		o[name] = value
	}
	o["id"], o["team_id"], o["app_id"], o["bot_id"], o["hash"], o["root_view_id"] = v.ID, Team, App, botID, v.Hash, v.Root
	o["callback_id"], o["external_id"], o["private_metadata"], o["app_installed_team_id"] = v.CallbackID, v.ExternalID, v.Metadata, Team
	o["previous_view_id"] = nil
	o["state"] = fields{"values": fields{}}
	return o
}

// spend uses a trigger up.
func (s *Server) spend(id string) (string, *problem) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return "", &problem{Code: "invalid_trigger_id"}
	case t.used:
		return "", &problem{Code: "exchanged_trigger_id"}
	case s.config.Now().After(t.until):
		return "", &problem{Code: "expired_trigger_id"}
	}
	t.used = true
	return t.user, nil
}

func openView(s *Server, a args) (fields, *problem) { return s.openModal(a, false) }

func pushView(s *Server, a args) (fields, *problem) { return s.openModal(a, true) }

// openModal opens a modal alone, or onto those that are open.
func (s *Server) openModal(a args, push bool) (fields, *problem) {
	v, p := s.readView(a.raw("view"), "modal")
	if p != nil {
		return nil, p
	}
	user, p := s.spend(a["trigger_id"])
	if p != nil {
		return nil, p
	}
	switch stack := s.stack(user); {
	case push && len(stack) == 0:
		return nil, &problem{Code: "not_found"}
	case push && len(stack) >= maxStack:
		return nil, &problem{Code: "push_limit_reached"}
	case !push:
		s.closeModals(user)
	}
	if v, p = s.show(v, user); p != nil {
		return nil, p
	}
	return fields{"view": v.object()}, nil
}

// closeModals closes all modals of a person.
func (s *Server) closeModals(user string) {
	s.views = slices.DeleteFunc(s.views, func(v *View) bool { return v.User == user && v.Type == "modal" })
}

func updateView(s *Server, a args) (fields, *problem) {
	at := slices.IndexFunc(s.views, func(v *View) bool {
		return v.ID == a["view_id"] || a["external_id"] != "" && v.ExternalID == a["external_id"]
	})
	if at < 0 {
		return nil, &problem{Code: "not_found"}
	}
	old := s.views[at]
	if a["hash"] != "" && a["hash"] != old.Hash {
		return nil, &problem{Code: "hash_conflict"}
	}
	v, p := s.readView(a.raw("view"), old.Type)
	if p != nil {
		return nil, p
	}
	s.replace(old, v)
	return fields{"view": old.object()}, nil
}

func publishView(s *Server, a args) (fields, *problem) {
	if _, ok := s.users[a["user_id"]]; !ok {
		return nil, &problem{Code: "invalid_arguments", Details: []string{"[ERROR] user_not_found [json-pointer:/user_id]"}}
	}
	v, p := s.readView(a.raw("view"), "home")
	if p != nil {
		return nil, p
	}
	old := s.home(a["user_id"])
	if a["hash"] != "" && (old == nil || a["hash"] != old.Hash) {
		return nil, &problem{Code: "hash_conflict"}
	}
	if old != nil {
		s.replace(old, v)
		return fields{"view": old.object()}, nil
	}
	if v, p = s.show(v, a["user_id"]); p != nil {
		return nil, p
	}
	return fields{"view": v.object()}, nil
}
