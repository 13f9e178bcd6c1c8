// Package check rates a statement against the record: supported, overstated, contradicted, contested, outdated, or not in the record.
//
// Every sentence, the statement as well as each claim and each false premise of the record (record.go), is read into a frame: its
// speaker, the names in it, its numbers and days, what it denies, how firmly it speaks and on what condition (frame.go, pieces.go,
// speaker.go, elements.go, quantity.go, with the words they know in words.go and lists.go). Two frames are held against each other
// (compare.go, firm.go; word by word in meet.go, roles.go and numbers.go). The phrasings of the entry that the statement would lead to as a
// question vouch for words that no list has (vouch.go). A statement that is on record only in its parts is rated by them (parts.go).
package check

import (
	"cmp"
	"slices"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/match"
	"parley/answers/text"
)

// Checker holds statements against the record.
type Checker struct {
	facts        *facts.Facts
	spelled      *text.Words
	matcher      *match.Matcher
	propositions *propositions                 // what a statement can be compared with
	topic        topic                         // words and patterns of the record
	kin          map[text.Entity][]text.Entity // a person and the country or body that the person speaks for
}

// New makes the checker of a record, whose claims it reads into frames.
func New(facts *facts.Facts, words *text.Words, matcher *match.Matcher) *Checker {
	ch := &Checker{facts: facts, spelled: words, matcher: matcher, topic: topicOf(answers.AboutOf(facts.Contents()))}
	ch.propose()
	return ch
}

// Check rates a statement against the record. It is total and deterministic like Ask. The Answer holds the rating, the claims
// that decide it first, what makes the difference, and, for a contested one, the sides.
func (ch *Checker) Check(q answers.Question) answers.Answer {
	a := answers.Answer{Intent: answers.IntentCheck, Outcome: answers.OutcomeDeclined, Rating: answers.RatedNotInRecord, AsOfDay: q.AsOf}
	s := ch.frame(text.Clip(q.Text))
	ch.vouch(&s, text.Clip(q.Text))
	a.Why.Unknown = s.unknown
	if !s.long && len(s.content) == 0 && len(s.numbers) == 0 && s.speaker == "" {
		a.Notice = answers.Empty
		return a
	}
	on := ch.facts.OnRecord(q.AsOf)
	v := verdict{rating: answers.RatedNotInRecord}
	if !s.long {
		v = ch.judge(s, on)
		if v.rating == answers.RatedNotInRecord {
			v = ch.byParts(text.Clip(q.Text), on)
		}
	}
	a.Confidence, a.Why.Score = v.score, v.score
	if v.rating == answers.RatedNotInRecord {
		a.LeftOut = ch.facts.Undated(v.claims, q.AsOf)
		return a
	}
	a.Rating, a.Difference = v.rating, v.differ
	if v.premise != nil {
		a.Correction = v.premise.Correction
	}
	a.Outcome = answers.OutcomeAnswered
	own := v.claims
	if f := ch.facts.HeldAmong(own); f != nil {
		return answers.Answer{
			Intent: answers.IntentCheck, Outcome: answers.OutcomeDeclined, Rating: answers.RatedNotInRecord, AsOfDay: q.AsOf, Notice: answers.UnderReview, Held: &answers.Held{Freeze: *f, Name: ch.facts.FrozenName(*f)},
		}
	}
	a.Disputes = ch.facts.DisputesBeside(own, own, on)
	a.Later = ch.facts.Later(own, on)
	ch.facts.Cite(&a, slices.Concat(a.Correction.Claims(), own), own)
	a.Standing = ch.facts.Standing(a, own)
	a.Reports = ch.facts.Reports(own)
	a.Corrections = ch.facts.Corrected(a)
	a.Age = a.AsOf.Age(q.Today)
	return a
}

// verdict is a rating with what it rests on.
type verdict struct {
	rating  answers.Rating
	claims  []answers.ClaimID
	score   float64
	differ  answers.Difference
	premise *answers.Premise // the false premise that it is known as, if any
}

// judge compares a statement with whatever is near it and weighs the outcomes.
func (ch *Checker) judge(s frame, on func(answers.ClaimID) bool) verdict {
	v := ch.weigh(s, on)
	if v.rating == answers.RatedContradicted && v.differ.Kind != answers.ByNumber && s.speaker == "" && s.firm < provenly &&
		ch.affirms(v.claims[0]) && ch.undecided(s, v.claims[0]) {
		v.rating, v.differ = answers.RatedContested, answers.Difference{}
	}
	return v
}

// weigh compares a statement with whatever is near it and takes the nearest outcome.
func (ch *Checker) weigh(s frame, on func(answers.ClaimID) bool) verdict {
	var all []comparison
	for _, at := range ch.propositions.near(s, on) {
		if c := ch.compare(s, at); c.relation != unrelated {
			all = append(all, c)
		}
	}
	if len(all) == 0 {
		return verdict{rating: answers.RatedNotInRecord}
	}
	slices.SortStableFunc(all, func(a, b comparison) int { return cmp.Compare(b.score, a.score) })
	best := func(r relation, premise bool) *comparison {
		at := slices.IndexFunc(all, func(c comparison) bool {
			return c.relation == r && (ch.propositions.all[c.at].premise != nil) == premise
		})
		if at < 0 {
			return &comparison{}
		}
		return &all[at]
	}
	met := best(opposite, true)
	agrees, more, other := best(same, false), best(stronger, false), best(opposite, false)
	top := max(agrees.score, more.score, other.score)
	const telling = 0.08 // how much nearer a doubtful claim must be to keep others from deciding
	if best(doubtful, false).score > top+telling && met.score < top+telling {
		return verdict{rating: answers.RatedNotInRecord}
	}
	agreed := agrees.score > 0 && agrees.cover >= max(more.cover, other.cover)-0.08 && agrees.score >= top-0.15
	switch {
	case agrees.score > 0 && agrees.cover >= max(top, met.score)-0.1 && s.speaker == "" && s.firm < provenly &&
		ch.affirms(ch.propositions.all[agrees.at].claims[0]) && ch.undecided(s, ch.propositions.all[agrees.at].claims[0]):
		return ch.verdict(answers.RatedContested, agrees, all, same, stronger)
	case met.score > 0 && met.score >= top-0.02 && !(agreed && agrees.cover >= met.cover-0.05 && agrees.score >= met.score-0.15):
		if other.score >= met.score-0.1 {
			return ch.verdict(answers.RatedContradicted, other, all, opposite)
		}
		return ch.premised(met)
	case agreed && other.score >= agrees.score-0.1 && s.speaker == "" && ch.contradict(agrees, other):
		return ch.verdict(answers.RatedContested, agrees, all, same, opposite)
	case agreed && agrees.score >= other.score:
		return ch.agreed(s, agrees, all, on)
	case other.score > 0 && other.score >= more.score-0.05:
		return ch.verdict(answers.RatedContradicted, other, all, opposite)
	case more.score > 0:
		return ch.verdict(answers.RatedOverstated, more, all, stronger)
	case met.score > 0:
		return ch.premised(met)
	default:
		return verdict{rating: answers.RatedNotInRecord}
	}
}

// contradict reports whether the claims of two comparisons contradict each other by the record's own relations.
func (ch *Checker) contradict(a, b *comparison) bool {
	for _, x := range ch.propositions.all[a.at].claims {
		for _, y := range ch.propositions.all[b.at].claims {
			if ch.facts.HasRelated(x, answers.Contradicts, func(id answers.ClaimID) bool { return id == y }) {
				return true
			}
		}
	}
	return false
}

// premised rates a statement that curators have met as a false premise.
func (ch *Checker) premised(c *comparison) verdict {
	p := ch.propositions.all[c.at]
	v := verdict{rating: answers.RatedContradicted, claims: p.claims, score: c.score, differ: c.differ, premise: p.premise}
	for i, held := range ch.propositions.all {
		if held.premise != nil || !slices.Contains(p.claims, held.claim.ID) {
			continue
		}
		assumed := ch.parse(p.premise.Assumes, false)
		if denying(assumed) != denying(held.frame) || ch.others(assumed, &held) {
			return v
		}
		switch ch.compare(assumed, i).relation {
		case opposite:
			return v
		case stronger:
			v.rating = answers.RatedOverstated
			return v
		}
	}
	if slices.ContainsFunc(p.claims, ch.weaker) {
		v.rating = answers.RatedOverstated
	}
	return v
}

// others reports whether somebody acts in a sentence whom a claim says nothing of.
func (ch *Checker) others(s frame, p *proposition) bool {
	return slices.ContainsFunc(s.agents, func(a text.Entity) bool {
		return !ch.speaksFor(a, p) && !slices.ContainsFunc(p.content, func(o element) bool { return ch.akin(a, o.entity) })
	})
}

// weaker reports whether a claim says something less than a fact: that it could be, or was promised, or would be if.
func (ch *Checker) weaker(id answers.ClaimID) bool {
	c := ch.facts.Claim(id)
	return c.Condition != "" || c.Modality != answers.Asserted && c.Modality != answers.Denied
}

// agreed rates a statement that says the same as a claim: supported, unless the record itself disagrees about it or has moved on.
func (ch *Checker) agreed(s frame, c *comparison, all []comparison, on func(answers.ClaimID) bool) verdict {
	v := ch.verdict(answers.RatedSupported, c, all, same)
	id := v.claims[0]
	claim := ch.facts.Claim(id)
	quoted := s.speaker != "" && (s.speaker == text.Entity("actor/"+claim.Claimant))
	switch {
	case !quoted && slices.ContainsFunc(ch.facts.UpdatesOf(id), on):
		v.rating = answers.RatedOutdated
	case !quoted && ch.facts.HasRelated(id, answers.Contradicts, on):
		v.rating = answers.RatedContested
	}
	return v
}

// affirms reports whether a claim says that something is so, and denies nothing.
func (ch *Checker) affirms(id answers.ClaimID) bool {
	at := slices.IndexFunc(ch.propositions.all, func(p proposition) bool { return p.claim.ID == id })
	return at >= 0 && !slices.ContainsFunc(ch.propositions.all[at].content, func(e element) bool { return e.denied || e.turns() })
}

// undecided reports whether a statement answers the question of a dispute in which its claim takes a side.
func (ch *Checker) undecided(s frame, id answers.ClaimID) bool {
	return slices.ContainsFunc(ch.facts.Contents().Disputes, func(d answers.Dispute) bool {
		if !slices.ContainsFunc(ch.facts.Stances(d.ID), func(stance []answers.ClaimID) bool { return slices.Contains(stance, id) }) {
			return false
		}
		if match.AskingOf(text.Fold(d.Question)) != match.AskAny || openQuestion[firstWord(text.Fold(d.Question))] {
			return false // only what can be answered by yes or no can be decided by a statement
		}
		question := proposition{frame: ch.parse(d.Question, false)}
		asked, met, decided := 0.0, 0.0, false
		for _, e := range question.content {
			asked += e.weight
			decided = decided || slices.ContainsFunc(s.content, func(o element) bool { return ch.meetOne(e, o).axis })
			if slices.ContainsFunc(s.content, func(o element) bool { return ch.meetOne(e, o).credit > 0 }) {
				met += e.weight
			}
		}
		return decided && met/asked >= 0.6
	})
}

// openQuestion are words that begin questions which yes and no do not answer.
var openQuestion = text.SetOf(`how which who what when where why`)

// verdict names the claims that decide: the nearest first, then the others that stand to the statement in one of the same ways
// about as closely.
func (ch *Checker) verdict(r answers.Rating, c *comparison, all []comparison, kinds ...relation) verdict {
	v := verdict{rating: r, score: c.score, differ: c.differ}
	v.claims = append(v.claims, ch.propositions.all[c.at].claims...)
	for _, o := range all {
		p := ch.propositions.all[o.at]
		if p.premise != nil || !slices.Contains(kinds, o.relation) || o.score < c.score-0.1 || len(v.claims) >= 4 {
			continue
		}
		for _, id := range p.claims {
			if !slices.Contains(v.claims, id) {
				v.claims = append(v.claims, id)
			}
		}
	}
	return v
}
