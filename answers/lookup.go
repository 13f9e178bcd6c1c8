package answers

import (
	"slices"
	"strings"
)

// LookUp asks for a listing of the record: all of it, or what a term names. A term may hold several names ("macron
// troops"), which then must all fit.
type LookUp struct {
	Intent Intent // claims, timeline, who, sources or disputes
	Term   string
	AsOf   Date
	Today  Date
}

// LookUp lists what the record holds. It is total: a term that the record does not know is declined, with the names that
// come nearest to it.
func (l *Library) LookUp(q LookUp) Answer {
	a := Answer{Intent: q.Intent, Outcome: OutcomeAnswered, Confidence: 1, AsOfDay: q.AsOf, Term: clip(q.Term)}
	f, unknown := l.filter(a.Term)
	if len(unknown) > 0 {
		a.Outcome, a.Confidence, a.Notice = OutcomeDeclined, 0, NoSuchName
		a.Why.Unknown = unknown
		a.Names = l.namesLike(unknown)
		return a
	}
	on := l.onRecord(q.AsOf)
	switch q.Intent {
	case IntentWho:
		l.who(&a, f, on)
	case IntentSources:
		l.listSources(&a, f, q.AsOf)
	case IntentDisputes:
		l.listDisputes(&a, f, on)
	default:
		l.listClaims(&a, f, on)
	}
	if len(a.Claims)+len(a.Sources)+len(a.Actors)+len(a.Disputes) == 0 {
		a.Outcome, a.Confidence = OutcomeDeclined, 0
		if !q.AsOf.IsZero() {
			a.Notice = NothingByThen
		}
	}
	a.AsOf = newestOf(a.Sources)
	a.grow(q.Today)
	return a
}

// filter is what a term asks for; each list holds the ids of which one must fit, since a word may name a place and a
// topic at once.
type filter []target

type target struct {
	actors  []ActorID
	places  []PlaceID
	topics  []TopicID
	sources []SourceID
	claims  []ClaimID
}

// fits reports whether a claim is what every part of the term asks for.
func (f filter) fits(c Claim) bool {
	return !slices.ContainsFunc(f, func(t target) bool {
		return !(slices.Contains(t.claims, c.ID) || slices.Contains(t.sources, c.Source) ||
			overlaps(t.topics, c.Topics) || overlaps(t.places, c.Places) || overlaps(t.actors, append(c.RelayedBy, c.Actors...)) ||
			slices.Contains(t.actors, c.Claimant))
	})
}

// filter reads a term: names of any kind, the longest first. Words of no meaning are passed over; what is left unknown
// is returned.
func (l *Library) filter(term string) (f filter, unknown []string) {
	if t, ok := l.byID(strings.TrimSpace(term)); ok {
		return filter{t}, nil
	}
	words := strings.Fields(Fold(term))
	for i := 0; i < len(words); {
		n := len(words) - i
		for ; n > 0; n-- {
			if t, ok := l.named[strings.Join(words[i:i+n], " ")]; ok {
				f = append(f, t)
				break
			}
		}
		if n == 0 {
			if mended, ok := l.mendName(words[i]); ok {
				f = append(f, l.named[mended])
			} else if !stopWords[words[i]] {
				unknown = append(unknown, words[i])
			}
			n = 1
		}
		i += n
	}
	return f, unknown
}

func (l *Library) byID(id string) (target, bool) {
	if _, ok := l.claim[ClaimID(id)]; ok {
		return target{claims: []ClaimID{ClaimID(id)}}, true
	}
	if _, ok := l.source[SourceID(id)]; ok {
		return target{sources: []SourceID{SourceID(id)}}, true
	}
	if d, ok := l.dispute[DisputeID(id)]; ok {
		t := target{}
		for _, p := range d.Positions {
			t.claims = append(t.claims, p.Text.Claims()...)
		}
		return t, true
	}
	return target{}, false
}

// nameTargets maps every folded name of the record, ids included, to what it names.
func nameTargets(c Contents) map[string]target {
	named := map[string]target{}
	add := func(id, name string, aliases []string, put func(*target)) {
		spellings := map[string]bool{Fold(id): true, Fold(name): true}
		for _, a := range aliases {
			spellings[Fold(a)] = true
		}
		for s := range spellings {
			t := named[s]
			put(&t)
			named[s] = t
		}
	}
	for _, a := range c.Actors {
		add(string(a.ID), a.Name, a.Aliases, func(t *target) { t.actors = append(t.actors, a.ID) })
	}
	for _, p := range c.Places {
		add(string(p.ID), p.Name, p.Aliases, func(t *target) { t.places = append(t.places, p.ID) })
	}
	for _, topic := range c.Topics {
		add(string(topic.ID), topic.Name, topic.Aliases, func(t *target) { t.topics = append(t.topics, topic.ID) })
	}
	for _, s := range c.Sources {
		add(string(s.ID), s.Title, nil, func(t *target) { t.sources = append(t.sources, s.ID) })
	}
	for word, topics := range topicWords(c.Topics) {
		if _, taken := named[word]; !taken {
			named[word] = target{topics: topics}
		}
	}
	return named
}

// topicWords maps each word of a topic's names to the topics in which it occurs: "troops" means foreign and US troops.
func topicWords(topics []Topic) map[string][]TopicID {
	words := map[string][]TopicID{}
	for _, t := range topics {
		for _, name := range append([]string{t.Name}, t.Aliases...) {
			for word := range strings.FieldsSeq(Fold(name)) {
				if !stopWords[word] && !slices.Contains(words[word], t.ID) {
					words[word] = append(words[word], t.ID)
				}
			}
		}
	}
	return words
}

// mendName finds the one-word name that a misspelt word was probably meant to be.
func (l *Library) mendName(word string) (string, bool) {
	if l.vocabulary.words[word] || commonEnglish(word) > 0 {
		return "", false
	}
	mended, _ := l.vocabulary.mend(word)
	_, ok := l.named[mended]
	return mended, ok
}

// namesLike lists the names of actors and topics that share a word's beginning with one of the words.
func (l *Library) namesLike(words []string) []string {
	var names []string
	like := func(name string, aliases []string) {
		for _, spelling := range append([]string{name}, aliases...) {
			for part := range strings.FieldsSeq(Fold(spelling)) {
				for _, w := range words {
					if len(w) >= 3 && len(part) >= 3 && !stopWords[part] && part[:3] == w[:3] && !slices.Contains(names, name) {
						names = append(names, name)
					}
				}
			}
		}
	}
	for _, a := range l.contents.Actors {
		like(a.Name, a.Aliases)
	}
	for _, t := range l.contents.Topics {
		like(t.Name, t.Aliases)
	}
	return names[:min(len(names), 5)]
}

// listClaims lists claims in order of the record, or of time for a timeline. A timeline of everything keeps to what has a
// day of its own: what is known only by the date of its report would bury it.
func (l *Library) listClaims(a *Answer, f filter, on func(ClaimID) bool) {
	var found []Claim
	for _, c := range l.contents.Claims {
		if c.Retracted != "" || !f.fits(c) || a.Intent == IntentTimeline && len(f) == 0 && !c.Date.Known() {
			continue
		}
		if !on(c.ID) {
			if !l.source[c.Source].Date.Known() {
				a.LeftOut++
			}
			continue
		}
		found = append(found, c)
	}
	if a.Intent == IntentTimeline {
		slices.SortStableFunc(found, func(x, y Claim) int {
			return l.When(x).Compare(l.When(y)) // ties stay in order of the record
		})
	}
	for _, c := range found {
		l.mention(a, c.ID)
	}
}

// When is the date of a claim: its own, or that of its source.
func (l *Library) When(c Claim) DateRange {
	if c.Date.Known() {
		return c.Date
	}
	return l.source[c.Source].Date
}

// who lists actors with what the record holds of them; for one actor, also the claims.
func (l *Library) who(a *Answer, f filter, on func(ClaimID) bool) {
	for _, actor := range l.contents.Actors {
		named := len(f) == 0 || slices.ContainsFunc(f, func(t target) bool { return slices.Contains(t.actors, actor.ID) })
		if !named {
			continue
		}
		s := ActorSummary{Actor: actor}
		for _, c := range l.contents.Claims {
			switch {
			case c.Retracted != "" || !on(c.ID):
			case c.Claimant == actor.ID:
				s.Said++
			case slices.Contains(c.Actors, actor.ID), slices.Contains(c.RelayedBy, actor.ID):
				s.Spoken++
			}
		}
		a.Actors = append(a.Actors, s)
	}
	if len(f) > 0 && len(a.Actors) > 0 {
		l.listClaims(a, f, on)
	}
}

func (l *Library) listSources(a *Answer, f filter, day Date) {
	for _, s := range l.contents.Sources {
		if !day.IsZero() && !s.Date.OnOrBefore(day) {
			continue
		}
		if len(f) == 0 || slices.ContainsFunc(l.contents.Claims, func(c Claim) bool { return c.Source == s.ID && f.fits(c) }) {
			a.Sources = append(a.Sources, s)
		}
	}
}

func (l *Library) listDisputes(a *Answer, f filter, on func(ClaimID) bool) {
	for _, d := range l.contents.Disputes {
		var ids []ClaimID
		for _, p := range d.Positions {
			ids = append(ids, p.Text.Claims()...)
		}
		if !slices.ContainsFunc(ids, func(id ClaimID) bool { return f.fits(l.claim[id]) }) {
			continue
		}
		d.Positions = slices.DeleteFunc(slices.Clone(d.Positions), func(p Position) bool {
			return slices.ContainsFunc(p.Text.Claims(), not(on))
		})
		if len(d.Positions) < 2 {
			continue
		}
		if slices.ContainsFunc(d.Agreed.Claims(), not(on)) {
			d.Agreed = ""
		}
		a.Disputes = append(a.Disputes, d)
		for _, p := range d.Positions {
			for _, id := range p.Text.Claims() {
				l.mention(a, id)
			}
		}
		for _, id := range d.Agreed.Claims() {
			l.mention(a, id)
		}
	}
}
