package answers

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Prose is curated text in which each statement ends in the ids of the claims it stands on:
//
//	Macron suggested that several thousand French soldiers could go [pa-macron-thousands]; the exact number is open
//	[pa-force-size-open].
//
// A reply shows the markers as numbered sources, so a source is cited exactly where a sentence stands on it.
type Prose string

// Sentence is one sentence of Prose as its segments in order.
type Sentence []Segment

// Segment is the text up to and including one marker, without it. A segment without claims is text after the last
// marker of its sentence: usually the full stop alone.
type Segment struct {
	Text   string
	Claims []ClaimID
}

// A claim id in prose has at least one hyphen, so that an editorial "[sic]" is no marker.
var Marker = regexp.MustCompile(`\s*\[([a-z0-9]+(?:-[a-z0-9]+)+(?:,\s*[a-z0-9]+(?:-[a-z0-9]+)+)*)\]`)

// Sentences splits the prose at full stops, question and exclamation marks that a space or the end follows.
func (p Prose) Sentences() []Sentence {
	var all []Sentence
	var current Sentence
	flush := func() {
		if len(current) > 0 {
			all = append(all, current)
		}
		current = nil
	}
	text := func(s string) {
		for {
			end := sentenceEnd(s)
			if end < 0 {
				break
			}
			current = append(current, Segment{Text: s[:end]})
			flush()
			s = strings.TrimLeft(s[end:], " \n")
		}
		if s != "" {
			current = append(current, Segment{Text: s})
		}
	}
	rest := string(p)
	for {
		at := Marker.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		text(rest[:at[0]])
		claims := splitIDs(rest[at[2]:at[3]])
		if n := len(current); n > 0 && current[n-1].Claims == nil {
			current[n-1].Claims = claims
		} else {
			current = append(current, Segment{Claims: claims})
		}
		rest = rest[at[1]:]
	}
	text(rest)
	flush()
	return all
}

// sentenceEnd is the index just past the first end of a sentence in s, or -1.
func sentenceEnd(s string) int {
	for i, r := range s {
		if r != '.' && r != '?' && r != '!' {
			continue
		}
		end := i + 1
		for end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			if !strings.ContainsRune(`"'”’)`, r) {
				break
			}
			end += size
		}
		if end == len(s) || s[end] == ' ' || s[end] == '\n' {
			return end
		}
	}
	return -1
}

func splitIDs(s string) []ClaimID {
	var ids []ClaimID
	for id := range strings.SplitSeq(s, ",") {
		ids = append(ids, ClaimID(strings.TrimSpace(id)))
	}
	return ids
}

// Claims lists the claims that the prose stands on, in order of first mention, each once.
func (p Prose) Claims() []ClaimID {
	var ids []ClaimID
	seen := map[ClaimID]bool{}
	for _, match := range Marker.FindAllStringSubmatch(string(p), -1) {
		for _, id := range splitIDs(match[1]) {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// OneLine is a text as the record holds it, however it was typed: with single blanks between words.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Lines is a text of several lines as the record holds it: each with single blanks between words, and at most one blank line between two.
func Lines(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = OneLine(line); line != "" || len(lines) > 0 && lines[len(lines)-1] != "" {
			lines = append(lines, line)
		}
	}
	return strings.TrimSuffix(strings.Join(lines, "\n"), "\n")
}

// Plain is the prose without its markers.
func (p Prose) Plain() string {
	return p.Cite(func([]ClaimID) string { return "" })
}

// Cite replaces each marker by what cite makes of its claims, set off by a space unless that is empty.
func (p Prose) Cite(cite func([]ClaimID) string) string {
	return Marker.ReplaceAllStringFunc(string(p), func(m string) string {
		mark := cite(splitIDs(strings.Trim(strings.TrimSpace(m), "[]")))
		if mark == "" {
			return ""
		}
		return " " + mark
	})
}

// With is the prose followed by others, those that are empty left out.
func (p Prose) With(others ...Prose) Prose {
	for _, o := range others {
		p = Prose(strings.TrimSpace(string(p + " " + o)))
	}
	return p
}

// On ends the prose, which has no full stop, as a sentence that stands on claims.
func (p Prose) On(ids ...ClaimID) Prose {
	if len(ids) == 0 {
		return p + "."
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return p + Prose(" ["+strings.Join(list, ", ")+"].")
}

// Text is the sentence without its markers.
func (s Sentence) Text() string {
	var b strings.Builder
	for _, segment := range s {
		b.WriteString(segment.Text)
	}
	return b.String()
}

// Clauses groups the segments of a sentence into the parts that semicolons separate.
func (s Sentence) Clauses() []Sentence {
	var all []Sentence
	var current Sentence
	for _, segment := range s {
		text := segment.Text
		for {
			before, after, found := strings.Cut(text, ";")
			if !found {
				break
			}
			current = append(current, Segment{Text: before})
			all = append(all, current)
			current, text = nil, after
		}
		current = append(current, Segment{Text: text, Claims: segment.Claims})
	}
	return append(all, current)
}

// Claims lists the claims of the sentence in order, as often as they are marked.
func (s Sentence) Claims() []ClaimID {
	var ids []ClaimID
	for _, segment := range s {
		ids = append(ids, segment.Claims...)
	}
	return ids
}

// Unmarked is what comes after the last marker.
func (s Sentence) Unmarked() string {
	var b strings.Builder
	for _, segment := range s {
		b.WriteString(segment.Text)
		if len(segment.Claims) > 0 {
			b.Reset()
		}
	}
	return strings.TrimSpace(b.String())
}
