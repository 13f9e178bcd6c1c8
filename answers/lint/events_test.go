package lint

import (
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// meeting adds an event to a record, with one person who is listed and one who is quoted.
func meeting(c *answers.Contents) *answers.Event {
	list(&answerstest.SourceOf(c, "paris-report").Paragraphs[2].Claims, "pa-present")
	list(&c.Claims, answers.Claim{
		ID: "pa-present", Modality: answers.Asserted, Source: "paris-report", Paragraph: 3, Topics: []answers.TopicID{"european-troops"},
		Actors: []answers.ActorID{"macron", "starmer"}, Text: "A report on the Paris meeting lists the French President and quotes Starmer.",
	})
	c.Events = []answers.Event{{
		ID: "paris", Name: "the Paris meeting", Where: "in Paris", Aliases: []string{"the paris summit"}, Topics: []answers.TopicID{"european-troops"},
		Voice: "a report on the Paris meeting", Unlisted: "A report on the meeting lists Macron alone [pa-present].",
		Review: answerstest.EntryOf(c, "offers").Review,
		Present: []answers.Presence{
			{Actor: "macron", For: "france", Office: "French President", Named: "pa-present", Basis: answers.Listed, Claim: "pa-present"},
			{Actor: "starmer", For: "france", Basis: answers.Quoted, Claim: "pa-present"},
		},
	}}
	return &c.Events[0]
}

// at is the event of meeting, or one of those present.
func at(field string, index int) Subject { return Subject{answers.NounEvent, "paris", field, index} }

// eventPlants are breaches in events, and in how claims stand to them.
var eventPlants = []plant{
	{"an event has no name", func(c *answers.Contents) { meeting(c).Name = "" }, []Problem{{at("name", 0), "name is missing"}}},
	{"an event is nowhere", func(c *answers.Contents) { meeting(c).Where = "" }, []Problem{{at("where", 0), "where is missing"}}},
	{"an event has an unknown topic", func(c *answers.Contents) { meeting(c).Topics[0] = "weather" }, []Problem{
		{at("topics", 1), `there is no "weather"`},
		{Subject{answers.NounEntry, "at-paris-macron", "topics", 1}, `there is no "weather"`},
		{Subject{answers.NounEntry, "at-paris-starmer", "topics", 1}, `there is no "weather"`},
		{Subject{answers.NounEntry, "who-macron", "topics", 1}, `there is no "weather"`},
	}},
	{"an event has no topic", func(c *answers.Contents) { meeting(c).Topics = nil }, []Problem{
		{at("", 0), "the event has no topic"},
		{Subject{answers.NounEntry, "at-paris-macron", "", 0}, "the entry has no topic"},
		{Subject{answers.NounEntry, "at-paris-starmer", "", 0}, "the entry has no topic"},
		{Subject{answers.NounEntry, "who-macron", "", 0}, "the entry has no topic"},
	}},
	{"nobody knows who was present", func(c *answers.Contents) { meeting(c).Present[1].Actor = "quokka" }, []Problem{
		{at("present", 2), `there is no actor "quokka"`},
		{at("present", 2), `claim "pa-present" does not speak of "quokka"`},
		{Subject{answers.NounEntry, "at-paris-quokka", "phrasings", 0}, "there are 6 phrasings"},
	}},
	{"nobody knows for whom somebody spoke", func(c *answers.Contents) { meeting(c).Present[1].For = "quokka" },
		[]Problem{{at("present", 2), `there is no actor "quokka"`}}},
	{"somebody is present by hearsay", func(c *answers.Contents) { meeting(c).Present[1].Basis = "seen" },
		[]Problem{{at("present", 2), `basis is "seen"`}}},
	{"no claim names somebody present", func(c *answers.Contents) { meeting(c).Present[0].Claim = "pa-starmer-hubs" }, []Problem{
		{at("present", 1), `claim "pa-starmer-hubs" does not speak of "macron"`},
		{Subject{answers.NounEntry, "at-paris-macron", "lead", 0}, "its condition (if a ceasefire is reached) is missing"},
		{Subject{answers.NounEntry, "at-paris-macron", "lead", 0}, "that is pledged"},
		{Subject{answers.NounEntry, "at-paris-macron", "lead", 0}, `claim "pa-starmer-hubs" is Keir Starmer's`},
		{Subject{answers.NounEntry, "who-macron", "basis", 0}, "its condition (if a ceasefire is reached) is missing"},
		{Subject{answers.NounEntry, "who-macron", "basis", 0}, "that is pledged"},
		{Subject{answers.NounEntry, "who-macron", "basis", 0}, `claim "pa-starmer-hubs" is Keir Starmer's`},
	}},
	{"a claim of an event is not there", func(c *answers.Contents) { meeting(c).Present[1].Claim = "pa-nothing" }, []Problem{
		{at("present", 2), `there is no claim "pa-nothing"`},
		{Subject{answers.NounEntry, "at-paris-starmer", "lead", 0}, `there is no claim "pa-nothing"`},
	}},
	{"an office is given without its name", func(c *answers.Contents) { meeting(c).Present[0].Office = "" },
		[]Problem{{at("present", 1), "a claim is said to give an office, and none is named"}}},
	{"a plan updates how a meeting went", func(c *answers.Contents) {
		meeting(c)
		list(&c.Relations, answers.Relation{From: "pa-macron-thousands", Kind: answers.Updates, To: "pa-present"})
	}, []Problem{{Subject{answers.NounRelation, "pa-macron-thousands updates pa-present", "", 0}, "a plan does not update how a meeting went"}}},
}

func TestLintAcceptsEvents(t *testing.T) {
	requireClean(t, []variant{
		{"a meeting with those present", func(c *answers.Contents) { meeting(c) }},
		{"a plan that updates an earlier plan", func(c *answers.Contents) {
			meeting(c)
			list(&c.Relations, answers.Relation{From: "pa-starmer-hubs", Kind: answers.Updates, To: "pa-macron-thousands"})
		}},
		{"an entry made of an event that a curator wrote anew", func(c *answers.Contents) {
			meeting(c)
			own := *answerstest.EntryOf(c, "offers")
			own.ID, own.Question, own.Phrasings = "at-paris-macron", "Was the man from the palace there?", nil
			for _, w := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"} {
				own.Phrasings = append(own.Phrasings, "was he there on day "+w)
			}
			list(&c.Entries, own)
		}},
	})
}
