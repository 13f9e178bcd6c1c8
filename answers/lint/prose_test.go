package lint

import (
	"fmt"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// inLead are problems with the lead of the overview, where most plants of prose stand.
func inLead(messages ...string) []Problem {
	var problems []Problem
	for _, m := range messages {
		problems = append(problems, Problem{Subject{answers.NounEntry, "offers", "lead", 0}, m})
	}
	return problems
}

// lead makes prose all that the overview states first.
func lead(p answers.Prose) func(*answers.Contents) {
	return func(c *answers.Contents) {
		answerstest.EntryOf(c, "offers").Lead, answerstest.EntryOf(c, "offers").Basis = p, ""
	}
}

// basis makes prose what the overview says to its lead.
func basis(p answers.Prose) func(*answers.Contents) {
	return func(c *answers.Contents) { answerstest.EntryOf(c, "offers").Basis = p }
}

// detail makes prose the detail of the overview.
func detail(p answers.Prose) func(*answers.Contents) {
	return func(c *answers.Contents) { answerstest.EntryOf(c, "offers").Detail = p }
}

// prosePlants are breaches in the wording of answers.
var prosePlants = []plant{
	{"an answer says agreed where the claim says allegedly",
		lead("Putin agreed to the arrangement, The Telegraph reported [po-telegraph-putin-agreed]."),
		inLead(`its hedge "allegedly" is missing in "Putin agreed to the arrangement, The Telegraph reported."`,
			"that is alleged, and no such word")},
	{"an answer says will where the claim says could",
		lead(`Macron suggested that "several thousand" soldiers will go after a ceasefire [pa-macron-thousands].`),
		inLead(`stronger than claim "pa-macron-thousands": its hedge "could" is missing`)},
	{"an answer drops the condition",
		lead("Starmer said Britain would set up hubs [pa-starmer-hubs]."),
		inLead(`stronger than claim "pa-starmer-hubs": its condition (if a ceasefire is reached) is missing`)},
	{"an answer makes a fact of a pledge",
		lead("A report on the Paris meeting says Ukraine has training and equipment [pa-package]."),
		inLead(`stronger than claim "pa-package": that is pledged, and no such word`)},
	{"an answer turns a denial round",
		lead("Putin has spoken of troops from NATO countries on Ukrainian territory [pa-putin-warns-troops]."),
		inLead(`stronger than claim "pa-putin-warns-troops": that is denied, and no such word`)},
	{"an answer makes a fact of an expectation",
		lead("The Post wrote that peacekeepers cost Britain and France if they are sent [po-peacekeepers-cost]."),
		inLead(`its hedge "would" is missing`, "that is expected, and no such word")},
	{"an answer hides that its witness has no name",
		lead("Sources told The Economic Times that leaders were trying to find out what the US does [po-us-role-unclear]."),
		inLead("that is anonymous, and no such word", "is unnamed sources's")},
	{"an answer hedges the first of two clauses only",
		lead("Putin allegedly agreed, The Telegraph reported [po-telegraph-putin-agreed]; he did agree [po-telegraph-putin-agreed]."),
		inLead(`its hedge "allegedly" is missing in " he did agree`, "that is alleged")},
	{"the second claim of a marker is hedged, the answer is not",
		lead("A report on the Paris meeting says The Telegraph reported that training was agreed on [pa-package, po-telegraph-putin-agreed]."),
		inLead(`its hedge "allegedly" is missing`, "that is alleged")},
	{"a detail drops a hedge",
		detail("Putin agreed to it [po-telegraph-putin-agreed]."),
		[]Problem{
			{Subject{answers.NounEntry, "offers", "detail", 0}, `its hedge "allegedly" is missing`},
			{Subject{answers.NounEntry, "offers", "detail", 0}, "that is alleged"},
		}},
	{"the claim of an answer gains a hedge", func(c *answers.Contents) {
		claimText("po-us-spent-200bn", "The Post put US spending at about $200 billion.", func(c *answers.Claim) { c.Hedge = "about" })(c)
		lead("The Post put US spending at $200 billion [po-us-spent-200bn].")(c)
	}, inLead(`stronger than claim "po-us-spent-200bn": its hedge "about" is missing`)},
	{"a hedge stands only within another word", func(c *answers.Contents) {
		claimText("po-us-spent-200bn", "The Post wrote that US spending may be $200 billion.", func(c *answers.Claim) { c.Hedge = "may" })(c)
		lead("The Post put US spending at $200 billion, to the dismay of many mayors [po-us-spent-200bn].")(c)
	}, inLead(`its hedge "may" is missing`)},

	{"an answer does not name the person who says it",
		lead("Troops from NATO countries have been warned against [pa-putin-warns-troops]."),
		inLead(`who says it is missing: claim "pa-putin-warns-troops" is Vladimir Putin's`)},
	{"an answer names the relayer instead of the newspaper",
		lead("Putin allegedly agreed, The Post reported [po-telegraph-putin-agreed]."),
		inLead(`who says it is missing: claim "po-telegraph-putin-agreed" is The Telegraph's`)},
	{"an answer passes a document's own voice for a fact",
		lead("The leaders pledged training and equipment [pa-package]."),
		inLead(`claim "pa-package" is its source's own statement, as in "one report says"`)},
	{"a second sentence forgets the document's voice",
		lead("A report on the Paris meeting says the leaders pledged training [pa-package]. The leaders pledged equipment [pa-package]."),
		inLead("it has 2 sentences", `claim "pa-package" is its source's own statement`)},

	{"a marker names no claim", lead("A report says Norway joined [pa-norway]."), inLead(`there is no claim "pa-norway"`)},
	{"the second claim of a marker is not there", lead("A report says the leaders pledged training [pa-package, pa-norway]."),
		inLead(`there is no claim "pa-norway"`)},
	{"the first sentence stands on no claim", lead("France sends troops. A report says the leaders pledged training [pa-package]."),
		inLead("it has 2 sentences", `the sentence "France sends troops." stands on no claim`)},
	{"the last sentence stands on no claim", lead("A report says the leaders pledged training [pa-package]. France sends troops."),
		inLead("it has 2 sentences", `the sentence "France sends troops." stands on no claim`)},
	{"a marker comes after its full stop", lead("A report says the leaders pledged training. [pa-package]"),
		inLead("it has 2 sentences", `the sentence "A report says the leaders pledged training." stands on no claim`, "is its source's own statement", "that is pledged")},
	{"a long sentence stands on no claim",
		detail("The soldiers whom the French president spoke of are on their way to Ukraine and will arrive before the year is out."),
		[]Problem{{
			Subject{answers.NounEntry, "offers", "detail", 0},
			`the sentence "The soldiers whom the French president spoke of are on thei…" stands on no claim`,
		}}},
	{"a sentence of 60 characters stands on no claim",
		detail("Soldiers whom the president spoke of are on their way there."),
		[]Problem{{
			Subject{answers.NounEntry, "offers", "detail", 0},
			`the sentence "Soldiers whom the president spoke of are on their way there." stands on no claim`,
		}}},
	{"words come after the last marker", lead("A report says the leaders pledged training [pa-package], and troops will follow."),
		inLead(`the words ", and troops will follow." come after the last marker`)},
	{"a clause comes after the last marker", lead("A report says the leaders pledged training [pa-package]; troops will follow."),
		inLead("troops will follow.")},
	{"a number comes after the last marker", lead("A report says the leaders pledged training for this many [pa-package]: 200,000."),
		inLead(`the words ": 200,000." come after the last marker`)},
	{"a clause before the first marker stands on no claim",
		lead("Troops will follow; a report says the leaders pledged training [pa-package]."),
		inLead(`"Troops will follow"`)},
	{"a number in front stands on no claim",
		lead("200,000; a report says the leaders pledged training [pa-package]."), inLead(`"200,000"`)},
	{"a number stands on no claim",
		lead("A report says the leaders pledged training for many [pa-package]. 200,000."), inLead("it has 2 sentences", `"200,000."`)},
	// What is said about the record excuses itself and nothing beside it.
	{"words about the record excuse a clause before them",
		lead("Troops will follow; a report says the leaders pledged training [pa-package], as our record shows."),
		inLead(`"Troops will follow"`)},
	{"words about the record excuse a clause after the last marker",
		lead("A report says the leaders pledged training [pa-package]; troops will follow; our record holds nothing else."),
		inLead("troops will follow")},
	{"words after a marker within a clause stand on no claim",
		lead("A report says the leaders pledged training [pa-package], and troops will follow; the report speaks of a pledge [pa-package]."),
		inLead(`", and troops will follow"`)},
	{"a clause between two markers stands on no claim",
		lead("A report says the leaders pledged training [pa-package]; troops will follow; " +
			"the report says they pledged equipment [pa-package]."),
		inLead(`"troops will follow"`)},
	{"a marker has a capital", lead("A report says the leaders pledged training [pa-package], and equipment [pa-Package]."),
		inLead("a marker in square brackets cannot be read", `the words ", and equipment [pa-Package]." come after the last marker`)},
	{"a marker has no hyphen", lead("A report says the leaders pledged training [sic] [pa-package]."),
		inLead("a marker in square brackets cannot be read")},
	{"a marker is not closed", lead("A report says [pa-package the leaders pledged training [pa-package]."),
		inLead("a marker in square brackets cannot be read")},
	{"a marker is not opened", lead("A report says the leaders pledged training pa-package] and equipment [pa-package]."),
		inLead("a marker in square brackets cannot be read")},
	{"a marker parts its ids by a word", lead("A report says the leaders pledged training [pa-package and pa-package] [pa-package]."),
		inLead("a marker in square brackets cannot be read")},

	{"an answer quotes what its claim does not", lead(`A report says the leaders pledged "ironclad" training [pa-package].`),
		inLead(`no claim of the sentence holds the quotation "ironclad"`)},
	{"an answer quotes in curly marks what its claim does not",
		lead(`A report says the leaders pledged “ironclad” training [pa-package].`),
		inLead(`no claim of the sentence holds the quotation "ironclad"`)},
	{"an answer lengthens a quotation",
		lead(`Macron suggested that "several thousand soldiers" could go after a ceasefire [pa-macron-thousands].`),
		inLead(`no claim of the sentence holds the quotation "several thousand soldiers"`)},
	{"an answer cuts a quotation within a word",
		lead(`Macron suggested that "several thou" could go after a ceasefire [pa-macron-thousands].`),
		inLead(`no claim of the sentence holds the quotation "several thou"`)},
	{"the second quotation of a sentence is nobody's",
		lead(`Macron suggested that "several thousand" could "surely" go after a ceasefire [pa-macron-thousands].`),
		inLead(`no claim of the sentence holds the quotation "surely"`)},
	// An open quotation may run on into the next sentence, where its words would pass for ours.
	{"an answer does not close its quotation", lead(`A report says the leaders pledged "ironclad training [pa-package].`),
		inLead("quotation")},
	{"another sentence's claim holds the quotation",
		lead(`Macron suggested that soldiers could go after a ceasefire [pa-macron-thousands]. ` +
			`A report says "several thousand" were pledged [pa-package].`),
		inLead("it has 2 sentences", `no claim of the sentence holds the quotation "several thousand"`)},
	{"a clause about the record quotes another claim's words as its speaker's",
		detail(`Our record reports no deployment; Putin warned against "several thousand" [pa-putin-warns-troops].`),
		[]Problem{{
			Subject{answers.NounEntry, "offers", "detail", 0}, `no claim of the sentence holds the quotation "several thousand"`,
		}}},
	{"a marked clause quotes another claim's words and names the record",
		detail(`In our record Putin warned against "several thousand" [pa-putin-warns-troops].`),
		[]Problem{{Subject{answers.NounEntry, "offers", "detail", 0}, `no claim of the sentence holds the quotation "several thousand"`}}},
	{"a sentence about the record quotes what nobody vouches for", detail(`Our record holds no "ironclad" promise.`),
		[]Problem{{Subject{answers.NounEntry, "offers", "detail", 0}, `holds the quotation "ironclad"`}}},

	{"a short answer stands on a retracted claim", lead("The Post reported that the exact shape was unclear [po-contours-unclear]."),
		inLead(`stands on "po-contours-unclear", which was retracted: the newspaper corrected it`)},
	{"a detail stands on a retracted claim", detail("The exact shape was unclear [po-contours-unclear]."),
		[]Problem{{Subject{answers.NounEntry, "offers", "detail", 0}, `stands on "po-contours-unclear", which was retracted`}}},
	{"a draft stands on a retracted claim",
		func(c *answers.Contents) {
			answerstest.EntryOf(c, "hubs").Lead = "The Post reported that the exact shape was unclear [po-contours-unclear]."
		},
		[]Problem{{Subject{answers.NounEntry, "hubs", "lead", 0}, `stands on "po-contours-unclear", which was retracted`}}},
	{"a claim is retracted under a position and its answer",
		func(c *answers.Contents) { answerstest.ClaimOf(c, "pa-putin-warns-troops").Retracted = "misheard" }, []Problem{
			{Subject{answers.NounDispute, "d-foreign-troops", "positions", 2}, "was retracted: misheard"},
			{Subject{answers.NounEntry, "foreign-troops", "lead", 0}, "was retracted: misheard"},
		}},
	{"a short answer takes sides", lead("A report says the leaders clearly pledged training [pa-package]."),
		inLead(`"clearly" takes sides or will not age well`)},
	{"a detail will not age well", detail("Our record is silent today."),
		[]Problem{{Subject{answers.NounEntry, "offers", "detail", 0}, `"today" takes sides or will not age well`}}},
}

// Words that take sides or that move with the day of reading, and words that only contain one.
func TestLintKnowsPartialWords(t *testing.T) {
	lint := func(words string) []Problem {
		c := answerstest.CleanContents()
		detail(answers.Prose("Our record " + words + "."))(&c)
		return Lint(c)
	}
	for _, words := range []string{
		"clearly", "Obviously", "of course", "undoubtedly", "definitely", "certainly", "bombshell", "slammed", "revealed", "admitted",
		"claimed", "prove", "proves", "now", "TODAY", "currently", "recently",
	} {
		t.Run(words, func(t *testing.T) {
			requireProblems(t, lint("is "+words+" silent"), []Problem{{
				Subject{answers.NounEntry, "offers", "detail", 0}, fmt.Sprintf("%q takes sides or will not age well", words),
			}})
		})
	}
	for _, words := range []string{"knows", "is known", "improves", "was unclaimed", "is unclear", "holds claims",
		"is of coursework"} {
		t.Run(words, func(t *testing.T) { requireProblems(t, lint(words), nil) })
	}
}

// A document's own voice is heard in any of these words.
func TestLintKnowsADocumentsVoice(t *testing.T) {
	lint := func(text string) []Problem {
		c := answerstest.CleanContents()
		claimText("pa-residence-attack", text, nil)(&c)
		return Lint(c)
	}
	for _, text := range []string{
		"A report speaks of an alleged attack.", "Two reports speak of an alleged attack.",
		"By one account there was an alleged attack.",
		"Accounts speak of an alleged attack.", "An alleged attack is reported.", "One document speaks of an alleged attack.",
		"Documents speak of an alleged attack.", "Both speak of an alleged attack.", "Another speaks of an alleged attack.",
		"The other speaks of an alleged attack.", "A source speaks of an alleged attack.", "Sources speak of an alleged attack.",
	} {
		t.Run(text, func(t *testing.T) { requireProblems(t, lint(text), nil) })
	}
	for _, text := range []string{"There was an alleged attack.", "An alleged attack cost resources.",
		"It was an alleged attack.", "An alleged attack was accountable."} {
		t.Run(text, func(t *testing.T) {
			requireProblems(t, lint(text), []Problem{{
				Subject{answers.NounClaim, "pa-residence-attack", "text", 0},
				`who says it is missing: claim "pa-residence-attack" is its source's own statement`,
			}})
		})
	}
}

// What STYLE.md allows must not be reported, or editors would write around the linter.
func TestLintAcceptsProse(t *testing.T) {
	requireClean(t, []variant{
		{"two clauses of different strength", lead("A report says the leaders pledged training [pa-package]; Putin allegedly agreed, " +
			"The Telegraph reported [po-telegraph-putin-agreed].")},
		{"two claims under one marker",
			lead("The Post reported that a report pledged training for $200 billion [pa-package, po-us-spent-200bn].")},
		{"a sentence of two markers",
			lead("A report says the leaders pledged training [pa-package] and The Post spoke of $200 billion [po-us-spent-200bn].")},
		{"a pronoun in the second sentence",
			basis("The Post put US spending at $200 billion [po-us-spent-200bn]. It dated that to 2022 [po-us-spent-200bn].")},
		{"another and the other for documents",
			basis("Another says training was pledged [pa-package]. The other pledged it too, and both meant it [pa-package].")},
		{"a claimant named in another sentence", basis("Our record has a warning of Putin's. He has warned against troops from " +
			"NATO countries [pa-putin-warns-troops].")},
		{"a name in other letters",
			lead("PUTÍN’S warning was against troops from NATO countries [pa-putin-warns-troops].")},
		{"a detail that names nobody",
			detail("Troops from NATO countries were warned against [pa-putin-warns-troops].")},
		{"a sentence about the record", detail("No date stands in our record. Our record names no number.")},
		{"a clause about the record, first",
			detail("Our record reports no deployment; Putin warned against it [pa-putin-warns-troops].")},
		{"a clause about the record, last",
			detail("Putin warned against it [pa-putin-warns-troops]; our record holds nothing else.")},
		{"a quotation at the end",
			lead(`Macron suggested that after a ceasefire there could be "several thousand" [pa-macron-thousands].`)},
		{"a part of a quotation",
			lead(`Macron suggested that "Thousand"s could go after a ceasefire [pa-macron-thousands].`)},
		{"a marker within the quotation mark",
			lead(`Macron suggested that after a ceasefire there could be "several thousand [pa-macron-thousands]."`)},
		{"a marker before a question mark", detail("Who warned against troops [pa-putin-warns-troops]?")},
		{"a sentence about the record on what somebody said",
			detail(`Our record does not say what "Several Thousand" means.`)},
		{"no detail", detail("")},
	})
}
