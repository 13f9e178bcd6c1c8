package answers

import "slices"

// TopicCoverage is how much the record holds on a topic, and how fresh that is.
type TopicCoverage struct {
	Topic    Topic
	Entries  int // curated answers, without those about Parley itself and those that decline
	Claims   int
	Sources  int // documents that the claims come from
	Undated  int // … of which nobody knows the date
	Disputes int
	Newest   DateRange // date of the newest source; not known if none is dated
	Age      int       // days from then to the day of asking; 0 if either is not known
}

// cover counts what the record holds by topic: of all of it, or of what the term names. If that names topics, only
// these are told. The claims and sources counted are listed in the answer too.
func (l *Library) cover(a *Answer, f filter, q LookUp) {
	on := l.onRecord(q.AsOf)
	var named []TopicID
	for _, t := range f {
		named = append(named, t.topics...)
	}
	var counted []Claim
	for _, c := range l.contents.Claims {
		switch {
		case c.Retracted != "" || !f.fits(c) || len(named) > 0 && !overlaps(named, c.Topics):
		case on(c.ID):
			counted = append(counted, c)
			l.mention(a, c.ID)
		case !l.source[c.Source].Date.Known():
			a.LeftOut++
		}
	}
	for _, topic := range l.contents.Topics {
		if len(named) > 0 && !slices.Contains(named, topic.ID) {
			continue
		}
		if t := l.coverageOf(topic, counted, on); t.Claims+t.Entries+t.Disputes > 0 {
			day := Answer{AsOf: t.Newest}
			day.grow(q.Today)
			t.Age = day.Age
			a.Coverage = append(a.Coverage, t)
		}
	}
}

// coverageOf counts what stands on some claims within a topic.
func (l *Library) coverageOf(topic Topic, counted []Claim, on func(ClaimID) bool) TopicCoverage {
	t := TopicCoverage{Topic: topic}
	here := map[ClaimID]bool{}
	var sources []Source
	for _, c := range counted {
		here[c.ID] = true
		if !slices.Contains(c.Topics, topic.ID) {
			continue
		}
		t.Claims++
		if !slices.ContainsFunc(sources, func(s Source) bool { return s.ID == c.Source }) {
			sources = append(sources, l.source[c.Source])
		}
	}
	stands := func(id ClaimID) bool { return here[id] }
	for i, e := range l.entries {
		if e.State == Live && e.Kind != KindService && slices.Contains(e.Topics, topic.ID) && slices.ContainsFunc(l.stands[i].short, stands) {
			t.Entries++
		}
	}
	for _, d := range l.contents.Disputes {
		if slices.Contains(d.Topics, topic.ID) && l.disputed(d, stands, on) {
			t.Disputes++
		}
	}
	for _, s := range sources {
		if !s.Date.Known() {
			t.Undated++
		}
	}
	t.Sources, t.Newest = len(sources), newestOf(sources)
	return t
}

// disputed reports whether two positions of a dispute or more were on record, and one of its claims counts.
func (l *Library) disputed(d Dispute, counts, on func(ClaimID) bool) bool {
	positions, counted := 0, false
	for _, stance := range l.stances[d.ID] {
		if !slices.ContainsFunc(stance, not(on)) {
			positions++
			counted = counted || slices.ContainsFunc(stance, counts)
		}
	}
	return counted && positions >= 2
}
