package grammar

import (
	"slices"
	"strings"
	"unicode"

	"parley/answers"
	"parley/answers/text"
)

// names turns every spelling of an actor or a place into what it names.
type names struct {
	spelled map[string]spelling
	roles   map[string]map[string]bool // the words of the role of a person, by entity
	seats   map[string]string          // by place, the actor that its name also stands for
	longest int
}

// spelling is what one spelling names. An office names its holder, but not behind "is", where it is said of somebody.
type spelling struct {
	entity string
	office bool
}

func newNames(c answers.Contents) names {
	ns := names{spelled: map[string]spelling{}, roles: map[string]map[string]bool{}, seats: map[string]string{}}
	for _, seat := range answers.AboutOf(c).Words.Seats {
		ns.seats["place/"+string(seat.Place)] = "actor/" + string(seat.Actor)
	}
	for _, a := range c.Actors {
		entity, role := "actor/"+string(a.ID), ""
		if before, _, _ := strings.Cut(a.Role, " ("); before != "" && unicode.IsUpper([]rune(before)[0]) {
			role = text.Fold(before)
			ns.roles[entity] = text.SetOf(role)
		}
		own := text.SetOf(text.Fold(a.Name))
		for _, s := range append([]string{a.Name}, a.Aliases...) {
			folded := text.Fold(s)
			office := slices.ContainsFunc(strings.Fields(folded), func(w string) bool { return ns.roles[entity][w] && !own[w] })
			ns.add(folded, spelling{entity, office})
		}
		if role != "" {
			ns.add(role, spelling{entity, true})
		}
	}
	ns.addOffices(c.Actors)
	for _, p := range c.Places {
		for _, s := range append([]string{p.Name}, p.Aliases...) {
			if strings.HasPrefix(text.Fold(s), text.Fold(p.Name)+" ") {
				continue // "Alaska summit" is a summit and a place
			}
			ns.add(text.Fold(s), spelling{"place/" + string(p.ID), false})
		}
	}
	return ns
}

// add adds a spelling; the first one to have it keeps it. An article at its beginning may be left out of an office.
func (ns *names) add(folded string, s spelling) {
	if bare := strings.TrimPrefix(folded, "the "); s.office {
		folded = bare
	}
	if _, taken := ns.spelled[folded]; !taken {
		ns.spelled[folded] = s
		ns.longest = max(ns.longest, text.WordCount(folded))
	}
}

// find joins the words of names, the longest spelling first, and leaves out a title before the name of its bearer.
func (ns *names) find(in []Token) []Token {
	small := !slices.ContainsFunc(in, func(t Token) bool { return strings.ToLower(t.Raw) != t.Raw })
	var out []Token
	for i := 0; i < len(in); i++ {
		said := behindBe(out) // an office is said of somebody there, and names nobody
		said = said || len(out) > 0 && formerly[out[len(out)-1].Text]
		s, n := ns.at(in, i, said)
		if in[i].Text == "the" && i+1 < len(in) {
			if _, m := ns.at(in, i+1, said); m >= n && n > 0 {
				n = 0 // "the French president" is no "the French"
			}
		}
		if n == 0 || n == 1 && pronouns[in[i].Text] && !meant(in, i, small) {
			out = append(out, in[i])
			continue
		}
		t := in[i+n-1]
		raws := make([]string, n)
		for k := range n {
			raws[k] = in[i+k].Raw
		}
		t.Kind, t.Key, t.Text, t.Raw = Name, s.entity, strings.ToLower(strings.Join(raws, " ")), strings.Join(raws, " ")
		t.Capital = true
		out = ns.titled(out, s.entity)
		if k := len(out) - 1; k > 0 && out[k].Text == "the" && out[k-1].Key == s.entity && out[k-1].breaks {
			out = out[:k] // "X, the president,": one is told twice
		}
		if k := len(out) - 1; k >= 0 && out[k].Kind == Name && out[k].Key == s.entity && !out[k].Owns {
			out[k] = t
		} else {
			out = append(out, t)
		}
		i += n - 1
	}
	return out
}

// seat turns a place that stands where only somebody can into the actor whose seat it is: the agent of a sentence, not a place in it.
func (ns *names) seat(ts []Token) {
	for i := range ts {
		t := &ts[i]
		if actor := ns.seats[t.Key]; actor != "" && t.Heads == 0 && (t.Prep == "" || t.Prep == "by" || t.Prep == "with" || t.Prep == "between") {
			t.Key = actor
		}
	}
}

// behindBe reports whether the last of tokens is a form of "be", but for an article.
func behindBe(out []Token) bool {
	n := len(out)
	return n > 0 && beForms[out[n-1].Text] || n > 1 && determiners[out[n-1].Text] && beForms[out[n-2].Text]
}

// at is the longest spelling that begins at a word, and how many words it has; 0 for none. Offices may be passed over.
func (ns *names) at(in []Token, i int, noOffice bool) (spelling, int) {
	for n := min(ns.longest, len(in)-i); n > 0; n-- {
		words := make([]string, n)
		for k := range n {
			words[k] = in[i+k].Text
		}
		if s, ok := ns.spelled[strings.Join(words, " ")]; ok && !(s.office && noOffice) {
			return s, n
		}
	}
	return spelling{}, 0
}

// meant reports whether a word that is also a pronoun is the name: by its capitals, its article, or the word behind it where nobody writes capitals.
func meant(in []Token, i int, small bool) bool {
	t := in[i]
	if len(t.Raw) > 1 && strings.ToUpper(t.Raw) == t.Raw || i > 0 && in[i-1].Text == "the" || t.Owns {
		return true
	}
	return small && i+1 < len(in) && !t.breaks && !determiners[in[i+1].Text] && prepositions[in[i+1].Text] == "" && !pronouns[in[i+1].Text] && in[i+1].Text != "to"
}

// titled takes the words of a role, and the country or body of it, off the end of tokens that stand before the name of its bearer.
func (ns *names) titled(out []Token, entity string) []Token {
	roles, n := ns.roles[entity], len(out)
	for n > 0 && roles[out[n-1].Text] && out[n-1].Kind != Name && !out[n-1].breaks {
		n--
	}
	if n == len(out) {
		return out
	}
	if n > 0 && out[n-1].Kind == Name {
		for w := range roles {
			if ns.spelled[w].entity == out[n-1].Key {
				return out[:n-1]
			}
		}
	}
	return out[:n]
}
