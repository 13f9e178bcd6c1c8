package compose

import (
	"fmt"
	"slices"
	"strings"

	"parley/answers"
)

// Quotes shows what claims stand on, word for word, or where the words are. The place of the claims stands between marks, so that nothing is said
// by bold type alone.
func Quotes(passages []answers.Passage) []Part {
	var parts []Part
	for _, p := range passages {
		if p.Attached {
			parts = append(parts, quoted(p))
		}
	}
	if away := elsewhere(passages); len(away) > 0 {
		parts = append(parts, Part{Role: RoleList, Heading: "Where the words are (no text of it is attached here)", Items: away})
	}
	return parts
}

// quoted is one passage of an attached text, under its source and paragraph.
func quoted(p answers.Passage) Part {
	part := Part{Role: RoleQuote, Heading: fmt.Sprintf("%s, %s, paragraph %d", label(p.Source), dated(p.Source.Date), p.Paragraph)}
	for _, c := range p.Claims {
		part.Items = append(part.Items, Item{"In our words", c.Text})
	}
	switch open, closing := marks(p); {
	case !p.Found():
		part.Role, part.Text = RoleNotice, "That paragraph of the attached text has nothing of this, so nothing is quoted."
	case p.Marked == "":
		part.Text = p.Before
		part.Items = append(part.Items, Item{"No place is marked", "it is not sure which of these sentences says it"})
	default:
		part.Mark = open + p.Marked + closing
		part.Text = p.Before + part.Mark + p.After
	}
	return part
}

// marks are what the place of a claim stands between: other ones in a text that uses the usual ones itself.
func marks(p answers.Passage) (open, closing string) {
	if strings.ContainsAny(p.Before+p.Marked+p.After, "»«") {
		return "[[", "]]"
	}
	return "»", "«"
}

// elsewhere describes the sources without a text, and the paragraphs in question.
func elsewhere(passages []answers.Passage) []Item {
	var sources []answers.Source
	paragraphs := map[answers.SourceID][]int{}
	for _, p := range passages {
		if p.Attached {
			continue
		}
		if _, known := paragraphs[p.Source.ID]; !known {
			sources = append(sources, p.Source)
		}
		if list := paragraphs[p.Source.ID]; !slices.Contains(list, p.Paragraph) {
			paragraphs[p.Source.ID] = append(list, p.Paragraph)
		}
	}
	var items []Item
	for _, s := range sources {
		list := paragraphs[s.ID]
		slices.Sort(list)
		what := "Paragraph "
		if len(list) > 1 {
			what = "Paragraphs "
		}
		items = append(items, Item{what + strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ", "), "[]"), describe(s, fullDate(s.Date))})
	}
	return items
}

// Kept returns parts as they may go on record: without the words of documents, which stay where they were attached.
func Kept(parts []Part) []Part {
	kept := slices.Clone(parts)
	for i, p := range kept {
		if p.Role == RoleQuote {
			kept[i].Text, kept[i].Mark = "What was quoted is not kept: Quote, under the answer, shows it again.", ""
		}
	}
	return kept
}
