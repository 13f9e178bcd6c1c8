package answers

import (
	"cmp"
	"slices"
)

// index ranks entries by how much their phrasings resemble an utterance.
type index struct {
	*space
	phrasings []phrasing
	rows      []int32 // where the postings of a feature begin; one more than there are features
	at        []int32 // the phrasing of each posting
	weight    []float32
}

// phrasing is one way of asking for an entry; premise is the false premise it rests on, counted from 0, or -1.
type phrasing struct {
	entry   int
	premise int
	text    string
}

// candidate is an entry with how well its phrasings fit, from 0 to 1.
type candidate struct {
	entry      int
	phrasing   int // the best of its phrasings
	similarity float64
}

// bestShare is the weight of an entry's best phrasing against the mean of its best three.
const bestShare = 0.5

// newIndex needs the phrasings of one entry to stand together. It returns their vectors beside.
func newIndex(phrasings []phrasing, tokenize func(string) []token) (*index, [][]component) {
	texts := make([][]token, len(phrasings))
	for i, p := range phrasings {
		texts[i] = tokenize(p.text)
	}
	s, vectors := newSpace(texts)
	ix := &index{space: s, phrasings: phrasings, rows: make([]int32, len(s.idf)+1)}
	for _, v := range vectors {
		for _, c := range v {
			ix.rows[c.number+1]++
		}
	}
	for f := range s.idf {
		ix.rows[f+1] += ix.rows[f]
	}
	next := slices.Clone(ix.rows)
	ix.at, ix.weight = make([]int32, ix.rows[len(s.idf)]), make([]float32, ix.rows[len(s.idf)])
	for i, v := range vectors {
		for _, c := range v {
			ix.at[next[c.number]], ix.weight[next[c.number]] = int32(i), c.weight
			next[c.number]++
		}
	}
	return ix, vectors
}

// nearest orders the entries that share anything with a vector, the best first, ties by entry.
func (ix *index) nearest(v []component) []candidate {
	scores := make([]float64, len(ix.phrasings))
	for _, c := range v {
		for i := ix.rows[c.number]; i < ix.rows[c.number+1]; i++ {
			scores[ix.at[i]] += float64(c.weight) * float64(ix.weight[i])
		}
	}
	var candidates []candidate
	for i := 0; i < len(ix.phrasings); {
		c, best, from := candidate{entry: ix.phrasings[i].entry, phrasing: i}, [3]float64{}, i
		for ; i < len(ix.phrasings) && ix.phrasings[i].entry == c.entry; i++ {
			s := scores[i]
			if s > best[0] {
				c.phrasing = i
			}
			for k := range best {
				if s > best[k] {
					s, best[k] = best[k], s
				}
			}
		}
		if best[0] > 0 {
			mean := (best[0] + best[1] + best[2]) / float64(min(3, i-from))
			c.similarity = bestShare*best[0] + (1-bestShare)*mean
			candidates = append(candidates, c)
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.similarity, a.similarity) })
	return candidates
}
