// Package bot holds the one path from what a person says to what is said back, the same on every platform.
//
// A platform is a Chat (chat.go). Its adapter, a package below this folder, turns what people do there into an Event. Bot.Serve
// (serve.go) hands all of them to one path, whatever the platform, which handle.go shows from top to bottom:
//
//	receive → question → ask → compose → record → deliver
//
// An event is stored under the platform's id before it is acknowledged; its reply is stored together with the item by which it is sent.
// Package compose makes the parts of the reply; package deliver sends it, paced and repeated where that does no harm, and puts its end on
// record. Clicks are in click.go; a question that is edited or deleted takes its reply along (revision.go). Events left over from a crash are taken up from the store again (serve.go). dialogue.go keeps what was
// said before in the same place; policy.go alone decides who may do what, and how Parley behaves in a place.
//
// When the record changes, a new library takes the place of the old one (generations.go), and the replies that showed a changed item are
// brought to where it stands now, over the same path (correction.go). Editors change the record from a chat (curate.go), after a preview of
// the effect (preview.go, replay.go).
//
// A Reply is neutral: parts with roles, numbered sources and controls, no markup of any platform. Each adapter renders it in its own
// dialect. Its plain text (Reply.Text) is always complete by itself: whatever a platform shows more is ornament.
package bot

import (
	"parley/answers"
	"parley/bot/compose"
	"parley/bot/deliver"
)

// Reply is one answer to one person, neutral of platform. It is kept as JSON, so that it can be delivered after a restart and shows what
// was said.
type Reply struct {
	ID       deliver.DeliveryID `json:"-"`               // under which it is on record; a platform may use it to tell repetitions
	Asked    string             `json:"asked,omitempty"` // what was typed
	About    Subject            `json:"about"`
	Parts    []compose.Part     `json:"parts"`
	Controls []Control          `json:"controls,omitempty"`
	Outcome  answers.Outcome    `json:"outcome,omitempty"`
	Why      answers.Why        `json:"why"`

	Question   QuestionState        `json:"question,omitempty"`
	Changes    []answers.Correction `json:"changes,omitempty"` // of which the reply tells, as it was given before them
	NewChanges int                  `json:"fresh,omitempty"`   // how many of those, the last ones, were not told of before
	Escalation bool                 `json:"passed,omitempty"`  // it answers what could not be answered when it was asked
	ReplyTo    deliver.MessageID    `json:"beside,omitempty"`  // the message that it is a note to; a platform may show it as an answer to that
	Draft      *Draft               `json:"draft,omitempty"`   // the change of the record that it shows

	Answer     answers.Answer     `json:"-"` // what the parts were made from
	Details    []compose.Part     `json:"-"` // what stays behind the parts, until somebody asks for it
	Rest       string             `json:"-"` // names what the parts leave out: "sources, 3 other views"; "" for nothing
	Unattached []answers.SourceID `json:"-"` // whose words were to be quoted and are not there
	Form       *Form              `json:"-"` // what is asked back at once
	Choices    []answers.Choice   `json:"-"` // for who is typing
	Record     answers.About      `json:"-"` // what the record is about, for who takes a glance
	Setup      *Settings          `json:"-"` // those of the place, for who may see them
}

// Text is the reply as plain text, complete by itself.
func (r Reply) Text() string {
	return compose.Text(r.Parts)
}

// Compose makes the reply to an answer from a record that is about something: what is shown first of it.
func Compose(about answers.About, a answers.Answer) Reply { return view(compose.View{}, about, a) }

// view makes the reply to an answer, as much of it as is wanted; of one that declines, there is nothing behind.
func view(v compose.View, about answers.About, a answers.Answer) Reply {
	if a.Outcome != answers.OutcomeAnswered {
		v = compose.View{}
	}
	r := Reply{Answer: a, Parts: v.Parts(about, a), Rest: v.Rest(a), Outcome: a.Outcome, Why: a.Why}
	if v == (compose.View{}) {
		r.Details = compose.Details(about, a)
	}
	r.About.View = v
	return r
}
