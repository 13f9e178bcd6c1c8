package answers_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// manyContents has enough in each list that an order by anything else than the canonical one shows.
func manyContents() answers.Contents {
	c := answerstest.CleanContents()
	c.Claims = append(c.Claims,
		answers.Claim{ID: "aa-last", Source: "paris-report", Paragraph: 10}, // a string would put it before paragraph 2
		answers.Claim{ID: "zz-first", Source: "paris-report", Paragraph: 1},
	)
	c.Relations = append(c.Relations,
		answers.Relation{From: "pa-package", Kind: answers.Updates, To: "aa-last"},
		answers.Relation{From: "pa-package", Kind: answers.Contradicts, To: "zz-first"},
	)
	c.Disputes = append(c.Disputes, answers.Dispute{ID: "d-land"}, answers.Dispute{ID: "d-binding"})
	c.Events = append(c.Events, answers.Event{ID: "paris"}, answers.Event{ID: "alaska"})
	c.Freezes = append(c.Freezes, answers.Freeze{Noun: answers.NounTopic, ID: "european-troops"}, answers.Freeze{Noun: answers.NounEntry, ID: "offers"})
	return c
}

func TestSortPutsEachListInOrder(t *testing.T) {
	c := manyContents()
	c.Sort()
	var claims, relations, disputes []string
	for _, claim := range c.Claims {
		claims = append(claims, string(claim.ID))
	}
	for _, r := range c.Relations {
		relations = append(relations, r.Key())
	}
	for _, d := range c.Disputes {
		disputes = append(disputes, string(d.ID))
	}
	for what, lists := range map[string][2][]string{
		"claims, by source, paragraph and id": {claims, {
			"zz-first",
			"pa-package", "pa-residence-attack",
			"pa-macron-thousands", "pa-putin-warns-troops", "pa-starmer-hubs",
			"aa-last",
			"po-contours-unclear", "po-trump-in-principle",
			"po-peacekeepers-cost", "po-us-spent-200bn",
			"po-telegraph-putin-agreed", "po-us-role-unclear",
		}},
		"relations, by where they start, kind and where they lead": {relations, {
			"pa-package contradicts zz-first",
			"pa-package updates aa-last",
			"pa-package updates po-contours-unclear",
			"pa-putin-warns-troops contradicts pa-macron-thousands",
			"pa-starmer-hubs supports pa-macron-thousands",
			"po-peacekeepers-cost explains pa-macron-thousands",
		}},
		"disputes, by id": {disputes, {"d-binding", "d-foreign-troops", "d-land"}},
	} {
		if !slices.Equal(lists[0], lists[1]) {
			t.Errorf("%s:\n%q, want\n%q", what, lists[0], lists[1])
		}
	}
}

// Whatever order a folder or a database lists the record in, it is the same record.
func TestSortIsCanonical(t *testing.T) {
	want := manyContents()
	want.Sort()
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 0))
		got := manyContents()
		lists := reflect.ValueOf(&got).Elem()
		for i := range lists.NumField() {
			list := lists.Field(i).Interface()
			if name := lists.Type().Field(i).Name; name == "About" || name == "Corrections" {
				continue // the one is no list, and history has an order of its own
			}
			if lists.Field(i).Len() < 2 {
				t.Fatalf("there are too few %s to shuffle", lists.Type().Field(i).Name)
			}
			random.Shuffle(lists.Field(i).Len(), reflect.Swapper(list))
		}
		if reflect.DeepEqual(got, want) {
			t.Fatalf("shuffle %d left everything in its place", seed)
		}
		got.Sort()
		for i := range lists.NumField() {
			if !reflect.DeepEqual(lists.Field(i).Interface(), reflect.ValueOf(want).Field(i).Interface()) {
				t.Errorf("after shuffle %d the %s are in another order", seed, lists.Type().Field(i).Name)
			}
		}
	}
}

// The order of positions, phrasings and the like is a curator's choice.
func TestSortLeavesTheListsOfAnItem(t *testing.T) {
	c := answerstest.CleanContents()
	slices.Reverse(c.Disputes[0].Positions)
	slices.Reverse(answerstest.EntryOf(&c, "coverage").Phrasings)
	slices.Reverse(answerstest.SourceOf(&c, "paris-report").Paragraphs[1].Claims)
	slices.Reverse(answerstest.ClaimOf(&c, "po-us-role-unclear").RelayedBy)
	positions, phrasings := slices.Clone(c.Disputes[0].Positions), slices.Clone(answerstest.EntryOf(&c, "coverage").Phrasings)
	c.Sort()
	if !slices.Equal(c.Disputes[0].Positions, positions) {
		t.Error("the positions of a dispute were moved")
	}
	if !slices.Equal(answerstest.EntryOf(&c, "coverage").Phrasings, phrasings) {
		t.Error("the phrasings of an entry were moved")
	}
	if got := answerstest.SourceOf(&c, "paris-report").Paragraphs[1].Claims; got[0] != "pa-residence-attack" {
		t.Error("the claims of a paragraph were moved")
	}
	if got := answerstest.ClaimOf(&c, "po-us-role-unclear").RelayedBy; got[0] != "the-post" {
		t.Error("the relayers of a claim were moved")
	}
}
