package slack

import (
	"unicode/utf8"

	"github.com/slack-go/slack"
)

func (c *checker) elements(what string, list *slack.BlockElements, most int) {
	c.number(what, len(list.ElementSet), most)
	for _, e := range list.ElementSet {
		c.element(e)
	}
}

// accessory checks what stands beside a section.
func (c *checker) accessory(a *slack.Accessory) {
	if a.ButtonElement == nil {
		c.say("An accessory is not a button; Parley uses no other.")
		return
	}
	c.element(a.ButtonElement)
}

// element checks what can be clicked or filled in.
func (c *checker) element(e slack.BlockElement) {
	switch e := e.(type) {
	case *slack.ButtonBlockElement:
		c.action(e.ActionID)
		c.object("a button", e.Text, maxButtonText)
		c.text("the value of a button", e.Value, maxButtonValue)
		if e.URL != "" {
			c.say("A button has a URL, which Parley does not use.")
		}
	case *slack.FeedbackButtonsBlockElement:
		c.action(e.ActionID)
		for _, b := range []*slack.FeedbackButton{e.PositiveButton, e.NegativeButton} {
			c.object("a feedback button", b.Text, maxButtonText)
			c.text("the value of a feedback button", b.Value, maxButtonValue)
		}
	case *slack.PlainTextInputBlockElement:
		c.action(e.ActionID)
		c.number("characters to type at most", e.MaxLength, maxInput)
		if n := utf8.RuneCountInString(e.InitialValue); n > e.MaxLength {
			c.say("There are %d characters in a field already, more than the %d that it takes.", n, e.MaxLength)
		}
		c.placeholder(e.Placeholder)
	case *slack.NumberInputBlockElement:
		c.action(e.ActionID)
		c.placeholder(e.Placeholder)
	case *slack.CheckboxGroupsBlockElement:
		c.action(e.ActionID)
		c.options(e.Options, maxCheckboxes)
	case *slack.SelectBlockElement:
		c.action(e.ActionID)
		c.options(e.Options, maxOptions)
		c.placeholder(e.Placeholder)
	case *slack.MultiSelectBlockElement: // of channels, so without options
		c.action(e.ActionID)
		c.placeholder(e.Placeholder)
	default:
		c.say("There is an element %T, which Parley does not use.", e)
	}
}

// action checks an action_id, which must be the only one of its name in a message or view.
func (c *checker) action(id string) {
	c.text("an action_id", id, maxID)
	if c.actions == nil {
		c.actions = map[string]bool{}
	}
	if c.actions[id] {
		c.say("The action_id %q comes twice.", id)
	}
	c.actions[id] = true
}

func (c *checker) placeholder(t *slack.TextBlockObject) {
	if t != nil {
		c.object("a placeholder", t, maxPlaceholder)
	}
}

func (c *checker) options(list []*slack.OptionBlockObject, most int) {
	c.number("options", len(list), most)
	for _, o := range list {
		c.object("an option", o.Text, maxOptionText)
		c.text("the value of an option", o.Value, maxOptionValue)
		if o.Description != nil {
			c.object("the description of an option", o.Description, maxOptionText)
		}
	}
}

// richText checks that nothing but text stands in rich text, and that no text is empty.
func (c *checker) richText(list []slack.RichTextElement) {
	if len(list) == 0 {
		c.say("A rich text is empty.")
	}
	for _, e := range list {
		switch e := e.(type) {
		case *slack.RichTextSection:
			c.richTexts(e.Elements)
		case *slack.RichTextPreformatted:
			c.richTexts(e.Elements)
		case *slack.RichTextList:
			c.richText(e.Elements)
		default:
			c.say("There is a %s in rich text, which Parley does not use.", e.RichTextElementType())
		}
	}
}

func (c *checker) richTexts(list []slack.RichTextSectionElement) {
	if len(list) == 0 {
		c.say("A rich text is empty.")
	}
	for _, e := range list {
		if t, ok := e.(*slack.RichTextSectionTextElement); !ok {
			c.say("There is a %s in rich text, which Parley does not use.", e.RichTextSectionElementType())
		} else {
			c.text("a rich text", t.Text, maxSize)
		}
	}
}
