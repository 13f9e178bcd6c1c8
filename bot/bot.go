package bot

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"parley/answers"
	"parley/store"
)

// Bot answers events. It is safe for use by several chats at once.
type Bot struct {
	library   atomic.Pointer[answers.Library]
	store     *store.Store
	clock     Clock
	dialogues dialogues
}

// Clock gives what the bot takes from outside: the time, and ids that are never given twice.
type Clock struct {
	Now   func() time.Time
	NewID func() string
}

// New makes a bot that answers from a library and keeps what it was asked in a store.
func New(lib *answers.Library, db *store.Store, clock Clock) *Bot {
	b := &Bot{store: db, clock: clock}
	b.library.Store(lib)
	return b
}

// Serve answers all that people say on a chat, until ctx ends or nothing more can come.
func (b *Bot) Serve(ctx context.Context, chat Chat) error {
	return chat.Listen(ctx, func(ctx context.Context, e Event) (Reply, error) {
		_, err := b.Handle(ctx, chat, e)
		return Reply{}, err
	})
}

// Handle is the path of one event: question → answer → reply → delivery → record. It returns the reply that was delivered; an
// error that is an Unrecorded came after the delivery.
func (b *Bot) Handle(ctx context.Context, chat Chat, e Event) (Reply, error) {
	now := b.clock.Now()
	answer := b.answer(e, now)
	reply := Compose(answer)
	reply.Asked = e.Text
	if _, err := chat.Post(ctx, e.Place, reply); err != nil {
		return reply, fmt.Errorf("post the reply on %s: %w", chat.Name(), err)
	}
	if err := b.record(ctx, chat, e, answer, now); err != nil {
		return reply, &Unrecorded{err}
	}
	return reply, nil
}

// answer asks the engine for what an event wants. Only questions are part of a dialogue.
func (b *Bot) answer(e Event, now time.Time) answers.Answer {
	lib := b.library.Load()
	q := answers.Question{Text: e.Text, AsOf: e.AsOf, Today: answers.DateOf(now)}
	switch e.Want {
	case "", answers.IntentQuestion:
		before := b.dialogues.in(e.Place, now)
		a, after := lib.Converse(before, q)
		b.dialogues.keep(e.Place, after, now)
		return a
	case answers.IntentCheck:
		return lib.Check(q)
	default:
		return lib.LookUp(answers.LookUp{Intent: e.Want, Term: e.Text, AsOf: e.AsOf, Today: q.Today})
	}
}

// record keeps a question or a statement with what became of it, so that curators see what is missing. Look-ups are not kept.
func (b *Bot) record(ctx context.Context, chat Chat, e Event, a answers.Answer, now time.Time) error {
	switch e.Want {
	case "", answers.IntentQuestion, answers.IntentCheck:
	default:
		return nil
	}
	asked := store.Asked{
		ID: b.clock.NewID(), At: now, Platform: chat.Name(), Text: e.Text, AsOf: e.AsOf,
		Outcome: a.Outcome, Confidence: a.Confidence,
	}
	if a.Entry != nil {
		asked.Entry, asked.Revision = a.Entry.ID, a.Entry.Revision
	}
	return b.store.RecordQuestions(ctx, asked)
}

// Unrecorded is the error after a reply was delivered and the note of it could not be kept. The answer stands.
type Unrecorded struct{ Err error }

func (u *Unrecorded) Error() string { return fmt.Sprintf("record the question: %v", u.Err) }

// Unwrap is why it could not be kept.
func (u *Unrecorded) Unwrap() error { return u.Err }
