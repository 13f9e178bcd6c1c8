package answers

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// index ranks entries by how much their phrasings resemble an utterance. Each phrasing is a vector of two blocks of equal
// length: stems with pairs of stems, and the runs of 2 to 5 characters within words, which forgive typos; each weighted by
// TF-IDF with sublinear term frequency.
type index struct {
	phrasings []phrasing
	numbers   [blocks]map[string]int32 // of features, counted through both blocks
	idf       []float64                // by number
	postings  [][]posting              // by number
}

// The two blocks of a vector.
const (
	stemBlock = iota
	runBlock
	blocks
)

// phrasing is one way of asking for an entry; premise is the false premise it rests on, counted from 0, or -1.
type phrasing struct {
	entry   int
	premise int
	text    string
}

type posting struct {
	phrasing int32
	weight   float32
}

// candidate is an entry with how well its phrasings fit, from 0 to 1.
type candidate struct {
	entry      int
	phrasing   int // the best of its phrasings
	similarity float64
}

const (
	minRun, maxRun = 2, 5
	// bestShare is the weight of an entry's best phrasing against the mean of its best three.
	bestShare = 0.5
)

// newIndex needs the phrasings of one entry to stand together.
func newIndex(phrasings []phrasing, tokenize func(string) []token) *index {
	ix := &index{phrasings: phrasings, numbers: [blocks]map[string]int32{{}, {}}}
	counted := make([][]feature, len(phrasings))
	for i, p := range phrasings {
		counted[i] = ix.features(tokenize(p.text), true)
		for _, f := range counted[i] {
			ix.idf[f.number]++
		}
	}
	for f, n := range ix.idf {
		ix.idf[f] = math.Log((1+float64(len(phrasings)))/(1+n)) + 1
	}
	ix.postings = make([][]posting, len(ix.idf))
	for i := range phrasings {
		ix.weigh(counted[i])
		for _, f := range counted[i] {
			ix.postings[f.number] = append(ix.postings[f.number], posting{int32(i), float32(f.weight)})
		}
	}
	return ix
}

// feature is something that a text has, with how often, then with its weight in the text's vector.
type feature struct {
	number int32 // unseen for what no phrasing has
	block  int8
	weight float64
}

const unseen int32 = -1

// features counts what the tokens have, ordered by number so that sums do not depend on chance. When learning, new
// features get a number; otherwise each unseen one stands by itself.
func (ix *index) features(tokens []token, learn bool) []feature {
	var all []feature
	add := func(block int8, name string) {
		number, ok := ix.numbers[block][name]
		switch {
		case !ok && learn:
			number = int32(len(ix.idf))
			ix.numbers[block][strings.Clone(name)] = number
			ix.idf = append(ix.idf, 0)
		case !ok:
			number = unseen
		}
		all = append(all, feature{number, block, 1})
	}
	for i, t := range tokens {
		add(stemBlock, t.stem)
		if i > 0 {
			add(stemBlock, tokens[i-1].stem+" "+t.stem)
		}
		for word := range strings.FieldsSeq(spelled(t)) {
			characterRuns("^"+word+"$", func(run string) { add(runBlock, run) })
		}
	}
	slices.SortFunc(all, func(a, b feature) int { return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.block, b.block)) })
	kept := all[:0]
	for _, f := range all {
		if n := len(kept); n > 0 && f.number != unseen && kept[n-1].number == f.number {
			kept[n-1].weight++
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

// characterRuns calls yield for each run of minRun to maxRun characters of s.
func characterRuns(s string, yield func(string)) {
	starts := make([]int, 0, 32) // byte offsets of the characters
	for i := range s {
		starts = append(starts, i)
	}
	starts = append(starts, len(s))
	for n := minRun; n <= maxRun; n++ {
		for i := 0; i+n < len(starts); i++ {
			yield(s[starts[i]:starts[i+n]])
		}
	}
}

// spelled is the text whose characters are compared: for a name always the same one, whatever its spelling.
func spelled(t token) string {
	if t.entity == "" {
		return t.text
	}
	_, id, _ := strings.Cut(string(t.entity), "/")
	return strings.ReplaceAll(id, "-", " ")
}

// weigh turns counts into weights: each block, then the whole, gets length 1. What no phrasing has counts towards the
// length as the rarest do, so that an utterance of foreign words resembles nothing.
func (ix *index) weigh(all []feature) {
	rarest := math.Log(1+float64(len(ix.phrasings))) + 1
	var squares [blocks]float64
	for i, f := range all {
		idf := rarest
		if f.number != unseen {
			idf = ix.idf[f.number]
		}
		w := (1 + math.Log(f.weight)) * idf
		all[i].weight = w
		squares[f.block] += w * w
	}
	for i, f := range all {
		all[i].weight /= math.Sqrt(blocks * squares[f.block])
	}
}

// rank orders the entries that share anything with the tokens, the best first, ties by entry.
func (ix *index) rank(tokens []token) []candidate {
	scores := make([]float64, len(ix.phrasings))
	all := ix.features(tokens, false)
	ix.weigh(all)
	for _, f := range all {
		if f.number == unseen {
			continue
		}
		for _, p := range ix.postings[f.number] {
			scores[p.phrasing] += f.weight * float64(p.weight)
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
