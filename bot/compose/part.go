package compose

import "strings"

// Part is a paragraph or a list of a reply. Its text is plain and unescaped: whoever renders it escapes it.
type Part struct {
	Role    Role   `json:"role"`
	Heading string `json:"heading,omitempty"` // "" for none
	Text    string `json:"text,omitempty"`
	Mark    string `json:"mark,omitempty"` // what of the text stands out; a platform may show it in bold
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
	RoleAnswer      Role = "answer"     // the answer in one sentence
	RoleBasis       Role = "basis"      // who says so, with which limits; or an answer of any length
	RoleCaveat      Role = "caveat"     // what is disputed, overtaken or still open about it
	RoleDetail      Role = "detail"
	RoleAsOf        Role = "as-of"
	RoleDispute     Role = "dispute"
	RoleLater       Role = "later"
	RoleList        Role = "list"
	RoleQuote       Role = "quote" // the words of a document
	RoleSuggestions Role = "suggestions"
	RoleSources     Role = "sources"
	RoleHint        Role = "hint"  // what to do next
	RolePlain       Role = "plain" // to be copied as it stands
)

// Text is parts as plain text, complete by itself: one blank line between two, unless the second adheres to the first.
func Text(parts []Part) string {
	return Join(parts, Part.String)
}

// Join renders parts one by one and puts them together as Text does.
func Join(parts []Part, render func(Part) string) string {
	var b strings.Builder
	for i, p := range parts {
		switch {
		case i == 0:
		case p.Adheres():
			b.WriteString("\n")
		default:
			b.WriteString("\n\n")
		}
		b.WriteString(render(p))
	}
	return b.String()
}

// Adheres reports whether a part belongs directly under the one before it, as the line on what an answer stands on does.
func (p Part) Adheres() bool {
	return p.Heading == "" && (p.Role == RoleBasis || p.Role == RoleCaveat || p.Role == RoleAsOf)
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

// Leads reports whether parts of the role are the answer itself, which stands out where the platform can show that.
func (r Role) Leads() bool { return r == RoleCorrection || r == RoleAnswer }

// Around splits the text at its mark; without one, all of it stands before.
func (p Part) Around() (before, marked, after string) {
	if b, a, found := strings.Cut(p.Text, p.Mark); found && p.Mark != "" {
		return b, p.Mark, a
	}
	return p.Text, "", ""
}

// SmallPrint reports whether parts of the role are shown small where the platform can: dates, sources and hints do not stand between a
// person and the answer.
func (r Role) SmallPrint() bool {
	return r == RoleAsOf || r == RoleSources || r == RoleHint
}

// Numbered reports whether an item carries its own number, "[1]" or "1.". It then needs no bullet, and must not be numbered by the
// platform, which would begin anew in each message.
func (it Item) Numbered() bool {
	return strings.HasPrefix(it.Label, "[") || strings.HasSuffix(it.Label, ".")
}

// joined returns all texts of a part in one.
func (p Part) joined() string {
	text := p.Heading + p.Text
	for _, it := range p.Items {
		text += it.Label + it.Text
	}
	return text
}
