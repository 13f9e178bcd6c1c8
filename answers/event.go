package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Event is a meeting with those who took part in it, as far as the documents tell. Attendance makes answers of it.
type Event struct {
	ID       EventID    `json:"id"`
	Name     string     `json:"name"`              // as it stands within a sentence: "the Paris meeting"
	Where    string     `json:"where"`             // "in Paris"
	Aliases  []string   `json:"aliases,omitempty"` // other names, as people type them: "the paris summit"
	Topics   []TopicID  `json:"topics"`
	Voice    string     `json:"voice"`    // how a sentence names the document that tells of it: "a report on the Paris meeting"
	Unlisted Prose      `json:"unlisted"` // whom the documents do list, said of anybody else
	Review   Date       `json:"review,omitzero"`
	Present  []Presence `json:"present"`
}

// Presence is one person or body at an event.
type Presence struct {
	Actor  ActorID    `json:"actor"`
	For    ActorID    `json:"for,omitempty"`    // the country or body that a person speaks for; "" for a body itself
	Office string     `json:"office,omitempty"` // "Finnish President"; of a body, who came for it: "senior EU officials"
	Named  ClaimID    `json:"named,omitempty"`  // the claim that gives the office
	Basis  AttendedBy `json:"basis"`
	Claim  ClaimID    `json:"claim"` // that lists or quotes
}

// AttendedBy is how the documents show that somebody took part.
type AttendedBy string

// The ways to show it. Who stands under neither is not listed, which is not the same as absent.
const (
	Listed AttendedBy = "listed"
	Quoted AttendedBy = "quoted" // on the outcome, without being listed
)

// Attendance makes the entries that events hold: for each event whether each person of any event was there, and for each office that a
// claim gives, who holds it. They are made when the record is loaded, and kept nowhere. A phrasing that a curated entry has is left to it; an entry of the same id that a curator wrote takes the place of the one made.
func (c Contents) Attendance() []Entry {
	r := roll{actor: map[ActorID]Actor{}, taken: map[string]bool{}, curated: map[EntryID]bool{}, spokenFor: map[ActorID]bool{}}
	for _, a := range c.Actors {
		r.actor[a.ID] = a
	}
	for _, e := range c.Entries {
		r.curated[e.ID] = true
		for _, raw := range e.AllPhrasings() {
			r.taken[bare(raw)] = true
		}
	}
	people := everybody(c.Events)
	for _, p := range people {
		r.spokenFor[p.For] = true
	}
	var made []Entry
	for _, ev := range c.Events {
		for _, p := range people {
			if e, ok := r.attended(ev, p); ok && !r.curated[e.ID] {
				made = append(made, e)
			}
		}
	}
	for _, p := range people {
		if e, ok := r.office(c.Events, p); ok && !r.curated[e.ID] {
			made = append(made, e)
		}
	}
	return made
}

// everybody lists who is present at any event, each once, by id: with an office that a claim gives, where there is one.
func everybody(events []Event) []Presence {
	var all []Presence
	for _, ev := range events {
		for _, p := range ev.Present {
			at := slices.IndexFunc(all, func(o Presence) bool { return o.Actor == p.Actor })
			switch {
			case at < 0:
				all = append(all, p)
			case all[at].Named == "" && p.Named != "":
				all[at] = p
			}
		}
	}
	slices.SortFunc(all, func(a, b Presence) int { return cmp.Compare(a.Actor, b.Actor) })
	return all
}

// roll makes entries of events.
type roll struct {
	actor   map[ActorID]Actor
	taken   map[string]bool // phrasings that lead elsewhere
	curated map[EntryID]bool

	spokenFor map[ActorID]bool // countries and bodies for which somebody speaks
}

// attended answers whether somebody was at an event. There is none for a body that nobody lists there and
// that has somebody to speak for it.
func (r roll) attended(ev Event, p Presence) (Entry, bool) {
	name := r.actor[p.Actor].Name
	e := Entry{
		ID: EntryID(fmt.Sprintf("at-%s-%s", ev.ID, p.Actor)), State: Live, Question: fmt.Sprintf("Was %s at %s?", name, ev.Name),
		Topics: ev.Topics, Review: ev.Review,
	}
	at := slices.IndexFunc(ev.Present, func(o Presence) bool { return o.Actor == p.Actor })
	switch {
	case at < 0 && p.For == "" && r.spokenFor[p.Actor]:
		return Entry{}, false
	case at < 0 && r.speaks(ev, p):
		e.Short = Prose(fmt.Sprintf("Our record lists neither %s nor %s by name at %s. %s", name, r.actor[p.For].Name, ev.Name, ev.Unlisted))
	case at < 0:
		e.Short = Prose(fmt.Sprintf("Our record does not list %s at %s. %s", name, ev.Name, ev.Unlisted))
	case ev.Present[at].Basis == Quoted:
		e.Short = Prose(fmt.Sprintf("%s quotes %s but does not list the name among those present [%s].", upper(ev.Voice), r.titled(ev.Present[at]), ev.Present[at].Claim))
		e.Detail = ev.Unlisted
	default:
		e.Short = Prose(fmt.Sprintf("Yes: %s lists %s among those present [%s].", ev.Voice, r.titled(ev.Present[at]), ev.Present[at].Claim))
	}
	e.Phrasings = r.free(e.Question, r.askedOf(ev, p))
	return e, true
}

// speaks reports whether who asks for a country or body at an event may be told of this person: nobody else is listed for it.
func (r roll) speaks(ev Event, p Presence) bool {
	return p.For != "" && p.Named != "" && !slices.ContainsFunc(ev.Present, func(o Presence) bool {
		return o.Actor == p.For || o.For == p.For && o.Actor != p.Actor
	})
}

// office answers who somebody is, if a claim gives the office.
func (r roll) office(events []Event, p Presence) (Entry, bool) {
	if p.Named == "" {
		return Entry{}, false
	}
	name := r.actor[p.Actor].Name
	e := Entry{ID: EntryID("who-" + string(p.Actor)), State: Live, Question: fmt.Sprintf("Who is %s?", name)}
	var said []string
	for _, ev := range events {
		for _, o := range ev.Present {
			if o.Actor == p.Actor && o.Named != "" && len(said) == 0 {
				said = append(said, fmt.Sprintf("%s names %s as %s [%s].", upper(ev.Voice), name, o.Office, o.Named))
				e.Topics, e.Review = ev.Topics, ev.Review
			}
		}
	}
	for _, ev := range events {
		for _, o := range ev.Present {
			switch {
			case o.Actor != p.Actor:
			case o.Basis == Listed:
				said = append(said, fmt.Sprintf("%s lists %s among those present at %s [%s].", upper(ev.Voice), name, ev.Name, o.Claim))
			default:
				said = append(said, fmt.Sprintf("%s quotes %s [%s].", upper(ev.Voice), name, o.Claim))
			}
		}
	}
	e.Short = Prose(strings.Join(said, " "))
	short, country := r.surname(p.Actor), r.actor[p.For].Name
	e.Phrasings = r.free(e.Question, []string{
		"who is " + name, "who is " + short, "who's " + short, "whos " + short, name + " who is that", "what office does " + short + " hold", "what is " + short + "'s job",
		"what is " + short + "'s title", "what post does " + name + " hold", "who is the " + p.Office, "who is " + p.Office, "who's the " + p.Office, "name of the " + p.Office,
		"tell me who " + short + " is", "is " + short + " the " + p.Office, "which country or body does " + short + " speak for", "who speaks for " + country + ", by office",
		short + " role and office",
		// Nor is it said here which event is meant, so that all are told.
		"was " + name + " part of it", "was " + short + " part of it too", "was " + short + " there", "was " + name + " among them", "which meetings was " + short + " at",
		"where has " + name + " been listed", "was the " + p.Office + " there as well", "did the " + p.Office + " show up",
	})
	return e, true
}

// askedOf lists ways of asking whether somebody was at an event; a spokesman is also asked for by the country or body.
func (r roll) askedOf(ev Event, p Presence) []string {
	var asked []string
	ask := func(name string, forms ...string) {
		for _, form := range forms {
			asked = append(asked, strings.NewReplacer("$who", name, "$where", ev.Where, "$event", ev.Name).Replace(form))
		}
	}
	for _, name := range []string{r.actor[p.Actor].Name, r.surname(p.Actor)} {
		ask(name, "was $who $where", "was $who at $event", "did $who attend $event")
		for _, alias := range ev.Aliases {
			ask(name, "was $who at "+alias)
		}
	}
	ask(r.surname(p.Actor), "did $who join $event", "is $who on the list of those present at $event", "$who $where, yes or no")
	if p.Office != "" && p.For != "" {
		ask("the "+p.Office, "was $who $where", "did $who attend $event")
	}
	if r.speaks(ev, p) {
		ask(r.actor[p.For].Name, "was $who $where", "was $who at $event", "was $who represented $where", "was $who represented at $event", "did $who send anybody to $event")
	}
	return asked
}

// free lists those phrasings that lead nowhere else, each once, and takes them.
func (r roll) free(question string, asked []string) []string {
	var free []string
	r.taken[bare(question)] = true
	for _, raw := range asked {
		if !r.taken[bare(raw)] {
			r.taken[bare(raw)] = true
			free = append(free, raw)
		}
	}
	return free
}

// titled is a person with the office, or who came for a body.
func (r roll) titled(p Presence) string {
	switch name := r.actor[p.Actor].Name; {
	case p.For == "" && p.Office != "":
		return p.Office
	case p.Office != "":
		return fmt.Sprintf("%s, %s,", name, p.Office)
	default:
		return name
	}
}

// surname is the short name of an actor: the first alias, or else the name.
func (r roll) surname(id ActorID) string {
	if a := r.actor[id]; len(a.Aliases) > 0 {
		return a.Aliases[0]
	}
	return r.actor[id].Name
}

// bare is a phrasing by which it is compared: in lower case, letters and digits only.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127) }), " ")
}

// upper begins a sentence.
func upper(s string) string { return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):] }
