package slack

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/deliver"
)

// Slack wants an acknowledgement within 3 s (docs.slack.dev/apis/events-api, "Responding to events").
const ackWithin = 2500 * time.Millisecond

const notOpened = "The form could not be opened, and nothing was done. Please try again."

// handle passes an arrival to receive and returns the payload of the acknowledgement. Without ack, Slack sends the arrival again.
func (c *Chat) handle(ctx context.Context, receive bot.Receive, a arrival) (payload any, ack bool) {
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	switch a.kind {
	case removed:
		return nil, c.handleRemoval(ctx, receive, a)
	case said:
		c.readUnder(ctx, &a.event)
		_, err := receive(ctx, a.event)
		c.logRefused(a, err)
		return nil, err == nil
	case commanded:
		return c.handleCommand(ctx, receive, a), true
	case clicked:
		reply, err := receive(ctx, a.event)
		c.logRefused(a, err)
		switch {
		case err != nil:
			c.background(func(ctx context.Context) error { return c.notify(ctx, a.event, bot.AtOnce(reply, err)) })
		case reply.Form != nil:
			c.background(func(ctx context.Context) error {
				if err := c.openModal(ctx, a.trigger, formModal(*reply.Form, a.event.Place)); err != nil {
					return errors.Join(err, c.notify(ctx, a.event, notOpened))
				}
				return nil
			})
		}
		return nil, true
	case submitted:
		return c.handleSubmission(ctx, receive, a), true
	case homeOpened:
		c.background(func(ctx context.Context) error { return c.publishHome(ctx, receive, a.event) })
		return nil, true
	case homeAsked:
		c.handleHomeQuestion(ctx, receive, a)
		return nil, true
	default:
		return nil, true
	}
}

// handleRemoval handles that the app was removed from a workspace, or its tokens revoked, which may also be because they leaked. Of its own one that
// may be old news: if Slack takes the token of today, nothing has changed. Else nothing more can come. What is on record of a workspace goes
// when the app is not installed there any more (docs.slack.dev/reference/methods/auth.revoke: revoking a token does not uninstall).
func (c *Chat) handleRemoval(ctx context.Context, receive bot.Receive, a arrival) (ack bool) {
	if a.reason != "" {
		_, err := c.api.AuthTestContext(ctx)
		if err == nil {
			return true
		}
		if _, gone := fatalSentence("PARLEY_SLACK_BOT_TOKEN", err); !gone {
			c.log.Warn("whether the app was removed could not be found out", "error", err)
			return false
		}
		if a.revoked && !uninstalled(err) {
			c.gone(errors.New(a.reason))
			return true
		}
	}
	_, err := receive(ctx, a.event)
	c.logRefused(a, err)
	if err == nil && a.reason != "" {
		c.gone(errors.New(a.reason))
	}
	return err == nil
}

// logRefused logs why an arrival was not taken in. That Parley is busy is counted elsewhere.
func (c *Chat) logRefused(a arrival, err error) {
	if err != nil && !errors.Is(err, bot.ErrBusy) {
		c.log.Error("an event was not taken in", "event", a.event.ID, "error", err)
	}
}

// handleCommand handles a slash command. An immediate answer goes into the acknowledgement.
func (c *Chat) handleCommand(ctx context.Context, receive bot.Receive, a arrival) any {
	reply, err := receive(ctx, a.event)
	c.logRefused(a, err)
	if err == nil && reply.Setup != nil {
		c.background(func(ctx context.Context) error {
			return c.openModal(ctx, a.trigger, settingsModal(*reply.Setup, a.event.Place))
		})
		return nil
	}
	text := bot.AtOnce(reply, err)
	switch payload := ackText(text); {
	case text == "":
		return nil
	case tooLarge(payload):
		c.background(func(ctx context.Context) error { return c.notify(ctx, a.event, text) })
		return nil
	default:
		return payload
	}
}

// maxAck is how many bytes an acknowledgement by Socket Mode must stay below, with its envelope, or it does not count (slack-go,
// Client.SendCtx). ackFrame exceeds the size of an envelope around an id of 36 characters.
const (
	maxAck   = 20 * 1024
	ackFrame = 200
)

// tooLarge reports whether an acknowledgement cannot hold a payload.
func tooLarge(payload any) bool {
	body, err := json.Marshal(payload)
	return err != nil || len(body) >= maxAck-ackFrame
}

// ackText returns the acknowledgement of a command that shows a text to its author alone.
func ackText(text string) any {
	off := false
	return slack.WebhookMessage{ResponseType: slack.ResponseTypeEphemeral, Text: escape(text), UnfurlLinks: &off, UnfurlMedia: &off}
}

// handleSubmission handles a submitted modal. Errors are shown in the modal.
func (c *Chat) handleSubmission(ctx context.Context, receive bot.Receive, a arrival) any {
	if a.event.Click == nil {
		wanted, problems := settingsFrom(a.view.State)
		if len(problems) > 0 {
			return slack.NewErrorsViewSubmissionResponse(problems)
		}
		a.event.Setup = &bot.Setup{New: &wanted}
	}
	reply, err := receive(ctx, a.event)
	c.logRefused(a, err)
	if text := bot.AtOnce(reply, err); text != "" {
		return slack.NewErrorsViewSubmissionResponse(map[string]string{firstInput(a.view): line(text, maxTextObject)})
	}
	return nil
}

// firstInput is the block_id of the first field of a modal: an error that is for none is shown as if Parley could not be reached.
func firstInput(v slack.View) string {
	for _, b := range v.Blocks.BlockSet {
		if b.BlockType() == slack.MBTInput {
			return b.ID()
		}
	}
	return bot.FieldText
}

// handleHomeQuestion answers a question of the Home tab in the asker's direct messages.
func (c *Chat) handleHomeQuestion(ctx context.Context, receive bot.Receive, a arrival) {
	to, err := c.resolveChannel(ctx, deliver.Address{Place: deliver.Place{Team: a.event.Place.Team, Direct: true}, Person: a.event.Person.ID})
	if err == nil {
		a.event.Place = to.Place
		a.event.Via, a.event.ViaUntil = "", time.Time{}
		_, err = receive(ctx, a.event)
	}
	c.logRefused(a, err)
}

// background runs work that need not precede the acknowledgement. Listen waits for it before it returns.
func (c *Chat) background(do func(context.Context) error) {
	c.tasks.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		if err := do(ctx); err != nil {
			c.log.Warn("what was wanted beside could not be done", "error", err)
		}
	})
}
