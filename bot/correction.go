package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/answers"
	"parley/store"
)

// spreadAtOnce is how many replies are corrected in one batch.
const spreadAtOnce = 200

// Spread puts the corrections of all replies that recent changes concern into the outbox, and returns how many there were. It may be
// repeated, by others too. A change that the library does not hold yet is left for the next time; it must have been swapped in before, so
// that no reply is still made from an older one.
func (b *Bot) Spread(ctx context.Context) (n int, err error) {
	lib, done := b.libraries.use()
	defer done()
	waiting, err := b.store.ToSpread(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for corrections to spread: %w", err)
	}
	for _, c := range waiting {
		if !slices.ContainsFunc(lib.Contents().Corrections, func(known answers.Correction) bool { return known.Number == c.Number }) {
			break
		}
		for after := ""; ; {
			concerned, err := b.store.Concerned(ctx, c.Number, after, spreadAtOnce)
			if err != nil {
				return n, fmt.Errorf("look for what correction %d concerns: %w", c.Number, err)
			}
			if len(concerned) == 0 {
				break
			}
			items := make([]store.Item, len(concerned))
			for i, d := range concerned {
				if items[i], err = b.revision(ctx, lib, d, c.Number); err != nil {
					return n, err
				}
			}
			if err := b.store.Revise(ctx, items...); err != nil {
				return n, fmt.Errorf("queue correction %d: %w", c.Number, err)
			}
			n += len(items)
			after = concerned[len(concerned)-1].ID
		}
		if err := b.store.Spread(ctx, c.Number, b.config.Now()); err != nil {
			return n, fmt.Errorf("note that correction %d is spread: %w", c.Number, err)
		}
	}
	return n, nil
}

// revision is the item by which a reply is brought to where the record stands now. What can be edited no more goes to the person
// directly, if that is allowed, or waits for the person's next question.
func (b *Bot) revision(ctx context.Context, lib *answers.Library, d store.Delivery, change int) (store.Item, error) {
	var shown Reply
	if err := json.Unmarshal(d.Body, &shown); err != nil {
		return store.Item{}, fmt.Errorf("read the reply %s: %w", d.ID, err)
	}
	now := b.config.Now()
	reply := revised(lib, shown, lib.Since(d.Shown), d.To.Private, answers.DateOf(now))
	body, err := json.Marshal(reply)
	if err != nil {
		return store.Item{}, fmt.Errorf("write the reply %s: %w", d.ID, err)
	}
	it := store.Item{
		ID: fmt.Sprintf("change-%d-%s", change, d.ID), Delivery: d, Lane: lane(loaded(d.To)), Act: store.Revise, Body: body,
		Shown: reply.Answer.Stands(), Change: change, At: now,
	}
	if len(d.Messages) > 0 && (d.EditBy == "" || !d.EditUntil.IsZero() && !now.Before(d.EditUntil)) {
		it.Lane = personal(TeamID(d.To.Team), PersonID(d.To.Person))
		it.Act, it.State, err = b.instead(ctx, d.Platform, d.To)
	}
	return it, err
}

// instead is how a person is told of a correction where the reply cannot be edited.
func (b *Bot) instead(ctx context.Context, platform string, to store.Address) (store.Act, store.State, error) {
	allowed, err := b.store.Consent(ctx, platform, to.Team, to.Person)
	if err != nil {
		return "", "", fmt.Errorf("look whether %s may be written to: %w", to.Person, err)
	}
	if allowed {
		return store.Tell, store.Queued, nil
	}
	return store.Revise, store.Waiting, nil
}

// personal is the lane of what is told to one person directly, or waits for them.
func personal(team TeamID, who PersonID) string { return string(team) + "//" + string(who) }

// directly turns what is to be sent into something that the person is told in a conversation of two.
func (out *outgoing) directly() {
	out.act, out.lane = store.Tell, personal(out.to.Team, out.to.Person)
	out.to = Address{Place: Place{Team: out.to.Team, Direct: true}, Person: out.to.Person}
	out.reply.ID, out.before = DeliveryID("tell-"+out.item), Receipt{}
	out.reply.Controls = nil // which are those of a reply on record, and this is none
}

// divert decides how a person is told of a revision that could not be made where the reply is.
func (b *Bot) divert(ctx context.Context, chat Chat, out *outgoing, end *store.Settlement) error {
	end.Lane = personal(out.to.Team, out.to.Person)
	end.State, end.Due = store.Waiting, time.Time{}
	if out.act == store.Tell {
		return nil // it was tried
	}
	var err error
	if end.Act, end.State, err = b.instead(ctx, chat.Name(), stored(out.to)); err != nil {
		return err
	}
	if end.Act == store.Tell {
		out.directly()
	}
	return nil
}

// revised is a reply as the record stands now, saying what has changed since it was given.
func revised(lib *answers.Library, shown Reply, since []answers.Correction, private bool, today answers.Date) Reply {
	a := again(lib, shown.About, today)
	r := Compose(a)
	r.Asked, r.About = shown.Asked, shown.About
	r.Changes = append(slices.Clone(shown.Changes), since...)
	told := changes(r.Changes)
	switch {
	case slices.ContainsFunc(shown.Parts, func(p Part) bool { return p.Role == RolePlain }):
		r.Parts = []Part{{Role: RolePlain, Text: r.Text()}}
	case a.Notice == answers.WasWithdrawn && slices.ContainsFunc(r.Changes, func(c answers.Correction) bool { return c.Class == answers.Withdrawal }):
		// What was right before is so no more, and the question says what was withdrawn.
		told = changes(slices.DeleteFunc(slices.Clone(r.Changes), func(c answers.Correction) bool { return c.Class != answers.Withdrawal }))[:1]
		told[0].Text, r.Parts = r.Text(), nil
	default:
		r.Controls = controls(a, private)
	}
	r.Parts = append(told, r.Parts...)
	return r
}

// note is what is said beside a reply that was corrected where many people may have read it; nil where nothing is.
func note(out outgoing, at time.Time) *outgoing {
	said := slices.DeleteFunc(slices.Clone(out.reply.Changes), func(c answers.Correction) bool {
		return c.Number > out.change || c.Class != answers.Corrected && c.Class != answers.Withdrawal
	})
	if out.to.Private || len(said) == 0 || said[len(said)-1].Number != out.change || len(out.before.Messages) == 0 {
		return nil
	}
	n := &outgoing{at: at, to: Address{Place: out.to.Place, Person: out.to.Person}}
	if n.to.Thread == "" {
		n.to.Thread = out.before.Messages[0]
	}
	n.reply = Reply{Parts: changes(said[len(said)-1:]), About: Subject{Want: answers.IntentCorrections}}
	n.reply.ID = DeliveryID(fmt.Sprintf("note-%d-%s-%s", out.change, n.to.Channel, n.to.Thread))
	return n
}

// maxSince is how many corrections a person is told of with one answer; what is older is in the log.
const maxSince = 3

// sinceAsked puts before an answer what has changed of what the person was told earlier and could not be told of otherwise. It is told
// where nobody else sees it, since it says what the person asked.
func (b *Bot) sinceAsked(ctx context.Context, chat Chat, out *outgoing) error {
	if !out.to.Private && !out.to.Direct && (out.to.Team != "" || !out.to.ViaUntil.IsZero()) {
		return nil // without a team, that is a conversation between people; what comes by no platform is a terminal
	}
	waiting, err := b.store.Waiting(ctx, chat.Name(), personal(out.to.Team, out.to.Person))
	if err != nil {
		return fmt.Errorf("look what waits for %s: %w", out.to.Person, err)
	}
	var parts []Part
	told := map[string]bool{}
	for _, it := range slices.Backward(waiting) {
		out.reply.Told = append(out.reply.Told, it.ID)
		var r Reply
		if err := json.Unmarshal(it.Body, &r); err != nil {
			return fmt.Errorf("read the reply %s: %w", it.Delivery.ID, err)
		}
		for _, p := range changes(r.Changes[max(0, len(r.Changes)-1):]) {
			p.Heading += ", since you asked “" + clipped(r.Asked, 100) + "”"
			if !told[p.Heading] && len(parts) < maxSince {
				told[p.Heading], parts = true, append(parts, p)
			}
		}
	}
	out.reply.Parts = append(parts, out.reply.Parts...)
	return nil
}

// consent notes whether a person allows Parley to write to them directly.
func (b *Bot) consent(ctx context.Context, chat Chat, in accepted) (Reply, error) {
	switch in.Text {
	case "on", "off":
	default:
		return notice("Type “notify on” if Parley may write to you directly when an answer that only you saw is corrected, or “notify off” if it " +
			"may not. Without that, it tells you with the next answer."), nil
	}
	err := b.store.SetConsent(ctx, chat.Name(), string(in.Place.Team), string(in.Person.ID), in.Text == "on", b.config.Now())
	if err != nil {
		return Reply{}, fmt.Errorf("note what %s allows: %w", in.Person.ID, err)
	}
	if in.Text == "on" {
		return notice("Noted: Parley writes to you when an answer that only you saw is corrected."), nil
	}
	return notice("Noted: Parley does not write to you by itself."), nil
}
