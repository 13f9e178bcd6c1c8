package grammar

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// officeNames are other names of an office, by its own.
var officeNames = map[string][]string{"prime minister": {"premier", "pm"}, "secretary general": {"chief", "head"}}

// formerly are words before an office whose holder is another.
var formerly = text.SetOf(`former ex then late previous next future deputy vice`)

// addOffices adds an office with each name of its country or body: "the president of Ukraine", "Ukraine's president", "the Ukrainian president".
// Whoever alone holds an office of a country is also its leader.
func (ns *names) addOffices(actors []answers.Actor) {
	type holder struct{ actor, body, office string }
	var all []holder
	of := map[string]int{} // offices by body
	for _, a := range actors {
		before, _, _ := strings.Cut(a.Role, " (")
		words := strings.Fields(text.Fold(before))
		for n := len(words) - 1; n > 0 && ns.roles["actor/"+string(a.ID)] != nil; n-- {
			if s, ok := ns.spelled[strings.Join(words[:n], " ")]; ok && !s.office {
				all = append(all, holder{"actor/" + string(a.ID), s.entity, strings.Join(words[n:], " ")})
				of[s.entity]++
				break
			}
		}
	}
	for _, h := range all {
		offices := append([]string{h.office}, officeNames[h.office]...)
		if of[h.body] == 1 {
			offices = append(offices, "leader")
		}
		for _, body := range ns.spellings(h.body) {
			for _, o := range offices {
				for _, s := range []string{body + " " + o, o + " of " + body, o + " of the " + body} {
					ns.add(s, spelling{h.actor, true})
				}
			}
		}
	}
}

// spellings lists how an entity is spelt, in order.
func (ns *names) spellings(entity string) []string {
	var out []string
	for s, as := range ns.spelled {
		if as.entity == entity {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// possessive reads a name with an "s" that lacks its apostrophe as the owner of what follows: "ukraines allies".
func (ns *names) possessive(in []Token) []Token {
	for i := range in {
		t := &in[i]
		bare := strings.TrimSuffix(t.Text, "s")
		if _, known := ns.spelled[t.Text]; known || bare == t.Text || len(bare) < 4 || i+1 == len(in) || t.breaks || t.Owns {
			continue
		}
		if s, ok := ns.spelled[bare]; ok && !s.office && !determiners[in[i+1].Text] && prepositions[in[i+1].Text] == "" {
			t.Text, t.Owns = bare, true
		}
	}
	return in
}
