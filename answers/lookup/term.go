package lookup

import (
	"cmp"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// filter is what a term asks for; each target holds the ids of which one must fit, since a word may name a place and a
// topic at once.
type filter []target

type target struct {
	actors  []answers.ActorID
	places  []answers.PlaceID
	topics  []answers.TopicID
	sources []answers.SourceID
	claims  []answers.ClaimID

	dispute answers.DisputeID // a dispute that was named, besides its claims

	period answers.DateRange        // the days that were named, if days were
	dated  map[answers.ClaimID]bool // the claims whose date may fall on them
}

// fits reports whether a claim is what every part of the term asks for.
func (f filter) fits(c answers.Claim) bool {
	return !slices.ContainsFunc(f, func(t target) bool {
		return !(t.dated[c.ID] || slices.Contains(t.claims, c.ID) || slices.Contains(t.sources, c.Source) ||
			answers.Overlap(t.topics, c.Topics) || answers.Overlap(t.places, c.Places) || answers.Overlap(t.actors, c.Actors) ||
			slices.Contains(t.actors, c.Claimant) || answers.Overlap(t.actors, c.RelayedBy))
	})
}

// timeless is the filter without its days, and those days.
func (f filter) timeless() (rest filter, period answers.DateRange) {
	for _, t := range f {
		if t.period.Known() {
			period = t.period
		} else {
			rest = append(rest, t)
		}
	}
	return rest, period
}

// names maps every folded name of the record, ids included, to what it names.
type names struct {
	targets map[string]target
	longest int // words in the longest
}

func newNames(c answers.Contents) names {
	named := names{targets: map[string]target{}}
	add := func(put func(*target), spellings ...string) {
		seen := map[string]bool{"": true}
		for _, s := range spellings {
			s = text.Fold(s)
			if seen[s] {
				continue
			}
			seen[s] = true
			t := named.targets[s]
			put(&t)
			named.targets[s] = t
			named.longest = max(named.longest, text.WordCount(s))
		}
	}
	for _, a := range c.Actors {
		add(func(t *target) { t.actors = append(t.actors, a.ID) }, slices.Concat(a.Aliases, []string{string(a.ID), a.Name})...)
	}
	for _, p := range c.Places {
		add(func(t *target) { t.places = append(t.places, p.ID) }, slices.Concat(p.Aliases, []string{string(p.ID), p.Name})...)
	}
	for _, topic := range c.Topics {
		add(func(t *target) { t.topics = append(t.topics, topic.ID) }, slices.Concat(topic.Aliases, []string{string(topic.ID), topic.Name})...)
	}
	for _, s := range c.Sources {
		add(func(t *target) { t.sources = append(t.sources, s.ID) }, string(s.ID), s.Title, s.Publisher)
	}
	for word, topics := range topicWords(c.Topics) {
		if _, taken := named.targets[word]; !taken {
			named.targets[word] = target{topics: topics}
		}
	}
	return named
}

// topicWords maps each word of a topic's names to the topics in which it occurs: "troops" means foreign and US troops.
func topicWords(topics []answers.Topic) map[string][]answers.TopicID {
	words := map[string][]answers.TopicID{}
	for _, t := range topics {
		for _, name := range append([]string{t.Name}, t.Aliases...) {
			for word := range strings.FieldsSeq(text.Fold(name)) {
				if !text.StopWords[word] && !slices.Contains(words[word], t.ID) {
					words[word] = append(words[word], t.ID)
				}
			}
		}
	}
	return words
}

// filter reads a term: ids, days and names of any kind, the longest first. Words of no meaning are passed over; what is
// left unknown is returned. Several days or spans of days narrow one another down.
func (ls *Lister) filter(term string, today answers.Date) (f filter, unknown []string) {
	if t, ok := ls.byID(strings.TrimSpace(term)); ok {
		return filter{t}, nil
	}
	typed := strings.Fields(text.Fold(term))
	mended := make([]string, len(typed))
	for i, w := range typed {
		mended[i] = ls.mendName(w)
	}
	var when period
	for i := 0; i < len(typed); {
		if typed[i] == "and" && when.given && when.Latest.IsZero() {
			typed[i] = "until" // between 15 and 18 August
		}
		if p, n := readPeriod(typed[i:], today, ls.yearOf); n > 0 {
			if !p.possible() {
				return nil, []string{strings.Join(typed[i:i+n], " ")}
			}
			when = when.and(p)
			i += n
			continue
		}
		t, n := ls.nameAt(typed[i:], mended[i:])
		switch {
		case n > 0:
			f = append(f, t)
		case !text.StopWords[typed[i]]:
			unknown = append(unknown, typed[i])
		}
		i += max(n, 1)
	}
	if when.given {
		f = append(f, ls.during(when))
	}
	return f, unknown
}

// nameAt is what the longest name at the beginning of some words names, and how many words that takes; the words as
// typed are tried before the mended ones.
func (ls *Lister) nameAt(typed, mended []string) (target, int) {
	for n := min(len(typed), ls.named.longest); n > 0; n-- {
		for _, words := range [][]string{typed, mended} {
			if t, ok := ls.named.targets[strings.Join(words[:n], " ")]; ok {
				return t, n
			}
		}
	}
	return target{}, 0
}

// digestRunes is how much of a document's digest is enough to name it: as much as replies show.
const digestRunes = 8

func (ls *Lister) byID(id string) (target, bool) {
	if ls.facts.Claim(answers.ClaimID(id)).ID != "" {
		return target{claims: []answers.ClaimID{answers.ClaimID(id)}}, true
	}
	if ls.facts.Source(answers.SourceID(id)).ID != "" {
		return target{sources: []answers.SourceID{answers.SourceID(id)}}, true
	}
	if d := ls.facts.Dispute(answers.DisputeID(id)); d.ID != "" {
		t := target{dispute: d.ID}
		for _, p := range d.Positions {
			t.claims = append(t.claims, p.Text.Claims()...)
		}
		return t, true
	}
	if len(id) >= digestRunes {
		for _, s := range ls.facts.Contents().Sources {
			if strings.HasPrefix(s.SHA256, strings.ToLower(id)) {
				return target{sources: []answers.SourceID{s.ID}}, true
			}
		}
	}
	return target{}, false
}

// mendName is the word of the record that a misspelt word was probably meant to be; the word itself where there is none,
// or where it is no misspelling.
func (ls *Lister) mendName(word string) string {
	if ls.words.Knows(word) || text.IsNumber(word) || text.StopWords[word] || text.CommonEnglish(word) > 0 {
		return word
	}
	if mended, ok := ls.words.Mend(word); ok {
		return mended
	}
	return word
}

// during is the target of some days: the claims whose date may fall on them.
func (ls *Lister) during(p period) target {
	t := target{period: p.DateRange, dated: map[answers.ClaimID]bool{}}
	for _, c := range ls.facts.Contents().Claims {
		if p.possible() && mayFall(ls.facts.When(c), p.DateRange) {
			t.dated[c.ID] = true
		}
	}
	return t
}

// yearOf is the newest year in which the record dates anything to a month, or the newest of all.
func (ls *Lister) yearOf(span func(year int) answers.DateRange) int {
	newest, fitting := 0, 0
	note := func(r answers.DateRange) {
		if !r.Known() {
			return
		}
		for year := r.Newest().Year; year <= max(r.Latest.Year, r.Newest().Year); year++ {
			newest = max(newest, year)
			if mayFall(r, span(year)) {
				fitting = max(fitting, year)
			}
		}
	}
	for _, s := range ls.facts.Contents().Sources {
		note(s.Date)
	}
	for _, c := range ls.facts.Contents().Claims {
		note(c.Date)
	}
	return cmp.Or(fitting, newest)
}

// maxNames is how many names are offered for unknown ones: more would be a list to read.
const maxNames = 5

// namesLike lists the names of the record that come near one of the words, the nearest first, ties in order of the record.
func (ls *Lister) namesLike(unknown []string) []string {
	type near struct {
		name     string
		distance int
	}
	var found []near
	like := func(name string, spellings ...string) {
		distance := tooFar
		for _, spelling := range slices.Concat([]string{name}, spellings) {
			for part := range strings.FieldsSeq(text.Fold(spelling)) {
				for _, w := range unknown[:min(len(unknown), maxNames)] {
					if !text.StopWords[part] {
						distance = min(distance, farness([]rune(w), []rune(part)))
					}
				}
			}
		}
		if distance < tooFar && !slices.ContainsFunc(found, func(n near) bool { return n.name == name }) {
			found = append(found, near{name, distance})
		}
	}
	for _, a := range ls.facts.Contents().Actors {
		like(a.Name, a.Aliases...)
	}
	for _, p := range ls.facts.Contents().Places {
		like(p.Name, p.Aliases...)
	}
	for _, t := range ls.facts.Contents().Topics {
		like(t.Name, t.Aliases...)
	}
	for _, s := range ls.facts.Contents().Sources {
		like(string(s.ID), s.Title, s.Publisher)
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var list []string
	for _, n := range found[:min(len(found), maxNames)] {
		if n.distance < barely || found[0].distance == barely {
			list = append(list, n.name)
		}
	}
	return list
}

// The farness of words that merely begin alike, offered where nothing is nearer, and of those that have nothing to do with
// each other.
const (
	barely = 8
	tooFar = 9
)

// farness is how far a part of a name is from a word: 0 where it begins with the word, then the slips between the two, at
// last words that merely begin alike.
func farness(word, part []rune) int {
	const alike = 3 // letters that two words must share to be told apart from chance
	if len(word) < alike || len(part) < alike {
		return tooFar
	}
	if strings.HasPrefix(string(part), string(word)) {
		return 0
	}
	allowed := min(len(word)/alike, 3)
	if d := text.Slips(word, part, allowed); d <= allowed {
		return d
	}
	if slices.Equal(word[:alike], part[:alike]) {
		return barely
	}
	return tooFar
}
