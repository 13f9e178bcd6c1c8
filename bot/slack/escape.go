package slack

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"parley/bot"
)

// clean makes a stored or typed string fit to be shown: valid UTF-8, with line feeds and tabs as its only control characters, and
// without the directional overrides, by which a text could show itself, or what stands beside it, in another order. Directional
// marks and joiners stay, since right-to-left text and emoji need them.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r':
			return '\n'
		case r < ' ', 0x7f <= r && r < 0xa0, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n")) // strings.Map takes care of invalid UTF-8
}

// cleaned are parts with every text clean.
func cleaned(parts []bot.Part) []bot.Part {
	out := make([]bot.Part, len(parts))
	for i, p := range parts {
		out[i] = bot.Part{Role: p.Role, Heading: clean(p.Heading), Text: clean(p.Text)}
		for _, it := range p.Items {
			out[i].Items = append(out[i].Items, bot.Item{Label: clean(it.Label), Text: clean(it.Text)})
		}
	}
	return out
}

// escape writes a text for the top-level text of a message, where Slack takes & < > for the beginnings of mentions, links and
// entities (docs.slack.dev/messaging/formatting-message-text). It is not idempotent: it goes over each text once.
//
// These are the only characters that Slack lets one escape. Against * _ ~ ` and lines that begin with > there is no escape, so
// message.content switches formatting off; nothing is put between the characters, as that would be read out and copied.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// escapedLen is how many characters a text has once escaped.
func escapedLen(s string) int {
	return utf8.RuneCountInString(s) + len("amp;")*strings.Count(s, "&") + len("lt;")*(strings.Count(s, "<")+strings.Count(s, ">"))
}

// line is a text on one line of at most n characters. What is too long ends in an ellipsis, never inside of what people see as one
// character.
func line(s string, n int) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	kept, room := 0, n-1
	for rest, state := s, -1; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if room -= utf8.RuneCountInString(cluster); room < 0 {
			break
		}
		kept += len(cluster)
	}
	return strings.TrimSpace(s[:kept]) + "…"
}
