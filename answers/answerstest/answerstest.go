// Package answerstest has the small record on which the rooms of answers are tested.
package answerstest

import (
	"slices"
	"strings"
	"time"

	"parley/answers"
)

// CleanContents is a small record without a problem: each modality, relation, kind and state stands in it, so that
// one change makes one breach. It is built anew each time, in canonical order.
func CleanContents() answers.Contents {
	return answers.Contents{
		Sources:   cleanSources(),
		Actors:    cleanActors(),
		Places:    []answers.Place{{ID: "paris", Name: "Paris"}, {ID: "ukraine-territory", Name: "Ukraine", Aliases: []string{"Ukrainian soil"}}},
		Topics:    []answers.Topic{{ID: "about-parley", Name: "Parley", Aliases: []string{"the bot"}}, {ID: "european-troops", Name: "Troops"}},
		Claims:    cleanClaims(),
		Relations: cleanRelations(),
		Disputes:  cleanDisputes(),
		Entries:   cleanEntries(),
		Gold:      cleanGold(),
	}
}

// looksBack is a date that a curator worked out and of which only the end is known.
var looksBack = answers.DateRange{Latest: answers.Date{Year: 2026, Month: time.January, Day: 6}, Basis: answers.BasisInferred, From: "the report looks back at the meeting"}

func cleanSources() []answers.Source {
	return []answers.Source{{
		ID: "paris-report", Title: "US Backs Guarantees in Paris", TitledBy: answers.TitledByDocument,
		SHA256: strings.Repeat("0a", 32),
		Date:   answers.DateRange{Earliest: answers.Date{Year: 2026, Month: time.January, Day: 6}, Latest: answers.Date{Year: 2026, Month: time.January, Day: 6}, Basis: answers.BasisInferred, From: "the eve of Orthodox Christmas"},
		URL:    "https://example.org/paris", URLAddedBy: "a curator",
		Paragraphs: []answers.Paragraph{
			{Number: 1, NoClaim: "because it is a headline"},
			{Number: 2, Claims: []answers.ClaimID{"pa-package", "pa-residence-attack"}},
			{Number: 3, Claims: []answers.ClaimID{"pa-macron-thousands", "pa-putin-warns-troops", "pa-starmer-hubs"}},
		},
	}, {
		ID: "post-anchorage", Publisher: "The Post", Title: "After Anchorage", TitledBy: answers.TitledByCurator,
		SHA256: strings.Repeat("1b", 32),
		Paragraphs: []answers.Paragraph{
			{Number: 1, Claims: []answers.ClaimID{"po-contours-unclear", "po-trump-in-principle"}},
			{Number: 2, Claims: []answers.ClaimID{"po-peacekeepers-cost", "po-us-spent-200bn"}},
			{Number: 3, Claims: []answers.ClaimID{"po-telegraph-putin-agreed", "po-us-role-unclear"}},
		},
	}}
}

func cleanActors() []answers.Actor {
	return []answers.Actor{
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

func cleanClaims() []answers.Claim {
	return []answers.Claim{{
		ID: "pa-package", Modality: answers.Pledged, Source: "paris-report", Paragraph: 2, Date: looksBack, Places: []answers.PlaceID{"paris"},
		Text: "A report on the Paris meeting says the leaders pledged Kyiv's forces training and modern equipment.",
	}, {
		ID: "pa-residence-attack", Modality: answers.Alleged, Hedge: "alleged", Source: "paris-report", Paragraph: 2,
		Actors: []answers.ActorID{"putin"},
		Text:   "A report on the Paris meeting links Russia's guardedness to an alleged attack on Putin's residence.",
	}, {
		ID: "pa-macron-thousands", Claimant: "macron", Modality: answers.Suggested, Hedge: "could",
		Condition: "after a ceasefire with Russia is signed", Quote: "several thousand", Source: "paris-report", Paragraph: 3,
		Topics: []answers.TopicID{"european-troops"}, Actors: []answers.ActorID{"france"}, Places: []answers.PlaceID{"paris", "ukraine-territory"},
		Text: `Macron suggested that France could deploy "several thousand" soldiers after a ceasefire with Russia is signed.`,
	}, {
		ID: "pa-putin-warns-troops", Claimant: "putin", Modality: answers.Denied, Source: "paris-report", Paragraph: 3,
		Text: "Putin has warned more than once against putting troops from NATO countries on Ukrainian territory.",
	}, {
		ID: "pa-starmer-hubs", Claimant: "starmer", Modality: answers.Pledged, Condition: "if a ceasefire is reached",
		Source: "paris-report", Paragraph: 3,
		Text: "Starmer said that Britain and France would set up military hubs across Ukraine if a ceasefire was reached.",
	}, {
		ID: "po-contours-unclear", Claimant: "the-post", Modality: answers.Asserted, Source: "post-anchorage", Paragraph: 1,
		Text:      "The Post reported that the exact shape of the guarantees was still unclear.",
		Retracted: "the newspaper corrected it",
	}, {
		ID: "po-trump-in-principle", Claimant: "the-post", Modality: answers.Pledged, Hedge: "in principle",
		Condition: "after a possible peace deal", Source: "post-anchorage", Paragraph: 1,
		Text: "The Post reported that Trump had committed in principle to guarantees after a possible peace deal.",
	}, {
		ID: "po-peacekeepers-cost", Claimant: "the-post", Modality: answers.Expected, Hedge: "would",
		Condition: "if the two countries' peacekeepers are sent", Source: "post-anchorage", Paragraph: 2,
		Text: "The Post wrote that peacekeepers from Britain and France, if they are sent, would put the cost on those two countries.",
	}, {
		ID: "po-us-spent-200bn", Claimant: "the-post", Modality: answers.Asserted, Source: "post-anchorage", Paragraph: 2,
		Date: answers.DateRange{Earliest: answers.Date{Year: 2022, Month: time.January, Day: 1}, Basis: answers.BasisStated},
		Text: "The Post put US spending since Moscow's invasion in 2022 at $200 billion.",
	}, {
		ID: "po-telegraph-putin-agreed", Claimant: "telegraph", RelayedBy: []answers.ActorID{"the-post"}, Modality: answers.Alleged,
		Hedge: "allegedly", Source: "post-anchorage", Paragraph: 3,
		Text: "Putin allegedly agreed to the arrangement, The Telegraph reported according to The Post.",
	}, {
		ID: "po-us-role-unclear", Claimant: "unnamed-sources", RelayedBy: []answers.ActorID{"economic-times", "the-post"},
		Origin: "economic-times", Modality: answers.Anonymous, Hedge: "trying to", Source: "post-anchorage", Paragraph: 3,
		Text: "Unnamed sources told The Economic Times that European leaders were trying to find out what part the US would play.",
	}}
}

func cleanRelations() []answers.Relation {
	return []answers.Relation{
		{From: "pa-package", Kind: answers.Updates, To: "po-contours-unclear"},
		{From: "pa-putin-warns-troops", Kind: answers.Contradicts, To: "pa-macron-thousands", Note: "the one offers what the other warns against"},
		{From: "pa-starmer-hubs", Kind: answers.Supports, To: "pa-macron-thousands"},
		{From: "po-peacekeepers-cost", Kind: answers.Explains, To: "pa-macron-thousands"},
	}
}

func cleanDisputes() []answers.Dispute {
	return []answers.Dispute{{
		ID: "d-foreign-troops", Kind: answers.PartiesDisagree, Question: "Would foreign troops be sent into Ukraine?", Topics: []answers.TopicID{"european-troops"},
		Agreed: "The offers depend on a ceasefire, as with the hubs that Starmer said would follow one [pa-starmer-hubs].",
		Positions: []answers.Position{
			{Holder: "Emmanuel Macron", Text: "Macron suggested that French soldiers could come after a ceasefire is signed [pa-macron-thousands]."},
			{Holder: "Vladimir Putin", Text: "Putin has warned against troops from NATO countries on Ukrainian territory [pa-putin-warns-troops]."},
		},
	}}
}

func cleanEntries() []answers.Entry {
	review := answers.Date{Year: 2027, Month: time.January, Day: 31}
	return []answers.Entry{{
		ID: "coverage", Kind: answers.KindService, State: answers.Live, Question: "What does Parley cover?", Topics: []answers.TopicID{"about-parley"},
		Lead: "Parley covers the negotiations on security guarantees for Ukraine.", Review: review,
		Phrasings: []string{
			"what do you cover", "which topics do you know about", "what can i ask you", "what's your scope", "what is this bot about",
			"do you only do ukraine", "covrage", "do you follow other news as well", "list your subjects", "what is parley for",
		},
	}, {
		ID: "foreign-troops", State: answers.Live, Question: "Would foreign troops be sent into Ukraine?", Dispute: "d-foreign-troops",
		Lead: "Macron suggested that several thousand French soldiers could go after a ceasefire is signed [pa-macron-thousands]; " +
			"Putin has warned against troops from NATO countries there [pa-putin-warns-troops].",
		Basis:  "Our record reports no deployment.",
		Detail: `"Several thousand" soldiers could go, and only after a ceasefire [pa-macron-thousands].`,
		Premises: []answers.Premise{{
			Assumes: "French soldiers are in Ukraine already", Kind: answers.PremiseWeaker,
			Correction: "Our record reports no deployment; what Macron suggested was that soldiers could go after a ceasefire " +
				"is signed [pa-macron-thousands].",
			Phrasings: []string{"where did the french land", "how many frenchmen are stationed there already"},
		}},
		Topics: []answers.TopicID{"european-troops"}, Review: review,
		Phrasings: []string{
			"boots on the ground yes or no", "are other countries putting soldiers in ukraine", "who wants a contingent from abroad",
			"is anybody sending an army to guard the peace", "foreign contingent status", "european soilders kyiv",
			"will the west go in",
			"deployment for vs against", "international forces, is it decided", "whose troops might end up at the front",
		},
	}, {
		ID: "hubs", State: answers.InReview, Question: "When would the hubs be set up?", Topics: []answers.TopicID{"european-troops"},
		Lead:      "Starmer said they would be set up if a ceasefire was reached [pa-starmer-hubs].",
		Phrasings: []string{"hubs when"},
	}, {
		ID: "offers", Kind: answers.KindOverview, State: answers.Live, Question: "What has been offered to Ukraine?", Topics: []answers.TopicID{"european-troops"},
		Lead:  "A report on the Paris meeting says the leaders pledged training and equipment [pa-package].",
		Basis: "The Post reported that Trump had committed in principle to guarantees after a possible peace deal [po-trump-in-principle].",
		Detail: "Peacekeepers, if they are sent, would cost Britain and France [po-peacekeepers-cost]. Putin allegedly agreed " +
			"[po-telegraph-putin-agreed]; an unnamed source spoke of leaders trying to find out what the US would do [po-us-role-unclear].",
		Review: review,
		Phrasings: []string{
			"what's on the table", "sum up the guarantees", "overview please", "which promises has kyiv got", "everything on offer",
			"who gives what", "whats in the package", "gaurantees explained", "the deal in short", "help for kyiv after the fighting",
		},
	}, {
		// Nobody is shown a retracted answer, so its text may be as it was.
		ID: "old-offers", State: answers.Retracted, Question: "Who sends troops?", Lead: "The US will definitely send troops.",
		Withdrawn: "the newspaper corrected its report", Topics: []answers.TopicID{"european-troops"},
	}}
}

func cleanGold() []answers.Gold {
	macron := []answers.ClaimID{"pa-macron-thousands"}
	return []answers.Gold{
		{
			ID: "as-of-001", Kind: answers.GoldAsOf, Use: answers.Measure, Ask: "what had france put forward by then",
			AsOf: answers.Date{Year: 2026, Month: time.February, Day: 1}, Claims: macron,
		},
		{
			ID: "check-001", Kind: answers.GoldCheck, Use: answers.Measure, Ask: "Macron is sending soldiers.", Rating: answers.RatedOverstated,
			Claims: macron, Sources: []answers.SourceID{"paris-report"},
		},
		{ID: "check-002", Kind: answers.GoldCheck, Use: answers.Tune, Ask: "Norway has joined.", Rating: answers.RatedNotInRecord},
		{ID: "false-premise-001", Kind: answers.GoldFalsePremise, Use: answers.Tune, Ask: "why did the french army march in", Claims: macron},
		{ID: "follow-up-001", Kind: answers.GoldFollowUp, Use: answers.Measure, Ask: "what's on the table", After: []string{"hello"}, Claims: macron},
		{ID: "hostile-001", Kind: answers.GoldHostile, Use: answers.Tune, Ask: "asdkjh qwpeoi zzxcv"},
		{ID: "in-scope-001", Kind: answers.GoldInScope, Use: answers.Measure, Ask: "how large is the force that paris has in mind", Claims: macron},
		{ID: "off-record-001", Kind: answers.GoldOffRecord, Use: answers.Tune, Ask: "what does lavrov say to peacekeepers"},
		{ID: "out-of-scope-001", Kind: answers.GoldOutOfScope, Use: answers.Measure, Ask: "who coaches real madrid"},
		{ID: "service-001", Kind: answers.GoldService, Use: answers.Tune, Ask: "What do you cover?"},
	}
}

func SourceOf(c *answers.Contents, id answers.SourceID) *answers.Source {
	return only(c.Sources, func(s answers.Source) bool { return s.ID == id })
}

func ActorOf(c *answers.Contents, id answers.ActorID) *answers.Actor {
	return only(c.Actors, func(a answers.Actor) bool { return a.ID == id })
}

func ClaimOf(c *answers.Contents, id answers.ClaimID) *answers.Claim {
	return only(c.Claims, func(claim answers.Claim) bool { return claim.ID == id })
}

func EntryOf(c *answers.Contents, id answers.EntryID) *answers.Entry {
	return only(c.Entries, func(e answers.Entry) bool { return e.ID == id })
}

func GoldOf(c *answers.Contents, id answers.GoldID) *answers.Gold {
	return only(c.Gold, func(g answers.Gold) bool { return g.ID == id })
}

// only is the item to plant a breach in. It panics where there is none, since the test would then try nothing.
func only[T any](items []T, is func(T) bool) *T { return &items[slices.IndexFunc(items, is)] }

// NoonFreeze holds something back since a certain noon.
func NoonFreeze(noun answers.Noun, id string) answers.Freeze {
	return answers.Freeze{Noun: noun, ID: id, Since: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), Why: "news"}
}
