package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"parley/bot/deliver"
	"parley/store"
)

// ErrBusy is returned for an event that was not taken in, because too many are under way. The reply beside it tells the person; where the
// platform brings an event again by itself, it may just stay without acknowledgement.
var ErrBusy = errors.New("too many events are under way")

// grace is how long begun work may take after ctx has ended: less than the 30 s after which service managers kill.
const grace = 20 * time.Second

// Serve answers all that people say on a chat, until ctx ends or nothing more can come. When it returns, what was begun is done, or
// waits in the store for the next start.
func (b *Bot) Serve(ctx context.Context, chat Chat) error {
	work, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	taking, stop := context.WithCancel(ctx)
	defer stop()
	p := b.path(work, taking, chat)
	polling, rest := context.WithCancel(ctx)
	var poll sync.WaitGroup
	if b.config.Resume {
		poll.Go(func() { p.poll(polling) })
	}

	err := chat.Listen(ctx, p.receive)
	rest()
	poll.Wait()
	if b.config.Resume || err != nil { // the next start takes up what would have to wait
		stop()
	}
	defer time.AfterFunc(grace, abandon).Stop()
	p.lates.Wait()
	p.events.Wait()
	p.deliveries.Wait()
	if free := b.store.Release(context.WithoutCancel(ctx), b.outbox.Lease().Worker, chat.Name()); free != nil {
		b.config.Log.WarnContext(ctx, "what waits was not released", "platform", chat.Name(), "error", free)
	}
	return err
}

// maxTaken bounds how many left-over events are taken up at once.
const maxTaken = 300

// maxHeld is how many deliveries a chat holds that were taken up from the store, as a multiple of Capacity. They count apart from it, since a
// large correction that the platform takes slowly would otherwise turn everybody's questions away. Room for several times as many
// keeps what is left over of other replies from waiting for the whole correction.
const maxHeld = 4

// poll takes up what was left over, again and again.
func (p *path) poll(ctx context.Context) {
	for ctx.Err() == nil {
		err := deliver.Guard(func() error {
			unread := p.resume(ctx)
			n, err := p.deliveries.TakeUp(ctx)
			p.metrics.resumed(p.chat.Name(), "delivery", n)
			return errors.Join(unread, err)
		})
		if err != nil && ctx.Err() == nil {
			p.config.Log.ErrorContext(ctx, "what was left over could not be taken up", "platform", p.chat.Name(), "error", err)
		}
		_ = deliver.Sleep(ctx, p.config.Poll) // its error ends the loop
	}
}

// suspectAfter is how often an event is begun beside others. After that, it may be the one that brings the program down, and it is begun alone.
const suspectAfter = 3

// resume takes up events that were accepted and not answered. One that cannot be read ends here: it would be no better the next time.
func (p *path) resume(ctx context.Context) error {
	left, err := p.store.TakeUnfinished(ctx, p.chat.Name(), p.config.Now(), p.outbox.Lease(), maxTaken)
	if err != nil {
		return fmt.Errorf("take up events: %w", err)
	}
	var unread error
	var again []inbound
	var begun []string
	for _, w := range left {
		if _, late := p.late.Load(w.ID); late {
			continue // it was answered, and is about to end
		}
		in := inbound{delivery: deliver.DeliveryID(w.Delivery), at: w.At, attempts: w.Attempts + 1}
		if err := json.Unmarshal(w.Body, &in.Event); err != nil {
			unread = errors.Join(unread, p.setAside(ctx, store.AsideEvent, w.Platform+"/"+w.ID, fmt.Errorf("read the event %s: %w", w.ID, err)))
			if _, err := p.store.Respond(ctx, store.Response{Platform: w.Platform, Event: w.ID, At: p.config.Now()}, p.outbox.Lease()); err != nil {
				unread = errors.Join(unread, fmt.Errorf("end the event %s: %w", w.ID, err))
			}
			continue
		}
		in.ID = EventID(w.ID)
		again = append(again, in)
		if in.attempts <= suspectAfter {
			begun = append(begun, w.ID)
		}
	}
	if len(begun) > 0 {
		if err := p.store.Begin(ctx, p.chat.Name(), begun...); err != nil {
			return errors.Join(unread, fmt.Errorf("begin events again: %w", err))
		}
	}
	for _, in := range again {
		p.metrics.resumed(p.chat.Name(), "event", 1)
		p.config.Log.InfoContext(ctx, "taken up again", "reply", in.delivery, "platform", p.chat.Name(), "attempt", in.attempts)
		p.pending.Add(1)
		p.handle(in)
	}
	return unread
}
