package answers

// vouch notes which curated entry a statement would lead to if it was a question. The phrasings of an entry hold words for what
// its claims say that no list of synonyms has.
func (ch *Checker) vouch(f *frame, text string) {
	matches := ch.matcher.match(ch.matcher.understand(text))
	if len(matches) == 0 || matches[0].confidence < vouchFrom {
		return
	}
	at := matches[0].entry
	if kind := ch.facts.Entries()[at].Kind; kind == KindAnswer {
		f.vouched, _ = ch.facts.Stated(at)
		f.explained = ch.matcher.explains(at)
	}
}

// vouchFrom is the confidence from which the matcher is believed.
const vouchFrom = 0.5
