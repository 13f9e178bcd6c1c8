package grammar

import (
	"slices"
	"strings"
)

// Predicative reports whether the copula says a token of its subject beside its first complement: another noun of a list, or a name like "American".
func (s *Sentence) Predicative(at int) bool {
	if at < s.Verb || s.Tokens[at].Heads > 0 && s.Tokens[at].Kind != Name {
		return false
	}
	for i := s.Verb + 1; i <= at; i++ {
		if t := &s.Tokens[i]; t.Prep != "" || t.Open || t.Region != Main || t.Kind == Negation || t.Text == "who" || t.Text == "which" || t.Text == "that" || t.Text == "to" || auxiliary(*t) {
			return false
		}
	}
	return true
}

// Compound reports whether a token modifies a later one with nothing but other modifiers between.
func (s *Sentence) Compound(at, head int) bool {
	if at >= head {
		return false
	}
	for i := at; i < head; i++ {
		if t := &s.Tokens[i]; t.breaks || !t.Content() || t.Prep != s.Tokens[head].Prep {
			return false
		}
	}
	return true
}

// Modified reports whether a name modifies the noun at i.
func (s *Sentence) Modified(i int) bool {
	for k := range s.Tokens {
		if k != i && s.Tokens[k].Kind == Name && s.Head(k) == i {
			return true
		}
	}
	return false
}

// Head is the noun that a token modifies, itself where it modifies none.
func (s *Sentence) Head(i int) int {
	for s.Tokens[i].Heads > 0 {
		i = s.Tokens[i].Heads - 1
	}
	return i
}

// Object reports whether a token stands behind the predicate with no other preposition than its own between.
func (s *Sentence) Object(at int) bool {
	if at <= s.Verb || s.Verb < 0 {
		return false
	}
	for i := s.Verb + 1; i < at; i++ {
		if t := &s.Tokens[i]; t.Content() && t.Prep != "" && t.Prep != s.Tokens[at].Prep {
			return false
		}
	}
	return true
}

// Governor is the word of content before the preposition that governs a token; -1 for none.
func (s *Sentence) Governor(at int) int {
	prep := s.Tokens[at].Prep
	for at--; at >= 0; at-- {
		if t := &s.Tokens[at]; t.Content() && t.Prep != prep && !Adverb(*t) {
			return at
		}
	}
	return -1
}

// Deed is what is done by whom a token names: the word that it modifies, or else the last one before the "by" that governs it; -1 for none.
func (s *Sentence) Deed(at int) int {
	if t := &s.Tokens[at]; t.Prep != "by" || t.Heads > 0 {
		return t.Heads - 1
	}
	for at >= 0 && s.Tokens[at].Text != "by" {
		at--
	}
	for at--; at >= 0 && (!s.Tokens[at].Content() || Adverb(s.Tokens[at])); at-- {
	}
	return max(at, -1)
}

// Turns lists, sorted, the prepositions and verbs without content that turn what the words around them say: outside a union, like a member.
func (s *Sentence) Turns() []string {
	var out []string
	for i := range s.Tokens {
		switch t := &s.Tokens[i]; {
		case t.Kind != function:
		case slices.Contains([]string{"from", "against", "outside", "behind", "beyond", "despite", "like", "as"}, prepositions[t.Text]):
			out = append(out, prepositions[t.Text])
		}
	}
	slices.Sort(out)
	return out
}

// Role is the preposition of a token, or how it modifies another.
func Role(t *Token) string {
	switch {
	case t.Owns:
		return "'s"
	case t.Heads > 0 && t.Kind != Number && t.Kind != Quantifier:
		return "+"
	}
	return t.Prep
}

// Part is the role of a name as it stays in another build of a sentence: a subject by itself, or a modifier.
func (s *Sentence) Part(at int) string {
	switch role := Role(&s.Tokens[at]); role {
	case "'s", "+":
		return "'s"
	case "":
		under := slices.ContainsFunc(s.Tokens[:at], func(t Token) bool { return t.Open || t.Kind == Word && strings.HasSuffix(t.Text, "ing") })
		if at < s.Verb && s.Tokens[at].Region == Main && !under {
			return "subject"
		}
		return ""
	default:
		return role
	}
}

func Modifies(t *Token) bool { return t.Owns || t.Heads > 0 }

// Genitive reports whether what modifies a noun can stand behind it under a preposition: the membership of a country, for a country.
func Genitive(t *Token, prep string) bool {
	return prep == "of" || prep == "to" || prep == "about" || t.Kind == Name && prep != "" && prep != "by"
}

func (s *Sentence) HasQuantifier() bool {
	return slices.ContainsFunc(s.Tokens, func(t Token) bool { return t.Kind == Quantifier && t.Key != "several" })
}
