package passage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/answers"
)

const gazette = `HARBOUR TO REOPEN

The harbor reopens in May, Ms. Lind told reporters. "We shall not wait any longer," she said.
A berth costs ten crowns a night. Boats from abroad pay
more than that, and the U.S. Navy pays nothing.
`

// record is a small one that names paragraphs of the gazette.
func record() answers.Contents {
	claim := func(id answers.ClaimID, paragraph int, text string) answers.Claim {
		return answers.Claim{ID: id, Text: text, Source: "gazette", Paragraph: paragraph}
	}
	c := answers.Contents{
		Sources: []answers.Source{{ID: "gazette"}, {ID: "herald"}},
		Actors:  []answers.Actor{{ID: "lind", Name: "Ada Lind", Aliases: []string{"Lind"}}, {ID: "us", Name: "United States", Aliases: []string{"US"}}},
		Claims: []answers.Claim{
			claim("reopens", 2, "Ada Lind said that the harbour would be opened again in May."),
			claim("impatient", 2, "Ada Lind said that there had been waiting enough."),
			claim("ten", 3, "A night at a berth is ten crowns."),
			claim("navy", 4, "The navy of the United States pays nothing."),
			claim("abroad", 4, "Boats from other countries pay more."),
			claim("elsewhere", 2, "Bicycles were stolen."),
			claim("beyond", 9, "The harbour reopens in May."),
			claim("gone", 2, "Ada Lind said that the harbour reopens in May."),
			claim("both", 2, "Lind."),
			claim("quoted", 2, "Ada Lind spoke of May."),
		},
	}
	c.Claims[7].Retracted = "a misprint"
	c.Claims[9].Quote = "not wait any longer"
	c.Claims = append(c.Claims, answers.Claim{ID: "other", Text: "The harbour reopens in June.", Source: "herald", Paragraph: 1})
	return c
}

// The sentence is marked that a claim stands on, whatever its words and spelling; where none surely is, or the paragraph has nothing of the
// claim, nothing is guessed.
func TestPassages(t *testing.T) {
	for id, want := range map[answers.ClaimID]string{
		"reopens":   `»The harbor reopens in May, Ms. Lind told reporters.« "We shall not wait any longer," she said.`,
		"impatient": `The harbor reopens in May, Ms. Lind told reporters. "We shall not wait any longer," she said.»«`, // the speaker is in one, the word in the other
		"quoted":    `The harbor reopens in May, Ms. Lind told reporters. »"We shall not wait any longer," she said.«`,
		"ten":       "»A berth costs ten crowns a night.« Boats from abroad pay more than that, and the U.S. Navy pays nothing.",
		"navy":      "A berth costs ten crowns a night. »Boats from abroad pay more than that, and the U.S. Navy pays nothing.«",
		"abroad":    "A berth costs ten crowns a night. »Boats from abroad pay more than that, and the U.S. Navy pays nothing.«",
		"elsewhere": "»«", "beyond": "»«",
	} {
		found := Passages(record(), []answers.ClaimID{id}, map[answers.SourceID]string{"gazette": gazette})
		if len(found) != 1 || !found[0].Attached {
			t.Errorf("%s: found %+v", id, found)
			continue
		}
		if p := found[0]; p.Before+"»"+p.Marked+"«"+p.After != want || p.Found() != (want != "»«") {
			t.Errorf("%s: %s»%s«%s", id, p.Before, p.Marked, p.After)
		}
	}
}

// Claims of one place share a passage; retracted ones have none, and a source without a text only says where the words are.
func TestPassagesTogether(t *testing.T) {
	ids := []answers.ClaimID{"navy", "other", "gone", "nobody's", "abroad", "navy", "ten"}
	var got []string
	for _, p := range Passages(record(), ids, map[answers.SourceID]string{"gazette": gazette}) {
		line := fmt.Sprintf("%s %d %v %v:", p.Source.ID, p.Paragraph, p.Attached, p.Found())
		for _, c := range p.Claims {
			line += " " + string(c.ID)
		}
		got = append(got, line)
	}
	if want := []string{"gazette 4 true true: navy abroad", "herald 1 false false: other", "gazette 3 true true: ten"}; !slices.Equal(got, want) {
		t.Errorf("the passages are %q", got)
	}
}

// Two sentences that come near to each other leave the paragraph unmarked.
func TestUnsureMark(t *testing.T) {
	c := answers.Contents{Claims: []answers.Claim{{ID: "a", Text: "The pier reopens in June.", Paragraph: 1}}}
	p := Passages(c, []answers.ClaimID{"a"}, map[answers.SourceID]string{"": "The pier is closed. It reopens in June. The pier is longer in June."})[0]
	if p.Marked != "" || p.Before != "The pier is closed. It reopens in June. The pier is longer in June." {
		t.Errorf("marked is %q in %q", p.Marked, p.Before+p.Marked+p.After)
	}
}

// Around the sentence there are at most so many words, whole sentences of them; a sentence that is too long is cut behind a word, or between
// characters as people see them.
func TestCut(t *testing.T) {
	filler := strings.Repeat("Nothing else of note was said there at all today. ", 30)
	find := func(document string) answers.Passage {
		c := answers.Contents{Claims: []answers.Claim{{ID: "a", Text: "The pier reopens in May.", Paragraph: 1}}}
		return Passages(c, []answers.ClaimID{"a"}, map[answers.SourceID]string{"": document})[0]
	}
	words := func(p answers.Passage) int { return len(strings.Fields(p.Before + p.Marked + p.After)) }
	p := find(filler + "The pier reopens in May. " + filler)
	if p.Marked != "The pier reopens in May." || words(p) > maxWords+2 || words(p) < maxWords-10 ||
		!strings.HasPrefix(p.Before, "… Nothing") || !strings.HasSuffix(p.After, "today. …") {
		t.Errorf("cut out is %q, %q, %q", p.Before, p.Marked, p.After)
	}
	if p = find("The pier reopens in May. " + filler); p.Before != "" || words(p) < maxWords-10 {
		t.Errorf("cut out is %q, %q, %q", p.Before, p.Marked, p.After)
	}
	if p = find("The pier reopens in May" + strings.Repeat(" or later", 200)); len(strings.Fields(p.Marked)) != maxWords || !strings.HasSuffix(p.Marked, " later…") && !strings.HasSuffix(p.Marked, " or…") {
		t.Errorf("a long sentence becomes %q", p.Marked)
	}
	const family = "👩‍👩‍👧‍👦"
	if p = find("Pier May" + strings.Repeat(family, 2000)); p.Marked != "Pier…" {
		t.Errorf("a long word becomes %q", p.Marked)
	}
	p = find("PierMay" + strings.Repeat(family, 2000))
	if p.Found() {
		t.Errorf("found is %q", p.Marked)
	}
	clipped, whole := clip("PierMay" + strings.Repeat(family, 2000))
	if rest := strings.ReplaceAll(clipped, family, ""); whole || rest != "PierMay…" || strings.Count(clipped, family) != maxCharacters-len("PierMay") {
		t.Errorf("a word of emoji becomes %q, %v", rest, whole)
	}
}

func TestSentences(t *testing.T) {
	for s, want := range map[string][]string{
		"One. Two? Three!":                             {"One. ", "Two? ", "Three!"},
		`He said "yes." Then he left.`:                 {`He said "yes." `, "Then he left."},
		"Talks in the U.S. The president left.":        {"Talks in the U.S. ", "The president left."},
		"The U.S. Senate and the U.S. aims, in May.":   {"The U.S. Senate and the U.S. aims, in May."},
		"Mr. Lind paid 3.50 crowns. e.g. this is one.": {"Mr. Lind paid 3.50 crowns. e.g. this is one."},
		"Wait… What?":                                  {"Wait… ", "What?"},
		"":                                             nil,
		"No mark":                                      {"No mark"},
	} {
		if got := Sentences(s); !slices.Equal(got, want) || strings.Join(got, "") != s {
			t.Errorf("%q falls into %q", s, got)
		}
	}
}

// Whatever a document holds, a passage is part of it.
func FuzzPassages(f *testing.F) {
	f.Add(gazette, "The harbour reopens in May.", 2)
	f.Add("a\xff. B\u2028c. d", "B", 1)
	f.Fuzz(func(t *testing.T, document, text string, paragraph int) {
		c := answers.Contents{Claims: []answers.Claim{{ID: "a", Text: text, Paragraph: paragraph}}}
		p := Passages(c, []answers.ClaimID{"a"}, map[answers.SourceID]string{"": document})[0]
		if whole := strings.Join(Paragraphs(document), " "); !strings.Contains(whole, strings.TrimSuffix(p.Marked, ellipsis)) {
			t.Errorf("marked is %q", p.Marked)
		}
		if n := len(strings.Fields(p.Before + " " + p.Marked + " " + p.After)); n > maxWords+2 {
			t.Errorf("%d words are shown", n)
		}
	})
}
