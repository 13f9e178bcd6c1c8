// Package passage finds the words of a document that a claim stands on. A claim is in our own words, and names the paragraph that it was
// taken from; what a reader wants to see is that paragraph, with the sentence marked. The sentence is the one that shares most with the claim
// and its wordings (mark.go). Where two come near to each other none is marked, and a paragraph that has nothing of the claim is not shown: it
// would be another edition's. A long paragraph is cut around the sentence (cut.go).
package passage

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/answers"
	"parley/answers/text"
)

// Passages finds what claims stand on, in their order, by the texts of their sources' documents as far as these are there. Claims of one
// place share a passage. Ids that are no claim's, and claims that were retracted, are left out.
func Passages(c answers.Contents, ids []answers.ClaimID, texts map[answers.SourceID]string) []answers.Passage {
	names := text.NewWords(c.Actors, c.Places, nil).Gazetteer
	documents := map[answers.SourceID]*document{}
	var found []answers.Passage
	for _, id := range ids {
		at := slices.IndexFunc(c.Claims, func(claim answers.Claim) bool { return claim.ID == id })
		if at < 0 || c.Claims[at].Retracted != "" {
			continue
		}
		claim := c.Claims[at]
		p := answers.Passage{Paragraph: claim.Paragraph, Claims: []answers.Claim{claim}}
		if i := slices.IndexFunc(c.Sources, func(s answers.Source) bool { return s.ID == claim.Source }); i >= 0 {
			p.Source = c.Sources[i]
		}
		if words, ok := texts[claim.Source]; ok {
			d := documents[claim.Source]
			if d == nil {
				d = read(words, names)
				documents[claim.Source] = d
			}
			p.Attached = true
			p.Before, p.Marked, p.After = d.find(claim)
		}
		same := slices.IndexFunc(found, func(q answers.Passage) bool {
			return q.Source.ID == p.Source.ID && q.Paragraph == p.Paragraph && q.Before == p.Before && q.Marked == p.Marked
		})
		switch {
		case same < 0:
			found = append(found, p)
		case !slices.ContainsFunc(found[same].Claims, func(q answers.Claim) bool { return q.ID == id }):
			found[same].Claims = append(found[same].Claims, claim)
		}
	}
	return found
}

// Paragraphs are the non-blank lines of a document, without white space around them.
func Paragraphs(document string) []string {
	var list []string
	for line := range strings.Lines(document) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// document is a text as sentences.
type document struct {
	names     text.Gazetteer
	sentences []sentence
	holding   map[string]int // how many sentences have a stem
}

// sentence is one of a document, with the paragraphs that it stands in: a line that breaks off within a sentence goes on in the next.
type sentence struct {
	text        string // verbatim, without the white space around it
	first, last int    // paragraphs, from 1
	block       int    // of lines that belong together
	stems       map[string]bool
}

// read splits a document.
func read(words string, names text.Gazetteer) *document {
	d := &document{names: names, holding: map[string]int{}}
	lines := Paragraphs(words)
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && continues(lines[to-1], lines[to]) {
			to++
		}
		d.add(lines[from:to], from+1)
		from = to
	}
	return d
}

// continues reports whether a line goes on with the sentence that the one before it began.
func continues(before, line string) bool {
	next, _ := utf8.DecodeRuneInString(line)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, closing))
	return unicode.IsLower(next) && !strings.ContainsRune(ending, last)
}

// add splits lines that belong together, the first of which has a number.
func (d *document) add(lines []string, number int) {
	block := strings.Join(lines, " ")
	line, left := 0, len(lines[0])
	for _, s := range Sentences(block) {
		one := sentence{text: strings.TrimSpace(s), first: number + line, block: number}
		for left -= len(s); left < 0 && line < len(lines)-1; left += len(lines[line]) + len(" ") {
			line++
		}
		one.last = number + line
		one.stems = d.stems(one.text)
		for stem := range one.stems {
			d.holding[stem]++
		}
		d.sentences = append(d.sentences, one)
	}
}
