package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/answers/match"
	"parley/store"
)

// Bot answers events. It is safe for use by several chats at once.
type Bot struct {
	libraries generations
	store     *store.Store
	config    Config
	worker    string // this bot among those that share the store
	dialogues dialogues
	cooldowns cooldowns
	paces     paces
	metrics   *metrics
	pending   atomic.Int64 // events taken in by Serve whose replies are still under way
	taken     atomic.Int64 // deliveries taken up from the store by Serve that are still under way
}

// Config is what a bot takes from outside, and how much it takes on. Now and NewID are needed; zero limits are the defaults.
type Config struct {
	Now   func() time.Time
	NewID func() string // ids that are never given twice
	Log   *slog.Logger  // nil for none

	// Capacity is how many events may be under way at once; whoever comes on top of that is told that Parley is busy. By default 1,000,
	// which take about a second to answer. Deliveries taken up from the store, such as those of a large correction, count apart.
	Capacity int
	// Lease is after what time the work of a lost worker is taken up by another; by default a minute, twice what an adapter takes at
	// most for one call to its platform.
	Lease time.Duration
	// Pause is how long to wait after a failed attempt to deliver, doubled after each further one; by default a second.
	Pause time.Duration
	// Resume lets Serve take up what a crash left over, and what others put into the outbox. A terminal does without: its screen is gone.
	Resume bool
	// Poll is how often the store is asked for that; by default each second.
	Poll time.Duration
}

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Capacity == 0 {
		c.Capacity = 1000
	}
	if c.Lease == 0 {
		c.Lease = time.Minute
	}
	if c.Pause == 0 {
		c.Pause = firstPause
	}
	if c.Poll == 0 {
		c.Poll = time.Second
	}
	return c
}

// New makes a bot that answers from a library and keeps all that passes in a store.
func New(lib *library.Library, db *store.Store, config Config) *Bot {
	b := &Bot{store: db, config: config.withDefaults(), worker: config.NewID(), metrics: newMetrics()}
	b.libraries.swap(lib)
	return b
}

// Handle is the path of one event, from what a person says to what becomes of the reply; it returns when that is on record. An
// event that came before gets no reply again. An error that is an Unrecorded came after the reply was given.
func (b *Bot) Handle(ctx context.Context, chat Chat, e Event) (Reply, error) {
	in, fresh, err := b.accept(ctx, chat, e)
	if err != nil {
		return b.unrecorded(ctx, chat, in, err)
	}
	if !fresh {
		return Reply{}, nil
	}
	out, err := b.respond(ctx, chat, in)
	if err != nil {
		return b.unrecorded(ctx, chat, in, err)
	}
	err = b.deliver(ctx, chat, out)
	if unclaimed := (*unclaimed)(nil); errors.As(err, &unclaimed) {
		return b.unrecorded(ctx, chat, in, err)
	}
	return out.reply, err
}

// accepted is an event on record.
type accepted struct {
	Event
	delivery DeliveryID // the id of its reply, and the one by which logs name the event on its whole path
	at       time.Time
	attempts int
}

// accept puts an event on record and reports whether it is new. After it returned without error, the event may be acknowledged.
func (b *Bot) accept(ctx context.Context, chat Chat, e Event) (in accepted, fresh bool, err error) {
	in = accepted{Event: e, delivery: DeliveryID(b.config.NewID()), at: b.config.Now(), attempts: 1}
	if in.ID == "" {
		in.ID = EventID(in.delivery)
	}
	body, err := json.Marshal(in.Event)
	if err != nil {
		return in, false, fmt.Errorf("write the event %s: %w", in.ID, err)
	}
	fresh, err = b.store.Accept(ctx, store.Incoming{
		Platform: chat.Name(), ID: string(in.ID), At: in.at, Delivery: string(in.delivery), Body: body,
	}, b.lease())
	b.metrics.event(chat.Name(), fresh, err)
	if err != nil {
		return in, false, fmt.Errorf("store the event %s: %w", in.ID, err)
	}
	b.config.Log.DebugContext(ctx, "accepted", "reply", in.delivery, "platform", chat.Name(), "event", in.ID, "fresh", fresh)
	return in, fresh, nil
}

// lease is the right of this bot to what it takes up now.
func (b *Bot) lease() store.Lease {
	return store.Lease{Worker: b.worker, Until: b.config.Now().Add(b.config.Lease)}
}

// unrecorded answers a person who waits although the store cannot keep it: the answer is none the worse for it.
func (b *Bot) unrecorded(ctx context.Context, chat Chat, in accepted, why error) (Reply, error) {
	if in.Click != nil {
		return Reply{}, why
	}
	lib, done := b.libraries.use()
	defer done()
	reply, _ := b.answer(lib, in, b.config.Now())
	if _, err := chat.Post(ctx, address(in.Event, Settings{}), reply); err != nil {
		return reply, fmt.Errorf("post the reply on %s: %w", chat.Name(), err)
	}
	return reply, &Unrecorded{why}
}

// Unrecorded is the error after a reply was given that could not be put on record. The answer stands.
type Unrecorded struct{ Err error }

func (u *Unrecorded) Error() string { return fmt.Sprintf("record the question: %v", u.Err) }

// Unwrap is why it could not be kept.
func (u *Unrecorded) Unwrap() error { return u.Err }

// Learn makes the library of other contents; soon, if they differ little from those that the bot answers from.
func (b *Bot) Learn(c answers.Contents, progress match.Progress) (*library.Library, error) {
	lib, done := b.libraries.use()
	defer done()
	return lib.Renew(c, progress)
}

// Swap lets the bot answer from another library from now on, without a pause. What is under way ends with the old one; when Swap returns,
// that is on record.
func (b *Bot) Swap(lib *library.Library) { b.libraries.swap(lib) }

// About is what the record of today is about.
func (b *Bot) About() answers.About {
	lib, done := b.libraries.use()
	defer done()
	return lib.About()
}
