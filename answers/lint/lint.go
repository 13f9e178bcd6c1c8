// Package lint holds the record to the editorial rules. The promise of a reply (sourced, dated, no stronger than its weakest claim) is kept
// here, before anything is answered: on what is known of sources, claims and disputes (record.go), on the wording of prose against the
// claims it cites (prose.go), on entries, phrasings and gold questions (entries.go), on freezes (freeze.go), and on what the record says
// of itself (about.go). Every problem is reported, with its place in the record.
package lint

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// Problem is one breach of an editorial rule.
type Problem struct {
	Subject Subject
	Message string
}

// Subject is the place in the record that a problem is about. A loader that knows files turns it into file:line:column.
type Subject struct {
	Noun  answers.Noun
	ID    string
	Field string // "" for the item as a whole
	Index int    // which item of a list, from 1; 0 for the field as a whole
}

// String writes the subject for people: entries/us-troops short.
func (s Subject) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s/%s", s.Noun, s.ID)
	if s.Field != "" {
		fmt.Fprintf(&b, " %s", s.Field)
	}
	if s.Index > 0 {
		fmt.Fprintf(&b, " %d", s.Index)
	}
	return b.String()
}

// String writes the problem with its subject on one line.
func (p Problem) String() string { return p.Subject.String() + ": " + p.Message }

// Lint checks the contents against every editorial rule and returns all problems, in the order of the contents.
// Contents without problems make a Library that keeps Parley's promises.
func Lint(c answers.Contents) []Problem {
	c.Entries = append(slices.Clone(c.Entries), facts.Attendance(c)...) // what events make is held to the same rules
	l := newLinter(c)
	l.about()
	l.sources()
	l.names()
	l.claims()
	l.frames()
	l.relations()
	l.disputes()
	l.events()
	l.entries()
	l.phrasings()
	l.gold()
	l.freezes()
	l.order()
	return l.problems
}

// order sorts the problems by the item that they are about, in the order of the contents.
func (l *linter) order() {
	of := func(p Problem) int { return l.rank[Subject{Noun: p.Subject.Noun, ID: p.Subject.ID}] }
	slices.SortStableFunc(l.problems, func(a, b Problem) int { return cmp.Compare(of(a), of(b)) })
}

// ranked remembers the order of the items, by the first one of each id.
func (l *linter) ranked(noun answers.Noun, id string) {
	if s := (Subject{Noun: noun, ID: id}); l.rank[s] == 0 {
		l.rank[s] = len(l.rank) + 1
	}
}

// linter holds the contents by id while the rules run. Only the first item of an id that stands twice is held.
type linter struct {
	answers.Contents
	source   map[answers.SourceID]answers.Source
	actor    map[answers.ActorID]answers.Actor
	place    map[answers.PlaceID]bool
	topic    map[answers.TopicID]bool
	claim    map[answers.ClaimID]answers.Claim
	dispute  map[answers.DisputeID]answers.Dispute
	entry    map[answers.EntryID]answers.Entry
	spelling map[answers.ActorID][]string // each actor's names, folded
	rank     map[Subject]int              // where each item stands in the contents, from 1
	problems []Problem
}

func newLinter(c answers.Contents) *linter {
	l := &linter{
		Contents: c,
		source:   map[answers.SourceID]answers.Source{},
		actor:    map[answers.ActorID]answers.Actor{},
		place:    map[answers.PlaceID]bool{},
		topic:    map[answers.TopicID]bool{},
		claim:    map[answers.ClaimID]answers.Claim{},
		dispute:  map[answers.DisputeID]answers.Dispute{},
		entry:    map[answers.EntryID]answers.Entry{},
		spelling: map[answers.ActorID][]string{},
		rank:     map[Subject]int{},
	}
	gather(l, answers.NounSource, c.Sources, func(s answers.Source) string { return string(s.ID) }, func(s answers.Source) { l.source[s.ID] = s })
	gather(l, answers.NounActor, c.Actors, func(a answers.Actor) string { return string(a.ID) }, func(a answers.Actor) {
		l.actor[a.ID] = a
		for _, name := range append([]string{a.Name}, a.Aliases...) {
			l.spelling[a.ID] = append(l.spelling[a.ID], text.Fold(name))
		}
	})
	gather(l, answers.NounPlace, c.Places, func(p answers.Place) string { return string(p.ID) }, func(p answers.Place) { l.place[p.ID] = true })
	gather(l, answers.NounTopic, c.Topics, func(t answers.Topic) string { return string(t.ID) }, func(t answers.Topic) { l.topic[t.ID] = true })
	gather(l, answers.NounClaim, c.Claims, func(c answers.Claim) string { return string(c.ID) }, func(c answers.Claim) { l.claim[c.ID] = c })
	for _, r := range c.Relations {
		l.ranked(answers.NounRelation, r.Key()) // it has no id of its own
	}
	gather(l, answers.NounDispute, c.Disputes, func(d answers.Dispute) string { return string(d.ID) }, func(d answers.Dispute) { l.dispute[d.ID] = d })
	gather(l, answers.NounEvent, c.Events, func(e answers.Event) string { return string(e.ID) }, func(answers.Event) {})
	gather(l, answers.NounEntry, c.Entries, func(e answers.Entry) string { return string(e.ID) }, func(e answers.Entry) { l.entry[e.ID] = e })
	gather(l, answers.NounGold, c.Gold, func(g answers.Gold) string { return string(g.ID) }, func(answers.Gold) {})
	for _, f := range c.Freezes {
		l.ranked(answers.NounFreeze, f.Key()) // nor has it
	}
	return l
}

// Ids go into URLs, button payloads and file names, so they keep to what is safe in all of them.
var IdForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// gather checks that ids are well formed and unique, and hands each first item to keep.
func gather[T any](l *linter, noun answers.Noun, items []T, id func(T) string, keep func(T)) {
	seen := map[string]bool{}
	for _, item := range items {
		at := Subject{Noun: noun, ID: id(item), Field: "id"}
		l.ranked(noun, at.ID)
		switch {
		case at.ID == "":
			l.report(at, "has no id")
		case !IdForm.MatchString(at.ID) || len(at.ID) > 60:
			l.report(at, "the id must be lower-case words joined by hyphens, at most 60 characters")
		case seen[at.ID]:
			l.report(at, "the id is used twice")
		default:
			keep(item)
		}
		seen[at.ID] = true
	}
}

func (l *linter) report(at Subject, format string, args ...any) {
	l.problems = append(l.problems, Problem{at, fmt.Sprintf(format, args...)})
}

// required reports an empty field.
func (l *linter) required(at Subject, field, value string) {
	if strings.TrimSpace(value) == "" {
		at.Field = field
		l.report(at, "%s is missing", field)
	}
}

// paragraph reports a text of several lines, as only lists of questions and answers have them.
func (l *linter) paragraph(at Subject, field, value string) {
	if strings.Contains(value, "\n") {
		at.Field = field
		l.report(at, "write it as one paragraph")
	}
}

// oneOf reports a value outside the allowed ones.
func oneOf[T ~string](l *linter, at Subject, field string, value T, allowed ...T) {
	if !slices.Contains(allowed, value) {
		at.Field = field
		l.report(at, "%s is %q; it must be one of %q", field, value, allowed)
	}
}

// known reports each id of a list that does not exist, or that stands there twice.
func known[ID ~string, V any](l *linter, at Subject, field string, ids []ID, exist map[ID]V) {
	at.Field = field
	for i, id := range ids {
		at.Index = i + 1
		if _, ok := exist[id]; !ok {
			l.report(at, "there is no %q", id)
		}
		if slices.Contains(ids[:i], id) {
			l.report(at, "%q stands twice", id)
		}
	}
}

// date checks that a date has a basis and is a possible one.
func (l *linter) date(at Subject, field string, d answers.DateRange) {
	at.Field = field
	oneOf(l, at, field, d.Basis, answers.BasisUnknown, answers.BasisStated, answers.BasisInferred)
	switch {
	case d.Known() && d.Basis == answers.BasisUnknown:
		l.report(at, "the date has no basis: say whether it is stated or inferred, and from what")
	case !d.Known() && d.Basis != answers.BasisUnknown:
		l.report(at, "a %s date needs a day", d.Basis)
	}
	if d.Basis == answers.BasisInferred && strings.TrimSpace(d.From) == "" {
		l.report(at, "the date is inferred: say from what")
	}
	if !d.Earliest.IsZero() && !d.Latest.IsZero() && d.Earliest.Compare(d.Latest) > 0 {
		l.report(at, "the earliest day comes after the latest")
	}
}
