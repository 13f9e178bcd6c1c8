// Package slack is the adapter for Slack.
//
// Payloads arrive by Socket Mode (socket.go) or as HTTP requests (http.go). translate.go and messages.go turn each into an event, and handle.go records the
// event before acknowledging it. Replies are rendered as Block Kit (render.go), and delivered, revised and searched for by deliver.go and
// find.go; errors.go classifies Slack's errors for the delivery, and edits.go keeps edits within Slack's rate limit. Forms, settings and the
// Home tab, which only Slack has in this shape, are in surface.go.
//
// Numbers and rules are Slack's own, from docs.slack.dev; the page is named where one is used.
package slack

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/deliver"
)

// Config holds the settings of a connection to Slack: the bot token, and either an app token for Socket Mode or a signing secret and an
// address for HTTP.
type Config struct {
	BotToken      string // xoxb-…
	AppToken      string // xapp-…, with the scope connections:write
	SigningSecret string
	Listen        string // the address that HTTP requests come to, as in ":8085"

	APIURL string       // "" for Slack's own; with a slash at its end
	Log    *slog.Logger // nil for none

	// PingWithin is how long a socket may be without a ping from Slack before it counts as dead; by default 30 s, as in the
	// library.
	PingWithin time.Duration
	// Drain is how long to wait after the last acknowledgement before a socket is closed, since one that was written is not yet sent; by
	// default 750 ms (measured: of 300 acknowledgements that were followed at once by a close, 293 were lost).
	Drain time.Duration
	// EditPause is the time between two edits in the long run; by default that of Slack's limit (edits.go).
	EditPause time.Duration
	// Now is the clock for the expiry of response_urls; by default time.Now.
	Now func() time.Time
}

// Chat is Parley on one Slack workspace, or by HTTP on the one that its bot token is for. It is a bot.Chat, deliver.Finder and deliver.Pacer.
type Chat struct {
	config Config
	api    *slack.Client
	web    *http.Client
	log    *slog.Logger
	tasks  bot.Tasks // background work, beside the acknowledgements
	edits  *edits
	gone   func(error) // ends listening, for good
	clock  *bot.Clock

	mu        sync.Mutex
	self      identity
	up        map[int]bool // sockets that are connected
	downSince time.Time    // since when none is
	httpReady bool         // HTTP: requests are taken
}

// identity is the app's own: its workspace, bot user and bot id.
type identity struct {
	team deliver.TeamID
	user deliver.PersonID
	bot  string
}

// callTimeout bounds each call to Slack: half of the 30 s that bot allows an attempt.
const callTimeout = 15 * time.Second

// New makes the adapter; it connects when it listens.
func New(c Config) *Chat {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.PingWithin == 0 {
		c.PingWithin = 30 * time.Second
	}
	if c.Drain == 0 {
		c.Drain = 750 * time.Millisecond
	}
	if c.EditPause == 0 {
		c.EditPause = editPause
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	web := &http.Client{Timeout: callTimeout}
	known := &bot.Clock{}
	options := []slack.Option{slack.OptionHTTPClient(api{web, c.Now, known}), slack.OptionAppLevelToken(c.AppToken)}
	if c.APIURL != "" {
		options = append(options, slack.OptionAPIURL(c.APIURL))
	}
	return &Chat{
		config: c, api: slack.New(c.BotToken, options...), web: web, log: c.Log, tasks: bot.Tasks{Log: c.Log}, clock: known, edits: newEdits(c.EditPause),
		up: map[int]bool{}, downSince: time.Now(),
	}
}

// api makes the calls of the library, with errors that tell no address, and notes Slack's time.
type api struct {
	web   *http.Client
	now   func() time.Time
	clock *bot.Clock
}

// Do makes a call.
func (a api) Do(r *http.Request) (*http.Response, error) {
	answer, err := a.web.Do(r)
	if err == nil {
		a.clock.Note(answer, a.now())
	}
	return answer, bot.WithoutURL(err)
}

// Name is how records call this platform.
func (c *Chat) Name() string { return "slack" }

// Listen connects and takes events until ctx ends. An error is for good: a token, a scope or the app is not as it must be, and
// the sentence names it.
func (c *Chat) Listen(ctx context.Context, receive bot.Receive) error {
	context.AfterFunc(ctx, c.edits.stop)
	defer c.edits.stop()
	if err := c.introduce(ctx); err != nil {
		return err
	}
	if c.config.AppToken != "" {
		return c.listenSocket(ctx, receive)
	}
	return c.listenHTTP(ctx, receive)
}

// scopes are required of the bot token (deploy/slack/manifest.json), each with its use.
func scopes() map[string]string {
	return map[string]string{
		"chat:write":        "answer",
		"commands":          "take slash commands and shortcuts",
		"app_mentions:read": "see where it is mentioned",
		"im:history":        "read direct messages to it",
	}
}

// introduce calls auth.test: it keeps the identity of the token and checks its scopes. It retries while Slack cannot be reached.
func (c *Chat) introduce(ctx context.Context) error {
	var granted string
	fatal := func(err error) (string, bool) { return fatalSentence("PARLEY_SLACK_BOT_TOKEN", err) }
	err := bot.Reach(ctx, "Slack", time.Second, c.log, fatal, func() error {
		who, err := c.api.AuthTestContext(ctx)
		if err != nil {
			return err
		}
		granted = who.Header.Get("X-OAuth-Scopes")
		c.mu.Lock()
		defer c.mu.Unlock()
		c.self = identity{deliver.TeamID(who.TeamID), deliver.PersonID(who.UserID), who.BotID}
		return nil
	})
	if err != nil {
		return err
	}
	return missingScopes(granted)
}

// missingScopes returns an error that names the scopes a token lacks; Slack lists the granted ones in a header of each answer.
func missingScopes(granted string) error {
	if granted == "" {
		return nil // not told
	}
	has := strings.FieldsFunc(granted, func(r rune) bool { return r == ',' || r == ' ' })
	var missing []string
	for scope, what := range scopes() {
		if !slices.Contains(has, scope) {
			missing = append(missing, fmt.Sprintf("%s (to %s)", scope, what))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	return fmt.Errorf("the Slack bot token lacks the scope %s: add it under “OAuth & Permissions”, install the app again, and set the new token",
		strings.Join(missing, " and the scope "))
}

// Probe asks Slack once whether it takes the tokens and has granted the scopes, and by how much our clock is ahead of Slack's. An error that
// bot.ErrUnreachable is not in tells what must be mended.
func (c *Chat) Probe(ctx context.Context) (ahead time.Duration, known bool, err error) {
	who, err := c.api.AuthTestContext(ctx)
	if err == nil {
		err = missingScopes(who.Header.Get("X-OAuth-Scopes"))
	} else {
		err = bot.Probed(err, func(err error) (string, bool) { return fatalSentence("PARLEY_SLACK_BOT_TOKEN", err) })
	}
	if err == nil && c.config.AppToken != "" {
		_, _, err = c.api.StartSocketModeContext(ctx)
		err = bot.Probed(err, func(err error) (string, bool) { return fatalSentence("PARLEY_SLACK_APP_TOKEN", err) })
	}
	ahead, known = c.clock.Ahead()
	return ahead, known, err
}

// Connections counts the connections that are up, and that there should be.
func (c *Chat) Connections() (up, wanted int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.config.AppToken != "" {
		return len(c.up), sockets
	}
	if c.httpReady {
		up = 1
	}
	return up, 1
}

// me returns the identity of the app; the zero value before introduce.
func (c *Chat) me() identity {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.self
}

// connected notes that a socket is up or down.
func (c *Chat) connected(socket int, up bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := len(c.up)
	if up {
		c.up[socket] = true
	} else {
		delete(c.up, socket)
	}
	if before > 0 && len(c.up) == 0 {
		c.downSince = time.Now()
	}
}

// Connected reports why nothing can come in now.
func (c *Chat) Connected() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.httpReady || len(c.up) > 0 {
		return nil
	}
	return fmt.Errorf("no connection to Slack for %s", time.Since(c.downSince).Round(time.Second))
}
