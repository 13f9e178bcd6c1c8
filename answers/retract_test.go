package answers

import (
	"slices"
	"strings"
	"testing"
)

// What falls with what is withdrawn.
func TestRetract(t *testing.T) {
	c := cleanContents()
	c.Freezes = []Freeze{noonFreeze(NounDispute, string(c.Disputes[0].ID)), noonFreeze(NounEntry, "offers")}
	for i := range c.Entries {
		c.Entries[i].Revision = 3
	}
	id := c.Disputes[0].Positions[0].Text.Claims()[0]
	p, err := c.Retract(NounClaim, string(id), "The report was withdrawn.")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Put.Claims) != 1 || p.Put.Claims[0].ID != id || p.Put.Claims[0].Retracted != "The report was withdrawn." {
		t.Errorf("the claims become %+v", p.Put.Claims)
	}
	for _, e := range c.Entries {
		at := slices.IndexFunc(p.Put.Entries, func(n Entry) bool { return n.ID == e.ID })
		withdrawn := at >= 0 && p.Put.Entries[at].State == Retracted
		if stands := e.standsOn(Ref{Noun: NounClaim, ID: string(id)}); stands != withdrawn {
			t.Errorf("%s stands on the claim: %v; it is withdrawn: %v", e.ID, stands, withdrawn)
		}
		if withdrawn && p.Put.Entries[at].Withdrawn != "The report was withdrawn." {
			t.Errorf("%s does not say why: %+v", e.ID, p.Put.Entries[at])
		}
	}
	if len(c.Disputes[0].Positions) == 2 {
		for _, want := range []Ref{{Noun: NounDispute, ID: string(c.Disputes[0].ID)}, {Noun: NounFreeze, ID: c.Freezes[0].Key()}} {
			if !slices.Contains(p.Remove, want) {
				t.Errorf("%v does not end: %v", want, p.Remove)
			}
		}
	}
	for _, r := range p.Base() {
		if r.Noun == NounEntry && r.Revision != 3 {
			t.Errorf("the patch goes back to %v", r)
		}
	}
}

func TestRetractInVain(t *testing.T) {
	c := cleanContents()
	c.Claims[0].Retracted = "before"
	c.Entries[0].State = Retracted
	for _, r := range []struct {
		noun     Noun
		id, want string
	}{
		{NounClaim, string(c.Claims[0].ID), "withdrawn already"},
		{NounEntry, string(c.Entries[0].ID), "withdrawn already"},
		{NounClaim, "no-such", "the claim \"no-such\" is not in the record"},
		{NounEntry, "no-such", "the entry \"no-such\" is not in the record"},
		{NounTopic, string(c.Topics[0].ID), "only entries and claims are withdrawn"},
	} {
		if _, err := c.Retract(r.noun, r.id, "why"); err == nil || !strings.Contains(err.Error(), r.want) {
			t.Errorf("withdrawing %s/%s ends with %v, want %q", r.noun, r.id, err, r.want)
		}
	}
}

// What a freeze is said to hold back is what the library does hold back.
func TestHeldBy(t *testing.T) {
	c := cleanContents()
	held := 0
	for _, f := range []Freeze{
		noonFreeze(NounEntry, "foreign-troops"), noonFreeze(NounTopic, "european-troops"), noonFreeze(NounTopic, "about-parley"),
		noonFreeze(NounDispute, "d-foreign-troops"),
	} {
		with := cleanContents()
		with.Freezes = []Freeze{f}
		facts := newFacts(with)
		for _, e := range c.Entries {
			listed := slices.ContainsFunc(c.HeldBy(f), func(h Entry) bool { return h.ID == e.ID })
			if e.State == Live && listed != (facts.held(e) != nil) {
				t.Errorf("%s holds back %s: %v; listed: %v", f.Key(), e.ID, facts.held(e) != nil, listed)
			}
			if listed {
				held++
			}
		}
	}
	if held < 3 {
		t.Errorf("only %d entries were held back", held)
	}
}
