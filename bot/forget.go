package bot

import (
	"context"
	"fmt"
	"slices"

	"parley/answers"
	"parley/bot/compose"
	"parley/store"
)

// What somebody wants who asks what Parley holds of them, or wants to be forgotten. It is nobody's to refuse.
const (
	MyData   answers.Intent = "my-data"
	ForgetMe answers.Intent = "forget-me"
)

// aboutOneself reports whether a person wants what is theirs by right.
func aboutOneself(want answers.Intent) bool { return want == MyData || want == ForgetMe }

// forget removes what is on record of the person of an event, everywhere on the platform.
func (b *Bot) forget(ctx context.Context, chat Chat, in inbound) (Reply, error) {
	f, err := b.store.Forget(ctx, store.Person{Platform: chat.Name(), ID: string(in.Person.ID)}, string(in.delivery))
	if err != nil {
		return Reply{}, fmt.Errorf("forget a person: %w", err)
	}
	b.config.Log.InfoContext(ctx, "a person was forgotten", "reply", in.delivery, "platform", chat.Name(), "replies", f.Replies+f.Unnamed)
	r := notice("Done. Parley has forgotten you: your questions, the replies that only you saw, what you reported, and whether it may write to you.")
	if f.Unnamed > 0 {
		r.Parts = append(r.Parts, compose.Part{
			Role: compose.RoleHint, Text: "Replies that others saw stay, so that they can be corrected. They do not name you any more.",
		})
	}
	return r, nil
}

// forgetTeam removes what is on record of the team of an event.
func (b *Bot) forgetTeam(ctx context.Context, chat Chat, in inbound) error {
	f, err := b.store.ForgetTeam(ctx, chat.Name(), string(in.Place.Team), string(in.delivery))
	if err != nil {
		return fmt.Errorf("forget the team %s: %w", in.Place.Team, err)
	}
	b.config.Log.InfoContext(ctx, "Parley was removed from a team, and has forgotten it", "platform", chat.Name(), "team", in.Place.Team,
		"replies", f.Replies+f.Unnamed)
	return nil
}

// maxHeldShown is how many questions a person is shown of those on record; an operator can give all.
const maxHeldShown = 20

// held tells a person what is on record of them.
func (b *Bot) held(ctx context.Context, chat Chat, in inbound) (Reply, error) {
	h, err := b.store.Held(ctx, store.Person{Platform: chat.Name(), ID: string(in.Person.ID)})
	if err != nil {
		return Reply{}, fmt.Errorf("read what is held of a person: %w", err)
	}
	list := compose.Part{Role: compose.RoleList, Heading: "What Parley holds of you", Items: []compose.Item{
		{Text: fmt.Sprintf("%d questions and statements", len(h.Questions))},
		{Text: fmt.Sprintf("%d replies to you, with where they are", len(h.Replies))},
		{Text: fmt.Sprintf("%d reports and opinions", len(h.Feedback))},
	}}
	if len(h.Consents) > 0 {
		list.Items = append(list.Items, compose.Item{Text: "that it may write to you directly"})
	}
	for _, g := range h.Roles {
		list.Items = append(list.Items, compose.Item{Text: fmt.Sprintf("your role: %s", g.Role)})
	}
	if len(h.Changes) > 0 {
		list.Items = append(list.Items, compose.Item{Text: fmt.Sprintf("that you made %d changes of the record", len(h.Changes))})
	}
	r := Reply{Parts: []compose.Part{list}}
	asked := compose.Part{Role: compose.RoleList, Heading: "Your newest questions"}
	for _, q := range slices.Backward(h.Questions[max(0, len(h.Questions)-maxHeldShown):]) {
		asked.Items = append(asked.Items, compose.Item{Label: answers.DateOf(q.At).String(), Text: clipped(q.Text, 100)})
	}
	if len(asked.Items) > 0 {
		r.Parts = append(r.Parts, asked)
	}
	r.Parts = append(r.Parts, compose.Part{Role: compose.RoleHint, Text: "Those who run Parley can give you all of it as a file. “forget-me” in place of “my-data” removes it."})
	return r, nil
}
