package lookup

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/answers"
	"parley/answers/text"
)

// Complete offers what somebody may be typing, the likeliest first: questions that the record can answer, never answers;
// or names. With nothing typed it offers the broadest. It is total and deterministic.
func (ls *Lister) Complete(q answers.Completion) []answers.Choice {
	c, ok := ls.completers()[q.Kind]
	if !ok {
		return nil
	}
	most := q.Most
	if most <= 0 || most > answers.MostChoices {
		most = answers.MostChoices
	}
	words, unfinished := typedWords(q.Typed)
	if len(words) == 0 {
		if strings.TrimSpace(q.Typed) != "" {
			return nil // "??" begins no question
		}
		return c.first(most)
	}
	return c.complete(words, unfinished, most)
}

// Bounds on what is read of a text being typed: no question of the record is nearly as long.
const (
	typedRunes = 300
	typedMost  = 40 // words
)

// typedWords folds what was typed and tells whether its last word may go on.
func typedWords(typed string) (words []string, unfinished bool) {
	// Bytes first, so that a megabyte is never walked.
	typed = text.Clip(typed[:min(len(typed), utf8.UTFMax*typedRunes)])
	runes := []rune(typed)
	runes = runes[:min(len(runes), typedRunes)]
	if len(runes) > 0 {
		last := runes[len(runes)-1]
		unfinished = unicode.IsLetter(last) || unicode.IsDigit(last) || unicode.Is(unicode.Mn, last)
	}
	words = strings.Fields(text.Fold(string(runes)))
	return words[:min(len(words), typedMost)], unfinished && len(words) <= typedMost
}

// first are the choices offered with nothing typed.
func (c *completer) first(most int) []answers.Choice {
	var out []answers.Choice
	for _, choice := range c.choices {
		if !choice.service && len(out) < most {
			out = append(out, choice.Choice)
		}
	}
	return out
}

// What speaks for a text, adding up to 1 with the centrality of its choice. That the typed words are there matters most; then
// that they stand in order, and side by side.
const (
	thereWeight   = 0.56
	orderWeight   = 0.10
	besideWeight  = 0.14
	startWeight   = 0.06 // the text begins with the first typed word
	ownWeight     = 0.06 // it is the question or the name itself, not another way of saying it
	brevityWeight = 0.03
	centralWeight = 0.05
	// thereFrom is the share of what was typed, by weight, that a text must have to be offered at all.
	thereFrom = 0.6
	// serviceFrom is the same for entries about Parley itself, which are offered only to those who type just that.
	serviceFrom = 0.85
	// serviceRunes is how much of a single word shows that it is typed for one of these: "lat" is no "later, bye".
	serviceRunes = 5
)

// tally is what one text has of what was typed.
type tally struct {
	there           float32 // weight of the typed words that it has
	ordered, beside int16   // of two typed words one after the other: how often in order, how often side by side
	begins          bool
	word            int16 // the typed word looked at, from 1; 0 for none yet
	last, at        int16 // where the word before it and this one stand
	quality         float32
}

// settle counts the word looked at.
func (t *tally) settle(weights []float32) {
	if t.word == 0 {
		return
	}
	t.there += weights[t.word-1] * t.quality
	if t.at > t.last && t.last >= 0 {
		t.ordered++
		if t.at == t.last+1 {
			t.beside++
		}
	}
	t.begins = t.begins || t.word == 1 && t.at == 0
	t.last = t.at
}

// offer notes that a text has typed word i at a position; the better of several positions counts.
func (t *tally) offer(i, at int16, quality float32, weights []float32) {
	if t.word != i+1 {
		if t.word == 0 {
			t.at = -1
		}
		t.settle(weights)
		t.word, t.at, t.quality = i+1, at, quality
		return
	}
	better := at == t.last+1 && t.at != t.last+1 || t.at <= t.last && at > t.last
	if quality > t.quality || quality == t.quality && better {
		t.at, t.quality = at, quality
	}
}

// complete ranks the choices by the best of their texts.
func (c *completer) complete(words []string, unfinished bool, most int) []answers.Choice {
	tallies := make([]tally, len(c.texts))
	for i := range tallies {
		tallies[i].last = -1
	}
	weights := make([]float32, len(words))
	search := search{completer: c, mends: mostMends}
	var all float32
	for i, w := range words {
		weights[i] = weightOf(w)
		all += weights[i]
		for _, hit := range search.hits(words, i, unfinished && i == len(words)-1) {
			for _, p := range c.places[hit.word] {
				tallies[p.text].offer(int16(i), p.at, hit.quality, weights)
			}
		}
	}
	vague := unfinished && len(words) == 1 && utf8.RuneCountInString(words[0]) < serviceRunes
	best := make([]float64, len(c.choices))
	pairs := float64(max(1, len(words)-1))
	for i := range tallies {
		t, text := &tallies[i], c.texts[i]
		t.settle(weights)
		share := float64(t.there / all)
		if share < thereFrom || c.choices[text.choice].service && (share < serviceFrom || !t.begins || vague && !text.own) {
			continue
		}
		order, beside := float64(t.ordered)/pairs, float64(t.beside)/pairs
		if len(words) == 1 {
			order, beside = 1, 1
		}
		score := thereWeight*share + (orderWeight*order+besideWeight*beside)*share + brevityWeight*min(1, float64(len(words))/float64(text.words))
		if t.begins {
			score += startWeight
		}
		if text.own {
			score += ownWeight
		}
		best[text.choice] = max(best[text.choice], score)
	}
	var found []int
	for i := range best {
		if best[i] > 0 {
			best[i] += centralWeight * (1 - float64(i)/float64(len(c.choices)))
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(best[b], best[a]) })
	var out []answers.Choice
	for _, i := range found[:min(most, len(found))] {
		out = append(out, c.choices[i].Choice)
	}
	return out
}

// weightOf is how much a typed word matters: words of grammar little, beginnings of words less than whole ones.
func weightOf(word string) float32 {
	const whole = 4 // runes from which a word counts in full
	if text.StopWords[word] {
		return 0.3
	}
	return 0.4 + 0.6*float32(min(whole, utf8.RuneCountInString(word)))/whole
}
