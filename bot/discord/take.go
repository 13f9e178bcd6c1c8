package discord

import (
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
)

// How long it may take to put an event on record, and to find what somebody may be typing: Discord waits 3 s for the first response, which
// must still be sent then.
const (
	takeWithin     = 2 * time.Second
	completeWithin = 1500 * time.Millisecond
)

// within bounds how long receiving takes, and nothing after it.
func within(limit time.Duration, receive bot.Receive) bot.Receive {
	end := time.Now().Add(limit)
	return func(ctx context.Context, e bot.Event) (bot.Reply, error) {
		ctx, cancel := context.WithDeadline(ctx, end)
		defer cancel()
		return receive(ctx, e)
	}
}

// take hands an arrival on. When it returns without error, the event is on record, or needs not be.
func (c *Chat) take(ctx context.Context, receive bot.Receive, a arrival) error {
	began := time.Now()
	if a.kind == typing {
		return c.complete(ctx, within(completeWithin, receive), a)
	}
	receive = within(takeWithin, receive)
	switch a.kind {
	case said:
		reply, err := receive(ctx, a.event)
		if err != nil { // Discord does not bring messages again
			c.asides.Go(func() { c.tell(a.event.Person.ID, bot.AtOnce(reply, err)) })
		}
		return err
	case mute:
		c.asides.Go(func() {
			c.tell(a.event.Person.ID, "Your answer to a message of mine came without its text, since its ping was off. To ask me, mention me or use /parley ask.")
		})
		return nil
	case asked:
	default:
		return nil
	}
	if a.problem != "" {
		return c.atOnce(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(message{Content: escape(a.problem)}, true))
	}
	if done, err := c.takeSetting(ctx, receive, a); done {
		return err
	}
	reply, err := receive(ctx, a.event)
	switch text := bot.AtOnce(reply, err); {
	case reply.Form != nil:
		return c.ask(ctx, a, *reply.Form)
	case reply.Setup != nil:
		return c.atOnce(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(settingsMessage(*reply.Setup), true))
	case text != "":
		if err != nil && !errors.Is(err, bot.ErrBusy) {
			c.log.Error("an event was not taken in", "event", a.event.ID, "error", err)
		}
		return c.atOnce(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(message{Content: escape(text)}, true))
	default:
		c.deferLater(a, c.config.DeferAfter-time.Since(began))
		return nil
	}
}

// ask opens a form.
func (c *Chat) ask(ctx context.Context, a arrival, f bot.Form) error {
	form := formModal(f) // of which the library would send more than a modal has
	return c.atOnce(ctx, a, discordgo.InteractionResponseModal,
		map[string]any{"custom_id": form.CustomID, "title": form.Title, "components": form.Components})
}

// tell says something to a person in direct messages.
func (c *Chat) tell(person bot.PersonID, text string) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	channel, err := c.direct(ctx, person)
	if err == nil {
		_, err = c.say(ctx, bot.Address{Person: person}, channel, message{Content: escape(text)}, nonce(bot.DeliveryID(text+time.Now().String()), 0), true)
	}
	if err != nil {
		c.log.Warn("a person could not be told that a question was not taken", "error", err)
	}
}

// complete offers what somebody may be typing; nothing if that takes too long.
func (c *Chat) complete(ctx context.Context, receive bot.Receive, a arrival) error {
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	if a.event.Complete != nil {
		reply, err := receive(ctx, bot.Event{Person: a.event.Person, Complete: a.event.Complete})
		if err != nil {
			c.log.Warn("nothing could be offered", "error", err)
		}
		for _, choice := range reply.Choices[:min(len(reply.Choices), maxChoices)] {
			choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: line(choice.Name, maxChoice), Value: line(choice.Name, maxChoice)})
		}
	}
	return c.atOnce(ctx, a, discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": choices})
}

// Limits of autocompletion (interactions/application-commands.md, "Application Command Option Choice Structure"; interactions/
// receiving-and-responding.md, "Autocomplete").
const (
	maxChoices = 25
	maxChoice  = 100
)

// takeSetting takes a menu of the settings message: one thing is changed, and the message shows how things are then.
func (c *Chat) takeSetting(ctx context.Context, receive bot.Receive, a arrival) (done bool, err error) {
	data, ok := a.interaction.Data.(discordgo.MessageComponentInteractionData)
	if !ok || a.event.Setup == nil {
		return false, nil
	}
	look := a.event
	look.Setup = &bot.Setup{}
	now, err := receive(ctx, look)
	if err == nil && now.Setup != nil {
		changed, problem, _ := settingsFrom(*now.Setup, data.CustomID, data.Values)
		if problem != "" {
			return true, c.atOnce(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(message{Content: escape(problem)}, true))
		}
		change := a.event
		change.Setup = &bot.Setup{New: &changed}
		now, err = receive(ctx, change)
	}
	if text := bot.AtOnce(now, err); text != "" || now.Setup == nil {
		return true, c.atOnce(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(message{Content: escape(text)}, true))
	}
	return true, c.atOnce(ctx, a, discordgo.InteractionResponseUpdateMessage, body(settingsMessage(*now.Setup), true))
}
