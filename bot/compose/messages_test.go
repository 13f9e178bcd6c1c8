package compose_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/bot/compose"
)

// A grapheme cluster that no page holds is cut, so that every message fits and none of it is lost; other pages stay as they are.
func TestMessages(t *testing.T) {
	fits := func(page []compose.Part) bool {
		return utf8.RuneCountInString(compose.Text(page)) <= 600
	}
	huge := "e" + strings.Repeat("\u0301", 1200)
	r := []compose.Part{{Role: compose.RoleAnswer, Text: "Before."}, {Role: compose.RoleDetail, Text: huge}, {Role: compose.RoleHint, Text: "After."}}
	var shown strings.Builder
	for i, page := range compose.Messages(r, fits) {
		if !fits(page) {
			t.Errorf("page %d does not fit", i+1)
		}
		for _, p := range page {
			shown.WriteString(p.Text)
		}
	}
	if shown.String() != "Before."+huge+"After." {
		t.Errorf("%d characters are shown, of %d", utf8.RuneCountInString(shown.String()), utf8.RuneCountInString(huge))
	}
	short := []compose.Part{{Role: compose.RoleAnswer, Heading: "H", Text: "Yes."}}
	if got := compose.Messages(short, fits); len(got) != 1 || got[0][0].Heading != "H" {
		t.Errorf("a short reply becomes %+v", got)
	}
}
