package check

import (
	"regexp"
	"slices"
	"strings"

	"parley/answers/text"
)

// region is the part of a sentence in which a token stands.
type region int

const (
	main  region = iota
	aside        // under a marker: on what condition, or when
)

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
func (s *sentence) attribute() {
	ts := s.tokens
	for i := range ts {
		if ts[i].text == "according" && i+1 < len(ts) && ts[i+1].text == "to" {
			end := i + 2
			for end < len(ts) && !ts[end-1].breaks {
				end++
			}
			if i == 0 && !ts[end-1].breaks { // no comma: the name alone
				end = min(i+3, len(ts))
				for end < len(ts) && ts[end-1].kind == function {
					end++
				}
			}
			s.said(ts[i+2:end], neutral)
			s.tokens = slices.Concat(ts[:i], ts[end:])
			return
		}
	}
	if len(ts) > 1 && ts[0].kind == name && ts[0].breaks && strings.Contains(s.quote, ts[0].raw+":") {
		s.said(ts[:1], neutral)
		s.tokens = ts[1:]
		return
	}
	if at, how, end := saying(ts); end > 0 {
		s.said(slices.Concat(ts[:at], ts[at+1:end]), how)
		s.tokens = ts[end:]
		return
	}
	for i := len(ts) - 1; i > 1; i-- { // "…, X said"
		how, ok := verbOfSaying(ts[i])
		if ok && ts[i-1].kind == name && i > 1 && ts[i-2].breaks {
			s.said(slices.Concat(ts[i-1:i], ts[i+1:]), how)
			s.tokens = ts[:i-1]
			return
		}
	}
}

func verbOfSaying(t token) (manner, bool) {
	if t.kind != word {
		return neutral, false
	}
	how, ok := speech[lemma(t.text)]
	return how, ok
}

// saying finds a verb of saying whose subject begins the sentence, and where what is said begins; end is 0 for none.
func saying(ts []token) (at int, how manner, end int) {
	for at = 0; at < len(ts); at++ {
		t := ts[at]
		if how, ok := verbOfSaying(t); ok && at > 0 && speaks(ts[:at]) {
			return at, how, said(ts, at)
		}
		if t.kind == word && !documents[t.text] && !strings.HasSuffix(t.text, "ly") && finite(ts, at) {
			return 0, neutral, 0
		}
	}
	return 0, neutral, 0
}

// speaks reports whether tokens are a subject that can say something: a name or a document right before the verb.
func speaks(ts []token) bool {
	for i := len(ts) - 1; i >= 0; i-- {
		t := ts[i]
		switch {
		case t.kind == name || documents[t.text]:
			return true
		case t.kind == function || t.kind == quantifier || strings.HasSuffix(t.text, "ly"):
		default:
			return false
		}
	}
	return false
}

// said is where that begins which a verb of saying introduces; 0 where nothing does.
func said(ts []token, at int) int {
	for i := at + 1; i < len(ts) && i < at+9; i++ {
		if ts[i].text == "that" && i+1 < len(ts) && (i == at+1 || !predicated(ts[at+1:i])) {
			return i + 1
		}
	}
	from := at + 1
	if lemma(ts[at].text) == "tell" {
		for from < len(ts) && (ts[from].kind == function || documents[ts[from].text]) {
			from++
		}
		from++
	}
	if from >= len(ts) || prepositions[ts[from].text] != "" && ts[from].text != "as" || ts[from].text == "to" || !predicated(ts[from:]) {
		return 0
	}
	return from
}

// predicated reports whether tokens hold a predicate with a subject before it.
func predicated(ts []token) bool {
	for i := range ts {
		if i > 0 && (auxiliary(ts[i]) || finite(ts, i)) {
			return true
		}
	}
	return false
}

// said notes who says it.
func (s *sentence) said(ts []token, how manner) {
	s.reported, s.manner = true, how
	for _, t := range ts {
		switch {
		case t.kind == negation:
			s.manner = denying
		case t.kind == name && (len(s.speakers) == 0 || t.beside):
			s.speakers = append(s.speakers, t.key)
		case t.content() && !documents[t.text]:
			s.lead[occasion(&t)] = true
		}
	}
}

// divide sets the regions, and what "and" joins.
func (s *sentence) divide() {
	ts := s.tokens
	where, marker, from := main, "", 0
	for i := range ts {
		t := &ts[i]
		opens := markers[t.text]
		if t.text == "exchange" && t.kind == function {
			opens = "exchange"
		}
		if opens != "" && t.kind != name {
			where, marker, from = aside, opens, i
		}
		t.region, t.marker = where, marker
		if t.breaks && where == aside && (from == 0 || ts[from-1].breaks) {
			where, marker = main, ""
		}
		t.beside = i > 0 && (ts[i-1].text == "and" || ts[i-1].text == "or")
	}
	if !slices.ContainsFunc(ts, func(t token) bool { return t.region == main && t.content() }) {
		for i := opening(ts); i < len(ts); i++ {
			ts[i].region, ts[i].marker = main, ""
		}
	}
}

// opening is where the main clause begins behind one that no comma ends: at the names before the first verb; 0 where there are none.
func opening(ts []token) int {
	verb := slices.IndexFunc(ts, auxiliary)
	if verb < 0 {
		verb = 1
		for verb < len(ts) && !finite(ts, verb) {
			verb++
		}
	}
	k := min(verb, len(ts)) - 1
	for k > 0 && (adverb(ts[k]) || ts[k].kind == negation) {
		k--
	}
	end := k
	for k > 0 && (ts[k].kind == name || ts[k].text == "and") {
		k--
	}
	if k == end || k == 0 {
		return 0
	}
	return k + 1
}

// govern sets the preposition that each token stands under, and the token that it modifies.
func (s *sentence) govern() {
	ts, prep := s.tokens, ""
	for i := range ts {
		t := &ts[i]
		next := i+1 < len(ts)
		switch {
		case t.kind == function && prepositions[t.text] != "":
			prep = prepositions[t.text]
			if t.text == "to" && next && ts[i+1].kind == word && !ts[i+1].owns && !strings.HasSuffix(ts[i+1].text, "s") {
				prep, ts[i+1].open = "", true // more often an infinitive
			}
			continue
		case auxiliary(*t), markers[t.text] != "", finite(ts, i):
			prep = ""
		}
		t.prep = prep
		if t.content() && !adverb(*t) && next && !t.breaks && ts[i+1].content() && ts[i+1].kind != date && !adverb(ts[i+1]) && (t.owns || !finite(ts, i+1)) && !finite(ts, i) && !(t.kind == word && strings.HasSuffix(t.text, "ing")) {
			t.heads = i + 2
		}
		if t.kind == date || t.breaks && !(next && t.kind == name && (ts[i+1].kind == name || ts[i+1].text == "and")) {
			prep = ""
		}
	}
}

// adverb reports whether a word modifies no noun and is none.
func adverb(t token) bool {
	return len(t.text) > 4 && strings.HasSuffix(t.text, "ly") || adverbs[t.text]
}

func auxiliary(t token) bool {
	return beForms[t.text] && t.text != "s" || haveForm[t.text] || doForms[t.text] || t.kind == hedge && hedges[t.text] >= possible && slices.Contains(modals, t.text)
}

var modals = strings.Fields("could may might can will shall would should must ll")

// participle reports whether a word has the form of a past participle or a past tense.
func participle(w string) bool {
	return len(w) > 4 && strings.HasSuffix(w, "ed") && (!strings.HasSuffix(w, "eed") || strings.HasSuffix(w, "greed") || strings.HasSuffix(w, "teed")) || irregular[w] != ""
}

// finite guesses whether the token at i is a verb with its subject before it.
func finite(ts []token, i int) bool {
	t := ts[i]
	if t.kind != word || i == 0 || t.owns || t.tied {
		return false
	}
	k := i - 1
	for k > 0 && (ts[k].kind == hedge || ts[k].kind == negation || adverb(ts[k])) {
		k--
	}
	before := ts[k]
	subject := before.kind == name || before.kind == word || before.kind == quantifier || before.text == "that" || before.text == "who" || before.text == "which" || pronouns[before.text]
	if !subject || before.owns {
		return false
	}
	w := strings.Fields(t.text)[0]
	if participle(w) {
		return i+1 >= len(ts) || ts[i+1].text != "by" || !slices.ContainsFunc(ts[i+1:], auxiliary) // "a force led by X would"
	}
	loose := i+1 >= len(ts) || ts[i+1].kind != word && ts[i+1].kind != hedge || t.breaks || strings.HasSuffix(ts[i+1].text, "s")
	switch {
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return (before.kind == name || pronouns[before.text] || !strings.HasSuffix(before.text, "s")) && loose && i+1 < len(ts) && ts[i+1].kind != hedge && !auxiliary(ts[i+1]) && !soon(ts, i+1)
	case before.kind == quantifier && before.key == "all":
		return i+1 < len(ts) && (ts[i+1].text == "to" || determiners[ts[i+1].text]) && text.CommonEnglish(w) > 0
	case before.kind == word && strings.HasSuffix(before.text, "s") || before.kind == name && strings.HasSuffix(before.text, "s") && len(before.text) > 4:
		return loose && text.CommonEnglish(w) > 0
	}
	return false
}

// soon reports whether an auxiliary follows before any other word of content: then what stands before it is a noun.
func soon(ts []token, i int) bool {
	for ; i < len(ts); i++ {
		switch {
		case auxiliary(ts[i]):
			return true
		case ts[i].kind == word && finite(ts, i):
			return true
		case ts[i].kind == word && strings.HasSuffix(ts[i].text, "ly"), ts[i].kind == negation:
		default:
			return false
		}
	}
	return false
}

// predicate finds the predicate of the main clause and its voice, and what a copula says of its subject.
func (s *sentence) predicate() {
	ts := s.tokens
	s.verb = -1
	for i := range ts {
		if ts[i].region != main {
			continue
		}
		if auxiliary(ts[i]) {
			s.complex(i)
			s.complement = -1
			for k := i + 1; s.copula && k < len(ts) && s.complement < 0; k++ {
				if ts[k].content() && ts[k].kind != quantifier && ts[k].heads == 0 && ts[k].region == main {
					s.complement = k
				}
			}
			return
		}
		if i > 0 && finite(ts, i) {
			s.verb = i
			return
		}
	}
}

// complex sets the predicate that begins with the auxiliary at i.
func (s *sentence) complex(i int) {
	ts, be, have := s.tokens, false, false
	k := i
	for ; k < len(ts) && ts[k].region == main; k++ {
		t := ts[k]
		switch {
		case beForms[t.text]:
			be, have = true, false
		case haveForm[t.text]:
			have = true
		case auxiliary(t), t.kind == negation, t.kind == hedge, t.kind == quantifier, strings.HasSuffix(t.text, "ly") && t.kind == word && k+1 < len(ts), slices.Contains([]string{"to", "going", "about", "set", "still", "already", "also", "yet", "been"}, t.text):
		case t.kind == function && determiners[t.text]:
			s.verb, s.copula = i, be
			return
		default:
			w := strings.Fields(t.text)[0]
			switch {
			case be && t.key == "oppos" && t.text == "against":
				s.verb = k
			case be && participle(w):
				s.verb, s.passive = k, true
			case be && strings.HasSuffix(w, "ing") && t.kind == word:
				s.verb = k
			case be, have && !participle(w), t.kind != word:
				s.verb, s.copula = i, be
			default:
				s.verb = k
			}
			return
		}
	}
	s.verb, s.copula = i, be
}
