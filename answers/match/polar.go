package match

import (
	"slices"
	"strings"

	"parley/answers/text"
)

// Polar reports whether a question asks for yes or no: a clause of it begins with an auxiliary, and neither offers a choice nor asks somebody
// to tell what is asked after that; or it is a statement that ends in "right?" or "or not".
func Polar(question string) bool {
	return slices.ContainsFunc(Clauses(question), func(c Clause) bool { return polar(c.Text) })
}

func polar(clause string) bool {
	words := strings.Fields(text.Fold(contracted.Replace(clause)))
	for len(words) > 1 && leading[words[0]] {
		words = words[1:]
	}
	if len(words) < 2 {
		return false
	}
	confirmed := confirming[words[len(words)-1]] || strings.HasSuffix(strings.Join(words, " "), " or not")
	if confirmed && !interrogative[words[0]] {
		return true
	}
	if !inverting[words[0]] {
		return false
	}
	for i, w := range words[1:] {
		choice := w == "or" && i+2 < len(words) && words[i+2] != "not"
		if choice || interrogative[w] && (wanting[words[i]] || addressed[words[1]]) { // "can you tell me what", "do we know how many"
			return false
		}
	}
	return true
}

var confirming = text.SetOf(`right correct innit`)
