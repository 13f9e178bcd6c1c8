package slack

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"parley/answers"
	"parley/bot"
	"parley/bot/deliver"
	"parley/bot/reading"
)

// arrival is one payload of Slack's, by Socket Mode or HTTP.
type arrival struct {
	kind    kind
	event   bot.Event  // for the bot, unless the kind says otherwise
	trigger string     // lets a modal be opened, once and within 3 s
	view    slack.View // of a submission
	reason  string     // why nothing more can come; "" if more can
	revoked bool       // the tokens were, which need not mean that the app was removed
}

type kind int

const (
	nothing    kind = iota // not for Parley, or of a kind that it does not know
	said                   // a message; Slack brings it again if it is not acknowledged
	commanded              // a slash command, answered in its acknowledgement or later
	clicked                // a button, or a shortcut on a message
	submitted              // a modal
	homeOpened             // the Home tab
	homeAsked              // a question on the Home tab
	removed                // the app was removed from a workspace
)

// answerWithin is how long a response_url takes answers (docs.slack.dev/interactivity/handling-user-interaction, "Sending immediate
// responses": five times within 30 minutes).
const answerWithin = 30 * time.Minute

// The names in deploy/slack/manifest.json.
const (
	slashCommand    = "/parley"
	checkShortcut   = "check"
	askShortcut     = "ask"
	correctShortcut = "correct"
)

// help is the text of a command without words.
const help = "help"

// fromCommand makes an event of a slash command.
func fromCommand(c slack.SlashCommand, now time.Time) arrival {
	e := bot.Event{
		ID:      bot.EventID("command/" + c.TriggerID),
		Place:   place(c.TeamID, c.ChannelID, ""),
		Person:  bot.Person{ID: deliver.PersonID(c.UserID)},
		Command: true, Via: deliver.Via(c.ResponseURL), ViaUntil: now.Add(answerWithin),
	}
	said := reading.Of(typed(c.Text, ""))
	text := said.Text
	want, rest, known := bot.Command(text)
	e.Linked = said.Linked
	switch {
	case text == "" && !said.Linked || strings.EqualFold(text, help):
		e.Text = help
	case strings.EqualFold(text, "settings"):
		e.Setup = &bot.Setup{}
	case known:
		e.Want, e.Text = want, rest
	default:
		e.Text, e.Verbless = text, true
	}
	return arrival{kind: commanded, event: e, trigger: c.TriggerID}
}

// fromInteraction makes an event of a click, a shortcut or a submitted modal.
func fromInteraction(i slack.InteractionCallback, now time.Time) arrival {
	e := bot.Event{
		ID:     bot.EventID("click/" + i.TriggerID),
		Place:  place(i.Team.ID, i.Channel.ID, i.Container.ThreadTs),
		Person: bot.Person{ID: deliver.PersonID(i.User.ID)},
		Via:    deliver.Via(i.ResponseURL), ViaUntil: now.Add(answerWithin),
	}
	if i.ResponseURL == "" {
		e.ViaUntil = time.Time{}
	}
	switch i.Type {
	case slack.InteractionTypeMessageAction:
		e.ID = bot.EventID("shortcut/" + i.TriggerID)
		// On the message that a thread hangs on, the menu is mostly that of the channel, and replies in a closed thread are not seen.
		if thread := i.Message.ThreadTimestamp; thread != i.Message.Timestamp {
			e.Place.Thread = deliver.MessageID(thread)
		}
		if i.CallbackID == correctShortcut {
			e.Click = &bot.Click{Verb: bot.Correct, Message: deliver.MessageID(i.Message.Timestamp)}
			return arrival{kind: clicked, event: e, trigger: i.TriggerID}
		}
		wants := map[string]answers.Intent{checkShortcut: answers.IntentCheck, askShortcut: answers.IntentQuestion}
		want, known := wants[i.CallbackID]
		if !known {
			return arrival{}
		}
		said := reading.Of(parts(i.Message.Msg)...)
		e.Want, e.Text, e.Linked, e.Command = want, said.Text, said.Linked, true
		return arrival{kind: clicked, event: e, trigger: i.TriggerID}
	case slack.InteractionTypeBlockActions:
		return fromClick(i, e)
	case slack.InteractionTypeViewSubmission:
		e.ID = bot.EventID("view/" + i.View.ID + "/" + i.View.Hash)
		at, click, ok := metadataFrom(i.View)
		if !ok {
			return arrival{}
		}
		e.Place, e.Via, e.ViaUntil = at, "", time.Time{}
		e.Place.Team = deliver.TeamID(i.Team.ID) // from Slack itself, not from the modal's metadata
		if e.Click = click; click != nil {
			e.Click.Fields, e.Click.Typed = formFields(i.View.State), true
		}
		return arrival{kind: submitted, event: e, view: i.View}
	default:
		return arrival{}
	}
}

// fromClick makes an event of a click: on a control of a reply, or on a question on the Home tab.
func fromClick(i slack.InteractionCallback, e bot.Event) arrival {
	for _, a := range i.ActionCallback.BlockActions {
		if a == nil {
			continue
		}
		if text, ok := question(*a); ok {
			e.Text = text
			return arrival{kind: homeAsked, event: e, trigger: i.TriggerID}
		}
		if click, ok := bot.ParseClick(cmp.Or(a.SelectedOption.Value, a.Value)); ok {
			e.Click = &click
			return arrival{kind: clicked, event: e, trigger: i.TriggerID}
		}
	}
	return arrival{}
}

// fromEvent makes an event of one of the Events API.
func fromEvent(outer slackevents.EventsAPIEvent, me identity) arrival {
	team := deliver.TeamID(outer.TeamID)
	switch inner := outer.InnerEvent.Data.(type) {
	case *slackevents.AppMentionEvent:
		if inner.BotID != "" || inner.User == string(me.user) {
			return arrival{}
		}
		a := fromMessage(team, inner.Channel, slack.Msg{
			User: inner.User, Text: inner.Text, Timestamp: inner.TimeStamp, ThreadTimestamp: inner.ThreadTimeStamp, Attachments: inner.Attachments,
		}, me, false)
		if inner.Edited != nil { // it comes again for an edit, or for the first time if that added the mention
			a.event.Edit(inner.Edited.TimeStamp)
		}
		return a
	case *slackevents.MessageEvent:
		return fromMessageEvent(team, inner, me)
	case *slackevents.AppHomeOpenedEvent:
		if inner.Tab != "" && inner.Tab != "home" {
			return arrival{}
		}
		return arrival{kind: homeOpened, event: bot.Event{Person: bot.Person{ID: deliver.PersonID(inner.User)}, Place: deliver.Place{Team: team}}}
	case *slackevents.AppUninstalledEvent:
		return fromRemoval(outer, me, "The Slack app was removed from its workspace: install it again and set the new token.")
	case *slackevents.TokensRevokedEvent:
		if len(inner.Tokens.Bot) == 0 {
			return arrival{} // those of people, of whom Parley has none
		}
		a := fromRemoval(outer, me, "The Slack app's tokens were revoked: install it again and set the new token.")
		a.revoked = true
		return a
	default:
		return arrival{}
	}
}

// fromRemoval makes an event of the end of Parley in a workspace. In its own, nothing more can come.
func fromRemoval(outer slackevents.EventsAPIEvent, me identity, reason string) arrival {
	a := arrival{kind: removed, event: bot.Event{Place: deliver.Place{Team: deliver.TeamID(outer.TeamID)}, Removed: true}}
	if callback, ok := outer.Data.(*slackevents.EventsAPICallbackEvent); ok && callback.EventID != "" {
		a.event.ID = bot.EventID("removed/" + callback.EventID)
	}
	if a.event.Place.Team == me.team {
		a.reason = reason
	}
	return a
}

// place is where something is said or clicked.
func place(team, channel, thread string) deliver.Place {
	return deliver.Place{Team: deliver.TeamID(team), Channel: deliver.ChannelID(channel), Thread: deliver.MessageID(thread), Direct: isDirect(channel)}
}

// isDirect reports whether a channel is a conversation of two: the id of one begins with D (docs.slack.dev/reference/methods/chat.update,
// "channel"). The two may be people; then Parley can only answer commands there, visible to the asker alone.
func isDirect(channel string) bool { return strings.HasPrefix(channel, "D") }

// fromMessage makes an event of a message. `message` and `app_mention` come for one message: both have the id of its place.
// It is answered in its thread, or in one that begins with it.
func fromMessage(team deliver.TeamID, channel string, m slack.Msg, me identity, overheard bool) arrival {
	thread, under := m.ThreadTimestamp, deliver.MessageID(m.ThreadTimestamp)
	if thread == "" || thread == m.Timestamp {
		thread, under = m.Timestamp, ""
	}
	var shared []string
	for _, a := range m.Attachments {
		if !a.IsMsgUnfurl && a.FromURL != "" && !a.IsShare {
			continue // the preview of a link
		}
		shared = append(shared, attached(a)...)
	}
	e := bot.Event{
		ID:     bot.EventID("message/" + string(team) + "/" + channel + "/" + m.Timestamp),
		Place:  place(string(team), channel, thread),
		Person: bot.Person{ID: deliver.PersonID(m.User)},
		Under:  under, Overheard: overheard,
	}
	e.Say(typed(m.Text, me.user), shared...)
	return arrival{kind: said, event: e}
}

// link matches the mentions, channels and links in a typed text: <@U1>, <#C1|news>, <https://example.com|here>.
var link = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)

// typed returns a text as a person typed it, without the mention of Parley and without Slack's marks (docs.slack.dev/messaging/formatting-message-text,
// "Retrieving messages").
func typed(text string, me deliver.PersonID) string {
	text = link.ReplaceAllStringFunc(text, func(mark string) string {
		m := link.FindStringSubmatch(mark)
		switch {
		case me != "" && m[1] == "@"+string(me):
			return " "
		case m[2] != "" && strings.HasSuffix(strings.TrimSuffix(m[1], "/"), "://"+strings.TrimSuffix(m[2], "/")):
			return m[1] // Slack made a link of an address that was typed
		case m[2] != "":
			return m[2]
		case strings.HasPrefix(m[1], "@"), strings.HasPrefix(m[1], "#"), strings.HasPrefix(m[1], "!"):
			return " "
		default:
			return m[1]
		}
	})
	return strings.TrimSpace(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text))
}

// envelopeOf reads the id of an envelope that the library could not read, so that it can be acknowledged: otherwise Slack brings it
// again and again.
func envelopeOf(raw json.RawMessage) string {
	var e struct {
		ID string `json:"envelope_id"`
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		return ""
	}
	return e.ID
}
