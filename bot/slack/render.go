package slack

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/compose"
)

// Slack's limits on a message, in characters or in blocks. The page of docs.slack.dev that states a limit stands beside it; the client
// library checks none of them.
//
// maxSize is on no page. Slack refuses blocks that are too long together (msg_blocks_too_long, reference/methods/chat.postMessage);
// its staff name 12,000 characters of text with some allowance for containers, and users saw the end at 13,200 (bolt-js on GitHub,
// “Blocks too long error at ~13200 characters”). Whether containers count is not known, so here they do.
const (
	maxText       = 4000  // of the top-level text; more may be cut (reference/methods/chat.postMessage)
	maxBlocks     = 50    // reference/block-kit/blocks
	maxTextObject = 3000  // reference/block-kit/composition-objects/text-object
	maxSize       = 12000 // of all blocks as JSON
)

// message is what one Slack message holds. Its text is complete without the blocks, escaped, and at most maxText characters:
// notifications and screen readers get it in place of the blocks (docs.slack.dev/reference/methods/chat.postMessage).
type message struct {
	Text   string
	Blocks []slack.Block
}

// content is how a message goes out. Formatting and the parsing of names are off, since the text is data; parsing has to be
// switched off by name, as chat.update parses otherwise (docs.slack.dev/reference/methods/chat.update). Nothing is unfurled.
func (m message) content() slack.MsgOption {
	return slack.MsgOptionCompose(
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableMarkdown(), slack.MsgOptionParse(false),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	)
}

// options are additions of this platform to a reply.
type options struct {
	Restate  bool   // begin with the question: a slash command is not shown to anybody
	SharedBy string // display name of the sharer; "" for nobody. Never a mention: that would notify
}

// maxAsked is how many characters of a question are restated. A pasted article shall not stand before its answer.
const maxAsked = 300

// lead returns the parts before the reply.
func (o options) lead(r bot.Reply) []compose.Part {
	var parts []compose.Part
	if name := line(o.SharedBy, maxAsked); name != "" {
		parts = append(parts, compose.Part{Role: compose.RoleHint, Text: "Shared by " + name})
	}
	if asked := line(r.Asked, maxAsked); o.Restate && asked != "" {
		parts = append(parts, compose.Part{Role: compose.RoleHint, Text: "You asked: " + asked})
	}
	return parts
}

// render makes the messages of a reply, in order; none for a blank reply. Controls are on the last one.
func render(r bot.Reply, o options) []message {
	c := newControls(r)
	left := room{text: maxText, blocks: maxBlocks - len(c.blocks()), size: maxSize - sizeOf(c.blocks())}
	pages := compose.Messages(compose.CleanParts(append(o.lead(r), r.Parts...)), left.fits)
	messages := make([]message, len(pages))
	for i, page := range pages {
		messages[i] = message{Text: escape(bot.Reply{Parts: page}.Text()), Blocks: blocks(page)}
		if i == len(pages)-1 {
			messages[i].Blocks = c.under(page, messages[i].Blocks)
		}
	}
	return messages
}

// room is how much a message can hold.
type room struct {
	text   int // characters of its text, escaped
	blocks int
	size   int // characters of its blocks as JSON
}

// fits reports whether parts can be one message. It reckons with a little more than they take, in such a way that less of a reply
// never takes more.
func (left room) fits(page []compose.Part) bool {
	for _, p := range page {
		took := measure(p)
		if left.text, left.size, left.blocks = left.text-took.text, left.size-took.size, left.blocks-1; left.text < 0 || left.size < 0 || left.blocks < 0 {
			return false
		}
		if p.Role.SmallPrint() && took.text > maxTextObject {
			return false
		}
	}
	return true
}

// Upper bounds of the JSON of a block, of a heading or text in it, and of an item, in characters without their texts.
const (
	blockSize = 120
	lineSize  = 110
	itemSize  = 200
)

// measure returns an upper bound of the room that a part needs.
func measure(p compose.Part) room {
	need := room{text: len("\n\n"), size: blockSize}
	for _, s := range []string{p.Heading, p.Text} {
		if s != "" {
			need.text += escapedLen(s) + len("\n")
			need.size += quotedLen(s) + lineSize
		}
	}
	if p.Mark != "" {
		need.size += 2 * lineSize // the text falls into three
	}
	for _, it := range p.Items {
		need.text += escapedLen(it.Label) + escapedLen(it.Text) + len("- : \n")
		need.size += quotedLen(it.Label) + quotedLen(it.Text) + itemSize
	}
	return need
}

// sizeOf is how many characters blocks have as JSON, with & < > as they are.
func sizeOf(blocks []slack.Block) int {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(blocks); err != nil {
		return maxSize + 1 // our blocks can be encoded
	}
	return utf8.RuneCount(bytes.TrimSpace(b.Bytes()))
}

// quotedLen is how many characters a clean text has in JSON: as encoding/json writes it, with & < > as they are.
func quotedLen(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case '"', '\\', '\n', '\t':
			n += 2
		default:
			n++
		}
	}
	return n
}
