package lookup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// completer finds choices by the words of their texts.
type completer struct {
	choices []completable // the most central first
	texts   []completionText
	number  map[string]int32 // of words and of entities
	places  [][]placeInText  // where each stands, by number
	sorted  []string         // all words
	stems   map[string][]int32
	trusted map[string]bool // words that are no slips: ways of typing hold slips on purpose, a choice's own text does not
	names   text.Gazetteer
}

type completable struct {
	answers.Choice
	service bool // offered only to those who type for it
}

// completionText is one way of typing a choice.
type completionText struct {
	choice int32
	words  int16
	own    bool // it is the name of the choice
}

type placeInText struct {
	text int32
	at   int16
}

// newCompleters builds all that Complete needs. It is done when first something is completed, since few programs that hold a
// library complete anything.
func (ls *Lister) newCompleters() map[answers.CompletionKind]*completer {
	all := map[answers.CompletionKind]*completer{answers.CompleteQuestion: ls.completeQuestions()}
	said := map[string]int{} // claims by what they are about
	for _, c := range ls.facts.Contents().Claims {
		if c.Retracted != "" {
			continue
		}
		said["actor/"+string(c.Claimant)]++
		for _, id := range c.Actors {
			said["actor/"+string(id)]++
		}
		for _, id := range c.Places {
			said["place/"+string(id)]++
		}
		for _, id := range c.Topics {
			said["topic/"+string(id)]++
		}
		said["source/"+string(c.Source)]++
	}
	var names []nameToType
	for _, a := range ls.facts.Contents().Actors {
		names = append(names, nameToType{"actor", string(a.ID), a.Name, a.Aliases})
	}
	for _, p := range ls.facts.Contents().Places {
		names = append(names, nameToType{"place", string(p.ID), p.Name, p.Aliases})
	}
	for _, t := range ls.facts.Contents().Topics {
		names = append(names, nameToType{"topic", string(t.ID), t.Name, t.Aliases})
	}
	for _, s := range ls.facts.Contents().Sources {
		name := fmt.Sprintf("%s, %s", s.Title, s.Date.Days())
		names = append(names, nameToType{"source", string(s.ID), name, []string{s.Title, s.Publisher, strings.ReplaceAll(string(s.ID), "-", " ")}})
	}
	// What nothing is on record about is not offered: to look it up would be a dead end.
	names = slices.DeleteFunc(names, func(n nameToType) bool { return said[n.kind+"/"+n.id] == 0 })
	slices.SortStableFunc(names, func(a, b nameToType) int { return cmp.Compare(said[b.kind+"/"+b.id], said[a.kind+"/"+a.id]) })
	for _, kind := range []answers.CompletionKind{answers.CompleteActor, answers.CompletePlace, answers.CompleteTopic, answers.CompleteSource, answers.CompleteTerm} {
		c := ls.newCompleter()
		taken := map[string]bool{} // a term that is the id of two things is for both
		for _, n := range names {
			if (kind == answers.CompleteTerm || n.kind == string(kind)) && !taken[n.id] {
				taken[n.id] = true
				c.add(completable{Choice: answers.Choice{ID: n.id, Name: n.name}}, slices.Concat([]string{n.name}, n.aliases))
			}
		}
		all[kind] = c.ready()
	}
	all[answers.CompleteDispute] = ls.completeDisputes()
	return all
}

// nameToType is something that a look-up can be for.
type nameToType struct {
	kind, id, name string
	aliases        []string
}

// completeQuestions takes the live entries but those for gaps, which nobody should be led to ask for: overviews and answers to disputes before others, then those that touch on the
// most other questions and stand on the most documents.
func (ls *Lister) completeQuestions() *completer {
	central := make([]int, len(ls.facts.Entries()))
	var order []int
	for i, e := range ls.facts.Entries() {
		if e.State != answers.Live || e.Kind == answers.KindGap || ls.facts.Held(e) != nil {
			continue
		}
		order = append(order, i)
		if !ls.facts.Curated(e.ID) {
			continue // there is one for everybody at every event
		}
		sources := map[answers.SourceID]bool{}
		_, own := ls.facts.Stated(i)
		for _, id := range own {
			sources[ls.facts.Claim(id).Source] = true
		}
		for k, o := range ls.facts.Entries() {
			if !ls.facts.Curated(o.ID) {
				continue
			}
			if first, _ := ls.facts.Stated(k); answers.Overlap(first, own) {
				central[i] += len(sources)
			}
		}
	}
	class := func(i int) int {
		switch e := ls.facts.Entries()[i]; {
		case e.Kind == answers.KindService:
			return 2
		case e.Kind == answers.KindOverview || e.Dispute != "":
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(class(a), class(b)), cmp.Compare(central[b], central[a]))
	})
	c := ls.newCompleter()
	for _, i := range order {
		e := ls.facts.Entries()[i]
		c.add(completable{answers.Choice{ID: string(e.ID), Name: e.Question}, e.Kind == answers.KindService}, e.AllPhrasings())
	}
	return c.ready()
}

// completeDisputes takes the disputes, to be found by the words of their questions and of the entries that answer them.
func (ls *Lister) completeDisputes() *completer {
	c := ls.newCompleter()
	order := slices.Clone(ls.facts.Contents().Disputes)
	slices.SortStableFunc(order, func(a, b answers.Dispute) int { return cmp.Compare(len(b.Positions), len(a.Positions)) })
	for _, d := range order {
		texts := []string{d.Question}
		for _, e := range ls.facts.Entries() {
			if e.Dispute == d.ID && e.State == answers.Live {
				texts = append(texts, e.AllPhrasings()...)
			}
		}
		c.add(completable{Choice: answers.Choice{ID: string(d.ID), Name: d.Question}}, texts)
	}
	return c.ready()
}

func (ls *Lister) newCompleter() *completer {
	return &completer{number: map[string]int32{}, stems: map[string][]int32{}, trusted: map[string]bool{}, names: ls.words.Gazetteer}
}

// add takes a choice with its texts, of which the first is its own; less central ones come later.
func (c *completer) add(choice completable, texts []string) {
	for i, raw := range texts {
		number := int32(len(c.texts))
		folded := text.Fold(raw)
		starts, ends := wordBounds(folded)
		named := 0 // words up to here belong to a name: the French president is not the French
		for at := range starts {
			here := placeInText{number, int16(at)}
			word := folded[starts[at]:ends[at]]
			c.place(word, here)
			c.trusted[word] = c.trusted[word] || i == 0
			for n := min(c.names.Most(), len(starts)-at); n > 0 && at >= named; n-- {
				if e, ok := c.names.Entities[folded[starts[at]:ends[at+n-1]]]; ok {
					c.place(string(e), here)
					named = at + n
				}
			}
		}
		c.texts = append(c.texts, completionText{int32(len(c.choices)), int16(max(1, len(starts))), i == 0})
	}
	c.choices = append(c.choices, choice)
}

// wordBounds tells where the words of a folded text begin and end.
func wordBounds(folded string) (starts, ends []int) {
	for at := 0; at < len(folded); {
		end := strings.IndexByte(folded[at:], ' ')
		if end < 0 {
			end = len(folded) - at
		}
		starts, ends = append(starts, at), append(ends, at+end)
		at += end + 1
	}
	return starts, ends
}

func (c *completer) place(word string, p placeInText) {
	n, ok := c.number[word]
	if !ok {
		n = int32(len(c.places))
		c.number[word] = n
		c.places = append(c.places, nil)
	}
	c.places[n] = append(c.places[n], p)
}

// ready indexes the words themselves once all choices are there. One-word spellings of a name count as words even where no
// text has them: they lead to the texts that have the name.
func (c *completer) ready() *completer {
	for _, spelling := range c.names.All() {
		e, _ := c.names.Named(spelling)
		_, known := c.number[spelling]
		_, used := c.number[string(e)]
		if !known && used && !strings.Contains(spelling, " ") {
			c.number[spelling] = int32(len(c.places))
			c.places = append(c.places, nil)
		}
	}
	for word := range c.number {
		if !strings.Contains(word, "/") { // entities have one
			c.sorted = append(c.sorted, word)
		}
	}
	slices.Sort(c.sorted)
	for _, word := range c.sorted {
		root := text.Stem(word)
		c.stems[root] = append(c.stems[root], c.number[word])
		c.trusted[word] = c.trusted[word] || c.correct(word)
	}
	return c
}

// correct reports whether a word is a name, a number or common English.
func (c *completer) correct(word string) bool {
	_, spelling := c.names.Named(word)
	return spelling || text.IsNumber(word) || text.CommonEnglish(word) > 0
}
