package slack

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/deliver"
)

// Receipt.EditBy: a public reply is edited by chat.update; a private one is posted anew to its response_url until that expires.
const (
	byUpdate = "chat.update"
	byURL    = "response_url"
)

// Every message carries metadata with the id of its delivery, by which Find recognises it.
const (
	markType = "parley_reply"
	markID   = "id"
)

// urlAnswers is how many answers a response_url takes (docs.slack.dev/interactivity/handling-user-interaction).
const urlAnswers = 5

// Pace is one message a second to a channel (docs.slack.dev/apis/web-api/rate-limits, "Rate limits for posting messages"). Private
// replies have no such limit.
func (c *Chat) Pace(to deliver.Address) time.Duration {
	if to.Private {
		return 0
	}
	return time.Second
}

// Post delivers a reply. A private one goes to the response_url if there is one, else as ephemeral messages; a public one to the channel,
// where it can be edited and found again. A direct conversation without a channel is opened first.
func (c *Chat) Post(ctx context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	messages := c.messages(to, r)
	if to.Private {
		return c.postEphemeral(ctx, deliver.Receipt{To: to}, messages, true)
	}
	return c.syncMessages(ctx, deliver.Receipt{To: to}, messages, r.ID)
}

// Revise edits a public reply. A private one cannot be edited (docs.slack.dev/reference/methods/chat.postEphemeral), so it is posted anew to
// its response_url; replace_original would replace the clicked message, or nothing after a command (github.com/slackapi/bolt-js, issue
// 2287), never the reply. Once the response_url takes no more, the failure is Closed: an unsolicited ephemeral message may never be seen.
func (c *Chat) Revise(ctx context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	messages := c.messages(old.To, r)
	if !old.To.Private {
		return c.syncMessages(ctx, old, messages, r.ID)
	}
	if old.Partial == deliver.PartialPost {
		return c.postEphemeral(ctx, old, messages, true)
	}
	anew := old
	if old.Partial != deliver.PartialFollowUp {
		anew = deliver.Receipt{To: old.To}
		if len(old.Messages)+len(messages) > urlAnswers {
			return deliver.Receipt{}, &deliver.Failure{Kind: deliver.Closed, Reason: "Slack takes no more answers where only the asker sees them"}
		}
	}
	anew, err := c.postEphemeral(ctx, anew, messages, false)
	anew.FollowedUp = err == nil
	if refused := (*deliver.Failure)(nil); errors.As(err, &refused) && refused.Kind == deliver.Refused {
		refused.Kind = deliver.Closed // somewhere else the person can still be told
	}
	return anew, err
}

// messages renders a reply for an address. The question is restated where it is not visible above the reply.
func (c *Chat) messages(to deliver.Address, r bot.Reply) []message {
	unseen := to.Private || to.Direct && to.Channel == ""
	return render(r, options{Restate: unseen && r.Asked != help})
}

// resolveChannel returns an address with its channel: that of a direct conversation is opened. Opening one again does no harm
// (docs.slack.dev/reference/methods/conversations.open: "Opens or resumes").
func (c *Chat) resolveChannel(ctx context.Context, to deliver.Address) (deliver.Address, error) {
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

// syncMessages brings the messages of a receipt in line with the given ones: it edits the existing, posts the missing and deletes the
// surplus. An edit names text and blocks, since text alone would remove the blocks.
func (c *Chat) syncMessages(ctx context.Context, receipt deliver.Receipt, messages []message, id deliver.DeliveryID) (deliver.Receipt, error) {
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
		receipt.Messages = append(receipt.Messages, deliver.MessageID(ts))
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

// asUneditable returns the failure of an edit, as Closed where the message stays but may not be edited: the person can still be told.
func asUneditable(err error) error {
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

// withMetadata puts the id of the reply on a message.
func withMetadata(id deliver.DeliveryID) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: markType, EventPayload: map[string]any{markID: string(id)}})
}

// postEphemeral posts messages to one person: to the response_url until it expires, then as ephemeral messages if allowed.
func (c *Chat) postEphemeral(ctx context.Context, receipt deliver.Receipt, messages []message, ephemeral bool) (deliver.Receipt, error) {
	receipt.EditBy, receipt.EditUntil, receipt.Partial = "", time.Time{}, deliver.Whole
	for i := len(receipt.Messages); i < len(messages); i++ { // the others were posted before a failure
		id := deliver.MessageID(byURL)
		var err error
		switch {
		case receipt.To.Via != "" && c.config.Now().Before(receipt.To.ViaUntil) && i < urlAnswers:
			err = c.postToURL(ctx, receipt.To, messages[i])
		case ephemeral:
			var ts string
			ts, err = c.api.PostEphemeralContext(ctx, string(receipt.To.Channel), string(receipt.To.Person), messages[i].content(), inThread(receipt.To))
			id = deliver.MessageID(ts)
		default:
			return receipt, &deliver.Failure{Kind: deliver.Closed, Reason: "Slack takes no more answers where only the asker sees them"}
		}
		if err != nil {
			err = failure(err, false)
			if f := (*deliver.Failure)(nil); errors.As(err, &f) && f.Kind == deliver.Postponed {
				receipt.EditBy, receipt.Partial = byURL, map[bool]deliver.Partial{true: deliver.PartialPost, false: deliver.PartialFollowUp}[ephemeral]
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

// postToURL posts a message to a response_url.
func (c *Chat) postToURL(ctx context.Context, to deliver.Address, m message) error {
	return c.webhook(ctx, to.Via, slack.WebhookMessage{Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks}, ThreadTimestamp: string(to.Thread)})
}

// webhook posts to a response_url what one person sees. Its errors do not tell the address.
func (c *Chat) webhook(ctx context.Context, via deliver.Via, m slack.WebhookMessage) error {
	off := false
	m.ResponseType, m.UnfurlLinks, m.UnfurlMedia = slack.ResponseTypeEphemeral, &off, &off
	return bot.WithoutURL(slack.PostWebhookCustomHTTPContext(ctx, string(via), c.web, &m))
}
