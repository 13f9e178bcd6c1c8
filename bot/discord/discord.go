// Package discord is the adapter for Discord.
//
// Payloads arrive by the gateway (gateway.go) or as signed HTTP requests (http.go). translate.go turns each into an event, and handle.go
// records the event before Discord is answered. Replies are rendered as messages (render.go) and delivered by deliver.go, within the 3 s
// that Discord gives for the first response (interaction.go). errors.go classifies Discord's errors for the delivery; every request goes
// through rest.go. register.go keeps the slash commands registered.
//
// Numbers and rules are Discord's own, from its developer documentation; the file is named where one is used.
package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
)

// Config holds the settings of a connection to Discord: the bot token, and for HTTP the application's public key and an address.
type Config struct {
	Token     string
	PublicKey string // in hex; with Listen, interactions come as HTTP requests instead of by the gateway
	Listen    string // the address that they come to, as in ":8086"
	TestGuild string // register commands for this guild alone, effective at once; "" for everywhere

	Transport http.RoundTripper // nil for the network
	Log       *slog.Logger      // nil for none

	OpenWithin time.Duration // how long opening a gateway connection may take; by default 30 s
	AckWithin  time.Duration // how long a connection may be without heartbeat acknowledgements; by default 100 s, some two intervals
	Pause      time.Duration // after a connection ended, doubled each time up to a minute; by default a second
	DeferAfter time.Duration // when a first response is deferred that is not there yet; by default 1.5 s of the 3 s that Discord waits
}

// Chat is Parley on Discord. It is a bot.Chat and a deliver.Finder.
type Chat struct {
	config Config
	log    *slog.Logger
	rest   *rest
	key    ed25519.PublicKey
	tasks  bot.Tasks // background work, beside the responses
	talks  interactions

	limits  limits
	refused budget
	clock   bot.Clock

	mu        sync.Mutex
	me        discordgo.User
	app       string
	up        map[int]bool // shards that are connected
	shards    int          // how many there must be; 0 before that is known
	httpReady bool         // HTTP: requests are taken
}

// New makes the adapter; it connects when it listens. The first call sets the version that the library speaks, so it must not be made
// beside others. A public key that is none is an error: the library would panic at the first request.
func New(c Config) (*Chat, error) {
	if discordgo.APIVersion != apiVersion {
		discordgo.APIVersion = apiVersion // of the gateway; the library has no other place for it
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.OpenWithin == 0 {
		c.OpenWithin = 30 * time.Second
	}
	if c.AckWithin == 0 {
		c.AckWithin = 100 * time.Second
	}
	if c.Pause == 0 {
		c.Pause = time.Second
	}
	if c.DeferAfter == 0 {
		c.DeferAfter = 1500 * time.Millisecond
	}
	chat := &Chat{config: c, log: c.Log, tasks: bot.Tasks{Log: c.Log}, up: map[int]bool{}}
	if c.PublicKey != "" {
		key, err := hex.DecodeString(c.PublicKey)
		if err != nil || len(key) != ed25519.PublicKeySize {
			return nil, fmt.Errorf("the public key of the Discord application is not %d bytes in hex: copy it again from its General Information", ed25519.PublicKeySize)
		}
		chat.key = key
	}
	session, err := chat.session()
	if err != nil {
		return nil, err
	}
	chat.rest = &rest{session: session, limits: &chat.limits, refused: &chat.refused}
	return chat, nil
}

// callTimeout bounds each request to Discord: half of the 30 s that bot allows an attempt.
const callTimeout = 15 * time.Second

// session makes a session of the library as Parley needs it: no state, no reconnecting by itself, since it would go on for ever.
func (c *Chat) session() (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + c.config.Token)
	if err != nil {
		return nil, fmt.Errorf("make a Discord session: %w", err)
	}
	s.Client = &http.Client{Timeout: callTimeout, Transport: newest{c.config.Transport, &c.limits, &c.refused, &c.clock}}
	s.Dialer = dialer()
	s.StateEnabled = false
	s.ShouldReconnectOnError = false
	s.LogLevel = -1 // at its lowest level the library logs to standard error by itself
	// No privileged intent: mentions and direct messages carry their text without (gateway.md, "Message Content Intent").
	s.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	return s, nil
}

// Name is how records call this platform.
func (c *Chat) Name() string { return "discord" }

// Listen connects and takes events until ctx ends. An error is for good: the token or the application is not as it must be, and the
// sentence says how.
func (c *Chat) Listen(ctx context.Context, receive bot.Receive) error {
	if err := c.introduce(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	if err := c.register(ctx, receive); err != nil {
		return err
	}
	if c.config.Listen != "" {
		return c.listenHTTP(ctx, receive)
	}
	return c.listenGateway(ctx, receive)
}

// introduce fetches the user and application of the token. It retries while Discord cannot be reached.
func (c *Chat) introduce(ctx context.Context) error {
	return c.untilDone(ctx, func() error {
		var me discordgo.User
		var app discordgo.Application
		if err := c.rest.get(ctx, discordgo.EndpointUser("@me"), "me", &me); err != nil {
			return err
		}
		if err := c.rest.get(ctx, discordgo.EndpointApplication("@me"), "app", &app); err != nil {
			return err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.me, c.app = me, app.ID
		return nil
	})
}

// untilDone repeats a step of the start while Discord cannot be reached.
func (c *Chat) untilDone(ctx context.Context, do func() error) error {
	return bot.Reach(ctx, "Discord", c.config.Pause, c.log, fatalSentence, do)
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// self returns the bot's user and application id; zero values before introduce.
func (c *Chat) self() (user discordgo.User, app string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.me, c.app
}

// Probe asks Discord once whether it takes the token, and by how much our clock is ahead of Discord's. An error that bot.ErrUnreachable is not in
// tells what must be mended.
func (c *Chat) Probe(ctx context.Context) (ahead time.Duration, known bool, err error) {
	var me discordgo.User
	err = bot.Probed(c.rest.get(ctx, discordgo.EndpointUser("@me"), "me", &me), fatalSentence)
	ahead, known = c.clock.Ahead()
	return ahead, known, err
}

// Connections counts the connections that are up, and that there should be.
func (c *Chat) Connections() (up, wanted int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.httpReady {
		return 1, 1
	}
	return len(c.up), max(1, c.shards)
}

// connected notes that a shard is up or down.
func (c *Chat) connected(shard int, up bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if up {
		c.up[shard] = true
	} else {
		delete(c.up, shard)
	}
}

// Connected reports why not everything can come in now.
func (c *Chat) Connected() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.httpReady, c.shards > 0 && len(c.up) == c.shards:
		return nil
	default:
		return fmt.Errorf("%d of %d connections to Discord are up", len(c.up), max(1, c.shards))
	}
}
