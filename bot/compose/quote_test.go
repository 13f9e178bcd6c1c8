package compose_test

import (
	"strings"
	"testing"

	"parley/answers"
	"parley/bot/compose"
)

var (
	gazette = answers.Source{ID: "gazette", Publisher: "The Gazette", Title: "Harbour to reopen", SHA256: strings.Repeat("0f", 32)}
	reopens = []answers.Claim{{ID: "gz-reopens", Text: "Ada Lind said that the harbour reopens in May."}}
)

// The place stands between marks that the text does not use itself; where nothing is sure, or there, it is said so.
func TestQuotes(t *testing.T) {
	for want, p := range map[string]answers.Passage{
		"The Gazette, undated, paragraph 2\nIt is so. »It reopens.« Yes.\n- In our words: Ada Lind said that the harbour reopens in May.": {
			Attached: true, Before: "It is so. ", Marked: "It reopens.", After: " Yes."},
		"[[It «reopens».]]":   {Attached: true, Marked: "It «reopens»."},
		"No place is marked:": {Attached: true, Before: "It reopens. It does."},
		"has nothing of this": {Attached: true},
		"- Paragraph 2: The Gazette, “Harbour to reopen”, date not known, document 0f0f0f0f": {},
	} {
		p.Source, p.Paragraph, p.Claims = gazette, 2, reopens
		parts := compose.Quotes([]answers.Passage{p})
		requireText(t, want, compose.Text(parts), []string{want}, []string{"gz-reopens"})
		if before, mark, after := parts[0].Around(); p.Marked != "" && (before != p.Before || !strings.Contains(mark, p.Marked) || after != p.After) {
			t.Errorf("around the mark stand %q, %q, %q", before, mark, after)
		}
	}
	both := []answers.Passage{{Source: gazette, Paragraph: 5, Claims: reopens}, {Source: gazette, Paragraph: 2, Claims: reopens}, {Source: gazette, Paragraph: 5, Claims: reopens}}
	requireText(t, "two paragraphs", compose.Text(compose.Quotes(both)), []string{"- Paragraphs 2, 5: The Gazette"}, nil)
}

// What goes on record has no word of a document.
func TestKept(t *testing.T) {
	shown := compose.Quotes([]answers.Passage{{Source: gazette, Paragraph: 2, Claims: reopens, Attached: true, Before: "Quokka. ", Marked: "It reopens.", After: " Quokka."}})
	requireText(t, "kept", compose.Text(compose.Kept(shown)), []string{"The Gazette, undated, paragraph 2", "is not kept"}, []string{"Quokka", "It reopens."})
	requireText(t, "shown", compose.Text(shown), []string{"»It reopens.«"}, nil)
}

// A mark that is cut between two pages does not stand out; all of the text is there.
func TestMarkAcrossPages(t *testing.T) {
	part := compose.Part{Role: compose.RoleQuote, Text: "One two. »Three four five.« Six.", Mark: "»Three four five.«"}
	for most := 12; most < 40; most++ {
		shown := ""
		for _, page := range compose.Pages([]compose.Part{part}, func(page []compose.Part) bool { return len(compose.Text(page)) <= most }) {
			before, mark, after := page[0].Around()
			shown += " " + before + mark + after
		}
		if got := strings.Join(strings.Fields(shown), " "); got != part.Text {
			t.Errorf("in pages of %d stands %q", most, got)
		}
	}
}
