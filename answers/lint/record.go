package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/answers"
	"parley/answers/text"
)

var sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)

// sources checks that every source is dated with a basis, and that each of its paragraphs is accounted for by claims that
// name it in turn.
func (l *linter) sources() {
	for _, s := range l.Sources {
		at := Subject{Noun: answers.NounSource, ID: string(s.ID)}
		l.required(at, "title", s.Title)
		oneOf(l, at, "kind", s.Kind, answers.KindDocument, answers.KindList)
		oneOf(l, at, "titled_by", s.TitledBy, answers.TitledByDocument, answers.TitledByCurator)
		if !sha256Form.MatchString(s.SHA256) {
			at.Field = "sha256"
			l.report(at, "the SHA-256 must be 64 hexadecimal digits in lower case")
		}
		l.date(at, "date", s.Date)
		if s.URLAddedBy != "" && s.URL == "" {
			at.Field = "url_added_by"
			l.report(at, "there is no URL that somebody could have added")
		}
		if n := text.WordCount(s.Label); n > maxLabelWords {
			l.report(Subject{answers.NounSource, string(s.ID), "label", 0}, "it has %d words; at most %d are allowed", n, maxLabelWords)
		}
		l.paragraphs(s)
	}
}

func (l *linter) paragraphs(s answers.Source) {
	at := Subject{Noun: answers.NounSource, ID: string(s.ID), Field: "paragraphs"}
	if len(s.Paragraphs) == 0 {
		l.report(at, "no paragraph is listed")
	}
	for i, p := range s.Paragraphs {
		at.Index = i + 1
		if p.Number != i+1 {
			l.report(at, "paragraph %d stands where %d should; none may be left out", p.Number, i+1)
		}
		if (len(p.Claims) > 0) == (p.NoClaim != "") {
			l.report(at, "list the paragraph's claims, or say why it has none")
		}
		for k, id := range p.Claims {
			c, ok := l.claim[id]
			switch {
			case slices.Contains(p.Claims[:k], id):
				l.report(at, "%q stands twice", id)
			case !ok:
				l.report(at, "there is no claim %q", id)
			case c.Source != s.ID || c.Paragraph != p.Number:
				l.report(at, "claim %q names paragraph %d of %q as its source", id, c.Paragraph, c.Source)
			}
		}
	}
}

// names checks actors, places and topics; within each of these a spelling means one thing only.
func (l *linter) names() {
	actors, places, topics := l.speller(answers.NounActor), l.speller(answers.NounPlace), l.speller(answers.NounTopic)
	for _, a := range l.Actors {
		actors(string(a.ID), a.Name, a.Aliases)
		if at := (Subject{Noun: answers.NounActor, ID: string(a.ID)}); a.Role != "" {
			l.required(at, "role_at", a.RoleAt)
		}
	}
	for _, p := range l.Places {
		places(string(p.ID), p.Name, p.Aliases)
	}
	for _, t := range l.Topics {
		topics(string(t.ID), t.Name, t.Aliases)
	}
}

func (l *linter) speller(noun answers.Noun) func(id, name string, aliases []string) {
	owner := map[string]string{}
	return func(id, name string, aliases []string) {
		l.required(Subject{Noun: noun, ID: id}, "name", name)
		for i, spelling := range append([]string{name}, aliases...) {
			at := Subject{Noun: noun, ID: id, Field: "aliases", Index: i}
			if i == 0 {
				at.Field = "name"
			}
			folded := text.Fold(spelling)
			if other, taken := owner[folded]; taken && other != id {
				l.report(at, "the spelling %q also means %s", spelling, other)
			} else if folded == "" {
				l.report(at, "the spelling %q has no letters", spelling)
			}
			owner[folded] = id
		}
	}
}

// claims checks that every claim stands on a listed paragraph, refers to what exists, and says in its own text who
// claims it and how firmly.
func (l *linter) claims() {
	for _, c := range l.Claims {
		at := Subject{Noun: answers.NounClaim, ID: string(c.ID)}
		if !strings.Contains(string(c.ID), "-") {
			l.report(at, "a claim's id needs a hyphen, so that it can stand in prose as a marker")
		}
		l.required(at, "text", c.Text)
		oneOf(l, at, "modality", c.Modality, answers.Asserted, answers.Pledged, answers.Denied, answers.Expected, answers.Suggested, answers.Anonymous, answers.Alleged)
		l.date(at, "date", c.Date)
		l.standing(at, c)
		if _, ok := l.actor[c.Claimant]; !ok && c.Claimant != "" {
			l.report(Subject{answers.NounClaim, string(c.ID), "claimant", 0}, "there is no %q", c.Claimant)
		}
		known(l, at, "relayed_by", c.RelayedBy, l.actor)
		known(l, at, "topics", c.Topics, l.topic)
		known(l, at, "actors", c.Actors, l.actor)
		known(l, at, "places", c.Places, l.place)
		if c.Origin != "" {
			_, actor := l.actor[answers.ActorID(c.Origin)]
			_, source := l.source[answers.SourceID(c.Origin)]
			if !actor && !source {
				at.Field = "origin"
				l.report(at, "there is no actor or source %q", c.Origin)
			}
		}
		if n := len(strings.Fields(c.Quote)); n > maxQuoteWords {
			at.Field = "quote"
			l.report(at, "the quotation has %d words; at most %d are allowed", n, maxQuoteWords)
		}
		if l.source[c.Source].Kind == answers.KindList {
			continue // its editors answer for its words
		}
		l.paragraph(at, "text", c.Text)
		l.strength(Subject{Noun: answers.NounClaim, ID: string(c.ID), Field: "text"}, c.Text, c)
		l.closed(Subject{Noun: answers.NounClaim, ID: string(c.ID), Field: "text"}, c.Text)
		l.quotations(Subject{Noun: answers.NounClaim, ID: string(c.ID), Field: "text"}, c.Text, []answers.ClaimID{c.ID})
		l.attribution(Subject{Noun: answers.NounClaim, ID: string(c.ID), Field: "text"}, c.Text, c)
	}
}

// maxQuoteWords is the length up to which a quotation counts as short; see seeds/STYLE.md.
const maxQuoteWords = 15

func (l *linter) standing(at Subject, c answers.Claim) {
	s, ok := l.source[c.Source]
	if !ok {
		at.Field = "source"
		l.report(at, "there is no source %q", c.Source)
		return
	}
	at.Field = "paragraph"
	if c.Paragraph < 1 || c.Paragraph > len(s.Paragraphs) {
		l.report(at, "%q has no paragraph %d", c.Source, c.Paragraph)
		return
	}
	if !slices.Contains(s.Paragraphs[c.Paragraph-1].Claims, c.ID) {
		l.report(at, "paragraph %d of %q does not list this claim", c.Paragraph, c.Source)
	}
}

func (l *linter) relations() {
	seen := map[string]bool{}
	for _, r := range l.Relations {
		at := Subject{Noun: answers.NounRelation, ID: r.Key()}
		oneOf(l, at, "kind", r.Kind, answers.Supports, answers.Contradicts, answers.Updates, answers.Explains)
		for _, end := range []answers.ClaimID{r.From, r.To} {
			if _, ok := l.claim[end]; !ok {
				l.report(at, "there is no claim %q", end)
			}
		}
		if r.Kind == answers.Updates && planned(l.claim[r.From]) && l.past(l.claim[r.To]) {
			l.report(at, "a plan does not update how a meeting went")
		}
		if r.From == r.To {
			l.report(at, "a claim cannot relate to itself")
		}
		if seen[r.Key()] {
			l.report(at, "the relation stands twice")
		}
		seen[r.Key()] = true
	}
}

// disputes checks that each has two sides or more that stand on claims.
func (l *linter) disputes() {
	for _, d := range l.Disputes {
		at := Subject{Noun: answers.NounDispute, ID: string(d.ID)}
		l.required(at, "question", d.Question)
		oneOf(l, at, "kind", d.Kind, answers.ReportsContradict, answers.PartiesDisagree, answers.StillOpen)
		known(l, at, "topics", d.Topics, l.topic)
		at.Field = "positions"
		if len(d.Positions) < 2 {
			l.report(at, "a dispute needs two positions or more")
		} else if !twoSided(d) {
			l.report(at, "no two positions stand on different claims, so nothing is in dispute")
		}
		for i, p := range d.Positions {
			at.Index = i + 1
			if p.Holder == "" {
				l.report(at, "who holds the position is missing")
			}
			if len(p.Text.Claims()) == 0 {
				l.report(at, "the position stands on no claim")
			}
			if !slices.ContainsFunc(p.Text.Claims(), func(id answers.ClaimID) bool { return l.source[l.claim[id].Source].Kind != answers.KindList }) {
				continue // its editors answer for its words
			}
			l.prose(at, p.Text, named)
		}
		l.prose(Subject{Noun: answers.NounDispute, ID: string(d.ID), Field: "agreed"}, d.Agreed, named)
		if !l.answered(d.ID) {
			l.report(Subject{Noun: answers.NounDispute, ID: string(d.ID)}, "no live entry answers the dispute, and none was withdrawn")
		}
	}
}

// twoSided reports whether two positions of a dispute have a claim of their own each.
func twoSided(d answers.Dispute) bool {
	for i, p := range d.Positions {
		for _, q := range d.Positions[:i] {
			if lacks(p.Text.Claims(), q.Text.Claims()) && lacks(q.Text.Claims(), p.Text.Claims()) {
				return true
			}
		}
	}
	return false
}

// lacks reports whether some of ids is not among others.
func lacks(ids, others []answers.ClaimID) bool {
	return slices.ContainsFunc(ids, func(id answers.ClaimID) bool { return !slices.Contains(others, id) })
}

func (l *linter) answered(id answers.DisputeID) bool {
	return slices.ContainsFunc(l.Entries, func(e answers.Entry) bool {
		return e.Dispute == id && (e.State == answers.Live || e.State == answers.Retracted)
	})
}

// shown cuts text for a message.
func shown(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
