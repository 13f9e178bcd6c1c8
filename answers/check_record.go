package answers

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// proposition is a sentence of the record that a statement can be compared with: a claim, or what a false premise assumes.
type proposition struct {
	frame
	claims    []ClaimID
	premise   *Premise
	only      bool  // its condition is the only way
	claim     Claim // the zero Claim for a premise
	entities  map[entity]bool
	around    map[string]bool // stems and concepts that surround it: where, on what topic, in whose report
	condition []string
	hedge     []string        // concepts of the claim's hedge
	reported  map[entity]bool // who may be said to say it
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

// How the record's own style names a document before what it says, and after. A person or a newspaper that is named is a
// speaker (check_speaker.go).
var (
	leadIn = regexp.MustCompile(`^(?:A|An|The same|One|The) [^.,]*?report[^.,]*?(?:, [^.,]*,| written after [^.,]*?)? ` +
		`(?:says|calls|names|expected|judges|warns|expects|reads|describes|dates|counts|sums up|lists|gives|links)(?: that)? `)
	leadOut = regexp.MustCompile(`, according to an? (?:undated )?report[^,.]*\.$`)
	remark  = regexp.MustCompile(` \(date inferred\)|; the report does not say.*`)
)

// core is what a text of the record says without the naming of its document and without remarks to the reader.
func core(text string) string {
	return leadOut.ReplaceAllString(leadIn.ReplaceAllString(remark.ReplaceAllString(text, ""), ""), ".")
}

// propose reads all propositions of the record.
func (ch *Checker) propose() {
	ch.kin = ch.kinships()
	ps := &propositions{postings: map[string][]int32{}, weight: map[string]float64{}}
	ch.propositions = ps
	ps.words = setOf(strings.Join(ch.spelled.spellings(), " "))
	for _, c := range ch.facts.Contents().Claims {
		for w := range strings.FieldsSeq(Fold(c.Text)) {
			ps.words[w] = true
		}
	}
	for _, c := range ch.facts.Contents().Claims {
		if c.Retracted == "" {
			ps.all = append(ps.all, ch.claimed(c))
		}
	}
	for _, e := range ch.facts.Entries() {
		if e.State != Live {
			continue
		}
		for i := range e.Premises {
			p := &e.Premises[i]
			for _, text := range alternatives(p.Assumes) {
				ps.all = append(ps.all, ch.assumed(p, text))
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
func (ch *Checker) claimed(c Claim) proposition {
	p := proposition{frame: ch.parse(c.Text, false), claims: []ClaimID{c.ID}, claim: c}
	p.conditional = p.conditional || c.Condition != ""
	p.only = strings.Contains(c.Text, " only if ") || strings.Contains(c.Text, " only after ")
	switch c.Modality {
	case Alleged, Suggested:
		p.firm = mayBe
	case Expected:
		pieces, _ := ch.pieces(c.Hedge, false)
		hedge := firmnessOf(pieces)
		p.firm = min(hedge, willBe)
	case Pledged:
		p.firm = min(p.firm, willBe)
	case Asserted:
		if c.Hedge == "" && p.would && !p.asks {
			p.firm = max(p.firm, willBe)
		} else if c.Hedge == "" {
			p.firm = isSo // what hedges a part of it does not hedge the whole
		}
	}
	p.entities, p.around = map[entity]bool{}, map[string]bool{}
	for _, id := range c.Actors {
		p.entities[entity("actor/"+id)] = true
	}
	for _, id := range c.Places {
		p.entities[entity("place/"+id)] = true
	}
	p.reported = map[entity]bool{}
	for _, id := range append([]ActorID{c.Claimant}, c.RelayedBy...) {
		if id != "" {
			p.reported[entity("actor/"+id)] = true
		}
	}
	texts := []string{c.Text, c.Date.From}
	for _, t := range ch.facts.Contents().Topics {
		if slices.Contains(c.Topics, t.ID) {
			texts = append(texts, t.Name)
		}
	}
	for _, text := range texts {
		ch.surround(&p, text, text == c.Text)
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
func (ch *Checker) surround(p *proposition, text string, names bool) {
	for _, t := range ch.spelled.tokensOf(text) {
		if t.entity != "" {
			if names || kindOf(t.entity) == "place" {
				p.entities[t.entity] = true
			}
			continue
		}
		if b := base(t.text); !t.stop {
			p.around[b] = true
			for _, c := range lexical.concepts[b] {
				if c.axis == "" {
					p.around[c.id] = true
				}
			}
		}
	}
}

// assumed makes a proposition of what a false premise assumes. The questions that rest on it are none: they say too much besides.
func (ch *Checker) assumed(premise *Premise, text string) proposition {
	p := proposition{frame: ch.parse(text, false), claims: premise.Correction.Claims(), premise: premise}
	p.entities, p.around, p.reported = map[entity]bool{}, map[string]bool{}, map[entity]bool{}
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
func (ps *propositions) near(f frame, on func(ClaimID) bool) []int {
	const most = 60 // of claims, and as many of premises
	scores := make([]float64, len(ps.all))
	for _, key := range slices.Compact(slices.Sorted(slices.Values(f.keys()))) {
		for _, i := range ps.postings[key] {
			scores[i] += ps.weight[key]
		}
	}
	var found []int
	for i, s := range scores {
		if s > 0 && !slices.ContainsFunc(ps.all[i].claims, not(on)) {
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
func (ch *Checker) kinships() map[entity][]entity {
	kin := map[entity][]entity{}
	tie := func(a, b entity) {
		if a != b && !slices.Contains(kin[a], b) {
			kin[a], kin[b] = append(kin[a], b), append(kin[b], a)
		}
	}
	for _, a := range ch.facts.Contents().Actors {
		own := entity("actor/" + a.ID)
		for _, t := range ch.spelled.tokensOf(a.Role) {
			if kindOf(t.entity) == "actor" {
				tie(own, t.entity)
			}
		}
		for _, alias := range append([]string{a.Name}, a.Aliases...) {
			for _, t := range ch.spelled.tokensOf(firstWord(Fold(alias))) {
				if kindOf(t.entity) == "place" {
					tie(own, t.entity)
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
func (ch *Checker) akin(a, b entity) bool {
	return a == b || slices.Contains(ch.kin[a], b)
}
