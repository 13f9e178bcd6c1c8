package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
)

// By what means a reply can be edited.
const byUpdate = "chat.update"

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
// else goes to the channel, where it can be edited and found again.
func (c *Chat) Post(ctx context.Context, to bot.Address, r bot.Reply) (bot.Receipt, error) {
	return c.bring(ctx, bot.Receipt{To: to}, r)
}

// Revise edits what everybody sees; to a single person it says the reply anew, since such messages cannot be edited
// (docs.slack.dev/reference/methods/chat.postEphemeral).
func (c *Chat) Revise(ctx context.Context, old bot.Receipt, r bot.Reply) (bot.Receipt, error) {
	if !old.To.Private {
		return c.bring(ctx, old, r)
	}
	anew, err := c.bring(ctx, bot.Receipt{To: old.To}, r)
	anew.FollowedUp = err == nil
	return anew, err
}

// bring makes the messages of a receipt say the reply: what is there is edited, what is missing posted, what is too much deleted.
func (c *Chat) bring(ctx context.Context, there bot.Receipt, r bot.Reply) (bot.Receipt, error) {
	messages := render(r, options{Restate: there.To.Private && r.Asked != help})
	if there.To.Private {
		return c.whisper(ctx, there, messages)
	}
	there.EditBy = byUpdate
	for i, m := range messages {
		if i < len(there.Messages) {
			_, _, _, err := c.api.UpdateMessageContext(ctx, string(there.To.Channel), string(there.Messages[i]), m.content(), marked(r.ID))
			if err != nil {
				return there, failure(err, true)
			}
			continue
		}
		_, ts, _, err := c.api.PostMessageWithResponseContext(ctx, string(there.To.Channel), m.content(), marked(r.ID), inThread(there.To))
		if err != nil {
			return there, failure(err, false)
		}
		there.Messages = append(there.Messages, bot.MessageID(ts))
	}
	for len(there.Messages) > len(messages) {
		last := len(there.Messages) - 1
		_, _, err := c.api.DeleteMessageContext(ctx, string(there.To.Channel), string(there.Messages[last]))
		if gone := (slack.SlackErrorResponse{}); err != nil && !(errors.As(err, &gone) && gone.Err == "message_not_found") {
			return there, failure(err, true)
		}
		there.Messages = there.Messages[:last]
	}
	return there, nil
}

func inThread(to bot.Address) slack.MsgOption {
	if to.Thread == "" {
		return slack.MsgOptionCompose()
	}
	return slack.MsgOptionTS(string(to.Thread))
}

// marked puts the id of the reply on a message.
func marked(id bot.DeliveryID) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: markType, EventPayload: map[string]any{markID: string(id)}})
}

// whisper says messages to one person.
func (c *Chat) whisper(ctx context.Context, there bot.Receipt, messages []message) (bot.Receipt, error) {
	for i, m := range messages {
		if i < len(there.Messages) {
			continue // said before a failure
		}
		id := bot.MessageID("response_url")
		var err error
		if byURL := there.To.Via != "" && time.Now().Before(there.To.ViaUntil) && i < urlAnswers; byURL {
			off := false
			err = slack.PostWebhookCustomHTTPContext(ctx, string(there.To.Via), c.web, &slack.WebhookMessage{
				Text: m.Text, Blocks: &slack.Blocks{BlockSet: m.Blocks}, ResponseType: slack.ResponseTypeEphemeral, ThreadTimestamp: string(there.To.Thread),
				UnfurlLinks: &off, UnfurlMedia: &off,
			})
		} else {
			var ts string
			ts, err = c.api.PostEphemeralContext(ctx, string(there.To.Channel), string(there.To.Person), m.content(), inThread(there.To))
			id = bot.MessageID(ts)
		}
		if err != nil {
			return there, failure(err, false)
		}
		there.Messages = append(there.Messages, id)
	}
	return there, nil
}

// maxLooked is how many messages Find looks through, a page being 200: what Parley posted is among the newest.
const (
	maxLooked = 1000
	pageSize  = 200
)

// Find looks for the messages of a reply by what marks them, among those posted since. What only one person sees cannot be found. The
// search needs the scope to read where it looks: without it, it is refused, and the outcome stays unknown.
func (c *Chat) Find(ctx context.Context, to bot.Address, id bot.DeliveryID, since time.Time) (bot.Receipt, error) {
	there := bot.Receipt{To: to, EditBy: byUpdate}
	if to.Private {
		return there, &bot.Failure{Kind: bot.Refused, Reason: "Slack cannot tell whether it arrived, since only one person sees it"}
	}
	oldest := fmt.Sprintf("%d.000000", since.Add(-time.Minute).Unix()) // clocks differ
	cursor := ""
	for looked := 0; looked < maxLooked; looked += pageSize {
		var page []slack.Message
		var err error
		if page, cursor, err = c.page(ctx, to, oldest, cursor); err != nil {
			return there, failure(err, true)
		}
		for _, m := range page {
			if m.Metadata.EventType == markType && m.Metadata.EventPayload[markID] == string(id) {
				there.Messages = append(there.Messages, bot.MessageID(m.Timestamp))
			}
		}
		if cursor == "" {
			slices.Sort(there.Messages) // timestamps of one length: in order of posting
			return there, nil
		}
	}
	return there, &bot.Failure{Kind: bot.Refused, Reason: "there are too many newer messages to look through"}
}

// page reads messages of a thread or a channel, with what marks them.
func (c *Chat) page(ctx context.Context, to bot.Address, oldest, cursor string) ([]slack.Message, string, error) {
	if to.Thread != "" {
		page, _, next, err := c.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: string(to.Channel), Timestamp: string(to.Thread), Oldest: oldest, Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true,
		})
		return page, next, err
	}
	h, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: string(to.Channel), Oldest: oldest, Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", err
	}
	return h.Messages, h.ResponseMetaData.NextCursor, nil
}
