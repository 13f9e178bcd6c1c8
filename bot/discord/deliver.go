package discord

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
	"parley/bot/deliver"
)

// Receipt.EditBy: through the webhook of the interaction while its token is valid, or as a message of a channel.
const (
	byInteraction = "interaction"
	byChannel     = "channel"
)

// body is a message as Discord takes it. Nobody is ever pinged, and links show no preview.
func body(m message, private bool) map[string]any {
	flags := discordgo.MessageFlagsSuppressEmbeds
	if private {
		flags |= discordgo.MessageFlagsEphemeral
	}
	components := m.Components
	if components == nil {
		components = []discordgo.MessageComponent{} // an edit removes the former ones
	}
	return map[string]any{
		"content": m.Content, "components": components, "flags": flags,
		"allowed_mentions": map[string]any{"parse": []string{}, "replied_user": false},
	}
}

// Post delivers a reply: as the response to the interaction that it answers, else as messages of the channel.
func (c *Chat) Post(ctx context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	return c.syncMessages(ctx, deliver.Receipt{To: to}, r)
}

// Revise edits a reply: through its interaction while the token is valid, later as a message of its channel. An ephemeral reply, or one in
// a place without Parley, is Closed then: Discord allows neither an edit nor a message in its place.
func (c *Chat) Revise(ctx context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	if editExpired(old) {
		return old, &deliver.Failure{Kind: deliver.Closed, Reason: "Discord lets Parley edit this for 15 minutes, and these are over"}
	}
	receipt, err := c.syncMessages(ctx, old, r)
	if code := codeOf(err); (code == invalidToken || code == unknownWebhook) && !old.To.Private && !userInstalled(old.To.Via) {
		receipt.To.Via = "" // Discord's clock is ahead of ours; a public reply is a message of the channel, too
		receipt, err = c.syncMessages(ctx, receipt, r)
		receipt.To = old.To
	}
	var refused *deliver.Failure
	if errors.As(err, &refused) && refused.Kind == deliver.Refused && endsEditing(old.To, codeOf(err)) {
		refused.Kind = deliver.Closed
	}
	return receipt, err
}

// editExpired reports whether a reply could only be edited through its interaction, and the token has expired.
func editExpired(receipt deliver.Receipt) bool {
	return !tokenValid(receipt.To) && !toDM(receipt.To) && (receipt.To.Private || receipt.EditBy == byInteraction)
}

// endsEditing reports whether an error means that a reply to an interaction can be edited no more although it is still there: the interaction is
// over by Discord's clock, or Parley cannot reach the channel. The person who asked is known then, and can be told otherwise.
func endsEditing(to deliver.Address, code int) bool {
	switch code {
	case unknownWebhook, invalidToken, missingAccess, missingPermissions:
		return !to.ViaUntil.IsZero()
	default:
		return false
	}
}

// toDM reports whether an address is a person's direct messages: for notifications, and for errors shown to the author of a message alone.
// An answer to an interaction is addressed by the interaction, even when the record no longer holds its token.
func toDM(to deliver.Address) bool {
	return to.Direct && to.Channel == "" || to.Private && to.ViaUntil.IsZero()
}

// tokenValid reports whether the interaction of an address still takes responses.
func tokenValid(to deliver.Address) bool { return to.Via != "" && time.Now().Before(to.ViaUntil) }

// syncMessages brings the messages of a receipt in line with a reply: it edits the existing, posts the missing and deletes the surplus.
func (c *Chat) syncMessages(ctx context.Context, receipt deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	to := receipt.To
	if editExpired(receipt) {
		return receipt, &deliver.Failure{Kind: deliver.Refused, Reason: "Discord takes no more answers to this"}
	}
	if r.ReplyTo != "" {
		to.Thread = r.ReplyTo
	} else if len(receipt.Messages) > 0 && to.Thread == "" {
		to.Thread = receipt.Messages[0] // added messages refer to the first one, since others may have written below it
	}
	channel := to.Channel
	if toDM(to) {
		var err error
		if channel, err = c.openDM(ctx, to.Person); err != nil {
			return receipt, failure(err, true)
		}
	}
	messages := render(r, options{Restate: (to.Private || toDM(to)) && r.Asked != "help", Private: to.Private && !toDM(to)})
	for i, m := range messages {
		switch {
		case i < len(receipt.Messages):
			if err := c.edit(ctx, to, channel, receipt.Messages[i], m); err != nil {
				return receipt, failure(err, true)
			}
		default:
			id, err := c.post(ctx, to, channel, m, nonce(r.ID, i), i == 0)
			if err != nil {
				return receipt, failure(err, false) // its nonce lets it be repeated only for some minutes: Find knows
			}
			receipt.Messages = append(receipt.Messages, id)
		}
	}
	for len(receipt.Messages) > len(messages) {
		last := len(receipt.Messages) - 1
		err := c.changeMessage(ctx, http.MethodDelete, to, channel, receipt.Messages[last], nil)
		if err != nil && codeOf(err) != unknownMessage {
			return receipt, failure(err, true)
		}
		receipt.Messages = receipt.Messages[:last]
	}
	receipt.EditBy, receipt.EditUntil = byChannel, time.Time{}
	if to.Private && !toDM(to) || userInstalled(to.Via) {
		receipt.EditBy, receipt.EditUntil = byInteraction, to.ViaUntil
	}
	return receipt, nil
}

// post posts one message and returns its id.
func (c *Chat) post(ctx context.Context, to deliver.Address, channel deliver.ChannelID, m message, nonce string, isFirst bool) (deliver.MessageID, error) {
	if tokenValid(to) {
		return c.respond(ctx, to, m, isFirst)
	}
	content := body(m, false)
	content["nonce"], content["enforce_nonce"] = nonce, true
	if to.Thread != "" && channel == to.Channel {
		content["message_reference"] = map[string]any{"message_id": to.Thread, "channel_id": channel, "fail_if_not_exists": false}
	}
	var made struct{ ID deliver.MessageID }
	err := c.rest.do(ctx, http.MethodPost, discordgo.EndpointChannelMessages(string(channel)), string(channel), content, &made)
	return made.ID, err
}

// respond answers an interaction: by its first response, in place of a deferral, or after it.
func (c *Chat) respond(ctx context.Context, to deliver.Address, m message, isFirst bool) (deliver.MessageID, error) {
	i := c.talks.of(to.Via)
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.answered {
		id, err := c.firstResponse(ctx, i, to.Via, discordgo.InteractionResponseChannelMessageWithSource, body(m, to.Private))
		if codeOf(err) != alreadyAnswered {
			return id, err
		}
	}
	talk, token := parseVia(to.Via)
	_, app := c.self()
	var made struct{ ID deliver.MessageID }
	if i.deferred && isFirst {
		url := discordgo.EndpointWebhookMessage(app, token, "@original")
		err := c.rest.do(ctx, http.MethodPatch, url, webhookBucket+talk, editBody(m), &made)
		if err == nil {
			i.deferred = false
		}
		return made.ID, err
	}
	err := c.rest.do(ctx, http.MethodPost, discordgo.EndpointWebhookToken(app, token)+"?wait=true", webhookBucket+talk, body(m, to.Private), &made)
	return made.ID, err
}

// editBody is a message as an edit takes it: that only one person sees it cannot be changed.
func editBody(m message) map[string]any { return body(m, false) }

func (c *Chat) edit(ctx context.Context, to deliver.Address, channel deliver.ChannelID, id deliver.MessageID, m message) error {
	return c.changeMessage(ctx, http.MethodPatch, to, channel, id, editBody(m))
}

// changeMessage edits or deletes a message: by its interaction as long as that lasts, so that Parley need not see the channel.
func (c *Chat) changeMessage(ctx context.Context, method string, to deliver.Address, channel deliver.ChannelID, id deliver.MessageID, body any) error {
	if tokenValid(to) {
		talk, token := parseVia(to.Via)
		_, app := c.self()
		return c.rest.do(ctx, method, discordgo.EndpointWebhookMessage(app, token, string(id)), webhookBucket+talk, body, nil)
	}
	return c.rest.do(ctx, method, discordgo.EndpointChannelMessage(string(channel), string(id)), string(channel), body, nil)
}

// openDM opens the direct messages with a person.
func (c *Chat) openDM(ctx context.Context, person deliver.PersonID) (deliver.ChannelID, error) {
	var made struct{ ID deliver.ChannelID }
	err := c.rest.do(ctx, http.MethodPost, discordgo.EndpointUserChannels("@me"), "direct", map[string]any{"recipient_id": person}, &made)
	return made.ID, err
}

// nonce names one message of a reply. Discord takes 25 characters (resources/message.md, "Create Message").
func nonce(id deliver.DeliveryID, page int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", id, page))
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])[:25]
}

// nonceLasts is for how long Discord surely recognises a nonce ("a few minutes").
const nonceLasts = 2 * time.Minute

// Find returns the messages of a reply that arrived. A message of a channel may be posted again while its nonce lasts; the first response
// to an interaction can be fetched; for later responses the failure is Refused.
func (c *Chat) Find(ctx context.Context, known deliver.Receipt, _ deliver.DeliveryID, since time.Time) (deliver.Receipt, error) {
	to := known.To
	receipt := deliver.Receipt{To: to}
	if since.After(to.ViaUntil) { // whatever was posted has a nonce
		if age := time.Since(since); age >= 0 && age < nonceLasts { // one from the future was made by a clock that was wrong
			return receipt, nil
		}
		return receipt, &deliver.Failure{Kind: deliver.Refused, Reason: "Discord cannot tell any more whether it arrived"}
	}
	if !tokenValid(to) {
		return receipt, &deliver.Failure{Kind: deliver.Refused, Reason: "Discord takes no more answers to this"}
	}
	if len(known.Messages) > 0 {
		return receipt, &deliver.Failure{Kind: deliver.Refused, Reason: "Discord cannot tell whether the rest of it arrived"}
	}
	talk, token := parseVia(to.Via)
	_, app := c.self()
	var made struct {
		ID    deliver.MessageID
		Flags discordgo.MessageFlags
	}
	err := c.rest.get(ctx, discordgo.EndpointWebhookMessage(app, token, "@original"), webhookBucket+talk, &made)
	switch {
	case codeOf(err) == unknownMessage || codeOf(err) == unknownWebhook:
		return receipt, nil
	case err != nil:
		return receipt, failure(err, true)
	}
	i := c.talks.of(to.Via)
	i.mu.Lock()
	defer i.mu.Unlock()
	i.answered = true
	if made.Flags&discordgo.MessageFlagsLoading != 0 {
		i.deferred = true // the message is only a deferral
		return receipt, nil
	}
	receipt.Messages = []deliver.MessageID{made.ID}
	return receipt, nil
}
