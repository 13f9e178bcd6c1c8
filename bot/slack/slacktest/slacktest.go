// Package slacktest plays Slack on the loopback interface, for tests of a Slack app. It is proved with Slack's own clients for Node
// and with slack-go (slackgo_test.go, node_test.go).
//
//	s := slacktest.New(t)
//	api := slack.New(slacktest.BotToken, slack.OptionAppLevelToken(slacktest.AppToken), slack.OptionAPIURL(s.URL()))
//
// A Server has two sides. The app's side is the wire: the Web API (web.go, then chat.go, conversations.go and views.go by family of
// methods), response URLs (response.go), and what Slack sends, by Socket Mode (sockets.go) or as signed requests (http.go). The
// test's side is people and what they see: Say, DM, Command, Click, Submit and the like (people.go), Messages, Ephemerals, Home and Modals.
// What a person does becomes a Delivery (delivery.go), which is repeated until it is acknowledged and keeps the acknowledgement.
//
// There is one workspace, Team, with the app, its bot user, a person U1 and a channel C1 of which both are members; AddUser
// and AddChannel make more. All messages, views and answers to response URLs are held to the limits of Block Kit (blocks.go), and with Config.Plain to more (plain.go).
// Trouble is made with Fault, Links and the methods of a Conn; Pace switches Slack's rate limits on.
//
// Names of pages in comments are those of docs.slack.dev.
package slacktest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Who is there from the beginning. The tokens are the only ones that the server takes.
const (
	BotToken = "xoxb-1-slacktest"
	AppToken = "xapp-1-slacktest"
	Team     = "T1"
	App      = "A1"
	Bot      = "U0BOT"          // the user that the app posts as
	Mention  = "<@" + Bot + ">" // how a text mentions the app
	botID    = "B0BOT"
	domain   = "slacktest"
)

// Config is how a Server behaves. Its zero fields are filled in by New.
type Config struct {
	// Now is the clock of message ids, triggers, response URLs, signatures and pace; time.Now. What is waited for (pings,
	// acknowledgements, repetitions) is waited for in real time.
	Now func() time.Time
	// Ping is the time between two pings on a connection; 1 s.
	Ping time.Duration
	// AckWithin is how long the app may take to acknowledge; 3 s ("The Events API", "Handling user interaction").
	AckWithin time.Duration
	// Repeat is after what time without acknowledgement an event is sent again, counted from the time before; 100, 200 and 400 ms.
	// Slack's are, after AckWithin, at once, 1 min and 5 min ("The Events API"). After the last one AckWithin is waited.
	Repeat []time.Duration
	// Command is the slash command of the app; "/parley".
	Command string
	// Plain holds the app to plain text (plain.go). What breaks that, or a limit of Block Kit, is refused and fails the test.
	Plain bool
	// Scopes are what the bot token may do, and so which events it gets; all that the server knows of.
	Scopes []string
}

// Server is a Slack for one test.
type Server struct {
	tb     testing.TB
	config Config
	web    *httptest.Server
	client *http.Client // for what is sent over HTTP
	ctx    context.Context
	end    context.CancelFunc
	work   sync.WaitGroup // all goroutines of the server but those of web

	mu         sync.Mutex // over all below
	closed     bool
	ids        int
	lastTS     time.Time
	uninstall  string // the error of a token that is no longer good; "" while it is
	users      map[string]User
	channels   map[string]*Channel
	messages   []*Message // in order of their ids, ephemeral ones too
	views      []*View    // homes and open modals, in order of opening
	triggers   map[string]*trigger
	responses  map[string]*response
	faults     []*fault
	links      []Links
	paced      bool
	spent      map[string][]time.Time // calls under a limit, by what is limited
	endpoint   *Endpoint
	tickets    map[string]bool // of connections that may be opened
	ticketed   []string        // all that were given
	conns      []*Conn
	turn       int // whose turn among conns it is
	deliveries []*Delivery
	envelopes  map[string]envelope
	acks       []Ack
	calls      []Call
}

// New starts a Server, which closes when the test ends.
func New(tb testing.TB, change ...func(*Config)) *Server {
	s := &Server{
		tb: tb,
		config: Config{
			Now: time.Now, Ping: time.Second, AckWithin: 3 * time.Second, Command: "/parley", Scopes: allScopes(),
			Repeat: []time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond},
		},
		users:     map[string]User{Bot: {ID: Bot, Name: "parley", bot: true}, "U1": {ID: "U1", Name: "ada"}},
		channels:  map[string]*Channel{"C1": {ID: "C1", Name: "general"}},
		triggers:  map[string]*trigger{},
		responses: map[string]*response{},
		spent:     map[string][]time.Time{},
		tickets:   map[string]bool{},
		envelopes: map[string]envelope{},
	}
	for _, c := range change {
		c(&s.config)
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	s.client = &http.Client{Transport: &http.Transport{}, Timeout: s.config.AckWithin}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("POST /commands-response/{id}", s.serveResponse)
	mux.HandleFunc("GET /link/{$}", s.serveLink)
	s.web = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", s.config.Now().UTC().Format(http.TimeFormat))
		mux.ServeHTTP(w, r)
	}))
	tb.Cleanup(s.Close)
	return s
}

// URL is the root of the Web API, with the slash at its end that clients want.
func (s *Server) URL() string { return s.web.URL + "/api/" }

// Secrets are all that the app was given and that must be told to nobody: tokens, response URLs, and tickets of connections. A trigger is
// good for nothing without a token.
func (s *Server) Secrets() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := append([]string{BotToken, AppToken}, s.ticketed...)
	if s.endpoint != nil {
		all = append(all, s.endpoint.Secret)
	}
	for id := range s.responses {
		all = append(all, "/commands-response/"+id)
	}
	return all
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

// newID makes an id that nobody can guess from the one before, the same in every run.
func (s *Server) newID(prefix string) string {
	s.ids++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s%d", prefix, s.ids))
	return fmt.Sprintf("%s%d%s", prefix, s.ids, hex.EncodeToString(sum[:6]))
}

// newTS makes the id of a message: a time in s with six decimals, unique and increasing.
func (s *Server) newTS() string {
	now := s.config.Now().Truncate(time.Microsecond)
	if !now.After(s.lastTS) {
		now = s.lastTS.Add(time.Microsecond)
	}
	s.lastTS = now
	return fmt.Sprintf("%d.%06d", now.Unix(), now.Nanosecond()/1000)
}

// upgrader takes connections from anywhere, as clients claim to come from slack.com.
func upgrader() *websocket.Upgrader {
	return &websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
}
