package faq

import (
	"fmt"
	"reflect"
	"slices"

	"parley/answers"
)

// Patch is what turns one version of a record into the next. It is empty for versions that say the same.
func Patch(old, now answers.Contents) answers.Patch {
	var p answers.Patch
	p.Put.Sources = differing(&p, answers.NounSource, old.Sources, now.Sources, func(s answers.Source) (string, int) { return string(s.ID), 0 })
	p.Put.Actors = differing(&p, answers.NounActor, old.Actors, now.Actors, func(a answers.Actor) (string, int) { return string(a.ID), 0 })
	p.Put.Topics = differing(&p, answers.NounTopic, old.Topics, now.Topics, func(t answers.Topic) (string, int) { return string(t.ID), 0 })
	p.Put.Claims = differing(&p, answers.NounClaim, old.Claims, now.Claims, func(c answers.Claim) (string, int) { return string(c.ID), c.Revision })
	p.Put.Disputes = differing(&p, answers.NounDispute, old.Disputes, now.Disputes, func(d answers.Dispute) (string, int) { return string(d.ID), d.Revision })
	p.Put.Entries = differing(&p, answers.NounEntry, old.Entries, now.Entries, func(e answers.Entry) (string, int) { return string(e.ID), e.Revision })
	return p
}

// differing lists the items of a list that are new or other than before, and takes those away that are gone.
func differing[T any](p *answers.Patch, noun answers.Noun, old, now []T, id func(T) (string, int)) []T {
	before := map[string]T{}
	for _, v := range old {
		name, _ := id(v)
		before[name] = v
	}
	var put []T
	for _, v := range now {
		name, _ := id(v)
		if was, ok := before[name]; !ok || !reflect.DeepEqual(was, v) {
			put = append(put, v)
		}
		delete(before, name)
	}
	for _, v := range old {
		name, revision := id(v)
		if _, gone := before[name]; gone {
			p.Remove = append(p.Remove, answers.Ref{Noun: noun, ID: name, Revision: revision})
		}
	}
	return put
}

// Changed are the entries of before that a list changes, those whose words readers see first; new ones are left out.
func Changed(made []Made) []Made {
	changed := slices.DeleteFunc(slices.Clone(made), func(m Made) bool {
		return m.Before == nil || reflect.DeepEqual(*m.Before, m.Entry) && !m.Says
	})
	slices.SortStableFunc(changed, func(a, b Made) int {
		switch {
		case a.Says == b.Says:
			return 0
		case a.Says:
			return -1
		}
		return 1
	})
	return changed
}

// Amendments are what the changes of a list mean for readers: what it says of them itself, else what is said of all. A correction tells
// what was answered before, and what is answered now, for each question by itself.
func Amendments(made []Made, class answers.Class) []answers.Amendment {
	var list []answers.Amendment
	better := answers.Amendment{Class: answers.Clarification}
	for _, m := range Changed(made) {
		if !m.Says {
			continue
		}
		of := m.Class
		if of == answers.Unclassed {
			of = class
		}
		switch of {
		case answers.Clarification:
			better.Items = append(better.Items, m.Items...)
		case answers.Corrected:
			list = append(list, answers.Amendment{
				Class: answers.Corrected, Items: m.Items,
				Wrong: fmt.Sprintf("“%s” was answered: %s", m.Before.Question, ended(m.Was)), Right: ended(m.Is),
			})
		}
	}
	if len(better.Items) > 0 {
		list = append(list, better)
	}
	return list
}

// longestTold is how many characters of an answer are told beside a correction.
const longestTold = 300

// ended is an answer as a sentence of one line.
func ended(answer string) string {
	runes := []rune(answers.OneLine(answer))
	if len(runes) > longestTold {
		return string(runes[:longestTold]) + "…"
	}
	return string(runes)
}
