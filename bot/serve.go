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
	s := &service{bot: b, chat: chat, work: work, deliveries: b.outbox.Run(work, chat)}
	polling, rest := context.WithCancel(ctx)
	var poll sync.WaitGroup
	if b.config.Resume {
		poll.Go(func() { s.poll(polling) })
	}

	err := chat.Listen(ctx, s.receive)
	rest()
	poll.Wait()
	defer time.AfterFunc(grace, abandon).Stop()
	s.events.Wait()
	s.deliveries.Wait()
	if free := b.store.Release(work, b.outbox.Lease().Worker, chat.Name()); free != nil {
		b.config.Log.WarnContext(ctx, "what waits was not released", "platform", chat.Name(), "error", free)
	}
	return err
}

// service is one chat being served.
type service struct {
	bot        *Bot
	chat       Chat
	work       context.Context // of what was begun: it outlives the taking in
	events     deliver.KeyedQueue[talk]
	deliveries *deliver.Run[Reply]
	again      sync.Mutex // held while an event is begun again
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
	s.events.Do(conversation(in.Event), func() {
		var out deliver.Delivery[Reply]
		err := deliver.Guard(func() (err error) {
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
		if err != nil || out.Item == "" {
			s.bot.pending.Add(-1)
			return
		}
		s.deliveries.Send(out, func() { s.bot.pending.Add(-1) })
	})
}

// maxTaken bounds how many left-over events are taken up at once.
const maxTaken = 300

// maxHeld is how many deliveries a chat holds that were taken up from the store, as a multiple of Capacity. They count apart from it, since a
// large correction that the platform takes slowly would otherwise turn everybody's questions away. Room for several times as many
// keeps what is left over of other replies from waiting for the whole correction.
const maxHeld = 4

// poll takes up what was left over, again and again.
func (s *service) poll(ctx context.Context) {
	b := s.bot
	swept := time.Time{}
	for ctx.Err() == nil {
		unread := s.resume(ctx)
		n, err := s.deliveries.TakeUp(ctx)
		b.metrics.resumed(s.chat.Name(), "delivery", n)
		err = errors.Join(unread, err)
		if now := b.config.Now(); now.Sub(swept) > time.Hour {
			swept = now
			err = errors.Join(err, b.store.Sweep(ctx, now))
		}
		if err != nil && ctx.Err() == nil {
			b.config.Log.ErrorContext(ctx, "what was left over could not be taken up", "platform", s.chat.Name(), "error", err)
		}
		_ = deliver.Sleep(ctx, b.config.Poll) // its error ends the loop
	}
}

// resume takes up events that were accepted and not answered. One that cannot be read ends here: it would be no better the next time.
func (s *service) resume(ctx context.Context) error {
	b := s.bot
	left, err := b.store.TakeUnfinished(ctx, s.chat.Name(), b.config.Now(), b.outbox.Lease(), maxTaken)
	if err != nil {
		return fmt.Errorf("take up events: %w", err)
	}
	var unread error
	for _, w := range left {
		in := accepted{delivery: DeliveryID(w.Delivery), at: w.At, attempts: w.Attempts + 1}
		if err := json.Unmarshal(w.Body, &in.Event); err != nil {
			unread = errors.Join(unread, fmt.Errorf("read the event %s: %w", w.ID, err))
			if _, err := b.store.Respond(ctx, store.Response{Platform: w.Platform, Event: w.ID, At: b.config.Now()}, b.outbox.Lease()); err != nil {
				unread = errors.Join(unread, fmt.Errorf("end the event %s: %w", w.ID, err))
			}
			continue
		}
		in.ID = EventID(w.ID)
		b.metrics.resumed(s.chat.Name(), "event", 1)
		b.config.Log.InfoContext(ctx, "taken up again", "reply", in.delivery, "platform", s.chat.Name(), "attempt", in.attempts)
		b.pending.Add(1)
		s.begin(in)
	}
	return unread
}
