package match

import (
	"testing"

	"parley/answers/text"
)

// The rarer a word is in English, the more it tells; what is in no list of common English tells as much as any.
func TestTellingWeight(t *testing.T) {
	last := 0.0
	for _, w := range []string{"money", "armistice", "oreshnik"} {
		at := tellingWeight(text.Token{Text: w})
		if at < last || at <= 0 || at > 1 {
			t.Errorf("%q tells %.2f, one more common %.2f", w, at, last)
		}
		last = at
	}
	if common, rare := tellingWeight(text.Token{Text: "money"}), tellingWeight(text.Token{Text: "oreshnik"}); common >= rare {
		t.Errorf("money tells %.2f, a name %.2f", common, rare)
	}
}
