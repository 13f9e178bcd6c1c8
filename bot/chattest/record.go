package chattest

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/seeds/seedstest"
)

// What people ask in the cases, and what must come back.
const (
	Question     = "When does the harbour reopen?"
	Answer       = "Ada Lind said that it reopens in May"
	Correction   = "Ada Lind said that it reopens in June" // what a correction makes of it
	LongQuestion = "Which piers are there in the long list?"
)

// Document is the text of the record's one source. Mentions and markup in it must not act when it is quoted.
const Document = "It is official, <!everyone> and @everyone. Ada Lind told <@U1> that *the harbour* **reopens** in May. Its cranes are as they were.\n"

// LongAnswer lists sentences, without their full stops, that the answer to the long question holds, in order: some 5,000 characters.
func LongAnswer() []string {
	var all []string
	for i := 1; i <= 40; i++ {
		all = append(all, fmt.Sprintf("Pier %d has %d berths, a crane for each and, according to Ada Lind, a rail of its own along the quay with a signal box and two sidings", i, 100+i))
	}
	return all
}

// Library is a small record: a short answer and a long one.
func Library(t testing.TB) *library.Library {
	day := answers.Date{Year: 2025, Month: time.August, Day: 18}
	lib, err := seedstest.Library(answers.Contents{
		Sources: []answers.Source{{
			ID: "gazette", Publisher: "The Gazette", Title: "Harbour to reopen", TitledBy: answers.TitledByDocument,
			SHA256:     digest(Document),
			Date:       answers.DateRange{Earliest: day, Latest: day, Basis: answers.BasisStated},
			Paragraphs: []answers.Paragraph{{Number: 1, Claims: []answers.ClaimID{"gz-reopens"}}},
		}},
		Actors: []answers.Actor{{ID: "lind", Name: "Ada Lind", Aliases: []string{"Lind"}}},
		Topics: []answers.Topic{{ID: "harbour", Name: "The harbour"}},
		Claims: []answers.Claim{{
			ID: "gz-reopens", Text: "Ada Lind said that the harbour reopens in May.", Claimant: "lind", Modality: answers.Asserted,
			Source: "gazette", Paragraph: 1, Topics: []answers.TopicID{"harbour"}, Revision: 1,
		}},
		Entries: []answers.Entry{
			entry("reopening", Question, Answer+" [gz-reopens].", "", "when will the port open again"),
			faq(entry("piers", LongQuestion, "Ada Lind named the piers [gz-reopens]. "+answers.Prose(strings.Join(LongAnswer(), " [gz-reopens]. ")+" [gz-reopens]."), "", "list all of the piers")),
		},
	})
	if err != nil {
		t.Fatalf("the record of the suite: %v", err)
	}
	return lib
}

func digest(document string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(document))) }

// Almanac is a second source for the record, with as many claims as make two pages of a look-up.
func Almanac() answers.Patch {
	s := answers.Source{ID: "almanac", Title: "Almanac of the harbour", TitledBy: answers.TitledByDocument, SHA256: digest("almanac")}
	var claims []answers.Claim
	for n := 1; n <= 12; n++ {
		id := answers.ClaimID(fmt.Sprintf("al-%02d", n))
		s.Paragraphs = append(s.Paragraphs, answers.Paragraph{Number: n, Claims: []answers.ClaimID{id}})
		claims = append(claims, answers.Claim{
			ID: id, Text: fmt.Sprintf("Ada Lind counted %d berths at quay %d.", 20+n, n), Claimant: "lind", Modality: answers.Asserted, Source: s.ID, Paragraph: n,
			Topics: []answers.TopicID{"harbour"},
		})
	}
	return answers.Patch{Put: answers.Contents{Sources: []answers.Source{s}, Claims: claims}}
}

// faq makes an entry one from a list of questions and answers, whose text may be of any length.
func faq(e answers.Entry) answers.Entry {
	e.Kind = answers.KindFAQ
	return e
}

func entry(id answers.EntryID, question string, lead, detail answers.Prose, way string) answers.Entry {
	e := answers.Entry{
		ID: id, State: answers.Live, Question: question, Lead: lead, Detail: detail, Topics: []answers.TopicID{"harbour"},
		Review: answers.Date{Year: 2030, Month: time.January, Day: 6}, Revision: 1,
	}
	for i := range 10 {
		e.Phrasings = append(e.Phrasings, fmt.Sprintf("%s %d", way, i))
	}
	return e
}
