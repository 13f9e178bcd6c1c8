package slack

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
)

// homePage is the content of App Home.
type homePage struct {
	Corrections bot.Reply // the newest first
	Try         []string  // questions to try
}

// askAction begins the action_id of a field or a button whose value is a question to ask.
const askAction = "ask:"

// Bounds of the listing on Home, in characters and blocks: nobody reads more there.
const (
	homeText   = 1000
	homeBlocks = 8
)

// home is the view for App Home: where to ask, questions to try, and what was corrected. Statistics have commands of their own.
func home(h homePage) slack.HomeTabViewRequest {
	field := slack.NewPlainTextInputBlockElement(plain("For example: "+line(first(h.Try), maxPlaceholder)), askAction+"0")
	field.MaxLength = maxAsked
	field.DispatchActionConfig = &slack.DispatchActionConfig{TriggerActionsOn: []string{"on_enter_pressed"}}
	search := slack.NewInputBlock("", plain("Ask Parley"), plain("The answer comes as a direct message. It was written by a curator beforehand, and names its sources."), field)
	search.DispatchAction = true
	list := append([]slack.Block{search}, try(h.Try)...)
	if h.Corrections.Outcome == answers.OutcomeAnswered { // else there are none
		list = append(list, listing("Corrections", h.Corrections, "/parley corrections")...)
	}
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: list}}
}

// maxPlaceholder keeps a placeholder below the 150 characters of its text object (reference/block-kit/block-elements/plain-text-input-element).
const maxPlaceholder = 120

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// maxTries is how many questions Home offers.
const maxTries = 3

// try offers questions, each with a button that asks it.
func try(questions []string) []slack.Block {
	var list []slack.Block
	for i, q := range questions[:min(len(questions), maxTries)] {
		q = line(q, maxAsked)
		if q == "" {
			continue
		}
		if len(list) == 0 {
			list = append(list, slack.NewHeaderBlock(plain("Try")))
		}
		ask := slack.NewButtonBlockElement(fmt.Sprintf("%s%d", askAction, i+1), q, plain("Ask"))
		list = append(list, slack.NewSectionBlock(plain(q), nil, slack.NewAccessory(ask)))
	}
	return list
}

// question returns the question of a button on Home.
func question(a slack.BlockAction) (text string, ok bool) {
	return a.Value, strings.HasPrefix(a.ActionID, askAction) && a.Value != ""
}

// listing returns the first page of a reply under a title, with the as-of lines moved to its beginning so that they are on that page; nil
// for a blank reply. A part that only repeats the title is left out.
func listing(title string, r bot.Reply, command string) []slack.Block {
	var parts []compose.Part
	fresh := 0
	for _, p := range compose.CleanParts(r.Parts) {
		switch {
		case p.Role == compose.RoleAsOf:
			parts = slices.Insert(parts, fresh, p)
			fresh++
		case p.String() != title:
			parts = append(parts, p)
		}
	}
	pages := compose.Messages(parts, room{text: homeText, blocks: homeBlocks, size: maxSize}.fits)
	if len(pages) == 0 {
		return nil
	}
	list := append([]slack.Block{slack.NewHeaderBlock(plain(title))}, blocks(pages[0])...)
	if len(pages) > 1 || r.Rest != "" {
		list = append(list, block(compose.Part{Role: compose.RoleHint, Text: "There is more: " + command}))
	}
	return list
}
