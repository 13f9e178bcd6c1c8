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
	Coverage    bot.Reply // topics, each with its newest source
	Corrections bot.Reply // the newest first
	Latest      bot.Reply // claims of the newest source
	Try         []string  // questions to try
}

// askAction begins the action_id of a button whose value is a question to ask.
const askAction = "ask:"

// Bounds of each listing on Home, in characters and blocks. Three of them, each with a header and a hint, and the rest are below the 100 blocks of a view
// (reference/block-kit/blocks), and nobody reads more there.
const (
	homeText   = 3000
	homeBlocks = 28
)

// home is the view for App Home. Each listing shows its first page, and how to see the rest.
func home(h homePage) slack.HomeTabViewRequest {
	list := []slack.Block{
		slack.NewHeaderBlock(plain("Parley")),
		block(compose.Part{Role: compose.RoleAnswer, Text: "Ask in a channel by naming Parley, here by a message, or anywhere by /parley ask and your question. " +
			"Every answer was written by a curator beforehand, and names its sources."}),
	}
	list = append(list, try(h.Try)...)
	list = append(list, listing("Coverage", h.Coverage, "/parley coverage")...)
	if h.Corrections.Outcome == answers.OutcomeAnswered { // else there are none
		list = append(list, listing("Corrections", h.Corrections, "/parley corrections")...)
	}
	list = append(list, listing("Latest changes", h.Latest, "/parley latest")...)
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: list}}
}

// maxTries is how many questions Home offers.
const maxTries = 3

// try offers questions, each with a button and the command that asks it.
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
		list = append(list, slack.NewSectionBlock(plain(q+"\n/parley ask "+q), nil, slack.NewAccessory(ask)))
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
