package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// Attendance makes the entries that events hold: for each event whether each person of any event was there, and for each office that a
// claim gives, who holds it. They are made when the record is loaded, and kept nowhere. A phrasing that a curated entry has is left to it; an entry
// of the same id that a curator wrote takes the place of the one made.
func Attendance(c answers.Contents) []answers.Entry {
	r := roll{
		actor: map[answers.ActorID]answers.Actor{}, label: map[answers.ClaimID]string{}, spoke: map[answers.ActorID]bool{},
		taken: map[string]bool{}, curated: map[answers.EntryID]bool{}, spokenFor: map[answers.ActorID]bool{},
	}
	labels := map[answers.SourceID]string{}
	for _, s := range c.Sources {
		labels[s.ID] = s.Label
	}
	for _, claim := range c.Claims {
		r.label[claim.ID] = labels[claim.Source]
		r.spoke[claim.Claimant] = true
	}
	for _, a := range c.Actors {
		r.actor[a.ID] = a
	}
	for _, e := range c.Entries {
		r.curated[e.ID] = true
		for _, raw := range e.AllPhrasings() {
			r.taken[text.Fold(raw)] = true
		}
	}
	people := everybody(c.Events)
	for _, p := range people {
		r.spokenFor[p.For] = true
	}
	var made []answers.Entry
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
func everybody(events []answers.Event) []answers.Presence {
	var all []answers.Presence
	for _, ev := range events {
		for _, p := range ev.Present {
			at := slices.IndexFunc(all, func(o answers.Presence) bool { return o.Actor == p.Actor })
			switch {
			case at < 0:
				all = append(all, p)
			case all[at].Named == "" && p.Named != "":
				all[at] = p
			}
		}
	}
	slices.SortFunc(all, func(a, b answers.Presence) int { return cmp.Compare(a.Actor, b.Actor) })
	return all
}

// roll makes entries of events.
type roll struct {
	actor   map[answers.ActorID]answers.Actor
	label   map[answers.ClaimID]string // of its source
	spoke   map[answers.ActorID]bool   // who is the claimant of a claim
	taken   map[string]bool            // phrasings that lead elsewhere
	curated map[answers.EntryID]bool

	spokenFor map[answers.ActorID]bool // countries and bodies for which somebody speaks
}

// attended answers whether somebody was at an event. There is none for a body that nobody lists there and
// that has somebody to speak for it.
func (r roll) attended(ev answers.Event, p answers.Presence) (answers.Entry, bool) {
	name := r.actor[p.Actor].Name
	e := answers.Entry{
		ID: answers.EntryID(fmt.Sprintf("at-%s-%s", ev.ID, p.Actor)), State: answers.Live, Question: fmt.Sprintf("Was %s at %s?", name, ev.Name),
		Topics: ev.Topics, Review: ev.Review,
	}
	at := slices.IndexFunc(ev.Present, func(o answers.Presence) bool { return o.Actor == p.Actor })
	switch {
	case at < 0 && p.For == "" && r.spokenFor[p.Actor]:
		return answers.Entry{}, false
	case at < 0 && r.speaks(ev, p):
		e.Lead = answers.Prose(fmt.Sprintf("%s lists neither %s nor %s by name at %s", upper(r.lists(ev)), name, r.actor[p.For].Name, ev.Name)).On(ev.Unlisted.Claims()...)
		e.Basis = ev.Unlisted
	case at < 0:
		e.Lead = answers.Prose(fmt.Sprintf("%s does not list %s at %s", upper(r.lists(ev)), name, ev.Name)).On(ev.Unlisted.Claims()...)
		e.Basis = ev.Unlisted
	case ev.Present[at].Basis == answers.Quoted:
		o := ev.Present[at]
		e.Lead = answers.Prose(fmt.Sprintf("%s quotes %s but does not list the name among those present", upper(r.voice(ev, o.Claim)), r.titled(o))).On(o.Claim)
		e.Detail = ev.Unlisted
	default:
		o := ev.Present[at]
		e.Lead = answers.Prose(fmt.Sprintf("Yes: %s lists %s among those present", r.voice(ev, o.Claim), r.titled(o))).On(o.Claim)
	}
	e.Phrasings = r.free(e.Question, r.askedOf(ev, p))
	return e, true
}

// speaks reports whether who asks for a country or body at an event may be told of this person: nobody else is listed for it.
func (r roll) speaks(ev answers.Event, p answers.Presence) bool {
	return p.For != "" && p.Named != "" && !slices.ContainsFunc(ev.Present, func(o answers.Presence) bool {
		return o.Actor == p.For || o.For == p.For && o.Actor != p.Actor
	})
}

// office answers who somebody is, if a claim gives the office.
func (r roll) office(events []answers.Event, p answers.Presence) (answers.Entry, bool) {
	if p.Named == "" {
		return answers.Entry{}, false
	}
	name := r.actor[p.Actor].Name
	e := answers.Entry{ID: WhoIs(p.Actor), State: answers.Live, Question: fmt.Sprintf("Who is %s?", name)}
	short, country := r.surname(p.Actor), r.actor[p.For].Name
	var named []answers.ClaimID
	var voices []string
	var said []answers.Prose
	for _, ev := range events {
		for _, o := range ev.Present {
			if o.Actor != p.Actor {
				continue
			}
			if voice := r.voice(ev, o.Named); o.Named != "" && o.Office == p.Office && !slices.Contains(voices, voice) {
				named, voices = append(named, o.Named), append(voices, voice)
				e.Topics, e.Review = ev.Topics, ev.Review
			}
			does := "quotes " + short
			if o.Basis == answers.Listed {
				does = fmt.Sprintf("lists %s among those present at %s", short, ev.Name)
			}
			said = append(said, answers.Prose(upper(r.voice(ev, o.Claim))+" "+does).On(o.Claim))
		}
	}
	e.Lead = answers.Prose(fmt.Sprintf("%s is named as %s in %s", name, p.Office, strings.Join(voices[:min(2, len(voices))], " and "))).On(named[:min(2, len(named))]...)
	if len(said) == 1 && !r.spoke[p.Actor] {
		said = append(said, answers.Prose("Our record holds no words of "+short+"."))
	}
	e.Basis = answers.Prose("").With(said[:min(2, len(said))]...)
	e.Detail = answers.Prose("").With(said[min(2, len(said)):]...)
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

// WhoIs is the id of the entry that answers who somebody is.
func WhoIs(actor answers.ActorID) answers.EntryID { return answers.EntryID("who-" + string(actor)) }

// askedOf lists ways of asking whether somebody was at an event; a spokesman is also asked for by the country or body.
func (r roll) askedOf(ev answers.Event, p answers.Presence) []string {
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
	r.taken[text.Fold(question)] = true
	for _, raw := range asked {
		if !r.taken[text.Fold(raw)] {
			r.taken[text.Fold(raw)] = true
			free = append(free, raw)
		}
	}
	return free
}

// voice is how a sentence names the document of a claim: by its label, or as the event has it.
func (r roll) voice(ev answers.Event, id answers.ClaimID) string {
	return cmp.Or(r.label[id], ev.Voice)
}

// lists is how a sentence names the document that lists who was at an event.
func (r roll) lists(ev answers.Event) string {
	ids := ev.Unlisted.Claims()
	if len(ids) == 0 {
		return ev.Voice
	}
	return r.voice(ev, ids[0])
}

// titled is a person with the office, or who came for a body.
func (r roll) titled(p answers.Presence) string {
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
func (r roll) surname(id answers.ActorID) string {
	if a := r.actor[id]; len(a.Aliases) > 0 {
		return a.Aliases[0]
	}
	return r.actor[id].Name
}

// upper begins a sentence.
func upper(s string) string { return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):] }
