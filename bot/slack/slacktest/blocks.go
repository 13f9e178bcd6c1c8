package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

// The limits of Block Kit, by the pages of the blocks, elements and surfaces. Lengths are in characters. slack.md lists them, but for those
// marked "unchecked", which are remembered from those pages and were not looked up.
const (
	maxMessageBlocks  = 50  // "Blocks"
	maxViewBlocks     = 100 // "Blocks"
	maxSectionText    = 3000
	maxFields         = 10
	maxFieldText      = 2000
	maxHeader         = 150
	maxContext        = 10
	maxActions        = 25
	maxContextActions = 5
	maxMarkdown       = 12_000 // all markdown blocks of a payload together
	maxButtonText     = 75
	maxValue          = 2000
	maxURL            = 3000
	maxOptionText     = 75
	maxOptionValue    = 150 // unchecked
	maxOptions        = 100 // of a menu; unchecked
	maxFewOptions     = 10  // of checkboxes and radio buttons; unchecked
	maxOverflow       = 5
	maxID             = 255  // block_id, action_id, callback_id, external_id
	maxTitle          = 24   // of a modal, and its submit and close
	maxPlaceholder    = 150  // of an input; unchecked
	maxLabel          = 2000 // of an input; unchecked
	maxHint           = 2000 // of an input; unchecked
	maxTyped          = 3000 // into a text input
	maxContextText    = 3000 // text objects at large ("Text object"); unchecked
	maxMetadata       = 3000 // private_metadata of a view
)

// object is a JSON object.
type object = map[string]any

// checker looks through one payload. Its findings read as Slack's do in response_metadata.messages.
type checker struct {
	surface   string // "message", "modal" or "home"
	blockIDs  map[string]bool
	markdown  int // characters of markdown blocks so far
	inputs    int
	plain     bool            // Config.Plain
	actionIDs map[string]bool // with plain: the action_ids seen
	findings  []string
	made      int // ids that were made up for blocks and elements without
}

func (s *Server) checker(surface string) *checker {
	return &checker{surface: surface, blockIDs: map[string]bool{}, plain: s.config.Plain, actionIDs: map[string]bool{}}
}

func (c *checker) find(at, format string, values ...any) {
	c.findings = append(c.findings, fmt.Sprintf("[ERROR] "+format+" [json-pointer:%s]", append(values, at)...))
}

// checkBlocks holds the blocks of a message to the limits, and gives them the ids that they lack.
func (s *Server) checkBlocks(raw json.RawMessage) (json.RawMessage, *problem) {
	if raw == nil {
		return nil, nil
	}
	c := s.checker("message")
	var blocks []object
	if json.Unmarshal(raw, &blocks) != nil {
		return nil, &problem{Code: "invalid_blocks_format"}
	}
	c.size("/blocks", blocks)
	c.blocks("/blocks", blocks, maxMessageBlocks)
	if len(c.findings) > 0 {
		return nil, s.broken(&problem{Code: "invalid_blocks", Details: c.findings})
	}
	if len(blocks) == 0 {
		return nil, nil
	}
	return mustJSON(blocks), nil
}

// blocks checks a list of blocks.
func (c *checker) blocks(at string, blocks []object, most int) {
	if len(blocks) > most {
		c.find(at, "no more than %d items allowed", most)
	}
	for i, b := range blocks {
		c.block(fmt.Sprintf("%s/%d", at, i), b)
	}
	if c.markdown > maxMarkdown {
		c.find(at, "markdown blocks must be less than %d characters together", maxMarkdown+1)
	}
}

func (c *checker) block(at string, b object) {
	id := c.id(at, b, "block_id")
	if c.blockIDs[id] {
		c.find(at+"/block_id", "block_id %q already exists", id)
	}
	c.blockIDs[id] = true
	c.plainly(at, b)
	kind := str(b, "type")
	if home := blockHomes()[kind]; home == nil {
		c.find(at+"/type", "unsupported type: %s", kind)
		return
	} else if !slices.Contains(home, c.surface) {
		c.find(at+"/type", "unsupported type in a %s: %s", c.surface, kind)
		return
	}
	switch kind {
	case "section":
		c.section(at, b)
	case "header":
		c.text(at, b, "text", maxHeader, true)
	case "context":
		for i, e := range c.elements(at, b, 1, maxContext) {
			c.contextElement(fmt.Sprintf("%s/elements/%d", at, i), e)
		}
	case "actions":
		c.actions(at, b, maxActions, actionElements())
	case "context_actions":
		c.actions(at, b, maxContextActions, []string{"feedback_buttons", "icon_button"})
	case "input":
		c.input(at, b)
	case "image":
		c.required(at, b, "alt_text", maxValue)
		c.length(at, b, "image_url", maxURL)
	case "markdown":
		c.required(at, b, "text", maxMarkdown)
		c.markdown += utf8.RuneCountInString(str(b, "text"))
	case "alert":
		c.text(at, b, "text", maxSectionText, false)
	}
}

// blockHomes tells for each known type of block on which surfaces it may stand ("Blocks"). Of the types that no case of block names, the
// insides are not checked.
func blockHomes() map[string][]string {
	all, message := []string{"message", "modal", "home"}, []string{"message"}
	return map[string][]string{
		"section": all, "header": all, "context": all, "actions": all, "divider": all, "image": all, "input": all, "rich_text": all, "video": all,
		"context_actions": message, "markdown": message, "table": message, "file": message, "alert": {"modal"},
	}
}

func (c *checker) section(at string, b object) {
	list, hasFields := b["fields"].([]any)
	if _, ok := b["text"]; ok || !hasFields {
		c.text(at, b, "text", maxSectionText, false)
	}
	if hasFields && (len(list) == 0 || len(list) > maxFields) {
		c.find(at+"/fields", "must have 1 to %d items", maxFields)
	}
	for i, f := range list {
		c.text(fmt.Sprintf("%s/fields/%d", at, i), object{"text": f}, "text", maxFieldText, false)
	}
	if e, ok := b["accessory"].(object); ok {
		c.element(at+"/accessory", e, append(actionElements(), "image"))
	}
}

func (c *checker) contextElement(at string, e object) {
	switch str(e, "type") {
	case "image":
		c.required(at, e, "alt_text", maxValue)
		c.length(at, e, "image_url", maxURL)
	case "mrkdwn", "plain_text":
		c.required(at, e, "text", maxContextText)
	default:
		c.find(at+"/type", "unsupported type: %s", str(e, "type"))
	}
}

// actions checks the elements of a block, whose action_ids differ.
func (c *checker) actions(at string, b object, most int, may []string) {
	seen := map[string]bool{}
	for i, e := range c.elements(at, b, 1, most) {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		c.element(here, e, may)
		if seen[str(e, "action_id")] {
			c.find(here+"/action_id", "action_id %q already exists in this block", str(e, "action_id"))
		}
		seen[str(e, "action_id")] = true
	}
}

func (c *checker) input(at string, b object) {
	c.inputs++
	c.text(at, b, "label", maxLabel, true)
	if _, ok := b["hint"]; ok {
		c.text(at, b, "hint", maxHint, true)
	}
	if e, ok := b["element"].(object); ok {
		c.element(at+"/element", e, inputElements())
	} else {
		c.find(at+"/element", "missing required field: element")
	}
}

// elements reads the elements of a block.
func (c *checker) elements(at string, b object, least, most int) []object {
	list, _ := b["elements"].([]any)
	if len(list) < least || len(list) > most {
		c.find(at+"/elements", "must have %d to %d items", least, most)
	}
	var all []object
	for _, e := range list {
		o, _ := e.(object)
		if o == nil {
			o = object{}
		}
		all = append(all, o)
	}
	return all
}

// id checks an id, and makes one up where there is none, as Slack does.
func (c *checker) id(at string, o object, name string) string {
	c.length(at, o, name, maxID)
	if str(o, name) == "" {
		c.made++
		o[name] = fmt.Sprintf("made%d", c.made)
	}
	return str(o, name)
}

// text checks a text object.
func (c *checker) text(at string, o object, name string, most int, plain bool) {
	t, ok := o[name].(object)
	if !ok {
		c.find(at+"/"+name, "missing required field: %s", name)
		return
	}
	if kind := str(t, "type"); kind != "plain_text" && (plain || kind != "mrkdwn") {
		c.find(at+"/"+name+"/type", "unsupported type: %s", kind)
	}
	c.required(at+"/"+name, t, "text", most)
}

// required checks a string that must not be empty.
func (c *checker) required(at string, o object, name string, most int) {
	if str(o, name) == "" {
		c.find(at+"/"+name, "must be more than 0 characters")
	}
	c.length(at, o, name, most)
}

func (c *checker) length(at string, o object, name string, most int) {
	if utf8.RuneCountInString(str(o, name)) > most {
		c.find(at+"/"+name, "must be less than %d characters", most+1)
	}
}

// str is a string in a JSON object; "" if it is none.
func str(o object, name string) string {
	text, _ := o[name].(string)
	return text
}

// mustJSON encodes what came out of JSON or was made of strings.
func mustJSON(v any) json.RawMessage {
	body, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err))
	}
	return body
}
