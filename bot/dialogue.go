package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/answers"
	"parley/bot/deliver"
	"parley/store"
)

// idle is how long a dialogue waits for its next turn. After that, "and France?" leans on nothing that anybody remembers.
const idle = 30 * time.Minute

// conversation is the one that an event belongs to: all that is said in a place, or the commands of one person there, which nobody else sees.
func conversation(chat Chat, e Event) store.Conversation {
	c := store.Conversation{Platform: chat.Name(), Team: string(e.Place.Team), Channel: string(e.Place.Channel), Thread: string(e.Place.Thread)}
	if e.Command {
		c.Person = string(e.Person.ID)
	}
	return c
}

// dialogue is what was said before an event in its conversation: nothing after a long silence, or in no place at all.
func (b *Bot) dialogue(ctx context.Context, chat Chat, e Event, now time.Time) (d answers.Dialogue, err error) {
	if e.Place == (deliver.Place{}) {
		return d, nil
	}
	stored, found, err := b.store.Dialogue(ctx, conversation(chat, e))
	if err != nil {
		return d, fmt.Errorf("read the dialogue: %w", err)
	}
	body := stored.Body
	if e.Of != "" { // an edited turn leans on what was said before it, as far as that is known
		found, body = stored.Event == string(e.Of) && stored.Before != nil, stored.Before
	}
	if !found || now.Sub(stored.At) > idle {
		return d, nil
	}
	if err := json.Unmarshal(body, &d); err != nil {
		return answers.Dialogue{}, fmt.Errorf("read the dialogue: %w", err)
	}
	return d, nil
}

// talked is the dialogue after an event, to be stored with the response; nil in no place at all.
func talked(chat Chat, e Event, d answers.Dialogue, now time.Time) *store.Dialogue {
	if e.Place == (deliver.Place{}) {
		return nil
	}
	body, err := json.Marshal(d)
	if err != nil {
		return nil // a value of plain fields: it cannot fail
	}
	return &store.Dialogue{Conversation: conversation(chat, e), At: now, Body: body, Event: string(cmp.Or(e.Of, e.ID)), Again: e.Of != ""}
}
