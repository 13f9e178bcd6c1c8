package grammar

import (
	"regexp"
	"slices"
	"strings"

	"parley/answers"
)

// style is the record's own way of naming a document.
type style struct{ leadIn, leadOut, remark *pattern }

func styleOf(a answers.Style) style {
	return style{compiled(a.LeadIn), compiled(a.LeadOut), compiled(a.Remark)}
}

// core is a text without the naming of its document, and that naming.
func (s style) core(raw string) (core, lead string) {
	raw, _ = s.remark.cut(raw, "")
	raw, in := s.leadIn.cut(raw, "")
	raw, out := s.leadOut.cut(raw, ".")
	return raw, in + " " + out
}

// pattern is a regular expression of the record; nil for none.
type pattern struct{ re *regexp.Regexp }

// compiled reads a pattern. One that cannot be read, which lint refuses, is none.
func compiled(s string) *pattern {
	re, err := regexp.Compile(s)
	if s == "" || err != nil {
		return nil
	}
	return &pattern{re}
}

// cut takes what the pattern matches out of a text and returns both.
func (p *pattern) cut(s, instead string) (rest, taken string) {
	if p == nil {
		return s, ""
	}
	taken = strings.Join(p.re.FindAllString(s, -1), " ")
	return p.re.ReplaceAllString(s, instead), taken
}

// attribute takes the naming of who says it off the sentence: "X said that …", "…, X told Y", "according to X", "X: …".
func (s *Sentence) attribute() {
	ts := s.Tokens
	for i := range ts {
		if ts[i].Text == "according" && i+1 < len(ts) && ts[i+1].Text == "to" {
			end := i + 2
			for end < len(ts) && !ts[end-1].breaks {
				end++
			}
			if i == 0 && !ts[end-1].breaks { // no comma: the name alone
				end = min(i+3, len(ts))
				for end < len(ts) && ts[end-1].Kind == function {
					end++
				}
			}
			s.said(ts[i+2:end], neutral)
			s.Tokens = slices.Concat(ts[:i], ts[end:])
			return
		}
	}
	if len(ts) > 1 && ts[0].Kind == Name && ts[0].breaks && strings.Contains(s.Quote, ts[0].Raw+":") {
		s.said(ts[:1], neutral)
		s.Tokens = ts[1:]
		return
	}
	if at, how, end := saying(ts); end > 0 {
		s.said(slices.Concat(ts[:at], ts[at+1:end]), how)
		s.Tokens = ts[end:]
		return
	}
	for i := len(ts) - 1; i > 1; i-- { // "…, X said", "…, said X"
		how, ok := verbOfSaying(ts[i])
		ok = ok && !slices.ContainsFunc(ts[i+1:], func(t Token) bool { return t.Text == "that" || auxiliary(t) }) // else it goes on
		if ok && ts[i-1].breaks && named(ts, i+1) {
			s.said(ts[i+1:], how)
			s.Tokens = ts[:i]
			return
		}
		k := i - 1 // before "has", and before "the" of an office
		for k > 1 && (HaveForm[ts[k].Text] || Adverb(ts[k])) {
			k--
		}
		from := k
		if ts[k-1].Kind == function && determiners[ts[k-1].Text] {
			from--
		}
		if ok && (ts[k].Kind == Name || documents[ts[k].Text]) && from > 0 && ts[from-1].breaks {
			s.said(slices.Concat(ts[k:k+1], ts[i+1:]), how)
			s.Tokens = ts[:from]
			return
		}
	}
}

// named reports whether a name begins at a token, but for its article.
func named(ts []Token, i int) bool {
	if i < len(ts) && determiners[ts[i].Text] {
		i++
	}
	return i < len(ts) && ts[i].Kind == Name
}

func verbOfSaying(t Token) (Manner, bool) {
	if t.Kind != Word {
		return neutral, false
	}
	how, ok := speech[lemma(t.Text)]
	return how, ok
}

// saying finds a verb of saying whose subject begins the sentence, and where what is said begins; end is 0 for none.
func saying(ts []Token) (at int, how Manner, end int) {
	for at = 0; at < len(ts); at++ {
		t := ts[at]
		if how, ok := verbOfSaying(t); ok && at > 0 && speaks(ts[:at]) && !beForms[ts[at-1].Text] {
			if at+1 == len(ts) && !slices.ContainsFunc(ts[:at], func(t Token) bool { return t.breaks || t.Kind == Word || prepositions[t.Text] != "" }) {
				return at, how, at + 1 // it tells nothing
			}
			return at, how, said(ts, at)
		}
		if t.Kind == Word && !documents[t.Text] && !strings.HasSuffix(t.Text, "ly") && finite(ts, at) {
			return 0, neutral, 0
		}
	}
	return 0, neutral, 0
}

// speaks reports whether tokens are a subject that can say something: a name or a document right before the verb.
func speaks(ts []Token) bool {
	for i := len(ts) - 1; i >= 0; i-- {
		t := ts[i]
		switch {
		case t.Kind == Name || documents[t.Text]:
			return !t.Owns
		case t.Kind == function || t.Kind == Quantifier || strings.HasSuffix(t.Text, "ly"):
		default:
			return false
		}
	}
	return false
}

// said is where that begins which a verb of saying introduces; 0 where nothing does.
func said(ts []Token, at int) int {
	for i := at + 1; i < len(ts) && i < at+9; i++ {
		if ts[i].Text == "that" && i+1 < len(ts) && (i == at+1 || !predicated(ts[at+1:i], false)) {
			return i + 1
		}
	}
	from := at + 1
	if lemma(ts[at].Text) == "tell" {
		for from < len(ts) && (ts[from].Kind == function || documents[ts[from].Text]) {
			from++
		}
		from++
	}
	how := speech[lemma(ts[at].Text)]
	if from >= len(ts) || prepositions[ts[from].Text] != "" && ts[from].Text != "as" || ts[from].Text == "to" || !predicated(ts[from:], how == Assured) {
		return 0
	}
	return from
}

// predicated reports whether tokens hold a predicate with a subject before it; a sure one has an auxiliary.
func predicated(ts []Token, sure bool) bool {
	for i := range ts {
		if i > 0 && (auxiliary(ts[i]) || !sure && finite(ts, i)) {
			return true
		}
	}
	return false
}

// said notes who says it: the first name that is no place and no part of an opening as "after the talks".
func (s *Sentence) said(ts []Token, how Manner) {
	s.Reported, s.Manner = true, how
	begins := 0
	if len(ts) > 0 && (markers[ts[0].Text] != "" || prepositions[ts[0].Text] != "") {
		begins = 1 + slices.IndexFunc(ts, func(t Token) bool { return t.breaks })
	}
	for i, t := range ts {
		opening := i < begins || i+1 < len(ts) && ts[i+1].Kind == Word
		switch {
		case t.Kind == Negation:
			s.Manner = Denying
		case t.Kind == Name && !opening && !strings.HasPrefix(t.Key, "place/") && (len(s.Speakers) == 0 || t.Beside):
			s.Speakers = append(s.Speakers, t.Key)
		case t.Content() && !documents[t.Text]:
			s.Lead = append(s.Lead, t)
		}
	}
}
