package answers

import (
	"slices"
	"strings"
	"testing"
)

func TestCommonEnglish(t *testing.T) {
	words := strings.Fields(englishWords)
	if !slices.IsSorted(words) {
		t.Fatal("english.txt is not sorted")
	}
	for _, w := range words {
		if !commonEnglish(w) {
			t.Fatalf("commonEnglish(%q) = false for a word of the list", w)
		}
	}
	for _, w := range []string{"", "erdogan", "zzz", "zelensky", "aaaa"} {
		if commonEnglish(w) {
			t.Errorf("commonEnglish(%q) = true", w)
		}
	}
}
