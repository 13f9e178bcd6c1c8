package slacktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// Limits of an app that is held to plain text. Slack shortens a text above 4000 characters ("chat.postMessage", "Truncating content").
// Whether the containers of blocks count towards maxBlocksText is not known, so here they do.
const (
	maxPlainText = 4000
	maxPlainSize = maxBlocksText // of all blocks of a message as JSON, with & < > unescaped
)

// plainTypes are the blocks, elements and text objects in which a text shows as it stands, or which hold none.
func plainTypes() []string {
	return []string{
		"section", "header", "divider", "context", "actions", "context_actions", "input",
		"rich_text", "rich_text_section", "rich_text_list", "rich_text_preformatted", "text", "plain_text",
		"button", "feedback_buttons", "plain_text_input", "number_input", "checkboxes", "static_select", "multi_conversations_select",
	}
}

// broken fails the test of a plain app that sent something wrong, and returns the problem.
func (s *Server) broken(p *problem) *problem {
	if s.config.Plain {
		s.tb.Errorf("slacktest: the app sent what is refused with %s: %q", p.Code, p.Details)
	}
	return p
}

// plainText holds the top-level text of a message to Config.Plain: there is one, and it is not cut. Beside blocks it has the limit that
// Slack advises.
func (s *Server) plainText(a args) *problem {
	most := maxText
	if a["blocks"] != "" {
		most = maxPlainText
	}
	if n := utf8.RuneCountInString(a["text"]); s.config.Plain && (n < 1 || n > most) {
		return s.broken(&problem{Code: "msg_too_long", Details: []string{fmt.Sprintf("the text has %d characters, not 1 to %d", n, most)}})
	}
	return nil
}

// size checks how long the blocks of a message are.
func (c *checker) size(at string, blocks []object) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(blocks); err != nil {
		panic(fmt.Sprintf("encode blocks: %v", err)) // they came out of JSON
	}
	if n := utf8.RuneCount(bytes.TrimSpace(b.Bytes())); c.plain && n > maxPlainSize {
		c.find(at, "must be less than %d characters as JSON, not %d", maxPlainSize+1, n)
	}
}

// plainly looks through a block, and all within, for what Config.Plain forbids: formatted text, mentions, links, emoji, images, and
// controls without an action_id and a value of their own.
func (c *checker) plainly(at string, within any) {
	if !c.plain {
		return
	}
	switch v := within.(type) {
	case []any:
		for i, one := range v {
			c.plainly(fmt.Sprintf("%s/%d", at, i), one)
		}
	case object:
		if kind := str(v, "type"); kind != "" && !slices.Contains(plainTypes(), kind) {
			c.find(at+"/type", "not plain: %s", kind)
			return
		}
		c.plainObject(at, v)
		for _, name := range slices.Sorted(maps.Keys(v)) {
			c.plainly(at+"/"+name, v[name])
		}
	}
}

func (c *checker) plainObject(at string, o object) {
	for _, name := range []string{"url", "fields"} {
		if o[name] != nil {
			c.find(at+"/"+name, "not plain: %s", name)
		}
	}
	if a, ok := o["accessory"].(object); ok && str(a, "type") != "button" {
		c.find(at+"/accessory", "not a button: %s", str(a, "type"))
	}
	switch str(o, "type") {
	case "plain_text":
		if o["emoji"] != false || o["verbatim"] == true {
			c.find(at, "not plain: a text object with emoji or verbatim")
		}
	case "rich_text", "rich_text_section", "rich_text_list", "rich_text_preformatted":
		if list, _ := o["elements"].([]any); len(list) == 0 {
			c.find(at+"/elements", "must have more than 0 items")
		}
	case "text":
		c.required(at, o, "text", maxBlocksText)
	case "button":
		c.ownAction(at, o)
		c.required(at, o, "value", maxValue)
	case "feedback_buttons":
		c.ownAction(at, o)
		for _, name := range []string{"positive_button", "negative_button"} {
			b, _ := o[name].(object)
			c.required(at+"/"+name, b, "value", maxValue)
		}
	case "plain_text_input":
		c.ownAction(at, o)
		if o["max_length"] == nil {
			c.find(at+"/max_length", "missing required field: max_length")
		}
	case "number_input", "checkboxes", "static_select", "multi_conversations_select":
		c.ownAction(at, o)
	}
}

// ownAction wants an action_id that nothing else in the message or view has.
func (c *checker) ownAction(at string, o object) {
	id := str(o, "action_id")
	c.required(at, o, "action_id", maxID)
	if c.actionIDs[id] {
		c.find(at+"/action_id", "action_id %q already exists", id)
	}
	c.actionIDs[id] = true
}
