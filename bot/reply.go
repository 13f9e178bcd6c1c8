// Package bot holds the one path from what a person says to what is said back, the same on every platform.
//
// A platform is a Chat (chat.go). Its adapter, a package below this folder, turns what people do there into an Event, which
// Bot.Handle (bot.go) carries through: question → answer → reply → delivery → record. What was said before in the same place is
// in dialogues (dialogues.go).
//
// Compose makes one neutral Reply from an answers.Answer: parts with roles and numbered sources, no markup of any
// platform. Each adapter below this folder renders the same Reply in its own dialect: terminal for a screen of
// characters. The plain text of a Reply (Reply.Text) is always complete by itself: whatever a platform shows more is
// ornament.
package bot

import (
	"strings"

	"parley/answers"
)

// Reply is one answer to one person, neutral of platform.
type Reply struct {
	Asked  string         // what was typed
	Answer answers.Answer // what the parts were made from
	Parts  []Part
}

// Part is a paragraph or a list of a reply. Its text is plain and unescaped: whoever renders it escapes it.
type Part struct {
	Role    Role
	Heading string // "" for none
	Text    string
	Items   []Item
}

// Item is a line of a list.
type Item struct {
	Label string // a number, a day, a name; "" for a plain bullet
	Text  string
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
	RoleHint        Role = "hint" // what to do next
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
	case strings.HasPrefix(it.Label, "["), strings.HasSuffix(it.Label, "."):
		return it.Label + " " + it.Text
	default:
		return "- " + it.Label + ": " + it.Text
	}
}
