package lint

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/answerstest"
)

// recordPlants are breaches in ids, sources, names, claims, relations and disputes.
var recordPlants = []plant{
	{"a source has no id", func(c *answers.Contents) {
		list(&c.Sources, answers.Source{
			Title: "T", TitledBy: answers.TitledByCurator, SHA256: strings.Repeat("c", 64), Paragraphs: []answers.Paragraph{{Number: 1, NoClaim: "it is a list"}},
		})
	}, []Problem{{Subject{answers.NounSource, "", "id", 0}, "has no id"}}},
	{"an id has capitals", func(c *answers.Contents) { c.Places[0].ID, c.Claims[0].Places = "Paris", nil; c.Claims[2].Places = nil },
		[]Problem{{Subject{answers.NounPlace, "Paris", "id", 0}, "lower-case words"}}},
	{"an id ends in a hyphen", func(c *answers.Contents) { answerstest.GoldOf(c, "hostile-001").ID = "hostile-" },
		[]Problem{{Subject{answers.NounGold, "hostile-", "id", 0}, "lower-case words"}}},
	{"an id holds a line break", func(c *answers.Contents) { answerstest.GoldOf(c, "hostile-001").ID = "hostile\n" },
		[]Problem{{Subject{answers.NounGold, "hostile\n", "id", 0}, "lower-case words"}}},
	{"an id has 61 characters", func(c *answers.Contents) {
		answerstest.GoldOf(c, "hostile-001").ID = answers.GoldID(strings.Repeat("h", 61))
	},
		[]Problem{{Subject{answers.NounGold, strings.Repeat("h", 61), "id", 0}, "at most 60"}}},
	{"two actors share an id", func(c *answers.Contents) {
		c.Actors = append(c.Actors, answers.Actor{ID: "starmer", Name: "A namesake"})
	},
		[]Problem{{Subject{answers.NounActor, "starmer", "id", 0}, "used twice"}}},
	{"two topics share an id", func(c *answers.Contents) { c.Topics = append(c.Topics, answers.Topic{ID: "about-parley", Name: "Us"}) },
		[]Problem{{Subject{answers.NounTopic, "about-parley", "id", 0}, "used twice"}}},
	{"two claims share an id", func(c *answers.Contents) { c.Claims = append(c.Claims, *answerstest.ClaimOf(c, "pa-package")) },
		[]Problem{{Subject{answers.NounClaim, "pa-package", "id", 0}, "used twice"}}},
	{"two disputes share an id", func(c *answers.Contents) { c.Disputes = append(c.Disputes, c.Disputes[0]) },
		[]Problem{{Subject{answers.NounDispute, "d-foreign-troops", "id", 0}, "used twice"}}},
	{"two entries share an id", func(c *answers.Contents) {
		c.Entries = append(c.Entries, *answerstest.EntryOf(c, "hubs"))
		c.Entries[5].Phrasings = nil
	},
		[]Problem{{Subject{answers.NounEntry, "hubs", "id", 0}, "used twice"}}},

	{"a source has no title", func(c *answers.Contents) { c.Sources[1].Title = " " },
		[]Problem{{Subject{answers.NounSource, "post-anchorage", "title", 0}, "title is missing"}}},
	{"a source is of no known kind", func(c *answers.Contents) { c.Sources[0].Kind = "rumour" },
		[]Problem{{Subject{answers.NounSource, "paris-report", "kind", 0}, `kind is "rumour"; it must be one of ["" "faq"]`}}},
	{"nobody titled a source", func(c *answers.Contents) { c.Sources[1].TitledBy = "" },
		[]Problem{{
			Subject{answers.NounSource, "post-anchorage", "titled_by", 0}, `titled_by is ""; it must be one of ["document" "curator"]`,
		}}},
	{"a digest is cut short", func(c *answers.Contents) { c.Sources[1].SHA256 = strings.Repeat("1b", 31) + "1" },
		[]Problem{{Subject{answers.NounSource, "post-anchorage", "sha256", 0}, "64 hexadecimal digits"}}},
	{"a digest is in capitals", func(c *answers.Contents) { c.Sources[1].SHA256 = strings.Repeat("1B", 32) },
		[]Problem{{Subject{answers.NounSource, "post-anchorage", "sha256", 0}, "64 hexadecimal digits"}}},
	{"a URL that is not there was added", func(c *answers.Contents) { c.Sources[0].URL = "" },
		[]Problem{{Subject{answers.NounSource, "paris-report", "url_added_by", 0}, "there is no URL"}}},
	{"a source has no paragraphs", func(c *answers.Contents) {
		c.Sources = append(c.Sources, answers.Source{ID: "empty", Title: "T", TitledBy: answers.TitledByCurator, SHA256: strings.Repeat("c", 64)})
	}, []Problem{{Subject{answers.NounSource, "empty", "paragraphs", 0}, "no paragraph is listed"}}},
	{"a paragraph is left out", func(c *answers.Contents) { c.Sources[0].Paragraphs = c.Sources[0].Paragraphs[1:] }, []Problem{
		{Subject{answers.NounSource, "paris-report", "paragraphs", 1}, "paragraph 2 stands where 1 should"},
		{Subject{answers.NounSource, "paris-report", "paragraphs", 2}, "paragraph 3 stands where 2 should"},
		// The claims of paragraph 2 are sought in the second place, those of paragraph 3 in one that is gone.
		{Subject{answers.NounClaim, "pa-package", "paragraph", 0}, `paragraph 2 of "paris-report" does not list this claim`},
		{Subject{answers.NounClaim, "pa-residence-attack", "paragraph", 0}, `paragraph 2 of "paris-report" does not list this claim`},
		{Subject{answers.NounClaim, "pa-macron-thousands", "paragraph", 0}, `"paris-report" has no paragraph 3`},
		{Subject{answers.NounClaim, "pa-putin-warns-troops", "paragraph", 0}, `"paris-report" has no paragraph 3`},
		{Subject{answers.NounClaim, "pa-starmer-hubs", "paragraph", 0}, `"paris-report" has no paragraph 3`},
	}},
	{"a paragraph has neither claims nor a reason", func(c *answers.Contents) { c.Sources[0].Paragraphs[0].NoClaim = "" },
		[]Problem{{Subject{answers.NounSource, "paris-report", "paragraphs", 1}, "or say why it has none"}}},
	{"a paragraph has both claims and a reason", func(c *answers.Contents) { c.Sources[0].Paragraphs[1].NoClaim = "because it is a heading" },
		[]Problem{{Subject{answers.NounSource, "paris-report", "paragraphs", 2}, "or say why it has none"}}},
	{"a paragraph lists a claim that is not there", func(c *answers.Contents) { list(&c.Sources[0].Paragraphs[1].Claims, "pa-nothing") },
		[]Problem{{Subject{answers.NounSource, "paris-report", "paragraphs", 2}, `there is no claim "pa-nothing"`}}},
	{"a paragraph lists another paragraph's claim", func(c *answers.Contents) { list(&c.Sources[0].Paragraphs[1].Claims, "pa-starmer-hubs") },
		[]Problem{{
			Subject{answers.NounSource, "paris-report", "paragraphs", 2}, `claim "pa-starmer-hubs" names paragraph 3 of "paris-report"`,
		}}},
	{"a paragraph lists another source's claim",
		func(c *answers.Contents) { list(&c.Sources[0].Paragraphs[1].Claims, "po-peacekeepers-cost") },
		[]Problem{{
			Subject{answers.NounSource, "paris-report", "paragraphs", 2}, `claim "po-peacekeepers-cost" names paragraph 2 of "post-anchorage"`,
		}}},
	{"a paragraph lists a claim twice", func(c *answers.Contents) { list(&c.Sources[0].Paragraphs[1].Claims, "pa-package") },
		[]Problem{{Subject{answers.NounSource, "paris-report", "paragraphs", 2}, `"pa-package" stands twice`}}},

	{"a source's date has no basis", func(c *answers.Contents) {
		c.Sources[1].Date.Latest = answers.Date{Year: 2025, Month: time.August, Day: 21}
	},
		[]Problem{{Subject{answers.NounSource, "post-anchorage", "date", 0}, "has no basis"}}},
	{"a stated date names no day", func(c *answers.Contents) { c.Sources[1].Date.Basis = answers.BasisStated },
		[]Problem{{Subject{answers.NounSource, "post-anchorage", "date", 0}, "a stated date needs a day"}}},
	{"a date is inferred from nothing", func(c *answers.Contents) { c.Sources[0].Date.From = "" },
		[]Problem{{Subject{answers.NounSource, "paris-report", "date", 0}, "say from what"}}},
	{"a date ends before it begins", func(c *answers.Contents) { c.Sources[0].Date.Earliest.Day = 7 },
		[]Problem{{Subject{answers.NounSource, "paris-report", "date", 0}, "the earliest day comes after the latest"}}},
	{"a date has a basis of its own making", func(c *answers.Contents) { c.Sources[0].Date.Basis = "guessed" },
		[]Problem{{Subject{answers.NounSource, "paris-report", "date", 0}, `date is "guessed"`}}},
	{"a claim's date has no basis", func(c *answers.Contents) {
		answerstest.ClaimOf(c, "po-us-spent-200bn").Date.Basis = answers.BasisUnknown
	},
		[]Problem{{Subject{answers.NounClaim, "po-us-spent-200bn", "date", 0}, "has no basis"}}},

	{"an actor has no name", func(c *answers.Contents) { answerstest.ActorOf(c, "france").Name = "" }, []Problem{
		{Subject{answers.NounActor, "france", "name", 0}, "name is missing"},
		{Subject{answers.NounActor, "france", "name", 0}, `the spelling "" has no letters`},
	}},
	{"an alias has no letters", func(c *answers.Contents) { answerstest.ActorOf(c, "putin").Aliases = []string{"Putin", "?!"} },
		[]Problem{{Subject{answers.NounActor, "putin", "aliases", 2}, `the spelling "?!" has no letters`}}},
	{"nobody knows as of when a role holds", func(c *answers.Contents) { answerstest.ActorOf(c, "macron").RoleAt = "" },
		[]Problem{{Subject{answers.NounActor, "macron", "role_at", 0}, "role_at is missing"}}},
	{"an alias means two actors", func(c *answers.Contents) {
		answerstest.ActorOf(c, "starmer").Aliases = []string{"Starmer", "PUTIN’s"}
	},
		[]Problem{{Subject{answers.NounActor, "starmer", "aliases", 2}, `the spelling "PUTIN’s" also means putin`}}},
	{"a name means two actors", func(c *answers.Contents) { answerstest.ActorOf(c, "telegraph").Name = "Keir Starmér" }, []Problem{
		{Subject{answers.NounActor, "telegraph", "name", 0}, `the spelling "Keir Starmér" also means starmer`},
		// The newspaper's own claim does not name it any more.
		{Subject{answers.NounClaim, "po-telegraph-putin-agreed", "text", 0}, "who says it is missing"},
	}},
	{"a spelling means two places", func(c *answers.Contents) { c.Places[1].Aliases = []string{"paris"} },
		[]Problem{{Subject{answers.NounPlace, "ukraine-territory", "aliases", 1}, `the spelling "paris" also means paris`}}},
	{"a spelling means two topics", func(c *answers.Contents) { c.Topics[1].Name = "The bot" },
		[]Problem{{Subject{answers.NounTopic, "european-troops", "name", 0}, `the spelling "The bot" also means about-parley`}}},

	{"a claim's id cannot stand in prose", func(c *answers.Contents) {
		c.Relations = nil
		answerstest.ClaimOf(c, "po-contours-unclear").ID, c.Sources[1].Paragraphs[0].Claims[0] = "contours", "contours"
	}, []Problem{{Subject{answers.NounClaim, "contours", "", 0}, "needs a hyphen"}}},
	{"a claim has no text", func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-spent-200bn").Text = "" }, []Problem{
		{Subject{answers.NounClaim, "po-us-spent-200bn", "text", 0}, "text is missing"},
		{Subject{answers.NounClaim, "po-us-spent-200bn", "text", 0}, "who says it is missing"},
	}},
	{"a claim has a modality of its own making", func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-spent-200bn").Modality = "certain" },
		[]Problem{{
			Subject{answers.NounClaim, "po-us-spent-200bn", "modality", 0}, `modality is "certain"; it must be one of ["asserted" `,
		}}},
	{"a claim has no modality", func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-spent-200bn").Modality = "" },
		[]Problem{{Subject{answers.NounClaim, "po-us-spent-200bn", "modality", 0}, `modality is ""`}}},
	{"a claim stands on a source that is not there",
		func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-spent-200bn").Source = "the-times" }, []Problem{
			{Subject{answers.NounClaim, "po-us-spent-200bn", "source", 0}, `there is no source "the-times"`},
			{Subject{answers.NounSource, "post-anchorage", "paragraphs", 2}, `names paragraph 2 of "the-times"`},
		}},
	{"a claim stands on paragraph 0", func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-spent-200bn").Paragraph = 0 }, []Problem{
		{Subject{answers.NounClaim, "po-us-spent-200bn", "paragraph", 0}, `"post-anchorage" has no paragraph 0`},
		{Subject{answers.NounSource, "post-anchorage", "paragraphs", 2}, "names paragraph 0"},
	}},
	{"a claim stands on a paragraph past the end", func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-spent-200bn").Paragraph = 4 }, []Problem{
		{Subject{answers.NounClaim, "po-us-spent-200bn", "paragraph", 0}, `"post-anchorage" has no paragraph 4`},
		{Subject{answers.NounSource, "post-anchorage", "paragraphs", 2}, "names paragraph 4"},
	}},
	{"a paragraph does not list its claim",
		func(c *answers.Contents) {
			c.Sources[1].Paragraphs[1].Claims = []answers.ClaimID{"po-peacekeepers-cost"}
		},
		[]Problem{{
			Subject{answers.NounClaim, "po-us-spent-200bn", "paragraph", 0}, `paragraph 2 of "post-anchorage" does not list this claim`,
		}}},
	{"nobody on record is the claimant", func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-spent-200bn").Claimant = "times" }, []Problem{
		{Subject{answers.NounClaim, "po-us-spent-200bn", "claimant", 0}, `there is no "times"`},
		{Subject{answers.NounClaim, "po-us-spent-200bn", "text", 0}, "who says it is missing"},
	}},
	{"nobody on record relayed the claim",
		func(c *answers.Contents) {
			answerstest.ClaimOf(c, "po-us-role-unclear").RelayedBy = []answers.ActorID{"the-post", "times"}
		},
		[]Problem{{Subject{answers.NounClaim, "po-us-role-unclear", "relayed_by", 2}, `there is no "times"`}}},
	{"a claim has an unknown topic", func(c *answers.Contents) { answerstest.ClaimOf(c, "pa-macron-thousands").Topics[0] = "weather" },
		[]Problem{{Subject{answers.NounClaim, "pa-macron-thousands", "topics", 1}, `there is no "weather"`}}},
	{"a claim speaks of an unknown actor", func(c *answers.Contents) { answerstest.ClaimOf(c, "pa-macron-thousands").Actors[0] = "norway" },
		[]Problem{{Subject{answers.NounClaim, "pa-macron-thousands", "actors", 1}, `there is no "norway"`}}},
	{"a claim speaks of an unknown place", func(c *answers.Contents) { answerstest.ClaimOf(c, "pa-macron-thousands").Places[1] = "oslo" },
		[]Problem{{Subject{answers.NounClaim, "pa-macron-thousands", "places", 2}, `there is no "oslo"`}}},
	{"a claim names a place twice", func(c *answers.Contents) { answerstest.ClaimOf(c, "pa-macron-thousands").Places[1] = "paris" },
		[]Problem{{Subject{answers.NounClaim, "pa-macron-thousands", "places", 2}, `"paris" stands twice`}}},
	{"a claim goes back to nobody on record", func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-role-unclear").Origin = "reuters" },
		[]Problem{{Subject{answers.NounClaim, "po-us-role-unclear", "origin", 0}, `there is no actor or source "reuters"`}}},
	{"a quotation has sixteen words", func(c *answers.Contents) {
		answerstest.ClaimOf(c, "po-us-spent-200bn").Quote = "we have spent two hundred billion dollars and counting and nobody can say where it went"
	}, []Problem{{Subject{answers.NounClaim, "po-us-spent-200bn", "quote", 0}, "the quotation has 16 words; at most 15"}}},

	{"a claim drops its own hedge",
		claimText("pa-residence-attack", "One report links it to an attack alleged by Moscow.", func(c *answers.Claim) { c.Hedge = "allegedly" }),
		[]Problem{{Subject{answers.NounClaim, "pa-residence-attack", "text", 0}, `its hedge "allegedly" is missing`}}},
	{"a claim holds its hedge only within another word",
		claimText("pa-residence-attack", "One report says the mayor alleged an attack.", func(c *answers.Claim) { c.Hedge = "may" }),
		[]Problem{{Subject{answers.NounClaim, "pa-residence-attack", "text", 0}, `its hedge "may" is missing`}}},
	{"a claim drops its own condition",
		claimText("pa-residence-attack", "One report speaks of an alleged attack.", func(c *answers.Claim) { c.Condition = "if it took place" }),
		[]Problem{{Subject{answers.NounClaim, "pa-residence-attack", "text", 0}, "its condition (if it took place) is missing"}}},
	{"a claim is worded above its modality",
		claimText("pa-residence-attack", "One report speaks of an attack.", func(c *answers.Claim) { c.Hedge = "" }),
		[]Problem{{Subject{answers.NounClaim, "pa-residence-attack", "text", 0}, "that is alleged, and no such word stands in"}}},
	{"a claim does not close its quotation",
		claimText("pa-residence-attack", `One report speaks of an "alleged attack.`, nil),
		[]Problem{{Subject{answers.NounClaim, "pa-residence-attack", "text", 0}, "quotation"}}},
	{"a claim quotes words that are not its speaker's",
		claimText("pa-residence-attack", `One report speaks of an "alleged" attack.`, nil),
		[]Problem{{
			Subject{answers.NounClaim, "pa-residence-attack", "text", 0}, `no claim of the sentence holds the quotation "alleged"`,
		}}},
	{"a claim does not name its claimant", claimText("po-us-spent-200bn", "The newspaper put US spending at $200 billion.", nil),
		[]Problem{{Subject{answers.NounClaim, "po-us-spent-200bn", "text", 0}, `claim "po-us-spent-200bn" is The Post's`}}},
	{"a claim names its claimant only within another word",
		claimText("po-us-spent-200bn", "The Poster put US spending at $200 billion.", nil),
		[]Problem{{Subject{answers.NounClaim, "po-us-spent-200bn", "text", 0}, `claim "po-us-spent-200bn" is The Post's`}}},
	{"a claim passes for nobody's", claimText("pa-residence-attack", "There was an alleged attack.", nil),
		[]Problem{{Subject{answers.NounClaim, "pa-residence-attack", "text", 0}, "is its source's own statement"}}},
	{"a claim's voice is an it that means nobody", claimText("pa-residence-attack", "It was an alleged attack.", nil),
		[]Problem{{Subject{answers.NounClaim, "pa-residence-attack", "text", 0}, "is its source's own statement"}}},

	{"a relation is of no known kind", func(c *answers.Contents) { c.Relations[0].Kind = "repeats" },
		[]Problem{{Subject{answers.NounRelation, "pa-package repeats po-contours-unclear", "kind", 0}, `kind is "repeats"`}}},
	{"a relation starts nowhere", func(c *answers.Contents) { c.Relations[0].From = "pa-nothing" },
		[]Problem{{Subject{answers.NounRelation, "pa-nothing updates po-contours-unclear", "", 0}, `there is no claim "pa-nothing"`}}},
	{"a relation leads nowhere", func(c *answers.Contents) { c.Relations[0].To = "pa-nothing" },
		[]Problem{{Subject{answers.NounRelation, "pa-package updates pa-nothing", "", 0}, `there is no claim "pa-nothing"`}}},
	{"a claim updates itself", func(c *answers.Contents) { c.Relations[0].To = "pa-package" },
		[]Problem{{Subject{answers.NounRelation, "pa-package updates pa-package", "", 0}, "cannot relate to itself"}}},
	{"a relation stands twice", func(c *answers.Contents) { list(&c.Relations, c.Relations[1]) },
		[]Problem{{
			Subject{answers.NounRelation, "pa-putin-warns-troops contradicts pa-macron-thousands", "", 0}, "the relation stands twice",
		}}},

	{"a dispute asks nothing", func(c *answers.Contents) { c.Disputes[0].Question = "" },
		[]Problem{{Subject{answers.NounDispute, "d-foreign-troops", "question", 0}, "question is missing"}}},
	{"a dispute has an unknown topic", func(c *answers.Contents) { c.Disputes[0].Topics[0] = "weather" },
		[]Problem{{Subject{answers.NounDispute, "d-foreign-troops", "topics", 1}, `there is no "weather"`}}},
	{"a dispute has one side", func(c *answers.Contents) { c.Disputes[0].Positions = c.Disputes[0].Positions[:1] },
		[]Problem{{Subject{answers.NounDispute, "d-foreign-troops", "positions", 0}, "two positions or more"}}},
	{"nobody holds a position", func(c *answers.Contents) { c.Disputes[0].Positions[1].Holder = "" },
		[]Problem{{Subject{answers.NounDispute, "d-foreign-troops", "positions", 2}, "who holds the position is missing"}}},
	{"a position stands on no claim", func(c *answers.Contents) { c.Disputes[0].Positions[1].Text = "Our record does not say." }, []Problem{
		{Subject{answers.NounDispute, "d-foreign-troops", "positions", 0}, "no two positions stand on different claims"},
		{Subject{answers.NounDispute, "d-foreign-troops", "positions", 2}, "the position stands on no claim"},
		{Subject{answers.NounEntry, "foreign-troops", "dispute", 0}, "leaves out the position of Vladimir Putin"},
	}},
	{"both positions stand on one claim", func(c *answers.Contents) {
		c.Disputes[0].Positions[1].Text = "Macron suggested that soldiers could go, though Putin objects, after a ceasefire [pa-macron-thousands]."
	}, []Problem{{Subject{answers.NounDispute, "d-foreign-troops", "positions", 0}, "no two positions stand on different claims"}}},
	{"a dispute does not say in what way its positions differ", func(c *answers.Contents) { c.Disputes[0].Kind = "" },
		[]Problem{{Subject{answers.NounDispute, "d-foreign-troops", "kind", 0}, `kind is ""`}}},
	{"a position drops a hedge", func(c *answers.Contents) {
		c.Disputes[0].Positions[0].Text = "Macron suggested sending soldiers after a ceasefire [pa-macron-thousands]."
	}, []Problem{{Subject{answers.NounDispute, "d-foreign-troops", "positions", 1}, `its hedge "could" is missing`}}},
	{"a position does not name who takes it", func(c *answers.Contents) {
		c.Disputes[0].Positions[1].Text = "The president has warned against troops [pa-putin-warns-troops]."
	}, []Problem{{Subject{answers.NounDispute, "d-foreign-troops", "positions", 2}, `claim "pa-putin-warns-troops" is Vladimir Putin's`}}},
	{"what is agreed stands on no claim", func(c *answers.Contents) { c.Disputes[0].Agreed = "Everybody wants peace." },
		[]Problem{{
			Subject{answers.NounDispute, "d-foreign-troops", "agreed", 0}, `the sentence "Everybody wants peace." stands on no claim`,
		}}},
	{"what is agreed does not name who says it", func(c *answers.Contents) {
		c.Disputes[0].Agreed = "Hubs would follow only a ceasefire [pa-starmer-hubs]."
	}, []Problem{{Subject{answers.NounDispute, "d-foreign-troops", "agreed", 0}, `claim "pa-starmer-hubs" is Keir Starmer's`}}},
	{"no entry answers a dispute", func(c *answers.Contents) { answerstest.EntryOf(c, "foreign-troops").Dispute = "" },
		[]Problem{{Subject{answers.NounDispute, "d-foreign-troops", "", 0}, "no live entry answers the dispute"}}},
	{"only a draft answers a dispute", func(c *answers.Contents) { answerstest.EntryOf(c, "foreign-troops").State = answers.Draft },
		[]Problem{{Subject{answers.NounDispute, "d-foreign-troops", "", 0}, "no live entry answers the dispute"}}},
}

// list adds an item to a list.
func list[T any](to *[]T, item T) { *to = append(*to, item) }

// claimText rewords a claim, and changes more of it if change is given.
func claimText(id answers.ClaimID, text string, change func(*answers.Claim)) func(*answers.Contents) {
	return func(c *answers.Contents) {
		claim := answerstest.ClaimOf(c, id)
		claim.Text = text
		if change != nil {
			change(claim)
		}
	}
}

func TestLintAcceptsRecord(t *testing.T) {
	requireClean(t, []variant{
		{"an id of 60 characters",
			func(c *answers.Contents) {
				answerstest.GoldOf(c, "hostile-001").ID = answers.GoldID(strings.Repeat("h", 60))
			}},
		{"an id of one letter", func(c *answers.Contents) { answerstest.GoldOf(c, "hostile-001").ID = "h" }},
		{"an open latest day", func(c *answers.Contents) { c.Sources[0].Date.Latest = answers.Date{} }},
		{"a span of days", func(c *answers.Contents) { c.Sources[0].Date.Earliest.Day = 1 }},
		{"a claim that goes back to a source",
			func(c *answers.Contents) { answerstest.ClaimOf(c, "po-us-role-unclear").Origin = "paris-report" }},
		{"a spelling that an actor has twice",
			func(c *answers.Contents) { answerstest.ActorOf(c, "putin").Aliases = []string{"Putin", "putin's"} }},
		{"a spelling of an actor and of a place", func(c *answers.Contents) {
			c.Places[1].Aliases = []string{"Élysée"}
			answerstest.ActorOf(c, "france").Aliases = []string{"elysee"}
		}},
		{"a withdrawn answer to a dispute", func(c *answers.Contents) {
			e := answerstest.EntryOf(c, "foreign-troops")
			e.State, e.Withdrawn = answers.Retracted, "because this is a test"
		}},
		{"a frozen entry, dispute and topic", func(c *answers.Contents) {
			since := time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC)
			c.Freezes = []answers.Freeze{
				{Noun: answers.NounEntry, ID: "offers", Since: since, Why: "news"}, {Noun: answers.NounDispute, ID: "d-foreign-troops", Since: since, Why: "news"}, {Noun: answers.NounTopic, ID: "european-troops", Since: since, Why: "news"},
			}
		}},
		{"a dispute on which nothing is agreed", func(c *answers.Contents) { c.Disputes[0].Agreed = "" }},
		{"two relations between the same claims", func(c *answers.Contents) {
			list(&c.Relations, answers.Relation{From: "pa-starmer-hubs", Kind: answers.Explains, To: "pa-macron-thousands"})
		}},
		{"a quotation of eight words", claimText("po-us-spent-200bn", `The Post wrote "we have spent two hundred billion dollars already".`,
			func(c *answers.Claim) { c.Quote = "we have spent two hundred billion dollars already" })},
		{"a part of a quotation", claimText("po-us-spent-200bn", `The Post wrote of "two hundred Billion".`,
			func(c *answers.Claim) { c.Quote = "we have spent two hundred billion dollars already" })},
		{"a hedge in other letters",
			claimText("pa-residence-attack", "Allegedly, one report says, there was an attack.", func(c *answers.Claim) { c.Hedge = "allegedly" })},
	})
}

// Each modality has words of which one must stand in every text on a claim of it.
func TestLintWeighsTheWordingOfAModality(t *testing.T) {
	for _, c := range []struct {
		modality   answers.Modality
		fit, unfit []string
	}{
		{answers.Asserted, []string{"Russia has accepted"}, nil},
		{answers.Pledged,
			[]string{
				"Britain pledged hubs", "a pledge was made", "Britain promised hubs", "a promise was made",
				"Britain committed itself", "a commitment was made", "Britain agreed", "Britain agrees",
				"hubs were offered", "Britain would build hubs", "Britain undertook it", "Britain undertakes it",
			},
			[]string{
				"Britain builds hubs", "Britain will build hubs", "Britain disagreed", "a compromise was found",
				"Britain wouldn't build hubs",
			}},
		{answers.Denied,
			[]string{
				"it is not so", "no troops go", "neither goes, nor will", "troops never go",
				"it goes without troops", "Moscow denied it", "Moscow denies it", "Moscow may deny it",
				"Moscow rejected it", "Moscow rejects it", "troops were ruled out", "Moscow ruled troops out",
				"they are ruling out troops", "Moscow warned of it", "Moscow was against it", "Moscow opposed it",
				"Moscow opposes it",
			},
			[]string{"Moscow knows of it", "Moscow noted it", "Moscow denotes it", "Moscow ruled on it", "Moscow fears a domino"}},
		{answers.Expected,
			[]string{
				"talks are expected", "it expects talks", "talks would follow", "talks could follow",
				"talks may follow", "talks might follow", "there is a plan", "Britain plans talks",
				"talks are planned", "talks are proposed", "a proposal was made", "talks was to follow",
				"talks were to follow", "it is to follow", "talks are about to start", "it is designed for peace",
				"it is meant to last", "a hypothetical deal",
			},
			[]string{
				"talks follow", "talks will follow", "the planet", "a mighty army", "to its dismay", "it was today",
				"it meant peace",
			}},
		{answers.Suggested,
			[]string{
				"Trump suggested it", "a suggestion was made", "it could be", "it may be", "it might be",
				"it is potentially so", "it is possible", "it is possibly so", "Trump was optimistic",
				"there was optimism", "there is a risk", "it risks war",
			},
			[]string{"it is so", "it would be so", "it was impossible", "the mayor said it"}},
		{answers.Anonymous,
			[]string{
				"an unnamed source said it", "anonymous officials said it", "an official not named said it",
				"it did not name its source", "it does not name its source",
			},
			[]string{"a source said it", "a named source said it", "a knot named it"}},
		{answers.Alleged,
			[]string{"an alleged attack", "it allegedly agreed", "it alleges an attack"},
			[]string{"it agreed", "an attack was reported"}},
	} {
		lint := func(words string) []Problem {
			contents := answerstest.CleanContents()
			claimText("pa-residence-attack", "One report says "+words+".", func(claim *answers.Claim) {
				claim.Modality, claim.Hedge = c.modality, ""
			})(&contents)
			return Lint(contents)
		}
		for _, words := range c.fit {
			t.Run(words, func(t *testing.T) { requireProblems(t, lint(words), nil) })
		}
		for _, words := range c.unfit {
			t.Run(words, func(t *testing.T) {
				requireProblems(t, lint(words), []Problem{{
					Subject{answers.NounClaim, "pa-residence-attack", "text", 0},
					fmt.Sprintf("that is %s, and no such word stands in %q", c.modality, "One report says "+words+"."),
				}})
			})
		}
	}
}

// A condition may be put in many ways; one of these words shows that there is one.
func TestLintKnowsAConditionByItsWords(t *testing.T) {
	lint := func(text string) []Problem {
		c := answerstest.CleanContents()
		claimText("pa-residence-attack", text, func(claim *answers.Claim) {
			claim.Modality, claim.Hedge, claim.Condition = answers.Asserted, "", "if peace is made"
		})(&c)
		return Lint(c)
	}
	for _, text := range []string{
		"If peace is made hubs follow, one report says.", "One report says hubs follow after peace.",
		"One report says hubs follow once there is peace.", "One report says hubs follow only peace.",
		"One report says hubs wait until peace.", "One report says no hubs follow unless there is peace.",
		"One report says hubs follow when there is peace.", "One report says hubs come as part of a peace.",
		"One report says hubs come under a peace deal.", "One report says hubs come in exchange for peace.",
		"One report says hubs depend on peace.", "One report says all depends on peace.",
		"One report says hubs follow should there be peace.", "One report says hubs follow given peace.",
		"One report says hubs follow provided there is peace.", "One report says hubs follow in case of peace.",
		"One report says hubs follow because of a peace.", "One report says it needs peace.",
		"One report says they need peace.", "One report says hubs are tied to peace.",
	} {
		t.Run(text, func(t *testing.T) { requireProblems(t, lint(text), nil) })
	}
	for _, text := range []string{
		"One report says hubs follow.", "One report says hubs follow peace.", "One report speaks of the aftermath.",
		"One report says the gift was forgiven.", "One report says the rift ended; commonly hubs follow.",
	} {
		t.Run(text, func(t *testing.T) {
			requireProblems(t, lint(text), []Problem{{
				Subject{answers.NounClaim, "pa-residence-attack", "text", 0},
				`stronger than claim "pa-residence-attack": its condition (if peace is made) is missing`,
			}})
		})
	}
}
