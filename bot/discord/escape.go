package discord

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/bot/compose"
)

// Characters before which a backslash goes wherever they stand: they begin formatting, spoilers, code, quotes, headings, mentions,
// custom emoji, timestamps, commands and masked links (Discord docs, reference.mdx, “Message Formatting”). Discord's clients show
// what follows a backslash as it stands unless that is a letter, a digit or white space.
const special = "\\*_~`|<>#@["

// zeroWidth is a space that is not seen.
const zeroWidth = "\u200b"

// escape writes a clean text so that Discord shows it as it stands. It is taken for the beginning of a line, since it may come to
// stand behind a bullet of ours. It is not idempotent: it goes over each text once.
//
// A link stays one, but in angle brackets, by which it does not unfurl. Links to Discord itself, shown as invitations or
// channels in any context, and all that is not plainly http, are not links any more. As clients and servers read
// mentions differently, @everyone and @here are also broken by an invisible character; the sender's
// allowed_mentions makes sure that nobody is notified.
func escape(s string) string {
	var b strings.Builder
	links := link.FindAllStringIndex(s, -1)
	line := lineStart
	for i := 0; i < len(s); {
		for len(links) > 0 && links[0][0] < i {
			links = links[1:]
		}
		if len(links) > 0 && links[0][0] == i {
			if n := target(s[i:links[0][1]]); n > 0 {
				b.WriteString("<" + s[i:i+n] + ">")
				i, line = i+n, lineText
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		rest := s[i+n:]
		if acts(r, line, s[:i], rest) {
			b.WriteByte('\\')
		}
		b.WriteString(s[i : i+n])
		if r == '@' && (hasPrefixFold(rest, "everyone") || hasPrefixFold(rest, "here")) {
			b.WriteString(zeroWidth)
		}
		i, line = i+n, line.after(r)
	}
	return b.String()
}

// acts reports whether Discord could take a character for more than itself, between what stands before and after it.
func acts(r rune, line lineState, before, after string) bool {
	switch r {
	case ':': // of :smile:
		next, _ := utf8.DecodeRuneInString(after)
		return after != "" && !unicode.IsSpace(next)
	case '-', '+': // of a list or of subtext
		return line == lineStart
	case ')':
		return line == lineNumber
	case '.': // of a numbered list, or of an invitation, with https:// or without
		return line == lineNumber || hasSuffixFold(before, "discord") || hasSuffixFold(before, "discordapp")
	default:
		return strings.ContainsRune(special, r)
	}
}

// lineState is how far a line has come.
type lineState uint8

const (
	lineStart  lineState = iota // only white space
	lineNumber                  // only digits so far
	lineText
)

func (l lineState) after(r rune) lineState {
	switch {
	case r == '\n', l == lineStart && unicode.IsSpace(r):
		return lineStart
	case l != lineText && '0' <= r && r <= '9':
		return lineNumber
	default:
		return lineText
	}
}

var (
	link   = regexp.MustCompile(`(?i)https?://[^\s\x{85}\p{Z}<>“”"]+`)
	common = regexp.MustCompile(`(?i)^https?://[a-z0-9][a-z0-9\-._~:/?#&=%+,;!$'()]*$`)
)

// target is how many bytes of a link can go between angle brackets as they are: the punctuation that ends a sentence is not part
// of it. It is 0 if the link has a character that could act even there, holds another link, or leads to Discord.
func target(s string) int {
	for s != "" {
		last, n := utf8.DecodeLastRuneInString(s)
		if !strings.ContainsRune(".,:;!?'’)]}", last) || last == ')' && strings.Count(s, "(") >= strings.Count(s, ")") {
			break
		}
		s = s[:len(s)-n]
	}
	if !common.MatchString(s) || strings.Contains(strings.ToLower(s), "discord") || strings.Count(s, "://") > 1 {
		return 0
	}
	return len(s)
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// fenced returns a clean text as a block of code: Discord formats nothing in it. Three backticks in a row would end it, so an invisible
// character separates the third.
func fenced(s string) string {
	var b strings.Builder
	b.WriteString("```\n")
	run := 0
	for _, r := range s {
		switch {
		case r != '`':
			run = 0
		case run == 2:
			b.WriteString(zeroWidth)
			run = 1
		default:
			run++
		}
		b.WriteRune(r)
	}
	b.WriteString("\n```")
	return b.String()
}

// units returns the length of a text for Discord, in UTF-16 code units. Its documentation does not define its “characters” (reference.mdx,
// resources/message.mdx); a text never has fewer units than code points.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// line returns a text on one line of at most n units, for labels; Discord formats nothing in them.
func line(s string, n int) string { return compose.Line(s, n, units) }
