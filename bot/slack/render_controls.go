package slack

import (
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
)

// Slack's limits on controls.
const (
	maxActions    = 25 // elements of an actions block (reference/block-kit/blocks/actions-block)
	maxButtonText = 75 // characters (reference/block-kit/block-elements/button-element); Slack may show some 30 of them
	maxShown      = 4  // controls under a reply, beside its offers: more take as much of a phone as the answer
)

// controls are the clickable elements of a reply. A button's action_id and value are both the control's id, read by bot.ParseClick; so is the value
// of an option of the menu that takes those which are wanted seldom, where there are many. A menu, since an overflow holds five at most.
//
// Helpful and Not helpful are the two sides of one feedback element with one action_id, so a click on it is read from the value alone.
type controls struct {
	choices []slack.BlockElement // the offers, and none of them
	others  []slack.BlockElement
	opinion *slack.FeedbackButtonsBlockElement // nil for none
}

// newControls returns the controls of a reply. Beyond the size of an actions block the rest is left out; bot gives about ten.
func newControls(r bot.Reply) controls {
	var c controls
	list := r.Controls[:min(len(r.Controls), maxActions)]
	at := func(v bot.Verb) int { return slices.IndexFunc(list, func(c bot.Control) bool { return c.Verb == v }) }
	helpful, unhelpful := at(bot.Helpful), at(bot.Unhelpful)
	for i, control := range list {
		id := control.ID(r.ID)
		label := control.Label
		switch {
		case control.Verb == bot.Pick:
			label = fmt.Sprintf("%d. %s", control.Pick, label)
			fallthrough
		case control.Verb == bot.None:
			c.choices = append(c.choices, slack.NewButtonBlockElement(id, id, plain(line(label, maxButtonText))))
		case helpful >= 0 && unhelpful >= 0 && i == unhelpful:
		case helpful >= 0 && unhelpful >= 0 && i == helpful:
			c.opinion = slack.NewFeedbackButtonsBlockElement("opinion:"+string(r.ID),
				slack.NewFeedbackButton(plain(line(label, maxButtonText)), id),
				slack.NewFeedbackButton(plain(line(list[unhelpful].Label, maxButtonText)), list[unhelpful].ID(r.ID)))
		default:
			c.others = append(c.others, slack.NewButtonBlockElement(id, id, plain(line(label, maxButtonText))))
		}
	}
	if len(c.choices) == 0 && len(c.others)+2 > maxShown && c.opinion != nil {
		c.others, c.opinion = folded(list, r), nil
	}
	return c
}

// folded are the control that is wanted most, and a menu of the others.
func folded(list []bot.Control, r bot.Reply) []slack.BlockElement {
	var shown []slack.BlockElement
	var options []*slack.OptionBlockObject
	name, listed := "More", r.About.Want != "" && r.About.Want != answers.IntentQuestion && r.About.Want != answers.IntentCheck
	if listed {
		name = "Other" // More is the next page
	}
	for _, control := range list {
		id, label := control.ID(r.ID), plain(line(control.Label, maxButtonText))
		if control.Verb == bot.More && !listed {
			label = plain("Details") // in a menu of that name
		}
		switch {
		case control.Verb == bot.Share, control.Verb == bot.More && listed:
			shown = append(shown, slack.NewButtonBlockElement(id, id, label))
		default:
			options = append(options, slack.NewOptionBlockObject(id, label, nil))
		}
	}
	return append(shown, slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(name), "other:"+string(r.ID), options...))
}

// blocks are all controls, in order.
func (c controls) blocks() []slack.Block {
	var list []slack.Block
	if len(c.choices) > 0 {
		list = append(list, slack.NewActionBlock("", c.choices...))
	}
	if len(c.others) > 0 {
		list = append(list, slack.NewActionBlock("", c.others...))
	}
	if c.opinion != nil {
		list = append(list, slack.NewContextActionsBlock("", c.opinion))
	}
	return list
}

// under puts the controls under the blocks of a page, one for each part; choices directly under the list that they are from.
func (c controls) under(page []compose.Part, shown []slack.Block) []slack.Block {
	below := len(page)
	for i, p := range page {
		if p.Role == compose.RoleSuggestions {
			below = i + 1
		}
	}
	list := c.blocks()
	if len(c.choices) > 0 {
		shown, list = slices.Insert(shown, below, list[0]), list[1:]
	}
	return append(shown, list...)
}
