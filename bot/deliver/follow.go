package deliver

import (
	"context"
	"fmt"
	"time"

	"parley/store"
)

// conclude returns how an item goes on, and what is said besides: who is told of a failure, and the note beside what was edited.
func (o *Outbox[R]) conclude(ctx context.Context, chat Sender[R], d *Delivery[R], n next, failed error, why string) (end store.Settlement, also *Delivery[R], err error) {
	end = store.Settlement{Item: d.Item, Delivery: string(d.ID), At: o.config.Now(), Reason: why}
	if d.Act != store.Tell {
		end.Receipt = d.Known.stored()
	}
	switch n.state {
	case rerouting:
		end.State, err = o.reroute(ctx, chat, d, &end)
		return end, nil, err
	case store.Queued, store.Sending:
		end.Due = o.chance(chat, *d, failed).at
	case store.Sent:
		end.Told = d.Carried
	}
	end.State = n.state
	if also = o.besides(*d, n.then, end); also != nil {
		end.Then, err = also.Queue(chat.Name(), "")
	}
	return end, also, err
}

// reason is why a delivery failed or waits, for people.
func reason(o outcome, failed error) string {
	text := asFailure(failed).Reason
	switch o {
	case arrived:
		return "it arrived; whether all of it did cannot be seen to any more: " + text
	case tooLate:
		return "it was tried in vain until it was too late; the last time, " + text
	default:
		return text
	}
}

// besides is what is said besides a delivery; nil for nothing.
func (o *Outbox[R]) besides(d Delivery[R], relation store.Relation, end store.Settlement) *Delivery[R] {
	also := &Delivery[R]{Relation: relation, Origin: d.ID, At: end.At}
	switch {
	case relation == store.FailureNotice && d.FailureNotice != "" && d.Fallback != nil && d.Fallback.Person != "":
		also.ID, also.To = "failed-"+d.ID, *d.Fallback
		also.Reply = o.replies.Notice(fmt.Sprintf("%s: %s.", d.FailureNotice, end.Reason))
	case relation == store.CorrectionNote && !d.To.Private && len(d.Known.Messages) > 0:
		also.To = Address{Place: d.To.Place, Person: d.To.Person}
		if also.To.Thread == "" {
			also.To.Thread = d.Known.Messages[0]
		}
		also.ID = DeliveryID(fmt.Sprintf("note-%d-%s-%s", d.Change, also.To.Channel, also.To.Thread))
		var any bool
		if also.Reply, any = o.replies.Note(d); !any {
			return nil
		}
	default:
		return nil
	}
	also.Reply = o.replies.Identify(also.Reply, also.ID)
	return also
}

// reroute decides how a person is told of a revision that could not be made where the reply is.
func (o *Outbox[R]) reroute(ctx context.Context, chat Sender[R], d *Delivery[R], end *store.Settlement) (store.State, error) {
	if !d.MustReach || d.To.Person == "" { // nobody is to be told, or nobody is known any more
		return o.follow(ctx, step{rerouting, d.Act, needless}).state, nil
	}
	end.Lane = PersonalLane(d.To.Team, d.To.Person)
	way := unapproved
	if d.Act != store.Tell { // which was tried
		var err error
		if way, err = o.fallbackRoute(ctx, chat.Name(), d.To.Stored()); err != nil {
			return "", err
		}
	}
	n := o.follow(ctx, step{rerouting, d.Act, way})
	end.Act = n.act
	if n.act == store.Tell {
		o.rerouteToDM(d)
	}
	return n.state, nil
}

// fallbackRoute returns whether a person may be told directly of what cannot be edited.
func (o *Outbox[R]) fallbackRoute(ctx context.Context, platform string, to store.Address) (outcome, error) {
	allowed, err := o.store.Consent(ctx, platform, to.Team, to.Person)
	if err != nil {
		return "", fmt.Errorf("look whether %s may be written to: %w", to.Person, err)
	}
	if allowed {
		return consented, nil
	}
	return unapproved, nil
}

// Route decides how a revision that is about to be queued reaches the person who asked.
func (o *Outbox[R]) Route(ctx context.Context, it *store.Item, now time.Time) error {
	if Editable(it.Delivery, now) {
		return nil
	}
	to := it.Delivery.To
	way, err := o.fallbackRoute(ctx, it.Delivery.Platform, to)
	if err != nil {
		return err
	}
	n := o.follow(ctx, step{rerouting, store.Revise, way})
	it.Lane, it.State = PersonalLane(TeamID(to.Team), PersonID(to.Person)), n.state
	if n.act != "" {
		it.Act = n.act
	}
	return nil
}

// rerouteToDM turns what is to be sent into what the person is told in a conversation of two. It has no controls: what they stand
// on is the delivery, not what is told in its place.
func (o *Outbox[R]) rerouteToDM(d *Delivery[R]) {
	d.Act, d.Lane = store.Tell, PersonalLane(d.To.Team, d.To.Person)
	d.To = Address{Place: Place{Team: d.To.Team, Direct: true}, Person: d.To.Person}
	d.Reply, d.Known = o.replies.Identify(o.replies.Strip(d.Reply), d.sentAs()), Receipt{}
}

// sentAs is the id under which a platform takes a delivery: what a person is told directly is not the reply itself.
func (d Delivery[R]) sentAs() DeliveryID {
	if d.Act == store.Tell {
		return DeliveryID("tell-" + d.Item)
	}
	return d.ID
}
