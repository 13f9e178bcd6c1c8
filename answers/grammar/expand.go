package grammar

import (
	"regexp"
	"slices"
	"strings"
)

// bracketed writes the brackets of texts that were split into words for machines as brackets.
var bracketed = strings.NewReplacer("-LRB-", "(", "-RRB-", ")", "-LSB-", "(", "-RSB-", ")", "``", "\"", "''", "\"", " ,", ",", " 's", "'s")

var parenthesis = regexp.MustCompile(`\s*\(([^()]*)\)`)

// Expansions are the plain sentences that an uncurated text says beside its main clause, with the subject of that: "X (born in May) is a singer
// who played Y, and was released by Z" says that X was born, is a singer, played and was released.
func (r *Reader) Expansions(raw string) []string {
	raw = bracketed.Replace(raw)
	out := []string{raw}
	bare := raw
	for parenthesis.MatchString(bare) { // the inner ones first
		bare = parenthesis.ReplaceAllString(bare, "")
	}
	if bare != raw {
		out = []string{bare}
		if at := strings.Index(raw, "("); at > 0 && at < 60 && parenthesis.MatchString(raw) {
			inner := parenthesis.FindStringSubmatch(raw)
			for part := range strings.SplitSeq(inner[1], ";") {
				if first, _, _ := strings.Cut(strings.TrimSpace(part), " "); participle(strings.ToLower(first)) {
					out = append(out, raw[:at]+" was "+strings.TrimSpace(part))
				}
			}
		}
	}
	s := r.Read(bare)
	if s.Verb < 1 || s.Reported {
		return out
	}
	start := s.Verb
	for start > 0 && (auxiliary(s.Tokens[start-1]) || Adverb(s.Tokens[start-1]) || s.Tokens[start-1].Kind == Negation) {
		start--
	}
	subject := spell(s.Tokens[:start])
	for i := s.Verb + 1; i+1 < len(s.Tokens); i++ {
		t, before := &s.Tokens[i], &s.Tokens[i-1]
		plain := s.Copula && !slices.ContainsFunc(s.Tokens[s.Verb+1:i], func(t Token) bool { return t.Prep != "" && t.Content() })
		switch {
		case (t.Text == "and" || before.breaks && t.Text != "and") && verbal(s.Tokens, i, t.Text == "and"):
			if t.Text == "and" {
				i++
			}
			was := " "
			if s.Copula && !auxiliary(s.Tokens[i]) {
				was = " was "
			}
			out = append(out, subject+was+spell(s.Tokens[i:]))
		case plain && (t.Text == "who" || t.Text == "which" || t.Text == "that") && verbal(s.Tokens, i, true):
			out = append(out, subject+" "+spell(s.Tokens[i+1:]))
		case plain && t.Kind == Word && participle(strings.Fields(t.Text)[0]) && before.Kind == Word && before.Heads != i+1 || plain && t.Kind == Word && participle(strings.Fields(t.Text)[0]) && prepositions[s.Tokens[i+1].Text] != "":
			out = append(out, subject+" was "+spell(s.Tokens[i:]))
		}
	}
	return out
}

// verbal reports whether a predicate begins at a token, or behind it.
func verbal(ts []Token, i int, behind bool) bool {
	if behind {
		i++
	}
	if i >= len(ts) {
		return false
	}
	return auxiliary(ts[i]) || ts[i].Kind == Word && participle(strings.Fields(ts[i].Text)[0])
}

// spell is tokens as a text.
func spell(ts []Token) string {
	var b strings.Builder
	for _, t := range ts {
		b.WriteString(t.Raw)
		if t.Owns {
			b.WriteString("'s")
		}
		if t.breaks {
			b.WriteString(",")
		}
		b.WriteString(" ")
	}
	return strings.TrimSpace(b.String())
}
