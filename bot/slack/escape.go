package slack

import (
	"strings"
	"unicode/utf8"

	"parley/bot/compose"
)

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

// line is a text on one line of at most n characters.
func line(s string, n int) string { return compose.Line(s, n, utf8.RuneCountInString) }
