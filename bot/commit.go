package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/store"
)

// The rule of acknowledging. What is committed is acknowledged after that. What is not, within its time:
//
//   - a message or a mention is not acknowledged, and its platform sends it again;
//   - a command that asks comes once: it is answered from memory, with a note that this is not on record, and is put on record when that is possible;
//   - whatever would change something comes once too: nothing is done, and the person is told so.

// commitWithin is how long what comes once may take to be committed: of the 3 s that Slack and Discord wait, a third is left for the answer.
const commitWithin = 2 * time.Second

// comesOnce reports whether a platform sends an event only once.
func comesOnce(e Event) bool { return e.Command || e.Click != nil }

// onlyAsks reports whether an event comes once and changes nothing, so that it may be answered without a record.
func onlyAsks(e Event) bool {
	return e.Command && e.Click == nil && e.Setup == nil && e.Want != Notify && !aboutOneself(e.Want) && !e.Verbless
}

// commit puts an event on record, within the time that its kind has.
func (p *path) commit(ctx context.Context, e Event) (inbound, bool, error) {
	if comesOnce(e) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, commitWithin)
		defer cancel()
	}
	return p.accept(ctx, e)
}

// accept puts an event on record and reports whether it is new. After it returned without error, the event may be acknowledged.
func (p *path) accept(ctx context.Context, e Event) (in inbound, fresh bool, err error) {
	in = inbound{Event: e, delivery: deliver.DeliveryID(p.config.NewID()), at: p.config.Now(), attempts: 1}
	if in.ID == "" {
		in.ID = EventID(in.delivery)
	}
	body, err := json.Marshal(in.Event)
	if err != nil {
		return in, false, fmt.Errorf("write the event %s: %w", in.ID, err)
	}
	fresh, err = p.store.Accept(ctx, store.Incoming{
		Platform: p.chat.Name(), ID: string(in.ID), At: in.at, Delivery: string(in.delivery), Body: body,
	}, p.outbox.Lease())
	p.metrics.event(p.chat.Name(), fresh, err)
	if err != nil {
		return in, false, fmt.Errorf("store the event %s: %w", in.ID, err)
	}
	p.config.Log.DebugContext(ctx, "accepted", "reply", in.delivery, "platform", p.chat.Name(), "event", in.ID, "fresh", fresh)
	return in, fresh, nil
}

// fromMemory answers an event that could not be committed, for one person and without controls, which would need a record. It begins to put
// the question on record. ok is false if it cannot be told whether the event may have what it wants.
func (p *path) fromMemory(ctx context.Context, in inbound, why error) (reply Reply, ok bool) {
	lib, release := p.libraries.use()
	defer release()
	r, refused, err := p.question(ctx, lib, in)
	if err != nil {
		return Reply{}, false
	}
	if refused {
		return r.out.Reply, true
	}
	reply, a, _ := p.answer(ctx, p.chat, lib, in, r.out.At)
	reply.Parts = append(reply.Parts, compose.Part{
		Role: compose.RoleNotice, Text: "This reply is not on record, since the database did not take it in time: nobody can tell you if it is corrected later.",
	})
	p.config.Log.WarnContext(ctx, "answered without a record", "reply", in.delivery, "platform", p.chat.Name(), "error", why)
	p.metrics.answered(p.chat.Name(), reply)
	r.stored.Asked = asked(p.chat, in, a, r.out.At)
	p.recordLater(in, r.stored)
	return reply, true
}

// unrecorded answers a person who waits although the store cannot keep it: the answer is none the worse for it.
func (p *path) unrecorded(ctx context.Context, in inbound, why error) (Reply, error) {
	if in.Click != nil {
		return Reply{}, why
	}
	lib, release := p.libraries.use()
	defer release()
	reply, _, _ := p.answer(ctx, p.chat, lib, in, p.config.Now())
	if _, err := p.chat.Post(ctx, address(in.Event, Settings{}), reply); err != nil {
		return reply, fmt.Errorf("post the reply on %s: %w", p.chat.Name(), err)
	}
	return reply, &Unrecorded{why}
}

// Unrecorded is the error after a reply was given that could not be put on record. The answer stands.
type Unrecorded struct{ Err error }

func (u *Unrecorded) Error() string { return fmt.Sprintf("record the question: %v", u.Err) }

// Unwrap is why it could not be kept.
func (u *Unrecorded) Unwrap() error { return u.Err }

// How often, and for how long at once, it is tried to put on record what was answered without.
const (
	laterPause  = 500 * time.Millisecond
	laterWithin = 5 * time.Second
	lastWithin  = time.Second // when Parley stops
)

// recordLater puts an event and what it led to on record when that is possible. The event counts as pending until then.
func (p *path) recordLater(in inbound, r store.Response) {
	p.late.Store(string(in.ID), true)
	p.pending.Add(1)
	p.lates.Go(func() {
		defer p.pending.Add(-1)
		defer p.late.Delete(string(in.ID))
		err := deliver.Guard(func() error { return p.keepTrying(in, r) })
		if err != nil {
			p.config.Log.WarnContext(p.work, "what was answered without a record is not on record", "reply", in.delivery, "error", err)
		}
	})
}

func (p *path) keepTrying(in inbound, r store.Response) error {
	body, err := json.Marshal(in.Event)
	if err != nil {
		return fmt.Errorf("write the event %s: %w", in.ID, err)
	}
	event := store.Incoming{Platform: p.chat.Name(), ID: string(in.ID), At: in.at, Delivery: string(in.delivery), Body: body}
	for {
		within, last := laterWithin, p.taking.Err() != nil
		if last {
			within = lastWithin
		}
		ctx, cancel := context.WithTimeout(p.work, within)
		err := p.store.Note(ctx, event, r, p.outbox.Lease())
		cancel()
		if err == nil || last {
			return err
		}
		_ = deliver.Sleep(p.taking, laterPause) // once that has ended, there is one more try
	}
}
