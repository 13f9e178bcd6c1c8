package match

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// trainedBy names the way in which libraries learn. It changes with everything that changes what is learnt from the same contents;
// TestTrainedBy sees to that.
const trainedBy = "parley index 9"

// Fingerprint identifies what a library learns from: its contents, and the way in which it learns. Libraries of one fingerprint
// are the same.
func Fingerprint(c answers.Contents) string {
	c = c.Clone()
	c.Sort()
	h := sha256.New()
	h.Write([]byte(trainedBy))
	encoder := json.NewEncoder(h)
	for _, list := range []any{c.Sources, c.Actors, c.Places, c.Topics, c.Claims, c.Relations, c.Disputes, c.Entries, c.Gold} {
		encoder.Encode(list) // values of plain fields, into a hash: neither can fail
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Trained is what the library has learnt, for Restore.
func (mt *Matcher) Trained() []byte {
	var p packer
	mt.vocabulary.pack(&p)
	for _, made := range mt.profiles {
		p.text(made.asked.String())
	}
	mt.index.pack(&p)
	mt.classifier.pack(&p)
	pack(&p, mt.ranking[:])
	pack(&p, append([]float64{mt.head.sure, mt.head.bias}, mt.head.weight[:]...))
	return p.bytes
}

// Restore builds the matcher of a record from the bytes that one of the same fingerprint has learnt. It fails if the two do not belong
// together.
func Restore(facts *facts.Facts, words *text.Words, trained []byte) (*Matcher, error) {
	mt := newMatcher(facts, words)
	phrasings := mt.phrasings()
	u := &unpacker{bytes: trained}
	mt.vocabulary.unpack(u, len(mt.entries))
	mt.profiles = make([]profile, len(mt.entries))
	for i := range mt.profiles {
		mt.profiles[i].asked = readKinds(u.text())
	}
	mt.index = unpackIndex(u, phrasings, mt.rarity(len(phrasings)))
	mt.classifier = unpackClassifier(u)
	if order, weights := unpack[float64](u), unpack[float64](u); len(order) == evidences && len(weights) == evidences+2 {
		mt.ranking = ranking(order)
		mt.head = head{sure: weights[0], bias: weights[1], weight: evidence(weights[2:])}
	} else {
		u.err = errors.Join(u.err, errOther)
	}
	if u.err == nil && (len(u.bytes) > 0 || !mt.index.sound() || !mt.classifier.sound(len(mt.entries), len(mt.index.idf))) {
		u.err = errOther
	}
	if u.err != nil {
		return nil, u.err
	}
	mt.finish()
	return mt, nil
}

var errOther = errors.New("the trained index belongs to another record")

func (v *vocabulary) pack(p *packer) {
	stems := slices.Sorted(maps.Keys(v.weight))
	number := make(map[string]int32, len(stems))
	pack(p, []uint64{uint64(len(stems))})
	weights := make([]float64, len(stems))
	for i, s := range stems {
		p.text(s)
		number[s] = int32(i)
		weights[i] = v.weight[s]
	}
	pack(p, weights)
	for _, explained := range v.explains {
		var numbers []int32
		for s := range explained {
			numbers = append(numbers, number[s])
		}
		slices.Sort(numbers)
		pack(p, numbers)
	}
}

func (v *vocabulary) unpack(u *unpacker, entries int) {
	var stems []string
	if n := unpack[uint64](u); len(n) == 1 {
		for range n[0] {
			if stems = append(stems, u.text()); u.err != nil {
				return
			}
		}
	}
	weights := unpack[float64](u)
	if len(weights) != len(stems) {
		u.err = errors.Join(u.err, errOther)
		return
	}
	v.weight = make(map[string]float64, len(stems))
	for i, s := range stems {
		v.weight[s] = weights[i]
	}
	for range entries {
		numbers := unpack[int32](u)
		explained := make(map[string]bool, len(numbers))
		for _, n := range numbers {
			if n < 0 || int(n) >= len(stems) {
				u.err = errors.Join(u.err, errOther)
				return
			}
			explained[stems[n]] = true
		}
		v.explains = append(v.explains, explained)
	}
	v.rarest = rarestOf(entries)
}

func (ix *index) pack(p *packer) {
	hashes := make([]uint64, len(ix.idf))
	for h, n := range ix.numbers {
		hashes[n] = h
	}
	pack(p, hashes)
	pack(p, ix.idf)
	pack(p, ix.block)
	pack(p, ix.rows)
	pack(p, ix.number)
	pack(p, ix.weight)
}

func unpackIndex(u *unpacker, phrasings []phrasing, rarity rarity) *index {
	hashes := unpack[uint64](u)
	ix := &index{space: &space{rarity: rarity, numbers: make(map[uint64]int32, len(hashes))}, phrasings: phrasings, from: firsts(phrasings)}
	for n, h := range hashes {
		ix.numbers[h] = int32(n)
	}
	ix.idf = unpack[float32](u)
	ix.block = unpack[uint8](u)
	ix.rows = unpack[int32](u)
	ix.number = unpack[int32](u)
	ix.weight = unpack[float32](u)
	return ix
}

// sound reports whether no number leads out of its list.
func (ix *index) sound() bool {
	return len(ix.numbers) == len(ix.idf) && len(ix.block) == len(ix.idf) && len(ix.number) == len(ix.weight) && ascending(ix.rows, len(ix.phrasings), len(ix.number)) &&
		!slices.ContainsFunc(ix.number, func(n int32) bool { return n < 0 || int(n) >= len(ix.idf) })
}

func (c *classifier) pack(p *packer) {
	pack(p, c.bias)
	pack(p, c.rows)
	pack(p, c.class)
	pack(p, c.weight)
	p.text(c.from)
}

func unpackClassifier(u *unpacker) *classifier {
	c := &classifier{bias: unpack[float32](u), rows: unpack[int32](u), class: unpack[uint16](u), weight: unpack[float32](u), from: u.text()}
	c.classes = len(c.bias)
	return c
}

func (c *classifier) sound(classes, features int) bool {
	return c.classes == classes && len(c.class) == len(c.weight) && ascending(c.rows, features, len(c.weight)) &&
		!slices.ContainsFunc(c.class, func(k uint16) bool { return int(k) >= classes })
}

// ascending reports whether rows divide a list of n items into as many rows as wanted.
func ascending(rows []int32, wanted, n int) bool {
	return len(rows) == wanted+1 && rows[0] == 0 && int(rows[wanted]) == n && slices.IsSorted(rows)
}
