package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/deliver"
	"parley/store"
)

// path is the path of every event of one chat, from what a person does to what becomes of the reply. Its functions stand below in the order in
// which they are called:
//
//	receive    whatever an adapter hands over; what is said at once ends there
//	commit     the event is stored, and may be acknowledged; or answered without, by the rule of commit.go
//	handle     the rest: at once for a platform that waits, else in its turn
//	respond    question → ask → compose → revise → record
//	question   may it have what it wants, and what is that?
//	ask        the engine answers
//	compose    the answer becomes a reply
//	revise     of an edited or deleted question, the reply to it is revised instead (revision.go)
//	record     the reply is stored with what must be sent, and what else the event led to
//	deliver    the reply is sent, and its end is put on record (package deliver)
type path struct {
	*Bot
	chat       Chat
	work       context.Context // of what was begun: it outlives the taking in
	events     deliver.KeyedQueue[store.Conversation]
	deliveries *deliver.Run[Reply]
	taking     context.Context // of the taking in
	late       sync.Map        // events that were answered without a record and are yet to be put on it, by id
	lates      sync.WaitGroup  // of those
	again      sync.RWMutex    // held while an event is begun again: alone by one that may bring the program down
}

func (b *Bot) path(work, taking context.Context, chat Chat) *path {
	return &path{Bot: b, chat: chat, work: work, taking: taking, deliveries: b.outbox.Run(work, taking, chat)}
}

// Handle takes one event along the path, and returns when what became of the reply is on record. An event that came before gets no reply
// again. An error that is an Unrecorded came after the reply was given.
func (b *Bot) Handle(ctx context.Context, chat Chat, e Event) (Reply, error) {
	e.Wait = true
	return b.path(ctx, ctx, chat).take(ctx, e)
}

// receive takes in whatever an adapter hands over. When it returns without error, the event is on record, or need not be. A panic is an
// error like others, of which the person is told.
func (p *path) receive(ctx context.Context, e Event) (reply Reply, err error) {
	if fell := deliver.Guard(func() error { reply, err = p.takeIn(ctx, e); return nil }); fell != nil {
		return Reply{}, fell
	}
	return reply, err
}

// takeIn is receive without its guard.
func (p *path) takeIn(ctx context.Context, e Event) (Reply, error) {
	if reply, done, err := p.atOnce(ctx, e); done || err != nil {
		return reply, err
	}
	if e.Wait {
		return p.take(p.work, e)
	}
	if p.pending.Add(1) > int64(p.config.Capacity) && !e.Removed {
		p.pending.Add(-1)
		p.metrics.event(p.chat.Name(), false, ErrBusy)
		return notice("Parley is busy at the moment, so your question was not taken. Please try again in a minute."), ErrBusy
	}
	taken := false
	defer func() {
		if !taken {
			p.pending.Add(-1)
		}
	}()
	in, fresh, err := p.commit(ctx, e)
	if err != nil && onlyAsks(e) {
		if reply, ok := p.fromMemory(ctx, in, err); ok {
			return reply, nil
		}
	}
	if err != nil || !fresh {
		return Reply{}, err
	}
	taken = true
	p.handle(in)
	return Reply{}, nil
}

// atOnce answers what is answered by the returned value alone, without a record: a form to fill in, completions, settings, and what is
// only glanced at.
func (p *path) atOnce(ctx context.Context, e Event) (r Reply, done bool, err error) {
	switch {
	case e.Click != nil && !e.Click.Typed:
		form, err := p.form(ctx, p.chat, e)
		return Reply{Form: form}, form != nil, err // nothing is done before the form comes back
	case e.Complete != nil:
		lib, release := p.libraries.use()
		defer release()
		return Reply{Choices: lib.Complete(*e.Complete)}, true, nil
	case e.Setup != nil:
		r, err := p.setUp(ctx, p.chat, e)
		return r, true, err
	case e.Of != "":
		foreign, err := p.foreign(ctx, e)
		return Reply{}, foreign, err
	case e.Glance:
		e.Place = deliver.Place{} // it is part of no dialogue
		lib, release := p.libraries.use()
		defer release()
		r, _, _ := p.answer(ctx, p.chat, lib, inbound{Event: e}, p.config.Now())
		r.Record = lib.About()
		return r, true, nil
	default:
		return Reply{}, false, nil
	}
}

// take puts an event on record and handles it, for a platform that waits.
func (p *path) take(ctx context.Context, e Event) (Reply, error) {
	in, fresh, err := p.accept(ctx, e)
	switch {
	case err != nil:
		return p.unrecorded(ctx, in, err)
	case fresh:
		return p.handleNow(ctx, in)
	default:
		return Reply{}, nil
	}
}

// inbound is an event on record.
type inbound struct {
	Event
	delivery deliver.DeliveryID // the id of its reply, and the one by which logs name the event on its whole path
	at       time.Time
	attempts int
}

// handle responds to an accepted event after those before it in its conversation, and delivers the reply after those before it in its lane.
// It counts as pending.
func (p *path) handle(in inbound) {
	p.events.Do(conversation(p.chat, in.Event), func() {
		var out deliver.Delivery[Reply]
		err := deliver.Guard(func() (err error) {
			switch {
			case in.attempts > suspectAfter:
				// Alone, so that of all that were begun again only the one which brought the program down is counted as begun once more.
				p.again.Lock()
				defer p.again.Unlock()
				if err := p.store.Begin(p.work, p.chat.Name(), string(in.ID)); err != nil {
					return fmt.Errorf("begin the event again: %w", err)
				}
			case in.attempts > 1:
				p.again.RLock()
				defer p.again.RUnlock()
			}
			out, err = p.respond(p.work, in)
			return err
		})
		if err != nil {
			p.config.Log.ErrorContext(p.work, "an event could not be answered and is tried again", "reply", in.delivery, "platform", p.chat.Name(), "error", err)
		}
		if err != nil || out.Item == "" {
			p.pending.Add(-1)
			return
		}
		p.deliveries.Send(out, func() { p.pending.Add(-1) })
	})
}

// handleNow responds to an accepted event and delivers the reply, for a platform that waits.
func (p *path) handleNow(ctx context.Context, in inbound) (Reply, error) {
	out, err := p.respond(ctx, in)
	if err != nil {
		return p.unrecorded(ctx, in, err)
	}
	err = p.outbox.Deliver(ctx, p.chat, out)
	var unclaimed *deliver.Unclaimed
	var unsettled *deliver.Unsettled
	switch {
	case errors.As(err, &unclaimed):
		return p.unrecorded(ctx, in, err)
	case errors.As(err, &unsettled):
		return out.Reply, &Unrecorded{unsettled.Err}
	default:
		return out.Reply, err
	}
}

// response is what an event leads to, until it is on record.
type response struct {
	in      inbound
	lib     *library.Library
	out     deliver.Delivery[Reply]
	stored  store.Response // what is put on record with the reply
	silence bool           // nothing is said
	late    bool           // an edit that came later decides what is said
}

// respond makes the reply to an event and puts it on record, together with what else the event led to.
func (p *path) respond(ctx context.Context, in inbound) (deliver.Delivery[Reply], error) {
	lib, release := p.libraries.use()
	defer release()
	r, refused, err := p.question(ctx, lib, in)
	if err == nil && !refused {
		err = p.reply(ctx, &r)
	}
	if err == nil && in.Of != "" && !r.late && in.attempts <= maxAttempts {
		err = p.revise(ctx, &r, refused)
	}
	if err == nil {
		err = p.record(ctx, &r)
	}
	return r.out, err
}

// question decides whether an event may have what it wants. Where it may not, the response says so, or is silent.
func (p *path) question(ctx context.Context, lib *library.Library, in inbound) (r response, refused bool, err error) {
	now := p.config.Now()
	settings, err := p.settings(ctx, p.chat, in.Place)
	if err != nil {
		return r, false, err
	}
	r = response{in: in, lib: lib, out: deliver.Delivery[Reply]{To: address(in.Event, settings), At: now}}
	r.stored = store.Response{Platform: p.chat.Name(), Event: string(in.ID), At: now}
	if r.late, err = p.overtaken(ctx, in.Event); r.late || in.Gone || err != nil {
		r.silence = true
		return r, true, err
	}
	if in.Removed || aboutOneself(in.Want) && in.attempts <= maxAttempts {
		return r, false, nil
	}
	refusal, err := p.allowed(ctx, p.chat, in.Event, settings, now)
	switch {
	case err != nil:
		return r, false, err
	case refusal != "" && in.Overheard:
		r.silence = true
	case refusal != "":
		r.out.Reply, r.out.To.Private = notice("%s", refusal), true
	case in.attempts > maxAttempts:
		r.out.Reply = notice("Something went wrong with this, and it is not your fault. Please ask in other words, or tell the curators.")
		r.out.To.Private = true
	default:
		return r, false, nil
	}
	return r, true, nil
}

// maxAttempts is how often an event is begun: one that brings the program down each time must not do so for ever.
const maxAttempts = 5

// reply makes what is said to an event: what its control or command wants, else the answer to what it asks.
func (p *path) reply(ctx context.Context, r *response) (err error) {
	in, instead := meant(r.in)
	r.in = in
	switch {
	case instead != "":
		r.out.Reply = notice("%s", instead)
		r.out.To.Private = true
		return nil
	case in.Click != nil:
		return p.click(ctx, p.chat, r.lib, in, &r.out, &r.stored)
	case in.Removed:
		r.silence = true
		return p.forgetTeam(ctx, p.chat, in)
	case in.Verbless:
		r.out.Reply = verbless(in)
		return nil
	case in.Want == Notify:
		r.out.To.Private = true
		if r.out.Reply, err = p.consent(ctx, p.chat, in); err == nil {
			r.out.Reply.Asked = strings.TrimSpace(string(Notify) + " " + in.Text)
		}
		return err
	case in.Want == ForgetMe:
		r.out.To.Private, r.out.To.Person = true, "" // the record does not say who was forgotten
		r.out.Reply, err = p.forget(ctx, p.chat, in)
		r.out.Reply.Asked = string(in.Want)
		return err
	case in.Want == MyData:
		r.out.To.Private = true
		r.out.Reply, err = p.held(ctx, p.chat, in)
		r.out.Reply.Asked = string(in.Want)
		return err
	}
	reply, a, after := p.answer(ctx, p.chat, r.lib, in, r.out.At)
	r.out.Reply, r.stored.Dialogue = reply, after
	r.out.Reply.Controls = controls(reply, r.out.To.Private)
	if in.Of == "" {
		if err := p.prependPendingCorrections(ctx, p.chat, &r.out); err != nil {
			return err
		}
	}
	r.silence = in.Overheard && (a.Outcome != answers.OutcomeAnswered || a.Intent == answers.IntentHelp) ||
		a.Outcome == answers.OutcomeSilent && !in.Command && !in.Wait // whoever waits is told that nothing was asked
	if !r.silence {
		r.stored.Asked = asked(p.chat, in, a, r.out.At)
	}
	return nil
}

// answer asks the engine for what an event wants, and composes the reply. The dialogue is what the conversation has come to; nil where it is
// no part of one.
func (b *Bot) answer(ctx context.Context, chat Chat, lib *library.Library, in inbound, now time.Time) (Reply, answers.Answer, *store.Dialogue) {
	q := answers.Question{Text: in.Text, AsOf: in.AsOf, Today: answers.DateOf(now)}
	switch in.Want {
	case "", answers.IntentQuestion:
		before, err := b.dialogue(ctx, chat, in.Event, now)
		if err != nil { // the answer is none the worse for it
			b.config.Log.WarnContext(ctx, "a question is answered as the first of its conversation", "reply", in.delivery, "error", err)
		}
		a, after := lib.Converse(before, q)
		leant := (before.Asked != "" || len(before.Suggestions) > 0) && answers.FateOf(a) != lib.Fate(q)
		return replyTo(lib, in, a, leant), a, talked(chat, in.Event, after, now)
	case answers.IntentCheck:
		a := lib.Check(q)
		return replyTo(lib, in, a, false), a, nil
	default:
		a := lib.LookUp(answers.LookUp{Intent: in.Want, Term: in.Text, AsOf: in.AsOf, Today: q.Today})
		return replyTo(lib, in, a, false), a, nil
	}
}

// replyTo composes the reply to an event from its answer.
func replyTo(lib *library.Library, in inbound, a answers.Answer, leant bool) Reply {
	r := view(in.View, lib.About(), a)
	r.ID, r.Asked, r.About = in.delivery, in.Text, subject(in.Event, a)
	r.About.ContextDependent = leant
	return r
}

// record puts a response on record, with the item of the outbox by which it is sent. Where another worker has answered meanwhile, nothing is
// left to send.
func (p *path) record(ctx context.Context, r *response) (err error) {
	if !r.silence && r.stored.Item == nil {
		r.out.ID = cmp.Or(r.out.Reply.ID, r.in.delivery)
		r.out.Reply.ID, r.out.Reply.Asked = r.out.ID, cmp.Or(r.out.Reply.Asked, r.in.Text)
		r.out.Shown = r.out.Reply.Answer.Stands()
		if r.stored.Item, err = queue(&r.out, p.chat.Name(), string(cmp.Or(r.in.Of, r.in.ID))); err != nil {
			return err
		}
	}
	first, err := p.store.Respond(ctx, r.stored, p.outbox.Lease())
	if err != nil {
		return fmt.Errorf("store the reply %s: %w", r.in.delivery, err)
	}
	if !first {
		r.out.Item = ""
	}
	reply := r.out.Reply
	p.metrics.answered(p.chat.Name(), reply)
	p.config.Log.InfoContext(ctx, "answered", "reply", r.in.delivery, "platform", p.chat.Name(), "want", reply.About.Want, "entry", reply.About.Entry,
		"outcome", reply.Outcome, "confidence", reply.Answer.Confidence, "said", !r.silence && first)
	return nil
}

// address is where the reply to an event goes. Clicks are answered to the person alone, and so are commands, unless the place or the
// asker wants otherwise.
func address(e Event, s Settings) deliver.Address {
	private := e.Command && !s.Public
	if e.Click != nil {
		private = true
	}
	return deliver.Address{Place: e.Place, Person: e.Person.ID, Private: private && !e.Public, Via: e.Via, ViaUntil: e.ViaUntil}
}

// asked is a question or a statement with what became of it, so that curators see what is missing. Look-ups are not kept, nor is a text that
// asks nothing.
func asked(chat Chat, in inbound, a answers.Answer, now time.Time) *store.Asked {
	switch {
	case a.Outcome == answers.OutcomeSilent:
		return nil
	case in.Want != "" && in.Want != answers.IntentQuestion && in.Want != answers.IntentCheck:
		return nil
	}
	q := &store.Asked{
		ID: string(in.delivery), At: now, Platform: chat.Name(), Text: in.Text, AsOf: in.AsOf, Outcome: a.Outcome, Confidence: a.Confidence,
	}
	if a.Entry != nil {
		q.Entry, q.Revision = a.Entry.ID, a.Entry.Revision
	}
	return q
}
