package compose

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/answers"
)

// maxFooter is how many words a footer has at most; a correction's date may come on top.
const maxFooter = 18

// footer is the line on what some claims stand on: up to two sources, each by its label and as far as its date is known, and the age of
// the newest.
func (c *composer) footer(claims []answers.Claim) string {
	var names []string
	for i, s := range c.a.Sources {
		if slices.ContainsFunc(claims, func(claim answers.Claim) bool { return claim.Source == s.ID }) {
			names = append(names, label(c.a.Sources[i])+", "+dated(s.Date))
		}
	}
	if len(names) == 0 {
		return ""
	}
	age := age(c.a.Age, len(names) > 1)
	line := ""
	for shown := min(2, len(names)); shown > 0; shown-- {
		line = strings.Join(names[:shown], "; ")
		if rest := len(names) - shown; rest > 0 {
			line += fmt.Sprintf("; and %d more", rest)
		}
		if age != "" {
			line += " · " + age
		}
		if words(line) <= maxFooter {
			break
		}
	}
	if len(c.a.Corrections) > 0 {
		line += " · corrected on " + answers.DateOf(c.a.Corrections[0].At.UTC()).String()
	}
	return line
}

// words counts the words of a line, the dots between its parts left out.
func words(line string) int { return len(strings.Fields(strings.ReplaceAll(line, "·", ""))) }

// label is how a footer calls a source: as sentences do, without an article.
func label(s answers.Source) string {
	name := s.Name()
	if fields := strings.Fields(name); len(fields) > maxLabel { // a title in place of a label
		return strings.Join(fields[:maxLabel], " ") + "…"
	}
	for _, article := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(name, article); ok {
			r, size := utf8.DecodeRuneInString(rest)
			return string(unicode.ToUpper(r)) + rest[size:]
		}
	}
	return name
}

// maxLabel is how many words of a label are shown; curated ones have no more.
const maxLabel = 5

// dated is a date as far as it is known: a stated day, an inferred month.
func dated(r answers.DateRange) string {
	switch {
	case !r.Known():
		return "undated"
	case r.Basis == answers.BasisStated:
		return r.Days()
	}
	month := func(d answers.Date) string { return d.Time().Format("Jan 2006") }
	when := month(r.Newest())
	switch e, l := r.Earliest, r.Latest; {
	case l.IsZero():
		when += " or later"
	case e.IsZero():
		when = "by " + when
	case e.Year == l.Year && e.Month != l.Month:
		when = e.Time().Format("Jan") + "–" + month(l)
	case e.Year != l.Year:
		when = month(e) + "–" + month(l)
	}
	return when + " (inferred)"
}

// staleAfter is the age in days from which a reply says how old its newest source is. Talks move within weeks.
const staleAfter = 31

// age tells how old the newest source is, once that matters. A month is taken as 30.44 days, the mean of a year.
func age(days int, ofSeveral bool) string {
	months := int(float64(days)/30.44 + 0.5)
	old := Count(months, "month") + " old"
	switch {
	case days < staleAfter:
		return ""
	case months >= 24:
		old = Count(months/12, "year") + " old" // whole ones, as people tell an age
	}
	if ofSeveral {
		return "newest " + old
	}
	return old
}
