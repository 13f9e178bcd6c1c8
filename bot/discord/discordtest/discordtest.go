// Package discordtest plays Discord on the loopback interface, for tests of a Discord app. It is proved with discordgo itself
// (discordgo_test.go).
//
//	s := discordtest.New(t)
//	session, _ := discordgo.New("Bot " + discordtest.Token)
//	session.Client = &http.Client{Transport: s.Transport(nil)}
//
// A Server has two sides. The app's side is the wire: REST (rest.go, then commands.go, channels.go, callback.go and webhooks.go by
// family of routes), the gateway (gateway.go, session.go), and interactions as signed requests (http.go). The test's side is people and
// what they see: Say, DM, Command, Click, Select, SubmitModal and the like (people.go, interactions.go), Messages, Ephemerals and
// Modals. What a person does becomes a Delivery (delivery.go), which keeps how the app answered.
//
// There is one guild, Guild, with the app's bot, a person, User, and a text channel, Channel; AddUser and AddChannel make
// more. Every body that the app sends is held to Discord's own OpenAPI description (openapi.go) and to the rules which that leaves
// out (rules.go). A body that breaks one is refused, and the test fails. Trouble is made with Fault, Links and the methods of
// a Conn; Pace switches rate limits on.
//
// Numbers come from discord.md, the project's own notes, unless a page of Discord's documentation is named.
package discordtest

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Who is there from the beginning. Token is the only one that the server takes.
const (
	Token   = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.discordtest.secret" // without "Bot " before it
	AppID   = "100000000000000001"
	Bot     = "100000000000000001"  // the user that the app posts as
	Mention = "<@" + Bot + ">"      // how a text mentions the app
	Guild   = "200000000000000001"  // the guild that the bot is in
	Channel = "300000000000000001"  // a text channel of the guild
	User    = "400000000000000001"  // a person in the guild
	prefix  = "/api/v10"            // of all REST routes
	socket  = "/discordtest-socket" // where the gateway is
	epoch   = 1420070400000         // ms; the first of 2015, from which ids count ("Snowflakes")
)

// Config is how a Server behaves. Its zero fields are filled in by New.
type Config struct {
	// Now is the clock of ids, tokens, nonces, signatures and rate limits; time.Now. What is waited for (heartbeats, first
	// responses) is waited for in real time.
	Now func() time.Time
	// Heartbeat is the heartbeat_interval that HELLO gives; 1 s. Discord's is about 41 s ("Gateway").
	Heartbeat time.Duration
	// AnswerWithin is how long the app has for its first response to an interaction; 3 s.
	AnswerWithin time.Duration
	// TokenLife is for how long the token of an interaction is good; 15 min.
	TokenLife time.Duration
	// Shards is how many shards /gateway/bot advises; 1. With more, IDENTIFY without a shard is refused: sharding is compulsory.
	Shards int
	// Identifies is how many IDENTIFYs there are in a day; 1000. At the next one the token is no longer good.
	Identifies int
	// Privileged lets the app have privileged intents.
	Privileged bool
	// OldEdits is how many edits of messages older than an hour a channel takes in an hour; 0 for all. Discord does not publish its number.
	OldEdits int
	// Description is where Discord's OpenAPI description is; ../shared/platforms/discord-openapi.json from the root of the module.
	Description string
}

// Server is a Discord for one test.
type Server struct {
	tb      testing.TB
	config  Config
	key     ed25519.PrivateKey
	web     *httptest.Server
	client  *http.Client // for what is sent over HTTP
	ctx     context.Context
	end     context.CancelFunc
	work    sync.WaitGroup // all goroutines of the server but those of web
	openapi openapi

	mu           sync.Mutex // over all below
	closed       bool
	lastID       int64
	revoked      bool // the token is no longer good
	identifies   int
	users        map[string]Person
	channels     map[string]*Place
	messages     []*Message // in order of their ids, ephemeral ones too
	nonces       map[string]nonce
	commands     map[string][]command // by guild; "" for the global ones
	puts         int
	interactions map[string]*Delivery // by id
	modals       []*Modal
	faults       []*fault
	links        []Links
	buckets      map[string]*bucket
	paced        bool
	oldEdits     map[string][]time.Time // by channel
	endpoint     string                 // where interactions go; "" for the gateway
	conns        []*Conn
	connIDs      int
	sessions     []*session
	deliveries   []*Delivery
	calls        []Call
	violations   []string
}

// New starts a Server, which closes when the test ends.
func New(tb testing.TB, change ...func(*Config)) *Server {
	s := &Server{
		tb: tb,
		config: Config{
			Now: time.Now, Heartbeat: time.Second, AnswerWithin: 3 * time.Second, TokenLife: 15 * time.Minute, Shards: 1, Identifies: 1000,
		},
		key:          ed25519.NewKeyFromSeed([]byte("discordtest signs with this seed")),
		users:        map[string]Person{Bot: {ID: Bot, Name: "parley", bot: true}, User: {ID: User, Name: "ada", Locale: "en-US"}},
		channels:     map[string]*Place{Channel: {ID: Channel, Name: "general", Guild: Guild}},
		nonces:       map[string]nonce{},
		commands:     map[string][]command{},
		interactions: map[string]*Delivery{},
		buckets:      map[string]*bucket{},
		oldEdits:     map[string][]time.Time{},
	}
	for _, c := range change {
		c(&s.config)
	}
	s.openapi = openapi{path: s.config.Description, read: make(chan struct{})}
	s.ctx, s.end = context.WithCancel(context.Background())
	s.client = &http.Client{Transport: &http.Transport{}, Timeout: s.config.AnswerWithin}
	mux := http.NewServeMux()
	s.register(mux)
	mux.HandleFunc("GET "+socket+"/{$}", s.serveSocket)
	mux.HandleFunc("GET "+socket+"/resume/{$}", s.serveSocket)
	s.run(s.load)
	s.web = httptest.NewServer(mux)
	tb.Cleanup(s.Close)
	return s
}

// URL is where Discord would be https://discord.com; REST is at /api/v10 below it.
func (s *Server) URL() string { return s.web.URL }

// Secrets are all that the app was given and that must be told to nobody: its token, and those of interactions.
func (s *Server) Secrets() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []string{Token}
	for _, d := range s.interactions {
		all = append(all, d.Token)
	}
	return all
}

// PublicKey is the key in hex that requests with interactions are signed for.
func (s *Server) PublicKey() string {
	return hex.EncodeToString(s.key.Public().(ed25519.PublicKey))
}

// Transport sends to the server what is for https://discord.com, in v10 whatever version was written; a nil inner is http.DefaultTransport.
func (s *Server) Transport(inner http.RoundTripper) http.RoundTripper {
	return Redirect(s.web.URL, inner)
}

// Redirect is the Transport of a server that runs in another process, where URL tells.
func Redirect(url string, inner http.RoundTripper) http.RoundTripper {
	if inner == nil {
		inner = http.DefaultTransport
	}
	return rewriter{inner: inner, host: strings.TrimPrefix(url, "http://")}
}

// Client is an HTTP client with that Transport and connections of its own, which end with the server.
func (s *Server) Client() *http.Client {
	inner := &http.Transport{}
	s.tb.Cleanup(inner.CloseIdleConnections)
	return &http.Client{Transport: s.Transport(inner), Timeout: 30 * time.Second}
}

type rewriter struct {
	inner http.RoundTripper
	host  string
}

// RoundTrip implements http.RoundTripper.
func (w rewriter) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == "discord.com" {
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = "http", w.host, ""
		if rest, old := strings.CutPrefix(r.URL.EscapedPath(), "/api/v9/"); old {
			r.URL.Path, r.URL.RawPath = prefix+"/"+strings.TrimPrefix(r.URL.Path, "/api/v9/"), prefix+"/"+rest
		}
	}
	return w.inner.RoundTrip(r)
}

// Close ends all connections, lets go what is held and waits until nothing of the server is left. It may be called again.
func (s *Server) Close() {
	s.mu.Lock()
	again := s.closed
	s.closed = true
	conns := slices.Clone(s.conns)
	s.mu.Unlock()
	if again {
		return
	}
	s.end()
	for _, c := range conns {
		c.Break()
	}
	s.web.CloseClientConnections()
	s.web.Close()
	s.work.Wait()
	s.client.CloseIdleConnections()
}

// run does something aside until it ends by itself or with the server. The caller holds mu.
func (s *Server) run(f func()) {
	if !s.closed {
		s.work.Go(f)
	}
}

// newID makes a snowflake: unique, increasing, with the time in it.
func (s *Server) newID() string {
	id := (s.config.Now().UnixMilli() - epoch) << 22
	s.lastID = max(id, s.lastID+1)
	return fmt.Sprint(s.lastID)
}

// Revoke makes the token no good any more: REST answers 401, the gateway closes with 4004.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoke()
}

func (s *Server) revoke() {
	s.revoked = true
	for _, c := range s.conns {
		c.closeWith(4004)
	}
}

// violate puts something on record that the app must not do, and fails the test.
func (s *Server) violate(format string, a ...any) {
	v := fmt.Sprintf(format, a...)
	s.violations = append(s.violations, v)
	s.tb.Errorf("discordtest: %s", v)
}

// Violations lists what the app did and must not.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// wrongly fails the test because the test itself asks for what cannot be.
func (s *Server) wrongly(format string, a ...any) { s.tb.Errorf("discordtest: "+format, a...) }
