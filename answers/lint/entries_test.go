package lint

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/answerstest"
)

// entryPlants are breaches in entries, their phrasings and the gold questions.
var entryPlants = []plant{
	{"an entry is of no known kind", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Kind = "essay" },
		[]Problem{{Subject{answers.NounEntry, "hubs", "kind", 0}, `kind is "essay"; it must be one of ["" "overview" "service" "faq" "gap"]`}}},
	{"an entry is in no known state", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").State = "gone" },
		[]Problem{{Subject{answers.NounEntry, "hubs", "state", 0}, `state is "gone"`}}},
	{"an entry asks nothing", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Question = "" },
		[]Problem{{Subject{answers.NounEntry, "hubs", "question", 0}, "question is missing"}}},
	{"an entry says nothing", func(c *answers.Contents) { answerstest.EntryOf(c, "coverage").Lead = "" },
		[]Problem{{Subject{answers.NounEntry, "coverage", "lead", 0}, "lead is missing"}}},
	{"an entry has an unknown topic", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Topics[0] = "weather" },
		[]Problem{{Subject{answers.NounEntry, "hubs", "topics", 1}, `there is no "weather"`}}},
	{"an entry has a topic twice", func(c *answers.Contents) { list(&answerstest.EntryOf(c, "hubs").Topics, "european-troops") },
		[]Problem{{Subject{answers.NounEntry, "hubs", "topics", 2}, `"european-troops" stands twice`}}},
	{"an entry has no topic", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Topics = nil },
		[]Problem{{Subject{answers.NounEntry, "hubs", "", 0}, "has no topic"}}},
	{"nobody says why an entry was retracted", func(c *answers.Contents) { answerstest.EntryOf(c, "old-offers").Withdrawn = "" },
		[]Problem{{Subject{answers.NounEntry, "old-offers", "withdrawn", 0}, "withdrawn is missing"}}},
	{"a retracted entry comes back", func(c *answers.Contents) { answerstest.EntryOf(c, "old-offers").State = answers.InReview }, []Problem{
		{Subject{answers.NounEntry, "old-offers", "", 0}, "the answer stands on no claim"},
		{Subject{answers.NounEntry, "old-offers", "lead", 0}, `the sentence "The US will definitely send troops." stands on no claim`},
		{Subject{answers.NounEntry, "old-offers", "lead", 0}, `"definitely" takes sides`},
	}},
	{"a short answer only says what the record lacks", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Lead = "Our record does not say." },
		[]Problem{{Subject{answers.NounEntry, "hubs", "", 0}, "the answer stands on no claim"}}},
	{"an answer that is of no list has two lines", func(c *answers.Contents) {
		answerstest.EntryOf(c, "hubs").Detail = "Our record has more.\nOur record has that too."
	}, []Problem{{Subject{answers.NounEntry, "hubs", "lead", 0}, "write it as one paragraph"}}},
	{"a lead has 26 words", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Lead = longLead(26) },
		[]Problem{{Subject{answers.NounEntry, "hubs", "lead", 0}, "it has 26 words; at most 25"}}},
	{"a lead for yes or no has 26 words", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Polar = longLead(26) },
		[]Problem{{Subject{answers.NounEntry, "hubs", "polar", 0}, "it has 26 words; at most 25"}}},
	{"a lead leans on what was said before", func(c *answers.Contents) {
		answerstest.EntryOf(c, "hubs").Lead = "Not by the report's account, which pledged it [pa-package]."
	}, []Problem{{Subject{answers.NounEntry, "hubs", "lead", 0}, "it cannot stand alone"}}},
	{"a lead has no verb", func(c *answers.Contents) {
		answerstest.EntryOf(c, "hubs").Lead = "A pledge, by one report [pa-package]."
	},
		[]Problem{{Subject{answers.NounEntry, "hubs", "lead", 0}, "it has no verb"}}},
	{"a basis repeats the lead", basis("A report on the Paris meeting says that the leaders pledged training and equipment [pa-package]."),
		[]Problem{{Subject{answers.NounEntry, "offers", "basis", 0}, "repeats the lead"}}},
	{"a basis has three sentences", basis("The Post reported it [po-us-spent-200bn]. It was The Post [po-us-spent-200bn]. It dated it to 2022 [po-us-spent-200bn]."),
		[]Problem{{Subject{answers.NounEntry, "offers", "basis", 0}, "it has 3 sentences; at most 2"}}},
	{"a caveat does not say what it is", func(c *answers.Contents) {
		answerstest.EntryOf(c, "offers").Caveat = "A report says something else was pledged [pa-package]."
	}, []Problem{{Subject{answers.NounEntry, "offers", "caveat", 0}, "begin it with"}}},
	{"a label has six words", func(c *answers.Contents) {
		answerstest.SourceOf(c, "paris-report").Label = "the report on the Paris meeting"
	}, []Problem{{Subject{answers.NounSource, "paris-report", "label", 0}, "it has 6 words; at most 5"}}},
	{"a live entry has no review date", func(c *answers.Contents) { answerstest.EntryOf(c, "foreign-troops").Review = answers.Date{} },
		[]Problem{{Subject{answers.NounEntry, "foreign-troops", "", 0}, "needs a review date"}}},
	{"a frozen entry has no review date", func(c *answers.Contents) { answerstest.EntryOf(c, "offers").Review = answers.Date{} },
		[]Problem{{Subject{answers.NounEntry, "offers", "", 0}, "needs a review date"}}},
	{"a service entry has no review date", func(c *answers.Contents) { answerstest.EntryOf(c, "coverage").Review = answers.Date{} },
		[]Problem{{Subject{answers.NounEntry, "coverage", "", 0}, "needs a review date"}}},
	{"a live entry has nine phrasings", func(c *answers.Contents) { drop(&answerstest.EntryOf(c, "foreign-troops").Phrasings) },
		[]Problem{{Subject{answers.NounEntry, "foreign-troops", "phrasings", 0}, "there are 9 phrasings; at least 10 are needed"}}},
	{"a frozen entry has nine phrasings", func(c *answers.Contents) { drop(&answerstest.EntryOf(c, "offers").Phrasings) },
		[]Problem{{Subject{answers.NounEntry, "offers", "phrasings", 0}, "there are 9 phrasings"}}},
	{"a draft is made live", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").State = answers.Live }, []Problem{
		{Subject{answers.NounEntry, "hubs", "", 0}, "needs a review date"},
		{Subject{answers.NounEntry, "hubs", "phrasings", 0}, "there are 1 phrasings"},
	}},

	{"an answer names what is nearest", func(c *answers.Contents) {
		answerstest.EntryOf(c, "hubs").Nearest = []answers.EntryID{"foreign-troops"}
	},
		[]Problem{{Subject{answers.NounEntry, "hubs", "", 0}, "only a gap names what is nearest"}}},
	{"a gap says something", func(c *answers.Contents) {
		makeGap(c)
		answerstest.EntryOf(c, "hubs").Detail = "Our record holds nothing on it."
	},
		[]Problem{{Subject{answers.NounEntry, "hubs", "", 0}, "a gap has neither answer nor dispute nor premises"}}},
	{"a gap offers what is not there", func(c *answers.Contents) { makeGap(c, "weather") },
		[]Problem{{Subject{answers.NounEntry, "hubs", "nearest", 1}, `there is no entry "weather"`}}},
	{"a gap offers itself", func(c *answers.Contents) { makeGap(c, "coverage", "hubs") },
		[]Problem{{Subject{answers.NounEntry, "hubs", "nearest", 2}, `"hubs" cannot be offered as nearest: it is no live answer`}}},
	{"a gap offers a retracted answer", func(c *answers.Contents) { makeGap(c, "old-offers") },
		[]Problem{{Subject{answers.NounEntry, "hubs", "nearest", 1}, `"old-offers" cannot be offered as nearest`}}},

	{"a service entry stands on a claim", func(c *answers.Contents) {
		answerstest.EntryOf(c, "coverage").Lead = "Parley knows of a report that pledged training [pa-package]."
	},
		[]Problem{{Subject{answers.NounEntry, "coverage", "", 0}, "speaks of Parley and stands on no claim"}}},
	{"the detail of a service entry stands on a claim",
		func(c *answers.Contents) {
			answerstest.EntryOf(c, "coverage").Detail = "A report pledged training [pa-package]."
		},
		[]Problem{{Subject{answers.NounEntry, "coverage", "", 0}, "speaks of Parley and stands on no claim"}}},
	{"a service entry answers a dispute", func(c *answers.Contents) { answerstest.EntryOf(c, "coverage").Dispute = "d-foreign-troops" },
		[]Problem{{Subject{answers.NounEntry, "coverage", "", 0}, "neither dispute nor premises"}}},
	{"a service entry corrects a premise",
		func(c *answers.Contents) {
			list(&answerstest.EntryOf(c, "coverage").Premises, answers.Premise{Assumes: "Parley is a person"})
		},
		[]Problem{{Subject{answers.NounEntry, "coverage", "", 0}, "neither dispute nor premises"}}},

	{"a premise assumes nothing", func(c *answers.Contents) { answerstest.EntryOf(c, "foreign-troops").Premises[0].Assumes = "" },
		[]Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 1}, "what the premise assumes is missing"}}},
	{"a correction stands on no claim", func(c *answers.Contents) {
		answerstest.EntryOf(c, "foreign-troops").Premises[0].Correction = "Our record reports no deployment."
	},
		[]Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 1}, "the correction stands on no claim"}}},
	{"nobody asks by a premise", func(c *answers.Contents) { answerstest.EntryOf(c, "foreign-troops").Premises[0].Phrasings = nil },
		[]Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 1}, "the premise has no phrasing"}}},
	{"a second correction drops the condition", func(c *answers.Contents) {
		list(&answerstest.EntryOf(c, "foreign-troops").Premises, answers.Premise{
			Assumes: "Hubs are there", Kind: answers.PremiseWeaker, Correction: "Starmer said hubs would be set up [pa-starmer-hubs].", Phrasings: []string{"where are the hubs"},
		})
	}, []Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 2}, "its condition (if a ceasefire is reached) is missing"}}},
	{"a correction does not name who says it", func(c *answers.Contents) {
		answerstest.EntryOf(c, "foreign-troops").Premises[0].Correction =
			"What was suggested is that soldiers could go after a ceasefire is signed [pa-macron-thousands]."
	}, []Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 1}, `claim "pa-macron-thousands" is Emmanuel Macron's`}}},

	{"a premise does not say whether it is refuted", func(c *answers.Contents) { answerstest.EntryOf(c, "foreign-troops").Premises[0].Kind = "false" },
		[]Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 1}, `the premise is of kind "false"`}}},
	{"a dispute is shown beside an entry that states no side of it", func(c *answers.Contents) { list(&answerstest.EntryOf(c, "offers").Beside, "d-foreign-troops") },
		[]Problem{{Subject{answers.NounEntry, "offers", "beside", 1}, `what is stated first takes no side of "d-foreign-troops"`}}},
	{"a dispute is shown beside its own answer", func(c *answers.Contents) { list(&answerstest.EntryOf(c, "foreign-troops").Beside, "d-foreign-troops") },
		[]Problem{{Subject{answers.NounEntry, "foreign-troops", "beside", 1}, `the entry is the answer to "d-foreign-troops"`}}},
	{"a dispute that is shown beside is not there", func(c *answers.Contents) { list(&answerstest.EntryOf(c, "offers").Beside, "d-hubs") },
		[]Problem{{Subject{answers.NounEntry, "offers", "beside", 1}, `there is no "d-hubs"`}}},
	{"an entry answers a dispute that is not there", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Dispute = "d-hubs" },
		[]Problem{{Subject{answers.NounEntry, "hubs", "dispute", 0}, `there is no "d-hubs"`}}},
	{"a short answer leaves out a side", func(c *answers.Contents) {
		answerstest.EntryOf(c, "foreign-troops").Lead = "Macron suggested that soldiers could go after a ceasefire [pa-macron-thousands]."
	}, []Problem{{Subject{answers.NounEntry, "foreign-troops", "dispute", 0}, "leaves out the position of Vladimir Putin"}}},
	{"a side stands only in the detail", func(c *answers.Contents) {
		answerstest.EntryOf(c, "foreign-troops").Lead = "Putin has warned against it [pa-putin-warns-troops]."
	}, []Problem{{Subject{answers.NounEntry, "foreign-troops", "dispute", 0}, "leaves out the position of Emmanuel Macron"}}},

	{"a phrasing has no letters", func(c *answers.Contents) { answerstest.EntryOf(c, "offers").Phrasings[2] = "???" },
		[]Problem{{Subject{answers.NounEntry, "offers", "phrasings", 3}, `the phrasing "???" has no letters`}}},
	{"a phrasing stands twice in an entry", func(c *answers.Contents) { answerstest.EntryOf(c, "offers").Phrasings[9] = "Overview, please!" },
		[]Problem{{Subject{answers.NounEntry, "offers", "phrasings", 10}, `the phrasing "Overview, please!" stands twice`}}},
	{"a phrasing leads to two entries", func(c *answers.Contents) { answerstest.EntryOf(c, "offers").Phrasings[0] = "WHAT do you cover?" },
		[]Problem{{Subject{answers.NounEntry, "offers", "phrasings", 1}, `the phrasing "WHAT do you cover?" also leads to coverage`}}},
	{"a draft's phrasing leads to a live entry", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Phrasings[0] = "what do you cover" },
		[]Problem{{Subject{answers.NounEntry, "hubs", "phrasings", 1}, "also leads to coverage"}}},
	{"a phrasing leads to an entry and to its premise",
		func(c *answers.Contents) {
			list(&answerstest.EntryOf(c, "foreign-troops").Premises[0].Phrasings, "will the west go in?")
		},
		[]Problem{{
			Subject{answers.NounEntry, "foreign-troops", "premises", 1}, `the phrasing "will the west go in?" also leads to foreign-troops`,
		}}},
	{"an entry's question leads to its premise", func(c *answers.Contents) {
		list(&answerstest.EntryOf(c, "foreign-troops").Premises[0].Phrasings, "would foreign troops be sent into ukraine")
	}, []Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 1}, "also leads to foreign-troops"}}},
	{"a phrasing stands twice in a premise", func(c *answers.Contents) {
		list(&answerstest.EntryOf(c, "foreign-troops").Premises[0].Phrasings, "where did the French land?")
	},
		[]Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 1}, "stands twice"}}},
	{"a phrasing leads to another entry's premise",
		func(c *answers.Contents) { answerstest.EntryOf(c, "offers").Phrasings[0] = "where did the french land" },
		[]Problem{{Subject{answers.NounEntry, "offers", "phrasings", 1}, "also leads to foreign-troops, premise 1"}}},
	{"a phrasing leads to two premises", func(c *answers.Contents) {
		p := answerstest.EntryOf(c, "foreign-troops").Premises[0]
		list(&answerstest.EntryOf(c, "foreign-troops").Premises, answers.Premise{Assumes: "They landed", Kind: answers.PremiseWeaker, Correction: p.Correction, Phrasings: []string{"where did the french land"}})
	}, []Problem{{Subject{answers.NounEntry, "foreign-troops", "premises", 2}, "also leads to foreign-troops, premise 1"}}},
	// The question is a way of asking like any phrasing.
	{"a phrasing is the question of another entry", func(c *answers.Contents) { answerstest.EntryOf(c, "offers").Phrasings[0] = "what does parley cover" },
		[]Problem{{Subject{answers.NounEntry, "offers", "phrasings", 1}, "also leads to coverage"}}},
	{"two entries have one question", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Question = "What does Parley cover?" },
		[]Problem{{Subject{answers.NounEntry, "hubs", "question", 0}, "also leads to coverage"}}},

	{"a gold question asks nothing", func(c *answers.Contents) { answerstest.GoldOf(c, "hostile-001").Ask = "" },
		[]Problem{{Subject{answers.NounGold, "hostile-001", "ask", 0}, "ask is missing"}}},
	{"a gold question has no use", func(c *answers.Contents) { answerstest.GoldOf(c, "hostile-001").Use = "" },
		[]Problem{{Subject{answers.NounGold, "hostile-001", "use", 0}, `use is ""; it must be one of ["tune" "measure"]`}}},
	{"a gold question is of no known kind", func(c *answers.Contents) { answerstest.GoldOf(c, "hostile-001").Kind = "trick" },
		[]Problem{{Subject{answers.NounGold, "hostile-001", "kind", 0}, `kind is "trick"`}}},
	{"a gold question expects an unknown claim", func(c *answers.Contents) { list(&answerstest.GoldOf(c, "in-scope-001").Claims, "pa-norway") },
		[]Problem{{Subject{answers.NounGold, "in-scope-001", "claims", 2}, `there is no "pa-norway"`}}},
	{"a gold question was written from an unknown source", func(c *answers.Contents) { list(&answerstest.GoldOf(c, "check-001").Sources, "the-times") },
		[]Problem{{Subject{answers.NounGold, "check-001", "sources", 2}, `there is no "the-times"`}}},
	{"a question in scope expects nothing",
		func(c *answers.Contents) { answerstest.GoldOf(c, "in-scope-001").Claims = nil }, inGold("in-scope-001", "of kind in-scope needs the claims")},
	{"a false premise expects nothing", func(c *answers.Contents) { answerstest.GoldOf(c, "false-premise-001").Claims = nil },
		inGold("false-premise-001", "of kind false-premise needs the claims")},
	{"a follow-up expects nothing",
		func(c *answers.Contents) { answerstest.GoldOf(c, "follow-up-001").Claims = nil }, inGold("follow-up-001", "of kind follow-up needs the claims")},
	{"a question off the record expects a claim", func(c *answers.Contents) { list(&answerstest.GoldOf(c, "off-record-001").Claims, "pa-package") },
		inGold("off-record-001", "of kind off-record must be declined")},
	{"a question out of scope expects a claim", func(c *answers.Contents) { list(&answerstest.GoldOf(c, "out-of-scope-001").Claims, "pa-package") },
		inGold("out-of-scope-001", "of kind out-of-scope must be declined")},
	{"a hostile question expects a claim", func(c *answers.Contents) { list(&answerstest.GoldOf(c, "hostile-001").Claims, "pa-package") },
		inGold("hostile-001", "of kind hostile must be declined")},
	{"a service question expects a claim", func(c *answers.Contents) { list(&answerstest.GoldOf(c, "service-001").Claims, "pa-package") },
		inGold("service-001", "no claim can be expected")},
	{"a statement to check has no rating",
		func(c *answers.Contents) { answerstest.GoldOf(c, "check-001").Rating = "" }, inGold("check-001", "a rating belongs to a statement to check")},
	{"a question is rated",
		func(c *answers.Contents) { answerstest.GoldOf(c, "in-scope-001").Rating = answers.RatedSupported },
		inGold("in-scope-001", "a rating belongs to a statement to check")},
	{"a rating knows the truth", func(c *answers.Contents) { answerstest.GoldOf(c, "check-001").Rating = "true" },
		[]Problem{{Subject{answers.NounGold, "check-001", "rating", 0}, `rating is "true"; it must be one of ["supported" `}}},
	{"a supported statement has no claims", func(c *answers.Contents) { answerstest.GoldOf(c, "check-001").Claims = nil },
		inGold("check-001", "exactly a statement that is not in the record has no claims")},
	{"a statement not in the record has claims", func(c *answers.Contents) { list(&answerstest.GoldOf(c, "check-002").Claims, "pa-package") },
		inGold("check-002", "exactly a statement that is not in the record has no claims")},
	{"an as-of question names no day",
		func(c *answers.Contents) { answerstest.GoldOf(c, "as-of-001").AsOf = answers.Date{} }, inGold("as-of-001", "an as-of day belongs to an as-of question")},
	{"another question names a day", func(c *answers.Contents) {
		answerstest.GoldOf(c, "in-scope-001").AsOf = answers.Date{Year: 2026, Month: time.January, Day: 6}
	},
		inGold("in-scope-001", "an as-of day belongs to an as-of question")},
	{"a follow-up follows nothing",
		func(c *answers.Contents) { answerstest.GoldOf(c, "follow-up-001").After = nil }, inGold("follow-up-001", "earlier turns belong to a follow-up")},
	{"another question follows something", func(c *answers.Contents) { answerstest.GoldOf(c, "in-scope-001").After = []string{"hello"} },
		inGold("in-scope-001", "earlier turns belong to a follow-up")},
	{"a gold question is a phrasing", func(c *answers.Contents) {
		answerstest.GoldOf(c, "in-scope-001").Ask = "From abroad, a contingent: who wanted?"
	},
		inAsk("in-scope-001", "nearly equals a phrasing of foreign-troops")},
	{"a gold question is an entry's question",
		func(c *answers.Contents) {
			answerstest.GoldOf(c, "in-scope-001").Ask = "what has been offered to ukraine"
		},
		inAsk("in-scope-001", "nearly equals a phrasing of offers")},
	{"a gold question is a premise's phrasing",
		func(c *answers.Contents) {
			answerstest.GoldOf(c, "false-premise-001").Ask = "Where did the French land?"
		},
		inAsk("false-premise-001", "nearly equals a phrasing of foreign-troops")},
	{"a gold question is a phrasing of two entries", func(c *answers.Contents) {
		answerstest.EntryOf(c, "offers").Phrasings[0] = "a contingent from abroad who wants"
		answerstest.GoldOf(c, "in-scope-001").Ask = "From abroad, a contingent: who wanted?"
	}, inAsk("in-scope-001", "nearly equals a phrasing of foreign-troops")},
	{"a statement to measure by is a wording", func(c *answers.Contents) {
		claim := answerstest.ClaimOf(c, "pa-starmer-hubs")
		claim.Frame.Wordings = []string{claim.Text}
		c.Gold = append(c.Gold, answers.Gold{
			ID: "check-901", Kind: answers.GoldCheck, Use: answers.Measure, Ask: claim.Text, Rating: answers.RatedSupported, Claims: []answers.ClaimID{claim.ID},
		})
	}, inAsk("check-901", "nearly equals a wording of pa-starmer-hubs")},
	{"a gold question has nine stems of a phrasing's ten", func(c *answers.Contents) {
		answerstest.EntryOf(c, "hubs").Phrasings[0] = "alpha bravo charlie delta echo foxtrot golf hotel india juliett"
		answerstest.GoldOf(c, "off-record-001").Ask = "juliett india hotel golf foxtrot echo delta charlie bravo"
	}, inAsk("off-record-001", "nearly equals a phrasing of hubs")},
}

func inGold(id, message string) []Problem {
	return []Problem{{Subject{answers.NounGold, id, "", 0}, message}}
}

func inAsk(id, message string) []Problem {
	return []Problem{{Subject{answers.NounGold, id, "ask", 0}, message}}
}

// drop takes the last phrasing away.
func drop(phrasings *[]string) { *phrasings = (*phrasings)[:len(*phrasings)-1] }

// longLead is a lead of n words.
func longLead(n int) answers.Prose {
	const frame = "A report pledged [pa-package]." // three words and their marker
	return answers.Prose(strings.Replace(frame, "pledged", "pledged"+strings.Repeat(" much", n-3), 1))
}

// What is not shown, or is rightly alike, must not be reported.
func TestLintAcceptsEntries(t *testing.T) {
	requireClean(t, []variant{
		{"a draft in the zero state", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").State = answers.Draft }},
		{"a lead of 25 words", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Lead = longLead(25) }},
		{"a source named by its label", func(c *answers.Contents) {
			answerstest.SourceOf(c, "paris-report").Label = "the Paris paper"
			answerstest.EntryOf(c, "hubs").Lead = "The leaders pledged training, by the Paris paper [pa-package]."
		}},
		{"a caveat about the question", func(c *answers.Contents) {
			answerstest.EntryOf(c, "offers").Caveat = "Still open: our record does not say when."
		}},
		{"an entry that answers part of the side", func(c *answers.Contents) {
			c.Disputes[0].Positions[1].Text += " He has warned against it, The Post reported that $200 billion were spent [po-us-spent-200bn]."
		}},
		{"a draft without phrasings", func(c *answers.Contents) { answerstest.EntryOf(c, "hubs").Phrasings = nil }},
		{"an entry's own question as a phrasing",
			func(c *answers.Contents) {
				list(&answerstest.EntryOf(c, "coverage").Phrasings, "what does parley cover")
			}},
		{"an entry that takes the place of a retracted one",
			func(c *answers.Contents) {
				old := answerstest.EntryOf(c, "old-offers")
				answerstest.EntryOf(c, "coverage").Question = old.Question
				for _, text := range old.Phrasings {
					list(&answerstest.EntryOf(c, "coverage").Phrasings, text)
				}
			}},
		{"phrasings of the same words",
			func(c *answers.Contents) { list(&answerstest.EntryOf(c, "coverage").Phrasings, "do what you cover") }},
		{"a hello that is a phrasing", func(c *answers.Contents) { answerstest.GoldOf(c, "service-001").Ask = "what do you cover" }},
		{"a follow-up that is a phrasing", func(c *answers.Contents) { answerstest.GoldOf(c, "follow-up-001").Ask = "overview please" }},
		{"an as-of question with nothing to find", func(c *answers.Contents) { answerstest.GoldOf(c, "as-of-001").Claims = nil }},
		{"eight stems of a phrasing's nine", func(c *answers.Contents) {
			answerstest.EntryOf(c, "hubs").Phrasings[0] = "alpha bravo charlie delta echo foxtrot golf hotel india"
			answerstest.GoldOf(c, "off-record-001").Ask = "alpha bravo charlie delta echo foxtrot golf hotel"
		}},
	})
	for _, r := range []answers.Rating{answers.RatedSupported, answers.RatedOverstated, answers.RatedContradicted, answers.RatedContested, answers.RatedOutdated} {
		t.Run(fmt.Sprintf("a statement rated %s", r), func(t *testing.T) {
			c := answerstest.CleanContents()
			answerstest.GoldOf(&c, "check-001").Rating = r
			requireProblems(t, Lint(c), nil)
		})
	}
}

// makeGap turns the draft into a question that no source answers.
func makeGap(c *answers.Contents, nearest ...answers.EntryID) {
	e := answerstest.EntryOf(c, "hubs")
	e.Kind, e.Lead, e.Detail, e.Dispute, e.Premises, e.Nearest = answers.KindGap, "", "", "", nil, nearest
}
