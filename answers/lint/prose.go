package lint

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"parley/answers"
	"parley/answers/text"
)

// naming says whether prose must name the claimants of its claims: the lead must, the detail after it need not.
type naming bool

const (
	named   naming = true
	unnamed naming = false
)

// prose checks curated prose sentence by sentence: each stands on claims that exist and were not retracted, none is
// stronger than the weakest of them, none takes sides.
func (l *linter) prose(at Subject, p answers.Prose, n naming) {
	for _, s := range p.Sentences() {
		l.sentence(at, s)
	}
	if n == named {
		l.claimants(at, p, p.Plain())
	}
	l.closed(at, p.Plain())
	if m := partial.FindString(p.Plain()); m != "" {
		l.report(at, "%q takes sides or will not age well; see STYLE.md", m)
	}
	if n := len(answers.Marker.FindAllString(string(p), -1)); strings.Count(string(p), "[") != n || strings.Count(string(p), "]") != n {
		l.report(at, "a marker in square brackets cannot be read; write [claim-id] or [claim-id, claim-id]")
	}
}

var (
	// partial are words that take sides, and words whose meaning moves with the day on which they are read.
	partial = regexp.MustCompile(`(?i)\b(clearly|obviously|of course|undoubtedly|definitely|certainly|bombshell|slammed|` +
		`revealed|admitted|claimed|proves?|now|today|currently|recently)\b`)
	quotation = regexp.MustCompile(`["“]([^"“”]*)["”]`)
)

func (l *linter) sentence(at Subject, s answers.Sentence) {
	for _, clause := range s.Clauses() {
		text := clause.Text()
		if ids := clause.Claims(); len(ids) > 0 || !ourRecord(text) {
			l.quotations(at, text, s.Claims())
		} else {
			l.quotations(at, text, slices.Collect(maps.Keys(l.claim))) // what the record does not say of a quotation
		}
		rest := clause.Unmarked()
		switch {
		case !strings.ContainsFunc(rest, wordRune) || ourRecord(rest):
		case len(clause.Claims()) == 0:
			l.report(at, "the sentence %q stands on no claim", shown(rest))
		default:
			l.report(at, "the words %q come after the last marker, so nothing vouches for them", shown(rest))
		}
		for _, id := range clause.Claims() {
			l.vouched(at, text, id)
		}
	}
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// vouched checks that the claim which a clause names exists, still stands, and is no weaker than the clause.
func (l *linter) vouched(at Subject, text string, id answers.ClaimID) {
	c, ok := l.claim[id]
	if !ok {
		l.report(at, "there is no claim %q", id)
		return
	}
	if c.Retracted != "" {
		l.report(at, "stands on %q, which was retracted: %s", id, c.Retracted)
	}
	l.strength(at, text, c)
}

// ourRecord reports whether words speak of the record as such, which no claim can vouch for.
func ourRecord(s string) bool { return strings.Contains(strings.ToLower(s), "our record") }

// closed reports a quotation that begins and does not end, since what it holds could not be checked.
func (l *linter) closed(at Subject, text string) {
	if strings.Count(text, `"`)%2 == 1 || strings.Count(text, "“") != strings.Count(text, "”") {
		l.report(at, "a quotation is not closed")
	}
}

// quotations reports words in quotation marks that no claim of the sentence has as its speaker's own.
func (l *linter) quotations(at Subject, raw string, ids []answers.ClaimID) {
	for _, m := range quotation.FindAllStringSubmatch(raw, -1) {
		if !slices.ContainsFunc(ids, func(id answers.ClaimID) bool {
			return strings.Contains(" "+text.Fold(l.claim[id].Quote)+" ", " "+text.Fold(m[1])+" ")
		}) {
			l.report(at, "no claim of the sentence holds the quotation %q", shown(m[1]))
		}
	}
}

// strength reports each way in which text is stronger than the claim it stands on: a hedge or condition left out, or
// wording too firm for the modality.
func (l *linter) strength(at Subject, raw string, c answers.Claim) {
	if c.Hedge != "" && !strings.Contains(" "+text.Fold(raw)+" ", " "+text.Fold(c.Hedge)+" ") {
		l.report(at, "stronger than claim %q: its hedge %q is missing in %q", c.ID, c.Hedge, shown(raw))
	}
	if c.Condition != "" && !conditional.MatchString(raw) {
		l.report(at, "stronger than claim %q: its condition (%s) is missing in %q", c.ID, c.Condition, shown(raw))
	}
	if fit := fitting(c.Modality); fit != nil && !fit.MatchString(raw) {
		l.report(at, "stronger than claim %q: that is %s, and no such word stands in %q", c.ID, c.Modality, shown(raw))
	}
}

var conditional = regexp.MustCompile(`(?i)\b(if|after|once|only|until|unless|when|as part of|under|in exchange|depends?|should|` +
	`given|provided|in case|because of|needs?|tied to)\b`)

// fitting is the wording of which some must stand in a sentence on a claim of the modality; nil where any will do.
func fitting(m answers.Modality) *regexp.Regexp {
	switch m {
	case answers.Pledged:
		return pledgedWords
	case answers.Denied:
		return deniedWords
	case answers.Expected:
		return expectedWords
	case answers.Suggested:
		return suggestedWords
	case answers.Anonymous:
		return anonymousWords
	case answers.Alleged:
		return allegedWords
	default:
		return nil
	}
}

var (
	pledgedWords   = regexp.MustCompile(`(?i)\b(pledg\w*|promis\w*|commit\w*|agreed|agrees|offer\w*|would|undertook|undertak\w*)\b`)
	deniedWords    = regexp.MustCompile(`(?i)\b(not|no|nor|never|without|den(y|ied|ies)|reject\w*|ruled (\w+ )?out|ruling out|warn\w*|against|oppos\w*)\b`)
	expectedWords  = regexp.MustCompile(`(?i)\b(expect\w*|would|could|may|might|plan(s|ned)?|propos\w*|was to|were to|is to|about to|design\w*|meant to|hypothetical)\b`)
	suggestedWords = regexp.MustCompile(`(?i)\b(suggest\w*|could|may|might|potentially|possibl[ey]|possibilit(y|ies)|optimis\w*|risks?)\b`)
	anonymousWords = regexp.MustCompile(`(?i)\b(unnamed|anonymous|not named|did not name|does not name)\b`)
	allegedWords   = regexp.MustCompile(`(?i)\balleg\w*`)
)

// claimants checks that prose names who says what: persons and publications somewhere in the whole that it is a part of, since a second
// sentence may say "he", and a document's own voice in each sentence that stands on it.
func (l *linter) claimants(at Subject, p answers.Prose, whole string) {
	for _, s := range p.Sentences() {
		for _, id := range s.Claims() {
			if c, ok := l.claim[id]; ok && c.Claimant == "" {
				l.attribution(at, s.Text(), c)
			} else if ok {
				l.attribution(at, whole, c)
			}
		}
	}
}

// attribution reports a claim whose claimant the text does not name.
func (l *linter) attribution(at Subject, raw string, c answers.Claim) {
	folded := " " + text.Fold(raw) + " "
	if c.Claimant == "" {
		if !documentVoice.MatchString(raw) && !l.labelled(raw, c.Source) {
			l.report(at, "who says it is missing: claim %q is its source's own statement, as in \"one report says\"", c.ID)
		}
		return
	}
	if !slices.ContainsFunc(l.spelling[c.Claimant], func(name string) bool {
		return strings.Contains(folded, " "+name+" ")
	}) {
		l.report(at, "who says it is missing: claim %q is %s's", c.ID, l.actor[c.Claimant].Name)
	}
}

var documentVoice = regexp.MustCompile(`(?i)\b(reports?|accounts?|reported|documents?|sources?|another|the other|both|neither|each|it says|it said)\b`)

// labelled reports whether a text names a source by its label.
func (l *linter) labelled(raw string, id answers.SourceID) bool {
	label := text.Fold(l.source[id].Label)
	return label != "" && strings.Contains(" "+text.Fold(raw)+" ", " "+label+" ")
}
