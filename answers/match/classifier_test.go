package match

import (
	"math"
	"slices"
	"testing"

	"parley/answers/text"
)

// Each class of three that use words of their own is told from the others, and a text with words of two classes lies between.
func TestClassifier(t *testing.T) {
	texts := []string{"troops for ukraine", "soldiers and troops", "send the troops", "nato membership", "join nato now", "member of nato",
		"land in donbas", "donbas land swap", "give up land"}
	class := []int{0, 0, 0, 1, 1, 1, 2, 2, 2}
	var tokens [][]text.Token
	for _, raw := range texts {
		tokens = append(tokens, text.Gazetteer{}.TokensOf(raw))
	}
	s, vectors := newSpace(tokens, class, rarity{3, 0.5})
	c := newClassifier(vectors, class, 3, len(s.idf), nil, nil)
	for i, v := range vectors {
		d := c.decide(nil, v)
		for k := range d {
			if (d[k] > 0) != (k == class[i]) {
				t.Errorf("%q: class %d has %.2f", texts[i], k, d[k])
			}
		}
	}
	if d := c.decide(nil, s.vector(text.Gazetteer{}.TokensOf("will troops join nato"))); d[2] > d[0] || d[2] > d[1] {
		t.Errorf("land is nearer to troops and nato than either: %.2f", d)
	}
	if d := c.decide(nil, s.vector(text.Gazetteer{}.TokensOf("zzz"))); slices.Max(d) > 0 {
		t.Errorf("nothing known is taken for a class: %.2f", d)
	}
}

// A question has all of the only phrasing of an entry, whatever else it says, part of several, and nothing of what is said in other
// words.
func TestTypical(t *testing.T) {
	phrasings := []phrasing{{0, -1, "troops for ukraine", false}, {0, -1, "soldiers and troops", false}, {1, -1, "nato membership", false}}
	tokenize := func(raw string) []text.Token { return text.Gazetteer{}.TokensOf(raw) }
	ix, vectors := newIndex(phrasings, []int{0, 0, 1}, rarity{2, 0.5}, tokenize)
	typical := ix.typical()
	for i, p := range phrasings {
		d := typical.present(nil, vectors[i])
		if d[p.entry] <= d[1-p.entry] || d[p.entry] > 1+1e-6 {
			t.Errorf("%q: %.3f", p.text, d)
		}
	}
	of := func(raw string, entry int) float64 { return typical.present(nil, ix.vector(tokenize(raw)))[entry] }
	if d := of("xyz about the membership of nato", 1); math.Abs(d-1) > 1e-6 {
		t.Errorf("of the only phrasing of an entry, a question with all of its words has %.6f", d)
	}
	if d := of("troops", 0); d <= 0.2 || d >= 0.6 {
		t.Errorf("of two phrasings, a question with one word of each has %.3f", d)
	}
	if d := of("xyz", 0); d != 0 {
		t.Errorf("of phrasings, a foreign word has %.3f", d)
	}
	if k := knownRuns(vectors[0]); math.Abs(k-1) > 1e-6 {
		t.Errorf("of a phrasing, %.6f is known", k)
	}
	if k := knownRuns(ix.vector(tokenize("troops xyz"))); k <= 0 || k >= 0.9 {
		t.Errorf("of a text with a foreign word, %.3f is known", k)
	}
}

// A word that one class says in each of its texts is rarer than one that two classes say once, where documents are classes.
func TestRarity(t *testing.T) {
	var texts [][]text.Token
	for _, raw := range []string{"troops now", "troops here", "troops there", "land now", "peace"} {
		texts = append(texts, text.Gazetteer{}.TokensOf(raw))
	}
	weights := func(document []int, r rarity) (troops, now float32) {
		s, _ := newSpace(texts, document, r)
		for _, c := range s.vector(texts[0]) {
			switch c.number {
			case s.numbers[hashed(stemSeed, texts[0][0].Stem)]:
				troops = c.weight
			case s.numbers[hashed(stemSeed, texts[0][1].Stem)]:
				now = c.weight
			}
		}
		return troops, now
	}
	if troops, now := weights([]int{0, 1, 2, 3, 4}, rarity{5, 1}); troops >= now {
		t.Errorf("of five texts three have %.2f, two have %.2f", troops, now)
	}
	if troops, now := weights([]int{0, 0, 0, 1, 2}, rarity{3, 0.5}); troops <= now {
		t.Errorf("of three classes one has %.2f, two have %.2f", troops, now)
	}
}

func TestHead(t *testing.T) {
	var examples []example
	for i := range 200 {
		x := float64(i%20) - 9.5 // right where the margin is positive, with some noise
		examples = append(examples, example{evidence: evidence{margin: x}, right: (x > 0) != (i%17 == 0), weight: 1})
	}
	h := newHead(examples)
	if p := h.probability(evidence{margin: 9}); p < 0.85 {
		t.Errorf("a wide margin has probability %.2f", p)
	}
	if p := h.probability(evidence{margin: -9}); p > 0.15 {
		t.Errorf("a negative margin has probability %.2f", p)
	}
	mean := 0.0 // maximum likelihood: what is expected is what was seen
	for _, x := range examples {
		mean += h.probability(x.evidence) / float64(len(examples))
	}
	if math.Abs(mean-0.5) > 0.02 {
		t.Errorf("of equally many right and wrong it expects %.3f right", mean)
	}
}
