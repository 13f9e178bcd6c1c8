package check

import (
	"cmp"
	"regexp"
	"slices"

	"parley/answers"
)

// joints are where a statement falls into parts that can be rated by themselves.
var joints = regexp.MustCompile(`(?i),?\s+(?:but|while|whereas|although)\s+|[;.]\s+|,\s+and\s+|\s+and\s+(?:it\s+)?((?-i:[a-z]+ed)|was|were|is|are|has|have|had|will|would)\b`)

// maxParts bounds the parts of a statement.
const maxParts = 4

// byParts rates the parts of a statement that as a whole is not on record. What is said of one part decides only if the
// others are on record too; a part that the record contradicts always does.
func (ch *Checker) byParts(text string, on func(answers.ClaimID) bool) verdict {
	parts := split(text)
	whole := verdict{rating: answers.RatedNotInRecord}
	if len(parts) < 2 || len(parts) > maxParts {
		return whole
	}
	first := ch.frame(parts[0])
	missing := false
	for i, part := range parts {
		s := ch.frame(part)
		if !slices.ContainsFunc(s.content, func(e element) bool { return e.entity == "" }) {
			missing = true // a mere name says nothing
			continue
		}
		if s.speaker == "" {
			s.speaker = first.speaker
		}
		ch.vouch(&s, part)
		v := ch.judge(s, on)
		if i > 0 && v.rating == answers.RatedNotInRecord {
			s = ch.frame(subject(first) + part) // "… and lasted one hour"
			s.speaker = cmp.Or(s.speaker, first.speaker)
			ch.vouch(&s, subject(first)+part)
			v = ch.judge(s, on)
		}
		switch {
		case v.rating == answers.RatedNotInRecord:
			missing = true
			continue
		case severity[v.rating] > severity[whole.rating]:
			v.claims = append(v.claims, whole.claims...)
			whole = v
		default:
			whole.claims = append(whole.claims, v.claims...)
		}
	}
	if missing && whole.rating != answers.RatedContradicted {
		return verdict{rating: answers.RatedNotInRecord}
	}
	whole.claims = distinct(whole.claims)
	return whole
}

// split cuts a text at its joints; the verb after a bare "and" stays.
func split(text string) []string {
	var parts []string
	from := 0
	for _, m := range joints.FindAllStringSubmatchIndex(text, maxParts) {
		parts = append(parts, text[from:m[0]])
		from = m[1]
		if m[2] >= 0 {
			from = m[2]
		}
	}
	return append(parts, text[from:])
}

// severity orders the ratings of parts by which of them is that of the whole.
var severity = map[answers.Rating]int{answers.RatedNotInRecord: 0, answers.RatedSupported: 1, answers.RatedOutdated: 2, answers.RatedContested: 3, answers.RatedOverstated: 4, answers.RatedContradicted: 5}

// subject is the name that a sentence begins with, for its other parts to begin with.
func subject(f frame) string {
	for _, e := range f.content {
		if e.entity != "" {
			return e.text + " "
		}
	}
	return ""
}

func distinct(ids []answers.ClaimID) []answers.ClaimID {
	var out []answers.ClaimID
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
