package slack

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"parley/bot/deliver"
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
	oldest := fmt.Sprintf("%d.000000", since.Add(-time.Minute).Unix()) // clocks differ
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
