package bot

import (
	"context"
	"fmt"

	"github.com/rivo/uniseg"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/store"
)

// click does what a control wants. It answers for what the reply showed, and says if that has changed since.
func (b *Bot) click(ctx context.Context, chat Chat, lib *library.Library, in inbound, out *deliver.Delivery[Reply], r *store.Response) error {
	c := *in.Click
	d, shown, found, err := b.clicked(ctx, chat, in.Event)
	if err != nil {
		return err
	}
	if !found {
		out.Reply = notice("That reply is not on record here, so nothing was done. Please ask again.")
		return nil
	}
	out.Origin = shown.ID
	changed := lib.Changed(d.Shown)
	q := answers.Question{Text: shown.About.Text, AsOf: shown.About.AsOf, Today: answers.DateOf(out.At)}
	switch c.Verb {
	case Share:
		if err := b.share(ctx, lib, in, d, shown, out); err != nil {
			return err
		}
	case Copy:
		out.Reply = current(lib, shown, out)
		out.Reply.Parts = append(sinceThen(changed), compose.Part{Role: compose.RolePlain, Text: out.Reply.Text()})
		out.Reply.Controls = nil
	case Sources, Timeline:
		intent := map[Verb]answers.Intent{Sources: answers.IntentClaims, Timeline: answers.IntentTimeline}[c.Verb]
		v := compose.View{Whole: c.Verb == Sources} // with all that is known of them
		out.Reply = view(v, lib.About(), lib.List(intent, claimsOf(d.Shown), q))
		out.Reply.Parts = append(sinceThen(changed), out.Reply.Parts...)
		out.Reply.About = Subject{Want: intent, Text: shown.About.Text, AsOf: shown.About.AsOf, Claims: claimsOf(d.Shown), View: v}
		out.Reply.Controls = more(out.Reply)
	case More:
		out.Reply = further(lib, shown, answers.DateOf(out.At))
		out.Reply.Parts = append(sinceThen(changed), out.Reply.Parts...)
	case Quote:
		out.Reply, err = b.quote(ctx, lib, again(lib, shown.About, q.Today))
		out.Reply.Asked, out.Reply.Parts = shown.Asked, append(sinceThen(changed), out.Reply.Parts...)
		return err
	case WhyThis:
		out.Reply = Reply{Asked: shown.Asked, Parts: compose.Why(shown.Why)}
		out.Reply.Parts = append(sinceThen(changed), out.Reply.Parts...)
	case Pick:
		if c.Pick > len(shown.About.Offers) {
			out.Reply = notice("That choice is not on record. Please ask again.")
			return nil
		}
		a := lib.AnswerWith(shown.About.Offers[c.Pick-1], q)
		out.Reply = Compose(lib.About(), a)
		out.Reply.Asked, out.Reply.About = shown.Asked, subject(Event{Text: shown.About.Text, AsOf: shown.About.AsOf}, a)
		out.To.Private = d.To.Private
		out.Reply.Controls = controls(out.Reply, out.To.Private)
	case None:
		out.Reply = notice("Then our record may not hold it. You can pass your question to the curators, or ask in other words.")
		out.Reply.About, out.Reply.Asked = Subject{Want: answers.IntentQuestion, Text: shown.About.Text, AsOf: shown.About.AsOf}, shown.Asked
		out.Reply.Controls = []Control{{Verb: Escalate, Label: Escalate.label()}}
	case AskThis:
		ask := in
		ask.Click, ask.Text, ask.Want, ask.Command = nil, shown.About.Text, shown.About.Want, true
		var a answers.Answer
		out.Reply, a, r.Dialogue = b.answer(ctx, chat, lib, ask, out.At)
		out.Reply.Controls = controls(out.Reply, out.To.Private)
		r.Asked = asked(chat, ask, a, out.At)
	case Helpful, Unhelpful, Report, Escalate:
		out.Reply = b.opinion(in, out, r)
	case Correct, MinorChange, Clarify, CorrectThis, Withdraw, Publish, Discard:
		return b.curate(ctx, chat, lib, in, shown, out)
	default:
		out.Reply = notice("Parley does not know what this control is for, so nothing was done.")
	}
	return nil
}

// clicked is the reply that a click is on: one of this team, and of this person where nobody else sees it.
func (b *Bot) clicked(ctx context.Context, chat Chat, e Event) (d store.Delivery, shown Reply, found bool, err error) {
	if c := e.Click; c.On == "" {
		d, found, err = b.store.DeliveryByMessage(ctx, chat.Name(), string(e.Place.Team), string(e.Place.Channel), string(c.Message))
	} else {
		d, found, err = b.store.Delivery(ctx, string(c.On))
	}
	if err != nil {
		return d, Reply{}, false, fmt.Errorf("read the reply %s: %w", e.Click.On, err)
	}
	if !found || d.Platform != chat.Name() || d.To.Team != string(e.Place.Team) || d.To.Private && d.To.Person != string(e.Person.ID) {
		return d, Reply{}, false, nil
	}
	shown, found, err = b.read(ctx, store.AsideReply, d.ID, d.Body)
	shown.ID = deliver.DeliveryID(d.ID)
	return d, shown, found, err
}

// current answers the subject of a reply as the record stands now.
func current(lib *library.Library, shown Reply, out *deliver.Delivery[Reply]) Reply {
	a := again(lib, shown.About, answers.DateOf(out.At))
	r := view(shown.About.View, lib.About(), a)
	r.Asked, r.About = shown.Asked, shown.About
	return r
}

// further is what a reply left out, as the record stands now: what stays behind an answer, the next page of a look-up.
func further(lib *library.Library, shown Reply, today answers.Date) Reply {
	a := again(lib, shown.About, today)
	next, ok := shown.About.View.Next(a)
	if !ok {
		return notice("There is no more to this.")
	}
	r := view(next, lib.About(), a)
	r.Asked, r.About = shown.Asked, shown.About
	r.About.View = next
	r.Controls = more(r)
	return r
}

// share says in the place, for all to see, what was answered to one person: as the record stands now. A reply is shared once,
// however often that is clicked.
func (b *Bot) share(ctx context.Context, lib *library.Library, in inbound, d store.Delivery, shown Reply, out *deliver.Delivery[Reply]) error {
	if !d.To.Private {
		out.Reply = notice("Everybody here can see that reply already.")
		return nil
	}
	reply := current(lib, shown, out)
	reply.Changes = lib.Since(d.Shown)
	reply.Parts = compose.Told(reply.Changes, reply.Parts)
	if reply.Outcome != answers.OutcomeAnswered {
		out.Reply = notice("That answer has been withdrawn since, so it was not shared.")
		return nil
	}
	tried, standing, err := b.store.Shares(ctx, d.ID)
	if err != nil {
		return fmt.Errorf("look for shares of %s: %w", d.ID, err)
	}
	if standing {
		out.Reply = notice("It was shared here already.")
		return nil
	}
	reply.ID = deliver.DeliveryID(fmt.Sprintf("share-%d-%s", tried+1, shown.ID)) // of two clicks at once, one shares it
	reply.Controls = controls(reply, false)
	asker := out.To
	out.Reply, out.To, out.Fallback = reply, deliver.Address{Place: in.Place, Person: in.Person.ID}, &asker
	out.Relation, out.Origin, out.FailureNotice = store.Share, shown.ID, "It could not be shared"
	return nil
}

// opinion keeps what a person says about a reply. Of "helpful" and "not helpful" the last one counts.
func (b *Bot) opinion(in inbound, out *deliver.Delivery[Reply], r *store.Response) Reply {
	c := *in.Click
	f := store.Feedback{
		ID: string(in.delivery), Delivery: string(c.On), Person: string(in.Person.ID), At: out.At, Kind: store.FeedbackKind(c.Verb),
		Text: clipped(c.Fields[FieldText], maxForm),
	}
	r.Feedback = &f
	switch c.Verb {
	case Helpful, Unhelpful:
		f.ID = "opinion/" + string(c.On) + "/" + string(in.Person.ID)
		return notice("Thank you, noted.")
	case Report:
		return notice("Thank you. The curators see your report, with the answer that it is about.")
	default:
		f.ID = "pass/" + string(c.On) + "/" + string(in.Person.ID)
		return notice("Your question is with the curators now. You are told when our record answers it.")
	}
}

// sinceThen says that a reply is out of date.
func sinceThen(changed []answers.Ref) []compose.Part {
	if len(changed) == 0 {
		return nil
	}
	text := "What that reply stood on has changed since it was given. This is how the record stands now."
	for _, r := range changed {
		if r.Revision == 0 {
			text = "Part of what that reply stood on has been withdrawn since it was given. This is how the record stands now."
		}
	}
	return []compose.Part{{Role: compose.RoleNotice, Text: text}}
}

func claimsOf(refs []answers.Ref) []answers.ClaimID {
	var ids []answers.ClaimID
	for _, r := range refs {
		if r.Noun == answers.NounClaim {
			ids = append(ids, answers.ClaimID(r.ID))
		}
	}
	return ids
}

// clipped is the beginning of a text, at most n characters of it as people see them.
func clipped(text string, n int) string {
	rest, state, at := text, -1, 0
	for range n {
		if rest == "" {
			return text
		}
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		at += len(cluster)
	}
	return text[:at]
}
