package check

import (
	"regexp"
	"slices"
	"strings"
)

// bracketed writes the brackets of texts that were split into words for machines as brackets.
var bracketed = strings.NewReplacer("-LRB-", "(", "-RRB-", ")", "-LSB-", "(", "-RSB-", ")", "``", "\"", "''", "\"", " ,", ",", " 's", "'s")

var parenthesis = regexp.MustCompile(`\s*\(([^()]*)\)`)

// expansions are the plain sentences that an uncurated text says beside its main clause, with the subject of that: "X (born in May) is a singer
// who played Y, and was released by Z" says that X was born, is a singer, played and was released.
func (r *reader) expansions(raw string) []string {
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
	s := r.read(bare)
	if s.verb < 1 || s.reported {
		return out
	}
	start := s.verb
	for start > 0 && (auxiliary(s.tokens[start-1]) || adverb(s.tokens[start-1]) || s.tokens[start-1].kind == negation) {
		start--
	}
	subject := spell(s.tokens[:start])
	for i := s.verb + 1; i+1 < len(s.tokens); i++ {
		t, before := &s.tokens[i], &s.tokens[i-1]
		plain := s.copula && !slices.ContainsFunc(s.tokens[s.verb+1:i], func(t token) bool { return t.prep != "" && t.content() })
		switch {
		case (t.text == "and" || before.breaks && t.text != "and") && verbal(s.tokens, i, t.text == "and"):
			if t.text == "and" {
				i++
			}
			was := " "
			if s.copula && !auxiliary(s.tokens[i]) {
				was = " was "
			}
			out = append(out, subject+was+spell(s.tokens[i:]))
		case plain && (t.text == "who" || t.text == "which" || t.text == "that") && verbal(s.tokens, i, true):
			out = append(out, subject+" "+spell(s.tokens[i+1:]))
		case plain && t.kind == word && participle(strings.Fields(t.text)[0]) && before.kind == word && before.heads != i+1 || plain && t.kind == word && participle(strings.Fields(t.text)[0]) && prepositions[s.tokens[i+1].text] != "":
			out = append(out, subject+" was "+spell(s.tokens[i:]))
		}
	}
	return out
}

// verbal reports whether a predicate begins at a token, or behind it.
func verbal(ts []token, i int, behind bool) bool {
	if behind {
		i++
	}
	if i >= len(ts) {
		return false
	}
	return auxiliary(ts[i]) || ts[i].kind == word && participle(strings.Fields(ts[i].text)[0])
}

// spell is tokens as a text.
func spell(ts []token) string {
	var b strings.Builder
	for _, t := range ts {
		b.WriteString(t.raw)
		if t.owns {
			b.WriteString("'s")
		}
		if t.breaks {
			b.WriteString(",")
		}
		b.WriteString(" ")
	}
	return strings.TrimSpace(b.String())
}
