package slack

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/deliver"
)

// By what means a reply can be brought up to date: what everybody sees is edited; what one person alone sees is said anew, as long as its
// response_url lives.
const (
	byUpdate = "chat.update"
	byURL    = "response_url"
)

// mark is what tells Parley's messages apart afterwards: the metadata that each carries.
const (
	markType = "parley_reply"
	markID   = "id"
)

// urlAnswers is how many answers a response_url takes (docs.slack.dev/interactivity/handling-user-interaction).
const urlAnswers = 5

// Pace is one message a second to a channel (docs.slack.dev/apis/web-api/rate-limits, "Rate limits for posting messages"). What only one
// person sees has no such limit.
func (c *Chat) Pace(to deliver.Address) time.Duration {
	if to.Private {
		return 0
	}
	return time.Second
}

// Post delivers a reply. What only one person sees goes by the response_url where there is one, else as an ephemeral message; all
// else goes to the channel, where it can be edited and found again. A direct conversation without a channel is opened first.
func (c *Chat) Post(ctx context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	messages := c.messages(to, r)
	if to.Private {
		return c.whisper(ctx, deliver.Receipt{To: to}, messages, true)
	}
	return c.bring(ctx, deliver.Receipt{To: to}, messages, r.ID)
}

// Revise edits what everybody sees. What one person alone sees cannot be edited (docs.slack.dev/reference/methods/chat.postEphemeral), so
// it is said anew by the response_url that it went by; replace_original would take the place of what was clicked, or of nothing after
// a command (github.com/slackapi/bolt-js, issue 2287), never of the reply. Once the response_url takes no more, nothing is said: whether
// an ephemeral message that comes unasked is seen, nobody knows.
func (c *Chat) Revise(ctx context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	messages := c.messages(old.To, r)
	if !old.To.Private {
		return c.bring(ctx, old, messages, r.ID)
	}
	if old.Partial == deliver.PartialPost {
		return c.whisper(ctx, old, messages, true)
	}
	anew := old
	if old.Partial != deliver.PartialFollowUp {
		anew = deliver.Receipt{To: old.To}
		if len(old.Messages)+len(messages) > urlAnswers {
			return deliver.Receipt{}, &deliver.Failure{Kind: deliver.Closed, Reason: "Slack takes no more answers where only the asker sees them"}
		}
	}
	anew, err := c.whisper(ctx, anew, messages, false)
	anew.FollowedUp = err == nil
	if refused := (*deliver.Failure)(nil); errors.As(err, &refused) && refused.Kind == deliver.Refused {
		refused.Kind = deliver.Closed // somewhere else the person can still be told
	}
	return anew, err
}

// messages are those of a reply at an address. Where nobody sees what was asked, it is said.
func (c *Chat) messages(to deliver.Address, r bot.Reply) []message {
	unseen := to.Private || to.Direct && to.Channel == ""
	return render(r, options{Restate: unseen && r.Asked != help})
}

// opened is an address with the channel of the direct conversation that it is for. To open one again does no harm
// (docs.slack.dev/reference/methods/conversations.open: "Opens or resumes").
func (c *Chat) opened(ctx context.Context, to deliver.Address) (deliver.Address, error) {
	if !to.Direct || to.Channel != "" {
		return to, nil
	}
	channel, _, _, err := c.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(to.Person)}})
	if err != nil {
		return to, err
	}
	to.Channel = deliver.ChannelID(channel.ID)
	return to, nil
}

// bring makes the messages of a receipt say others: what is there is edited, what is missing posted, what is too much deleted. An edit
// names text and blocks, since text alone would take the blocks away.
func (c *Chat) bring(ctx context.Context, there deliver.Receipt, messages []message, id deliver.DeliveryID) (deliver.Receipt, error) {
	to, err := c.opened(ctx, there.To)
	if err != nil {
		return there, failure(err, true)
	}
	there.EditBy, there.EditUntil = byUpdate, time.Time{}
	for i, m := range messages {
		if i < len(there.Messages) {
			if err := c.edits.wait(ctx, c.config.Now()); err != nil {
				return there, err
			}
			_, _, _, err := c.api.UpdateMessageContext(ctx, string(to.Channel), string(there.Messages[i]), m.content(), marked(id))
			if err != nil {
				return there, uneditable(failure(err, true))
			}
			continue
		}
		_, ts, _, err := c.api.PostMessageWithResponseContext(ctx, string(to.Channel), m.content(), marked(id), inThread(to))
		if err != nil {
			return there, failure(err, false)
		}
		there.Messages = append(there.Messages, deliver.MessageID(ts))
	}
	for len(there.Messages) > len(messages) {
		last := len(there.Messages) - 1
		_, _, err := c.api.DeleteMessageContext(ctx, string(to.Channel), string(there.Messages[last]))
		if gone := (slack.SlackErrorResponse{}); err != nil && !(errors.As(err, &gone) && gone.Err == "message_not_found") {
			return there, failure(err, true)
		}
		there.Messages = there.Messages[:last]
	}
	return there, nil
}

// uneditable is a failure of an edit. Where the message stays but must not be edited, the person can still be told.
func uneditable(err error) error {
	var refused slack.SlackErrorResponse
	var f *deliver.Failure
	if errors.As(err, &refused) && (refused.Err == "cant_update_message" || refused.Err == "edit_window_closed") && errors.As(err, &f) {
		f.Kind = deliver.Closed
	}
	return err
}

func inThread(to deliver.Address) slack.MsgOption {
	if to.Thread == "" {
		return slack.MsgOptionCompose()
	}
	return slack.MsgOptionTS(string(to.Thread))
}

// marked puts the id of the reply on a message.
func marked(id deliver.DeliveryID) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: markType, EventPayload: map[string]any{markID: string(id)}})
}

// whisper says messages to one person: by the response_url while it lives, and as ephemeral messages if they may be.
func (c *Chat) whisper(ctx context.Context, there deliver.Receipt, messages []message, ephemeral bool) (deliver.Receipt, error) {
	there.EditBy, there.EditUntil, there.Partial = "", time.Time{}, deliver.Whole
	for i := len(there.Messages); i < len(messages); i++ { // the others were said before a failure
		id := deliver.MessageID(byURL)
		var err error
		switch {
		case there.To.Via != "" && c.config.Now().Before(there.To.ViaUntil) && i < urlAnswers:
			err = c.answer(ctx, there.To, messages[i])
		case ephemeral:
			var ts string
			ts, err = c.api.PostEphemeralContext(ctx, string(there.To.Channel), string(there.To.Person), messages[i].content(), inThread(there.To))
			id = deliver.MessageID(ts)
		default:
			return there, &deliver.Failure{Kind: deliver.Closed, Reason: "Slack takes no more answers where only the asker sees them"}
		}
		if err != nil {
			err = failure(err, false)
			if f := (*deliver.Failure)(nil); errors.As(err, &f) && f.Kind == deliver.Postponed {
				there.EditBy, there.Partial = byURL, map[bool]deliver.Partial{true: deliver.PartialPost, false: deliver.PartialFollowUp}[ephemeral]
			}
			return there, err
		}
		there.Messages = append(there.Messages, id)
	}
	if said := len(there.Messages); said > 0 && said < urlAnswers && there.Messages[said-1] == byURL {
		there.EditBy, there.EditUntil = byURL, there.To.ViaUntil
	}
	return there, nil
}

// answer says a message by a response_url.
func (c *Chat) answer(ctx context.Context, to deliver.Address, m message) error {
	off := false
	return slack.PostWebhookCustomHTTPContext(ctx, string(to.Via), c.web, &slack.WebhookMessage{
		Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks}, ResponseType: slack.ResponseTypeEphemeral, ThreadTimestamp: string(to.Thread),
		UnfurlLinks: &off, UnfurlMedia: &off,
	})
}
