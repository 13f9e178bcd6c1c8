package passage

import (
	"maps"
	"math"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// How sure a mark must be, by the share that a sentence has of what its paragraph has of the claim. Over the record's own claims and documents
// wrong marks had a lead of at most 0.03, and right ones of 0.17 and more (seeds/passage_test.go).
const (
	leastShare = 0.5  // of the marked sentence
	leastLead  = 0.15 // before the next one
)

// find returns the paragraph of a claim around its sentence; "" if it is not there.
func (d *document) find(c answers.Claim) (before, marked, after string) {
	from, to := d.block(c.Paragraph)
	at, sure := d.nearest(c, from, to)
	if at < 0 {
		return "", "", ""
	}
	return cut(d.sentences[from:to], at-from, sure)
}

// block is the range of sentences that belong together with a paragraph.
func (d *document) block(paragraph int) (from, to int) {
	at := -1
	for i, s := range d.sentences {
		if s.first <= paragraph && paragraph <= s.last {
			at = i
			break
		}
	}
	if at < 0 {
		return 0, 0
	}
	for from = at; from > 0 && d.sentences[from-1].block == d.sentences[at].block; from-- {
	}
	for to = at + 1; to < len(d.sentences) && d.sentences[to].block == d.sentences[at].block; to++ {
	}
	return from, to
}

// nearest is the sentence of a claim's paragraph that has most of it, and whether it is surely the one; -1 if none has anything.
func (d *document) nearest(c answers.Claim, from, to int) (at int, sure bool) {
	weights := d.weights(c)
	stems := slices.Sorted(maps.Keys(weights)) // sums of floats depend on their order
	scores, most, total := make([]float64, to), -1, 0.0
	there := map[string]bool{}
	for i := from; i < to; i++ {
		s := d.sentences[i]
		if c.Paragraph < s.first || s.last < c.Paragraph {
			continue
		}
		for _, stem := range stems {
			if s.stems[stem] {
				scores[i] += weights[stem]
				if !there[stem] {
					there[stem] = true
					total += weights[stem]
				}
			}
		}
		if most < 0 || scores[i] > scores[most] {
			most = i
		}
	}
	if most < 0 || total == 0 {
		return -1, false
	}
	if quote := text.Fold(c.Quote); quote != "" {
		for i := from; i < to; i++ {
			if strings.Contains(" "+text.Fold(d.sentences[i].text)+" ", " "+quote+" ") {
				return i, true
			}
		}
	}
	second := 0.0
	for i := from; i < to; i++ {
		if i != most {
			second = max(second, scores[i])
		}
	}
	return most, scores[most] >= leastShare*total && scores[most]-second >= leastLead*total
}

// weights are the stems that a claim is said with, each by how many of its wordings have it and by how few sentences of the document do. A
// stem of the claim's own text counts in full; one of its condition does not count, since a paragraph tends to say that once for all.
func (d *document) weights(c answers.Claim) map[string]float64 {
	weights := map[string]float64{}
	for _, w := range c.Frame.Wordings {
		for stem := range d.stems(w) {
			weights[stem] += 1 / float64(len(c.Frame.Wordings))
		}
	}
	for stem := range d.stems(c.Text) {
		weights[stem] = 1
	}
	for stem := range d.stems(c.Condition) {
		delete(weights, stem)
	}
	for stem := range weights {
		if n := d.holding[stem]; n > 0 {
			weights[stem] *= math.Log(1 + float64(len(d.sentences))/float64(n))
		}
	}
	return weights
}

// stems are the words of a text with content of their own, and its names, as they are compared.
func (d *document) stems(words string) map[string]bool {
	stems := map[string]bool{}
	for _, t := range d.names.TokensOf(words) {
		switch {
		case t.Stop:
		case t.Entity != "":
			stems[t.Stem] = true
		default:
			stems[spellings.Replace(t.Stem)] = true
		}
	}
	return stems
}

// spellings makes one of the British and the American way to spell a stem: defence and defense, organise and organize, colour and color.
var spellings = strings.NewReplacer("c", "s", "z", "s", "our", "or")
