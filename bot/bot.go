package bot

import (
	"log/slog"
	"sync/atomic"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/answers/match"
	"parley/bot/deliver"
	"parley/store"
)

// Bot answers events. It is safe for use by several chats at once.
type Bot struct {
	libraries generations
	store     *store.Store
	config    Config
	cooldowns cooldowns
	outbox    *deliver.Outbox[Reply]
	metrics   *metrics
	pending   atomic.Int64 // events taken in by Serve whose replies are still under way
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
	// Keep is how long Tidy lets things be kept.
	Keep store.Keep
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
		c.Pause = time.Second
	}
	if c.Poll == 0 {
		c.Poll = time.Second
	}
	return c
}

// New makes a bot that answers from a library and keeps all that passes in a store.
func New(lib *library.Library, db *store.Store, config Config) *Bot {
	config = config.withDefaults()
	b := &Bot{store: db, config: config, metrics: newMetrics()}
	replies := deliver.Replies[Reply]{
		Identify: func(r Reply, id deliver.DeliveryID) Reply { r.ID = id; return r },
		Strip:    func(r Reply) Reply { r.Controls = nil; return r },
		Notice:   func(text string) Reply { return notice("%s", text) },
		Note:     noteBeside,
	}
	b.outbox = deliver.New(db, replies, deliver.Config{
		Now: config.Now, Log: config.Log, Worker: config.NewID(), Lease: config.Lease, Pause: config.Pause, Hold: maxHeld * config.Capacity,
	})
	b.libraries.swap(lib)
	return b
}

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
