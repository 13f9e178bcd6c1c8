package discord

import (
	"regexp"
	"strings"
)

// read reads content as Discord's clients do, one token after the other: what it shows, and what in it acts that is neither bold
// type, a bullet, small print, a block of code, nor a link that does not unfurl.
func read(content string) (shown string, acting []string) {
	var b strings.Builder
	start, marked := true, false // at the beginning of a line; behind a marker of ours there
	for rest := content; rest != ""; {
		token := next(rest, start && !marked)
		text := token
		switch {
		case token == "- " || token == "-# ":
			text, marked = "", true
		case token == "**":
			text = ""
		case strings.HasPrefix(token, "```\n"):
			text = strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(token, "```\n"), "\n```"), "`"+zeroWidth+"`", "``")
		case strings.HasPrefix(token, `\`) && len(token) > 1:
			text = token[1:]
		case strings.HasPrefix(token, "<"):
			if text = strings.Trim(token, "<>"); !plainLink.MatchString(text) || strings.Count(text, "://") > 1 {
				acting = append(acting, token)
			}
		case strings.HasPrefix(token, "```") || strings.ContainsAny(token, "\\*_~`|<>#@["):
			acting = append(acting, token)
		}
		switch {
		case strings.HasSuffix(token, "\n"):
			start, marked = true, false
		case token != "**" && !marked && strings.TrimSpace(token) != "", marked && text != "" && strings.TrimSpace(text) != "":
			start, marked = false, false
		}
		b.WriteString(text)
		rest = rest[len(token):]
	}
	outside := wrapped.ReplaceAllString(code.ReplaceAllString(content, ""), "")
	acting = append(acting, raw.FindAllString(outside, -1)...)
	for l := range strings.Lines(outside) {
		acting = append(acting, begins.FindAllString(strings.TrimPrefix(strings.TrimPrefix(l, markers.FindString(l)), "**"), -1)...)
	}
	return strings.NewReplacer("@"+zeroWidth, "@").Replace(b.String()), acting
}

var (
	plainLink = regexp.MustCompile(`(?i)^https?://[^\s|*\x60<>\\@]+$`)
	code      = regexp.MustCompile("(?s)```\n.*?\n```")
	wrapped   = regexp.MustCompile(`(?i)<https?://[^<>\s]*>`)
	raw       = regexp.MustCompile(`(?i)@everyone|@here|<[@#:/tai][^>\\]*>|discord(app)?\.(gg|com)|(^|[^<])https?://|(^|[^\\]):[^\s:\\]+:`)
	begins    = regexp.MustCompile(`^\s*(?:[0-9]+[.)]|[-+*>]\s|#{1,3}\s|-#)`)
	tokens    = []*regexp.Regexp{
		regexp.MustCompile("(?s)^```.*?```"),
		regexp.MustCompile(`^\\[^0-9A-Za-z\s]`),
		regexp.MustCompile(`^<[^<>\s]+>`),
		regexp.MustCompile(`^\*\*`),
		regexp.MustCompile(`^(?s:.)`),
	}
	markers = regexp.MustCompile(`^(- |-# )`)
)

// next is the token at the beginning of content.
func next(rest string, start bool) string {
	if start {
		if m := markers.FindString(rest); m != "" {
			return m
		}
	}
	for _, kind := range tokens {
		if m := kind.FindString(rest); m != "" {
			return m
		}
	}
	return rest[:1]
}
