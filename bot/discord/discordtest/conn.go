package discordtest

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

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
	c.leaving, c.closing = true, true
	if c.session != nil && (code == 4004 || code == 4007 || code >= 4009 && code <= 4014) {
		c.server.forget(c.session) // "Gateway Close Event Codes": what follows is a new session, or none
	}
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
func (c *Conn) read() {
	s := c.server
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			s.mu.Lock()
			var closing *websocket.CloseError
			if errors.As(err, &closing) && (closing.Code == 1000 || closing.Code == 1001) && c.session != nil && !c.closing {
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
			c.take(*p.Op, p.D)
		}
		s.mu.Unlock()
	}
}

// take does what the app asks for ("Gateway Events").
func (c *Conn) take(op int, d json.RawMessage) {
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
		c.identify(d)
	case op == opResume && c.first == "":
		c.first = "RESUME"
		c.resume(d)
	case op == opPresence && c.session != nil:
	case c.session == nil:
		c.closeWith(4003)
	default:
		c.server.violate("the gateway got opcode %d", op)
		c.closeWith(4001)
	}
}
