package answers

import (
	"cmp"
	"slices"
	"strings"
)

// Words with which a follow-up leans on the question before it.
var leanings = []string{"and ", "nd ", "so ", "ok ", "what about ", "how about ", "what of ", "but ", "also ", "same for ", "then ", "or "}

// elliptic reports whether a turn leans on the one before it: it begins so, points to something said, or is too short to
// stand by itself.
func elliptic(folded string) bool {
	if slices.ContainsFunc(leanings, func(l string) bool { return strings.HasPrefix(folded, l) }) {
		return true
	}
	words := strings.Fields(folded)
	content := 0
	for _, w := range words {
		if pointers[w] {
			return true
		}
		if !stopWords[w] && !measures[w] {
			content++
		}
	}
	return content <= 1 && len(words) <= 6
}

// pointers are words that mean something said before.
var pointers = setOf("it that this they them he she his her their there those these bit exactly")

// What an entry gains or loses in rank, in log-odds, by what it has to do with the entry before.
const (
	relatedGain   = 1.0  // it is on the same topic, or shares claims
	unrelatedLoss = -1.0 // it has nothing to do with it
	repeatedLoss  = -3.0 // it is the same, which was just told
	// aloneShare is how much a turn by itself counts against the turn together with the question that it leans on.
	aloneShare = 0.5
)

// followUp is a turn that leans on the question before it.
type followUp struct {
	alone    understood // the turn without its leaning words, "he" and "she" resolved
	text     string     // of alone
	foreign  bool       // it has a word that nobody knows, or none: it leans on nothing
	byItself bool       // it says enough by itself, and leads to an entry surely
	best     *candidate // the entry that answers it after the one before; nil where none does surely
}

// follow reads a folded turn that leans on the question asked before, which an entry answered: a bare name takes the place of the one
// named there, "he" is the person named there, and entries near the one before are believed more.
func (mt *Matcher) follow(asked string, before EntryID, folded string) followUp {
	f := followUp{text: mt.referring(asked, withoutLeaning(folded))}
	f.alone = mt.understand(f.text)
	if len(f.alone.unknown) > 0 || len(f.alone.tokens) == 0 {
		f.foreign = true
		return f
	}
	byItself := mt.match(f.alone)
	joined, bare := mt.swapped(asked, f.alone.tokens)
	if !bare {
		if len(byItself) > 0 && byItself[0].confidence >= mt.head.sure && selfContained(f.alone.tokens) {
			f.byItself = true
			return f
		}
		joined = f.text + " " + Fold(asked)
	}
	own := map[int]float64{}
	for _, m := range byItself {
		own[m.entry] = m.rank - byItself[0].rank
	}
	u := mt.understand(joined)
	if !bare {
		u.asking, u.said = f.alone.asking, f.alone.said
	}
	matches := slices.DeleteFunc(mt.match(u), func(m candidate) bool {
		return !mt.holdsNames(m.entry, f.alone.tokens) // "and Spain?" is not answered by what is on record of France
	})
	for i := range matches {
		m := &matches[i]
		m.rank += mt.nearness(before, m.entry)
		if rank, ok := own[m.entry]; ok && !bare {
			m.rank += aloneShare * rank
		} else if !bare && len(byItself) > 0 {
			m.rank += aloneShare * (byItself[len(byItself)-1].rank - byItself[0].rank)
		}
	}
	slices.SortStableFunc(matches, func(a, b candidate) int { return cmp.Compare(b.rank, a.rank) })
	if len(matches) == 0 || mt.entries[matches[0].entry].State == Retracted || mt.entries[matches[0].entry].Kind == KindGap ||
		mt.facts.held(mt.entries[matches[0].entry]) != nil {
		return f
	}
	best := matches[0]
	best.evidence[margin] = best.rank - mt.rivalRank(matches)
	best.confidence = mt.head.probability(best.evidence)
	if best.confidence >= mt.head.sure {
		f.best = &best
	}
	return f
}

// rivalRank is the rank of the best match that says something else than the first.
func (mt *Matcher) rivalRank(matches []candidate) float64 {
	for _, m := range matches[1:] {
		if !mt.facts.Siblings(matches[0].entry, m.entry) {
			return m.rank
		}
	}
	return 0
}

// referring puts the person whom the question before names in the place of "he" or "she".
func (mt *Matcher) referring(asked, folded string) string {
	words := strings.Fields(folded)
	at := slices.IndexFunc(words, func(w string) bool { return w == "he" || w == "she" })
	if at < 0 || slices.ContainsFunc(mt.words.tokens(words[:at]), func(t token) bool { return kindOf(t.entity) == "actor" }) {
		return folded // nobody is meant, or the one named just before
	}
	for _, t := range mt.understand(asked).tokens {
		if id, ok := strings.CutPrefix(string(t.entity), "actor/"); ok && mt.facts.Actor(ActorID(id)).Role != "" {
			words[at] = t.text
			return strings.Join(words, " ")
		}
	}
	return folded
}

// measures are words that only ask when, how long or how many.
var measures = setOf("since year years month months day days date time hour hours long size number")

// selfContained reports whether a turn says by itself what it is about: two words of content or more, and none such as "this".
func selfContained(tokens []token) bool {
	content := 0
	for _, t := range tokens {
		if pointers[t.text] {
			return false
		}
		if !t.stop && !measures[t.text] {
			content++
		}
	}
	return content > 1
}

func withoutLeaning(folded string) string {
	for _, lean := range leanings {
		if rest, ok := strings.CutPrefix(folded, lean); ok && rest != "" {
			return withoutLeaning(rest)
		}
	}
	return folded
}

// swapped puts a bare name in the place of the first name of its kind in a question: "and France?" after one on Britain.
func (mt *Matcher) swapped(asked string, turn []token) (string, bool) {
	content := slices.DeleteFunc(slices.Clone(turn), func(t token) bool { return t.stop })
	if len(content) != 1 || content[0].entity == "" {
		return "", false
	}
	name := content[0]
	var words []string
	done := false
	for _, t := range mt.understand(asked).tokens {
		if !done && t.entity != "" && kindOf(t.entity) == kindOf(name.entity) {
			words, done = append(words, name.text), true
			continue
		}
		words = append(words, t.text)
	}
	if !done {
		words = append(words, name.text)
	}
	return strings.Join(words, " "), true
}

// nearness is what an entry gains or loses after another one.
func (mt *Matcher) nearness(before EntryID, entry int) float64 {
	at := slices.IndexFunc(mt.entries, func(e Entry) bool { return e.ID == before })
	switch {
	case at < 0:
		return 0
	case at == entry:
		return repeatedLoss
	case mt.facts.Siblings(at, entry) || overlaps(mt.entries[at].Topics, mt.entries[entry].Topics):
		return relatedGain
	default:
		return unrelatedLoss
	}
}

// holdsNames reports whether an entry speaks of every name among the tokens.
func (mt *Matcher) holdsNames(entry int, tokens []token) bool {
	return !slices.ContainsFunc(tokens, func(t token) bool { return t.entity != "" && !mt.vocabulary.explains[entry][t.stem] })
}

// kindOf tells actors from places.
func kindOf(e entity) string {
	kind, _, _ := strings.Cut(string(e), "/")
	return kind
}
