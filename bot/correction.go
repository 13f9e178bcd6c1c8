package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/store"
)

// fanOutBatch is how many replies are corrected in one batch.
const fanOutBatch = 200

// FanOut puts the corrections of all replies that recent changes concern into the outbox, and the answers to what people passed on to the
// curators and can be answered now. It returns how many there were, and may be repeated, by others too. A change that the library does not
// hold yet is left for the next time; it must have been swapped in before, so that no reply is still made from an older one.
func (b *Bot) FanOut(ctx context.Context) (n int, err error) {
	lib, done := b.libraries.use()
	defer done()
	if n, err = b.fanOutCorrections(ctx, lib); err != nil {
		return n, err
	}
	answered, err := b.fanOutAnswers(ctx, lib)
	return n + answered, err
}

func (b *Bot) fanOutCorrections(ctx context.Context, lib *library.Library) (n int, err error) {
	waiting, err := b.store.PendingFanOut(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for corrections to spread: %w", err)
	}
	for _, c := range waiting {
		if !slices.ContainsFunc(lib.Contents().Corrections, func(known answers.Correction) bool { return known.Number == c.Number }) {
			break
		}
		for after := ""; ; {
			concerned, err := b.store.Affected(ctx, c.Number, after, fanOutBatch)
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
		if err := b.store.MarkFannedOut(ctx, c.Number, b.config.Now()); err != nil {
			return n, fmt.Errorf("note that correction %d is spread: %w", c.Number, err)
		}
	}
	return n, nil
}

// revision is the item by which a reply is brought to where the record stands now. What can be edited no more goes to the person
// directly, if that is allowed, or waits for the person's next question; of better words alone nobody is told so.
func (b *Bot) revision(ctx context.Context, lib *library.Library, d store.Delivery, change int) (it store.Item, worth bool, err error) {
	shown, ok, err := b.read(ctx, store.AsideReply, d.ID, d.Body)
	if err != nil || !ok {
		return it, false, err
	}
	now := b.config.Now()
	since := lib.Since(d.Shown)
	if since[len(since)-1].Number > change {
		return it, false, nil // that one tells of all
	}
	reply := revised(lib, shown, since, d.To.Private, answers.DateOf(now))
	reply.Question = shown.Question
	reply.Parts = reply.marked(reply.Parts)
	body, err := json.Marshal(reply)
	if err != nil {
		return it, false, fmt.Errorf("write the reply %s: %w", d.ID, err)
	}
	it = store.Item{
		ID: fmt.Sprintf("change-%d-%s", change, d.ID), Delivery: d, Lane: deliver.Lane(deliver.Stored(d.To)), Act: store.Revise, Body: body,
		Shown: reply.Answer.Stands(), Change: change, MustReach: slices.ContainsFunc(reply.Changes, compose.Serious), At: now,
	}
	if len(it.Shown) == 0 { // withdrawn: what becomes of it later concerns the reply still
		it.Shown = renewed(d.Shown, since)
	}
	if (!slices.ContainsFunc(since, compose.Serious) || d.To.Person == "") && !deliver.Editable(d, now) {
		return it, false, nil // there is nobody to tell otherwise
	}
	return it, true, b.outbox.Route(ctx, &it, now)
}

// fanOutAnswers brings the answers to questions that people passed on to the curators, and that the record answers by now.
func (b *Bot) fanOutAnswers(ctx context.Context, lib *library.Library) (n int, err error) {
	passed, err := b.store.OpenEscalations(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for questions that were passed on: %w", err)
	}
	now := b.config.Now()
	for _, d := range passed {
		shown, ok, err := b.read(ctx, store.AsideReply, d.ID, d.Body)
		if err != nil {
			return n, err
		}
		if !ok {
			continue
		}
		a := again(lib, shown.About, answers.DateOf(now))
		if a.Outcome != answers.OutcomeAnswered {
			continue
		}
		r := Compose(lib.About(), a)
		r.Asked, r.About, r.Controls, r.Escalation = shown.Asked, shown.About, controls(r, d.To.Private), true
		r.Parts = append([]compose.Part{{Role: compose.RoleNotice, Text: "You passed this question on to the curators. This is what our record says now."}}, r.Parts...)
		body, err := json.Marshal(r)
		if err != nil {
			return n, fmt.Errorf("write the reply %s: %w", d.ID, err)
		}
		it := store.Item{
			ID: "answered-" + d.ID, Delivery: d, Lane: deliver.Lane(deliver.Stored(d.To)), Act: store.Revise, Body: body, Shown: a.Stands(), At: now,
			Escalation: true, MustReach: true,
		}
		if err := b.outbox.Route(ctx, &it, now); err != nil {
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

// revised is a reply as the record stands now, saying what has changed since it was given.
func revised(lib *library.Library, shown Reply, since []answers.Correction, private bool, today answers.Date) Reply {
	a := again(lib, shown.About, today)
	r := view(shown.About.View, lib.About(), a)
	r.Asked, r.About = shown.Asked, shown.About
	r.Changes, r.NewChanges = append(slices.Clone(shown.Changes), since...), len(since)
	switch {
	case slices.ContainsFunc(shown.Parts, func(p compose.Part) bool { return p.Role == compose.RolePlain }):
		r.Parts = []compose.Part{{Role: compose.RolePlain, Text: r.Text()}}
	case a.Notice == answers.WasWithdrawn && slices.ContainsFunc(r.Changes, func(c answers.Correction) bool { return c.Class == answers.Withdrawal }):
		r.Parts = []compose.Part{withdrawn(r)}
		return r
	case shown.About.View.Behind:
		r.Controls = more(r)
	default:
		r.Controls = controls(r, private)
	}
	r.Parts = compose.Told(r.Changes, r.Parts)
	return r
}

// withdrawn is what is left of a reply when its answer is withdrawn: when, to which question, and why. What was corrected before is not said
// any more, since "what is right" would be withdrawn too.
func withdrawn(r Reply) compose.Part {
	p := r.Parts[0]
	for _, c := range r.Changes {
		if c.Class == answers.Withdrawal {
			p.Heading = compose.Change(c).Heading
		}
	}
	return p
}

// noteBeside is what is said beside a reply that was edited, for the many people who may have read it; false where there is nothing to say.
func noteBeside(d deliver.Delivery[Reply]) (Reply, bool) {
	all := d.Reply.Changes
	said := slices.DeleteFunc(slices.Clone(all[max(0, len(all)-d.Reply.NewChanges):]), func(c answers.Correction) bool { return !compose.Serious(c) })
	return Reply{Parts: compose.Told(said, nil), About: Subject{Want: answers.IntentCorrections}, ReplyTo: d.Known.Messages[0]}, len(said) > 0
}

// maxSince is how many corrections a person is told of with one answer; what is older is in the log.
const maxSince = 3

// prependPendingCorrections puts before an answer what has changed of what the person was told earlier and could not be told of otherwise. It is told
// where nobody else sees it, since it says what the person asked.
func (b *Bot) prependPendingCorrections(ctx context.Context, chat Chat, out *deliver.Delivery[Reply]) error {
	if !out.To.Private && !out.To.Direct && (out.To.Team != "" || !out.To.ViaUntil.IsZero()) {
		return nil // without a team, that is a conversation between people; what comes by no platform is a terminal
	}
	waiting, err := b.store.Waiting(ctx, chat.Name(), deliver.PersonalLane(out.To.Team, out.To.Person))
	if err != nil {
		return fmt.Errorf("look what waits for %s: %w", out.To.Person, err)
	}
	var parts []compose.Part
	known := map[string]bool{}
	for _, it := range slices.Backward(waiting) {
		r, ok, err := b.read(ctx, store.AsideItem, it.ID, it.Body)
		if err != nil {
			return err
		}
		p, tells := news(r)
		if ok && !tells {
			err = b.setAside(ctx, store.AsideItem, it.ID, errors.New("it tells of nothing"))
		}
		if err != nil {
			return err
		}
		if !ok || !tells {
			continue
		}
		out.Carried = append(out.Carried, it.ID)
		if !known[p.Heading] && len(parts) < maxSince {
			known[p.Heading], parts = true, append(parts, p)
		}
	}
	slices.Reverse(out.Carried)
	out.Reply.Parts = append(parts, out.Reply.Parts...)
	return nil
}

// news is what a person is told of a reply that stands otherwise now; false if it does not say what has changed.
func news(r Reply) (p compose.Part, ok bool) {
	asked := clipped(r.Asked, 100)
	if r.Escalation {
		return compose.Part{Role: compose.RoleNotice, Heading: "Answered since you passed it on: “" + asked + "”", Text: "Ask it again, and you get the answer."}, true
	}
	last := slices.DeleteFunc(r.Changes, func(c answers.Correction) bool { return !compose.Serious(c) })
	if len(last) == 0 {
		return p, false
	}
	p = compose.Change(last[len(last)-1])
	p.Heading += ", since you asked “" + asked + "”"
	return p, true
}

// consent notes whether a person allows Parley to write to them directly.
func (b *Bot) consent(ctx context.Context, chat Chat, in inbound) (Reply, error) {
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
