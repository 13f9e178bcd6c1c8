package discordtest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// Opcodes of the gateway ("Gateway Opcodes").
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opPresence  = 3
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// Conn is a connection of the app to the gateway.
type Conn struct {
	ID          int    // counts from 1
	Version     string // v of the URL
	AtResumeURL bool   // it came by the resume_gateway_url

	server *Server
	ws     *websocket.Conn
	wake   chan struct{} // there is something in queue
	gone   chan struct{} // closed when the connection is

	// under the server's mu
	queue   []frame
	session *session // after READY or RESUMED; nil before, and after Op 9
	leaving bool     // was told to reconnect, or is being closed
	closing bool     // is being closed
	silent  bool     // gets nothing any more
	noAck   bool     // gets no acks
	beats   int
	first   string // "IDENTIFY" or "RESUME"; "" before, and after Op 9
	wrong   Links
}

// frame is something to be written to a connection.
type frame struct {
	data     []byte
	delivery *Delivery // which arrives with it; nil if none
	close    int       // in place of data, the code to close with; 0 if none
}

// Links is what goes wrong with connections.
type Links struct {
	Times int // how many connections meet it; 0 for all until it is ended

	NoHello      bool // they get no HELLO
	NoReady      bool // IDENTIFY and RESUME get no answer
	Op7First     bool // they get Op 7 in place of READY and RESUMED
	Op9First     bool // they get Op 9 in place of READY and RESUMED
	Resumable    bool // what that Op 9 says
	CloseFirst   int  // they are closed with this code in place of READY and RESUMED
	RefuseResume bool // a RESUME is answered by Op 9, not resumable
	NoAck        bool // heartbeats get no acks
	Replays      int  // so many events more than need be come again at a RESUME
}

// FaultLinks makes something go wrong with connections that are opened from now on, until it is ended.
func (s *Server) FaultLinks(l Links) (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.links = append(s.links, l)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if i := slices.IndexFunc(s.links, func(other Links) bool { other.Times = l.Times; return other == l }); i >= 0 {
			s.links = slices.Delete(s.links, i, i+1)
		}
	}
}

// wrong takes the trouble that a connection meets.
func (s *Server) wrong() Links {
	if len(s.links) == 0 {
		return Links{}
	}
	l := s.links[0]
	if l.Times > 0 {
		if s.links[0].Times--; s.links[0].Times == 0 {
			s.links = s.links[1:]
		}
	}
	return l
}

// Conns lists the connections that are ready, in order of opening.
func (s *Server) Conns() []*Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.conns), func(c *Conn) bool { return c.leaving || c.session == nil })
}

// AllConns lists all connections that are open, ready or not.
func (s *Server) AllConns() []*Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.conns)
}

// AwaitReady waits until so many connections are ready, at most 10 s.
func (s *Server) AwaitReady(n int) error {
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		have := len(s.Conns())
		if have == n {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("wait for %d connections to be ready: there are %d", n, have)
		}
	}
}

// Identifies is how often the app has sent IDENTIFY.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.identifies
}

func (s *Server) socketURL() string {
	return "ws" + strings.TrimPrefix(s.web.URL, "http") + socket + "/"
}

func getGateway(s *Server, _ request) (int, any, *problem) {
	return http.StatusOK, fields{"url": s.socketURL()}, nil
}

func gatewayBot(s *Server, _ request) (int, any, *problem) {
	return http.StatusOK, fields{"url": s.socketURL(), "shards": s.config.Shards, "session_start_limit": fields{
		"total": s.config.Identifies, "remaining": max(s.config.Identifies-s.identifies, 0), "reset_after": 24 * time.Hour / time.Millisecond,
		"max_concurrency": 1,
	}}, nil
}

// serveSocket opens a connection.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = ws.Close()
		return
	}
	q := r.URL.Query()
	s.connIDs++
	c := &Conn{
		ID: s.connIDs, Version: q.Get("v"), AtResumeURL: strings.HasSuffix(r.URL.Path, "/resume/"),
		server: s, ws: ws, wake: make(chan struct{}, 1), gone: make(chan struct{}),
	}
	s.conns = append(s.conns, c)
	c.wrong = s.wrong()
	c.noAck = c.wrong.NoAck
	s.run(c.write)
	s.run(c.read)
	switch {
	case c.Version != "10" || q.Get("encoding") != "json":
		s.violate("the gateway was opened with %q; v=10&encoding=json is known here", r.URL.RawQuery)
		c.closeWith(4012)
	case !c.wrong.NoHello:
		c.put(fields{"op": opHello, "d": fields{"heartbeat_interval": s.config.Heartbeat.Milliseconds()}})
	}
}
