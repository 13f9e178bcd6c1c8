package answers

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// index ranks entries by how much their phrasings resemble an utterance. Each phrasing is a vector of two blocks of equal
// length: stems with pairs of stems, and the runs of 2 to 5 characters within words, which forgive typos; each weighted by
// TF-IDF with sublinear term frequency.
type index struct {
	phrasings []phrasing
	postings  map[string][]posting
	idf       map[string]float64
}

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
	bestShare = 0.7
)

func newIndex(phrasings []phrasing, tokenize func(string) []token) *index {
	ix := &index{phrasings: phrasings, postings: map[string][]posting{}, idf: map[string]float64{}}
	blocks := make([][2]map[string]float64, len(phrasings))
	for i, p := range phrasings {
		blocks[i] = features(tokenize(p.text))
		for _, block := range blocks[i] {
			for f := range block {
				ix.idf[f]++
			}
		}
	}
	for f, n := range ix.idf {
		ix.idf[f] = math.Log((1+float64(len(phrasings)))/(1+n)) + 1
	}
	for i := range phrasings {
		vector := ix.vector(blocks[i])
		for _, f := range slices.Sorted(maps.Keys(vector)) {
			ix.postings[f] = append(ix.postings[f], posting{int32(i), float32(vector[f])})
		}
	}
	return ix
}

// features counts the words and the character runs of tokens; the names of the two blocks cannot collide.
func features(tokens []token) [2]map[string]float64 {
	stems, runs := map[string]float64{}, map[string]float64{}
	for i, t := range tokens {
		stems["w "+t.stem]++
		if i > 0 {
			stems["w "+tokens[i-1].stem+" "+t.stem]++
		}
		for word := range strings.FieldsSeq(spelled(t)) {
			padded := []rune("^" + word + "$")
			for n := minRun; n <= maxRun; n++ {
				for from := 0; from+n <= len(padded); from++ {
					runs["c "+string(padded[from:from+n])]++
				}
			}
		}
	}
	return [2]map[string]float64{stems, runs}
}

// spelled is the text whose characters are compared: for a name always the same one, whatever its spelling.
func spelled(t token) string {
	if t.entity == "" {
		return t.text
	}
	_, id, _ := strings.Cut(string(t.entity), "/")
	return strings.ReplaceAll(id, "-", " ")
}

// vector weighs the features and scales each block, then the whole, to length 1. Features that no phrasing has count
// towards the length as rare ones do, so that an utterance of foreign words resembles nothing.
func (ix *index) vector(blocks [2]map[string]float64) map[string]float64 {
	rarest := math.Log(1+float64(len(ix.phrasings))) + 1
	out := map[string]float64{}
	for _, block := range blocks {
		sum := 0.0
		keys := slices.Sorted(maps.Keys(block)) // sums of floats depend on their order
		for _, f := range keys {
			idf, ok := ix.idf[f]
			if !ok {
				idf = rarest
			}
			w := (1 + math.Log(block[f])) * idf
			out[f] = w
			sum += w * w
		}
		for _, f := range keys {
			out[f] /= math.Sqrt(2 * sum)
		}
	}
	return out
}

// rank orders the entries that share anything with the tokens, the best first, ties by entry.
func (ix *index) rank(tokens []token) []candidate {
	scores := make([]float64, len(ix.phrasings))
	vector := ix.vector(features(tokens))
	for _, f := range slices.Sorted(maps.Keys(vector)) {
		for _, p := range ix.postings[f] {
			scores[p.phrasing] += vector[f] * float64(p.weight)
		}
	}
	var candidates []candidate
	for i := 0; i < len(ix.phrasings); {
		c, best := candidate{entry: ix.phrasings[i].entry, phrasing: i}, [3]float64{}
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
			c.similarity = bestShare*best[0] + (1-bestShare)*(best[0]+best[1]+best[2])/3
			candidates = append(candidates, c)
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.similarity, a.similarity) })
	return candidates
}
