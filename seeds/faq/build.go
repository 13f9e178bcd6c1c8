package faq

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/answers"
	"parley/answers/text"
)

// Options say how a list becomes a record.
type Options struct {
	Group Grouping
	Today answers.Date // the day from which a review is due within a year
}

// Build makes a record of a list, or the next version of one: entries that are in both keep their ids, claims their places, and what curators have
// made of them stays where the list says what it said. Entries that the list does not hold stay as they are; they are returned as left. Rows
// that cannot be taken in are added to the refused ones.
func Build(old answers.Contents, l *List, o Options) (c answers.Contents, made []Made, left []answers.EntryID) {
	b := newBuilder(old, l, o)
	groups := l.groups(o.Group)
	for _, g := range groups {
		b.match(g)
	}
	for _, g := range groups {
		b.entry(g)
	}
	for _, e := range old.Entries {
		if e.Kind == answers.KindFAQ && e.State != answers.Retracted && !b.used[e.ID] {
			left = append(left, e.ID)
		}
	}
	b.account()
	b.contents.Sort()
	return b.contents, b.made, left
}

// Made is an entry that a list makes or changes.
type Made struct {
	Entry  answers.Entry
	Items  []answers.ItemName // it, and what it stands on
	Before *answers.Entry     // nil for a new one
	Says   bool               // what it says to readers is new, not only how it is asked for
	Edited bool               // a curator had changed the answer that the list changes now
	Class  answers.Class      // that the list gives
	Was    string             // the answer before
	Is     string
}

type builder struct {
	list     *List
	options  Options
	old      answers.Contents
	contents answers.Contents
	made     []Made

	entries map[answers.EntryID]answers.Entry // before
	asked   map[string]answers.EntryID        // by folded question, before
	used    map[answers.EntryID]bool
	of      map[*group]answers.EntryID // what a group was before
	asks    map[string]*group          // by folded question, now
	claims  map[answers.ClaimID]answers.Claim
	gone    map[answers.ClaimID]bool // claims of before that no row stands for now
	sources map[string]answers.SourceID

	entryAt  map[answers.EntryID]int // in the contents
	claimAt  map[answers.ClaimID]int
	sourceAt map[answers.SourceID]int
	topics   map[string]answers.TopicID
	actors   map[string]answers.ActorID
	ids      map[string]bool // of all kinds, with the noun before
	next     int             // the number of the next claim
}

func newBuilder(old answers.Contents, l *List, o Options) *builder {
	b := &builder{
		list: l, options: o, old: old, contents: old.Clone(), entries: map[answers.EntryID]answers.Entry{}, asked: map[string]answers.EntryID{},
		used: map[answers.EntryID]bool{}, of: map[*group]answers.EntryID{}, asks: map[string]*group{}, claims: map[answers.ClaimID]answers.Claim{},
		gone: map[answers.ClaimID]bool{}, sources: map[string]answers.SourceID{}, topics: map[string]answers.TopicID{}, actors: map[string]answers.ActorID{},
		ids: map[string]bool{}, next: 1, entryAt: map[answers.EntryID]int{}, claimAt: map[answers.ClaimID]int{}, sourceAt: map[answers.SourceID]int{},
	}
	for i, s := range old.Sources {
		b.sourceAt[s.ID] = i
		b.ids["source "+string(s.ID)] = true
		if s.Kind == answers.KindList {
			b.sources[sourceKey(s)] = s.ID
		}
	}
	for _, t := range old.Topics {
		b.ids["topic "+string(t.ID)] = true
		for _, name := range append([]string{t.Name}, t.Aliases...) {
			b.topics[text.Fold(name)] = t.ID
		}
	}
	for _, a := range old.Actors {
		b.ids["actor "+string(a.ID)] = true
		for _, name := range append([]string{a.Name}, a.Aliases...) {
			b.actors[text.Fold(name)] = a.ID
		}
	}
	for i, c := range old.Claims {
		b.claimAt[c.ID] = i
		b.claims[c.ID] = c
		var n int
		if _, err := fmt.Sscanf(string(c.ID), "faq-%d", &n); err == nil {
			b.next = max(b.next, n+1)
		}
	}
	for _, d := range old.Disputes {
		b.ids["dispute "+string(d.ID)] = true
	}
	for i, e := range old.Entries {
		b.entryAt[e.ID] = i
		b.ids["entry "+string(e.ID)] = true
		b.entries[e.ID] = e
		if e.State != answers.Retracted || e.Kind == answers.KindFAQ {
			for _, q := range e.Phrasings {
				if folded := text.Fold(q); b.asked[folded] == "" {
					b.asked[folded] = e.ID
				}
			}
		}
	}
	for _, e := range old.Entries {
		b.asked[text.Fold(e.Question)] = e.ID // which goes before a way of asking
	}
	return b
}

// match finds the entry that a group was before: of its id, else of its first question, else of another one.
func (b *builder) match(g *group) {
	for _, q := range g.questions {
		b.asks[text.Fold(q)] = g
	}
	candidates := []answers.EntryID{g.id}
	for _, q := range g.questions {
		candidates = append(candidates, b.asked[text.Fold(q)])
	}
	for _, id := range candidates {
		if e, ok := b.entries[id]; ok && e.Kind == answers.KindFAQ && !b.used[id] {
			b.of[g], b.used[id] = id, true
			return
		}
	}
}

// free is an id that nothing has yet, made from another.
func (b *builder) free(noun, id, otherwise string) string {
	id = cmp.Or(id, otherwise)
	try := id
	for n := 2; b.ids[noun+" "+try]; n++ {
		suffix := fmt.Sprintf("-%d", n)
		try = strings.TrimSuffix(id[:min(len(id), 60-len(suffix))], "-") + suffix
	}
	b.ids[noun+" "+try] = true
	return try
}

// entry makes the entry of a group with its claims.
func (b *builder) entry(g *group) {
	before, known := b.entries[b.of[g]]
	e := before
	if !known {
		id := string(g.id)
		if id == "" {
			id = cmp.Or(slug(g.intent), slug(g.questions[0]))
		}
		e = answers.Entry{
			ID: answers.EntryID(b.free("entry", id, fmt.Sprintf("answer-%d", b.next))), Kind: answers.KindFAQ, State: answers.Live,
			Review: answers.Date{Year: b.options.Today.Year + 1, Month: b.options.Today.Month, Day: min(b.options.Today.Day, 28)},
		}
	}
	var oldClaims []answers.Claim
	for _, id := range e.Claims() {
		oldClaims = append(oldClaims, b.claims[id])
	}
	topic := b.topic(g.rows[0])
	claims := b.claimsOf(g, oldClaims, topic)
	e.Question = g.questions[0]
	e.Phrasings = slices.Clone(g.questions[1:])
	for _, q := range before.Phrasings { // that a curator may have added
		if b.asks[text.Fold(q)] == nil {
			e.Phrasings = append(e.Phrasings, q)
		}
	}
	if !known || len(e.Topics) == 0 || g.rows[0].Topic != "" {
		e.Topics = []answers.TopicID{topic}
	}
	m := Made{Entry: e, Class: g.class, Is: g.rows[0].Answer}
	wrote := write(e, b.said(oldClaims))
	now := write(e, b.said(claims))
	now.Dispute = b.dispute(&now, before, claims)
	if known {
		m.Before = &before
		m.Was = plainText(before)
		m.Says = slices.ContainsFunc(claims, func(c answers.Claim) bool { return !b.saidBefore(c) }) || len(claims) != len(oldClaims)
		edited := before.Lead != wrote.Lead || before.Detail != wrote.Detail || before.Basis != wrote.Basis || before.Caveat != wrote.Caveat
		m.Edited = edited && m.Says
		if edited && !m.Says {
			now.Lead, now.Basis, now.Caveat, now.Detail = before.Lead, before.Basis, before.Caveat, before.Detail
		}
		b.contents.Entries[b.entryAt[e.ID]] = now
	} else {
		b.contents.Entries = append(b.contents.Entries, now)
	}
	m.Entry = now
	m.Items = append(m.Items, answers.ItemName(fmt.Sprintf("%s/%s", answers.NounEntry, now.ID)))
	for _, c := range claims {
		m.Items = append(m.Items, answers.ItemName(fmt.Sprintf("%s/%s", answers.NounClaim, c.ID)))
	}
	if now.Dispute != "" {
		m.Items = append(m.Items, answers.ItemName(fmt.Sprintf("%s/%s", answers.NounDispute, now.Dispute)))
	}
	b.made = append(b.made, m)
}

// saidBefore reports whether a claim stood so before, on the same source.
func (b *builder) saidBefore(c answers.Claim) bool {
	was, ok := b.claims[c.ID]
	return ok && was.Text == c.Text && was.Source == c.Source && was.Date == c.Date && was.Claimant == c.Claimant
}

// claimsOf makes a claim of each row of a group, under the id that it had.
func (b *builder) claimsOf(g *group, before []answers.Claim, topic answers.TopicID) []answers.Claim {
	left := slices.Clone(before)
	var claims []answers.Claim
	for _, r := range g.rows {
		source := b.source(r)
		at := slices.IndexFunc(left, func(c answers.Claim) bool { return c.Source == source })
		if at < 0 && len(g.rows) == 1 && len(left) > 0 {
			at = 0
		}
		c := answers.Claim{Modality: answers.Asserted}
		if at >= 0 {
			c = left[at]
			left = slices.Delete(left, at, at+1)
		} else {
			c.ID = answers.ClaimID(fmt.Sprintf("faq-%d", b.next))
			b.next++
		}
		c.Text, c.Topics = r.Answer, []answers.TopicID{topic}
		if r.AsOf != r.Source.Date {
			c.Date = r.AsOf
		} else {
			c.Date = answers.DateRange{}
		}
		c.Claimant = b.claimant(r)
		if c.Source != source {
			c.Source, c.Paragraph = source, 0 // account gives it one
		}
		b.put(c)
		claims = append(claims, c)
	}
	for _, c := range left {
		b.gone[c.ID] = true
	}
	return claims
}

func (b *builder) put(c answers.Claim) {
	if _, known := b.claims[c.ID]; !known {
		b.contents.Claims = append(b.contents.Claims, c)
		return
	}
	b.contents.Claims[b.claimAt[c.ID]] = c
}

func (b *builder) topic(r Row) answers.TopicID {
	name, id := r.Topic, slug(r.Topic)
	if text.Fold(name) == "" {
		name, id = b.list.Tables[0].Name, "faq"
		if b.ids["topic faq"] {
			return "faq"
		}
	}
	folded := cmp.Or(text.Fold(name), "faq")
	if known, ok := b.topics[folded]; ok {
		return known
	}
	if text.Fold(name) == "" {
		name = "faq"
	}
	made := answers.TopicID(b.free("topic", id, "topic-1"))
	b.topics[folded] = made
	b.contents.Topics = append(b.contents.Topics, answers.Topic{ID: made, Name: name})
	return made
}

func (b *builder) claimant(r Row) answers.ActorID {
	folded := text.Fold(r.Claimant)
	if folded == "" || r.Rating != "" { // whoever made a claim that was rated did not say how it was rated
		return ""
	}
	if known, ok := b.actors[folded]; ok {
		return known
	}
	made := answers.ActorID(b.free("actor", slug(r.Claimant), "actor-1"))
	b.actors[folded] = made
	b.contents.Actors = append(b.contents.Actors, answers.Actor{ID: made, Name: r.Claimant})
	return made
}

// plainText is what an entry says, as a reader reads it.
func plainText(e answers.Entry) string {
	lead, _ := strings.CutSuffix(e.Lead.Plain(), goesOn)
	return strings.TrimSpace(lead + "\n" + e.Detail.Plain())
}

// shownFirst is how many characters of an answer are shown first; the rest of a longer one is its detail.
const shownFirst = 1200

// goesOn ends what is shown first of an answer that goes on.
const goesOn = " …"

// halves cuts a long answer where a paragraph, a line, a sentence or a word ends.
func halves(answer string) (first, rest string) {
	if utf8.RuneCountInString(answer) <= 2*shownFirst {
		return answer, ""
	}
	window := string([]rune(answer)[:shownFirst])
	for _, end := range []string{"\n\n", "\n", ". ", " "} {
		if at := strings.LastIndex(window, end); at > len(window)/3 {
			at += len(strings.TrimRight(end, " \n"))
			return answer[:at], strings.TrimLeft(answer[at:], " \n")
		}
	}
	return window, answer[len(window):]
}
