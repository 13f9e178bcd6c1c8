package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/store"
)

// deliver sends a reply, waiting and repeating where that does no harm, and puts its end on record. It returns an error if the reply
// was not delivered, or nobody knows; an Unrecorded if it was delivered and that could not be put on record.
func (b *Bot) deliver(ctx context.Context, chat Chat, out outgoing) error {
	if out.item == "" {
		return nil
	}
	for {
		if err := b.await(ctx, chat, out); err != nil {
			return err
		}
		claimed, err := b.store.Claim(ctx, out.item, b.config.Now(), b.lease())
		if err != nil {
			return &unclaimed{fmt.Errorf("claim the delivery %s: %w", out.item, err)}
		}
		if !claimed {
			return nil // another worker has it, or it has ended
		}
		out.attempts++
		began := b.config.Now()
		failed := b.attempt(ctx, chat, &out)
		end := b.judge(chat, out, failed)
		next, err := b.follow(ctx, chat, &out, &end)
		if err != nil {
			return err
		}
		out.interrupted = end.State == store.Sending
		b.metrics.attempted(chat.Name(), out, end.State, b.config.Now().Sub(began))
		b.config.Log.InfoContext(ctx, "delivery", "reply", out.reply.ID, "item", out.item, "platform", chat.Name(), "act", out.act, "state", end.State,
			"reason", end.Reason, "attempt", out.attempts, "error", failed)
		if err := b.settle(ctx, end); err != nil {
			return &Unrecorded{err}
		}
		switch end.State {
		case store.Queued, store.Sending:
			if err := sleep(ctx, end.Due.Sub(b.config.Now())); err != nil {
				return err
			}
			continue
		case store.Waiting:
			return nil
		case store.Failed, store.Unknown:
			failed = fmt.Errorf("%s the reply on %s: %w", out.act, chat.Name(), failed)
		default:
			failed = nil
			b.metrics.delivered(chat.Name(), b.config.Now().Sub(out.at))
		}
		if next != nil {
			if err := b.deliver(ctx, chat, *next); err != nil {
				b.config.Log.WarnContext(ctx, "what follows from a delivery was not delivered", "reply", next.reply.ID, "error", err)
			}
		}
		return failed
	}
}

// follow adds to the end of an attempt what follows from it: who is told of a failure, who is told directly what can be edited no more, and
// the note beside what was edited.
func (b *Bot) follow(ctx context.Context, chat Chat, out *outgoing, end *store.Settlement) (next *outgoing, err error) {
	switch {
	case end.State == store.Sent:
		end.Told = out.carried
	case (end.State == store.Failed || end.State == store.Unknown) && out.failureNotice != "" && out.otherwise != nil:
		next = &outgoing{to: *out.otherwise, at: end.At, reply: notice("%s: %s.", out.failureNotice, end.Reason),
			relation: store.FailureNotice, origin: out.reply.ID}
		next.reply.ID = "failed-" + out.reply.ID
	case end.State == store.Edited:
		next = note(*out, end.At)
	case end.State == closed:
		return nil, b.divert(ctx, chat, out, end)
	}
	if next != nil {
		end.Then, err = b.post(chat, "", next)
	}
	return next, err
}

// unclaimed is the error of a delivery that was not begun, because the store could not note that.
type unclaimed struct{ err error }

func (u *unclaimed) Error() string { return u.err.Error() }
func (u *unclaimed) Unwrap() error { return u.err }

// attempt sends a reply once, as far as it has not arrived.
func (b *Bot) attempt(ctx context.Context, chat Chat, out *outgoing) error {
	ctx, cancel := context.WithTimeout(ctx, b.config.Lease/2)
	defer cancel()
	if out.interrupted {
		there, err := find(ctx, chat, *out)
		if err != nil && !out.repeatable(err) {
			return err
		}
		out.interrupted, out.sought = false, err == nil && len(there.Messages) == 0
		out.found = out.found || len(there.Messages) > 0
		out.before = united(out.before, there)
	}
	var there Receipt
	var err error
	if len(out.before.Messages) == 0 && out.act != store.Revise {
		there, err = chat.Post(ctx, out.to, out.reply)
	} else {
		there, err = chat.Revise(ctx, out.before, out.reply)
	}
	if len(there.Messages) > len(out.before.Messages) {
		out.sought = false // what was searched for is there, and nothing after it was posted before
	}
	if len(there.Messages) > 0 {
		out.before = there
	}
	out.lost = out.lost || err != nil && meaning(err).Kind == Lost
	return err
}

// united is where a reply is by what was known and by what was found of it. A search may find only what a revision added, which stands after
// what was there before.
func united(known, found Receipt) Receipt {
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

// repeatable reports whether a revision may be made again although it cannot be told any more whether it was made: messages that are known
// and can be edited come to say the same. What was added to them would be there twice.
func (out outgoing) repeatable(failed error) bool {
	var f *Failure
	return out.act == store.Revise && !out.lost && len(out.before.Messages) > 0 && out.before.EditBy != "" && errors.As(failed, &f) && f.Kind == Refused
}

// find asks the platform what became of a reply whose sending was interrupted.
func find(ctx context.Context, chat Chat, out outgoing) (Receipt, error) {
	finder, ok := chat.(Finder)
	if !ok {
		return Receipt{}, &Failure{Kind: Lost, Reason: "the sending was interrupted, and the platform cannot tell whether it arrived"}
	}
	known := out.before
	known.To = out.to
	return finder.Find(ctx, known, out.reply.ID, out.at)
}

// How long it is tried to deliver. A reply that comes after a quarter of an hour answers nobody any more, and that is how long Discord
// takes one (discord.md, "the token lives 15 min"); what Parley tells by itself, such as a correction, is worth a week of trying.
const (
	replyPatience  = 15 * time.Minute
	noticePatience = 7 * 24 * time.Hour
)

// Pauses between attempts where the platform names none: the first, doubled each time up to the longest.
const (
	firstPause   = time.Second
	longestPause = 5 * time.Minute
)

// closed is the state of a revision that can be made no more, until it is decided how the person is told.
const closed store.State = "closed"

// judge tells what an attempt means for its item.
func (b *Bot) judge(chat Chat, out outgoing, failed error) store.Settlement {
	now := b.config.Now()
	s := store.Settlement{Item: out.item, Delivery: string(out.reply.ID), At: now}
	if out.act != store.Tell {
		s.Receipt = receipt(out.before)
	}
	if failed == nil {
		switch {
		case out.act == store.Post:
			s.State = store.Sent
		case out.act == store.Tell, out.before.FollowedUp:
			s.State = store.FollowedUp
		default:
			s.State = store.Edited
		}
		return s
	}
	failure := meaning(failed)
	s.Reason = failure.Reason
	pause := max(failure.After, min(longestPause, b.config.Pause<<min(out.attempts-1, 16)))
	s.Due = now.Add(pause)
	patience := noticePatience
	if out.act == store.Post {
		patience = replyPatience
	}
	_, finds := chat.(Finder)
	// Where its first messages are is on record for a reply, but not for what a person is told directly: that must be searched for again.
	unsure := failure.Kind == Lost || out.interrupted || out.sought || out.act == store.Tell && len(out.before.Messages) > 0
	late := s.Due.Sub(out.at) > patience
	switch {
	case failure.Kind == Closed && out.act == store.Revise, failure.Kind == Refused && out.act == store.Tell && !out.interrupted:
		s.State = closed
	case (failure.Kind == Refused || failure.Kind == Closed) && out.act == store.Post && out.found && !out.interrupted:
		s.State, s.Reason = store.Sent, "it arrived; whether all of it did cannot be seen to any more: "+failure.Reason
	case (failure.Kind == Refused || failure.Kind == Closed) && !out.interrupted:
		s.State = store.Failed
	case failure.Kind == Refused || failure.Kind == Closed: // the search was refused, not the sending
		s.State = store.Unknown
	case unsure && finds && !late:
		s.State = store.Sending // the next attempt searches first, even that of another worker
	case unsure:
		s.State = store.Unknown
	case late:
		s.State = store.Failed
		s.Reason = fmt.Sprintf("it was tried in vain until it was too late; the last time, %s", failure.Reason)
	default:
		s.State = store.Queued
	}
	return s
}

// meaning is what an error of an attempt means.
func meaning(failed error) Failure {
	if known := (*Failure)(nil); errors.As(failed, &known) {
		return *known
	}
	return Failure{Kind: Lost, Reason: "it is not known whether the platform took it"}
}

func receipt(r Receipt) store.Receipt {
	ids := make([]string, len(r.Messages))
	for i, id := range r.Messages {
		ids[i] = string(id)
	}
	return store.Receipt{Messages: ids, EditBy: r.EditBy, EditUntil: r.EditUntil, Partial: store.Partial(r.Partial)}
}

// settle puts on record what became of an attempt, also while Parley stops. A store that fails is tried a few times, about a second
// in all: what is not on record must be searched for later, or stays unknown.
func (b *Bot) settle(ctx context.Context, end store.Settlement) error {
	ctx = context.WithoutCancel(ctx)
	var err error
	for pause := 30 * time.Millisecond; pause < time.Second; pause *= 2 {
		if err = b.store.Settle(ctx, b.worker, end); err == nil {
			return nil
		}
		if sleep(ctx, pause) != nil {
			break
		}
	}
	return fmt.Errorf("store what became of %s: %w", end.Item, err)
}

// await waits until a channel may be posted to again.
func (b *Bot) await(ctx context.Context, chat Chat, out outgoing) error {
	pacer, ok := chat.(Pacer)
	if !ok {
		return nil
	}
	return sleep(ctx, b.paces.wait(chat.Name()+"/"+out.lane, pacer.Pace(out.to), b.config.Now()))
}

// sleep waits, or returns why it need not.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// paces remembers from when on each lane may be posted to. The zero value is ready.
type paces struct {
	mu   sync.Mutex
	next map[string]time.Time
}

// maxPaces bounds how many lanes are remembered; past it those that are free are forgotten.
const maxPaces = 10_000

// wait takes the next place in a lane and tells how long it is until then.
func (p *paces) wait(lane string, every time.Duration, now time.Time) time.Duration {
	if every <= 0 {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next == nil {
		p.next = map[string]time.Time{}
	}
	if len(p.next) > maxPaces {
		for lane, at := range p.next {
			if at.Before(now) {
				delete(p.next, lane)
			}
		}
	}
	at := p.next[lane]
	if at.Before(now) {
		at = now
	}
	p.next[lane] = at.Add(every)
	return at.Sub(now)
}
