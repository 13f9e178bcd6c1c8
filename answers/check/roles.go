package check

import (
	"slices"

	"parley/answers/text"
)

// speakerFits reports whether the one to whom a statement ascribes what it says is one whom the record has say it.
func (ch *Checker) speakerFits(s frame, p *proposition) bool {
	if s.speaker == "" {
		return true
	}
	return ch.speaksFor(s.speaker, p) || slices.Contains(p.agents, s.speaker)
}

// speaksFor reports whether somebody is among those whom the record has say the claim.
func (ch *Checker) speaksFor(e text.Entity, p *proposition) bool {
	for o := range p.reported {
		if ch.akin(e, o) {
			return true
		}
	}
	return false
}

// agentsFit reports whether those who act in the statement are those who act in the proposition, where both say who does.
func (ch *Checker) agentsFit(s frame, p *proposition) bool {
	if len(s.agents) == 0 || len(p.agents) == 0 {
		return true
	}
	for _, a := range s.agents {
		fits := func(o text.Entity) bool { return ch.akin(a, o) }
		if !slices.ContainsFunc(p.agents, fits) && !fits(p.speaker) && !slices.ContainsFunc(p.content, func(o element) bool { return o.agent == a }) {
			return false
		}
	}
	return true
}

// roleFit is how those who do what a statement speaks of stand to those of a proposition.
type roleFit int

const (
	sameRole    roleFit = iota
	otherRole           // somebody else does it
	swappedRole         // … whom the proposition has in another part
)

// roles compares who does or has what, word by word.
func (ch *Checker) roles(s frame, p *proposition) roleFit {
	fit := sameRole
	for _, e := range s.content {
		if e.agent == "" || e.entity != "" {
			continue
		}
		for _, o := range p.content {
			if o.agent == "" || o.entity != "" || ch.meetOne(e, o).credit < 1 {
				continue
			}
			if has(e, ch.topic.relational) || ch.akin(e.agent, o.agent) || slices.ContainsFunc(p.agents, func(a text.Entity) bool { return ch.akin(a, e.agent) }) {
				fit = max(fit, sameRole)
				continue
			}
			named := func(in []element, who text.Entity) bool {
				return slices.ContainsFunc(in, func(x element) bool { return x.entity != "" && ch.akin(x.entity, who) })
			}
			if named(p.content, e.agent) && (has(e, exclusive) || named(s.content, o.agent)) {
				fit = swappedRole
			} else if fit == sameRole {
				fit = otherRole
			}
		}
	}
	return fit
}

// denying reports whether most of what a statement says is denied.
func denying(s frame) bool {
	denied, all := 0, 0
	for _, e := range s.content {
		if e.entity == "" {
			all++
			if e.denied {
				denied++
			}
		}
	}
	return 2*denied > all
}

// reversed reports whether the statement puts first what the proposition puts last.
func (ch *Checker) reversed(s frame, p *proposition) bool {
	shares := func(a, b []element) bool {
		return slices.ContainsFunc(a, func(e element) bool {
			return e.entity == "" && slices.ContainsFunc(b, func(o element) bool { return o.entity == "" && ch.meetOne(e, o).credit > 0.9 })
		})
	}
	for _, a := range s.order {
		for _, b := range p.order {
			if shares(a.earlier, b.later) && shares(a.later, b.earlier) && !(shares(a.earlier, b.earlier) && shares(a.later, b.later)) {
				return true
			}
		}
	}
	return false
}
