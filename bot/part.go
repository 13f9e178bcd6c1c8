package bot

import "strings"

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
