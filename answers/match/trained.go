package match

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// trainedBy names the way in which libraries learn. It changes with everything that changes what is learnt from the same contents, or how
// that is written; TestTrainedBy sees to that.
const trainedBy = "parley index 14"

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

// learnt is what a matcher cannot make of the record without training. It holds no map: those are written in any order.
//
// The long lists of numbers are nearly all of it, some thirty megabytes, and stand as they are behind the rest, which gob writes: of a message of
// that size, gob makes three copies before it reads the first number.
type learnt struct {
	Stems    []string  // in order
	Weights  []float64 // of each stem
	Explains [][]int32 // by entry, the numbers of the stems that it accounts for
	Asked    []string  // by entry, the kinds of question that it answers

	hashes []uint64 // of the features of the index, by number
	idf    []float32
	block  []uint8
	rows   []int32
	number []int32
	weight []float32

	Bias        []float32 // of the classifier
	classRows   []int32
	class       []uint16
	classWeight []float32
	From        string

	Ranking []float64
	Sure    float64
	Biases  []float64   // of the heads
	Heads   [][]float64 // their weights
}

// write writes all that was learnt: the length of what gob writes, that, and each long list behind its own length.
func (l *learnt) write() []byte {
	var b bytes.Buffer
	b.Write(make([]byte, lengthSize))
	gob.NewEncoder(&b).Encode(l) // lists of plain values, into memory: neither can fail
	out := b.Bytes()
	binary.LittleEndian.PutUint64(out, uint64(len(out)-lengthSize))
	for _, list := range []any{l.hashes, l.idf, l.block, l.rows, l.number, l.weight, l.classRows, l.class, l.classWeight} {
		out = binary.LittleEndian.AppendUint64(out, uint64(reflect.ValueOf(list).Len()))
		out, _ = binary.Append(out, binary.LittleEndian, list) // only a type of no fixed size fails
	}
	return out
}

const lengthSize = 8

// read is the contrary of write. It fails with errOther for bytes that are too few or too many.
func (l *learnt) read(in []byte) error {
	n, in, err := length(in, 1)
	if err != nil {
		return err
	}
	left := bytes.NewReader(in[:n])
	if err := gob.NewDecoder(left).Decode(l); err != nil {
		return fmt.Errorf("read the trained index: %w", err)
	}
	if left.Len() > 0 {
		return errOther
	}
	in = in[n:]
	for _, take := range []func([]byte) ([]byte, error){
		list(&l.hashes), list(&l.idf), list(&l.block), list(&l.rows), list(&l.number), list(&l.weight), list(&l.classRows), list(&l.class), list(&l.classWeight),
	} {
		if in, err = take(in); err != nil {
			return err
		}
	}
	if len(in) > 0 {
		return errOther
	}
	return nil
}

// list reads a list from the beginning of some bytes, and returns the rest.
func list[T any](into *[]T) func([]byte) ([]byte, error) {
	return func(in []byte) ([]byte, error) {
		n, in, err := length(in, binary.Size(*new(T)))
		if err != nil {
			return nil, err
		}
		*into = make([]T, n)
		taken, err := binary.Decode(in, binary.LittleEndian, *into)
		if err != nil {
			return nil, fmt.Errorf("read the trained index: %w", err)
		}
		return in[taken:], nil
	}
}

// length reads how many items of a size follow, and returns these and all behind them.
func length(in []byte, size int) (n int, rest []byte, err error) {
	if len(in) < lengthSize {
		return 0, nil, errOther
	}
	many, rest := binary.LittleEndian.Uint64(in), in[lengthSize:]
	if many > uint64(len(rest)/size) {
		return 0, nil, errOther
	}
	return int(many), rest, nil
}

// Trained is what the library has learnt, for Restore.
func (mt *Matcher) Trained() []byte {
	ix, c := mt.index, mt.classifier
	l := learnt{
		Stems:  slices.Sorted(maps.Keys(mt.vocabulary.weight)),
		hashes: make([]uint64, len(ix.idf)), idf: ix.idf, block: ix.block, rows: ix.rows, number: ix.number, weight: ix.weight,
		Bias: c.bias, classRows: c.rows, class: c.class, classWeight: c.weight, From: c.from,
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
		l.hashes[n] = h
	}
	return l.write()
}

// Restore builds the matcher of a record from the bytes that one of the same fingerprint has learnt. It fails if the two do not belong
// together.
func Restore(facts *facts.Facts, words *text.Words, trained []byte) (*Matcher, error) {
	var l learnt
	if err := l.read(trained); err != nil {
		return nil, err
	}
	mt := newMatcher(facts, words)
	phrasings := mt.phrasings()
	mt.index = l.index(phrasings, mt.rarity(len(phrasings)))
	mt.classifier = &classifier{classes: len(l.Bias), bias: l.Bias, rows: l.classRows, class: l.class, weight: l.classWeight, from: l.From}
	if !l.sound(len(mt.entries)) || !mt.index.sound() || !mt.classifier.sound(len(mt.entries), len(mt.index.idf)) {
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
	ix := &index{space: &space{rarity: rarity, numbers: make(map[uint64]int32, len(l.hashes))}, phrasings: phrasings, from: firsts(phrasings)}
	for n, h := range l.hashes {
		ix.numbers[h] = int32(n)
	}
	ix.idf, ix.block, ix.rows, ix.number, ix.weight = l.idf, l.block, l.rows, l.number, l.weight
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
