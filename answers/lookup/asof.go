package lookup

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/answers"
	"parley/answers/text"
)

// Dated is a question without the day that it is limited to.
type Dated struct {
	Text   string       // the question without the words that name the day
	AsOf   answers.Date // zero where it names none
	Told   string       // how the day follows from an event that was named; "" where a day was
	Unread string       // words that should name a day and do not; then nothing else is set
}

var (
	// limits are ways to say that only what was on record by a day is wanted. What stands behind them must be a day, or an event of the record.
	limits = regexp.MustCompile(`(?i)(?:^|[\s,;(–—])(?:(?:--)?as[ -]of\b[ =]?|as at\b|as (?:it|things) (?:stood|was|were) (?:on|in|by|at)\b|(?:on record|known|reported) (?:by|before|as of)\b)\s*`)
	before = regexp.MustCompile(`(?i)(?:^|[\s,;(–—])before\s+`)
	// measured ends what stands before a "before" that tells how long, or that something follows at once.
	measured = regexp.MustCompile(`(?i)(?:\d|days?|weeks?|months?|hours?|years?|long|short(?:ly)?|just|right|soon|even|and|or|than)$`)
)

// undated are words behind "as of" that name no day: "as of late".
var undated = text.SetOf("late lately yet recently that this when")

// mostDayWords bounds the words of a day or of an event's name.
const mostDayWords = 7

// Dated finds the day that a question is limited to in its own words: "as of 31 August 2025", "before the Paris meeting". Of an event whose
// day is not on record the earliest that it can have been counts, or else the latest, which Told says.
func (ls *Lister) Dated(raw string, today answers.Date) Dated {
	if at := limits.FindStringIndex(raw); at != nil {
		return ls.limited(raw, at, today)
	}
	at := before.FindStringIndex(raw)
	if at == nil || measured.MatchString(strings.TrimSpace(raw[:at[0]])) {
		return Dated{Text: raw}
	}
	d, ends := ls.readAt(raw, at, true, today)
	whole := ends == len(raw) || strings.TrimSpace(raw[:at[0]]) == "" && strings.HasSuffix(strings.TrimSpace(raw[:ends]), ",")
	if d.AsOf.IsZero() || !whole || text.WordCount(text.Fold(d.Text)) < 2 {
		return Dated{Text: raw}
	}
	return d
}

// limited reads the day behind words that want one.
func (ls *Lister) limited(raw string, at []int, today answers.Date) Dated {
	rest := strings.Fields(raw[at[1]:])
	if len(rest) > 0 && undated[text.Fold(rest[0])] {
		return Dated{Text: raw}
	}
	d, _ := ls.readAt(raw, at, strings.HasSuffix(strings.ToLower(strings.TrimSpace(raw[at[0]:at[1]])), "before"), today)
	if d.AsOf.IsZero() {
		return Dated{Unread: strings.Join(rest[:min(len(rest), 4)], " ")}
	}
	return d
}

// readAt reads the day or event that begins behind a match, the longest there is, and where its words end.
func (ls *Lister) readAt(raw string, at []int, earlier bool, today answers.Date) (Dated, int) {
	var ends []int // of the words behind the match
	for i := at[1]; i < len(raw) && len(ends) < mostDayWords; {
		for i < len(raw) && isBlank(raw[i]) {
			i++
		}
		for i < len(raw) && !isBlank(raw[i]) {
			i++
		}
		ends = append(ends, i)
	}
	for _, end := range slices.Backward(ends) {
		words := strings.Fields(text.Fold(raw[at[1]:end]))
		earlier := earlier
		if len(words) > 1 && words[0] == "before" {
			earlier, words = true, words[1:]
		}
		if len(words) > 1 && (words[0] == "the" || words[0] == "end" || words[0] == "now") {
			words = words[1:]
		}
		day, told := ls.dayOf(slices.DeleteFunc(words, func(w string) bool { return w == "of" }), earlier, today)
		if day.IsZero() {
			continue
		}
		head, tail := strings.TrimRight(raw[:at[0]], " ,;(–—"), strings.TrimLeft(raw[end:], " ,;)–—")
		if mark := raw[end-1]; tail == "" && (mark == '?' || mark == '!') {
			head += string(mark)
		}
		return Dated{Text: strings.TrimSpace(head + " " + tail), AsOf: day, Told: told}, end
	}
	return Dated{}, 0
}

func isBlank(b byte) bool {
	return b < utf8.RuneSelf && (b == ' ' || b == '\t' || b == '\n' || b == '\r')
}

// dayOf is the last day of a span of days that words name, or the one before it; or that of an event, with how it follows.
func (ls *Lister) dayOf(words []string, earlier bool, today answers.Date) (day answers.Date, told string) {
	if len(words) == 0 {
		return day, ""
	}
	if slices.Equal(words, []string{"now"}) {
		return today, ""
	}
	if r, n := readDays(words, today, ls.yearOf); n == len(words) && (period{r, true}).possible() {
		if earlier {
			return r.Earliest.AddDays(-1), ""
		}
		return r.Latest, ""
	}
	name := strings.Join(words, " ")
	for _, e := range ls.facts.Contents().Events {
		if !slices.ContainsFunc(append([]string{e.Name}, e.Aliases...), func(s string) bool { return strings.TrimPrefix(text.Fold(s), "the ") == name }) {
			continue
		}
		r := ls.held(e)
		on := r.Earliest
		switch {
		case r.Earliest.IsZero() && r.Latest.IsZero():
			return day, ""
		case r.Earliest.IsZero():
			on = r.Latest
			told = fmt.Sprintf("the day of %s is not on record, %s at the latest", e.Name, r.Latest)
		case r.Earliest != r.Latest:
			told = fmt.Sprintf("the day of %s is not on record, %s at the earliest", e.Name, r.Earliest)
		default:
			told = fmt.Sprintf("%s was on %s", e.Name, on)
		}
		if earlier {
			on = on.AddDays(-1)
		}
		return on, told
	}
	return day, ""
}

// held is when an event was, so far as the claims on those present tell.
func (ls *Lister) held(e answers.Event) (r answers.DateRange) {
	for _, p := range e.Present {
		d := ls.facts.When(ls.facts.Claim(p.Claim))
		if r.Earliest.IsZero() || !d.Earliest.IsZero() && d.Earliest.Compare(r.Earliest) > 0 {
			r.Earliest = d.Earliest
		}
		if r.Latest.IsZero() || !d.Latest.IsZero() && d.Latest.Compare(r.Latest) < 0 {
			r.Latest = d.Latest
		}
	}
	return r
}
