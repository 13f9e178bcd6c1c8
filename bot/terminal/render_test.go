package terminal

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"parley/bot"
	"parley/bot/compose"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"one two three", 7, []string{"one two", "three"}},
		{"one two", 0, []string{"one two"}},
		{"", 10, []string{""}},
		{"a verylongword b", 6, []string{"a", "verylo", "ngword", "b"}},
		{"日本語のテキスト", 6, []string{"日本語", "のテキ", "スト"}},
		{"e\u0301e\u0301e\u0301", 2, []string{"e\u0301e\u0301", "e\u0301"}},
		{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, []string{"👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"}},
	} {
		if got := Wrap(c.text, c.width); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// No letter is lost, whatever the text, and no line of plain letters is wider than asked. (What joins emoji may change
// their width as they are put together, which terminals show differently anyway.)
func FuzzWrap(f *testing.F) {
	f.Add("The Post reported that Trump had not committed himself [1].", 20)
	f.Add("日本 e\u0301 👩‍👩‍👧‍👦 \u202eabc", 3)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if width < 1 || width > 1000 || !utf8.ValidString(text) {
			return
		}
		lines := Wrap(text, width)
		for _, line := range lines {
			if plain := len(line) == uniseg.StringWidth(line); plain && len(line) > width {
				t.Errorf("Wrap(%q, %d): %q is wider", text, width, line)
			}
		}
		if got, want := strings.Join(strings.Fields(strings.Join(lines, "")), ""), strings.Join(strings.Fields(text), ""); got != want {
			t.Errorf("Wrap(%q, %d) holds %q", text, width, got)
		}
	})
}

func TestRender(t *testing.T) {
	r := bot.Reply{Parts: []compose.Part{
		{Role: compose.RoleNotice, Text: "I am not sure that I understand."},
		{Role: compose.RoleAnswer, Text: "A first sentence that is longer than the screen is wide [1]."},
		{Role: compose.RoleDispute, Heading: "Sources differ", Items: []compose.Item{{Text: "One says so [1]."}, {Label: "Russia", Text: "says otherwise [2]."}}},
		{Role: compose.RoleSuggestions, Items: []compose.Item{{Label: "1.", Text: "Who was in Paris?"}}},
		{Role: compose.RoleSources, Heading: "Sources", Items: []compose.Item{{Label: "[1]", Text: "The Post, a title that goes on for more than a line"}}},
	}}
	want := `I am not sure that I
understand.

A first sentence that is
longer than the screen is
wide [1].

Sources differ
  • One says so [1].
  • Russia: says otherwise
    [2].

  1. Who was in Paris?

Sources
  [1] The Post, a title that
      goes on for more than
      a line
`
	if got := (Screen{Width: 28}).Render(r); got != want {
		t.Errorf("rendered as\n%s\nwant\n%s", got, want)
	}
	if plain := r.Text(); strings.Contains(plain, "\x1b") || !strings.Contains(plain, "- Russia: says otherwise [2].") {
		t.Errorf("the plain text is\n%s", plain)
	}
	coloured := (Screen{Width: 28, Colour: true}).Render(r)
	if stripped := strip(coloured); stripped != want {
		t.Errorf("without its colours the text differs:\n%s", stripped)
	}
	if coloured == want {
		t.Error("nothing is emphasised on a terminal with colour")
	}
}

// What a quotation marks is bold as well, over the ends of lines, and nothing else of it is.
func TestRenderMark(t *testing.T) {
	r := bot.Reply{Parts: []compose.Part{{Role: compose.RoleQuote, Text: "It is so, all say. »The harbour reopens in May.« No fee is due.", Mark: "»The harbour reopens in May.«"}}}
	want := "It is so, all say. \x1b[1m»The\x1b[0m\n\x1b[1mharbour reopens in May.«\x1b[0m\nNo fee is due.\n"
	if got := (Screen{Width: 25, Colour: true}).Render(r); got != want {
		t.Errorf("rendered as %q, want %q", got, want)
	}
	if got, want := (Screen{Width: 25}).Render(r), strip(want); got != want {
		t.Errorf("without bold it is %q, want %q", got, want)
	}
}

// strip removes the escape sequences that Render writes.
func strip(s string) string {
	for _, code := range []string{bold, dim, italic, "0"} {
		s = strings.ReplaceAll(s, "\x1b["+code+"m", "")
	}
	return s
}

// What people typed or curators stored cannot move the cursor but to a new line, change colours or turn the writing round.
func TestRenderDisarms(t *testing.T) {
	hostile := "a\x1b[31mb\x07c\u202ed\u2066e\u009bf\tg\nh"
	got := (Screen{}).Render(bot.Reply{Parts: []compose.Part{{Role: compose.RoleNotice, Text: hostile}}})
	if want := "a[31mbcdef g\nh\n"; got != want {
		t.Errorf("rendered as %q, want %q", got, want)
	}
}
