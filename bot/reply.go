// Package bot holds the one path from what a person says to what is said back, the same on every platform.
//
// A platform is a Chat (chat.go). Its adapter, a package below this folder, turns what people do there into an Event. Bot.Serve
// (serve.go) hands all of them to one path, whatever the platform, which handle.go shows from top to bottom:
//
//	receive → question → ask → compose → record → deliver
//
// The event is stored under the platform's id before it is acknowledged; the reply is stored together with what must be sent; package
// deliver sends it, paced and repeated where that does no harm, and puts its end on record. What a click wants is in click.go. What is left over from a crash, or has to wait, is taken up from the store again (serve.go). What was said before in the same
// place is in dialogues (dialogues.go); who may do what, and how Parley behaves in a place, is decided in policy.go alone.
//
// When the record changes, a new library takes the place of the old one (generations.go), and the replies that showed what has changed
// are brought to where it stands now, over the same path (correction.go). Editors change it from a chat (curate.go), after seeing what
// that does to people (preview.go, replay.go).
//
// Compose makes one neutral Reply from an answers.Answer: parts with roles, numbered sources and controls, no markup of any
// platform. Each adapter renders the same Reply in its own dialect: terminal for a screen of characters. The plain text of a
// Reply (Reply.Text) is always complete by itself: whatever a platform shows more is ornament.
package bot

import (
	"strings"

	"parley/answers"
	"parley/bot/deliver"
)

// Reply is one answer to one person, neutral of platform. It is kept as JSON, so that it can be delivered after a restart and shows what
// was said.
type Reply struct {
	ID       deliver.DeliveryID `json:"-"`               // under which it is on record; a platform may use it to tell repetitions
	Asked    string             `json:"asked,omitempty"` // what was typed
	About    Subject            `json:"about"`
	Parts    []Part             `json:"parts"`
	Controls []Control          `json:"controls,omitempty"`
	Outcome  answers.Outcome    `json:"outcome,omitempty"`
	Why      answers.Why        `json:"why"`

	Changes    []answers.Correction `json:"changes,omitempty"` // of which the reply tells, as it was given before them
	NewChanges int                  `json:"fresh,omitempty"`   // how many of those, the last ones, were not told of before
	Escalation bool                 `json:"passed,omitempty"`  // it answers what could not be answered when it was asked
	ReplyTo    deliver.MessageID    `json:"beside,omitempty"`  // the message that it is a note to; a platform may show it as an answer to that
	Draft      *Draft               `json:"draft,omitempty"`   // the change of the record that it shows

	Answer  answers.Answer   `json:"-"` // what the parts were made from
	Form    *Form            `json:"-"` // what is asked back at once
	Choices []answers.Choice `json:"-"` // for who is typing
	Record  answers.About    `json:"-"` // what the record is about, for who takes a glance
	Setup   *Settings        `json:"-"` // those of the place, for who may see them
}

// Part is a paragraph or a list of a reply. Its text is plain and unescaped: whoever renders it escapes it.
type Part struct {
	Role    Role   `json:"role"`
	Heading string `json:"heading,omitempty"` // "" for none
	Text    string `json:"text,omitempty"`
	Items   []Item `json:"items,omitempty"`
}

// Item is a line of a list.
type Item struct {
	Label string `json:"label,omitempty"` // a number, a day, a name; "" for a plain bullet
	Text  string `json:"text"`
}

// Role says what a part is for, so that each platform can render it fittingly.
type Role string

// The roles, in the order in which they appear.
const (
	RoleNotice      Role = "notice"     // what must be known before the answer
	RoleCorrection  Role = "correction" // the fact that corrects a false premise
	RoleAnswer      Role = "answer"
	RoleDetail      Role = "detail"
	RoleAsOf        Role = "as-of"
	RoleDispute     Role = "dispute"
	RoleLater       Role = "later"
	RoleList        Role = "list"
	RoleSuggestions Role = "suggestions"
	RoleSources     Role = "sources"
	RoleHint        Role = "hint"  // what to do next
	RolePlain       Role = "plain" // to be copied as it stands
)

// Text is the reply as plain text, complete by itself: every part, one blank line between two.
func (r Reply) Text() string {
	parts := make([]string, len(r.Parts))
	for i, p := range r.Parts {
		parts[i] = p.String()
	}
	return strings.Join(parts, "\n\n")
}

// String is the part as plain text.
func (p Part) String() string {
	var lines []string
	if p.Heading != "" {
		lines = append(lines, p.Heading)
	}
	if p.Text != "" {
		lines = append(lines, p.Text)
	}
	for _, it := range p.Items {
		lines = append(lines, it.String())
	}
	return strings.Join(lines, "\n")
}

// String is the item as one line of plain text. Labels of sources are cited in brackets, so they show in brackets.
func (it Item) String() string {
	switch {
	case it.Label == "":
		return "- " + it.Text
	case it.Numbered():
		return it.Label + " " + it.Text
	default:
		return "- " + it.Label + ": " + it.Text
	}
}
