package check

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
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
	sentence
	claim       answers.Claim
	stance      stance
	speakers    []string        // who may be named for it
	around      map[string]bool // keys of all that the claim's own text holds, with its naming of who says it
	conditional map[string]bool // keys of the claim's condition
	hedging     map[string]bool // … and of its hedge
	complete    map[string]bool // names of a list that leaves nobody out
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
		var own recorded
		for i, raw := range sentences(c.Text) {
			said := []string{raw}
			if ch.facts.Source(c.Source).Kind == answers.KindList {
				said = ch.reader.expansions(raw)
			}
			for n, raw := range said {
				r := ch.text(c, raw, wording, nil)
				if i == 0 && n == 0 {
					own = r
				}
				ch.enter(r)
			}
		}
		for k, list := range [][]string{c.Frame.Wordings, c.Frame.Beyond, c.Frame.Denied, c.Frame.Disputed} {
			for _, raw := range list {
				ch.enter(ch.text(c, raw, stance(k), &own))
			}
		}
	}
}

// text reads one text of a claim. A wording that names nobody is said by whoever the claim names.
func (ch *Checker) text(c answers.Claim, raw string, st stance, own *recorded) recorded {
	r := recorded{sentence: ch.reader.read(raw), claim: c, stance: st, around: map[string]bool{}, conditional: map[string]bool{}, hedging: map[string]bool{}, complete: map[string]bool{}}
	r.curated = ch.facts.Source(c.Source).Kind != answers.KindList
	if c.Claimant != "" {
		r.speakers = append(r.speakers, "actor/"+string(c.Claimant))
	}
	for _, id := range c.RelayedBy {
		r.speakers = append(r.speakers, "actor/"+string(id))
	}
	for _, t := range ch.reader.plain(c.Text) {
		if t.kind != quantifier {
			r.around[occasion(&t)] = true
		}
		for _, s := range t.senses {
			r.around[s.group] = true
		}
		if t.kind == name && !slices.Contains(r.speakers, t.key) && (c.Claimant == "unnamed-sources" || strings.Contains(c.Text, "ccording to "+t.raw)) {
			r.speakers = append(r.speakers, t.key)
		}
	}
	if own != nil && !r.reported {
		r.manner = own.manner
	}
	for _, t := range ch.reader.plain(c.Condition) {
		if t.content() {
			r.conditional[t.key] = true
		}
	}
	for _, t := range ch.reader.plain(c.Hedge) {
		if t.content() {
			r.hedging[t.key] = true
		}
	}
	for _, id := range c.Frame.Complete {
		r.complete["actor/"+string(id)] = true
	}
	return r
}

// plain reads the tokens of a text without their roles.
func (r *reader) plain(raw string) []token {
	return units(r.lexicon.phrases(r.classify(numbers(r.names.find(lex(raw))))))
}

// enter adds a text to the index.
func (ch *Checker) enter(r recorded) {
	at := int32(len(ch.index.texts))
	ch.index.texts = append(ch.index.texts, r)
	for _, key := range keysOf(&r.sentence) {
		ch.index.at[key] = append(ch.index.at[key], at)
	}
}

// near lists the texts of claims on record that share most words with a statement, the best first.
func (ix *index) near(s *sentence, on func(answers.ClaimID) bool) []int32 {
	shared := map[int32]int{}
	for _, key := range keysOf(s) {
		for _, at := range ix.at[key] {
			shared[at]++
		}
	}
	var found []int32
	for at := range shared {
		if on(ix.texts[at].claim.ID) && (shared[at] > 1 || s.count < 3) {
			found = append(found, at)
		}
	}
	slices.SortFunc(found, func(a, b int32) int {
		if shared[a] != shared[b] {
			return shared[b] - shared[a]
		}
		return int(a - b)
	})
	return found[:min(len(found), mostTexts)]
}

// mostTexts bounds how many texts a statement is held against: those that share fewer words never settle it.
const mostTexts = 120

// keysOf lists by what the content of a sentence can be found: its stems, names and groups.
func keysOf(s *sentence) []string {
	var keys []string
	for i := range s.tokens {
		t := &s.tokens[i]
		if !t.content() {
			continue
		}
		key := t.key
		if t.kind == word && len(key) > 5 {
			key = key[:5] // words that are derived from one another begin alike
		}
		keys = append(keys, key)
		for _, s := range t.senses {
			keys = append(keys, "/"+s.group)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// lexiconOf is the thesaurus with the groups of a record's own topic.
func lexiconOf(a answers.Vocabulary) lexicon {
	l := lexicon{senses: map[string][]sense{}}
	for line := range strings.Lines(thesaurus) {
		pro, contra, _ := strings.Cut(strings.TrimSpace(line), "|")
		words := strings.Fields(pro)
		if len(words) == 0 {
			continue
		}
		for _, w := range words {
			l.add(strings.ReplaceAll(w, "_", " "), sense{words[0], words[0], false})
		}
		for w := range strings.FieldsSeq(contra) {
			l.add(strings.ReplaceAll(w, "_", " "), sense{"not " + words[0], words[0], true})
		}
	}
	for _, c := range a.Synonyms {
		for _, w := range c.Words {
			l.add(string(w), sense{"topic " + string(c.ID), string(c.Axis), false})
		}
		for _, w := range c.Against {
			l.add(string(w), sense{"topic not " + string(c.ID), string(c.Axis), true})
		}
	}
	return l
}

// newReader reads with the names and words of contents.
func newReader(c answers.Contents) reader {
	about := answers.AboutOf(c)
	var curated []string // whose spelling can be relied on
	for _, claim := range c.Claims {
		curated = slices.Concat(curated, []string{claim.Text}, claim.Frame.Wordings, claim.Frame.Beyond, claim.Frame.Denied, claim.Frame.Disputed)
	}
	spelled := text.NewWords(c.Actors, c.Places, curated)
	return reader{names: newNames(c), lexicon: lexiconOf(about.Words), spelled: spelled, topic: styleOf(about.Style)}
}
