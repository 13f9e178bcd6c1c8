package match

import (
	"cmp"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// Words with which a follow-up leans on the question before it.
var leanings = []string{"and ", "nd ", "so ", "ok ", "what about ", "how about ", "what of ", "but ", "also ", "same for ", "then ", "or "}

// Elliptic reports whether a folded turn leans on the one before it: it goes on with it, points to something said and names nothing, or is
// no question of its own. A whole question leans on nothing: it asks by its words, and has a name or a word of content besides.
func (mt *Matcher) Elliptic(folded string) bool {
	rest := withoutLeaning(folded)
	u := mt.Understand(rest)
	if u.Points() {
		return true
	}
	content := 0
	for _, t := range u.Tokens {
		if !t.Stop && !measures[t.Text] {
			content++
		}
	}
	whole := Asks(rest) && content > 0
	switch {
	case rest != folded:
		return !whole || content < 2
	default:
		return !whole && content <= 2
	}
}

// pointers are words that mean something said before.
var pointers = text.SetOf("it that this they them he she his her their there those these bit exactly")

// What an entry gains or loses in rank, in log-odds, by what it has to do with the entry before.
const (
	relatedGain   = 1.0  // it is on the same topic, or shares claims
	unrelatedLoss = -1.0 // it has nothing to do with it
	repeatedLoss  = -3.0 // it is the same, which was just told
	// aloneShare is how much a turn by itself counts against the turn together with the question that it leans on.
	aloneShare = 0.5
)

// FollowUp is a turn that leans on the question before it.
type FollowUp struct {
	Alone    Understood // the turn without its leaning words, "he" and "she" resolved
	Text     string     // of alone
	Foreign  bool       // it has a word that nobody knows, or none: it leans on nothing
	ByItself bool       // it says enough by itself, and leads to an entry surely
	Best     *Candidate // the entry that answers it after the one before; nil where none does surely
}

// Follow reads a folded turn that leans on the question asked before, which an entry answered: a bare name takes the place of the one
// named there, "he" is the person named there, and entries near the one before are believed more.
func (mt *Matcher) Follow(asked string, before answers.EntryID, folded string) FollowUp {
	f := FollowUp{Text: mt.referring(asked, withoutLeaning(folded))}
	f.Alone = mt.Understand(f.Text)
	if len(f.Alone.Unknown) > 0 || len(f.Alone.Tokens) == 0 {
		f.Foreign = true
		return f
	}
	byItself := mt.Match(f.Alone)
	joined, bare := mt.swapped(asked, f.Alone.Tokens)
	if !bare {
		if len(byItself) > 0 && byItself[0].Confidence >= mt.head.sure && SelfContained(f.Alone.Tokens) {
			f.ByItself = true
			return f
		}
		joined = f.Text + " " + text.Fold(asked)
	}
	own := map[int]float64{}
	for _, m := range byItself {
		own[m.Entry] = m.rank - byItself[0].rank
	}
	u := mt.Understand(joined)
	if !bare {
		u.asking, u.said = f.Alone.asking, f.Alone.said
	}
	matches := slices.DeleteFunc(mt.Match(u), func(m Candidate) bool {
		return !mt.holdsNames(m.Entry, f.Alone.Tokens) || !mt.takesUp(m.Entry, f.Alone.Tokens) // "and Spain?" is not answered by what is on record of France
	})
	for i := range matches {
		m := &matches[i]
		m.rank += mt.Nearness(before, m.Entry)
		if rank, ok := own[m.Entry]; ok && !bare {
			m.rank += aloneShare * rank
		} else if !bare && len(byItself) > 0 {
			m.rank += aloneShare * (byItself[len(byItself)-1].rank - byItself[0].rank)
		}
	}
	slices.SortStableFunc(matches, func(a, b Candidate) int { return cmp.Compare(b.rank, a.rank) })
	if len(matches) == 0 || mt.entries[matches[0].Entry].State == answers.Retracted || mt.entries[matches[0].Entry].Kind == answers.KindGap ||
		mt.facts.Held(mt.entries[matches[0].Entry]) != nil {
		return f
	}
	best := matches[0]
	best.evidence[margin] = best.rank - mt.rivalRank(matches)
	best.Confidence = mt.leaning.probability(best.evidence)
	if best.Confidence >= mt.head.sure {
		f.Best = &best
	}
	return f
}

// rivalRank is the rank of the best match that says something else than the first.
func (mt *Matcher) rivalRank(matches []Candidate) float64 {
	for _, m := range matches[1:] {
		if !mt.facts.Siblings(matches[0].Entry, m.Entry) {
			return m.rank
		}
	}
	return 0
}

// referring puts the person whom the question before names in the place of "he" or "she".
func (mt *Matcher) referring(asked, folded string) string {
	words := strings.Fields(folded)
	at := slices.IndexFunc(words, func(w string) bool { return w == "he" || w == "she" })
	if at < 0 || slices.ContainsFunc(mt.words.Tokens(words[:at]), func(t text.Token) bool { return t.Entity.Kind() == "actor" }) {
		return folded // nobody is meant, or the one named just before
	}
	for _, t := range mt.Understand(asked).Tokens {
		if id, ok := strings.CutPrefix(string(t.Entity), "actor/"); ok && mt.facts.Actor(answers.ActorID(id)).Role != "" {
			words[at] = t.Text
			return strings.Join(words, " ")
		}
	}
	return folded
}

// measures are words that only ask when, how long or how many.
var measures = text.SetOf("since year years month months day days date time hour hours long size number")

// SelfContained reports whether a turn says by itself what it is about: two words of content or more, and none such as "this".
func SelfContained(tokens []text.Token) bool {
	content := 0
	for _, t := range tokens {
		if pointers[t.Text] {
			return false
		}
		if !t.Stop && !measures[t.Text] {
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
func (mt *Matcher) swapped(asked string, turn []text.Token) (string, bool) {
	content := slices.DeleteFunc(slices.Clone(turn), func(t text.Token) bool { return t.Stop })
	if len(content) != 1 || content[0].Entity == "" {
		return "", false
	}
	name := content[0]
	var words []string
	done := false
	for _, t := range mt.Understand(asked).Tokens {
		if !done && t.Entity != "" && t.Entity.Kind() == name.Entity.Kind() {
			words, done = append(words, name.Text), true
			continue
		}
		words = append(words, t.Text)
	}
	if !done {
		words = append(words, name.Text)
	}
	return strings.Join(words, " "), true
}

// Nearness is what an entry gains or loses after another one.
func (mt *Matcher) Nearness(before answers.EntryID, entry int) float64 {
	at := slices.IndexFunc(mt.entries, func(e answers.Entry) bool { return e.ID == before })
	switch {
	case at < 0:
		return 0
	case at == entry:
		return repeatedLoss
	case mt.facts.Siblings(at, entry) || answers.Overlap(mt.entries[at].Topics, mt.entries[entry].Topics):
		return relatedGain
	default:
		return unrelatedLoss
	}
}

// holdsNames reports whether an entry speaks of every name among the tokens.
func (mt *Matcher) holdsNames(entry int, tokens []text.Token) bool {
	return !slices.ContainsFunc(tokens, func(t text.Token) bool { return t.Entity != "" && !mt.vocabulary.explains[entry][t.Stem] })
}

// takesUp reports whether an entry accounts for some word of content among the tokens, or there is none.
func (mt *Matcher) takesUp(entry int, tokens []text.Token) bool {
	content := slices.DeleteFunc(slices.Clone(tokens), func(t text.Token) bool { return t.Stop })
	return len(content) == 0 || slices.ContainsFunc(content, func(t text.Token) bool { return mt.vocabulary.explains[entry][t.Stem] })
}

// Leads reports whether a folded turn begins with a word that goes on with the one before: "and", "what about".
func Leads(folded string) bool { return withoutLeaning(folded) != folded }
