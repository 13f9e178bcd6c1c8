package match

import (
	"slices"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// enoughTrials is how many questions it takes to learn from them what to rely on.
const enoughTrials = 100

// calibrate learns what matches are ordered by and when the first can be relied on: from the gold questions of use "tune", or
// without enough of them from the record itself. Gold questions set no order: the 200 of ours are too few, and in the order that
// they taught fewer answers were sure. Questions made of the record's own teach what gold questions lack: talk around a question, slips of the
// keyboard, what only shares words with the record, and what is near to it and not answered. A record too small for either keeps to plain good
// sense.
func (mt *Matcher) calibrate() {
	mt.ranking, mt.head, mt.leaning = sensible, sensibleHead, sensibleHead
	if examples := mt.tuning(); len(examples) >= enoughTrials {
		_, made := mt.leaveOut(1)
		mt.head = newHead(append(examples, mt.ranking.examples(made, madeShare*float64(len(examples)))...))
		mt.leaning = newHead(unlike(examples))
		mt.head.sure = sureByGold
	} else if trials, _ := mt.leaveOut(folds); len(trials) >= enoughTrials {
		mt.ranking = newRanking(trials)
		mt.head = mt.ranking.head(trials)
		mt.head.sure = sureByLeaving
		mt.leaning = mt.head
	}
}

// unlike are examples without the evidence that tells questions from elsewhere: a turn that leans on the question before, put together with it,
// is spelt like no phrasing. For the same reason the questions made by the record teach nothing of such turns.
func unlike(examples []example) []example {
	examples = slices.Clone(examples)
	for i := range examples {
		for _, k := range [...]int{typical, telling, familiar, alone} {
			examples[i].evidence[k] = 0
		}
	}
	return examples
}

// madeShare is how much the questions that a record made count together, against those that curators wrote: there are more of them, and they
// are less like what people ask. With 0.5, 97 of the 110 gold questions in scope and of use "measure" are answered instead of 102; with weights
// that keep the share of outsiders among gold questions, 63 of 300 that only share a name with the record are answered instead of at most 6.
const madeShare = 0.3

// examples are the first candidates of trials, of a certain weight together.
func (r ranking) examples(trials []trial, weight float64) []example {
	examples := make([]example, len(trials))
	for i, t := range trials {
		first := r.first(t)
		examples[i] = example{evidence: t.evidence[first], right: first == t.right, outside: t.outside, weight: weight / float64(len(trials))}
	}
	return examples
}

// toTune is how many gold questions there are to tune by.
func toTune(c answers.Contents) int {
	n := 0
	for _, g := range c.Gold {
		if g.Use == answers.Tune {
			n++
		}
	}
	return n
}

// waysOfAsking is how many ways of asking there are for live entries, beside their own questions.
func waysOfAsking(c answers.Contents) int {
	n := 0
	for _, e := range c.Entries {
		if e.State == answers.Live {
			n += len(e.Phrasings)
		}
	}
	return n
}

// tuning are the first matches of the gold questions to tune by. A gap is not an answer: what leads to one teaches nothing of when
// to answer.
func (mt *Matcher) tuning() []example {
	var examples []example
	for _, g := range mt.facts.Contents().Gold {
		switch g.Kind {
		case answers.GoldInScope, answers.GoldFalsePremise, answers.GoldOffRecord, answers.GoldOutOfScope:
		default:
			continue
		}
		if g.Use != answers.Tune {
			continue
		}
		matches := mt.Match(mt.Understand(text.Clip(g.Ask)))
		if len(matches) == 0 || mt.entries[matches[0].Entry].Kind == answers.KindGap {
			continue
		}
		_, stated := mt.facts.Stated(matches[0].Entry)
		examples = append(examples, example{evidence: matches[0].evidence, right: answers.Overlap(stated, g.Claims), weight: 1})
	}
	return examples
}

// folds is into how many parts a record is divided to learn from itself.
const folds = 5

// maxExamples bounds how many questions of its own a record is tried with: a head of a few weights needs no more.
const maxExamples = 5000

// leaveOut tries a record on itself: entries are left out in turn, gaps among them, so that their phrasings become questions which the rest
// cannot answer, and of the other entries a part of the phrasings, which the rest should answer. A record with names tries beside the latter questions
// made of them.
func (mt *Matcher) leaveOut(tried int) (trials, made []trial) {
	for fold := range tried {
		sub, asked := mt.without(fold)
		sub.learn()
		if mt.training.course.ended() != nil {
			return nil, nil
		}
		from := sub.maker()
		for i, q := range asked {
			if i%(1+len(asked)*tried/maxExamples) != 0 {
				continue
			}
			t, ok := sub.try(q.text, q.of)
			if ok {
				trials = append(trials, t)
			}
			if ok && (q.of != "" || q.gap) {
				made = append(made, t)
			}
			if q.of == "" || len(from.names) == 0 {
				continue
			}
			for _, m := range from.questions(q.text) {
				of := q.of
				if m.outside {
					of = ""
				}
				if t, ok := sub.try(m.text, of); ok {
					made = append(made, t)
				}
			}
		}
	}
	return trials, made
}

// put is a question that is put to a matcher, and the entry that answers it; "" for none.
type put struct {
	text string
	of   answers.EntryID
	gap  bool // a gap is made for it
}

// without prepares a matcher for the record without a part of it, and the questions which that part holds. What leads to a gap is no
// question that the rest should answer, so that a gap stays whole or goes.
func (mt *Matcher) without(fold int) (*Matcher, []put) {
	c := mt.facts.Contents()
	rest := answers.Contents{Actors: c.Actors, Places: c.Places, Topics: c.Topics, Claims: c.Claims}
	var asked []put
	for i, e := range mt.entries {
		kept := e
		kept.Phrasings = nil
		for k, raw := range e.Phrasings {
			switch {
			case e.Kind == answers.KindGap && i%folds == fold:
				asked = append(asked, put{text: raw, gap: true})
			case e.Kind == answers.KindGap:
				kept.Phrasings = append(kept.Phrasings, raw)
			case i%folds == fold:
				asked = append(asked, put{text: raw})
			case (k+i)%folds == fold:
				asked = append(asked, put{text: raw, of: e.ID})
			default:
				kept.Phrasings = append(kept.Phrasings, raw)
			}
		}
		if i%folds != fold {
			rest.Entries = append(rest.Entries, kept)
		}
	}
	fs := facts.New(rest)
	sub := newMatcher(fs, fs.Words())
	sub.training.course, sub.training.tuned, sub.training.learnsAnswers = mt.training.course, mt.training.tuned, mt.training.learnsAnswers
	sub.ranking, sub.head = mt.ranking, mt.head
	return sub, asked
}

// try puts a question; ok is false if nothing comes first, or a gap: what leads to one teaches nothing of when to answer.
func (mt *Matcher) try(question string, of answers.EntryID) (t trial, ok bool) {
	matches := mt.Match(mt.Understand(text.Clip(question)))
	if len(matches) == 0 || mt.entries[matches[0].Entry].Kind == answers.KindGap {
		return trial{}, false
	}
	t = trial{right: -1, outside: of == ""}
	for i, m := range matches {
		t.evidence = append(t.evidence, m.evidence)
		if mt.entries[m.Entry].ID == of {
			t.right = i
		}
	}
	return t, true
}
