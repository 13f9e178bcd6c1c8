package discord

import (
	"strings"

	"parley/bot/compose"
)

// content is the parts of one message. Small print without a heading, and what adheres, stands directly under what it belongs to: Discord
// shows each blank line.
func content(page []compose.Part) string {
	var b strings.Builder
	for i, p := range page {
		switch {
		case i == 0:
		case p.Role.SmallPrint() && p.Heading == "", p.Adheres():
			b.WriteString("\n")
		default:
			b.WriteString("\n\n")
		}
		b.WriteString(part(p))
	}
	return b.String()
}

func part(p compose.Part) string {
	switch {
	case p.Role == compose.RolePlain:
		return fenced(p.String())
	case p.Role.SmallPrint():
		return subtext(escape(p.String()))
	}
	var lines []string
	if p.Heading != "" {
		lines = append(lines, bold(p.Heading))
	}
	if p.Text != "" && p.Role.Leads() {
		lines = append(lines, bold(p.Text))
	} else if p.Text != "" {
		lines = append(lines, marked(p))
	}
	for _, it := range p.Items {
		lines = append(lines, item(it))
	}
	return strings.Join(lines, "\n")
}

// item is one line of a list, its label standing out from its text. A number of its own stays as it is: Discord would number lists
// anew in each message.
func item(it compose.Item) string {
	switch {
	case it.Label == "":
		return "- " + escape(it.Text)
	case it.Numbered():
		return escape(it.Label) + " " + escape(it.Text)
	default:
		return "- " + bold(it.Label+":") + " " + escape(it.Text)
	}
}

// marked is the text of a part, with what stands out in bold.
func marked(p compose.Part) string {
	before, mark, after := p.Around()
	if mark == "" {
		return escape(before)
	}
	return escape(before) + bold(mark) + escape(after)
}

func bold(s string) string { return "**" + escape(s) + "**" }

// subtext makes small print of each line that is not blank.
func subtext(escaped string) string {
	lines := strings.Split(escaped, "\n")
	for i, l := range lines {
		if strings.TrimSpace(l) != "" {
			lines[i] = "-# " + strings.TrimLeft(l, " \t")
		}
	}
	return strings.Join(lines, "\n")
}
