package compose_test

import (
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"parley/bot/compose"
)

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"a\x00b\r\nc\rd\te":       "ab\nc\nd\te",
		"a\u2028b\u2029c":         "a\nb\nc", // which some clients show as new lines
		"\u202ef\u2066g\u202c":    "fg",
		"\u200fש\u200dh":          "\u200fש\u200dh", // marks and joiners stay
		"\x1b[31m\x7f\u0085\xffx": "[31m\ufffdx",
	} {
		if got := compose.Clean(text); got != want || compose.Clean(got) != got {
			t.Errorf("%q is %q, want %q; twice %q", text, got, want, compose.Clean(got))
		}
	}
}

// Every text of a part is cleaned, and the original stays as it was.
func TestCleanParts(t *testing.T) {
	parts := []compose.Part{{Role: compose.RoleList, Heading: "h\x00", Text: "t\x00", Items: []compose.Item{{Label: "l\x00", Text: "i\x00"}}}}
	got := compose.CleanParts(parts)
	if it := got[0].Items[0]; got[0].Role != compose.RoleList || got[0].Heading != "h" || got[0].Text != "t" || it.Label != "l" || it.Text != "i" {
		t.Errorf("cleaned are %+v", got)
	}
	if parts[0].Items[0].Text != "i\x00" {
		t.Error("the original was changed")
	}
}

// A line is cut by graphemes, in characters as Slack counts and in UTF-16 units as Discord may.
func TestLine(t *testing.T) {
	units := func(s string) int { return len(utf16.Encode([]rune(s))) }
	family := "👩‍👩‍👧‍👦" // 7 characters, 11 units
	for _, c := range []struct {
		text   string
		most   int
		length func(string) int
		want   string
	}{
		{"short", 5, utf8.RuneCountInString, "short"},
		{"longer", 5, utf8.RuneCountInString, "long…"},
		{"one two", 5, utf8.RuneCountInString, "one…"},
		{" a\n\tb\x00\u2028c ", 9, utf8.RuneCountInString, "a b c"},
		{"日本語日本語", 4, utf8.RuneCountInString, "日本語…"},
		{"日本語", 3, utf8.RuneCountInString, "日本語"},
		{"ab" + family, 5, utf8.RuneCountInString, "ab…"},
		{"", 5, utf8.RuneCountInString, ""},
		{family + family, 22, units, family + family},
		{family + family, 21, units, family + "…"},
		{"\u202eab", 2, units, "ab"},
	} {
		if got := compose.Line(c.text, c.most, c.length); got != c.want || c.length(got) > c.most {
			t.Errorf("%q on a line of %d is %q, want %q", c.text, c.most, got, c.want)
		}
	}
}
