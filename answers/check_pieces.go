package answers

import (
	"slices"
	"strings"
	"unicode"
)

// piece is a token in its place.
type piece struct {
	token
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
func (ch *Checker) pieces(text string, typed bool) (pieces []piece, unknown []string) {
	words := ch.split(text, typed)
	for start := 0; start < len(words); {
		end := start
		for end < len(words)-1 && !words[end].ends {
			end++
		}
		end++
		var plain []string
		for i, w := range words[start:end] {
			if typed && !w.foreign && !quantified(w.text) {
				mended, odd := ch.spelled.mendAll([]string{w.text})
				w.text, unknown = mended[0], append(unknown, odd...)
				words[start+i].foreign = !ch.familiar(w.text)
			}
			plain = append(plain, w.text)
		}
		at := start
		for _, t := range ch.spelled.tokens(plain) { // a name does not run over punctuation
			if t.text == "us" && at > 0 && at == len(words)-1 && pronounAfter[words[at-1].text] {
				t = token{text: "us", stem: "us", stop: true} // "behind us" is not the country
			}
			foreign := t.entity == "" && words[at].foreign
			at += wordCount(t.text)
			pieces = append(pieces, piece{token: t, foreign: foreign, ends: words[at-1].ends})
		}
		start = end
	}
	return pieces, unknown
}

// split folds the words of a text one by one. Capitals within a sentence betray a name, and so does a country.
func (ch *Checker) split(text string, typed bool) []word {
	var words []word
	for i, raw := range strings.Fields(text) {
		folded := strings.Fields(Fold(raw))
		for k, w := range folded {
			strange := typed && (countries[w] || i > 0 && k == 0 && capital(raw)) && !ch.propositions.words[w] && !stopWords[w] && !quantified(w) &&
				(countries[w] || commonEnglish(w) == 0)
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
	return ch.propositions.words[w] || stopWords[w] || quantified(w) || number(w) || hoursIn[stem(w)] > 0 || commonEnglish(w) > 0
}

// pronounAfter are words after which "us" at the end is no country.
var pronounAfter = setOf(`behind among of let tell`)

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
		if clauseWords[p.text] {
			finish(i)
		}
		next := func(n int) string {
			if i+n < len(pieces) {
				return pieces[i+n].text
			}
			return ""
		}
		switch {
		case p.entity != "":
		case narrowers[p.text] && narrows(pieces, i, narrow):
		case p.text == "outside":
		case p.text == "not" && (next(1) == "only" || next(1) == "just" || i > 0 && pieces[i-1].text == "or"):
		case p.text == "no" && (next(1) == "matter" || next(1) == "doubt"):
		case (p.text == "few" || p.text == "little") && i > 0 && pieces[i-1].text == "a":
		case p.text == "nor" && (odd || neither):
		case p.text == "yet" && next(1) == "to" && next(2) != "come", p.text == "still" && next(1) == "to" && next(2) != "come":
			odd = !odd
		case deterrents[p.text], p.text == "stop" || p.text == "keep":
			if !deterrents[p.text] && !slices.ContainsFunc(pieces[i+1:min(i+5, len(pieces))], func(p piece) bool { return p.text == "from" }) {
				break
			}
			odd = !odd
		case drops(pieces, i):
			odd = !odd
		case negators[p.text]:
			odd = !odd
			neither = neither || p.text == "neither"
		}
		if p.ends {
			finish(i + 1)
		}
	}
	finish(len(pieces))
	return denied, narrow
}

// clauseWords begin a clause of its own, which a denial before them does not reach.
var clauseWords = setOf(`but because while although though whereas which since so`)

// narrowers may deny only the name that follows them.
var narrowers = setOf(`not without outside nor`)

// bridges may stand between such a word and the name.
var bridges = setOf(`from through in by via as the a an just under part of to with`)

// deterrents deny what they keep somebody from.
var deterrents = setOf(`deter deters deterring prevent prevents preventing discourage dissuade`)

// Who drops an objection or a demand no longer has it.
var (
	dropping = setOf(`drop abandon withdraw lift soften shed`)
	dropped  = setOf(`object opposit resist demand claim insist refus veto`)
)

func drops(pieces []piece, i int) bool {
	gives := base(pieces[i].text) == "give" && i+1 < len(pieces) && pieces[i+1].text == "up"
	return (gives || dropping[base(pieces[i].text)]) && slices.ContainsFunc(pieces[i+1:min(i+4, len(pieces))], func(p piece) bool { return dropped[base(p.text)] })
}

// narrows marks the name after a narrowing word, if there is one.
func narrows(pieces []piece, i int, narrow []bool) bool {
	for k := i + 1; k < len(pieces) && k <= i+3; k++ {
		if pieces[k].entity != "" {
			narrow[k] = true
			return true
		}
		if !bridges[pieces[k].text] {
			return false
		}
	}
	return false
}
