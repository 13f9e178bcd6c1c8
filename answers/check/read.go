package check

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// level is how firmly a sentence speaks.
type level int

const (
	possible level = iota + 1 // could, may, allegedly
	expected                  // proposed, likely, expected
	future                    // will, would
	fact
	proven // confirmed
)

// sentence is a text as it is compared: its tokens with their roles, and what holds of it as a whole.
type sentence struct {
	tokens     []token
	quote      string
	verb       int // index of the predicate; -1 where none was found
	copula     bool
	complement int // of a copula: the token of what it says; -1 for none
	passive    bool
	level      level
	inner      level // the level without the verb of saying
	denials    []int // negations of the main clause
	speakers   []string
	manner     manner
	reported   bool            // somebody is named who says it
	lead       map[string]bool // keys of what else stands in the naming of who says it
	curated    bool            // somebody vouches for how firm it is
	soft       bool            // it speaks of something as possible
	vague      bool            // its subject is a pronoun whose meaning is not told
	count      int             // tokens of content
}

// reader reads sentences with the names and words of a record.
type reader struct {
	names   names
	lexicon lexicon
	spelled *text.Words
	topic   style
}

// read reads one sentence.
func (r *reader) read(raw string) sentence {
	s := sentence{quote: raw, lead: map[string]bool{}, level: fact}
	core, lead := r.topic.core(raw)
	for _, t := range units(r.classify(numbers(r.names.find(lex(lead))))) {
		if t.content() && !documents[t.text] {
			s.lead[occasion(&t)] = true
		}
	}
	if strings.Contains(lead, "expect") || strings.Contains(lead, "warns") {
		s.level = expected
	}
	s.tokens = units(r.lexicon.phrases(r.classify(numbers(r.names.find(r.mended(lex(core)))))))
	s.tokens = phraseMarkers(s.tokens)
	s.attribute()
	s.refer()
	s.divide()
	s.govern()
	s.predicate()
	s.weigh()
	return s
}

// occasion is by what a token in the naming of who says it is compared: a number or a date as it stands.
func occasion(t *token) string {
	switch t.kind {
	case number, date:
		return text.Fold(t.raw)
	case quantifier:
		return "who, " + t.key // is not what the claim says of something else
	}
	return t.key
}

// mended corrects the spelling of words that nobody knows. A capital within a sentence is left alone: it is a name that the record does not have.
func (r *reader) mended(in []token) []token {
	for i, t := range in {
		if t.capital && i > 0 || strings.ContainsAny(t.text, "0123456789$") || len(t.text) < 5 {
			continue
		}
		if words, _ := r.spelled.MendAll([]string{t.text}); len(words) == 1 {
			in[i].text = words[0]
		}
	}
	return in
}

// classify tells of each token that is no name, number or date what kind it is.
func (r *reader) classify(in []token) []token {
	for i := range in {
		t := &in[i]
		if t.kind != function {
			continue
		}
		t.key = lemma(t.text)
		switch {
		case t.text == "against" && i > 0 && (beForms[in[i-1].text] || i > 1 && adverb(in[i-1]) && beForms[in[i-2].text]):
			t.kind, t.key = word, "oppos" // "is against" is a verb
		case negators[t.text]:
			t.kind = negation
		case quantifiers[t.text] != "":
			t.kind, t.key = quantifier, quantifiers[t.text]
		case hedges[t.text] != 0, softHedges[t.text] && (i == 0 || !beForms[in[i-1].text]):
			t.kind = hedge
		case determiners[t.text], pronouns[t.text], beForms[t.text], haveForm[t.text], doForms[t.text], prepositions[t.text] != "",
			markers[t.text] != "", t.text == "and", t.text == "or", t.text == "but", t.text == "yes", t.text == "according":
		case t.capital && i > 0 && text.CommonEnglish(t.text) == 0:
			t.kind = name
		default:
			t.kind = word
		}
		if prepositions[t.text] != "" && t.text != "to" && t.kind == function && (i+1 == len(in) || t.breaks || pronouns[in[i+1].text] && in[i+1].kind == function) {
			t.kind = word // it governs nothing that is told: "is over", "is behind us"
		}
	}
	return in
}

// phraseMarkers joins prepositions of several words.
func phraseMarkers(in []token) []token {
	var out []token
	for i := 0; i < len(in); i++ {
		at := func(n int) string {
			if i+n < len(in) {
				return in[i+n].text
			}
			return ""
		}
		t := in[i]
		three := at(0) + " " + at(1) + " " + at(2)
		switch {
		case three == "as part of", three == "in case of":
			t.text, t.key, t.kind, i = "if", "if", function, i+2
		case at(0) == "ahead" && at(1) == "of":
			t.text, t.key, t.kind, i = "before", "before", function, i+1
		case three == "in exchange for", three == "in return for":
			t.text, t.key, t.kind, i = "exchange", "exchange", function, i+2
		case at(0) == "in" && at(1) == "case", at(0) == "as" && at(1) == "soon" && at(2) == "as":
			t.text, t.key, t.kind, i = "if", "if", function, i+1
		}
		out = append(out, t)
	}
	return out
}

// refer puts the speaker in the place of the pronouns that mean him or her.
func (s *sentence) refer() {
	if len(s.speakers) != 1 || s.speakers[0] == "" {
		return
	}
	for i := range s.tokens {
		if t := &s.tokens[i]; t.text == "he" || t.text == "she" {
			t.kind, t.key = name, s.speakers[0]
		}
	}
}

// weigh sets what holds of the sentence as a whole.
func (s *sentence) weigh() {
	for i := range s.tokens {
		t := &s.tokens[i]
		switch {
		case t.content():
			s.count++
		case t.kind == negation && t.region == main:
			s.denials = append(s.denials, i)
		case softHedges[t.text] && t.kind == hedge:
			s.soft = true
		case t.kind == hedge && t.region == main && hedges[t.text] != 0:
			s.level = min(s.level, hedges[t.text])
		case pronouns[t.text] && t.text != "it" && i < s.verb && t.region == main:
			s.vague = true
		}
		if firmWords[t.text] && t.region == main && s.level == fact {
			s.level = proven
		}
	}
	for i := s.verb + 2; s.verb >= 0 && i < len(s.tokens); i++ {
		if join := s.tokens[i-1].text; join == "and" || join == "but" || join == "or" {
			t := &s.tokens[i]
			t.open = t.open || t.kind == word && participle(strings.Fields(t.text)[0])
		}
	}
	if s.verb >= 0 {
		s.tokens[s.verb].heads = 0
		s.future()
	}
	s.inner = s.level
	switch s.manner {
	case tentative:
		s.level = min(s.level, possible)
	case predicting:
		s.level = min(s.level, expected)
	}
}

// future lowers the level of "is to be held", "is going to", "is about to", "is set to".
func (s *sentence) future() {
	for i := 0; i+1 < len(s.tokens) && i < s.verb; i++ {
		next := s.tokens[i+1].text
		after := ""
		if i+2 < len(s.tokens) {
			after = s.tokens[i+2].text
		}
		if !beForms[s.tokens[i].text] {
			continue
		}
		if next == "to" || after == "to" && slices.Contains([]string{"going", "about", "set", "due", "expected", "likely"}, next) {
			s.level = min(s.level, future)
			if next == "expected" || next == "likely" {
				s.level = min(s.level, expected)
			}
		}
	}
}

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
