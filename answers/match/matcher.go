// Package match tells which entry a question is for, and how sure that is. A wrong answer costs more than none, so ranking and deciding are
// apart.
//
// Ranking: a question is folded, mended and read for its kind (understood.go, asking.go), turned into a sparse vector (space.go), scored
// against each entry by a linear classifier (classifier.go), and compared with the phrasings of the best (index.go); vocabulary.go and
// account.go weigh which of its words an entry accounts for. Each of these is a piece of evidence, and ranking.go orders entries by it.
//
// Deciding: head.go turns the evidence for the first entry into the probability that it is right; calibrate.go learns the weights from gold
// questions and from others that the record makes (made.go), or from its entries left out in turn. A message is cut into the clauses that ask in
// clauses.go; a turn that leans on the question before is read in context.go.
//
// Training takes seconds, so that progress is told (course.go) and what was learnt is kept under the fingerprint of the record (trained.go).
package match

import (
	"slices"
	"strings"
	"sync"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// Matcher tells which entry a question is for, and how sure that is: an immutable index that any number of goroutines may use at once.
type Matcher struct {
	facts *facts.Facts
	words *text.Words

	entries    []answers.Entry // those that can be reached, in order of id
	profiles   []profile
	vocabulary vocabulary
	index      *index
	classifier *classifier
	typical    *classifier // by the spelling of an entry's phrasings
	ranking    ranking
	head       head
	leaning    head      // of turns that lean on the question before
	scratch    sync.Pool // so that a question needs no memory that grows with the record
	training   training
}

// profile is what an entry is made for.
type profile struct {
	asked    kinds                    // the kinds of question that it is phrased for
	places   []text.Entity            // the places that its question names
	actors   []text.Entity            // the actors that its question names
	speakers map[answers.ActorID]bool // the claimants of the claims that it states
}

// scratch is what a question needs memory for that grows with the record.
type scratch struct {
	decisions []float64 // by entry
	typical   []float64 // by entry
	asked     []float32 // by number of the feature; zero between questions
}

// training is what is needed only while a matcher is trained.
type training struct {
	tuned         bool                    // by gold questions, of which there are enough
	learnsAnswers bool                    // brief ones, as ways of asking
	read          map[string][]text.Token // texts of the record as tokens
	course        *course                 // how far training has come
}

// newMatcher prepares a matcher for training or restoring.
func newMatcher(facts *facts.Facts, words *text.Words) *Matcher {
	mt := &Matcher{facts: facts, words: words, entries: facts.Entries()}
	mt.scratch.New = func() any { return new(scratch) }
	mt.training.read = map[string][]text.Token{}
	mt.training.tuned = toTune(facts.Contents()) >= enoughTrials
	mt.training.learnsAnswers = !mt.training.tuned && waysOfAsking(facts.Contents()) >= enoughTrials
	return mt
}

// Train learns what matching needs, what entries are ordered by, and when to rely on it. What an earlier matcher has learnt is used where
// that was from the same words, as after most corrections; it may be nil.
func Train(facts *facts.Facts, words *text.Words, progress Progress, earlier *Matcher) (*Matcher, error) {
	mt := newMatcher(facts, words)
	if earlier != nil {
		mt.classifier = earlier.classifier
	}
	mt.training.course = newCourse(progress, classesToLearn(facts.Contents()))
	mt.learn()
	if mt.training.course.ended() == nil {
		mt.calibrate()
	}
	if !mt.training.course.advance(0) {
		return nil, mt.training.course.ended()
	}
	mt.training.course = nil
	return mt, nil
}

// learn learns what matching needs. A classifier that is there already was learnt before, perhaps from the same.
func (mt *Matcher) learn() {
	phrasings := mt.phrasings()
	mt.profiles = make([]profile, len(mt.entries))
	for i, e := range mt.entries {
		mt.profiles[i].asked = kindsAsked(e)
	}
	mt.vocabulary.explain(mt.entries, mt.explanations)
	class := make([]int, len(phrasings))
	for i, p := range phrasings {
		class[i] = p.entry
	}
	document := class
	if mt.training.tuned {
		document = make([]int, len(phrasings))
		for i := range document {
			document[i] = i
		}
	}
	var vectors [][]component
	mt.index, vectors = newIndex(phrasings, document, mt.rarity(len(phrasings)), mt.tokens)
	mt.classifier = newClassifier(vectors, class, len(mt.entries), len(mt.index.idf), mt.training.course, mt.classifier)
	mt.finish()
}

// rarity is how the features of phrasings are weighed. Counted among entries, its square root taken, top-1 on val is 0.1 to 1.8 points
// higher on all public sets: what an entry says in each of its phrasings is not common for that. A record with gold questions keeps to
// rarity among phrasings: so ours answers one question more of use "measure", and declines one more.
func (mt *Matcher) rarity(phrasings int) rarity {
	if mt.training.tuned {
		return rarity{phrasings, 1}
	}
	return rarity{len(mt.entries), 0.5}
}

// phrasings lists every way of asking for the entries. In a record that learns from itself what to rely on, a brief answer is learnt as one
// more way of asking: it has words of the matter that few others hold. Top-1 rose from 82.5 to 83.8 on clinc150 (10 each, val), and from
// 79.9 to 80.8 over thirteen splits of banking77. Of our record, whose answers are sentences, learnt without its gold questions, 132 of
// 167 questions in scope were answered right with all answers learnt and 138 without.
func (mt *Matcher) phrasings() []phrasing {
	var phrasings []phrasing
	for at, e := range mt.entries {
		for _, text := range append([]string{e.Question}, e.Phrasings...) {
			phrasings = append(phrasings, phrasing{entry: at, premise: -1, text: text})
		}
		for i, p := range e.Premises {
			for _, text := range p.Phrasings {
				phrasings = append(phrasings, phrasing{entry: at, premise: i, text: text})
			}
		}
		if mt.training.learnsAnswers && e.Kind != answers.KindGap && answeredBriefly(e) {
			phrasings = append(phrasings, phrasing{entry: at, premise: -1, text: e.Lead.Plain(), answer: true})
		}
	}
	return phrasings
}

// answeredBriefly reports whether the answer has no more words than the ways of asking for it, on average.
func answeredBriefly(e answers.Entry) bool {
	asked := e.AllPhrasings()
	words := 0
	for _, raw := range asked {
		words += len(strings.Fields(text.Fold(raw)))
	}
	return len(strings.Fields(text.Fold(e.Lead.Plain())))*len(asked) <= words
}

// finish works out what is quickly had from the record and its spelling.
func (mt *Matcher) finish() {
	mt.typical = mt.index.typical()
	mt.vocabulary.lookBeyond(mt.entries)
	for i, e := range mt.entries {
		question := mt.tokens(e.Question)
		p := &mt.profiles[i]
		p.speakers, p.places, p.actors = mt.speakersOf(e), namesOf("place", question), namesOf("actor", question)
	}
	mt.training.read = nil
}

// tokens splits a text of the record after mending its spelling. Each text is needed more than once while training.
func (mt *Matcher) tokens(raw string) []text.Token {
	if tokens, ok := mt.training.read[raw]; ok {
		return tokens
	}
	words, _ := mt.words.MendAll(strings.Fields(text.Fold(raw)))
	tokens := mt.words.Tokens(words)
	mt.training.read[raw] = tokens
	return tokens
}

// explanations are the tokens that an entry accounts for: its phrasings, its answer, and the claims it stands on.
func (mt *Matcher) explanations(e answers.Entry) []text.Token {
	texts := append(e.AllPhrasings(), e.Texts()...)
	for _, p := range e.Premises {
		texts = append(texts, p.Assumes, p.Correction.Plain())
	}
	var tokens []text.Token
	for _, raw := range texts {
		tokens = append(tokens, mt.tokens(raw)...)
	}
	for _, id := range e.Stated() {
		// A name in the full text of a claim, such as one among nine who attended, is not what the entry is about.
		tokens = append(tokens, slices.DeleteFunc(mt.tokens(mt.facts.Claim(id).Text), func(t text.Token) bool { return t.Entity != "" })...)
	}
	return tokens
}

func (mt *Matcher) speakersOf(e answers.Entry) map[answers.ActorID]bool {
	speakers := map[answers.ActorID]bool{}
	for _, id := range e.Stated() {
		speakers[mt.facts.Claim(id).Claimant] = true
	}
	return speakers
}
