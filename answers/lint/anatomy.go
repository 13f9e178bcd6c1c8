package lint

import (
	"regexp"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// Editorial limits of what is shown first; see seeds/STYLE.md.
const (
	maxLeadWords      = 25
	maxBasisSentences = 2
	maxCaveatWords    = 25
	maxFirstWords     = 75 // of all that is shown first, without the footer
	maxLabelWords     = 5
)

// anatomy checks the parts of what an entry says, each for its length and its work, and the prose of all.
func (l *linter) anatomy(e answers.Entry) {
	field := func(name string) Subject { return Subject{answers.NounEntry, string(e.ID), name, 0} }
	l.lead(field("lead"), e.Lead)
	l.lead(field("polar"), e.Polar)
	if n := len(e.Basis.Sentences()); n > maxBasisSentences {
		l.report(field("basis"), "it has %d sentences; at most %d are allowed", n, maxBasisSentences)
	}
	for _, s := range e.Basis.Sentences() {
		if repeats(s.Text(), e.Lead.Plain()) {
			l.report(field("basis"), "%q repeats the lead", shown(s.Text()))
		}
	}
	if n := text.WordCount(e.Caveat.Plain()); n > maxCaveatWords {
		l.report(field("caveat"), "it has %d words; at most %d are allowed", n, maxCaveatWords)
	}
	if e.Caveat != "" && !e.Caveat.Warns() {
		l.report(field("caveat"), "begin it with \"Disputed:\", \"Overtaken:\" or \"Still open:\"")
	}
	if n := text.WordCount(e.Lead.With(e.Basis, e.Caveat).Plain()); n > maxFirstWords {
		l.report(field("basis"), "lead, basis and caveat have %d words; at most %d are allowed", n, maxFirstWords)
	}
	l.prose(field("basis"), e.Basis, unnamed)
	l.prose(field("caveat"), e.Caveat, unnamed)
	l.prose(field("detail"), e.Detail, unnamed)
	l.claimants(field("basis"), e.Basis, e.Said().Plain())
}

// lead checks a lead, or the one for yes or no: a sentence that can be pasted as it stands.
func (l *linter) lead(at Subject, p answers.Prose) {
	if p == "" {
		return
	}
	plain := p.Plain()
	if n := text.WordCount(plain); n > maxLeadWords {
		l.report(at, "it has %d words; at most %d are allowed", n, maxLeadWords)
	}
	if n := len(p.Sentences()); n > 1 {
		l.report(at, "it has %d sentences; one is allowed", n)
	}
	if m := leaning.FindString(plain); m != "" {
		l.report(at, "it cannot stand alone: nobody knows what %q is about", m)
	}
	if !verb.MatchString(plain) {
		l.report(at, "it has no verb")
	}
	l.prose(at, p, named)
}

var (
	leaning = regexp.MustCompile(`(?i)^((yes|no)[,:;] *)?(he|she|they|his|her|their|not by|(that|this) (report|account|meeting))\b`)
	// verb finds an auxiliary, a past tense, or one of the verbs by which answers speak: as much as a program can tell without a dictionary.
	verb = regexp.MustCompile(`(?i)\b(is|are|was|were|has|have|had|does|did|do|will|would|could|can|may|might|must|should|\w+ed|says?|said|told|tells?|puts?|gives?|gave|` +
		`made|makes?|spoke|speaks?|names?|lists?|quotes?|holds?|held|wants?|calls?|means?|wrote|writes?|led|leads?|met|took|takes?|left|came|went|stood|stands?|` +
		`differs?|disagrees?|expects?|demands?|thought|saw|sought|cost|met|began|broke|grew|kept|lost|won|ran|set)\b`)
)

// repeatsFrom is the share of a sentence's content words that the lead has too from which it only says the same again, and
// minRepeated how many there must be: "The Post said so" repeats nothing.
const (
	repeatsFrom = 0.8
	minRepeated = 5
)

// repeats reports whether a sentence says little but what the lead has said.
func repeats(sentence, lead string) bool {
	said := text.StemSet(lead)
	content, shared := 0, 0
	for _, w := range strings.Fields(text.Fold(sentence)) {
		if text.StopWords[w] {
			continue
		}
		content++
		if slices.Contains(said, text.Stem(w)) {
			shared++
		}
	}
	return content >= minRepeated && float64(shared) >= repeatsFrom*float64(content)
}
