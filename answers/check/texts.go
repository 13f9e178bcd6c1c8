package check

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/grammar"
)

// stance is what a text of a frame is to its claim.
type stance int

const (
	wording  stance = iota
	beyond          // says more than the claim
	denied          // cannot be so where the claim holds
	disputed        // is what other claims dispute
)

// recorded is one sentence that a claim bears out, goes less far than, excludes or disputes.
type recorded struct {
	grammar.Sentence
	claim       answers.Claim
	stance      stance
	speakers    []string        // who may be named for it
	around      map[string]bool // keys of all that the claim's own text holds, with its naming of who says it
	conditional map[string]bool // keys of the claim's condition
	hedging     map[string]bool // … and of its hedge
	complete    map[string]bool // names of a list that leaves nobody out
	kin         *[]recorded     // the wordings of the claim
}

// index holds the texts of a record by the keys and senses of their words.
type index struct {
	texts []recorded
	at    map[string][]int32
}

// gather reads the texts of all claims that stand.
func (ch *Checker) gather() {
	ch.index.at = map[string][]int32{}
	for _, c := range ch.facts.Contents().Claims {
		if c.Retracted != "" {
			continue
		}
		told := ch.plainly(c)
		var own recorded
		kin := new([]recorded)
		for i, raw := range grammar.Sentences(c.Text) {
			said := []string{raw}
			if ch.facts.Source(c.Source).Kind == answers.KindList {
				said = ch.reader.Expansions(raw)
			}
			for n, raw := range said {
				r := ch.text(told, raw, wording, nil)
				if i == 0 && n == 0 {
					own = r
				}
				ch.enter(r, kin)
			}
		}
		for k, list := range [][]string{c.Frame.Wordings, c.Frame.Beyond, c.Frame.Denied, c.Frame.Disputed} {
			for _, raw := range list {
				ch.enter(ch.text(told, raw, stance(k), &own), kin)
			}
		}
	}
}

// told is a claim, with the words of its own text, its condition and its hedge, which are the same for all texts of its frame.
type told struct {
	answers.Claim
	words              []grammar.Token
	condition, hedging map[string]bool
	complete           map[string]bool
}

func (ch *Checker) plainly(c answers.Claim) told {
	t := told{Claim: c, words: ch.reader.Plain(c.Text), condition: ch.contentOf(c.Condition), hedging: ch.contentOf(c.Hedge), complete: map[string]bool{}}
	for _, id := range c.Frame.Complete {
		t.complete["actor/"+string(id)] = true
	}
	return t
}

// contentOf are the keys of the words of content of a text.
func (ch *Checker) contentOf(raw string) map[string]bool {
	keys := map[string]bool{}
	for _, t := range ch.reader.Plain(raw) {
		if t.Content() {
			keys[t.Key] = true
		}
	}
	return keys
}

// text reads one text of a claim. A wording that names nobody is said by whoever the claim names.
func (ch *Checker) text(c told, raw string, st stance, own *recorded) recorded {
	r := recorded{Sentence: ch.reader.Read(raw), claim: c.Claim, stance: st, around: map[string]bool{}, conditional: c.condition, hedging: c.hedging, complete: c.complete}
	r.Curated = ch.facts.Source(c.Source).Kind != answers.KindList
	if c.Claimant != "" {
		r.speakers = append(r.speakers, "actor/"+string(c.Claimant))
	}
	for _, id := range c.RelayedBy {
		r.speakers = append(r.speakers, "actor/"+string(id))
	}
	for _, t := range slices.Concat(c.words, r.Lead) {
		if t.Kind != grammar.Quantifier {
			r.around[grammar.Occasion(&t)] = true
		}
		for _, s := range t.Senses {
			r.around[s.Group] = true
		}
		if t.Kind == grammar.Name && !slices.Contains(r.speakers, t.Key) && (c.Modality == answers.Anonymous || strings.Contains(c.Text, "ccording to "+t.Raw)) {
			r.speakers = append(r.speakers, t.Key)
		}
	}
	if own != nil && !r.Reported {
		r.Manner = own.Manner
	}
	return r
}

// enter adds a text to the index, and a wording to those of its claim.
func (ch *Checker) enter(r recorded, kin *[]recorded) {
	if r.stance == wording && r.Curated {
		*kin = append(*kin, r)
		r.kin = kin
	}
	at := int32(len(ch.index.texts))
	ch.index.texts = append(ch.index.texts, r)
	for _, key := range keysOf(&r.Sentence) {
		ch.index.at[key] = append(ch.index.at[key], at)
	}
}

// near lists the texts of claims on record that share most words with a statement, the best first.
func (ix *index) near(s *grammar.Sentence, on func(answers.ClaimID) bool) []int32 {
	shared := map[int32]int{}
	for _, key := range keysOf(s) {
		for _, at := range ix.at[key] {
			shared[at]++
		}
	}
	var found []int32
	for at := range shared {
		if on(ix.texts[at].claim.ID) && (shared[at] > 1 || s.Count < 3) {
			found = append(found, at)
		}
	}
	slices.SortFunc(found, func(a, b int32) int {
		if shared[a] != shared[b] {
			return shared[b] - shared[a]
		}
		if n, m := ix.texts[a].Count, ix.texts[b].Count; n != m {
			return n - m // of a short one more is shared
		}
		return int(a - b)
	})
	return found[:min(len(found), mostTexts)]
}

// mostTexts bounds how many texts a statement is held against: those that share fewer words never settle it.
const mostTexts = 120

// keysOf lists by what the content of a sentence can be found: its stems, names and groups.
func keysOf(s *grammar.Sentence) []string {
	var keys []string
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if !t.Content() {
			continue
		}
		key := t.Key
		if t.Kind == grammar.Word && len(key) > 5 {
			key = key[:5] // words that are derived from one another begin alike
		}
		keys = append(keys, key)
		for _, s := range t.Senses {
			keys = append(keys, "/"+s.Group)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
