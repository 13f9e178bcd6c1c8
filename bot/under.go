package bot

import (
	"strings"

	"parley/answers"
	"parley/bot/reading"
)

// Say sets what a message says, with the texts of what is shared in it. One that only asks whether that is true, or shares it without a word, is a
// check of what is shared.
func (e *Event) Say(said string, shared ...string) {
	own, of := reading.Of(said), reading.Of(shared...)
	e.Text, e.Linked = own.Text, own.Linked
	if of.Text != "" && (own.Text == "" || reading.Verifies(own.Text)) {
		e.Want, e.Text, e.Linked, e.Under = answers.IntentCheck, of.Text, of.Linked, ""
	}
}

// Verifies reports whether an event asks whether the message that it answers is true.
func (e *Event) Verifies() bool {
	return e.Click == nil && !e.Command && (e.Want == "" || e.Want == answers.IntentQuestion) && reading.Verifies(e.Text)
}

// meant turns an event that asks whether the message above is true into a check of that. Where nothing can be checked, it returns what the person
// can do instead.
func meant(in inbound) (inbound, string) {
	verifies := in.Verifies()
	switch {
	case in.Click != nil || in.Overheard:
	case verifies && in.UnderText != "" && !strings.HasSuffix(in.UnderText, "?"):
		in.Want, in.Text = answers.IntentCheck, in.UnderText
	case verifies && in.Under != "" && in.UnderText == "":
		return in, "Parley may not read that message here. Open its menu and choose “Check this claim”."
	case in.Linked && (in.Text == "" || verifies):
		return in, "That is a link, which Parley does not open. Paste the sentence."
	}
	return in, ""
}
