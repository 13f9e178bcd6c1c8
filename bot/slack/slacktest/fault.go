package slacktest

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"time"
)

// ResponseURL stands for the response URLs where a method is named.
const ResponseURL = "response_url"

// Fault is what calls come to in place of an answer. Of several the one made first meets a call.
type Fault struct {
	Methods []string // which it meets, by the names of the Web API, and ResponseURL; none for every one but apps.connections.open
	Skip    int      // how many calls pass before it
	Times   int      // how many calls; 0 for all until it is ended

	Error            string        // Slack's word for an error: "not_in_channel"
	Needed, Provided string        // of missing_scope
	Status           int           // an HTTP status without a body: 429, 500, 503
	RetryAfter       time.Duration // said with the status, in whole s
	Drop             Drop          // the connection breaks
	Hold             bool          // the call waits until the fault is ended, and then does what it would have done
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
	skip  int // still to pass
	left  int
	ended chan struct{}
}

// Fault makes calls meet a fault. The function ends it; it may be called again.
func (s *Server) Fault(f Fault) (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	made := &fault{Fault: f, skip: f.Skip, left: f.Times, ended: make(chan struct{})}
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
func (s *Server) next(name string) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.Methods == nil && name == "apps.connections.open" || f.Methods != nil && !slices.Contains(f.Methods, name) {
			continue
		}
		if f.skip > 0 {
			f.skip--
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

// word is how a fault shows in Calls.
func (f *fault) word() string {
	switch {
	case f.Drop != "":
		return "dropped " + string(f.Drop)
	case f.Status != 0:
		return fmt.Sprint(f.Status)
	default:
		return f.Error
	}
}

// meet lets a call be done, or come to a fault.
func (s *Server) meet(w http.ResponseWriter, r *http.Request, name string, a args, do func(http.ResponseWriter)) {
	f := s.next(name)
	switch {
	case f == nil:
		do(w)
		return
	case f.Hold:
		select {
		case <-f.ended:
			if r.Context().Err() == nil {
				do(w)
			}
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
		return
	case f.Drop == After:
		do(httptest.NewRecorder())
		cut(w)
		return
	}
	s.mu.Lock()
	s.record(name, a, &problem{Code: f.word()})
	s.mu.Unlock()
	switch {
	case f.Drop == Before:
		cut(w)
	case f.Status != 0:
		if f.Status == http.StatusTooManyRequests || f.RetryAfter > 0 {
			w.Header().Set("Retry-After", fmt.Sprint(wholeSeconds(f.RetryAfter)))
		}
		w.WriteHeader(f.Status)
	default:
		s.answer(w, nil, &problem{Code: f.Error, Needed: f.Needed, Provided: f.Provided})
	}
}

// wholeSeconds rounds up to s, the unit of Retry-After ("Rate limits").
func wholeSeconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

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

// Links is what can be wrong with all connections.
type Links struct {
	NoHello bool // new ones get none, and so no envelopes
	NoPing  bool
	Ghosts  int // so many connections more are counted in num_connections
}

// FaultLinks makes something wrong with connections until it is ended.
func (s *Server) FaultLinks(l Links) (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.links = append(s.links, l)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if i := slices.Index(s.links, l); i >= 0 {
			s.links = slices.Delete(s.links, i, i+1)
		}
	}
}

// wrong adds up what is wrong with connections now.
func (s *Server) wrong() Links {
	var all Links
	for _, l := range s.links {
		all.NoHello, all.NoPing, all.Ghosts = all.NoHello || l.NoHello, all.NoPing || l.NoPing, all.Ghosts+l.Ghosts
	}
	return all
}
