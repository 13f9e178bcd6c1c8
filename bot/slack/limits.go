package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Slack's limits, in characters or in numbers of things. The page of docs.slack.dev that states a limit stands beside it. The client
// library checks none of them.
const (
	maxText        = 4000  // of a message's top-level text; more may be cut (reference/methods/chat.postMessage)
	maxBlocks      = 50    // in a message (reference/block-kit/blocks)
	maxViewBlocks  = 100   // in a modal or Home (reference/block-kit/blocks)
	maxTextObject  = 3000  // reference/block-kit/composition-objects/text-object
	maxHeader      = 150   // reference/block-kit/blocks/header-block
	maxContext     = 10    // elements of a context block (reference/block-kit/blocks/context-block)
	maxActions     = 25    // elements of an actions block (reference/block-kit/blocks/actions-block)
	maxOpinions    = 5     // elements of a context_actions block (reference/block-kit/blocks/context-actions-block)
	maxButtonText  = 75    // reference/block-kit/block-elements/button-element; Slack may show some 30 of them
	maxButtonValue = 2000  // reference/block-kit/block-elements/button-element
	maxID          = 255   // of a block_id, action_id or callback_id (reference/block-kit/blocks, reference/views)
	maxOptions     = 100   // of a select menu (reference/block-kit/block-elements/select-menu-element)
	maxCheckboxes  = 10    // reference/block-kit/block-elements/checkboxes-element
	maxOptionText  = 75    // reference/block-kit/composition-objects/option-object
	maxOptionValue = 150   // reference/block-kit/composition-objects/option-object
	maxLabel       = 2000  // label and hint of an input block (reference/block-kit/blocks/input-block)
	maxPlaceholder = 150   // reference/block-kit/block-elements/plain-text-input-element
	maxInput       = 3000  // that can be typed (reference/block-kit/block-elements/plain-text-input-element)
	maxTitle       = 24    // title, submit and close of a modal (reference/views/modal-views)
	maxMetadata    = 3000  // private_metadata (reference/views/modal-views)
	maxSize        = 12000 // of all blocks of a message as JSON
)

// maxSize is on no page. Slack refuses blocks that are too long together (msg_blocks_too_long, reference/methods/chat.postMessage);
// its staff name 12,000 characters of text with some allowance for containers, and users saw the end at 13,200 (bolt-js on GitHub,
// “Blocks too long error at ~13200 characters”). Whether containers count is not known, so here they do.

// check reports which limits a message breaks, all of them, as sentences.
func check(m message) []string {
	var c checker
	c.text("the text", m.Text, maxText)
	c.number("blocks", len(m.Blocks), maxBlocks)
	c.blocks(m.Blocks)
	if n := sizeOf(m.Blocks); n > maxSize {
		c.say("The blocks have %d characters as JSON, more than %d.", n, maxSize)
	}
	return c.problems
}

// checkHome is check for the Home tab.
func checkHome(v slack.HomeTabViewRequest) []string {
	var c checker
	c.view(v.Blocks, v.PrivateMetadata, v.CallbackID)
	return c.problems
}

// checkModal is check for a modal.
func checkModal(v slack.ModalViewRequest) []string {
	var c checker
	c.object("the title", v.Title, maxTitle)
	c.object("the submit button", v.Submit, maxTitle)
	c.object("the close button", v.Close, maxTitle)
	c.view(v.Blocks, v.PrivateMetadata, v.CallbackID)
	return c.problems
}

// sizeOf is how many characters blocks have as JSON, with & < > as they are.
func sizeOf(blocks []slack.Block) int {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(blocks); err != nil {
		return maxSize + 1 // no block of ours has what cannot be encoded
	}
	return utf8.RuneCount(bytes.TrimSpace(b.Bytes()))
}

// checker collects what breaks a limit.
type checker struct {
	problems []string
	actions  map[string]bool // the action ids seen
}

func (c *checker) say(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

func (c *checker) number(what string, n, most int) {
	if n < 1 || n > most {
		c.say("There are %d %s, not 1 to %d.", n, what, most)
	}
}

func (c *checker) text(what, s string, most int) {
	if n := utf8.RuneCountInString(s); n < 1 || n > most {
		c.say("There are %d characters in %s, not 1 to %d.", n, what, most)
	}
}

// object checks a text object, which must be plain_text without emoji.
func (c *checker) object(what string, t *slack.TextBlockObject, most int) {
	if t == nil {
		c.say("There is no text in %s.", what)
		return
	}
	c.text(what, t.Text, most)
	if t.Type != slack.PlainTextType || t.Emoji == nil || *t.Emoji || t.Verbatim {
		c.say("The text of %s is not plain.", what)
	}
}

func (c *checker) view(b slack.Blocks, metadata, callback string) {
	c.number("blocks", len(b.BlockSet), maxViewBlocks)
	c.blocks(b.BlockSet)
	if n := utf8.RuneCountInString(metadata); n > maxMetadata {
		c.say("There are %d characters in private_metadata, more than %d.", n, maxMetadata)
	}
	c.id("callback_id", callback)
}

func (c *checker) id(what, id string) {
	if n := utf8.RuneCountInString(id); n > maxID {
		c.say("There are %d characters in a %s, more than %d.", n, what, maxID)
	}
}

func (c *checker) blocks(list []slack.Block) {
	seen := map[string]bool{}
	for _, b := range list {
		if id := b.ID(); id != "" {
			c.id("block_id", id)
			if seen[id] {
				c.say("The block_id %q comes twice.", id)
			}
			seen[id] = true
		}
		c.block(b)
	}
}

func (c *checker) block(b slack.Block) {
	switch b := b.(type) {
	case *slack.HeaderBlock:
		c.object("a header", b.Text, maxHeader)
	case *slack.DividerBlock:
	case *slack.SectionBlock:
		c.object("a section", b.Text, maxTextObject)
		if len(b.Fields) > 0 {
			c.say("A section has fields, which Parley does not use.")
		}
		if b.Accessory != nil {
			c.accessory(b.Accessory)
		}
	case *slack.ContextBlock:
		c.number("context elements", len(b.ContextElements.Elements), maxContext)
		for _, e := range b.ContextElements.Elements {
			t, _ := e.(*slack.TextBlockObject)
			c.object("a context", t, maxTextObject)
		}
	case *slack.RichTextBlock:
		c.richText(b.Elements)
	case *slack.ActionBlock:
		c.elements("actions", b.Elements, maxActions)
	case *slack.ContextActionsBlock:
		c.elements("context actions", b.Elements, maxOpinions)
	case *slack.InputBlock:
		c.object("a label", b.Label, maxLabel)
		if b.Hint != nil {
			c.object("a hint", b.Hint, maxLabel)
		}
		c.element(b.Element)
	default:
		c.say("There is a block of type %s, which Parley does not use.", b.BlockType())
	}
}
