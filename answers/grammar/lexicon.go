package grammar

import (
	_ "embed"

	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// The groups of English words that say the same, a group a line, with those for the contrary behind a bar; "_" joins the words of a phrase.
//
//go:embed thesaurus.txt
var thesaurus string

// lexicon knows the groups of words of a record and of English.
type lexicon struct {
	senses  map[string][]Sense // by stems that blanks join
	longest map[string]int     // how many words the longest phrase has, by the stem that it begins with
}

// Sense is one group that a word belongs to; the words of one axis speak of one thing, for it or against it.
type Sense struct {
	Group   string
	Axis    string
	Against bool
}

func (l *lexicon) add(phrase string, s Sense) {
	words := strings.Fields(text.Fold(phrase))
	if len(words) == 0 {
		return
	}
	for i, w := range words {
		words[i] = lemma(w)
	}
	key := strings.Join(words, " ")
	if !slices.Contains(l.senses[key], s) {
		l.senses[key] = append(l.senses[key], s)
	}
	l.longest[words[0]] = max(l.longest[words[0]], len(words))
}

// phrases joins the words of a phrase that the lexicon knows, the longest first, and gives each word its senses.
func (l *lexicon) phrases(in []Token) []Token {
	stems := make([]string, len(in))
	for i, t := range in {
		stems[i] = lemma(t.Text)
	}
	var out []Token
	for i := 0; i < len(in); i++ {
		first, _, _ := strings.Cut(stems[i], " ") // a token may be several words
		n := min(l.longest[first], len(in)-i)
		for ; n > 1; n-- {
			if key, ok := l.phrase(in[i:i+n], stems[i:i+n]); ok {
				t := in[i+n-1]
				texts, raws := make([]string, n), make([]string, n)
				for k := range n {
					texts[k], raws[k] = in[i+k].Text, in[i+k].Raw
				}
				t.Key, t.Kind, t.Senses = key, Word, l.senses[key]
				t.Text, t.Raw = strings.Join(texts, " "), strings.Join(raws, " ")
				out = append(out, t)
				break
			}
		}
		if n > 1 {
			i += n - 1
			continue
		}
		t := in[i]
		if t.Kind == Word {
			t.Senses = l.senses[t.Key]
		}
		out = append(out, t)
	}
	return out
}

// phrase is the key of some tokens, with these stems, if they are a phrase that the lexicon knows.
func (l *lexicon) phrase(ts []Token, stems []string) (key string, ok bool) {
	for i, t := range ts {
		if t.Kind == Name || t.Kind == Number || t.Kind == Date || i < len(ts)-1 && t.breaks {
			return "", false
		}
	}
	key = strings.Join(stems, " ")
	return key, len(l.senses[key]) > 0
}

// lexiconOf is the thesaurus with the groups of a record's own topic.
func lexiconOf(a answers.Vocabulary) lexicon {
	l := lexicon{senses: map[string][]Sense{}, longest: map[string]int{}}
	for line := range strings.Lines(thesaurus) {
		pro, contra, _ := strings.Cut(strings.TrimSpace(line), "|")
		words := strings.Fields(pro)
		if len(words) == 0 {
			continue
		}
		for _, w := range words {
			l.add(strings.ReplaceAll(w, "_", " "), Sense{words[0], words[0], false})
		}
		for w := range strings.FieldsSeq(contra) {
			l.add(strings.ReplaceAll(w, "_", " "), Sense{"not " + words[0], words[0], true})
		}
	}
	for _, c := range a.Synonyms {
		for _, w := range c.Words {
			l.add(string(w), Sense{"topic " + string(c.ID), string(c.Axis), false})
		}
		for _, w := range c.Against {
			l.add(string(w), Sense{"topic not " + string(c.ID), string(c.Axis), true})
		}
	}
	return l
}
