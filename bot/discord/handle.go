package discord

import (
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
	"parley/bot/deliver"
)

// Deadlines for taking an event in, of which package bot gives committing it 2 s, and for completing an option: Discord waits 3 s for the first
// response, and it must still be sent then.
const (
	takeWithin     = 2500 * time.Millisecond
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

// handle passes an arrival to receive. When it returns without error, the event is on record, or needs not be.
func (c *Chat) handle(ctx context.Context, receive bot.Receive, a arrival) error {
	began := time.Now()
	if a.kind == typing {
		return c.complete(ctx, within(completeWithin, receive), a)
	}
	receive = within(takeWithin, receive)
	switch a.kind {
	case said:
		reply, err := receive(ctx, a.event)
		if err != nil && a.event.Of == "" { // Discord does not bring messages again
			c.tasks.Go(func() { c.notify(a.event.Person.ID, bot.AtOnce(reply, err)) })
		}
		return err
	case removed:
		_, err := receive(ctx, a.event)
		return err
	case asked:
	default:
		return nil
	}
	if a.problem != "" {
		return c.respondNow(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(message{Content: escape(a.problem)}, true))
	}
	if done, err := c.handleSetting(ctx, receive, a); done {
		return err
	}
	reply, err := receive(ctx, a.event)
	switch text := bot.AtOnce(reply, err); {
	case reply.Form != nil:
		return c.openForm(ctx, a, *reply.Form)
	case reply.Setup != nil:
		return c.respondNow(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(settingsMessage(*reply.Setup), true))
	case err == nil && reply.Outcome != "": // an answer from memory
		to := deliver.Address{Place: a.event.Place, Person: a.event.Person.ID, Private: true, Via: a.event.Via, ViaUntil: a.event.ViaUntil}
		_, err := c.Post(ctx, to, reply)
		return err
	case text != "":
		if err != nil && !errors.Is(err, bot.ErrBusy) {
			c.log.Error("an event was not taken in", "event", a.event.ID, "error", err)
		}
		return c.respondNow(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(message{Content: escape(text)}, true))
	default:
		c.deferLater(a, c.config.DeferAfter-time.Since(began))
		return nil
	}
}

// openForm opens a form.
func (c *Chat) openForm(ctx context.Context, a arrival, f bot.Form) error {
	form := formModal(f) // the library would send keys that a modal does not have
	return c.respondNow(ctx, a, discordgo.InteractionResponseModal,
		map[string]any{"custom_id": form.CustomID, "title": form.Title, "components": form.Components})
}

// notify says something to a person in direct messages.
func (c *Chat) notify(person deliver.PersonID, text string) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	channel, err := c.openDM(ctx, person)
	if err == nil {
		_, err = c.post(ctx, deliver.Address{Person: person}, channel, message{Content: escape(text)}, nonce(deliver.DeliveryID(text+time.Now().String()), 0), true)
	}
	if err != nil {
		c.log.Warn("a person could not be told that a question was not taken", "error", err)
	}
}

// complete offers completions of an option; none if that takes too long.
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
	return c.respondNow(ctx, a, discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": choices})
}

// Limits of autocompletion (interactions/application-commands.md, "Application Command Option Choice Structure"; interactions/
// receiving-and-responding.md, "Autocomplete").
const (
	maxChoices = 25
	maxChoice  = 100
)

// handleSetting takes a menu of the settings message: one thing is changed, and the message shows how things are then.
func (c *Chat) handleSetting(ctx context.Context, receive bot.Receive, a arrival) (done bool, err error) {
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
			return true, c.respondNow(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(message{Content: escape(problem)}, true))
		}
		change := a.event
		change.Setup = &bot.Setup{New: &changed}
		now, err = receive(ctx, change)
	}
	if text := bot.AtOnce(now, err); text != "" || now.Setup == nil {
		return true, c.respondNow(ctx, a, discordgo.InteractionResponseChannelMessageWithSource, body(message{Content: escape(text)}, true))
	}
	return true, c.respondNow(ctx, a, discordgo.InteractionResponseUpdateMessage, body(settingsMessage(*now.Setup), true))
}
