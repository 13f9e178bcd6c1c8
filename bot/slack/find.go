package slack

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/deliver"
	"parley/bot/reading"
)

// Find looks through the newest 1000 messages, in pages of 200.
const (
	maxLooked = 1000
	pageSize  = 200
)

// Find looks for the messages of a reply by their metadata, among the messages posted since. Private replies cannot be found. The search
// needs the scope to read the channel: without it the failure is Refused, and the outcome stays unknown.
func (c *Chat) Find(ctx context.Context, known deliver.Receipt, id deliver.DeliveryID, since time.Time) (deliver.Receipt, error) {
	to := known.To
	receipt := deliver.Receipt{To: to, EditBy: byUpdate}
	if to.Private {
		return receipt, &deliver.Failure{Kind: deliver.Refused, Reason: "Slack cannot tell whether it arrived, since only one person sees it"}
	}
	to, err := c.resolveChannel(ctx, to)
	if err != nil {
		return receipt, failure(err, true)
	}
	oldest := "" // a thread begins with its first message, whatever our clock says
	if to.Thread == "" {
		if oldest, err = c.oldest(ctx, since); err != nil {
			return receipt, err
		}
	}
	cursor := ""
	for looked := 0; looked < maxLooked; looked += pageSize {
		var page []slack.Message
		var err error
		if page, cursor, err = c.page(ctx, to, oldest, cursor); err != nil {
			return receipt, failure(err, true)
		}
		for _, m := range page {
			if m.Metadata.EventType == markType && m.Metadata.EventPayload[markID] == string(id) {
				receipt.Messages = append(receipt.Messages, deliver.MessageID(m.Timestamp))
			}
		}
		if cursor == "" {
			slices.Sort(receipt.Messages) // timestamps of one length: in order of posting
			return receipt, nil
		}
	}
	return receipt, &deliver.Failure{Kind: deliver.Refused, Reason: "there are too many newer messages to look through"}
}

// clockMargin is by how much our clock may have been set right or wrong since a reply was made: that much before is searched, too.
const clockMargin = 10 * time.Minute

// oldest returns from when on a channel is searched for what was posted since, by Slack's clock. Where our clock was so far ahead, when that was noted,
// that it lies in the future, nobody can tell: what is not found then may have been posted before.
func (c *Chat) oldest(ctx context.Context, since time.Time) (string, error) {
	ahead, known := c.clock.Ahead()
	if !known {
		if _, err := c.api.AuthTestContext(ctx); err != nil { // any call tells Slack's time
			return "", failure(err, true)
		}
		ahead, _ = c.clock.Ahead()
	}
	since = since.Add(-ahead)
	if since.After(c.config.Now().Add(clockMargin - ahead)) {
		return "", &deliver.Failure{Kind: deliver.Refused, Reason: "this machine's clock was wrong, so that it cannot be told whether it arrived"}
	}
	return fmt.Sprintf("%d.000000", since.Add(-clockMargin).Unix()), nil
}

// page returns one page of messages of a thread or a channel, with their metadata, and the cursor of the next.
func (c *Chat) page(ctx context.Context, to deliver.Address, oldest, cursor string) ([]slack.Message, string, error) {
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

// readWithin bounds how long reading the message above delays the acknowledgement.
const readWithin = time.Second

// readUnder reads the message on which a thread hangs, where an event asks whether that is true. Where Parley may not read it, as in channels
// without the scope for their history, it stays unread; one of Parley's own is none to check.
func (c *Chat) readUnder(ctx context.Context, e *bot.Event) {
	if e.Under == "" || !e.Verifies() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	page, _, _, err := c.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: string(e.Place.Channel), Timestamp: string(e.Under), Inclusive: true, Limit: 1,
	})
	switch {
	case err != nil:
		c.log.Info("the message above a question was not read", "event", e.ID, "error", err)
	case len(page) > 0 && page[0].Timestamp == string(e.Under) && (page[0].User == string(c.me().user) || page[0].BotID != "" && page[0].BotID == c.me().bot):
		e.Under = ""
	case len(page) > 0 && page[0].Timestamp == string(e.Under):
		e.UnderText = reading.Of(parts(page[0].Msg)...).Text
	}
}
