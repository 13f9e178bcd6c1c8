package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Will U.S. troops go?", "will us troops go"},
		{"Trump’s envoy", "trump envoy"},
		{"don't", "dont"},
		{"É\u00adlysée—Zelenskyʼs", "elysee zelensky"},
		{"a\u200bb  c", "ab c"},
		{"Kyiv.What", "kyiv what"},
		{"\u202eabc", "abc"},
		{"$200 billion", "200 billion"},
		{"???", ""},
		{"Чий, чи Київ; Ёлка", "чий чи київ елка"},
		{"чи\u0306", "чй"},
		{"Йод й", "йод й"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestClip(t *testing.T) {
	long := strings.Repeat("é", 2*maxRunes)
	if got := utf8.RuneCountInString(Clip(long)); got != maxRunes {
		t.Errorf("clip kept %d runes, want %d", got, maxRunes)
	}
	if got := Clip("a\xffb"); got != "a b" {
		t.Errorf("clip of invalid bytes = %q", got)
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Will U.S. troops go?")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(Clip(s))
		if twice := Fold(once); twice != once {
			t.Errorf("Fold is not idempotent: %q, %q", once, twice)
		}
	})
}
