package answers

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		what  string
		prose Prose
		want  []Sentence
	}{
		{"no prose", "", nil},
		{"an unmarked sentence", "Our record does not say.", []Sentence{{{"Our record does not say.", nil}}}},
		{"a marker before the full stop", "One report says so [pa-package].",
			[]Sentence{{{"One report says so", []ClaimID{"pa-package"}}, {".", nil}}}},
		{"several markers", "Macron suggested it [pa-macron], and Starmer said it [pa-starmer].",
			[]Sentence{{{"Macron suggested it", []ClaimID{"pa-macron"}}, {", and Starmer said it", []ClaimID{"pa-starmer"}}, {".", nil}}}},
		{"a marker with two ids", "Both said it [pa-macron, pa-starmer].",
			[]Sentence{{{"Both said it", []ClaimID{"pa-macron", "pa-starmer"}}, {".", nil}}}},
		{"a marker with two ids and no space", "Both said it [pa-macron,pa-starmer].",
			[]Sentence{{{"Both said it", []ClaimID{"pa-macron", "pa-starmer"}}, {".", nil}}}},
		{"two markers side by side", "Both said it [pa-macron] [pa-starmer].",
			[]Sentence{{{"Both said it", []ClaimID{"pa-macron"}}, {"", []ClaimID{"pa-starmer"}}, {".", nil}}}},
		{"two sentences", "Is it so [pa-macron]? It is!",
			[]Sentence{{{"Is it so", []ClaimID{"pa-macron"}}, {"?", nil}}, {{"It is!", nil}}}},
		{"a line break between sentences", "It is.\nIt was.", []Sentence{{{"It is.", nil}}, {{"It was.", nil}}}},
		{"words after the last marker", "One report says so [pa-package], he said. It is",
			[]Sentence{{{"One report says so", []ClaimID{"pa-package"}}, {", he said.", nil}}, {{"It is", nil}}}},
		{"a full stop within a number", "It cost $1.5 billion [po-cost].",
			[]Sentence{{{"It cost $1.5 billion", []ClaimID{"po-cost"}}, {".", nil}}}},
		{"a marker within the quotation", `He said "the hardest yards are still ahead [pa-hardest]." Then he left.`,
			[]Sentence{{{`He said "the hardest yards are still ahead`, []ClaimID{"pa-hardest"}}, {`."`, nil}}, {{"Then he left.", nil}}}},
		{"a marker after the quotation", `He said "the hardest yards are still ahead" [pa-hardest]. Then he left.`,
			[]Sentence{{{`He said "the hardest yards are still ahead"`, []ClaimID{"pa-hardest"}}, {".", nil}}, {{"Then he left.", nil}}}},
		{"a quoted sentence at the end", "He said “all is well.” (Or ‘so so.’) Then he left.",
			[]Sentence{{{"He said “all is well.”", nil}}, {{"(Or ‘so so.’)", nil}}, {{"Then he left.", nil}}}},
		// The claim does not cover what was said before the full stop: lint reports the first sentence.
		{"a marker after the full stop", "One report says so. [pa-package] And more.",
			[]Sentence{{{"One report says so.", nil}}, {{"", []ClaimID{"pa-package"}}, {" And more.", nil}}}},
		{"a marker alone", "[pa-package]", []Sentence{{{"", []ClaimID{"pa-package"}}}}},
		{"an editorial remark", "One report says teh [sic] [pa-package].",
			[]Sentence{{{"One report says teh [sic]", []ClaimID{"pa-package"}}, {".", nil}}}},
		{"no marker for want of lower case", "So [Pa-package].", []Sentence{{{"So [Pa-package].", nil}}}},
		{"no marker for a hanging hyphen", "So [pa-].", []Sentence{{{"So [pa-].", nil}}}},
		{"no marker for a hanging comma", "So [pa-package,].", []Sentence{{{"So [pa-package,].", nil}}}},
	} {
		t.Run(c.what, func(t *testing.T) {
			if got := c.prose.Sentences(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%q has the sentences\n%#v, want\n%#v", c.prose, got, c.want)
			}
		})
	}
}

func TestSentenceTextAndClaims(t *testing.T) {
	sentences := Prose("Macron suggested it [pa-macron, pa-paris]; Starmer said it [pa-macron]. It is so.").Sentences()
	if len(sentences) != 2 {
		t.Fatalf("there are %d sentences, want 2", len(sentences))
	}
	if got, want := sentences[0].Text(), "Macron suggested it; Starmer said it."; got != want {
		t.Errorf("the first sentence reads %q, want %q", got, want)
	}
	if got, want := sentences[0].Claims(), []ClaimID{"pa-macron", "pa-paris", "pa-macron"}; !slices.Equal(got, want) {
		t.Errorf("the first sentence stands on %q, want %q", got, want)
	}
	if got := sentences[1].Claims(); got != nil {
		t.Errorf("the unmarked sentence stands on %q", got)
	}
}

func TestClauses(t *testing.T) {
	type clause struct {
		text   string
		claims []ClaimID
	}
	for _, c := range []struct {
		prose Prose
		want  []clause
	}{
		{"It is so [a-1].", []clause{{"It is so.", []ClaimID{"a-1"}}}},
		{"It is so [a-1]; it was so [b-1].", []clause{{"It is so", []ClaimID{"a-1"}}, {" it was so.", []ClaimID{"b-1"}}}},
		{"It is so; it was so [b-1].", []clause{{"It is so", nil}, {" it was so.", []ClaimID{"b-1"}}}},
		{"It is so [a-1]; it was; so.", []clause{{"It is so", []ClaimID{"a-1"}}, {" it was", nil}, {" so.", nil}}},
		{"It is [a-1] so [b-1]; not [c-1].", []clause{{"It is so", []ClaimID{"a-1", "b-1"}}, {" not.", []ClaimID{"c-1"}}}},
		{"Why;", []clause{{"Why", nil}, {"", nil}}},
	} {
		var got []clause
		for _, part := range c.prose.Sentences()[0].Clauses() {
			got = append(got, clause{part.Text(), part.Claims()})
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q has the clauses %q, want %q", c.prose, got, c.want)
		}
	}
}

func TestProseClaims(t *testing.T) {
	for prose, want := range map[Prose][]ClaimID{
		"":               nil,
		"It is so.":      nil,
		"It [sic] is.":   nil,
		"It is [a-1].":   {"a-1"},
		"[b-1][a-1,b-1]": {"b-1", "a-1"},
		"One [b-1]; two [a-1,\n c-2]. Three [a-1].": {"b-1", "a-1", "c-2"},
	} {
		if got := prose.Claims(); !slices.Equal(got, want) {
			t.Errorf("%q stands on %q, want %q", prose, got, want)
		}
	}
}

func TestPlainAndCite(t *testing.T) {
	for _, c := range []struct {
		prose        Prose
		plain, cited string
	}{
		{"", "", ""},
		{"Our record does not say.", "Our record does not say.", "Our record does not say."},
		{"One report says so [pa-package].", "One report says so.", "One report says so (pa-package)."},
		{"One report says so[pa-package].", "One report says so.", "One report says so (pa-package)."},
		{"One report says so\n  [pa-package].", "One report says so.", "One report says so (pa-package)."},
		{"This [a-1] and that [b-1, c-1]; no more.", "This and that; no more.", "This (a-1) and that (b-1+c-1); no more."},
		{`He said "ahead" [a-1].`, `He said "ahead".`, `He said "ahead" (a-1).`},
		{"The teh [sic] stays.", "The teh [sic] stays.", "The teh [sic] stays."},
	} {
		if got := c.prose.Plain(); got != c.plain {
			t.Errorf("%q reads %q, want %q", c.prose, got, c.plain)
		}
		cited := c.prose.Cite(func(ids []ClaimID) string {
			names := make([]string, len(ids))
			for i, id := range ids {
				names[i] = string(id)
			}
			return "(" + strings.Join(names, "+") + ")"
		})
		if cited != c.cited {
			t.Errorf("%q is cited as %q, want %q", c.prose, cited, c.cited)
		}
	}
}

// claimID is the form of an id of a claim; a marker needs a hyphen in it.
var claimID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// FuzzProse: no prose brings the splitting down or loses a letter, and where lint can read every bracket none is left
// for the reader.
func FuzzProse(f *testing.F) {
	for _, s := range []string{
		"", ".", "[pa-package]", `He said "the hardest yards are still ahead [pa-hardest]." Then he left.`,
		"Macron suggested it [pa-macron, pa-paris]; Starmer said it [pa-starmer]. Is it so? It is!", "So [sic] [Pa-x] [pa-] [pa-x",
		"[a-b [c-d]]", "a.\xff\u201d [a-b]\n\n;;[a-b,c-d]", "É “è.” [a-b]",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := Prose(s)
		plain := p.Plain()
		var text strings.Builder
		var claims []ClaimID
		for _, sentence := range p.Sentences() {
			text.WriteString(sentence.Text())
			claims = append(claims, sentence.Claims()...)
			var inClauses []string
			var ofClauses []ClaimID
			for _, clause := range sentence.Clauses() {
				inClauses = append(inClauses, clause.Text())
				ofClauses = append(ofClauses, clause.Claims()...)
			}
			if strings.Join(inClauses, ";") != sentence.Text() || !slices.Equal(ofClauses, sentence.Claims()) {
				t.Errorf("the clauses of %q hold %q and %q", sentence, inClauses, ofClauses)
			}
			if rest := sentence.Unmarked(); !strings.Contains(plain, rest) {
				t.Errorf("%q is no part of %q", rest, plain)
			}
		}
		if letters(text.String()) != letters(plain) {
			t.Errorf("the sentences of %q read %q, but it reads %q", s, text.String(), plain)
		}
		for _, id := range claims {
			if !slices.Contains(p.Claims(), id) {
				t.Errorf("a sentence of %q stands on %q, the whole does not", s, id)
			}
		}
		for _, id := range p.Claims() {
			if !slices.Contains(claims, id) {
				t.Errorf("%q stands on %q, but none of its sentences does", s, id)
			}
			if !claimID.MatchString(string(id)) {
				t.Errorf("%q stands on %q, which no claim can be called", s, id)
			}
		}

		cite := func(ids []ClaimID) string { return fmt.Sprintf("(%d)", len(ids)) }
		cited := p.Cite(cite)
		if again := p.Cite(cite); again != cited {
			t.Errorf("%q is cited as %q and as %q", s, cited, again)
		}
		// A marker within a marker leaves one behind; lint refuses such prose.
		if strings.Count(s, "[") != len(Marker.FindAllString(s, -1)) {
			return
		}
		for _, shown := range []string{plain, cited, text.String()} {
			if strings.Contains(shown, "[") || Prose(shown).Plain() != shown {
				t.Errorf("a marker is left in %q", shown)
			}
		}
	})
}

// letters is s without all that is no letter.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}
