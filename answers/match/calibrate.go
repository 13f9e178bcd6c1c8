package match

import (
	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// enoughTrials is how many questions it takes to learn from them what to rely on.
const enoughTrials = 100

// calibrate learns what matches are ordered by and when the first can be relied on: from the gold questions of use "tune", or
// without enough of them from the record itself. Gold questions set no order: the 200 of ours are too few, and in the order that
// they taught fewer answers were sure. A record too small for either keeps to plain good sense.
func (mt *Matcher) calibrate() {
	mt.ranking, mt.head = sensible, sensibleHead
	if examples := mt.tuning(); len(examples) >= enoughTrials {
		mt.head = newHead(examples)
		mt.head.sure = sureByGold
	} else if trials := mt.leaveOut(); len(trials) >= enoughTrials {
		mt.ranking = newRanking(trials)
		mt.head = mt.ranking.head(trials)
		mt.head.sure = sureByLeaving
	}
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

// apart is the evidence that tells questions from elsewhere, which gold questions do not use: of the 167 of ours in scope and of use
// "tune", 125 were answered right with it instead of 129 and 2 wrong instead of 3; of the 109 of use "measure", 99 right instead of 100.
var apart = [...]int{typical, telling, familiar, alone}

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
		x := example{evidence: matches[0].evidence, right: answers.Overlap(stated, g.Claims), weight: 1}
		for _, i := range apart {
			x.evidence[i] = 0
		}
		examples = append(examples, x)
	}
	return examples
}

// folds is into how many parts a record is divided to learn from itself.
const folds = 5

// maxExamples bounds how many questions of its own a record is tried with: a head of a few weights needs no more.
const maxExamples = 5000

// leaveOut tries a record without gold questions: entries are left out in turn, so that their phrasings become questions which the
// rest cannot answer, and of the other entries a part of the phrasings, which the rest should answer.
func (mt *Matcher) leaveOut() []trial {
	var trials []trial
	for fold := range folds {
		rest := answers.Contents{Actors: mt.facts.Contents().Actors, Places: mt.facts.Contents().Places, Topics: mt.facts.Contents().Topics, Claims: mt.facts.Contents().Claims}
		type question struct {
			text string
			of   answers.EntryID
		}
		var asked []question
		for i, e := range mt.entries {
			kept := e
			kept.Phrasings = nil
			for k, raw := range e.Phrasings {
				switch {
				case i%folds == fold:
					asked = append(asked, question{raw, ""})
				case (k+i)%folds == fold:
					asked = append(asked, question{raw, e.ID})
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
		sub.learn()
		if mt.training.course.ended() != nil {
			return nil
		}
		for i, q := range asked {
			if i%(1+len(asked)*folds/maxExamples) != 0 {
				continue
			}
			t := trial{right: -1, outside: q.of == ""}
			for i, m := range sub.Match(sub.Understand(text.Clip(q.text))) {
				t.evidence = append(t.evidence, m.evidence)
				if sub.entries[m.Entry].ID == q.of {
					t.right = i
				}
			}
			if len(t.evidence) > 0 {
				trials = append(trials, t)
			}
		}
	}
	return trials
}
