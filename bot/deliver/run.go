package deliver

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"parley/store"
)

// Run is the deliveries of one platform that are under way here.
type Run[R any] struct {
	outbox *Outbox[R]
	chat   Sender[R]
	work   context.Context // of what was begun: it outlives the taking in
	taking context.Context // of the taking in: once it has ended, nothing is waited for
	queue  KeyedQueue[string]
	known  sync.Map     // the items of the outbox that are in a lane here, by id
	taken  atomic.Int64 // deliveries taken up from the store that are in a lane here
}

// Run begins to deliver to a platform. What was begun goes on until work ends; what would have to wait, to be tried again or for its turn, is left
// when taking ends.
func (o *Outbox[R]) Run(work, taking context.Context, chat Sender[R]) *Run[R] {
	return &Run[R]{outbox: o, chat: chat, work: work, taking: taking}
}

// Send puts a delivery into its lane. ended is called when it is under way no more.
func (r *Run[R]) Send(d Delivery[R], ended func()) {
	if _, known := r.known.LoadOrStore(d.Item, true); known {
		ended()
		return
	}
	r.queue.Do(d.Lane, func() {
		defer ended()
		defer r.known.Delete(d.Item)
		if err := Guard(func() error { return r.outbox.deliver(r.work, r.taking, r.chat, d) }); err != nil && err != errLeft {
			r.outbox.config.Log.WarnContext(r.work, "a reply was not delivered", "reply", d.sentAs(), "platform", r.chat.Name(), "error", err)
		}
	})
}

// Wait returns when everything that was begun has ended.
func (r *Run[R]) Wait() { r.queue.Wait() }

// How many left-over deliveries are taken up at once, and of these, for one channel.
const (
	maxTaken   = 300
	maxPerLane = 30
)

// TakeUp takes up deliveries that wait, and those of lost workers, and returns how many. One that cannot be read ends here: it would be no
// better the next time.
func (r *Run[R]) TakeUp(ctx context.Context) (n int, err error) {
	o := r.outbox
	room := o.config.Hold - int(r.taken.Load())
	if room <= 0 {
		return 0, nil
	}
	due, err := o.store.TakeDue(ctx, r.chat.Name(), o.config.Now(), o.Lease(), maxPerLane, min(maxTaken, room))
	if err != nil {
		return 0, fmt.Errorf("take up deliveries: %w", err)
	}
	var unread error
	for _, it := range due {
		d, err := o.restore(it)
		if err != nil {
			aside := store.Aside{Kind: store.AsideItem, ID: it.ID, At: o.config.Now(), Why: err.Error()}
			_, failed := o.store.SetAside(ctx, aside)
			unread = errors.Join(unread, err, o.settle(ctx, unreadable(it, o.config.Now())), failed)
			continue
		}
		n++
		r.taken.Add(1)
		o.taken.Add(1)
		r.Send(d, func() {
			r.taken.Add(-1)
			o.taken.Add(-1)
		})
	}
	return n, unread
}

// unreadable is the end of an item of which nobody can tell any more what it was to say.
func unreadable(it store.Item, now time.Time) store.Settlement {
	end := store.Settlement{Item: it.ID, Delivery: it.Delivery.ID, State: store.Failed, Reason: "what is on record of it cannot be read", At: now}
	if it.Interrupted {
		end.State = store.Unknown
	}
	return end
}

// Guard turns a panic, which only a fault of ours can cause, into an error: one event must not end the others.
func Guard(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work()
}
