package slacktest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"parley/bot/slack/slacktest"
)

// receiver is an app behind HTTP that answers as it is told.
type receiver struct {
	mu       sync.Mutex
	answers  []http.HandlerFunc // one for each request; the last for all that follow
	requests []*http.Request
	bodies   []string
	bad      []error // signatures that slack-go did not take
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	r.mu.Lock()
	r.requests, r.bodies = append(r.requests, q), append(r.bodies, string(body))
	if v, err := slack.NewSecretsVerifier(q.Header, "hush"); err != nil {
		r.bad = append(r.bad, err)
	} else if _, err := v.Write(body); err != nil || v.Ensure() != nil {
		r.bad = append(r.bad, v.Ensure())
	}
	answer := r.answers[0]
	if len(r.answers) > 1 {
		r.answers = r.answers[1:]
	}
	r.mu.Unlock()
	answer(w, q)
}

// listening is a server that sends to a receiver.
func listening(t *testing.T, change func(*slacktest.Config), answers ...http.HandlerFunc) (*slacktest.Server, *receiver) {
	r := &receiver{answers: answers}
	app := httptest.NewServer(r)
	t.Cleanup(app.Close)
	s := slacktest.New(t, change)
	s.SendHTTP(slacktest.Endpoint{Events: app.URL + "/e", Commands: app.URL + "/c", Interactivity: app.URL + "/i", Secret: "hush"})
	return s, r
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func TestHTTPRepetition(t *testing.T) {
	slow := func(_ http.ResponseWriter, q *http.Request) {
		select {
		case <-q.Context().Done():
		case <-time.After(5 * time.Second):
		}
	}
	hangUp := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	s, r := listening(t, quick, status(500), hangUp, slow, status(204))
	d := s.OpenHome("U1")
	if ack, ok := d.Wait(); !ok || ack.Attempt != 3 {
		t.Errorf("acknowledged was %+v, %v", ack, ok)
	}
	var reasons []string
	for _, q := range r.requests {
		reasons = append(reasons, q.Header.Get("X-Slack-Retry-Num")+" "+q.Header.Get("X-Slack-Retry-Reason"))
	}
	if got, want := strings.Join(reasons, ","), " ,1 http_error,2 connection_failed,3 http_timeout"; got != want {
		t.Errorf("repeated was %q, want %q", got, want)
	}
	if len(r.bad) != 0 || r.requests[0].URL.Path != "/e" || r.bodies[0] != r.bodies[3] {
		t.Errorf("signatures: %v; bodies: %q", r.bad, r.bodies)
	}
	s, _ = listening(t, quick, status(500))
	if d := s.OpenHome("U1"); !waitFails(d) || d.Attempts() != 4 || d.Trouble() != "http_error" {
		t.Errorf("never acknowledged: %d times, %q", d.Attempts(), d.Trouble())
	}
	s, r = listening(t, quick, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Slack-No-Retry", "1")
		w.WriteHeader(500)
	})
	if d := s.OpenHome("U1"); !waitFails(d) || len(r.requests) != 1 {
		t.Errorf("with no-retry it was sent %d times", len(r.requests))
	}
}

func waitFails(d *slacktest.Delivery) bool {
	_, ok := d.Wait()
	return !ok
}

func TestHTTPCommandsAndInteractions(t *testing.T) {
	text := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "plain") }
	object := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"response_type":"in_channel","text":"to all","blocks":[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"A"}}]}]}`)
	}
	s, r := listening(t, func(*slacktest.Config) {}, text, object, status(204), status(200), status(500))
	s.Command("C1", "U1", "a b&c").Wait()
	s.Command("C1", "U1", "x").Wait()
	if e, m := s.Ephemerals("C1", "U1"), s.Messages("C1"); len(e) != 1 || e[0].Text != "plain" || len(m) != 1 || m[0].Text != "to all" {
		t.Fatalf("there are %+v and %+v", e, m)
	}
	s.Deliveries()[2].Wait() // the event of the message
	c, _ := s.Messages("C1")[0].Control("a")
	if _, ok := s.Click("U1", s.Messages("C1")[0], c).Wait(); !ok {
		t.Error("the click was not acknowledged")
	}
	if d := s.Command("C1", "U1", "x"); !waitFails(d) || d.Attempts() != 1 || d.Trouble() != "dispatch_failed" {
		t.Errorf("a command that failed: %d times, %q", d.Attempts(), d.Trouble())
	}
	if !strings.Contains(r.bodies[0], "text=a+b%26c") || r.requests[0].URL.Path != "/c" || !strings.HasPrefix(r.bodies[3], "payload=%7B") || r.requests[3].URL.Path != "/i" || len(r.bad) != 0 {
		t.Errorf("sent were %q; signatures: %v", r.bodies, r.bad)
	}
}

func TestVerify(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		ok     bool
	}{
		"echo":  {func(w http.ResponseWriter, q *http.Request) { _, _ = io.Copy(w, q.Body) }, true},
		"empty": {status(200), false},
		"error": {status(500), false},
	} {
		t.Run(name, func(t *testing.T) {
			app := httptest.NewServer(c.answer)
			defer app.Close()
			if err := slacktest.New(t).Verify(slacktest.Endpoint{Events: app.URL}); (err == nil) != c.ok {
				t.Errorf("verify: %v", err)
			}
		})
	}
}
