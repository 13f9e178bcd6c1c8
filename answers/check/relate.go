package check

import (
	"slices"
	"strings"
)

// relation is how well a word of the record bears a word of a statement out: 0 not at all, 1 wholly.
func relation(stated, recorded *token) float64 {
	if stated.kind == number || recorded.kind == number || stated.kind == date || recorded.kind == date {
		return figure(stated, recorded)
	}
	switch {
	case stated.key == recorded.key && (stated.kind == recorded.kind || stated.kind != quantifier && recorded.kind != quantifier):
		return 1
	case stated.kind != word || recorded.kind != word:
		return 0
	case derived(stated.key, recorded.key):
		return 0.9
	}
	for _, a := range stated.senses {
		if slices.Contains(recorded.senses, a) {
			return 0.8
		}
	}
	return 0
}

// figure relates numbers of one unit, and dates.
func figure(stated, recorded *token) float64 {
	if stated.kind != recorded.kind {
		return 0
	}
	if stated.kind == date {
		if bears, _ := recorded.day.bears(stated.day); bears && tense(stated.prep) == tense(recorded.prep) {
			return 1
		}
		return 0
	}
	if stated.value.alike(recorded.value) && recorded.value.bears(stated.value) {
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
func conflicting(stated, recorded *token) bool {
	switch {
	case stated.kind != recorded.kind:
		return false
	case stated.kind == date:
		_, excludes := recorded.day.bears(stated.day)
		return excludes && tense(stated.prep) == tense(recorded.prep)
	case stated.kind == number:
		return stated.value.alike(recorded.value) && recorded.value.excludes(stated.value)
	}
	return false
}

// contrary reports whether two words stand on the two sides of one axis.
func contrary(a, b *token) bool {
	return slices.ContainsFunc(a.senses, func(x sense) bool {
		return slices.ContainsFunc(b.senses, func(y sense) bool { return x.axis != "" && x.axis == y.axis && x.against != y.against })
	})
}

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
func governed(stated, recorded *token, sameVoice, objects bool) bool {
	a, b := stated.prep, recorded.prep
	if a == b || stated.kind == date || stated.kind == number {
		return true
	}
	if a == "against" || b == "against" {
		return a == "to" || b == "to"
	}
	if modifies(stated) && modifies(recorded) || modifies(stated) && genitive(stated, b) || modifies(recorded) && genitive(recorded, a) {
		return true
	}
	for _, pair := range [][2]string{{"of", "at"}, {"of", "about"}, {"at", "about"}, {"with", "between"}, {"of", "by"}, {"of", "between"}, {"under", "at"}, {"by", "with"}, {"through", "from"}, {"like", "as"}} {
		if a == pair[0] && b == pair[1] || a == pair[1] && b == pair[0] {
			return true
		}
	}
	if stated.kind == name && (a == "at" && b == "to" || a == "to" && b == "at") {
		return true
	}
	if stated.kind == word && (a == "of" && b == "to" || a == "to" && b == "of") {
		return true
	}
	if objects && (a == "" && (b == "to" || b == "with") || b == "" && (a == "to" || a == "with")) {
		return true
	}
	return !sameVoice && (a == "by" && b == "" || a == "" && b == "by")
}

func modifies(t *token) bool { return t.owns || t.heads > 0 }

// genitive reports whether what modifies a noun can stand behind it under a preposition: the membership of a country, for a country.
func genitive(t *token, prep string) bool {
	return prep == "of" || prep == "to" || prep == "about" || t.kind == name && prep != "" && prep != "by"
}
