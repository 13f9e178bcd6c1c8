package deliver

import (
	"context"
	"slices"
	"time"

	"parley/store"
)

// attempt searches for a delivery if it was cut off, and sends it as far as it has not arrived. It returns the outcome, how it
// goes on from there, and the error of the platform.
func (o *Outbox[R]) attempt(ctx context.Context, chat Sender[R], d *Delivery[R]) (outcome, next, error) {
	ctx, cancel := context.WithTimeout(ctx, o.config.Lease/2)
	defer cancel()
	if d.Interrupted {
		there, err := find(ctx, chat, *d)
		outcome := d.searched(there, err, o.chance(chat, *d, err))
		if n := o.follow(ctx, step{store.Sending, d.Act, outcome}); n.state != store.Queued {
			return outcome, n, err
		}
		d.Interrupted, d.sought = false, outcome == notFound
		d.found = d.found || outcome == found
		d.Known = mergeReceipts(d.Known, there)
	}
	err := send(ctx, chat, d)
	outcome := d.sent(err, o.chance(chat, *d, err))
	return outcome, o.follow(ctx, step{store.Queued, d.Act, outcome}), err
}

// find asks the platform what became of a delivery whose sending was interrupted.
func find[R any](ctx context.Context, chat Sender[R], d Delivery[R]) (Receipt, error) {
	finder, ok := chat.(Finder)
	if !ok {
		return Receipt{}, &Failure{Kind: Lost, Reason: "the sending was interrupted, and the platform cannot tell whether it arrived"}
	}
	known := d.Known
	known.To = d.To
	return finder.Find(ctx, known, d.sentAs(), d.At)
}

// send posts or revises a delivery, and keeps what arrived.
func send[R any](ctx context.Context, chat Sender[R], d *Delivery[R]) error {
	var there Receipt
	var err error
	if len(d.Known.Messages) == 0 && d.Act != store.Revise {
		there, err = chat.Post(ctx, d.To, d.Reply)
	} else {
		there, err = chat.Revise(ctx, d.Known, d.Reply)
	}
	if len(there.Messages) > len(d.Known.Messages) {
		d.sought = false // what was searched for is there, and nothing after it was posted before
	}
	if len(there.Messages) > 0 {
		d.Known = there
	}
	d.lost = d.lost || asFailure(err).Kind == Lost
	return err
}

// mergeReceipts returns where a reply is by what was known and by what was found of it. A search may find only what a revision added, which
// stands after what was there before.
func mergeReceipts(known, found Receipt) Receipt {
	if len(known.Messages) == 0 && len(found.Messages) > 0 {
		return found
	}
	for _, id := range found.Messages {
		if !slices.Contains(known.Messages, id) {
			known.Messages = append(slices.Clip(known.Messages), id)
		}
	}
	return known
}

// How long it is tried to deliver. A reply that comes after a quarter of an hour answers nobody any more, and that is how long Discord
// takes one (discord.md, "the token lives 15 min"); what Parley tells by itself, such as a correction, is worth a week of trying.
const (
	replyPatience  = 15 * time.Minute
	noticePatience = 7 * 24 * time.Hour
)

// longestPause bounds the pause between attempts where the platform names none: it is doubled each time.
const longestPause = 5 * time.Minute

// chance is what is left to try after a failed attempt.
type chance struct {
	at    time.Time // when it would be tried again
	late  bool      // by then it is worth nothing to the person
	finds bool      // the platform can be asked about what is uncertain
}

func (o *Outbox[R]) chance(chat Sender[R], d Delivery[R], failed error) chance {
	c := chance{at: o.config.Now()}
	if failed == nil {
		return c
	}
	c.at = c.at.Add(max(asFailure(failed).After, min(longestPause, o.config.Pause<<min(d.Attempts-1, 16))))
	patience := noticePatience
	if d.Act == store.Post {
		patience = replyPatience
	}
	c.late = c.at.Sub(d.At) > patience
	_, c.finds = chat.(Finder)
	return c
}

// searched returns the outcome of a search.
func (d Delivery[R]) searched(there Receipt, failed error, c chance) outcome {
	switch kind := asFailure(failed).Kind; {
	case failed == nil && len(there.Messages) > 0:
		return found
	case failed == nil:
		return notFound
	case kind == Refused && d.repeatable():
		return repeatable
	case kind == Refused:
		return refused
	case kind == Closed:
		return closed
	default:
		return c.uncertain()
	}
}

// repeatable reports whether a revision may be made again although it cannot be told any more whether it was made: messages that are known
// and can be edited come to say the same. What was added to them would be there twice.
func (d Delivery[R]) repeatable() bool {
	return d.Act == store.Revise && !d.lost && len(d.Known.Messages) > 0 && d.Known.EditBy != ""
}

// sent returns the outcome of sending.
func (d Delivery[R]) sent(failed error, c chance) outcome {
	switch kind := asFailure(failed).Kind; {
	case failed == nil && d.Known.FollowedUp:
		return saidAfter
	case failed == nil:
		return done
	case (kind == Refused || kind == Closed) && d.Act == store.Post && d.found:
		return arrived
	case kind == Refused:
		return refused
	case kind == Closed:
		return closed
	case kind == Lost || d.sought || d.partlyTold():
		return c.uncertain()
	case c.late:
		return tooLate
	default:
		return postponed
	}
}

// partlyTold reports whether the first messages of what a person is told directly arrived. Unlike those of a reply they are not on record, so
// that they must be searched for again.
func (d Delivery[R]) partlyTold() bool { return d.Act == store.Tell && len(d.Known.Messages) > 0 }

// uncertain is the outcome of what may have happened.
func (c chance) uncertain() outcome {
	if c.finds && !c.late {
		return uncertain
	}
	return unknown
}
