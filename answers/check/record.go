package check

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/facts"
	"parley/answers/text"
)

// proposition is a sentence of the record that a statement can be compared with: a claim, or what a false premise assumes.
type proposition struct {
	frame
	claims    []answers.ClaimID
	premise   *answers.Premise
	only      bool          // its condition is the only way
	claim     answers.Claim // the zero Claim for a premise
	entities  map[text.Entity]bool
	around    map[string]bool // stems and concepts that surround it: where, on what topic, in whose report
	condition []string
	hedge     []string             // concepts of the claim's hedge
	reported  map[text.Entity]bool // who may be said to say it
}

// propositions are all of them, with where each stem and concept stands and how rare it is.
type propositions struct {
	all      []proposition
	postings map[string][]int32
	words    map[string]bool // of the claims and of all names
	weight   map[string]float64
	heft     map[string]float64 // how much more than others a stem or concept tells, by its rarity among the claims
	rarest   float64
}

// propose reads all propositions of the record.
func (ch *Checker) propose() {
	ch.kin = ch.kinships()
	ps := &propositions{postings: map[string][]int32{}, weight: map[string]float64{}}
	ch.propositions = ps
	ps.words = text.SetOf(strings.Join(ch.spelled.Spellings(), " "))
	for _, c := range ch.facts.Contents().Claims {
		for w := range strings.FieldsSeq(text.Fold(c.Text)) {
			ps.words[w] = true
		}
	}
	for _, c := range ch.facts.Contents().Claims {
		if c.Retracted == "" {
			ps.all = append(ps.all, ch.claimed(c))
		}
	}
	for _, e := range ch.facts.Entries() {
		if e.State != answers.Live {
			continue
		}
		for i := range e.Premises {
			p := &e.Premises[i]
			for _, raw := range alternatives(p.Assumes) {
				ps.all = append(ps.all, ch.assumed(p, raw))
			}
		}
	}
	for i, p := range ps.all {
		for _, key := range slices.Compact(slices.Sorted(slices.Values(p.keys()))) {
			ps.postings[key] = append(ps.postings[key], int32(i))
		}
	}
	ps.rarest = math.Log(1 + float64(len(ps.all)))
	for key, at := range ps.postings {
		ps.weight[key] = math.Log(1 + float64(len(ps.all))/float64(len(at)))
	}
	ps.heft = heft(ps.all)
}

// heft weighs stems and concepts by how few claims have them.
func heft(all []proposition) map[string]float64 {
	in, claims := map[string]float64{}, 0.0
	for _, p := range all {
		if p.premise != nil {
			continue
		}
		claims++
		for _, key := range slices.Compact(slices.Sorted(slices.Values(p.keys()))) {
			in[key]++
		}
	}
	for key, n := range in {
		in[key] = min(1.3, max(0.5, 1.5*math.Log(1+claims/n)/math.Log(1+claims)))
	}
	return in
}

// alternatives are the assumptions that one text joins by "or".
func alternatives(assumes string) []string {
	if before, after, ok := strings.Cut(assumes, ", or "); ok {
		return []string{before, after}
	}
	return []string{assumes}
}

// claimed makes a proposition of a claim.
func (ch *Checker) claimed(c answers.Claim) proposition {
	p := proposition{frame: ch.parse(c.Text, false), claims: []answers.ClaimID{c.ID}, claim: c}
	p.conditional = p.conditional || c.Condition != ""
	p.only = strings.Contains(c.Text, " only if ") || strings.Contains(c.Text, " only after ")
	switch c.Modality {
	case answers.Alleged, answers.Suggested:
		p.firm = mayBe
	case answers.Expected:
		pieces, _ := ch.pieces(c.Hedge, false)
		hedge := firmnessOf(pieces)
		p.firm = min(hedge, willBe)
	case answers.Pledged:
		p.firm = min(p.firm, willBe)
	case answers.Asserted:
		if c.Hedge == "" && p.would && !p.asks {
			p.firm = max(p.firm, willBe)
		} else if c.Hedge == "" {
			p.firm = isSo // what hedges a part of it does not hedge the whole
		}
	}
	p.entities, p.around = map[text.Entity]bool{}, map[string]bool{}
	for _, id := range c.Actors {
		p.entities[text.Entity("actor/"+id)] = true
	}
	for _, id := range c.Places {
		p.entities[text.Entity("place/"+id)] = true
	}
	p.reported = map[text.Entity]bool{}
	for _, id := range append([]answers.ActorID{c.Claimant}, c.RelayedBy...) {
		if id != "" {
			p.reported[text.Entity("actor/"+id)] = true
		}
	}
	texts := []string{c.Text, c.Date.From}
	for _, t := range ch.facts.Contents().Topics {
		if slices.Contains(c.Topics, t.ID) {
			texts = append(texts, t.Name)
		}
	}
	for _, raw := range texts {
		ch.surround(&p, raw, raw == c.Text)
	}
	for _, e := range ch.parse(c.Condition, false).content {
		p.condition = append(p.condition, e.keys()...)
	}
	for _, e := range ch.parse(c.Hedge, false).content {
		p.hedge = append(p.hedge, e.keys()...)
	}
	return p
}

// surround adds the words of a text that stands around a proposition.
func (ch *Checker) surround(p *proposition, raw string, names bool) {
	for _, t := range ch.spelled.TokensOf(raw) {
		if t.Entity != "" {
			if names || t.Entity.Kind() == "place" {
				p.entities[t.Entity] = true
			}
			continue
		}
		if b := base(t.Text); !t.Stop {
			p.around[b] = true
			for _, c := range ch.topic.lexicon.concepts[b] {
				if c.axis == "" {
					p.around[c.id] = true
				}
			}
		}
	}
}

// assumed makes a proposition of what a false premise assumes. The questions that rest on it are none: they say too much besides.
func (ch *Checker) assumed(premise *answers.Premise, raw string) proposition {
	p := proposition{frame: ch.parse(raw, false), claims: premise.Correction.Claims(), premise: premise}
	p.entities, p.around, p.reported = map[text.Entity]bool{}, map[string]bool{}, map[text.Entity]bool{}
	return p
}

// keys are what a frame can be found by.
func (f frame) keys() []string {
	var keys []string
	for _, e := range f.content {
		keys = append(keys, e.keys()...)
	}
	return keys
}

func (e element) keys() []string {
	keys := []string{e.stem}
	for _, c := range e.concepts {
		keys = append(keys, "/"+cmp.Or(c.axis, c.id))
	}
	return keys
}

// near lists the propositions that share the most with a statement, the nearest first.
func (ps *propositions) near(f frame, on func(answers.ClaimID) bool) []int {
	const most = 60 // of claims, and as many of premises
	scores := make([]float64, len(ps.all))
	for _, key := range slices.Compact(slices.Sorted(slices.Values(f.keys()))) {
		for _, i := range ps.postings[key] {
			scores[i] += ps.weight[key]
		}
	}
	var found []int
	for i, s := range scores {
		if s > 0 && !slices.ContainsFunc(ps.all[i].claims, facts.Not(on)) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int {
		return cmp.Compare(scores[b]/math.Sqrt(4+float64(len(ps.all[b].content))), scores[a]/math.Sqrt(4+float64(len(ps.all[a].content))))
	})
	var claims, premises []int
	for _, i := range found {
		if ps.all[i].premise == nil && len(claims) < most {
			claims = append(claims, i)
		} else if ps.all[i].premise != nil && len(premises) < most {
			premises = append(premises, i)
		}
	}
	return append(claims, premises...)
}

// kinships reads off the roles of the record who speaks for whom: "French President" ties the president to France. A
// capital stands for its country where the record says so.
func (ch *Checker) kinships() map[text.Entity][]text.Entity {
	kin := map[text.Entity][]text.Entity{}
	tie := func(a, b text.Entity) {
		if a != b && !slices.Contains(kin[a], b) {
			kin[a], kin[b] = append(kin[a], b), append(kin[b], a)
		}
	}
	for _, a := range ch.facts.Contents().Actors {
		own := text.Entity("actor/" + a.ID)
		for _, t := range ch.spelled.TokensOf(a.Role) {
			if t.Entity.Kind() == "actor" {
				tie(own, t.Entity)
			}
		}
		for _, alias := range append([]string{a.Name}, a.Aliases...) {
			for _, t := range ch.spelled.TokensOf(firstWord(text.Fold(alias))) {
				if t.Entity.Kind() == "place" {
					tie(own, t.Entity)
				}
			}
		}
	}
	return kin
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return first
}

// akin reports whether two names are the same or speak for each other.
func (ch *Checker) akin(a, b text.Entity) bool {
	return a == b || slices.Contains(ch.kin[a], b)
}
