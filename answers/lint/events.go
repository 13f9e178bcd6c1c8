package lint

import (
	"slices"

	"parley/answers"
)

// events checks that whoever is said to have been at a meeting is known, and stands there by a claim that names him.
func (l *linter) events() {
	for _, ev := range l.Events {
		at := Subject{Noun: answers.NounEvent, ID: string(ev.ID)}
		l.required(at, "name", ev.Name)
		l.required(at, "where", ev.Where)
		l.required(at, "voice", ev.Voice)
		l.required(at, "unlisted", string(ev.Unlisted))
		known(l, at, "topics", ev.Topics, l.topic)
		if len(ev.Topics) == 0 {
			l.report(at, "the event has no topic")
		}
		for i, p := range ev.Present {
			l.presence(Subject{answers.NounEvent, string(ev.ID), "present", i + 1}, p)
		}
	}
}

func (l *linter) presence(at Subject, p answers.Presence) {
	if _, ok := l.actor[p.Actor]; !ok {
		l.report(at, "there is no actor %q", p.Actor)
	}
	if _, ok := l.actor[p.For]; !ok && p.For != "" {
		l.report(at, "there is no actor %q", p.For)
	}
	if p.Basis != answers.Listed && p.Basis != answers.Quoted {
		l.report(at, "basis is %q; it must be %q or %q", p.Basis, answers.Listed, answers.Quoted)
	}
	for _, id := range []answers.ClaimID{p.Claim, p.Named} {
		c, ok := l.claim[id]
		switch {
		case id == "" && id == p.Named:
		case !ok:
			l.report(at, "there is no claim %q", id)
		case c.Claimant != p.Actor && !slices.Contains(c.Actors, p.Actor):
			l.report(at, "claim %q does not speak of %q", id, p.Actor)
		}
	}
	if p.Named != "" && p.Office == "" {
		l.report(at, "a claim is said to give an office, and none is named")
	}
}

// past reports whether a claim tells how a meeting went, which no later plan makes out of date.
func (l *linter) past(c answers.Claim) bool {
	return c.Modality == answers.Asserted && slices.ContainsFunc(l.Events, func(ev answers.Event) bool { return answers.Overlap(ev.Topics, c.Topics) })
}

// planned reports whether a claim is about what may come.
func planned(c answers.Claim) bool {
	return c.Modality == answers.Pledged || c.Modality == answers.Expected || c.Modality == answers.Suggested
}
