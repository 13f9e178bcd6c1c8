package text

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
		if CommonEnglish(w) == 0 {
			t.Fatalf("commonEnglish(%q) = 0 for a word of the list", w)
		}
	}
	for word, want := range map[string]Commonness{
		"": 0, "erdogan": 0, "zzz": 0, "zelensky": 0, "aaaa": 0, "the": 10, "weather": 10, "colour": 10, "color": 10, "eclipse": 35,
	} {
		if got := CommonEnglish(word); got != want {
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
