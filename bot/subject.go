package bot

import (
	"parley/answers"
	"parley/answers/library"
	"parley/bot/compose"
)

// Subject is what a reply is about, complete by itself: whatever was said before it, the reply can be made again from it.
type Subject struct {
	Want             answers.Intent    `json:"want"`
	Text             string            `json:"text,omitempty"` // the question, the statement, or the term of a look-up
	AsOf             answers.Date      `json:"as_of"`
	Entry            answers.EntryID   `json:"entry,omitempty"`  // what answered a question
	Claims           []answers.ClaimID `json:"claims,omitempty"` // what was listed, where that followed from what was said before
	Offers           []answers.EntryID `json:"offers,omitempty"` // what was offered, in order
	View             compose.View      `json:"view,omitzero"`    // how much of the reply is shown
	ContextDependent bool              `json:"leant,omitempty"`  // by itself, the text would have been answered otherwise than after what was said before
}

// subject is what an answer to an event is about.
func subject(e Event, a answers.Answer) Subject {
	s := Subject{Want: e.Want, Text: e.Text, AsOf: e.AsOf, View: e.View}
	if s.Want == "" {
		s.Want = answers.IntentQuestion
	}
	if s.Want == answers.IntentQuestion && a.Intent != answers.IntentQuestion && a.Intent != answers.IntentHelp {
		s.Want = a.Intent // "who says so?"
		for _, c := range a.Claims {
			s.Claims = append(s.Claims, c.ID)
		}
	}
	if a.Entry != nil {
		s.Entry = a.Entry.ID
	}
	for _, o := range a.Suggestions {
		s.Offers = append(s.Offers, o.ID)
	}
	return s
}

// again answers a subject as the record stands now.
func again(lib *library.Library, s Subject, today answers.Date) answers.Answer {
	q := answers.Question{Text: s.Text, AsOf: s.AsOf, Today: today}
	switch {
	case len(s.Claims) > 0:
		return lib.List(s.Want, s.Claims, q)
	case s.Want == answers.IntentCheck:
		return lib.Check(q)
	case s.Want != answers.IntentQuestion:
		return lib.LookUp(answers.LookUp{Intent: s.Want, Term: s.Text, AsOf: s.AsOf, Today: today})
	}
	a := lib.Ask(q)
	if s.Entry != "" && (a.Entry == nil || a.Entry.ID != s.Entry) {
		return lib.AnswerWith(s.Entry, q) // it was picked, or followed from what was said before
	}
	return a
}
