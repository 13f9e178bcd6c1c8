package lint

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/grammar"
	"parley/answers/text"
)

// frames checks that what a curator wrote for comparing statements with a claim stays within the claim: its wordings name nobody whom the claim
// does not, have no other numbers or days, are no firmer, and keep its condition. That they mean the same is left to the curator.
func (l *linter) frames() {
	if !slices.ContainsFunc(l.Claims, func(c answers.Claim) bool { return len(c.Frame.Wordings) > 0 }) {
		return // a reader costs more than all other rules together
	}
	reader := grammar.NewReader(l.Contents)
	for _, c := range l.Claims {
		at := Subject{Noun: answers.NounClaim, ID: string(c.ID), Field: "frame"}
		known(l, at, "frame", c.Frame.Complete, l.actor)
		if len(c.Frame.Wordings) == 0 {
			continue
		}
		own := reader.Plain(c.Text)
		firm := reader.Read(c.Text).Level
		for _, raw := range c.Frame.Wordings {
			s := reader.Read(raw)
			for i := range s.Tokens {
				if why := beyond(c, own, &s.Tokens[i]); why != "" {
					l.report(at, "the wording %q has %s, which is not the claim's", shown(raw), why)
				}
			}
			fit := fitting(c.Modality)
			switch {
			case s.Level > firm && c.Modality != answers.Anonymous && fit != nil && !fit.MatchString(raw):
				l.report(at, "the wording %q is firmer than the claim", shown(raw))
			case c.Condition != "" && c.Modality != answers.Asserted && !conditional.MatchString(raw) && !plannedOnly(s) && !hedged(c, raw):
				l.report(at, "the wording %q leaves out the condition (%s)", shown(raw), c.Condition)
			}
		}
	}
}

// plannedOnly reports whether a wording speaks of what is planned, proposed, possible or hypothetical, which a condition makes it.
func plannedOnly(s grammar.Sentence) bool { return s.Level < grammar.Future || s.Soft }

// hedged reports whether a wording keeps a hedge of several words, as "in principle", which leaves open what must come first.
func hedged(c answers.Claim, raw string) bool {
	return strings.Contains(c.Hedge, " ") && strings.Contains(text.Fold(raw), text.Fold(c.Hedge))
}

// beyond tells a name, number or day that a claim does not have; "" for none.
func beyond(c answers.Claim, own []grammar.Token, t *grammar.Token) string {
	has := func(fits func(*grammar.Token) bool) bool {
		return slices.ContainsFunc(own, func(o grammar.Token) bool { return o.Kind == t.Kind && fits(&o) })
	}
	switch t.Kind {
	case grammar.Name:
		id, actor := strings.CutPrefix(t.Key, "actor/")
		place, isPlace := strings.CutPrefix(t.Key, "place/")
		switch {
		case !actor && !isPlace, has(func(o *grammar.Token) bool { return o.Key == t.Key }):
		case actor && (c.Claimant == answers.ActorID(id) || slices.Contains(c.Actors, answers.ActorID(id)) || slices.Contains(c.RelayedBy, answers.ActorID(id))):
		case isPlace && (t.Prep == "" || len(c.Places) == 0 || slices.Contains(c.Places, answers.PlaceID(place))):
		default:
			return t.Raw
		}
	case grammar.Number:
		if !has(func(o *grammar.Token) bool { return o.Value.Bears(t.Value) }) {
			return t.Raw
		}
	case grammar.Date:
		if !c.Date.Known() && !has(func(o *grammar.Token) bool { bears, _ := o.Day.Bears(t.Day); return bears }) {
			return t.Raw
		}
	}
	return ""
}
