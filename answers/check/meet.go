package check

import (
	"slices"

	"parley/answers/text"
)

// pair is an element of the statement with what it meets in the proposition.
type pair struct {
	credit    float64
	at        int  // the element it meets, or -1 for what stands around
	opposed   bool // the two say the opposite
	more      bool // the statement's is a higher rung of agreement
	explained bool // only the phrasings of an entry tie it to the claim
	axis      bool // … and both know a side of the same axis
}

// meet finds what an element of a statement meets in a proposition.
func (ch *Checker) meet(e element, s frame, p *proposition, met []bool) pair {
	best := pair{at: -1}
	for i, o := range p.content {
		m := ch.meetOne(e, o)
		if m.credit > 0 && e.entity != o.entity && s.names(o.entity) {
			continue // the envoy is not his country where the statement names both
		}
		m.at = i
		better := m.credit == best.credit && m.credit > 0 && (met[best.at] && !met[i] || met[best.at] == met[i] && best.opposed && !m.opposed)
		if m.credit > best.credit || better {
			best = m
		}
	}
	if best.credit > 0 || e.foreign {
		return best
	}
	const nearby = 0.7
	if e.entity != "" {
		for o := range p.entities {
			if e.entity == o || ch.akin(e.entity, o) && !s.names(o) {
				return pair{credit: 0.9, at: -1}
			}
		}
		for o := range p.reported {
			if ch.akin(e.entity, o) {
				return pair{credit: nearby, at: -1}
			}
		}
		return best
	}
	if p.around[e.stem] && len(e.concepts) == 0 || slices.ContainsFunc(e.concepts, func(c concept) bool { return c.axis == "" && p.around[c.id] }) {
		return pair{credit: nearby, at: -1}
	}
	sided := slices.ContainsFunc(e.concepts, func(c concept) bool { return c.axis != "" })
	if !sided && s.explained[text.Stem(e.text)] && slices.Contains(s.vouched, p.claim.ID) {
		return pair{credit: explainedCredit, at: -1, explained: true}
	}
	return best
}

// explainedCredit is that of a word which only the phrasings of an entry tie to a claim.
const explainedCredit = 0.7

// names reports whether a sentence names somebody.
func (f frame) names(who text.Entity) bool {
	return who != "" && slices.ContainsFunc(f.content, func(e element) bool { return e.entity == who })
}

// meetOne compares two elements.
func (ch *Checker) meetOne(e, o element) pair {
	negative := (e.denied != e.narrow) != (o.denied != o.narrow)
	switch {
	case e.entity != "" || o.entity != "":
		switch {
		case e.entity == o.entity:
			return pair{credit: 1, opposed: negative}
		case e.entity != "" && o.entity != "" && ch.akin(e.entity, o.entity):
			return pair{credit: 0.9, opposed: negative}
		}
		return pair{}
	}
	var best pair
	if e.stem == o.stem {
		best = pair{credit: 1, opposed: negative, axis: len(e.concepts) > 0 && !slices.ContainsFunc(e.concepts, func(c concept) bool { return c.axis == "" })}
	}
	for _, a := range e.concepts {
		for _, b := range o.concepts {
			m := pair{}
			switch {
			case a.id == b.id:
				m = pair{credit: 1, opposed: negative != (a.against != b.against), axis: a.axis != ""}
			case a.axis != "" && a.axis == b.axis:
				m = pair{credit: 0.6, opposed: negative != (a.against != b.against), axis: a.against != b.against}
			}
			if m.credit > best.credit || m.credit == best.credit && best.opposed && !m.opposed {
				best = m
			}
		}
	}
	if best.credit == 0 && has(e, ch.topic.highRungs) && has(o, lowRungs) && !e.turns() {
		return pair{credit: 0.7, more: true}
	}
	return best
}

// heft is how much an element tells by its rarity; what the record never speaks of tells the most.
func (ch *Checker) heft(e element) float64 {
	least, known := 1.3, false
	for _, key := range e.keys() {
		if h, ok := ch.propositions.heft[key]; ok {
			least, known = min(least, h), true
		}
	}
	if !known && e.entity == "" && !e.foreign {
		switch c := text.CommonEnglish(e.text); {
		case c > 0 && c <= 10:
			return 0.8
		case c > 0 && c <= 20:
			return 1
		}
	}
	return least
}

// turns reports whether an element turns what is said into the opposite: "rejected", "ruled out".
func (e element) turns() bool {
	against := false
	for _, c := range e.concepts {
		if !c.against || !turning[c.axis] {
			return false
		}
		against = against || c.against
	}
	return against
}

// refuses reports whether an element turns what is said by refusing or ruling it out.
func (e element) refuses() bool {
	return e.turns() && slices.ContainsFunc(e.concepts, func(c concept) bool { return c.axis == "favour" })
}

// attitude reports whether an element says that something is wanted, asked or discussed.
func (e element) attitude() bool {
	return len(e.concepts) > 0 && !slices.ContainsFunc(e.concepts, func(c concept) bool { return !attitudes[c.id] })
}

// both reports whether a proposition also has the other side of an element's axis, as in "give up regaining", so that one of
// them does not turn what it says.
func (p *proposition) both(o element) bool {
	return slices.ContainsFunc(p.content, func(x element) bool {
		return slices.ContainsFunc(x.concepts, func(c concept) bool { return !c.against && c.axis != "" && c.axis == o.concepts[0].axis })
	})
}

// conditions reports whether an element is part of the condition of a claim.
func (p *proposition) conditions(o element) bool {
	return slices.ContainsFunc(o.keys(), func(k string) bool { return slices.Contains(p.condition, k) })
}

func has(e element, ids map[string]bool) bool {
	return slices.ContainsFunc(e.concepts, func(c concept) bool { return ids[c.id] })
}

func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}
