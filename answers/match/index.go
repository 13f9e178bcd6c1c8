package match

import (
	"slices"

	"parley/answers/text"
)

// index tells how much the phrasings of entries resemble an utterance: the cosine of their vectors.
type index struct {
	*space
	phrasings []phrasing
	from      []int32 // by entry, its first phrasing; one more than there are entries
	rows      []int32 // by phrasing, where its components begin; one more than there are phrasings
	number    []int32 // of the feature of each component
	weight    []float32
}

// phrasing is one way of asking for an entry; premise is the false premise it rests on, counted from 0, or -1.
type phrasing struct {
	entry   int
	premise int
	text    string
	answer  bool // no way of asking, but the answer itself
}

// likeness is an entry with how well its phrasings fit, from 0 to 1.
type likeness struct {
	entry      int
	phrasing   int // the best of its phrasings
	similarity float64
	same       bool // one of its phrasings is, to the letter, what is asked
}

// bestShare is the weight of an entry's best phrasing against the mean of its best three.
const bestShare = 0.5

// newIndex needs the phrasings of one entry to stand together, in order of the entries. It returns their vectors beside.
func newIndex(phrasings []phrasing, document []int, rarity rarity, tokenize func(string) []text.Token) (*index, [][]component) {
	texts := make([][]text.Token, len(phrasings))
	for i, p := range phrasings {
		texts[i] = tokenize(p.text)
	}
	s, vectors := newSpace(texts, document, rarity)
	ix := &index{space: s, phrasings: phrasings, from: firsts(phrasings), rows: make([]int32, 1, len(phrasings)+1)}
	for _, v := range vectors {
		for _, c := range v {
			ix.number, ix.weight = append(ix.number, c.number), append(ix.weight, c.weight)
		}
		ix.rows = append(ix.rows, int32(len(ix.number)))
	}
	return ix, vectors
}

// typical tells how much of what the phrasings of each entry are spelled with a question has: its decision for the features of the
// question is the mean, over the phrasings of the entry, of the share of the weight of their runs of characters that is in both. What
// else the question says does not lower it.
func (ix *index) typical() *classifier {
	entries := len(ix.from) - 1
	c := &classifier{classes: entries, bias: make([]float32, entries), rows: make([]int32, len(ix.idf)+1)}
	type part struct {
		number int32
		weight float32
	}
	parts := make([][]part, entries)
	sum := make([]float32, len(ix.idf))
	for entry := range entries {
		first, end := int(ix.from[entry]), int(ix.from[entry+1])
		var own []part
		for i := first; i < end; i++ {
			from, to := ix.rows[i], ix.rows[i+1]
			var whole float32
			for k := from; k < to; k++ {
				if ix.block[ix.number[k]] == runBlock {
					whole += ix.weight[k]
				}
			}
			for k := from; k < to; k++ {
				number := ix.number[k]
				if ix.block[number] != runBlock {
					continue
				}
				if sum[number] == 0 {
					own = append(own, part{number: number})
				}
				sum[number] += ix.weight[k] / (whole * float32(end-first))
			}
		}
		for i, p := range own {
			own[i].weight = sum[p.number]
			sum[p.number] = 0
			c.rows[p.number+1]++
		}
		parts[entry] = own
	}
	for f := range ix.idf {
		c.rows[f+1] += c.rows[f]
	}
	c.class, c.weight = make([]uint16, c.rows[len(ix.idf)]), make([]float32, c.rows[len(ix.idf)])
	next := slices.Clone(c.rows)
	for entry, own := range parts {
		for _, p := range own {
			at := next[p.number]
			c.class[at], c.weight[at] = uint16(entry), p.weight
			next[p.number]++
		}
	}
	return c
}

// firsts lists where the phrasings of each entry begin.
func firsts(phrasings []phrasing) []int32 {
	from := []int32{0}
	for i, p := range phrasings {
		if p.entry >= len(from) {
			from = append(from, int32(i))
		}
	}
	return append(from, int32(len(phrasings)))
}

// likeness tells how well an entry fits what is asked, given the weights of that by number of the feature.
func (ix *index) likeness(asked []float32, entry int) likeness {
	first, end := int(ix.from[entry]), int(ix.from[entry+1])
	if ix.phrasings[end-1].answer {
		end--
	}
	c, best := likeness{entry: entry, phrasing: first}, [3]float64{}
	for i := first; i < end; i++ {
		s := ix.cosine(asked, i)
		if s > best[0] {
			c.phrasing = i
		}
		for k := range best {
			if s > best[k] {
				s, best[k] = best[k], s
			}
		}
	}
	mean := (best[0] + best[1] + best[2]) / float64(min(3, end-first))
	c.same = best[0] > 1-1e-5
	c.similarity = bestShare*best[0] + (1-bestShare)*mean
	return c
}

func (ix *index) cosine(asked []float32, phrasing int) float64 {
	from, to := ix.rows[phrasing], ix.rows[phrasing+1]
	weight := ix.weight[from:to]
	var sum float32
	for i, number := range ix.number[from:to] {
		sum += asked[number] * weight[i]
	}
	return float64(sum)
}
