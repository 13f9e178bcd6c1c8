package match

import (
	"maps"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// Asking is what kind of thing a question wants to know. The zero Asking is any.
type Asking string

// The kinds that narrow down which entries can answer.
const (
	AskAny     Asking = ""
	askWhen    Asking = "when"
	askWhere   Asking = "where"
	askWho     Asking = "who"
	askWhy     Asking = "why"
	askHowLong Asking = "how long"
	askHowMany Asking = "how many"
)

// kinds are the kinds of question that an entry is phrased for.
type kinds map[Asking]bool

func kindsAsked(e answers.Entry) kinds {
	asked := kinds{}
	for _, raw := range e.AllPhrasings() {
		asked[AskingOf(text.Fold(raw))] = true
	}
	return asked
}

// String lists the kinds, sorted, each with a comma after it.
func (k kinds) String() string {
	var b strings.Builder
	for _, a := range slices.Sorted(maps.Keys(k)) {
		b.WriteString(string(a) + ",")
	}
	return b.String()
}

func readKinds(list string) kinds {
	k := kinds{}
	for kind := range strings.SplitSeq(strings.TrimSuffix(list, ","), ",") {
		k[Asking(kind)] = true
	}
	return k
}

// cues are the words by which a kind is asked for, as runs within a folded question. The first kind that fits counts.
var cues = []struct {
	kind Asking
	runs []string
}{
	{askHowLong, []string{"how long", "how many hours", "hours", "duration", "length of", "lasted"}},
	{askHowMany, []string{"how many", "how much", "how big", "how large", "number of", "size", "headcount", "percent", "percentage", "how often"}},
	{askWhen, []string{"when", "whens", "what date", "what day", "which day", "what time", "date of", "date for", "since when", "what year",
		"which year", "what month", "deadline"}},
	{askWhere, []string{"where", "wheres", "which city", "what city", "which place", "venue", "location", "which state"}},
	{askWhy, []string{"why", "whys", "how come", "what reason", "reason for", "reasons"}},
	{askWho, []string{"who", "whos", "whom", "whose", "which leaders", "which countries", "attendance", "attendees", "lineup", "line up"}},
}

// AskingOf reads the kind off a folded question.
func AskingOf(folded string) Asking {
	padded := " " + folded + " "
	for _, c := range cues {
		for _, run := range c.runs {
			if strings.Contains(padded, " "+run+" ") {
				return c.kind
			}
		}
	}
	return AskAny
}

// speech are the stems of words that ask for what somebody said.
var speech = text.SetOf(`say said tell told comment quot statement react reaction remark word line think thought view opinion stanc claim
	promis announc state repli respond answer express describ call verbatim sai sez posit take`)

// asksForSpeech reports whether a question wants to know what somebody said.
func asksForSpeech(tokens []text.Token) bool {
	return slices.ContainsFunc(tokens, func(t text.Token) bool { return t.Entity == "" && speech[text.Stem(t.Text)] })
}
