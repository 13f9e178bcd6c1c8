package check

import (
	"slices"
	"strings"

	"parley/answers/grammar"
)

// relation is how well a word of the record bears a word of a statement out: 0 not at all, 1 wholly.
func relation(stated, recorded *grammar.Token) float64 {
	if stated.Kind == grammar.Number || recorded.Kind == grammar.Number || stated.Kind == grammar.Date || recorded.Kind == grammar.Date {
		return figure(stated, recorded)
	}
	switch {
	case stated.Key == recorded.Key && (stated.Kind == recorded.Kind || stated.Kind != grammar.Quantifier && recorded.Kind != grammar.Quantifier):
		return 1
	case stated.Kind != grammar.Word || recorded.Kind != grammar.Word:
		return 0
	case derived(stated.Key, recorded.Key):
		return 0.9
	}
	for _, a := range stated.Senses {
		if slices.Contains(recorded.Senses, a) {
			return 0.8
		}
	}
	return 0
}

// figure relates numbers of one unit, and dates.
func figure(stated, recorded *grammar.Token) float64 {
	if stated.Kind != recorded.Kind {
		return 0
	}
	if stated.Kind == grammar.Date {
		if bears, _ := recorded.Day.Bears(stated.Day); bears && tense(stated.Prep) == tense(recorded.Prep) {
			return 1
		}
		return 0
	}
	if stated.Value.Alike(recorded.Value) && recorded.Value.Bears(stated.Value) {
		return 1
	}
	return 0
}

// tense groups the prepositions of dates: on the day, by it, since it.
func tense(prep string) string {
	switch prep {
	case "by", "since", "from":
		return prep
	}
	return "at"
}

// conflicting reports whether a number or date of the record, of the same unit, makes a stated one wrong.
func conflicting(stated, recorded *grammar.Token) bool {
	switch {
	case stated.Kind != recorded.Kind:
		return false
	case stated.Kind == grammar.Date:
		_, excludes := recorded.Day.Bears(stated.Day)
		return excludes && tense(stated.Prep) == tense(recorded.Prep)
	case stated.Kind == grammar.Number:
		return stated.Value.Alike(recorded.Value) && recorded.Value.Excludes(stated.Value)
	}
	return false
}

// contrary reports whether two words stand on the two sides of one axis.
func contrary(a, b *grammar.Token) bool {
	return slices.ContainsFunc(a.Senses, func(x grammar.Sense) bool {
		return slices.ContainsFunc(b.Senses, func(y grammar.Sense) bool { return x.Axis != "" && x.Axis == y.Axis && x.Against != y.Against })
	})
}

// suffixes turn a verb or an adjective into the noun of the same thing.
var suffixes = []string{"ment", "ement", "ion", "ation", "ition", "ance", "ence", "ness", "ship", "i", "ic", "iv", "al"}

// derived reports whether one stem is the other with a suffix that makes a noun or an adjective of the same thing.
func derived(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n < 4 {
		return false
	}
	plain := func(rest string) bool {
		return rest == "" || rest == "e" || slices.Contains(suffixes, rest)
	}
	return plain(a[n:]) && plain(b[n:]) && (len(a) == n || len(b) == n || strings.TrimRight(a[n:], "ei") == "" || strings.TrimRight(b[n:], "ei") == "")
}

// governed reports whether two prepositions can govern the same thing in the same role; objects tells that both stand behind their verbs.
func governed(stated, recorded *grammar.Token, sameVoice, objects bool) bool {
	a, b := stated.Prep, recorded.Prep
	if a == b || stated.Kind == grammar.Date || stated.Kind == grammar.Number {
		return true
	}
	if a == "against" || b == "against" {
		return a == "to" || b == "to"
	}
	if grammar.Modifies(stated) && grammar.Modifies(recorded) || grammar.Modifies(stated) && grammar.Genitive(stated, b) || grammar.Modifies(recorded) && grammar.Genitive(recorded, a) {
		return true
	}
	for _, pair := range [][2]string{{"of", "at"}, {"of", "about"}, {"at", "about"}, {"with", "between"}, {"of", "by"}, {"of", "between"}, {"under", "at"}, {"by", "with"}, {"through", "from"}, {"like", "as"}} {
		if a == pair[0] && b == pair[1] || a == pair[1] && b == pair[0] {
			return true
		}
	}
	if stated.Kind == grammar.Name && (a == "at" && b == "to" || a == "to" && b == "at") {
		return true
	}
	if stated.Kind == grammar.Word && (a == "of" && b == "to" || a == "to" && b == "of") {
		return true
	}
	if objects && (a == "" && (b == "to" || b == "with") || b == "" && (a == "to" || a == "with")) {
		return true
	}
	return !sameVoice && (a == "by" && b == "" || a == "" && b == "by")
}
