package check

import "parley/answers"

// vouch notes which curated entry a statement would lead to if it was a question. The phrasings of an entry hold words for what
// its claims say that no list of synonyms has.
func (ch *Checker) vouch(f *frame, text string) {
	matches := ch.matcher.Match(ch.matcher.Understand(text))
	if len(matches) == 0 || matches[0].Confidence < vouchFrom {
		return
	}
	at := matches[0].Entry
	if kind := ch.facts.Entries()[at].Kind; kind == answers.KindAnswer {
		f.vouched, _ = ch.facts.Stated(at)
		f.explained = ch.matcher.Explains(at)
	}
}

// vouchFrom is the confidence from which the matcher is believed.
const vouchFrom = 0.5
