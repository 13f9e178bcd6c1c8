package compose

import (
	"fmt"
	"strings"

	"parley/answers"
)

// Why says why a question got its answer.
func Why(w answers.Why) []Part {
	var items []Item
	add := func(label string, words []string) {
		if len(words) > 0 {
			items = append(items, Item{label, strings.Join(words, ", ")})
		}
	}
	items = append(items, Item{"Confidence", fmt.Sprintf("%.0f%%", 100*w.Score)})
	add("Words of the question that the answer is about", w.Matched)
	add("Words that it is not about", w.Missing)
	add("Words that nobody here knows", w.Unknown)
	if w.Rival != "" {
		items = append(items, Item{"Next in line", fmt.Sprintf("%s, with %.0f%%", w.Rival, 100*w.Second)})
	}
	return []Part{
		{Role: RoleNotice, Text: "A curator wrote this answer beforehand; your question was matched to it by its words."},
		{Role: RoleList, Items: items},
	}
}
