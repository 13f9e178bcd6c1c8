package match

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// trainedBy names the way in which libraries learn. It changes with everything that changes what is learnt from the same contents, or how
// that is written; TestTrainedBy sees to that.
const trainedBy = "parley index 13"

// Fingerprint identifies what a library learns from: its contents, and the way in which it learns. Libraries of one fingerprint
// are the same.
func Fingerprint(c answers.Contents) string {
	c = c.Clone()
	c.Sort()
	h := sha256.New()
	h.Write([]byte(trainedBy))
	encoder := json.NewEncoder(h)
	for _, list := range []any{c.Sources, c.Actors, c.Places, c.Topics, c.Claims, c.Relations, c.Disputes, c.Events, c.Entries, c.Gold} {
		encoder.Encode(list) // values of plain fields, into a hash: neither can fail
	}
	return hex.EncodeToString(h.Sum(nil))
}

// learnt is what a matcher cannot make of the record without training, as gob writes it. It holds no map: those are written in any order.
type learnt struct {
	Stems    []string  // in order
	Weights  []float64 // of each stem
	Explains [][]int32 // by entry, the numbers of the stems that it accounts for
	Asked    []string  // by entry, the kinds of question that it answers

	Hashes []uint64 // of the features of the index, by number
	IDF    []float32
	Block  []uint8
	Rows   []int32
	Number []int32
	Weight []float32

	Bias        []float32 // of the classifier
	ClassRows   []int32
	Class       []uint16
	ClassWeight []float32
	From        string

	Ranking []float64
	Sure    float64
	Biases  []float64   // of the heads
	Heads   [][]float64 // their weights
}

// Trained is what the library has learnt, for Restore.
func (mt *Matcher) Trained() []byte {
	ix, c := mt.index, mt.classifier
	l := learnt{
		Stems:  slices.Sorted(maps.Keys(mt.vocabulary.weight)),
		Hashes: make([]uint64, len(ix.idf)), IDF: ix.idf, Block: ix.block, Rows: ix.rows, Number: ix.number, Weight: ix.weight,
		Bias: c.bias, ClassRows: c.rows, Class: c.class, ClassWeight: c.weight, From: c.from,
		Ranking: mt.ranking[:], Sure: mt.head.sure,
		Biases: []float64{mt.head.bias, mt.leaning.bias}, Heads: [][]float64{mt.head.weight[:], mt.leaning.weight[:]},
	}
	number := make(map[string]int32, len(l.Stems))
	for i, s := range l.Stems {
		number[s] = int32(i)
		l.Weights = append(l.Weights, mt.vocabulary.weight[s])
	}
	for _, explained := range mt.vocabulary.explains {
		var numbers []int32
		for s := range explained {
			numbers = append(numbers, number[s])
		}
		slices.Sort(numbers)
		l.Explains = append(l.Explains, numbers)
	}
	for _, made := range mt.profiles {
		l.Asked = append(l.Asked, made.asked.String())
	}
	for h, n := range ix.numbers {
		l.Hashes[n] = h
	}
	var b bytes.Buffer
	gob.NewEncoder(&b).Encode(l) // lists of plain values, into memory: neither can fail
	return b.Bytes()
}

// Restore builds the matcher of a record from the bytes that one of the same fingerprint has learnt. It fails if the two do not belong
// together.
func Restore(facts *facts.Facts, words *text.Words, trained []byte) (*Matcher, error) {
	var l learnt
	left := bytes.NewReader(trained)
	if err := gob.NewDecoder(left).Decode(&l); err != nil {
		return nil, fmt.Errorf("read the trained index: %w", err)
	}
	mt := newMatcher(facts, words)
	phrasings := mt.phrasings()
	mt.index = l.index(phrasings, mt.rarity(len(phrasings)))
	mt.classifier = &classifier{classes: len(l.Bias), bias: l.Bias, rows: l.ClassRows, class: l.Class, weight: l.ClassWeight, from: l.From}
	if left.Len() > 0 || !l.sound(len(mt.entries)) || !mt.index.sound() || !mt.classifier.sound(len(mt.entries), len(mt.index.idf)) {
		return nil, errOther
	}
	l.vocabulary(&mt.vocabulary)
	mt.profiles = make([]profile, len(l.Asked))
	for i, kinds := range l.Asked {
		mt.profiles[i].asked = readKinds(kinds)
	}
	mt.ranking = ranking(l.Ranking)
	mt.head = head{sure: l.Sure, bias: l.Biases[0], weight: evidence(l.Heads[0])}
	mt.leaning = head{bias: l.Biases[1], weight: evidence(l.Heads[1])}
	mt.finish()
	return mt, nil
}

var errOther = errors.New("the trained index belongs to another record")

// sound reports whether what is not of the index or the classifier fits a record of so many entries.
func (l *learnt) sound(entries int) bool {
	return len(l.Weights) == len(l.Stems) && len(l.Explains) == entries && len(l.Asked) == entries && len(l.Ranking) == evidences && l.soundHeads() &&
		!slices.ContainsFunc(slices.Concat(l.Explains...), func(n int32) bool { return n < 0 || int(n) >= len(l.Stems) })
}

func (l *learnt) soundHeads() bool {
	return len(l.Biases) == 2 && len(l.Heads) == 2 && !slices.ContainsFunc(l.Heads, func(w []float64) bool { return len(w) != evidences })
}

func (l *learnt) vocabulary(v *vocabulary) {
	v.weight = make(map[string]float64, len(l.Stems))
	for i, s := range l.Stems {
		v.weight[s] = l.Weights[i]
	}
	for _, numbers := range l.Explains {
		explained := make(map[string]bool, len(numbers))
		for _, n := range numbers {
			explained[l.Stems[n]] = true
		}
		v.explains = append(v.explains, explained)
	}
	v.rarest = rarestOf(len(l.Explains))
}

func (l *learnt) index(phrasings []phrasing, rarity rarity) *index {
	ix := &index{space: &space{rarity: rarity, numbers: make(map[uint64]int32, len(l.Hashes))}, phrasings: phrasings, from: firsts(phrasings)}
	for n, h := range l.Hashes {
		ix.numbers[h] = int32(n)
	}
	ix.idf, ix.block, ix.rows, ix.number, ix.weight = l.IDF, l.Block, l.Rows, l.Number, l.Weight
	return ix
}

// sound reports whether no number leads out of its list.
func (ix *index) sound() bool {
	return len(ix.numbers) == len(ix.idf) && len(ix.block) == len(ix.idf) && len(ix.number) == len(ix.weight) && ascending(ix.rows, len(ix.phrasings), len(ix.number)) &&
		!slices.ContainsFunc(ix.number, func(n int32) bool { return n < 0 || int(n) >= len(ix.idf) })
}

func (c *classifier) sound(classes, features int) bool {
	return c.classes == classes && len(c.class) == len(c.weight) && ascending(c.rows, features, len(c.weight)) &&
		!slices.ContainsFunc(c.class, func(k uint16) bool { return int(k) >= classes })
}

// ascending reports whether rows divide a list of n items into as many rows as wanted.
func ascending(rows []int32, wanted, n int) bool {
	return len(rows) == wanted+1 && rows[0] == 0 && int(rows[wanted]) == n && slices.IsSorted(rows)
}
