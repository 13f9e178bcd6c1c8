package check

import (
	"regexp"

	"parley/answers"
	"parley/answers/text"
)

// topic is what the record's own topic and house style bring to the reading of sentences. The zero topic knows neither.
type topic struct {
	lexicon    lexicon         // the synonyms of English and of the topic
	relational map[string]bool // concepts that a name may stand before without doing them, as in "NATO membership"
	highRungs  map[string]bool // concepts of what was agreed or signed
	plurals    map[string]bool
	elsewhere  map[string]bool // names beside those of the record
	leadIn     *regexp.Regexp  // how the record names a document before what it says; nil for a record that does not, as for the others
	leadOut    *regexp.Regexp  // … and after it
	remark     *regexp.Regexp  // what is said to the reader alone
}

func topicOf(a answers.About) topic {
	t := topic{
		lexicon: readLexicon(synonyms), relational: text.SetOf(relational), highRungs: text.SetOf(highRungs), plurals: map[string]bool{}, elsewhere: map[string]bool{},
		leadIn: pattern(a.Style.LeadIn), leadOut: pattern(a.Style.LeadOut), remark: pattern(a.Style.Remark),
	}
	for _, c := range a.Words.Synonyms {
		t.lexicon.add(concept{id: string(c.ID), axis: string(c.Axis)}, c.Words)
		t.lexicon.add(concept{id: string(c.ID), axis: string(c.Axis), against: true}, c.Against)
	}
	include(t.relational, a.Words.Relational)
	include(t.highRungs, a.Words.Agreed)
	include(t.plurals, a.Words.Plurals)
	include(t.elsewhere, a.Words.Elsewhere)
	return t
}

func include(set map[string]bool, words []answers.Word) {
	for _, w := range words {
		set[string(w)] = true
	}
}

// pattern is a regular expression of the record, nil for none. One that cannot be read, which lint refuses, is none.
func pattern(s string) *regexp.Regexp {
	if s == "" {
		return nil
	}
	re, err := regexp.Compile(s)
	if err != nil {
		return nil
	}
	return re
}

// core is what a text of the record says without the naming of its document and without remarks to the reader. A person or a newspaper that
// is named is a speaker (speaker.go).
func (t *topic) core(text string) string {
	text = without(t.remark, text, "")
	text = without(t.leadIn, text, "")
	return without(t.leadOut, text, ".")
}

func without(p *regexp.Regexp, text, instead string) string {
	if p == nil {
		return text
	}
	return p.ReplaceAllString(text, instead)
}
