package compose

import (
	"fmt"
	"strings"

	"parley/answers"
)

// View is how much of a reply is wanted. The zero View is what is shown first.
type View struct {
	Behind bool `json:"behind,omitempty"` // what stays behind that
	Whole  bool `json:"whole,omitempty"`  // both
	Page   int  `json:"page,omitempty"`   // of a look-up, from 1; 0 is 1
}

// Parts makes what is shown first of the reply to an answer from a record that is about something. It adds no fact: every sentence is
// curated, or says how the record stands.
func Parts(about answers.About, a answers.Answer) []Part { return View{}.Parts(about, a) }

// Details makes what stays behind that.
func Details(about answers.About, a answers.Answer) []Part { return View{Behind: true}.Parts(about, a) }

// Parts makes the parts of a reply that the view shows. A page beyond the last one shows the last.
func (v View) Parts(about answers.About, a answers.Answer) []Part {
	first, behind := composer{about: about, a: a}, composer{about: about, a: a}
	switch {
	case a.Intent == answers.IntentQuestion || a.Intent == answers.IntentHelp:
		first.question()
		behind.behindQuestion()
	case a.Intent == answers.IntentCheck:
		first.check()
		behind.behindCheck()
	default:
		return first.listing().parts(v)
	}
	switch {
	case v.Whole:
		return append(first.parts, behind.parts...)
	case v.Behind:
		return behind.parts
	default:
		return first.parts
	}
}

// Next is the view that shows more than v does of an answer; false if there is nothing more.
func (v View) Next(a answers.Answer) (next View, more bool) {
	switch {
	case v.Whole || v.Behind:
		return View{}, false
	case a.Intent == answers.IntentQuestion || a.Intent == answers.IntentHelp || a.Intent == answers.IntentCheck:
		return View{Behind: true}, v.Rest(a) != ""
	default:
		next = View{Page: max(1, v.Page) + 1}
		return next, v.Rest(a) != ""
	}
}

// Rest names what the view leaves out, in a few words: "sources, 3 other views", "33 more"; "" for nothing.
func (v View) Rest(a answers.Answer) string {
	switch {
	case v.Whole || v.Behind:
		return ""
	case a.Intent == answers.IntentQuestion || a.Intent == answers.IntentHelp || a.Intent == answers.IntentCheck:
		return strings.Join(behind(a), ", ")
	}
	c := composer{a: a}
	if n := c.listing().after(v.Page); n > 0 {
		return fmt.Sprintf("%d more", n)
	}
	return ""
}

// behind names what stays behind an answer, and behind those to further questions.
func behind(a answers.Answer) []string {
	var rest []string
	sources, detail, others, later := 0, false, 0, 0
	for _, each := range append([]answers.Answer{a}, a.Also...) {
		sources, detail, later = sources+len(each.Sources), detail || each.Detail != "", later+len(each.Later)
		for i, d := range each.Disputes {
			if i > 0 || each.Rating != answers.RatedContested { // which shows the first one
				others += len(d.Positions)
			}
		}
		others += len(each.Against)
	}
	if sources > 0 {
		rest = append(rest, "sources")
	}
	if detail {
		rest = append(rest, "detail")
	}
	if others > 0 {
		rest = append(rest, Count(others, "other view"))
	}
	if later > 0 {
		rest = append(rest, fmt.Sprintf("%d later", later))
	}
	return rest
}
