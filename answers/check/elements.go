package check

import (
	"slices"
	"strings"

	"parley/answers/text"
)

// light are the weights of what carries little: words of grammar that have a concept nonetheless, and words that are weighed
// as firmness.
const light = 0.35

// elements are the pieces that carry content.
func (ch *Checker) elements(pieces []piece, denied, narrow []bool) []element {
	bases := make([]string, len(pieces))
	for i, p := range pieces {
		bases[i] = base(p.Text)
		if p.Entity != "" {
			bases[i] = "\x00"
		}
	}
	var out []element
	for i := 0; i < len(pieces); {
		p := pieces[i]
		e := element{text: p.Text, stem: bases[i], entity: p.Entity, denied: denied[i], narrow: narrow[i], foreign: p.foreign, at: i, weight: 1}
		if p.Entity != "" {
			e.stem, e.weight = p.Stem, 1.5
			out = append(out, e)
			i++
			continue
		}
		concepts, n := ch.topic.lexicon.at(bases, i)
		e.concepts = concepts
		e.agent = agentAt(pieces, i, i+n)
		if n > 1 {
			e.text = strings.Join(textsOf(pieces[i:i+n]), " ")
			e.stem = strings.Join(bases[i:i+n], " ")
		}
		i += n
		switch {
		case p.foreign:
			e.weight = 1.5
		case len(p.Text) == 1:
			continue
		case quantified(p.Text), slices.Contains(months, p.Text) && besideNumber(pieces, i-1), i > 1 && hoursIn[text.Stem(p.Text)] > 0 && counts(pieces[i-2].Text):
			continue
		case n == 1 && magnitudes[p.Text] > 0: // a quantity
			continue
		case n == 1 && (negators[p.Text] || grammar[p.Text]):
			continue
		case has(e, events):
			e.weight = light
		case deterrents[p.Text], (p.Text == "stop" || p.Text == "keep") && denied[i-1]:
			e.weight = light // it has turned what follows
		case p.Text == "first" && (i >= len(pieces) || pieces[i].Text != "time"):
			e.weight = light
		case n == 1 && p.Stop:
			if concepts == nil {
				continue
			}
			e.weight = light
		case n == 1 && (possibly[p.Text] || intended[p.Text] || promised[p.Text]):
			e.weight = light
			if concepts == nil {
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

// counts reports whether a word may be the number of a measure of time.
func counts(word string) bool {
	_, ok := numeral(word)
	return ok || word == "a" || word == "an"
}

// agentAt is the name that stands before a word, with no more than auxiliaries and adverbs between them, or after it with "by".
func agentAt(pieces []piece, start, end int) text.Entity {
	if end+1 < len(pieces) && pieces[end].Text == "by" {
		for _, p := range pieces[end+1 : min(end+3, len(pieces))] {
			if p.Entity.Kind() == "actor" {
				return p.Entity
			}
		}
	}
	for i := start - 1; i >= 0 && i >= start-4 && !pieces[i].ends; i-- {
		p := pieces[i]
		if p.Entity.Kind() == "actor" {
			if i > 0 && (prepositions[pieces[i-1].Text] && i < start-1 || pieces[i-1].Text == "and" || pieces[i-1].Entity != "") {
				return "" // who of several is not clear
			}
			return p.Entity
		}
		if !auxiliaries[p.Text] && !lyAdverb(p.Text) && p.Text != "will" && p.Text != "would" && p.Text != "could" && p.Text != "may" {
			return ""
		}
	}
	return ""
}

// grammar are further words without content of their own in a statement.
var grammar = text.SetOf(`already yet still ever even also now soon today currently recently just really actually definitely certainly clearly
	apparently officially confirmed confirm fact later then afterwards come came indeed simply quite very own would could should shall might may must time times bit set
	going gonna basically totally completely fully entirely literally finally eventually according per neither nor either anything
	something thing things that had been being having do does did next part plan idea per upcoming since ago during
	stance position process status situation remain remains remained stay stays stayed reach reached reaching made make making full itself himself themselves million billion trillion dollar dollars however meanwhile therefore thus hence whose whom her his its their he she they it him them us we you i much lot lots bunch
	reportedly allegedly supposedly perhaps maybe possibly if once unless after before until upon when while because only whether`)

func textsOf(pieces []piece) []string {
	var texts []string
	for _, p := range pieces {
		texts = append(texts, p.Text)
	}
	return texts
}

// prepositions before a name keep it from being who acts.
var prepositions = text.SetOf(`for of to in on at with from against by about over across into under between among within behind near inside
	through via like as after before if once`)

func joined(p piece) bool { return p.Text == "and" || p.Entity != "" }

// agents are the names that a sentence begins with, or those after "by" if it is in the passive.
func agents(pieces []piece, passive bool) []text.Entity {
	var out []text.Entity
	skipped := -1
	begun := false // the sentence has begun with something else
	named := false
	for i, p := range pieces {
		if i > 0 && pieces[i-1].ends && len(out) == 0 && !named {
			begun = false
		}
		named = named || p.Entity.Kind() == "actor"
		if p.Entity == "" && !p.Stop && !grammar[p.Text] && !quantified(p.Text) {
			begun = true
		}
		if begun && !passive && len(out) == 0 {
			continue
		}
		if p.Entity == "" || p.Entity.Kind() != "actor" {
			continue
		}
		if passive {
			if i > 0 && pieces[i-1].Text == "by" || i > 1 && pieces[i-2].Text == "by" && pieces[i-1].Stop {
				out = append(out, p.Entity)
			}
			continue
		}
		if i > 0 && (prepositions[pieces[i-1].Text] || i > 1 && pieces[i-1].Text == "the" && prepositions[pieces[i-2].Text]) {
			skipped = i
			continue
		}
		if skipped >= 0 && i == skipped+2 && pieces[i-1].Text == "and" {
			continue // the second name of two after a preposition
		}
		if len(out) > 0 && !joined(pieces[i-1]) && !(i > 1 && pieces[i-1].Text == "the" && joined(pieces[i-2])) {
			break
		}
		out = append(out, p.Entity)
	}
	return out
}

// successions reads "A after B", "once B, A", "A before B" and "first A, then B" off a sentence.
func successions(pieces []piece, content []element) []succession {
	between := func(from, to int) []element {
		var out []element
		for _, e := range content {
			if e.at >= from && e.at < to {
				out = append(out, e)
			}
		}
		return out
	}
	var out []succession
	add := func(earlier, later []element) {
		if len(earlier) > 0 && len(later) > 0 {
			out = append(out, succession{earlier, later})
		}
	}
	for i, p := range pieces {
		end := i + 1
		for end < len(pieces) && !pieces[end-1].ends && !clauseWords[pieces[end].Text] {
			end++
		}
		switch p.Text {
		case "after", "once", "if", "following", "when", "unless":
			rest := append(between(0, i), between(end, len(pieces))...)
			add(between(i+1, end), rest)
		case "before", "until":
			rest := append(between(0, i), between(end, len(pieces))...)
			add(rest, between(i+1, end))
		case "first":
			later := slices.IndexFunc(pieces[i+1:], func(p piece) bool {
				return slices.Contains([]string{"then", "later", "second", "afterwards", "after", "before"}, p.Text)
			})
			if later < 0 {
				continue
			}
			if pieces[i+1+later].Text == "then" {
				add(between(i, i+1+later), between(i+1+later, len(pieces)))
			} else {
				add(between(0, i), between(i+1, i+1+later))
			}
		}
	}
	return out
}
