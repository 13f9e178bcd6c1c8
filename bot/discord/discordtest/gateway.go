package discordtest

import (
	"encoding/json"
	"errors"
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
	silent  bool     // gets nothing any more
	noAck   bool     // gets no acks
	beats   int
	first   string // "IDENTIFY" or "RESUME"; "" before
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
	l := s.wrong()
	c.noAck = l.NoAck
	s.run(c.write)
	s.run(func() { c.read(l) })
	switch {
	case c.Version != "10" || q.Get("encoding") != "json":
		s.violate("the gateway was opened with %q; v=10&encoding=json is known here", r.URL.RawQuery)
		c.closeWith(4012)
	case !l.NoHello:
		c.put(fields{"op": opHello, "d": fields{"heartbeat_interval": s.config.Heartbeat.Milliseconds()}})
	}
}

// Reconnect tells the app to reconnect and resume (Op 7). Events wait for that.
func (c *Conn) Reconnect() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.put(fields{"op": opReconnect, "d": nil})
	c.leaving = true
}

// Invalidate tells the app that its session is invalid (Op 9), and whether it can be resumed.
func (c *Conn) Invalidate(resumable bool) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.invalidate(resumable)
}

func (c *Conn) invalidate(resumable bool) {
	if c.session != nil && !resumable {
		c.server.forget(c.session)
	}
	c.detach()
	c.first = ""
	c.put(fields{"op": opInvalid, "d": resumable})
}

// CloseWith closes the connection with a code, and does not wait longer than 1 s for the app to close too.
func (c *Conn) CloseWith(code int) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.closeWith(code)
}

func (c *Conn) closeWith(code int) {
	c.leaving = true
	c.push(frame{close: code})
}

// Break closes the connection without a word.
func (c *Conn) Break() { _ = c.ws.NetConn().Close() }

// Silence lets nothing arrive any more, no acks either. The connection stays open; events wait to be resumed.
func (c *Conn) Silence() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.silent = true
}

// NoAcks lets no acks of heartbeats arrive any more.
func (c *Conn) NoAcks() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.noAck = true
}

// Heartbeat asks for a heartbeat at once (Op 1).
func (c *Conn) Heartbeat() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.put(fields{"op": opHeartbeat, "d": nil})
}

// Raw writes a frame as it is: of a new opcode, or no JSON at all.
func (c *Conn) Raw(text string) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.push(frame{data: []byte(text)})
}

// Heartbeats is how many came.
func (c *Conn) Heartbeats() int {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.beats
}

// Intents are those of the connection's session; 0 before it is ready.
func (c *Conn) Intents() int {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if c.session == nil {
		return 0
	}
	return c.session.intents
}

// Resumed tells whether the connection began with RESUME.
func (c *Conn) Resumed() bool {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.first == "RESUME"
}

// Session is the session_id; "" before the connection is ready.
func (c *Conn) Session() string {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if c.session == nil {
		return ""
	}
	return c.session.id
}

// put queues a frame. The caller holds mu.
func (c *Conn) put(o fields) {
	for _, name := range []string{"s", "t"} {
		if _, there := o[name]; !there {
			o[name] = nil
		}
	}
	c.push(frame{data: mustJSON(o)})
}

func (c *Conn) push(f frame) {
	if c.silent && f.close == 0 {
		return
	}
	c.queue = append(c.queue, f)
	select {
	case c.wake <- struct{}{}:
	default: // it is awake
	}
}

// detach parts the connection from its session, which can be resumed. The caller holds mu.
func (c *Conn) detach() {
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	c.session = nil
}

// write writes what is queued until the connection ends.
func (c *Conn) write() {
	defer c.Break()
	var end <-chan time.Time
	for {
		select {
		case <-c.wake:
		case <-end:
			return // the app does not close
		case <-c.gone:
			return
		}
		c.server.mu.Lock()
		frames := c.queue
		c.queue = nil
		c.server.mu.Unlock()
		for _, f := range frames {
			if end != nil {
				break
			}
			if f.close != 0 {
				_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(f.close, ""), time.Now().Add(time.Second))
				end = time.After(time.Second)
				continue
			}
			_ = c.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
			if c.ws.WriteMessage(websocket.TextMessage, f.data) != nil {
				return
			}
			f.delivery.arrive()
		}
	}
}

// read takes what the app sends until the connection ends.
func (c *Conn) read(l Links) {
	s := c.server
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			s.mu.Lock()
			var closing *websocket.CloseError
			if errors.As(err, &closing) && (closing.Code == 1000 || closing.Code == 1001) && c.session != nil && !c.leaving {
				s.forget(c.session) // the app is done with it ("Gateway", disconnecting)
			}
			c.detach()
			s.conns = slices.DeleteFunc(s.conns, func(other *Conn) bool { return other == c })
			s.mu.Unlock()
			close(c.gone)
			return
		}
		var p struct {
			Op *int            `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		s.mu.Lock()
		if json.Unmarshal(data, &p) != nil || p.Op == nil {
			s.violate("the gateway got %.200q", data)
			c.closeWith(4002)
		} else {
			c.take(*p.Op, p.D, l)
		}
		s.mu.Unlock()
	}
}

// take does what the app asks for ("Gateway Events").
func (c *Conn) take(op int, d json.RawMessage, l Links) {
	switch {
	case op == opHeartbeat:
		c.beats++
		if !c.noAck {
			c.put(fields{"op": opAck})
		}
	case op == opIdentify && c.first != "":
		c.server.violate("a second IDENTIFY on a connection")
		c.closeWith(4005)
	case op == opIdentify:
		c.first = "IDENTIFY"
		c.identify(d, l)
	case op == opResume && c.first == "":
		c.first = "RESUME"
		c.resume(d, l)
	case op == opPresence && c.session != nil:
	case c.session == nil:
		c.closeWith(4003)
	default:
		c.server.violate("the gateway got opcode %d", op)
		c.closeWith(4001)
	}
}
