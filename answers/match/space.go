package match

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/answers/text"
)

// space turns tokens into vectors that can be compared. A vector has two blocks of equal length: stems with pairs of stems,
// and the runs of 2 to 5 characters within words, which forgive typos; each weighted by TF-IDF with sublinear term frequency
// and rarity. Features are known by a 64-bit hash of their text: among the hundred thousand of a large record, the odds that any two
// collide are one in some billions.
type space struct {
	rarity  rarity
	numbers map[uint64]int32 // of features, counted through both blocks
	idf     []float32        // rarity, by number
	block   []uint8          // by number
}

// rarity is smoothed inverse document frequency: a document is a text, or all texts of a class, and the frequency may be tempered.
type rarity struct {
	documents int
	power     float64 // that the logarithm is raised to
}

// of is how much a feature weighs that n documents have.
func (r rarity) of(n float32) float32 {
	return float32(math.Pow(math.Log((1+float64(r.documents))/(1+float64(n)))+1, r.power))
}

// component is one feature of a vector, with how often it occurs, then with its weight.
type component struct {
	number int32 // unseen for what no text of the record has
	block  uint8
	weight float32
}

const unseen int32 = -1

// The two blocks of a vector.
const (
	stemBlock = iota
	runBlock
	blocks
)

const minRun, maxRun = 2, 5

// newSpace learns the features of texts, given the document that each belongs to, counted from 0, and returns their vectors beside.
// The texts of a document stand together.
func newSpace(texts [][]text.Token, document []int, rarity rarity) (*space, [][]component) {
	s := &space{rarity: rarity, numbers: map[uint64]int32{}}
	vectors := make([][]component, len(texts))
	var next []int // by feature, the first document that it may be new to
	for i, tokens := range texts {
		vectors[i] = s.count(tokens, true)
		next = append(next, make([]int, len(s.idf)-len(next))...)
		for _, c := range vectors[i] {
			if next[c.number] <= document[i] {
				next[c.number] = document[i] + 1
				s.idf[c.number]++
			}
		}
	}
	for f, n := range s.idf {
		s.idf[f] = rarity.of(n)
	}
	for _, v := range vectors {
		s.weigh(v)
	}
	return s, vectors
}

// vector is the vector of tokens, of length 1. What no text of the record has counts towards the length as the rarest does, so
// that an utterance of foreign words resembles nothing; it is then left out.
func (s *space) vector(tokens []text.Token) []component {
	v := s.count(tokens, false)
	s.weigh(v)
	return slices.DeleteFunc(v, func(c component) bool { return c.number == unseen })
}

// count counts the features of tokens, ordered by number so that sums do not depend on chance. When learning, new features
// get a number; otherwise each unseen one stands by itself.
func (s *space) count(tokens []text.Token, learn bool) []component {
	var all []component
	add := func(block uint8, hash uint64) {
		number, ok := s.numbers[hash]
		switch {
		case !ok && learn:
			number = int32(len(s.idf))
			s.numbers[hash] = number
			s.idf, s.block = append(s.idf, 0), append(s.block, block)
		case !ok:
			number = unseen
		}
		all = append(all, component{number, block, 1})
	}
	for i, t := range tokens {
		add(stemBlock, hashed(stemSeed, t.Stem))
		if i > 0 {
			add(stemBlock, hashed(hashed(hashed(stemSeed, tokens[i-1].Stem), " "), t.Stem))
		}
		for word := range strings.FieldsSeq(spelled(t)) {
			hashedRuns(word, func(run uint64) { add(runBlock, run) })
		}
	}
	slices.SortFunc(all, func(a, b component) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.block, b.block))
	})
	kept := all[:0]
	for _, c := range all {
		if n := len(kept); n > 0 && c.number != unseen && kept[n-1].number == c.number {
			kept[n-1].weight++
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// knownRuns is the share of a vector that its runs of characters make up, out of what they would if all of them were known.
func knownRuns(v []component) float64 {
	sum := 0.0
	for _, c := range v {
		if c.block == runBlock {
			sum += float64(c.weight) * float64(c.weight)
		}
	}
	return blocks * sum
}

// weigh turns counts into weights: each block, then the whole, gets length 1.
func (s *space) weigh(v []component) {
	rarest := s.rarity.of(0)
	var squares [blocks]float64
	for i, c := range v {
		idf := rarest
		if c.number != unseen {
			idf = s.idf[c.number]
		}
		w := float32(1+math.Log(float64(c.weight))) * idf
		v[i].weight = w
		squares[c.block] += float64(w) * float64(w)
	}
	for i, c := range v {
		v[i].weight /= float32(math.Sqrt(blocks * squares[c.block]))
	}
}

// The start and step of the hash are those of FNV-1a; a start of its own keeps the blocks apart.
const (
	stemSeed uint64 = 14695981039346656037
	runSeed  uint64 = stemSeed >> 1
	fnvPrime uint64 = 1099511628211
)

func hashed(h uint64, text string) uint64 {
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * fnvPrime
	}
	return h
}

// hashedRuns calls yield for each run of minRun to maxRun characters of a word, with a mark at each of its ends.
func hashedRuns(word string, yield func(uint64)) {
	marked := make([]byte, 0, 64) // on the stack for all but monstrous words
	marked = append(append(append(marked, '^'), word...), '$')
	for from := 0; from < len(marked); {
		h, n := runSeed, 0
		for at := from; at < len(marked) && n < maxRun; n++ {
			if n >= minRun {
				yield(h)
			}
			_, size := utf8.DecodeRune(marked[at:])
			for _, b := range marked[at : at+size] {
				h = (h ^ uint64(b)) * fnvPrime
			}
			at += size
		}
		if n >= minRun {
			yield(h)
		}
		_, size := utf8.DecodeRune(marked[from:])
		from += size
	}
}

// spelled is the text whose characters are compared: for a name always the same one, whatever its spelling.
func spelled(t text.Token) string {
	if t.Entity == "" {
		return t.Text
	}
	_, id, _ := strings.Cut(string(t.Entity), "/")
	return strings.ReplaceAll(id, "-", " ")
}
