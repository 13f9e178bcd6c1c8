package deliver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"parley/store"
)

// Outbox delivers what is in the outbox of a store. It is safe for use by several platforms at once.
type Outbox[R any] struct {
	store   *store.Store
	replies Replies[R]
	config  Config
	metrics *metrics
	limiter rateLimiter
	taken   atomic.Int64 // deliveries taken up from the store that are under way
}

// Config is what an outbox takes from outside. Everything is needed.
type Config struct {
	Now    func() time.Time
	Log    *slog.Logger
	Worker string        // this outbox among those that share the store
	Lease  time.Duration // after what time the work of a lost worker is taken up by another
	Pause  time.Duration // after the first failed attempt, doubled after each further one
	Hold   int           // how many deliveries taken up from the store are under way at once, for each platform
}

// New makes an outbox.
func New[R any](db *store.Store, replies Replies[R], config Config) *Outbox[R] {
	return &Outbox[R]{store: db, replies: replies, config: config, metrics: newMetrics()}
}

// Lease is the right of this outbox to what it takes up now.
func (o *Outbox[R]) Lease() store.Lease {
	return store.Lease{Worker: o.config.Worker, Until: o.config.Now().Add(o.config.Lease)}
}

// Taken counts the deliveries taken up from the store that are under way.
func (o *Outbox[R]) Taken() int64 { return o.taken.Load() }

// Deliver sends a reply, waiting and repeating where that does no harm, and puts its end on record. It returns an error if the reply
// was not delivered, or nobody knows; an Unclaimed if it was not tried, since the store failed; an Unsettled if its end could not be put on
// record.
func (o *Outbox[R]) Deliver(ctx context.Context, chat Sender[R], d Delivery[R]) error {
	return o.deliver(ctx, ctx, chat, d)
}

// errLeft is the error of a delivery that would have had to wait when Parley stopped: it is left to the next start.
var errLeft = errors.New("left, since Parley stops")

// deliver is Deliver, which waits for nothing once another context has ended: what need not wait is still sent.
func (o *Outbox[R]) deliver(ctx, waiting context.Context, chat Sender[R], d Delivery[R]) error {
	if d.Item == "" {
		return nil
	}
	for {
		if err := wait(ctx, waiting, o.turn(chat, d)); err != nil {
			return err
		}
		claimed, err := o.store.Claim(ctx, d.Item, o.config.Now(), o.Lease())
		if err != nil {
			return &Unclaimed{fmt.Errorf("claim the delivery %s: %w", d.Item, err)}
		}
		if !claimed {
			return nil // another worker has it, or it has ended
		}
		end, also, failed, err := o.try(ctx, chat, &d)
		if err != nil {
			return err
		}
		switch end.State {
		case store.Queued, store.Sending:
			if err := wait(ctx, waiting, end.Due.Sub(o.config.Now())); err != nil {
				return err
			}
			continue
		case store.Waiting:
			return nil
		case store.Failed, store.Unknown:
			failed = fmt.Errorf("%s the reply on %s: %w", d.Act, chat.Name(), failed)
		default:
			failed = nil
			o.metrics.delivered(chat.Name(), o.config.Now().Sub(d.At))
		}
		if also != nil {
			if err := o.deliver(ctx, waiting, chat, *also); err != nil && err != errLeft {
				o.config.Log.WarnContext(ctx, "what follows from a delivery was not delivered", "reply", also.ID, "error", err)
			}
		}
		return failed
	}
}

// try makes one attempt and puts on record what it led to, with what is said besides. It returns the error of the platform, too.
func (o *Outbox[R]) try(ctx context.Context, chat Sender[R], d *Delivery[R]) (end store.Settlement, also *Delivery[R], failed, err error) {
	d.Attempts++
	began := o.config.Now()
	outcome, n, failed := o.attempt(ctx, chat, d)
	end, also, err = o.conclude(ctx, chat, d, n, failed, reason(outcome, failed))
	if err != nil {
		return end, nil, failed, err
	}
	d.Interrupted = end.State == store.Sending
	o.metrics.attempted(chat.Name(), d.Act, end.State, o.config.Now().Sub(began))
	o.config.Log.InfoContext(ctx, "delivery", "reply", d.sentAs(), "item", d.Item, "platform", chat.Name(), "act", d.Act, "state", end.State,
		"reason", end.Reason, "attempt", d.Attempts, "error", failed)
	if err := o.settle(ctx, end); err != nil {
		return end, nil, failed, &Unsettled{err}
	}
	return end, also, failed, nil
}

// settle puts on record what became of an attempt, also while Parley stops. A store that fails is tried a few times, about a second
// in all: what is not on record must be searched for later, or stays unknown.
func (o *Outbox[R]) settle(ctx context.Context, end store.Settlement) error {
	ctx = context.WithoutCancel(ctx)
	var err error
	for pause := 30 * time.Millisecond; pause < time.Second; pause *= 2 {
		if err = o.store.Settle(ctx, o.config.Worker, end); err == nil {
			return nil
		}
		if Sleep(ctx, pause) != nil {
			break
		}
	}
	return fmt.Errorf("store what became of %s: %w", end.Item, err)
}

// turn is how long it is until a channel may be posted to again.
func (o *Outbox[R]) turn(chat Sender[R], d Delivery[R]) time.Duration {
	pacer, ok := chat.(Pacer)
	if !ok {
		return 0
	}
	return o.limiter.wait(chat.Name()+"/"+d.Lane, pacer.Pace(d.To), o.config.Now())
}

// wait waits, unless Parley has stopped waiting.
func wait(ctx, waiting context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	if Sleep(waiting, d) != nil {
		return errLeft
	}
	return nil
}

// Sleep waits, or returns why it need not.
func Sleep(ctx context.Context, d time.Duration) error {
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
