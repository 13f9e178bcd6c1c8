package check

import (
	"cmp"
	"slices"

	"parley/answers"
	"parley/answers/grammar"
)

// verdict is the rating of one sentence with what it rests on.
type verdict struct {
	sentence grammar.Sentence
	rating   answers.Rating
	claims   []answers.ClaimID // that decide it; without a rating, the nearest
	differ   answers.Difference
	share    float64  // of the sentence's content that the first claim has
	left     []string // words that the nearest claim does not have
}

// rate rates one sentence: the findings of all texts near it, weighed.
func (ch *Checker) rate(raw string, on func(answers.ClaimID) bool) verdict {
	s := ch.reader.Read(raw)
	v := verdict{sentence: s, rating: answers.RatedNotInRecord}
	var all []finding
	for _, at := range ch.index.near(&s, on) {
		all = append(all, ch.find(&s, &ch.index.texts[at]))
	}
	slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(b.share, a.share) })
	is := func(o outcome) []finding {
		return slices.DeleteFunc(slices.Clone(all), func(f finding) bool { return f.outcome != o })
	}
	agreed, less, against := is(same), is(stronger), is(opposite)
	undecided := slices.DeleteFunc(slices.Clone(agreed), func(f finding) bool { return !f.disputed })
	agreed = slices.DeleteFunc(agreed, func(f finding) bool { return f.disputed })
	slices.SortStableFunc(agreed, func(a, b finding) int { // what nothing has overtaken first
		return cmp.Compare(gravity(ch.standing(&s, b.claim, on)), gravity(ch.standing(&s, a.claim, on)))
	})
	switch {
	case len(undecided) > 0:
		v.decide(answers.RatedContested, slices.Concat(undecided, agreed))
	case len(agreed) > 0 && len(against) > 0:
		v.decide(answers.RatedContested, slices.Concat(agreed, against))
	case len(agreed) > 0:
		v.decide(ch.standing(&s, agreed[0].claim, on), agreed)
	case len(against) > 0:
		v.decide(answers.RatedContradicted, against)
	case len(less) > 0:
		v.decide(answers.RatedOverstated, less)
	default:
		v.nearest(all)
	}
	return v
}

// standing rates a statement that says what a claim says: supported, unless the record itself disagrees about it or has moved on. What is
// said of the claimant stays so.
func (ch *Checker) standing(s *grammar.Sentence, id answers.ClaimID, on func(answers.ClaimID) bool) answers.Rating {
	switch {
	case slices.Contains(s.Speakers, "actor/"+string(ch.facts.Claim(id).Claimant)):
		return answers.RatedSupported
	case slices.ContainsFunc(ch.facts.UpdatesOf(id), on):
		return answers.RatedOutdated
	case ch.facts.HasRelated(id, answers.Contradicts, on):
		return answers.RatedContested
	}
	return answers.RatedSupported
}

// mostClaims is how many claims a rating is shown to rest on.
const mostClaims = 4

// decide rests a rating on findings, the first one first.
func (v *verdict) decide(r answers.Rating, findings []finding) {
	v.rating, v.differ, v.share = r, findings[0].differ, findings[0].share
	for _, f := range findings {
		if len(v.claims) < mostClaims && !slices.Contains(v.claims, f.claim) {
			v.claims = append(v.claims, f.claim)
		}
	}
}

// nearest names the claims that have most of the words, three at most, where nothing settles the statement. A claim that has one word in three
// is not near.
func (v *verdict) nearest(all []finding) {
	for _, f := range all {
		if len(v.claims) < 3 && f.share >= 1.0/3 && !slices.Contains(v.claims, f.claim) {
			v.claims = append(v.claims, f.claim)
		}
	}
	if len(v.claims) > 0 {
		v.share, v.left = all[0].share, all[0].left
	}
}
