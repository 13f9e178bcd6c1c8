package match

import (
	"slices"

	"parley/answers/text"
)

// Weights of what a question contains, relative to the rarest word of the record.
const (
	unknownWeight = 1.3 // a name or thing that nobody here has heard of is what the question is about
	namedWeight   = 2.0 // a known name that the entry speaks of
	missingWeight = 3.0 // a known name that it does not
	recordWeight  = 0.75
	beyondWeight  = 1.3 // what only gaps speak of
)

// ordinaryWeight is the weight of a word that the record does not use: the rarer it is in English, the likelier the
// question is about it.
func ordinaryWeight(c text.Commonness) float64 {
	switch {
	case c <= 10:
		return 0.35
	case c <= 20:
		return 0.6
	default:
		return 1.0
	}
}

// tellingWeight is how much it tells that an entry accounts for a word of content. What the list of common English lacks is as telling
// as its rarest words.
func tellingWeight(t text.Token) float64 {
	if c := text.CommonEnglish(t.Text); c > 0 {
		return ordinaryWeight(c)
	}
	return 1
}

// weighed is a word of a question with how much of what is asked it carries: for an entry that accounts for it, and for one that
// does not.
type weighed struct {
	stem          string
	stop          bool
	rarity        float64 // among entries; 0 for what none accounts for
	telling       float64 // 0 for what carries no content
	known, missed float64
}

// weigh weighs the words of a question, once for all entries.
func (v *vocabulary) weigh(u Understood) []weighed {
	words := make([]weighed, len(u.Tokens))
	for i, t := range u.Tokens {
		rarity, inRecord := v.weight[t.Stem]
		w := weighed{stem: t.Stem, stop: t.Stop, rarity: rarity, known: rarity}
		if !t.Stop {
			w.telling = tellingWeight(t)
		}
		switch {
		case t.Entity != "":
			w.known = max(rarity, v.rarest/4) * namedWeight
			w.missed = max(rarity, v.rarest/4) * missingWeight
		case v.beyond[t.Stem]:
			w.missed = v.rarest * beyondWeight
		case inRecord:
			w.missed = rarity * recordWeight
		case t.Stop: // carries no content
		case slices.Contains(u.Unknown, t.Text):
			w.missed = v.rarest * unknownWeight
		default:
			w.missed = v.rarest * ordinaryWeight(text.CommonEnglish(t.Text))
		}
		words[i] = w
	}
	return words
}

// account is how far an entry accounts for a question.
type account struct {
	share     float64 // of the weight of its content; 1 for a question without content
	sum       float64 // of the rarities of its words, content or not, that the entry knows
	telling   float64 // sum of how much those of content tell
	strangest float64 // the heaviest word of content that it does not know, against the rarest of the record
}

func (v *vocabulary) account(asked []weighed, entry int) account {
	a, known, all := account{share: 1}, 0.0, 0.0
	explains := v.explains[entry]
	for _, w := range asked {
		switch knows := explains[w.stem]; {
		case knows && w.stop:
			a.sum += w.rarity
		case knows:
			a.sum += w.rarity
			a.telling += w.telling
			known += w.known
			all += w.known
		case !w.stop:
			all += w.missed
			a.strangest = max(a.strangest, w.missed/v.rarest)
		}
	}
	if all > 0 {
		a.share = known / all
	}
	return a
}
