package discord

import (
	"fmt"

	"github.com/bwmarrin/discordgo"
)

// Discord's limits, in units or in numbers of things. The page of Discord's documentation that states a limit stands beside it. The
// client library checks none of them.
const (
	maxContent     = 2000 // of a message (resources/message.mdx, “Create Message”)
	maxRows        = 5    // action rows of a classic message (components/reference.mdx, “Legacy Message Component Behavior”)
	maxRowButtons  = 5    // in an action row (components/reference.mdx, “Action Row”)
	maxID          = 100  // of a custom_id, and of the value of an option (components/reference.mdx)
	maxButtonLabel = 80   // components/reference.mdx, “Button Structure”
	maxOptions     = 25   // of a select menu, and default values (components/reference.mdx, “String Select Structure”)
	maxOptionLabel = 100  // components/reference.mdx, “Select Option Structure”
	maxPlaceholder = 150  // components/reference.mdx, “String Select Structure”
	maxTitle       = 45   // of a modal (interactions/receiving-and-responding.mdx, “Modal”)
	maxInputLabel  = 45   // components/reference.mdx, “Text Input Structure”
	maxInput       = 4000 // that can be typed (components/reference.mdx, “Text Input Structure”)
)

// check reports which limits a message breaks, all of them, as sentences.
func check(m message) []string {
	var c checker
	c.text("the content", m.Content, maxContent)
	if len(m.Components) > 0 {
		c.rows(m.Components)
	}
	return c.problems
}

// checkModal is check for a modal.
func checkModal(d *discordgo.InteractionResponseData) []string {
	var c checker
	c.text("the title", d.Title, maxTitle)
	c.id(d.CustomID)
	c.ids = nil
	c.rows(d.Components)
	if d.Content != "" || len(d.Embeds) > 0 {
		c.say("A modal has no content and no embeds.")
	}
	return c.problems
}

// checker collects what breaks a limit.
type checker struct {
	problems []string
	ids      map[string]bool // the custom_ids seen
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
	if n := units(s); n < 1 || n > most {
		c.say("There are %d characters in %s, not 1 to %d.", n, what, most)
	}
}

func (c *checker) id(id string) {
	c.text("a custom_id", id, maxID)
	if c.ids[id] {
		c.say("The custom_id %q comes twice.", id)
	}
	if c.ids == nil {
		c.ids = map[string]bool{}
	}
	c.ids[id] = true
}

func (c *checker) rows(list []discordgo.MessageComponent) {
	c.number("rows", len(list), maxRows)
	for _, component := range list {
		r, ok := component.(discordgo.ActionsRow)
		if !ok {
			c.say("There is a component of type %d that is no row.", component.Type())
			continue
		}
		c.number("components in a row", len(r.Components), maxRowButtons)
		for _, inner := range r.Components {
			if _, ok := inner.(discordgo.Button); !ok && len(r.Components) > 1 {
				c.say("A component of type %d is not alone in its row.", inner.Type())
			}
			c.component(inner)
		}
	}
}

func (c *checker) component(component discordgo.MessageComponent) {
	switch e := component.(type) {
	case discordgo.Button:
		c.id(e.CustomID)
		c.text("a button", e.Label, maxButtonLabel)
		if e.Style < discordgo.PrimaryButton || e.Style > discordgo.DangerButton {
			c.say("There is a button of style %d, which Parley does not use.", e.Style)
		}
	case discordgo.SelectMenu:
		c.menu(e)
	case discordgo.TextInput:
		c.id(e.CustomID)
		c.text("a label", e.Label, maxInputLabel)
		c.number("characters to be typed", e.MaxLength, maxInput)
	default:
		c.say("There is a component of type %d, which Parley does not use.", component.Type())
	}
}

func (c *checker) menu(m discordgo.SelectMenu) {
	c.id(m.CustomID)
	if n := units(m.Placeholder); n > maxPlaceholder {
		c.say("There are %d characters in a placeholder, more than %d.", n, maxPlaceholder)
	}
	least, most := 1, max(m.MaxValues, 1)
	if m.MinValues != nil {
		least = *m.MinValues
	}
	if least < 0 || least > most || most > maxOptions {
		c.say("A menu takes %d to %d choices.", least, most)
	}
	chosen := len(m.DefaultValues)
	if m.MenuType == discordgo.StringSelectMenu {
		c.number("options", len(m.Options), maxOptions)
		chosen = c.options(m.Options)
		most = min(most, len(m.Options))
	}
	if chosen > most || m.MaxValues > most {
		c.say("%d options are chosen beforehand, and %d can be, of at most %d.", chosen, m.MaxValues, most)
	}
}

// options checks the options of a menu and tells how many are chosen beforehand.
func (c *checker) options(list []discordgo.SelectMenuOption) (chosen int) {
	seen := map[string]bool{}
	for _, o := range list {
		c.text("an option", o.Label, maxOptionLabel)
		c.text("the value of an option", o.Value, maxID)
		if seen[o.Value] {
			c.say("The value %q comes twice.", o.Value)
		}
		seen[o.Value] = true
		if o.Default {
			chosen++
		}
	}
	return chosen
}
