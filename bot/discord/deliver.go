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

// By what means a reply can be edited: by the interaction that it answers, as long as that lasts, or as a message of a channel.
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
		components = []discordgo.MessageComponent{} // an edit takes away what was there
	}
	return map[string]any{
		"content": m.Content, "components": components, "flags": flags,
		"allowed_mentions": map[string]any{"parse": []string{}, "replied_user": false},
	}
}

// Post delivers a reply: as the response to the interaction that it answers, else as messages of the channel.
func (c *Chat) Post(ctx context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	return c.bring(ctx, deliver.Receipt{To: to}, r)
}

// Revise edits a reply: by its interaction as long as that lasts, after that as a message of its channel. What only one person sees, and
// what stands where Parley is not, is closed then: Discord lets nobody edit it, nor say anything in its place.
func (c *Chat) Revise(ctx context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	if over(old) {
		return old, &deliver.Failure{Kind: deliver.Closed, Reason: "Discord lets Parley edit this for 15 minutes, and these are over"}
	}
	there, err := c.bring(ctx, old, r)
	if code := codeOf(err); (code == invalidToken || code == unknownWebhook) && !old.To.Private && !outside(old.To.Via) {
		there.To.Via = "" // Discord's clock is ahead of ours; what all see is a message of the channel, too
		there, err = c.bring(ctx, there, r)
		there.To = old.To
	}
	var refused *deliver.Failure
	if errors.As(err, &refused) && refused.Kind == deliver.Refused && ends(old.To, codeOf(err)) {
		refused.Kind = deliver.Closed
	}
	return there, err
}

// over reports whether a reply could be edited by its interaction alone, and that is over.
func over(there deliver.Receipt) bool {
	return !open(there.To) && !personal(there.To) && (there.To.Private || there.EditBy == byInteraction)
}

// ends reports whether an error means that a reply to an interaction can be edited no more although it is still there: the interaction is
// over by Discord's clock, or Parley cannot reach the channel. The person who asked is known then, and can be told otherwise.
func ends(to deliver.Address, code int) bool {
	switch code {
	case unknownWebhook, invalidToken, missingAccess, missingPermissions:
		return !to.ViaUntil.IsZero()
	default:
		return false
	}
}

// personal reports whether an address is that of a person's own direct messages: what Parley tells by itself, and an error about a message,
// which its author alone is told. What answers an interaction is addressed by it, even when the record no longer holds its secret.
func personal(to deliver.Address) bool {
	return to.Direct && to.Channel == "" || to.Private && to.ViaUntil.IsZero()
}

// open reports whether the interaction that a reply answers still takes responses.
func open(to deliver.Address) bool { return to.Via != "" && time.Now().Before(to.ViaUntil) }

// bring makes the messages of a receipt say the reply: what is there is edited, what is missing posted, what is too much deleted.
func (c *Chat) bring(ctx context.Context, there deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	to := there.To
	if over(there) {
		return there, &deliver.Failure{Kind: deliver.Refused, Reason: "Discord takes no more answers to this"}
	}
	if r.ReplyTo != "" {
		to.Thread = r.ReplyTo
	} else if len(there.Messages) > 0 && to.Thread == "" {
		to.Thread = there.Messages[0] // what is added stands below what others have said since
	}
	channel := to.Channel
	if personal(to) {
		var err error
		if channel, err = c.direct(ctx, to.Person); err != nil {
			return there, failure(err, true)
		}
	}
	messages := render(r, options{Restate: (to.Private || personal(to)) && r.Asked != "help", Private: to.Private && !personal(to)})
	for i, m := range messages {
		switch {
		case i < len(there.Messages):
			if err := c.edit(ctx, to, channel, there.Messages[i], m); err != nil {
				return there, failure(err, true)
			}
		default:
			id, err := c.say(ctx, to, channel, m, nonce(r.ID, i), i == 0)
			if err != nil {
				return there, failure(err, false) // its nonce lets it be repeated only for some minutes: Find knows
			}
			there.Messages = append(there.Messages, id)
		}
	}
	for len(there.Messages) > len(messages) {
		last := len(there.Messages) - 1
		err := c.onMessage(ctx, http.MethodDelete, to, channel, there.Messages[last], nil)
		if err != nil && codeOf(err) != unknownMessage {
			return there, failure(err, true)
		}
		there.Messages = there.Messages[:last]
	}
	there.EditBy, there.EditUntil = byChannel, time.Time{}
	if to.Private && !personal(to) || outside(to.Via) {
		there.EditBy, there.EditUntil = byInteraction, to.ViaUntil
	}
	return there, nil
}

// say posts one message and tells its id.
func (c *Chat) say(ctx context.Context, to deliver.Address, channel deliver.ChannelID, m message, nonce string, isFirst bool) (deliver.MessageID, error) {
	if open(to) {
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
		id, err := c.first(ctx, i, to.Via, discordgo.InteractionResponseChannelMessageWithSource, body(m, to.Private))
		if codeOf(err) != alreadyAnswered {
			return id, err
		}
	}
	talk, token := split(to.Via)
	_, app := c.self()
	var made struct{ ID deliver.MessageID }
	if i.deferred && isFirst {
		url := discordgo.EndpointWebhookMessage(app, token, "@original")
		err := c.rest.do(ctx, http.MethodPatch, url, webhookBucket+talk, edited(m), &made)
		if err == nil {
			i.deferred = false
		}
		return made.ID, err
	}
	err := c.rest.do(ctx, http.MethodPost, discordgo.EndpointWebhookToken(app, token)+"?wait=true", webhookBucket+talk, body(m, to.Private), &made)
	return made.ID, err
}

// edited is a message as an edit takes it: that only one person sees it cannot be changed.
func edited(m message) map[string]any { return body(m, false) }

func (c *Chat) edit(ctx context.Context, to deliver.Address, channel deliver.ChannelID, id deliver.MessageID, m message) error {
	return c.onMessage(ctx, http.MethodPatch, to, channel, id, edited(m))
}

// onMessage edits or deletes a message: by its interaction as long as that lasts, so that Parley need not see the channel.
func (c *Chat) onMessage(ctx context.Context, method string, to deliver.Address, channel deliver.ChannelID, id deliver.MessageID, body any) error {
	if open(to) {
		talk, token := split(to.Via)
		_, app := c.self()
		return c.rest.do(ctx, method, discordgo.EndpointWebhookMessage(app, token, string(id)), webhookBucket+talk, body, nil)
	}
	return c.rest.do(ctx, method, discordgo.EndpointChannelMessage(string(channel), string(id)), string(channel), body, nil)
}

// direct opens the direct messages with a person.
func (c *Chat) direct(ctx context.Context, person deliver.PersonID) (deliver.ChannelID, error) {
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

// Find tells whether a reply arrived. A message of a channel may be posted again for as long as its nonce lasts; the first response to
// an interaction can be asked for; of what came after that, nobody can tell.
func (c *Chat) Find(ctx context.Context, known deliver.Receipt, _ deliver.DeliveryID, since time.Time) (deliver.Receipt, error) {
	to := known.To
	there := deliver.Receipt{To: to}
	if since.After(to.ViaUntil) { // whatever was posted has a nonce
		if time.Since(since) < nonceLasts {
			return there, nil
		}
		return there, &deliver.Failure{Kind: deliver.Refused, Reason: "Discord cannot tell any more whether it arrived"}
	}
	if !open(to) {
		return there, &deliver.Failure{Kind: deliver.Refused, Reason: "Discord takes no more answers to this"}
	}
	if len(known.Messages) > 0 {
		return there, &deliver.Failure{Kind: deliver.Refused, Reason: "Discord cannot tell whether the rest of it arrived"}
	}
	talk, token := split(to.Via)
	_, app := c.self()
	var made struct {
		ID    deliver.MessageID
		Flags discordgo.MessageFlags
	}
	err := c.rest.get(ctx, discordgo.EndpointWebhookMessage(app, token, "@original"), webhookBucket+talk, &made)
	switch {
	case codeOf(err) == unknownMessage || codeOf(err) == unknownWebhook:
		return there, nil
	case err != nil:
		return there, failure(err, true)
	}
	i := c.talks.of(to.Via)
	i.mu.Lock()
	defer i.mu.Unlock()
	i.answered = true
	if made.Flags&discordgo.MessageFlagsLoading != 0 {
		i.deferred = true // what is there is only a deferral
		return there, nil
	}
	there.Messages = []deliver.MessageID{made.ID}
	return there, nil
}
