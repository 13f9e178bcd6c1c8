package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// maxConns is how many connections an app may have ("Using Socket Mode").
const maxConns = 10

// Reasons for a disconnect ("Using Socket Mode").
const (
	Warning          = "warning"           // the connection closes soon
	RefreshRequested = "refresh_requested" // it closes, another may be opened
	LinkDisabled     = "link_disabled"     // Socket Mode was switched off for the app
	tooMany          = "too_many_websockets"
)

// Conn is a connection of the app, in Socket Mode.
type Conn struct {
	ID int // counts from 1

	server *Server
	ws     *websocket.Conn
	wake   chan struct{} // there is something in queue
	gone   chan struct{} // closed when the connection is

	// under the server's mu
	queue   [][]byte
	greeted bool          // got its hello
	leaving bool          // was told to disconnect
	leave   time.Duration // after what time it is closed then
	pongs   int
}

// Conns lists the connections that are open and were not told to disconnect, in order of opening.
func (s *Server) Conns() []*Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open()
}

func (s *Server) open() []*Conn {
	return slices.DeleteFunc(slices.Clone(s.conns), func(c *Conn) bool { return c.leaving })
}

// AwaitConns waits until so many connections are open, at most a minute.
func (s *Server) AwaitConns(n int) error {
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		have := len(s.Conns())
		if have == n {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("wait for %d connections: there are %d", n, have)
		}
	}
}

func openConnection(s *Server, _ args) (fields, *problem) {
	ticket := s.newID("ticket")
	s.tickets[ticket] = true
	s.ticketed = append(s.ticketed, ticket)
	return fields{"url": "ws" + strings.TrimPrefix(s.web.URL, "http") + "/link/?ticket=" + ticket + "&app_id=" + App}, nil
}

// serveLink opens a connection. A ticket is good for one.
func (s *Server) serveLink(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	good := s.tickets[ticket] && !s.closed
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !good {
		http.Error(w, "no such ticket", http.StatusUnauthorized)
		return
	}
	ws, err := upgrader().Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = ws.Close()
		return
	}
	s.ids++
	c := &Conn{ID: s.ids, server: s, ws: ws, wake: make(chan struct{}, 1), gone: make(chan struct{})}
	ws.SetPongHandler(func(string) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		c.pongs++
		return nil
	})
	full := len(s.conns) >= maxConns
	s.conns = append(s.conns, c)
	s.run(c.write)
	s.run(c.read)
	if full {
		c.disconnect(tooMany, 0)
		return
	}
	c.hello()
}

// hello tells a connection that it is open ("Using Socket Mode").
func (c *Conn) hello() {
	wrong := c.server.wrong()
	if wrong.NoHello {
		return
	}
	c.greeted = true
	c.put(fields{
		"type": "hello", "num_connections": len(c.server.open()) + wrong.Ghosts, "connection_info": fields{"app_id": App},
		"debug_info": fields{"host": domain, "build_number": 1, "approximate_connection_time": 18060},
	})
}

// Disconnect tells the app to leave, for a reason, and closes the connection after a time: with a close frame, and without waiting more
// than 1 s for the answer to it.
func (c *Conn) Disconnect(reason string, after time.Duration) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.disconnect(reason, after)
}

func (c *Conn) disconnect(reason string, after time.Duration) {
	c.put(fields{"type": "disconnect", "reason": reason, "debug_info": fields{"host": domain}})
	c.leaving, c.leave = true, after
}

// Break closes the connection without a word.
func (c *Conn) Break() { _ = c.ws.NetConn().Close() }

// Pongs is how many pings the app has answered.
func (c *Conn) Pongs() int {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.pongs
}

// put queues a frame. The caller holds mu.
func (c *Conn) put(frame fields) { c.putRaw(mustJSON(frame)) }

func (c *Conn) putRaw(frame []byte) {
	c.queue = append(c.queue, frame)
	select {
	case c.wake <- struct{}{}:
	default: // it is awake
	}
}

// take empties the queue.
func (c *Conn) take() (frames [][]byte, leaving bool, leave time.Duration) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	frames, c.queue = c.queue, nil
	return frames, c.leaving, c.leave
}

// ping pings, unless that is switched off. A broken connection is noticed by read.
func (c *Conn) ping() {
	c.server.mu.Lock()
	silent := c.server.wrong().NoPing
	c.server.mu.Unlock()
	if !silent {
		_ = c.ws.WriteControl(websocket.PingMessage, []byte("Ping from "+domain), time.Now().Add(time.Second))
	}
}

// write sends what is queued, and pings, until the connection ends.
func (c *Conn) write() {
	defer c.Break()
	pings := time.NewTicker(c.server.config.Ping)
	defer pings.Stop()
	var end <-chan time.Time
	closing := false
	for {
		select {
		case <-c.wake:
		case <-pings.C:
			c.ping()
			continue
		case <-end:
			if closing {
				return // the app does not answer
			}
			_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
			closing, end = true, time.After(time.Second)
		case <-c.gone:
			return
		}
		frames, leaving, leave := c.take()
		for _, f := range frames {
			if c.ws.WriteMessage(websocket.TextMessage, f) != nil {
				return
			}
		}
		if leaving && end == nil {
			end = time.After(leave)
		}
	}
}

// read takes acknowledgements until the connection ends.
func (c *Conn) read() {
	s := c.server
	for {
		_, frame, err := c.ws.ReadMessage()
		if err != nil {
			break
		}
		s.mu.Lock()
		s.readAck(frame)
		s.mu.Unlock()
	}
	c.Break()
	close(c.gone)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = slices.DeleteFunc(s.conns, func(other *Conn) bool { return other == c })
}

// readAck takes a frame from the app.
func (s *Server) readAck(frame []byte) {
	var a struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if json.Unmarshal(frame, &a) != nil {
		s.acks = append(s.acks, Ack{Refused: "no JSON"})
		return
	}
	e, known := s.envelopes[a.EnvelopeID]
	ack := Ack{Envelope: a.EnvelopeID, Payload: a.Payload}
	if !known {
		ack.Refused = "unknown envelope"
		s.acks = append(s.acks, ack)
		return
	}
	ack.Attempt, ack.After = e.attempt, time.Since(e.at)
	if len(frame) >= maxAck {
		ack.Refused = "too large"
	}
	e.delivery.acknowledge(ack)
}

// pick takes the connection whose turn it is; nil if there is none. Slack does not say how it chooses; here each gets one in turn.
func (s *Server) pick() *Conn {
	open := slices.DeleteFunc(s.open(), func(c *Conn) bool { return !c.greeted })
	if len(open) == 0 {
		return nil
	}
	s.turn++
	return open[s.turn%len(open)]
}

// send sends a delivery in a new envelope. It reports false if there is no connection.
func (s *Server) send(d *Delivery, retryReason string) bool {
	attempt := d.attempts
	d.attempts++
	c := s.pick()
	if c == nil {
		return false
	}
	id := s.newID("envelope-")
	s.envelopes[id] = envelope{delivery: d, attempt: attempt, at: time.Now()}
	frame := fields{"type": string(d.kind), "envelope_id": id, "payload": d.Payload, "accepts_response_payload": d.replies}
	if d.kind == events {
		frame["retry_attempt"], frame["retry_reason"] = attempt, retryReason
	}
	c.put(frame)
	return true
}

// Raw sends a frame as it is to the connection whose turn it is: an envelope of a new type, or no JSON at all. It reports false if there is
// no connection.
func (s *Server) Raw(frame string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.pick()
	if c == nil {
		return false
	}
	c.putRaw([]byte(frame))
	return true
}
