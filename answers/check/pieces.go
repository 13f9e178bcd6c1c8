package check

import (
	"slices"
	"strings"
	"unicode"

	"parley/answers/text"
)

// piece is a token in its place.
type piece struct {
	text.Token
	foreign bool
	ends    bool // punctuation follows
}

// maxWords is how many words of a statement are read: nobody states one thing in more. A longer text is not rated at all.
const maxWords = 120

// word is a folded word as it stood.
type word struct {
	text    string
	foreign bool // it looks like a name that the record does not know
	ends    bool
}

// pieces splits a text into tokens that remember the punctuation after them and whether they are strange names. The spelling of
// what people type is mended; that of the record stands.
func (ch *Checker) pieces(raw string, typed bool) (pieces []piece, unknown []string) {
	words := ch.split(raw, typed)
	for start := 0; start < len(words); {
		end := start
		for end < len(words)-1 && !words[end].ends {
			end++
		}
		end++
		var plain []string
		for i, w := range words[start:end] {
			if typed && !w.foreign && !quantified(w.text) {
				mended, odd := ch.spelled.MendAll([]string{w.text})
				w.text, unknown = mended[0], append(unknown, odd...)
				words[start+i].foreign = !ch.familiar(w.text)
			}
			plain = append(plain, w.text)
		}
		at := start
		for _, t := range ch.spelled.Tokens(plain) { // a name does not run over punctuation
			if t.Text == "us" && at > 0 && at == len(words)-1 && pronounAfter[words[at-1].text] {
				t = text.Token{Text: "us", Stem: "us", Stop: true} // "behind us" is not the country
			}
			foreign := t.Entity == "" && words[at].foreign
			at += wordCount(t.Text)
			pieces = append(pieces, piece{Token: t, foreign: foreign, ends: words[at-1].ends})
		}
		start = end
	}
	return pieces, unknown
}

// split folds the words of a text one by one. Capitals within a sentence betray a name, and so does a country.
func (ch *Checker) split(rawText string, typed bool) []word {
	var words []word
	for i, raw := range strings.Fields(rawText) {
		folded := strings.Fields(text.Fold(raw))
		for k, w := range folded {
			abroad := countries[w] || ch.topic.elsewhere[w]
			strange := typed && (abroad || i > 0 && k == 0 && capital(raw)) && !ch.propositions.words[w] && !text.StopWords[w] && !quantified(w) &&
				(abroad || text.CommonEnglish(w) == 0)
			words = append(words, word{text: w, foreign: strange})
		}
		if n := len(words); n > 0 && (len(folded) == 0 || strings.ContainsAny(raw[len(raw)-1:], ",;:.!?)") || strings.HasSuffix(raw, "—") || strings.HasSuffix(raw, "–")) {
			words[n-1].ends = true
		}
	}
	return words
}

func capital(raw string) bool {
	for _, r := range raw {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r)
		}
	}
	return false
}

// familiar reports whether a word is one of the claims', of the names, or of common English. That an answer mentions a name,
// only to say that the record does not know it, makes it no less strange.
func (ch *Checker) familiar(w string) bool {
	return ch.propositions.words[w] || text.StopWords[w] || quantified(w) || text.IsNumber(w) || hoursIn[text.Stem(w)] > 0 || text.CommonEnglish(w) > 0
}

// pronounAfter are words after which "us" at the end is no country.
var pronounAfter = text.SetOf(`behind among of let tell`)

// clauses tells for each piece whether its clause is denied an odd number of times, and whether it is denied by itself.
func clauses(pieces []piece) (denied, narrow []bool) {
	denied, narrow = make([]bool, len(pieces)), make([]bool, len(pieces))
	start, odd, neither := 0, false, false
	finish := func(end int) {
		for i := start; i < end; i++ {
			denied[i] = odd
		}
		start, odd, neither = end, false, false
	}
	for i, p := range pieces {
		if clauseWords[p.Text] {
			finish(i)
		}
		next := func(n int) string {
			if i+n < len(pieces) {
				return pieces[i+n].Text
			}
			return ""
		}
		switch {
		case p.Entity != "":
		case narrowers[p.Text] && narrows(pieces, i, narrow):
		case p.Text == "outside":
		case p.Text == "not" && (next(1) == "only" || next(1) == "just" || i > 0 && pieces[i-1].Text == "or"):
		case p.Text == "no" && (next(1) == "matter" || next(1) == "doubt"):
		case (p.Text == "few" || p.Text == "little") && i > 0 && pieces[i-1].Text == "a":
		case p.Text == "nor" && (odd || neither):
		case p.Text == "yet" && next(1) == "to" && next(2) != "come", p.Text == "still" && next(1) == "to" && next(2) != "come":
			odd = !odd
		case deterrents[p.Text], p.Text == "stop" || p.Text == "keep":
			if !deterrents[p.Text] && !slices.ContainsFunc(pieces[i+1:min(i+5, len(pieces))], func(p piece) bool { return p.Text == "from" }) {
				break
			}
			odd = !odd
		case drops(pieces, i):
			odd = !odd
		case negators[p.Text]:
			odd = !odd
			neither = neither || p.Text == "neither"
		}
		if p.ends {
			finish(i + 1)
		}
	}
	finish(len(pieces))
	return denied, narrow
}

// clauseWords begin a clause of its own, which a denial before them does not reach.
var clauseWords = text.SetOf(`but because while although though whereas which since so`)

// narrowers may deny only the name that follows them.
var narrowers = text.SetOf(`not without outside nor`)

// bridges may stand between such a word and the name.
var bridges = text.SetOf(`from through in by via as the a an just under part of to with`)

// deterrents deny what they keep somebody from.
var deterrents = text.SetOf(`deter deters deterring prevent prevents preventing discourage dissuade`)

// Who drops an objection or a demand no longer has it.
var (
	dropping = text.SetOf(`drop abandon withdraw lift soften shed`)
	dropped  = text.SetOf(`object opposit resist demand claim insist refus veto`)
)

func drops(pieces []piece, i int) bool {
	gives := base(pieces[i].Text) == "give" && i+1 < len(pieces) && pieces[i+1].Text == "up"
	return (gives || dropping[base(pieces[i].Text)]) && slices.ContainsFunc(pieces[i+1:min(i+4, len(pieces))], func(p piece) bool { return dropped[base(p.Text)] })
}

// narrows marks the name after a narrowing word, if there is one.
func narrows(pieces []piece, i int, narrow []bool) bool {
	for k := i + 1; k < len(pieces) && k <= i+3; k++ {
		if pieces[k].Entity != "" {
			narrow[k] = true
			return true
		}
		if !bridges[pieces[k].Text] {
			return false
		}
	}
	return false
}
