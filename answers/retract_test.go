package answers_test

import (
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// What falls with what is withdrawn.
func TestRetract(t *testing.T) {
	c := answerstest.CleanContents()
	c.Freezes = []answers.Freeze{answerstest.NoonFreeze(answers.NounDispute, string(c.Disputes[0].ID)), answerstest.NoonFreeze(answers.NounEntry, "offers")}
	for i := range c.Entries {
		c.Entries[i].Revision = 3
	}
	id := c.Disputes[0].Positions[0].Text.Claims()[0]
	p, err := c.Retract(answers.NounClaim, string(id), "The report was withdrawn.")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Put.Claims) != 1 || p.Put.Claims[0].ID != id || p.Put.Claims[0].Retracted != "The report was withdrawn." {
		t.Errorf("the claims become %+v", p.Put.Claims)
	}
	for _, e := range c.Entries {
		at := slices.IndexFunc(p.Put.Entries, func(n answers.Entry) bool { return n.ID == e.ID })
		withdrawn := at >= 0 && p.Put.Entries[at].State == answers.Retracted
		if stands := e.StandsOn(answers.Ref{Noun: answers.NounClaim, ID: string(id)}); stands != withdrawn {
			t.Errorf("%s stands on the claim: %v; it is withdrawn: %v", e.ID, stands, withdrawn)
		}
		if withdrawn && p.Put.Entries[at].Withdrawn != "The report was withdrawn." {
			t.Errorf("%s does not say why: %+v", e.ID, p.Put.Entries[at])
		}
	}
	if len(c.Disputes[0].Positions) == 2 {
		for _, want := range []answers.Ref{{Noun: answers.NounDispute, ID: string(c.Disputes[0].ID)}, {Noun: answers.NounFreeze, ID: c.Freezes[0].Key()}} {
			if !slices.Contains(p.Remove, want) {
				t.Errorf("%v does not end: %v", want, p.Remove)
			}
		}
	}
	for _, r := range p.Base() {
		if r.Noun == answers.NounEntry && r.Revision != 3 {
			t.Errorf("the patch goes back to %v", r)
		}
	}
}

func TestRetractInVain(t *testing.T) {
	c := answerstest.CleanContents()
	c.Claims[0].Retracted = "before"
	c.Entries[0].State = answers.Retracted
	for _, r := range []struct {
		noun     answers.Noun
		id, want string
	}{
		{answers.NounClaim, string(c.Claims[0].ID), "withdrawn already"},
		{answers.NounEntry, string(c.Entries[0].ID), "withdrawn already"},
		{answers.NounClaim, "no-such", "the claim \"no-such\" is not in the record"},
		{answers.NounEntry, "no-such", "the entry \"no-such\" is not in the record"},
		{answers.NounTopic, string(c.Topics[0].ID), "only entries and claims are withdrawn"},
	} {
		if _, err := c.Retract(r.noun, r.id, "why"); err == nil || !strings.Contains(err.Error(), r.want) {
			t.Errorf("withdrawing %s/%s ends with %v, want %q", r.noun, r.id, err, r.want)
		}
	}
}
