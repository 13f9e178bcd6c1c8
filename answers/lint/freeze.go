package lint

import "parley/answers"

// freezes checks that each names something which can be frozen.
func (l *linter) freezes() {
	for _, f := range l.Freezes {
		at := Subject{Noun: answers.NounFreeze, ID: f.Key()}
		oneOf(l, at, "noun", f.Noun, answers.NounEntry, answers.NounDispute, answers.NounTopic)
		found := false
		switch f.Noun {
		case answers.NounEntry:
			_, found = l.entry[answers.EntryID(f.ID)]
		case answers.NounDispute:
			_, found = l.dispute[answers.DisputeID(f.ID)]
		case answers.NounTopic:
			found = l.topic[answers.TopicID(f.ID)]
		}
		if !found {
			at.Field = "id"
			l.report(at, "there is nothing of that id among the %s", f.Noun)
		}
		if f.Since.IsZero() {
			l.report(at, "since when it is frozen is missing")
		}
		l.required(at, "why", f.Why)
	}
}
