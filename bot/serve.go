package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

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
	s := &service{bot: b, chat: chat, work: work}
	polling, rest := context.WithCancel(ctx)
	var poll sync.WaitGroup
	if b.config.Resume {
		poll.Go(func() { s.poll(polling) })
	}

	err := chat.Listen(ctx, s.receive)
	rest()
	poll.Wait()
	defer time.AfterFunc(grace, abandon).Stop()
	s.events.wait()
	s.deliveries.wait()
	if free := b.store.Release(work, b.worker, chat.Name()); free != nil {
		b.config.Log.WarnContext(ctx, "what waits was not released", "platform", chat.Name(), "error", free)
	}
	return err
}

// service is one chat being served.
type service struct {
	bot        *Bot
	chat       Chat
	work       context.Context // of what was begun: it outlives the taking in
	events     lanes[talk]
	deliveries lanes[string]
	again      sync.Mutex   // held while an event is begun again
	known      sync.Map     // the items of the outbox that are in a lane here, by id
	taken      atomic.Int64 // deliveries taken up from the store that are in a lane here
}

// receive takes in one event. When it returns without error, the event is on record.
func (s *service) receive(ctx context.Context, e Event) (Reply, error) {
	b := s.bot
	if c := e.Click; c != nil && !c.Typed {
		switch form, err := b.form(ctx, s.chat, e); {
		case err != nil:
			return Reply{}, err
		case form != nil:
			return Reply{Form: form}, nil // nothing is done before it comes back
		}
	}
	switch {
	case e.Complete != nil:
		lib, done := b.libraries.use()
		defer done()
		return Reply{Choices: lib.Complete(*e.Complete)}, nil
	case e.Setup != nil:
		return b.setUp(ctx, s.chat, e)
	case e.Glance:
		e.Place = Place{} // it is part of no dialogue
		lib, done := b.libraries.use()
		defer done()
		reply, _ := b.answer(lib, accepted{Event: e}, b.config.Now())
		reply.Record = lib.About()
		return reply, nil
	case e.Wait:
		return b.Handle(s.work, s.chat, e)
	}
	if b.pending.Add(1) > int64(b.config.Capacity) {
		b.pending.Add(-1)
		b.metrics.event(s.chat.Name(), false, ErrBusy)
		return notice("Parley is busy at the moment, so your question was not taken. Please try again in a minute."), ErrBusy
	}
	in, fresh, err := b.accept(ctx, s.chat, e)
	if err != nil || !fresh {
		b.pending.Add(-1)
		return Reply{}, err
	}
	s.begin(in)
	return Reply{}, nil
}

// begin carries an accepted event through the rest of the path. It counts as pending.
func (s *service) begin(in accepted) {
	s.events.do(conversation(in.Event), func() {
		var out outgoing
		err := guarded(func() (err error) {
			if in.attempts > 1 {
				// One at a time, so that of all that were under way only the one which brought the program down is counted as begun again.
				s.again.Lock()
				defer s.again.Unlock()
				if err := s.bot.store.Begin(s.work, s.chat.Name(), string(in.ID)); err != nil {
					return fmt.Errorf("begin the event again: %w", err)
				}
			}
			out, err = s.bot.respond(s.work, s.chat, in)
			return err
		})
		if err != nil {
			s.bot.config.Log.ErrorContext(s.work, "an event could not be answered and is tried again", "reply", in.delivery, "platform", s.chat.Name(), "error", err)
		}
		if err != nil || out.item == "" {
			s.bot.pending.Add(-1)
			return
		}
		s.send(out, func() { s.bot.pending.Add(-1) })
	})
}

// send puts a delivery into its lane. It is counted by the caller, and no more once ended is called.
func (s *service) send(out outgoing, ended func()) {
	if _, known := s.known.LoadOrStore(out.item, true); known {
		ended()
		return
	}
	s.deliveries.do(out.lane, func() {
		defer ended()
		defer s.known.Delete(out.item)
		if err := guarded(func() error { return s.bot.deliver(s.work, s.chat, out) }); err != nil {
			s.bot.config.Log.WarnContext(s.work, "a reply was not delivered", "reply", out.reply.ID, "platform", s.chat.Name(), "error", err)
		}
	})
}

// guarded turns a panic, which only a fault of ours can cause, into an error: one event must not end the others.
func guarded(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work()
}

// maxTaken bounds how much left-over work is taken up at once, and of that, for one channel.
const (
	maxTaken   = 300
	maxPerLane = 30
)

// maxHeld is how many deliveries a chat holds that were taken up from the store, as a multiple of Capacity. They count apart from it, since a
// large correction that the platform takes slowly would otherwise turn everybody's questions away. Room for several times as many
// keeps what is left over of other replies from waiting for the whole correction.
const maxHeld = 4

// poll takes up what was left over, again and again.
func (s *service) poll(ctx context.Context) {
	b := s.bot
	swept := time.Time{}
	for ctx.Err() == nil {
		err := errors.Join(s.resume(ctx), s.redeliver(ctx))
		if now := b.config.Now(); now.Sub(swept) > time.Hour {
			swept = now
			err = errors.Join(err, b.store.Sweep(ctx, now))
		}
		if err != nil && ctx.Err() == nil {
			b.config.Log.ErrorContext(ctx, "what was left over could not be taken up", "platform", s.chat.Name(), "error", err)
		}
		_ = sleep(ctx, b.config.Poll) // its error ends the loop
	}
}

// resume takes up events that were accepted and not answered. One that cannot be read ends here: it would be no better the next time.
func (s *service) resume(ctx context.Context) error {
	b := s.bot
	left, err := b.store.TakeUnfinished(ctx, s.chat.Name(), b.config.Now(), b.lease(), maxTaken)
	if err != nil {
		return fmt.Errorf("take up events: %w", err)
	}
	var unread error
	for _, w := range left {
		in := accepted{delivery: DeliveryID(w.Delivery), at: w.At, attempts: w.Attempts + 1}
		if err := json.Unmarshal(w.Body, &in.Event); err != nil {
			unread = errors.Join(unread, fmt.Errorf("read the event %s: %w", w.ID, err))
			if _, err := b.store.Respond(ctx, store.Response{Platform: w.Platform, Event: w.ID, At: b.config.Now()}, b.lease()); err != nil {
				unread = errors.Join(unread, fmt.Errorf("end the event %s: %w", w.ID, err))
			}
			continue
		}
		in.ID = EventID(w.ID)
		b.metrics.resumed(s.chat.Name(), "event")
		b.config.Log.InfoContext(ctx, "taken up again", "reply", in.delivery, "platform", s.chat.Name(), "attempt", in.attempts)
		b.pending.Add(1)
		s.begin(in)
	}
	return unread
}

// redeliver takes up deliveries that wait, and those of lost workers. One that cannot be read ends here, too.
func (s *service) redeliver(ctx context.Context) error {
	b := s.bot
	room := maxHeld*b.config.Capacity - int(s.taken.Load())
	if room <= 0 {
		return nil
	}
	due, err := b.store.TakeDue(ctx, s.chat.Name(), b.config.Now(), b.lease(), maxPerLane, min(maxTaken, room))
	if err != nil {
		return fmt.Errorf("take up deliveries: %w", err)
	}
	var unread error
	for _, it := range due {
		out, err := restored(it)
		if err != nil {
			unread = errors.Join(unread, err, b.settle(ctx, unreadable(it, b.config.Now())))
			continue
		}
		b.metrics.resumed(s.chat.Name(), "delivery")
		s.taken.Add(1)
		b.taken.Add(1)
		s.send(out, func() {
			s.taken.Add(-1)
			b.taken.Add(-1)
		})
	}
	return unread
}

// unreadable is the end of an item of which nobody can tell any more what it was to say.
func unreadable(it store.Item, now time.Time) store.Settlement {
	end := store.Settlement{Item: it.ID, Delivery: it.Delivery.ID, State: store.Failed, Reason: "what is on record of it cannot be read", At: now}
	if it.Interrupted {
		end.State = store.Unknown
	}
	return end
}

// restored is an item of the outbox as what must be sent.
func restored(it store.Item) (outgoing, error) {
	d := it.Delivery
	out := outgoing{
		item: it.ID, act: it.Act, lane: it.Lane, to: loaded(d.To), at: it.At, attempts: it.Attempts, change: it.Change, interrupted: it.Interrupted,
	}
	body := it.Body
	if body == nil {
		body = d.Body
	}
	if err := json.Unmarshal(body, &out.reply); err != nil {
		return outgoing{}, fmt.Errorf("read the reply %s: %w", d.ID, err)
	}
	out.reply.ID = DeliveryID(d.ID)
	out.before = Receipt{To: out.to, EditBy: d.EditBy, EditUntil: d.EditUntil}
	for _, id := range d.Messages {
		out.before.Messages = append(out.before.Messages, MessageID(id))
	}
	if out.act == store.Tell {
		out.directly()
	}
	if out.reply.Sorry != "" {
		out.otherwise = &Address{Place: out.to.Place, Person: out.to.Person, Private: true}
	}
	return out, nil
}
