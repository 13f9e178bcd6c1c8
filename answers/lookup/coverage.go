package lookup

import (
	"slices"

	"parley/answers"
	"parley/answers/facts"
)

// cover counts what the record holds by topic: of all of it, or of what the term names. If that names topics, only
// these are told. The claims and sources counted are listed in the answer too.
func (ls *Lister) cover(a *answers.Answer, f filter, q answers.LookUp) {
	on := ls.facts.OnRecord(q.AsOf)
	var named []answers.TopicID
	for _, t := range f {
		named = append(named, t.topics...)
	}
	var counted []answers.Claim
	for _, c := range ls.facts.Contents().Claims {
		switch {
		case c.Retracted != "" || !f.fits(c) || len(named) > 0 && !answers.Overlap(named, c.Topics):
		case on(c.ID):
			counted = append(counted, c)
			ls.facts.Mention(a, c.ID)
		case !ls.facts.Source(c.Source).Date.Known():
			a.LeftOut++
		}
	}
	for _, topic := range ls.facts.Contents().Topics {
		if len(named) > 0 && !slices.Contains(named, topic.ID) {
			continue
		}
		if t := ls.coverageOf(topic, counted, on); t.Claims+t.Entries+t.Disputes > 0 {
			t.Age = t.Newest.Age(q.Today)
			a.Coverage = append(a.Coverage, t)
		}
	}
}

// coverageOf counts what stands on some claims within a topic.
func (ls *Lister) coverageOf(topic answers.Topic, counted []answers.Claim, on func(answers.ClaimID) bool) answers.TopicCoverage {
	t := answers.TopicCoverage{Topic: topic}
	here := map[answers.ClaimID]bool{}
	var sources []answers.Source
	for _, c := range counted {
		here[c.ID] = true
		if !slices.Contains(c.Topics, topic.ID) {
			continue
		}
		t.Claims++
		if !slices.ContainsFunc(sources, func(s answers.Source) bool { return s.ID == c.Source }) {
			sources = append(sources, ls.facts.Source(c.Source))
		}
	}
	stands := func(id answers.ClaimID) bool { return here[id] }
	for i, e := range ls.facts.Entries() {
		first, _ := ls.facts.Stated(i)
		if e.State == answers.Live && e.Kind != answers.KindService && slices.Contains(e.Topics, topic.ID) && slices.ContainsFunc(first, stands) {
			t.Entries++
		}
	}
	for _, d := range ls.facts.Contents().Disputes {
		if slices.Contains(d.Topics, topic.ID) && ls.disputed(d, stands, on) {
			t.Disputes++
		}
	}
	for _, s := range sources {
		if !s.Date.Known() {
			t.Undated++
		}
	}
	t.Sources, t.Newest = len(sources), facts.NewestOf(sources)
	return t
}

// disputed reports whether two positions of a dispute or more were on record, and one of its claims counts.
func (ls *Lister) disputed(d answers.Dispute, counts, on func(answers.ClaimID) bool) bool {
	positions, counted := 0, false
	for _, stance := range ls.facts.Stances(d.ID) {
		if !slices.ContainsFunc(stance, facts.Not(on)) {
			positions++
			counted = counted || slices.ContainsFunc(stance, counts)
		}
	}
	return counted && positions >= 2
}
