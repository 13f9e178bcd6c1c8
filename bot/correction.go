package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/store"
)

// spreadAtOnce is how many replies are corrected in one batch.
const spreadAtOnce = 200

// Spread puts the corrections of all replies that recent changes concern into the outbox, and the answers to what people passed on to the
// curators and can be answered now. It returns how many there were, and may be repeated, by others too. A change that the library does not
// hold yet is left for the next time; it must have been swapped in before, so that no reply is still made from an older one.
func (b *Bot) Spread(ctx context.Context) (n int, err error) {
	lib, done := b.libraries.use()
	defer done()
	if n, err = b.spreadCorrections(ctx, lib); err != nil {
		return n, err
	}
	answered, err := b.spreadAnswers(ctx, lib)
	return n + answered, err
}

func (b *Bot) spreadCorrections(ctx context.Context, lib *library.Library) (n int, err error) {
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
			var items []store.Item
			for _, d := range concerned {
				it, worth, err := b.revision(ctx, lib, d, c.Number)
				if err != nil {
					return n, err
				}
				if worth {
					items = append(items, it)
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
// directly, if that is allowed, or waits for the person's next question; of better words alone nobody is told so.
func (b *Bot) revision(ctx context.Context, lib *library.Library, d store.Delivery, change int) (it store.Item, worth bool, err error) {
	var shown Reply
	if err := json.Unmarshal(d.Body, &shown); err != nil {
		return it, false, fmt.Errorf("read the reply %s: %w", d.ID, err)
	}
	now := b.config.Now()
	since := lib.Since(d.Shown)
	if since[len(since)-1].Number > change {
		return it, false, nil // that one tells of all
	}
	reply := revised(lib, shown, since, d.To.Private, answers.DateOf(now))
	body, err := json.Marshal(reply)
	if err != nil {
		return it, false, fmt.Errorf("write the reply %s: %w", d.ID, err)
	}
	it = store.Item{
		ID: fmt.Sprintf("change-%d-%s", change, d.ID), Delivery: d, Lane: lane(loaded(d.To)), Act: store.Revise, Body: body,
		Shown: reply.Answer.Stands(), Change: change, At: now,
	}
	if len(it.Shown) == 0 { // withdrawn: what becomes of it later concerns the reply still
		it.Shown = renewed(d.Shown, since)
	}
	if !slices.ContainsFunc(since, serious) && !editable(d, now) {
		return it, false, nil
	}
	return it, true, b.route(ctx, &it, now)
}

// editable reports whether a reply can still be edited, as far as is known. One that is still to arrive can, once it has.
func editable(d store.Delivery, now time.Time) bool {
	return len(d.Messages) == 0 || d.EditBy != "" && (d.EditUntil.IsZero() || now.Before(d.EditUntil))
}

// route decides how a revision reaches who asked.
func (b *Bot) route(ctx context.Context, it *store.Item, now time.Time) (err error) {
	if editable(it.Delivery, now) {
		return nil
	}
	to := it.Delivery.To
	it.Lane = personal(TeamID(to.Team), PersonID(to.Person))
	it.Act, it.State, err = b.instead(ctx, it.Delivery.Platform, to)
	return err
}

// spreadAnswers brings the answers to questions that people passed on to the curators, and that the record answers by now.
func (b *Bot) spreadAnswers(ctx context.Context, lib *library.Library) (n int, err error) {
	passed, err := b.store.Passed(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for questions that were passed on: %w", err)
	}
	now := b.config.Now()
	for _, d := range passed {
		var shown Reply
		if err := json.Unmarshal(d.Body, &shown); err != nil {
			return n, fmt.Errorf("read the reply %s: %w", d.ID, err)
		}
		a := again(lib, shown.About, answers.DateOf(now))
		if a.Outcome != answers.OutcomeAnswered {
			continue
		}
		r := Compose(lib.About(), a)
		r.Asked, r.About, r.Controls, r.Passed = shown.Asked, shown.About, controls(a, d.To.Private), true
		r.Parts = append([]Part{{Role: RoleNotice, Text: "You passed this question on to the curators. This is what our record says now."}}, r.Parts...)
		body, err := json.Marshal(r)
		if err != nil {
			return n, fmt.Errorf("write the reply %s: %w", d.ID, err)
		}
		it := store.Item{
			ID: store.AnsweredPrefix + d.ID, Delivery: d, Lane: lane(loaded(d.To)), Act: store.Revise, Body: body, Shown: a.Stands(), At: now,
		}
		if err := b.route(ctx, &it, now); err != nil {
			return n, err
		}
		if err := b.store.Revise(ctx, it); err != nil {
			return n, fmt.Errorf("queue the answer to %s: %w", d.ID, err)
		}
		n++
	}
	return n, nil
}

// renewed are items at the revisions that corrections have brought them to.
func renewed(refs []answers.Ref, since []answers.Correction) []answers.Ref {
	now := slices.Clone(refs)
	for i := range now {
		for _, c := range since {
			for _, r := range c.Items {
				if r.Noun == now[i].Noun && r.ID == now[i].ID {
					now[i].Revision = max(now[i].Revision, r.Revision)
				}
			}
		}
	}
	return now
}

// serious reports whether people must be told of a change, wherever they are.
func serious(c answers.Correction) bool {
	return c.Class == answers.Corrected || c.Class == answers.Withdrawal
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

// directly turns what is to be sent into something that the person is told in a conversation of two. It has no controls: what they stand
// on is the delivery, not what is told in its place.
func (out *outgoing) directly() {
	out.act, out.lane = store.Tell, personal(out.to.Team, out.to.Person)
	out.to = Address{Place: Place{Team: out.to.Team, Direct: true}, Person: out.to.Person}
	out.reply.ID, out.reply.Controls, out.before = DeliveryID("tell-"+out.item), nil, Receipt{}
}

// divert decides how a person is told of a revision that could not be made where the reply is.
func (b *Bot) divert(ctx context.Context, chat Chat, out *outgoing, end *store.Settlement) error {
	end.Due = time.Time{}
	if !out.reply.Passed && !slices.ContainsFunc(out.reply.Changes, serious) {
		end.State = store.Failed
		return nil
	}
	end.Lane, end.State = personal(out.to.Team, out.to.Person), store.Waiting
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
func revised(lib *library.Library, shown Reply, since []answers.Correction, private bool, today answers.Date) Reply {
	a := again(lib, shown.About, today)
	r := Compose(lib.About(), a)
	r.Asked, r.About = shown.Asked, shown.About
	r.Changes, r.Fresh = append(slices.Clone(shown.Changes), since...), len(since)
	switch {
	case slices.ContainsFunc(shown.Parts, func(p Part) bool { return p.Role == RolePlain }):
		r.Parts = []Part{{Role: RolePlain, Text: r.Text()}}
	case a.Notice == answers.WasWithdrawn && slices.ContainsFunc(r.Changes, func(c answers.Correction) bool { return c.Class == answers.Withdrawal }):
		r.Parts = []Part{withdrawn(r)}
		return r
	default:
		r.Controls = controls(a, private)
	}
	r.Parts = told(r.Changes, r.Parts)
	return r
}

// withdrawn is what is left of a reply when its answer is withdrawn: when, to which question, and why. What was corrected before is not said
// any more, since "what is right" would be withdrawn too.
func withdrawn(r Reply) Part {
	p := r.Parts[0]
	for _, c := range r.Changes {
		if c.Class == answers.Withdrawal {
			p.Heading = change(c).Heading
		}
	}
	return p
}

// note is what is said beside a reply that was corrected where many people may have read it; nil where nothing is.
func note(out outgoing, at time.Time) *outgoing {
	all := out.reply.Changes
	said := slices.DeleteFunc(slices.Clone(all[max(0, len(all)-out.reply.Fresh):]), func(c answers.Correction) bool { return !serious(c) })
	if out.to.Private || len(said) == 0 || len(out.before.Messages) == 0 {
		return nil
	}
	n := &outgoing{at: at, to: Address{Place: out.to.Place, Person: out.to.Person}}
	if n.to.Thread == "" {
		n.to.Thread = out.before.Messages[0]
	}
	n.reply = Reply{Parts: told(said, nil), About: Subject{Want: answers.IntentCorrections}, Beside: out.before.Messages[0]}
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
	known := map[string]bool{}
	for _, it := range slices.Backward(waiting) {
		out.reply.Told = append(out.reply.Told, it.ID)
		var r Reply
		if err := json.Unmarshal(it.Body, &r); err != nil {
			return fmt.Errorf("read the reply %s: %w", it.Delivery.ID, err)
		}
		p := news(r)
		if !known[p.Heading] && len(parts) < maxSince {
			known[p.Heading], parts = true, append(parts, p)
		}
	}
	out.reply.Parts = append(parts, out.reply.Parts...)
	return nil
}

// news is what a person is told of a reply that stands otherwise now.
func news(r Reply) Part {
	asked := clipped(r.Asked, 100)
	if r.Passed {
		return Part{Role: RoleNotice, Heading: "Answered since you passed it on: “" + asked + "”", Text: "Ask it again, and you get the answer."}
	}
	last := slices.DeleteFunc(r.Changes, func(c answers.Correction) bool { return !serious(c) })
	p := change(last[len(last)-1])
	p.Heading += ", since you asked “" + asked + "”"
	return p
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
