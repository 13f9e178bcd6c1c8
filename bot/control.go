package bot

import (
	"context"
	"strconv"
	"strings"

	"parley/answers"
	"parley/bot/deliver"
)

// Control is something to click on a reply, such as "Share". It carries ids only.
type Control struct {
	Verb  Verb   `json:"verb"`
	Label string `json:"label"`
	Pick  int    `json:"pick,omitempty"` // which of the offers, from 1
}

// Verb is what a click wants.
type Verb string

// The verbs.
const (
	Share     Verb = "share"
	Copy      Verb = "copy"
	More      Verb = "more" // what the reply leaves out
	Sources   Verb = "sources"
	Quote     Verb = "quote" // the words of the documents that the reply stands on
	Timeline  Verb = "timeline"
	WhyThis   Verb = "why"
	Helpful   Verb = "helpful"
	Unhelpful Verb = "unhelpful"
	Report    Verb = "report"
	Escalate  Verb = "pass"
	Pick      Verb = "pick"
	None      Verb = "none"  // none of the offers
	AskThis   Verb = "asked" // take what was typed for a question

	Correct     Verb = "correct" // an editor wants to change what a reply stands on: what kind of change is it?
	MinorChange Verb = "minor"
	Clarify     Verb = "clarify"
	CorrectThis Verb = "wrong"
	Withdraw    Verb = "withdraw"
	Publish     Verb = "publish" // the change that was shown
	Discard     Verb = "discard"
)

// label is the word on the control, the same everywhere; "" for a verb without a control.
func (v Verb) label() string {
	return map[Verb]string{
		Share:       "Share",
		Copy:        "Copy as text",
		More:        "More",
		Sources:     "Sources",
		Quote:       "Quote",
		Timeline:    "Timeline",
		WhyThis:     "Why this answer?",
		Helpful:     "Helpful",
		Unhelpful:   "Not helpful",
		Report:      "Report an error",
		Escalate:    "Pass to the curators",
		None:        "None of these",
		AskThis:     "Ask this",
		Correct:     "Correct this",
		MinorChange: "A slip of the pen",
		Clarify:     "Say it more clearly",
		CorrectThis: "Correct an error",
		Withdraw:    "Withdraw it",
		Publish:     "Publish",
		Discard:     "Discard",
	}[v]
}

// Click is a control that somebody used. Platforms hand back what anybody can forge, so it is looked up and allowed anew each time.
type Click struct {
	Verb    Verb
	On      deliver.DeliveryID
	Message deliver.MessageID // of a reply whose id the platform does not tell: On is "" then
	Pick    int
	Fields  map[string]string // what was typed into the form, by the names of its fields
	Typed   bool              // the form was sent: without it, a control that has a form shows it
}

// ID writes a control of a reply as platforms keep it: at most 60 characters, since the longest
// verb has 9 and the id of a shared reply some 40. Discord takes 100 (discord.md), Slack 255.
func (c Control) ID(on deliver.DeliveryID) string {
	id := string(c.Verb) + ":" + string(on)
	if c.Pick > 0 {
		id += ":" + strconv.Itoa(c.Pick)
	}
	return id
}

// ParseClick reads what ID wrote, and reports false for anything else.
func ParseClick(id string) (Click, bool) {
	verb, rest, _ := strings.Cut(id, ":")
	on, pick, picks := strings.Cut(rest, ":")
	c := Click{Verb: Verb(verb), On: deliver.DeliveryID(on)}
	if c.Verb == Pick != picks || on == "" || c.Verb.label() == "" && c.Verb != Pick {
		return Click{}, false
	}
	if picks {
		n, err := strconv.Atoi(pick)
		if err != nil || n < 1 || pick != strconv.Itoa(n) {
			return Click{}, false
		}
		c.Pick = n
	}
	return c, true
}

// Form is what a click asks back: at most five texts, which is what a Discord modal holds (discord.md).
type Form struct {
	Click  Click
	Title  string // at most 24 characters, which is what a Slack modal allows (docs.slack.dev/reference/views/modal-views)
	Fields []Field
}

// Field is one text of a form.
type Field struct {
	Name     string
	Label    string // at most 45 characters, which is what Discord allows (discord.md)
	Value    string // what stands there already
	Required bool
	Most     int // characters that it takes: at most 3000, which is what Slack allows (docs.slack.dev/reference/block-kit/block-elements)
}

// FieldText is the field of a form with a single one.
const FieldText = "text"

// How many characters a field takes.
const (
	maxForm   = 1000
	maxAnswer = 3000
)

// form is what a click asks for before anything is done; nil for most, and for who may not do it.
func (b *Bot) form(ctx context.Context, chat Chat, e Event) (*Form, error) {
	c := Click{Verb: e.Click.Verb, On: e.Click.On}
	switch c.Verb {
	case Report:
		return &Form{c, "Report an error", []Field{{FieldText, "What is wrong, and how do you know?", "", true, maxForm}}}, nil
	case Unhelpful:
		return &Form{c, "Not helpful", []Field{{FieldText, "What was missing? You may leave this empty.", "", false, maxForm}}}, nil
	case MinorChange, Clarify, CorrectThis, Withdraw:
		return b.correctionForm(ctx, chat, e)
	default:
		return nil, nil
	}
}

// more is the control for what a reply leaves out; nil if that is nothing.
func more(r Reply) []Control {
	if r.Rest == "" {
		return nil
	}
	return []Control{{Verb: More, Label: More.label()}}
}

// controls are what can be done with the reply to an answer.
func controls(r Reply, private bool) []Control {
	a := r.Answer
	var list []Control
	add := func(verbs ...Verb) {
		for _, v := range verbs {
			list = append(list, Control{Verb: v, Label: v.label()})
		}
	}
	for i, o := range a.Suggestions {
		list = append(list, Control{Pick, o.Question, i + 1})
	}
	switch {
	case a.Intent == answers.IntentHelp && r.Rest != "":
		list = append(list, more(r)...)
	case a.Intent == answers.IntentHelp || a.Notice == answers.Empty || a.Notice == answers.NoReferent || a.Outcome == answers.OutcomeSilent:
	case a.Intent == answers.IntentCorrections && a.Outcome == answers.OutcomeDeclined: // there are none, which is an answer
	case a.Outcome == answers.OutcomeSuggested:
		add(None)
	case a.Outcome == answers.OutcomeDeclined:
		add(Escalate)
	default:
		if private {
			add(Share)
		}
		add(Copy)
		list = append(list, more(r)...)
		if a.Intent == answers.IntentQuestion && len(a.Claims) > 0 {
			add(Sources)
		}
		if quotable(a) {
			add(Quote)
		}
		if a.Intent == answers.IntentQuestion && len(a.Claims) > 0 {
			add(Timeline, WhyThis)
		}
		add(Helpful, Unhelpful, Report)
	}
	return list
}
