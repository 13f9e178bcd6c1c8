// Package check rates a statement against the record: supported, overstated, contradicted, contested, outdated, or not in the record.
//
// A bot of a newsroom that calls a falsehood supported does the worst that it can do, so a rating is never what is left when nothing speaks
// against it. It is given only if one claim, through one of its texts at a time, bears out every word of content of the statement in its role;
// of anything else it is said that no claim settles it, and which claims are nearest. Slack is ruinous: most false statements are one word away
// from a true one. What people say in other words is therefore a matter of wordings, which curators keep beside each claim (answers.Frame),
// and of what two words have to do with each other, which is one function; it is never a matter of passing over what is not understood.
//
// Package grammar reads the sentences of a message and of the record into tokens with their roles. The texts of claims are found by their words
// (texts.go). A statement is aligned to one of them, token to token (align.go, by the relation between two words of relate.go); named vetoes
// (vetoes.go) stop alignments whose words agree and whose sense does not. What then differs is the rating (rate.go): nothing, a denial, firmness,
// a condition, or one slot. Of all texts' findings the surest decides (verdict.go). A record that nobody has framed is told "contradicted" on a
// number or date alone.
package check

import (
	"cmp"
	"slices"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/grammar"
	"parley/answers/text"
)

// Checker holds statements against the record.
type Checker struct {
	facts  *facts.Facts
	reader grammar.Reader
	index  index
}

// New makes the checker of a record, whose claims it reads.
func New(facts *facts.Facts) *Checker {
	ch := &Checker{facts: facts, reader: grammar.NewReader(facts.Contents())}
	ch.gather()
	return ch
}

// Check rates a statement, or each sentence of a message, against the record. It is total and deterministic like Ask. The Answer holds the
// gravest rating, the claims that decide it first, what makes the difference, the sides of a contested one, and the parts of a message.
// Without a rating its claims are those nearest to the statement.
func (ch *Checker) Check(q answers.Question) answers.Answer {
	a := answers.Answer{Intent: answers.IntentCheck, Outcome: answers.OutcomeDeclined, Rating: answers.RatedNotInRecord, AsOfDay: q.AsOf}
	raw := text.Clip(q.Text)
	stated := grammar.Sentences(raw)
	on := ch.facts.OnRecord(q.AsOf)
	var all []verdict
	for _, s := range stated[:min(len(stated), mostSentences)] {
		v := ch.rate(s, on)
		if v.sentence.Count > 0 || len(v.sentence.Speakers) > 0 {
			all = append(all, v)
		}
	}
	if len(all) == 0 {
		a.Notice = answers.Empty
		return a
	}
	if len(stated) > mostSentences {
		all = append(all, verdict{rating: answers.RatedNotInRecord, sentence: grammar.Sentence{Quote: stated[mostSentences]}})
	}
	lead := slices.MinFunc(all, func(x, y verdict) int { return cmp.Compare(gravity(x.rating), gravity(y.rating)) })
	if len(all) > 1 {
		slices.SortStableFunc(all, func(x, y verdict) int { return cmp.Compare(shown(x.rating), shown(y.rating)) })
		for _, v := range all {
			a.Parts = append(a.Parts, answers.Part{Text: v.sentence.Quote, Rating: v.rating, Difference: v.differ, Claims: v.claims, Missing: v.left})
		}
	}
	_, a.Why.Unknown = ch.reader.Spelled.MendAll(plainWords(raw))
	a.Rating, a.Difference, a.Why.Missing = lead.rating, lead.differ, lead.left
	a.Confidence, a.Why.Score = lead.share, lead.share
	return ch.answer(a, lead, all, q)
}

// mostSentences is how many sentences of a message are rated: a longer text is not a statement.
const mostSentences = 12

// gravity orders ratings for a message as a whole: what its reader must know first comes first.
func gravity(r answers.Rating) int {
	return slices.Index([]answers.Rating{answers.RatedContradicted, answers.RatedOverstated, answers.RatedOutdated, answers.RatedContested, answers.RatedNotInRecord, answers.RatedSupported}, r)
}

// shown orders the sentences of a reply: rated ones first, the gravest of them first.
func shown(r answers.Rating) int {
	if r == answers.RatedNotInRecord {
		return 9
	}
	return gravity(r)
}

// plainWords are the words of a text that are no names by their capitals.
func plainWords(raw string) []string {
	var out []string
	for _, t := range grammar.Lex(raw) {
		if t.Text[0] != '$' {
			out = append(out, t.Text)
		}
	}
	return out
}

// answer completes an answer by what the record holds beside the claims of the verdicts.
func (ch *Checker) answer(a answers.Answer, lead verdict, all []verdict, q answers.Question) answers.Answer {
	rated := slices.ContainsFunc(all, func(v verdict) bool { return v.rating != answers.RatedNotInRecord })
	var own []answers.ClaimID
	for _, v := range append([]verdict{lead}, all...) {
		for _, id := range v.claims {
			if (v.rating != answers.RatedNotInRecord || !rated) && !slices.Contains(own, id) {
				own = append(own, id)
			}
		}
	}
	if f := ch.facts.HeldAmong(own); f != nil {
		return answers.Answer{
			Intent: answers.IntentCheck, Outcome: answers.OutcomeDeclined, Rating: answers.RatedNotInRecord, AsOfDay: q.AsOf, Notice: answers.UnderReview, Held: &answers.Held{Freeze: *f, Name: ch.facts.FrozenName(*f)},
		}
	}
	on := ch.facts.OnRecord(q.AsOf)
	if !rated {
		a.LeftOut = ch.facts.Undated(own, q.AsOf)
		ch.facts.Cite(&a, own, own)
		a.Age = a.AsOf.Age(q.Today)
		return a
	}
	a.Outcome = answers.OutcomeAnswered
	a.Disputes = ch.facts.DisputesBeside(own, own, on)
	a.Later = ch.facts.Later(own, on)
	ch.facts.Cite(&a, slices.Concat(a.Correction.Claims(), own), own)
	a.Standing = ch.facts.Standing(a, own)
	a.Reports = ch.facts.Reports(own)
	a.Corrections = ch.facts.Corrected(a)
	a.Age = a.AsOf.Age(q.Today)
	return a
}
