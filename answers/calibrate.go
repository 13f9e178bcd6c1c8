package answers

// enoughGold is how many gold questions it takes to learn a head from them.
const enoughGold = 100

// calibrate learns when the first match can be relied on: from the gold questions of use "tune", or without enough of them from the
// record itself. A record too small for that gets a head of plain good sense.
func (l *Library) calibrate(gold []Gold) head {
	l.head = head{
		sure:   sureByGold,
		bias:   -1,
		weight: evidence{decision: 0.1, margin: 0.5, gapMargin: 0.3, similarity: 1, covered: 2, suited: 2},
	}
	var examples []example
	for _, g := range gold {
		switch g.Kind {
		case GoldInScope, GoldFalsePremise, GoldOffRecord, GoldOutOfScope:
		default:
			continue
		}
		if g.Use != Tune {
			continue
		}
		matches := l.match(l.understand(clip(g.Ask)))
		if len(matches) == 0 || l.entries[matches[0].entry].Kind == KindGap {
			continue
		}
		examples = append(examples, example{
			evidence: matches[0].evidence, right: overlaps(l.stands[matches[0].entry].all, g.Claims), outside: len(g.Claims) == 0, weight: 1,
		})
	}
	sure := sureByGold
	if len(examples) < enoughGold {
		examples, sure = l.leaveOut(), sureByLeaving
	}
	if len(examples) < enoughGold {
		return l.head
	}
	h := newHead(examples)
	h.sure = sure
	return h
}

// folds is into how many parts a record is divided to learn from itself.
const folds = 5

// maxExamples bounds how many questions of its own a record is tried with: a head of a few weights needs no more.
const maxExamples = 5000

// leaveOut makes examples without gold questions: entries are left out in turn, so that their phrasings become questions which the
// rest cannot answer, and of the other entries a part of the phrasings, which the rest should answer.
func (l *Library) leaveOut() []example {
	var examples []example
	for fold := range folds {
		rest := Contents{Actors: l.contents.Actors, Places: l.contents.Places, Topics: l.contents.Topics, Claims: l.contents.Claims}
		type question struct {
			text string
			of   EntryID
		}
		var asked []question
		for i, e := range l.entries {
			kept := e
			kept.Phrasings = nil
			for k, text := range e.Phrasings {
				switch {
				case i%folds == fold:
					asked = append(asked, question{text, ""})
				case (k+i)%folds == fold:
					asked = append(asked, question{text, e.ID})
				default:
					kept.Phrasings = append(kept.Phrasings, text)
				}
			}
			if i%folds != fold {
				rest.Entries = append(rest.Entries, kept)
			}
		}
		sub := newLibrary(rest)
		sub.course = l.course
		sub.learn()
		if l.course.ended() != nil {
			return nil
		}
		for i, q := range asked {
			if i%(1+len(asked)*folds/maxExamples) != 0 {
				continue
			}
			if matches := sub.match(sub.understand(clip(q.text))); len(matches) > 0 {
				examples = append(examples, example{
					evidence: matches[0].evidence, right: sub.entries[matches[0].entry].ID == q.of, outside: q.of == "", weight: 1,
				})
			}
		}
	}
	weigh(examples)
	return examples
}

// outsiders is the share of questions that a record cannot answer which the head reckons with where no gold question says otherwise:
// one in six, as in CLINC150 (Larson et al. 2019).
const outsiders = 1.0 / 6

// weigh makes the outsiders among examples count for their share of all.
func weigh(examples []example) {
	outside := 0
	for _, x := range examples {
		if x.outside {
			outside++
		}
	}
	inside := len(examples) - outside
	if outside == 0 || inside == 0 {
		return
	}
	for i := range examples {
		if examples[i].outside {
			examples[i].weight = outsiders / (1 - outsiders) * float64(inside) / float64(outside)
		}
	}
}
