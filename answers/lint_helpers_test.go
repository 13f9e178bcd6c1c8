package answers

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// cleanContents is a small record without a problem: each modality, relation, kind and state stands in it, so that
// one change makes one breach. It is built anew each time, in canonical order.
func cleanContents() Contents {
	return Contents{
		Sources:   cleanSources(),
		Actors:    cleanActors(),
		Places:    []Place{{ID: "paris", Name: "Paris"}, {ID: "ukraine-territory", Name: "Ukraine", Aliases: []string{"Ukrainian soil"}}},
		Topics:    []Topic{{ID: "about-parley", Name: "Parley", Aliases: []string{"the bot"}}, {ID: "european-troops", Name: "Troops"}},
		Claims:    cleanClaims(),
		Relations: cleanRelations(),
		Disputes:  cleanDisputes(),
		Entries:   cleanEntries(),
		Gold:      cleanGold(),
	}
}

// looksBack is a date that a curator worked out and of which only the end is known.
var looksBack = DateRange{Latest: Date{2026, time.January, 6}, Basis: BasisInferred, From: "the report looks back at the meeting"}

func cleanSources() []Source {
	return []Source{{
		ID: "paris-report", Title: "US Backs Guarantees in Paris", TitledBy: TitledByDocument,
		SHA256: strings.Repeat("0a", 32),
		Date:   DateRange{Date{2026, time.January, 6}, Date{2026, time.January, 6}, BasisInferred, "the eve of Orthodox Christmas"},
		URL:    "https://example.org/paris", URLAddedBy: "a curator",
		Paragraphs: []Paragraph{
			{Number: 1, NoClaim: "because it is a headline"},
			{Number: 2, Claims: []ClaimID{"pa-package", "pa-residence-attack"}},
			{Number: 3, Claims: []ClaimID{"pa-macron-thousands", "pa-putin-warns-troops", "pa-starmer-hubs"}},
		},
	}, {
		ID: "post-anchorage", Publisher: "The Post", Title: "After Anchorage", TitledBy: TitledByCurator,
		SHA256: strings.Repeat("1b", 32),
		Paragraphs: []Paragraph{
			{Number: 1, Claims: []ClaimID{"po-contours-unclear", "po-trump-in-principle"}},
			{Number: 2, Claims: []ClaimID{"po-peacekeepers-cost", "po-us-spent-200bn"}},
			{Number: 3, Claims: []ClaimID{"po-telegraph-putin-agreed", "po-us-role-unclear"}},
		},
	}}
}

func cleanActors() []Actor {
	return []Actor{
		{ID: "economic-times", Name: "The Economic Times"},
		{ID: "france", Name: "France"},
		{ID: "macron", Name: "Emmanuel Macron", Aliases: []string{"Macron"}, Role: "French President", RoleAt: "paris-report"},
		{ID: "putin", Name: "Vladimir Putin", Aliases: []string{"Putin"}},
		{ID: "starmer", Name: "Keir Starmer", Aliases: []string{"Starmer"}},
		{ID: "telegraph", Name: "The Telegraph"},
		{ID: "the-post", Name: "The Post"},
		{ID: "unnamed-sources", Name: "unnamed sources"},
	}
}

func cleanClaims() []Claim {
	return []Claim{{
		ID: "pa-package", Modality: Pledged, Source: "paris-report", Paragraph: 2, Date: looksBack, Places: []PlaceID{"paris"},
		Text: "A report on the Paris meeting says the leaders pledged Kyiv's forces training and modern equipment.",
	}, {
		ID: "pa-residence-attack", Modality: Alleged, Hedge: "alleged", Source: "paris-report", Paragraph: 2,
		Actors: []ActorID{"putin"},
		Text:   "A report on the Paris meeting links Russia's guardedness to an alleged attack on Putin's residence.",
	}, {
		ID: "pa-macron-thousands", Claimant: "macron", Modality: Suggested, Hedge: "could",
		Condition: "after a ceasefire with Russia is signed", Quote: "several thousand", Source: "paris-report", Paragraph: 3,
		Topics: []TopicID{"european-troops"}, Actors: []ActorID{"france"}, Places: []PlaceID{"paris", "ukraine-territory"},
		Text: `Macron suggested that France could deploy "several thousand" soldiers after a ceasefire with Russia is signed.`,
	}, {
		ID: "pa-putin-warns-troops", Claimant: "putin", Modality: Denied, Source: "paris-report", Paragraph: 3,
		Text: "Putin has warned more than once against putting troops from NATO countries on Ukrainian territory.",
	}, {
		ID: "pa-starmer-hubs", Claimant: "starmer", Modality: Pledged, Condition: "if a ceasefire is reached",
		Source: "paris-report", Paragraph: 3,
		Text: "Starmer said that Britain and France would set up military hubs across Ukraine if a ceasefire was reached.",
	}, {
		ID: "po-contours-unclear", Claimant: "the-post", Modality: Asserted, Source: "post-anchorage", Paragraph: 1,
		Text:      "The Post reported that the exact shape of the guarantees was still unclear.",
		Retracted: "the newspaper corrected it",
	}, {
		ID: "po-trump-in-principle", Claimant: "the-post", Modality: Pledged, Hedge: "in principle",
		Condition: "after a possible peace deal", Source: "post-anchorage", Paragraph: 1,
		Text: "The Post reported that Trump had committed in principle to guarantees after a possible peace deal.",
	}, {
		ID: "po-peacekeepers-cost", Claimant: "the-post", Modality: Expected, Hedge: "would",
		Condition: "if the two countries' peacekeepers are sent", Source: "post-anchorage", Paragraph: 2,
		Text: "The Post wrote that peacekeepers from Britain and France, if they are sent, would put the cost on those two countries.",
	}, {
		ID: "po-us-spent-200bn", Claimant: "the-post", Modality: Asserted, Source: "post-anchorage", Paragraph: 2,
		Date: DateRange{Earliest: Date{2022, time.January, 1}, Basis: BasisStated},
		Text: "The Post put US spending since Moscow's invasion in 2022 at $200 billion.",
	}, {
		ID: "po-telegraph-putin-agreed", Claimant: "telegraph", RelayedBy: []ActorID{"the-post"}, Modality: Alleged,
		Hedge: "allegedly", Source: "post-anchorage", Paragraph: 3,
		Text: "Putin allegedly agreed to the arrangement, The Telegraph reported according to The Post.",
	}, {
		ID: "po-us-role-unclear", Claimant: "unnamed-sources", RelayedBy: []ActorID{"economic-times", "the-post"},
		Origin: "economic-times", Modality: Anonymous, Hedge: "trying to", Source: "post-anchorage", Paragraph: 3,
		Text: "Unnamed sources told The Economic Times that European leaders were trying to find out what part the US would play.",
	}}
}

func cleanRelations() []Relation {
	return []Relation{
		{From: "pa-package", Kind: Updates, To: "po-contours-unclear"},
		{From: "pa-putin-warns-troops", Kind: Contradicts, To: "pa-macron-thousands", Note: "the one offers what the other warns against"},
		{From: "pa-starmer-hubs", Kind: Supports, To: "pa-macron-thousands"},
		{From: "po-peacekeepers-cost", Kind: Explains, To: "pa-macron-thousands"},
	}
}

func cleanDisputes() []Dispute {
	return []Dispute{{
		ID: "d-foreign-troops", Question: "Would foreign troops be sent into Ukraine?", Topics: []TopicID{"european-troops"},
		Agreed: "The offers depend on a ceasefire, as with the hubs that Starmer said would follow one [pa-starmer-hubs].",
		Positions: []Position{
			{"Emmanuel Macron", "Macron suggested that French soldiers could come after a ceasefire is signed [pa-macron-thousands]."},
			{"Vladimir Putin", "Putin has warned against troops from NATO countries on Ukrainian territory [pa-putin-warns-troops]."},
		},
	}}
}

func cleanEntries() []Entry {
	review := Date{2027, time.January, 31}
	return []Entry{{
		ID: "coverage", Kind: KindService, State: Live, Question: "What does Parley cover?", Topics: []TopicID{"about-parley"},
		Short: "Parley covers the negotiations on security guarantees for Ukraine.", Review: review,
		Phrasings: []string{
			"what do you cover", "which topics do you know about", "what can i ask you", "what's your scope", "what is this bot about",
			"do you only do ukraine", "covrage", "do you follow other news as well", "list your subjects", "what is parley for",
		},
	}, {
		ID: "foreign-troops", State: Live, Question: "Would foreign troops be sent into Ukraine?", Dispute: "d-foreign-troops",
		Short: "Our record reports no deployment. Macron suggested that several thousand French soldiers could go after a ceasefire " +
			"is signed [pa-macron-thousands]; Putin has warned against troops from NATO countries there [pa-putin-warns-troops].",
		Detail: `"Several thousand" soldiers could go, and only after a ceasefire [pa-macron-thousands].`,
		Premises: []Premise{{
			Assumes: "French soldiers are in Ukraine already",
			Correction: "Our record reports no deployment; what Macron suggested was that soldiers could go after a ceasefire " +
				"is signed [pa-macron-thousands].",
			Phrasings: []string{"where did the french land", "how many frenchmen are stationed there already"},
		}},
		Topics: []TopicID{"european-troops"}, Review: review,
		Phrasings: []string{
			"boots on the ground yes or no", "are other countries putting soldiers in ukraine", "who wants a contingent from abroad",
			"is anybody sending an army to guard the peace", "foreign contingent status", "european soilders kyiv",
			"will the west go in",
			"deployment for vs against", "international forces, is it decided", "whose troops might end up at the front",
		},
	}, {
		ID: "hubs", State: InReview, Question: "When would the hubs be set up?", Topics: []TopicID{"european-troops"},
		Short:     "Starmer said they would be set up if a ceasefire was reached [pa-starmer-hubs].",
		Phrasings: []string{"hubs when"},
	}, {
		ID: "offers", Kind: KindOverview, State: Live, Question: "What has been offered to Ukraine?", Topics: []TopicID{"european-troops"},
		Short: "A report on the Paris meeting says the leaders pledged training and equipment [pa-package]. The Post reported that " +
			"Trump had committed in principle to guarantees after a possible peace deal [po-trump-in-principle].",
		Detail: "Peacekeepers, if they are sent, would cost Britain and France [po-peacekeepers-cost]. Putin allegedly agreed " +
			"[po-telegraph-putin-agreed]; an unnamed source spoke of leaders trying to find out what the US would do [po-us-role-unclear].",
		Review: review,
		Phrasings: []string{
			"what's on the table", "sum up the guarantees", "overview please", "which promises has kyiv got", "everything on offer",
			"who gives what", "whats in the package", "gaurantees explained", "the deal in short", "help for kyiv after the fighting",
		},
	}, {
		// Nobody is shown a retracted answer, so its text may be as it was.
		ID: "old-offers", State: Retracted, Question: "Who sends troops?", Short: "The US will definitely send troops.",
		Withdrawn: "the newspaper corrected its report", Topics: []TopicID{"european-troops"},
	}}
}

func cleanGold() []Gold {
	macron := []ClaimID{"pa-macron-thousands"}
	return []Gold{
		{
			ID: "as-of-001", Kind: GoldAsOf, Use: Measure, Ask: "what had france put forward by then",
			AsOf: Date{2026, time.February, 1}, Claims: macron,
		},
		{
			ID: "check-001", Kind: GoldCheck, Use: Measure, Ask: "Macron is sending soldiers.", Rating: RatedOverstated,
			Claims: macron, Sources: []SourceID{"paris-report"},
		},
		{ID: "check-002", Kind: GoldCheck, Use: Tune, Ask: "Norway has joined.", Rating: RatedNotInRecord},
		{ID: "false-premise-001", Kind: GoldFalsePremise, Use: Tune, Ask: "why did the french army march in", Claims: macron},
		{ID: "follow-up-001", Kind: GoldFollowUp, Use: Measure, Ask: "what's on the table", After: []string{"hello"}, Claims: macron},
		{ID: "hostile-001", Kind: GoldHostile, Use: Tune, Ask: "asdkjh qwpeoi zzxcv"},
		{ID: "in-scope-001", Kind: GoldInScope, Use: Measure, Ask: "how large is the force that paris has in mind", Claims: macron},
		{ID: "off-record-001", Kind: GoldOffRecord, Use: Tune, Ask: "what does lavrov say to peacekeepers"},
		{ID: "out-of-scope-001", Kind: GoldOutOfScope, Use: Measure, Ask: "who coaches real madrid"},
		{ID: "service-001", Kind: GoldService, Use: Tune, Ask: "What do you cover?"},
	}
}

func sourceOf(c *Contents, id SourceID) *Source {
	return only(c.Sources, func(s Source) bool { return s.ID == id })
}
func actorOf(c *Contents, id ActorID) *Actor {
	return only(c.Actors, func(a Actor) bool { return a.ID == id })
}
func claimOf(c *Contents, id ClaimID) *Claim {
	return only(c.Claims, func(claim Claim) bool { return claim.ID == id })
}
func entryOf(c *Contents, id EntryID) *Entry {
	return only(c.Entries, func(e Entry) bool { return e.ID == id })
}
func goldOf(c *Contents, id GoldID) *Gold {
	return only(c.Gold, func(g Gold) bool { return g.ID == id })
}

// only is the item to plant a breach in. It panics where there is none, since the test would then try nothing.
func only[T any](items []T, is func(T) bool) *T { return &items[slices.IndexFunc(items, is)] }

// plant is one breach of an editorial rule and what Lint must say about it, and about nothing else. The message of a
// wanted problem is a part of the reported one.
type plant struct {
	breach string
	in     func(*Contents)
	want   []Problem
}

// planted is a fresh record with the breach in it.
func (p plant) planted() Contents {
	c := cleanContents()
	p.in(&c)
	return c
}

// requireProblems fails unless exactly the wanted problems are reported, in any order.
func requireProblems(t *testing.T, got, want []Problem) {
	t.Helper()
	rest := slices.Clone(got)
	for _, w := range want {
		at := slices.IndexFunc(rest, func(p Problem) bool {
			return p.Subject == w.Subject && strings.Contains(p.Message, w.Message)
		})
		if at < 0 {
			t.Errorf("not reported: %v", w)
			continue
		}
		rest = slices.Delete(rest, at, at+1)
	}
	for _, p := range rest {
		t.Errorf("reported besides: %v", p)
	}
}

// variant is a change to the record after which it must still have no problem.
type variant struct {
	what string
	in   func(*Contents)
}

// requireClean fails for each variant that is reported: editors must not be sent after what is in order.
func requireClean(t *testing.T, variants []variant) {
	t.Helper()
	for _, v := range variants {
		t.Run(v.what, func(t *testing.T) {
			c := cleanContents()
			v.in(&c)
			requireProblems(t, Lint(c), nil)
		})
	}
}
