package slack

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
)

// By what means a reply can be brought up to date: what everybody sees is edited; what one person alone sees is said anew, as long as its
// response_url lives. The rest mark one of which only the first messages arrived, so that it is gone on with and not begun again.
const (
	byUpdate    = "chat.update"
	byURL       = "response_url"
	postRest    = "post the rest"
	sayAnewRest = "say the rest anew"
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
func (c *Chat) Pace(to bot.Address) time.Duration {
	if to.Private {
		return 0
	}
	return time.Second
}

// Post delivers a reply. What only one person sees goes by the response_url where there is one, else as an ephemeral message; all
// else goes to the channel, where it can be edited and found again. A direct conversation without a channel is opened first.
func (c *Chat) Post(ctx context.Context, to bot.Address, r bot.Reply) (bot.Receipt, error) {
	messages := c.messages(to, r)
	if to.Private {
		return c.postEphemeral(ctx, bot.Receipt{To: to}, messages, true)
	}
	return c.syncMessages(ctx, bot.Receipt{To: to}, messages, r.ID)
}

// Revise edits what everybody sees. What one person alone sees cannot be edited (docs.slack.dev/reference/methods/chat.postEphemeral), so
// it is said anew by the response_url that it went by; replace_original would take the place of what was clicked, or of nothing after
// a command (github.com/slackapi/bolt-js, issue 2287), never of the reply. Once the response_url takes no more, nothing is said: whether
// an ephemeral message that comes unasked is seen, nobody knows.
func (c *Chat) Revise(ctx context.Context, old bot.Receipt, r bot.Reply) (bot.Receipt, error) {
	messages := c.messages(old.To, r)
	if !old.To.Private {
		return c.syncMessages(ctx, old, messages, r.ID)
	}
	if old.EditBy == postRest {
		return c.postEphemeral(ctx, old, messages, true)
	}
	anew := old
	if old.EditBy != sayAnewRest {
		anew = bot.Receipt{To: old.To}
		if len(old.Messages)+len(messages) > urlAnswers {
			return bot.Receipt{}, &bot.Failure{Kind: bot.Closed, Reason: "Slack takes no more answers where only the asker sees them"}
		}
	}
	anew, err := c.postEphemeral(ctx, anew, messages, false)
	anew.FollowedUp = err == nil
	if refused := (*bot.Failure)(nil); errors.As(err, &refused) && refused.Kind == bot.Refused {
		refused.Kind = bot.Closed // somewhere else the person can still be told
	}
	return anew, err
}

// messages are those of a reply at an address. Where nobody sees what was asked, it is said.
func (c *Chat) messages(to bot.Address, r bot.Reply) []message {
	unseen := to.Private || to.Direct && to.Channel == ""
	return render(r, options{Restate: unseen && r.Asked != help})
}

// resolveChannel returns an address with the channel of the direct conversation that it is for. To open one again does no harm
// (docs.slack.dev/reference/methods/conversations.open: "Opens or resumes").
func (c *Chat) resolveChannel(ctx context.Context, to bot.Address) (bot.Address, error) {
	if !to.Direct || to.Channel != "" {
		return to, nil
	}
	channel, _, _, err := c.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(to.Person)}})
	if err != nil {
		return to, err
	}
	to.Channel = bot.ChannelID(channel.ID)
	return to, nil
}

// syncMessages makes the messages of a receipt say others: what is there is edited, what is missing posted, what is too much deleted. An edit
// names text and blocks, since text alone would take the blocks away.
func (c *Chat) syncMessages(ctx context.Context, receipt bot.Receipt, messages []message, id bot.DeliveryID) (bot.Receipt, error) {
	to, err := c.resolveChannel(ctx, receipt.To)
	if err != nil {
		return receipt, failure(err, true)
	}
	receipt.EditBy, receipt.EditUntil = byUpdate, time.Time{}
	for i, m := range messages {
		if i < len(receipt.Messages) {
			if err := c.edits.wait(ctx, c.config.Now()); err != nil {
				return receipt, err
			}
			_, _, _, err := c.api.UpdateMessageContext(ctx, string(to.Channel), string(receipt.Messages[i]), m.content(), withMetadata(id))
			if err != nil {
				return receipt, asUneditable(failure(err, true))
			}
			continue
		}
		_, ts, _, err := c.api.PostMessageWithResponseContext(ctx, string(to.Channel), m.content(), withMetadata(id), inThread(to))
		if err != nil {
			return receipt, failure(err, false)
		}
		receipt.Messages = append(receipt.Messages, bot.MessageID(ts))
	}
	for len(receipt.Messages) > len(messages) {
		last := len(receipt.Messages) - 1
		_, _, err := c.api.DeleteMessageContext(ctx, string(to.Channel), string(receipt.Messages[last]))
		if gone := (slack.SlackErrorResponse{}); err != nil && !(errors.As(err, &gone) && gone.Err == "message_not_found") {
			return receipt, failure(err, true)
		}
		receipt.Messages = receipt.Messages[:last]
	}
	return receipt, nil
}

// asUneditable is a failure of an edit. Where the message stays but must not be edited, the person can still be told.
func asUneditable(err error) error {
	var refused slack.SlackErrorResponse
	var f *bot.Failure
	if errors.As(err, &refused) && (refused.Err == "cant_update_message" || refused.Err == "edit_window_closed") && errors.As(err, &f) {
		f.Kind = bot.Closed
	}
	return err
}

func inThread(to bot.Address) slack.MsgOption {
	if to.Thread == "" {
		return slack.MsgOptionCompose()
	}
	return slack.MsgOptionTS(string(to.Thread))
}

// withMetadata puts the id of the reply on a message.
func withMetadata(id bot.DeliveryID) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: markType, EventPayload: map[string]any{markID: string(id)}})
}

// postEphemeral says messages to one person: by the response_url while it lives, and as ephemeral messages if they may be.
func (c *Chat) postEphemeral(ctx context.Context, receipt bot.Receipt, messages []message, ephemeral bool) (bot.Receipt, error) {
	receipt.EditBy, receipt.EditUntil = "", time.Time{}
	for i := len(receipt.Messages); i < len(messages); i++ { // the others were said before a failure
		id := bot.MessageID(byURL)
		var err error
		switch {
		case receipt.To.Via != "" && c.config.Now().Before(receipt.To.ViaUntil) && i < urlAnswers:
			err = c.postToURL(ctx, receipt.To, messages[i])
		case ephemeral:
			var ts string
			ts, err = c.api.PostEphemeralContext(ctx, string(receipt.To.Channel), string(receipt.To.Person), messages[i].content(), inThread(receipt.To))
			id = bot.MessageID(ts)
		default:
			return receipt, &bot.Failure{Kind: bot.Closed, Reason: "Slack takes no more answers where only the asker sees them"}
		}
		if err != nil {
			err = failure(err, false)
			if f := (*bot.Failure)(nil); errors.As(err, &f) && f.Kind == bot.Postponed {
				receipt.EditBy = map[bool]string{true: postRest, false: sayAnewRest}[ephemeral]
			}
			return receipt, err
		}
		receipt.Messages = append(receipt.Messages, id)
	}
	if said := len(receipt.Messages); said > 0 && said < urlAnswers && receipt.Messages[said-1] == byURL {
		receipt.EditBy, receipt.EditUntil = byURL, receipt.To.ViaUntil
	}
	return receipt, nil
}

// postToURL says a message by a response_url.
func (c *Chat) postToURL(ctx context.Context, to bot.Address, m message) error {
	off := false
	return slack.PostWebhookCustomHTTPContext(ctx, string(to.Via), c.web, &slack.WebhookMessage{
		Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks}, ResponseType: slack.ResponseTypeEphemeral, ThreadTimestamp: string(to.Thread),
		UnfurlLinks: &off, UnfurlMedia: &off,
	})
}
