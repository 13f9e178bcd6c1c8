package answers

import (
	"math"
	"regexp"
	"slices"
)

// Check rates a statement against the record. It is total and deterministic like Ask. The Answer holds the rating, the claims
// that decide it and, for a contested one, the sides.
func (l *Library) Check(q Question) Answer {
	a := Answer{Intent: IntentCheck, Outcome: OutcomeDeclined, Rating: RatedNotInRecord, AsOfDay: q.AsOf}
	s := l.stated(clip(q.Text))
	a.Why.Unknown = s.unknown
	if len(s.tokens) == 0 {
		a.Notice = Empty
		return a
	}
	on := l.onRecord(q.AsOf)
	f := l.finding(s, on)
	a.Confidence, a.Why.Score = f.fit, f.fit
	if f.fit < checkFrom {
		a.LeftOut = l.undated(f.claims, q.AsOf)
		return a
	}
	a.Rating = l.rate(s, f, on)
	if a.Rating == RatedNotInRecord {
		return a
	}
	a.Outcome = OutcomeAnswered
	own := f.claims
	a.Disputes = l.disputesBeside(own, own, on)
	a.Later = l.later(own, on)
	l.cite(&a, own)
	a.Standing = l.standing(a, own)
	a.Reports = l.reports(own)
	a.grow(q.Today)
	return a
}

// checkFrom is the fit from which the record is taken to speak of what a statement says.
const checkFrom = 0.45

// supportedFrom is the share of a statement that the record must account for before it is said to support it.
const supportedFrom = 0.7

// finding is what the record holds closest to a statement.
type finding struct {
	claims  []ClaimID
	fit     float64
	premise bool // it is a false premise that curators have met before
	refuted bool // … whose correction is no weaker form of it
	dispute bool // it is what a dispute is about
	share   float64
}

// proposition is a sentence of the record that a statement can be compared with: a claim, or what a false premise assumes.
type proposition struct {
	claims  []ClaimID
	premise bool
}

// Attribution that claims carry for their readers and that a statement to check seldom repeats.
var (
	leadIn  = regexp.MustCompile(`^(?:(?:A|An|The same|One|The) [^.]*?report[^.,]*?,? (?:says|calls|names|expected|judges|warns|expects|reads|describes|dates|counts|sums up)(?: that)?|The Post (?:reported|wrote|put|dated|explained)(?: that)?) `)
	leadOut = regexp.MustCompile(`, according to (?:The Post|a report [^,.]*|an undated report)\.$`)
)

func core(text string) string {
	return leadOut.ReplaceAllString(leadIn.ReplaceAllString(text, ""), ".")
}

// propose lists all propositions and builds the index over them.
func (l *Library) propose() {
	var texts []phrasing
	add := func(p proposition, text string) {
		texts = append(texts, phrasing{entry: len(l.propositions), premise: -1, text: text})
		l.propositions = append(l.propositions, p)
	}
	for _, c := range l.contents.Claims {
		if c.Retracted == "" {
			add(proposition{claims: []ClaimID{c.ID}}, core(c.Text))
		}
	}
	for _, e := range l.entries {
		for _, p := range e.Premises {
			add(proposition{claims: p.Correction.Claims(), premise: true}, p.Assumes)
		}
	}
	l.propositionIndex, _ = newIndex(texts, l.tokens)
	for _, t := range texts {
		words := map[string]bool{}
		for _, tok := range l.tokens(t.text) {
			words[tok.stem] = true
		}
		for _, id := range l.propositions[t.entry].claims {
			for _, tok := range l.tokens(l.claim[id].Text) {
				words[tok.stem] = true
			}
		}
		l.propositionWords = append(l.propositionWords, words)
	}
}

// finding looks for the proposition that says the most of what the statement says, among those on record; failing a close
// one, for the entry that answers the question whether it is so.
func (l *Library) finding(s statement, on func(ClaimID) bool) finding {
	var best finding
	for _, c := range l.propositionIndex.rank(s.tokens) {
		p := l.propositions[c.entry]
		if slices.ContainsFunc(p.claims, not(on)) {
			continue
		}
		share := l.vocabulary.share(s.understood, l.propositionWords[c.entry])
		if fit := (c.similarity + share) / 2; fit > best.fit {
			best = finding{claims: p.claims, fit: fit, premise: p.premise, share: share}
		}
	}
	if matches := l.match(s.understood); len(matches) > 0 {
		m, e := matches[0], l.entries[matches[0].entry]
		claims := slices.DeleteFunc(slices.Clone(l.stands[m.entry].short), not(on))
		if m.confidence > best.fit && len(claims) > 0 && e.Kind != KindOverview {
			best = finding{claims: claims, fit: m.confidence, dispute: e.Dispute != "", share: math.Exp(m.evidence[covered])}
		}
	}
	if best.premise {
		best.refuted = !slices.ContainsFunc(best.claims, func(id ClaimID) bool { return l.weaker(id) })
	}
	return best
}

// weaker reports whether a claim says something less than a fact: that it could be, or was promised, or would be if.
func (l *Library) weaker(id ClaimID) bool {
	c := l.claim[id]
	return c.Condition != "" || c.Modality != Asserted && c.Modality != Denied
}

// rate compares a statement with what was found for it.
func (l *Library) rate(s statement, f finding, on func(ClaimID) bool) Rating {
	if f.premise {
		if f.refuted {
			return RatedContradicted
		}
		return RatedOverstated
	}
	claims := make([]Claim, len(f.claims))
	for i, id := range f.claims {
		claims[i] = l.claim[id]
	}
	claims = slices.DeleteFunc(claims, func(c Claim) bool { return len(claims) > 1 && !l.shares(s, c) })
	if len(claims) == 0 {
		claims = []Claim{l.claim[f.claims[0]]}
	}
	quoted := slices.ContainsFunc(claims, func(c Claim) bool { return slices.Contains(s.quotes, c.Claimant) })
	said := slices.ContainsFunc(claims, func(c Claim) bool { return s.denies == oddDenials(Fold(core(c.Text))) })
	numbers := slices.ContainsFunc(claims, func(c Claim) bool { return sameNumbers(s.numbers, numbersIn(Fold(c.Text))) })
	hedged := s.hedged || slices.ContainsFunc(claims, func(c Claim) bool { return !l.weaker(c.ID) })
	switch {
	case !numbers, !said:
		return RatedContradicted
	case !quoted && f.dispute:
		return RatedContested
	case !hedged && !quoted:
		return RatedOverstated
	case !quoted && l.opposed(claims, on):
		return RatedContested
	case f.share < supportedFrom:
		return RatedNotInRecord // part of what it says is nowhere in the record
	case l.allOutdated(f.claims, on):
		return RatedOutdated
	default:
		return RatedSupported
	}
}

// shares reports whether a claim says most of what the statement names.
func (l *Library) shares(s statement, c Claim) bool {
	words := map[string]bool{}
	for _, t := range l.gazetteer.tokensOf(c.Text) {
		words[t.stem] = true
	}
	return l.vocabulary.share(s.understood, words) >= 0.5
}

// sameNumbers reports whether every number of a statement is one of the claim's. A claim without numbers neither has nor
// denies it.
func sameNumbers(stated, claimed []string) bool {
	for _, n := range stated {
		if len(claimed) > 0 && !slices.Contains(claimed, n) {
			return false
		}
	}
	return true
}

// opposed reports whether a dispute holds another position against one of the claims.
func (l *Library) opposed(claims []Claim, on func(ClaimID) bool) bool {
	return slices.ContainsFunc(claims, func(c Claim) bool {
		return l.hasRelated(c.ID, Contradicts, on)
	})
}

// allOutdated reports whether newer claims update every one of these.
func (l *Library) allOutdated(ids []ClaimID, on func(ClaimID) bool) bool {
	return !slices.ContainsFunc(ids, func(id ClaimID) bool { return !slices.ContainsFunc(l.updates[id], on) })
}
