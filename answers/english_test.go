package answers

import (
	"slices"
	"strings"
	"testing"
)

func TestCommonEnglish(t *testing.T) {
	var words []string
	for line := range strings.Lines(englishWords) {
		word, _, _ := strings.Cut(line, " ")
		words = append(words, word)
	}
	if !slices.IsSorted(words) {
		t.Fatal("english.txt is not sorted")
	}
	for _, w := range words {
		if commonEnglish(w) == 0 {
			t.Fatalf("commonEnglish(%q) = 0 for a word of the list", w)
		}
	}
	for word, want := range map[string]commonness{
		"": 0, "erdogan": 0, "zzz": 0, "zelensky": 0, "aaaa": 0, "the": 10, "weather": 10, "colour": 10, "color": 10, "eclipse": 35,
	} {
		if got := commonEnglish(word); got != want {
			t.Errorf("commonEnglish(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestEnglishNear(t *testing.T) {
	for word, want := range map[string]string{"adjetive": "adjective", "erdogan": "", "wil": "", "lavrov": ""} {
		if got, _ := englishNear(word); got != want {
			t.Errorf("englishNear(%q) = %q, want %q", word, got, want)
		}
	}
}

// The rarer a word is in English, the more it tells; what is in no list of common English tells as much as any.
func TestTellingWeight(t *testing.T) {
	last := 0.0
	for _, w := range []string{"money", "armistice", "oreshnik"} {
		at := tellingWeight(token{text: w})
		if at < last || at <= 0 || at > 1 {
			t.Errorf("%q tells %.2f, one more common %.2f", w, at, last)
		}
		last = at
	}
	if common, rare := tellingWeight(token{text: "money"}), tellingWeight(token{text: "oreshnik"}); common >= rare {
		t.Errorf("money tells %.2f, a name %.2f", common, rare)
	}
}
