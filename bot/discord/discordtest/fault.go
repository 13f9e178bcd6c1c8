package discordtest

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"time"
)

// Scopes of a rate limit ("Rate Limits").
const (
	ScopeUser   = "user"   // the bot's own, of one bucket; "" too
	ScopeGlobal = "global" // the bot's own, over all buckets
	ScopeShared = "shared" // of the resource: others used it up
)

// Fault is what calls come to in place of an answer. Of several the one made first meets a call.
type Fault struct {
	Routes []string // which it meets, as the constants name them; none for all but those of the gateway
	Times  int      // how many calls; 0 for all until it is ended

	Status     int           // an HTTP status; that of the Code if 0
	Code       int           // Discord's code: 50001, 50013, 10008
	RetryAfter time.Duration // with 429; in the body with fractions of s, in the header in whole s
	Scope      string        // of a 429
	HTML       bool          // the body is a page, as before Discord itself (Cloudflare)
	Drop       Drop          // the connection breaks
	Hold       bool          // the call waits until the fault is ended, and then does what it would have done
	Delay      time.Duration // the call waits so long, and then does what it would have done
}

// Drop is when a connection breaks.
type Drop string

// The moments at which a connection can break.
const (
	Before Drop = "before" // nothing has happened
	After  Drop = "after"  // it has happened, but the answer is lost
)

type fault struct {
	Fault
	left  int
	ended chan struct{}
}

// Fault makes calls meet a fault. The function ends it; it may be called again.
func (s *Server) Fault(f Fault) (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	made := &fault{Fault: f, left: f.Times, ended: make(chan struct{})}
	s.faults = append(s.faults, made)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !closed(made.ended) {
			close(made.ended)
		}
		s.faults = slices.DeleteFunc(s.faults, func(f *fault) bool { return f == made })
	}
}

func closed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// next takes the fault that a call meets; nil if it meets none.
func (s *Server) next(route string) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.Routes == nil && (route == GetGateway || route == GatewayBot) || f.Routes != nil && !slices.Contains(f.Routes, route) {
			continue
		}
		if f.left--; f.left == 0 && f.Times > 0 && !f.Hold {
			s.faults = slices.Delete(s.faults, i, i+1)
		} else if f.left < 0 && f.Times > 0 {
			continue // one that holds stays to be ended, but takes no more
		}
		return f
	}
	return nil
}

// meet lets a call be done, or come to a fault.
func (s *Server) meet(w http.ResponseWriter, r *http.Request, call Call, do func(http.ResponseWriter)) {
	f := s.next(call.Route)
	switch {
	case f == nil:
		do(w)
		return
	case f.Hold:
		select {
		case <-f.ended:
			do(w)
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
		return
	case f.Delay > 0:
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
			do(w)
		case <-s.ctx.Done():
		}
		return
	case f.Drop == After:
		do(httptest.NewRecorder())
		cut(w)
		return
	}
	p := f.problem()
	call.Status, call.Code = p.status, p.Code
	if f.Drop == Before {
		call.Status = 0
	}
	s.mu.Lock()
	s.calls = append(s.calls, call)
	s.mu.Unlock()
	if f.Drop == Before {
		cut(w)
		return
	}
	write(w, 0, nil, p)
}

// problem is what a fault answers.
func (f *fault) problem() *problem {
	p := trouble(f.Code)
	if f.Status != 0 {
		p.status = f.Status
	}
	if f.Status != 0 && f.Code == 0 {
		p.Message = fmt.Sprintf("%d: %s", f.Status, http.StatusText(f.Status))
	}
	if p.status == http.StatusTooManyRequests {
		p.limit(f.RetryAfter, f.Scope)
	}
	p.html = f.HTML
	return p
}

// cut breaks the connection of a call without an answer.
func cut(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return // it is broken already
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // so that the other side sees a reset
	}
	_ = conn.Close()
}
