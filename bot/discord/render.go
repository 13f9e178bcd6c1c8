package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
)

// A reply becomes classic messages: their content is the whole answer, in Discord's markdown, and there is no embed. An embed is
// hidden from people with previews switched off, and is narrow on a phone, so the content would have to say all of it anyhow
// and the embed would only repeat it. Components V2 cannot carry content at all, so that nothing would be left for notifications.
// Markdown and grey buttons follow each person's theme by themselves; there is no colour to choose.
//
// Parley adds to the words: bold for headings and labels, "- " before items and "-# ", Discord's small print, for parts that
// should not stand between a person and the answer. It comes after escaping, so that it is all that acts (escape.go).

// maxContent is how many units the content of a message may have (resources/message.mdx, “Create Message”). The client library checks
// none of Discord's limits.
const maxContent = 2000

// message is the body of one Discord message, complete by its content: escaped, and at most maxContent units.
type message struct {
	Content    string
	Components []discordgo.MessageComponent
}

// options are additions of this platform to a reply.
type options struct {
	Restate bool // begin with the question: the words of a slash command are not shown to anybody
	Private bool // only the asker sees it, so it cannot be edited for long
}

// corrigible tells the asker how corrections of a private reply arrive. An interaction's token lives for 15 minutes (Discord docs,
// interactions/receiving-and-responding.mdx).
const corrigible = "If this is corrected, it changes here for a quarter of an hour; after that your next answer tells you, or a message if you allow it with " +
	"/parley notify."

// maxAsked is how many units of a question are restated. A pasted article shall not stand before its answer.
const maxAsked = 300

// around returns the parts of a reply with additions before and after.
func (o options) around(r bot.Reply) []compose.Part {
	var parts []compose.Part
	if asked := line(r.Asked, maxAsked); o.Restate && asked != "" {
		parts = append(parts, compose.Part{Role: compose.RoleHint, Text: "You asked: " + asked})
	}
	parts = append(parts, r.Parts...)
	if o.Private && r.Outcome == answers.OutcomeAnswered {
		parts = append(parts, compose.Part{Role: compose.RoleHint, Text: corrigible})
	}
	return parts
}

// render makes the messages of a reply, in order; none for a blank reply. Controls are on the last one.
func render(r bot.Reply, o options) []message {
	pages := compose.Messages(compose.CleanParts(o.around(r)), fits)
	messages := make([]message, len(pages))
	for i, page := range pages {
		messages[i].Content = content(page)
	}
	if len(messages) > 0 {
		messages[len(messages)-1].Components = controls(r)
	}
	return messages
}

// fits reports whether parts can be one message. It reckons with a little more than they take, in such a way that less of a reply
// never takes more.
func fits(page []compose.Part) bool {
	left := maxContent
	for _, p := range page {
		if left -= measure(p); left < 0 {
			return false
		}
	}
	return true
}

// measure returns an upper bound of the units that a part needs.
func measure(p compose.Part) int {
	need := len("\n\n")
	if p.Role == compose.RolePlain {
		s := p.String()
		return need + len("```\n\n```") + units(s) + strings.Count(s, "`") + len("- : \n")*len(p.Items)
	}
	lines := 0
	for _, s := range []string{p.Heading, p.Text} {
		if s != "" {
			need += units(escape(s)) + len("****\n")
			lines += 1 + strings.Count(s, "\n")
		}
	}
	if p.Mark != "" { // the text is escaped in three pieces, as if each began a line
		before, mark, after := p.Around()
		need += units(escape(before)+escape(mark)+escape(after)) - units(escape(p.Text)) + len("****")
	}
	for _, it := range p.Items {
		need += units(escape(it.Label)) + units(escape(it.Text)) + len(`\- **\:** `+"\n")
		lines += 1 + strings.Count(it.Label, "\n") + strings.Count(it.Text, "\n")
	}
	if p.Role.SmallPrint() {
		need += lines * len("-# ")
	}
	return need
}
