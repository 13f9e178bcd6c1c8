package slack_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
	"parley/store"
)

// channels is over how many channels questions are spread: to each goes one message a second.
const channels = 100

// ask asks a question in one channel after another.
func (s *serving) ask() slacktest.Said {
	s.asked++
	channel := fmt.Sprint("C", 100+s.asked%channels)
	if s.asked <= channels {
		s.AddChannel(slacktest.Channel{ID: channel, Name: "channel-" + strings.ToLower(channel)})
	}
	return s.Say(channel, "U1", slacktest.Mention+" "+chattest.Question, "")
}

// answers counts the replies to each question, by its id.
func (s *serving) answers() map[string]int {
	n := map[string]int{}
	for i := range channels {
		for _, m := range s.Server.Messages(fmt.Sprint("C", 100+i)) {
			if m.User == slacktest.Bot {
				n[m.ThreadTS]++
			}
		}
	}
	return n
}

// answeredAll waits until every one of these texts is answered in its thread, and wants none twice.
func (s *serving) answeredAll(t *testing.T, said []slacktest.Said, wait time.Duration) {
	t.Helper()
	for deadline := time.Now().Add(wait); len(s.answers()) < len(said) && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	n := s.answers()
	for _, one := range said {
		if n[one.TS] != 1 {
			t.Errorf("the question at %s has %d answers", one.TS, n[one.TS])
		}
	}
}

// connected waits for the sockets.
func connected(t *testing.T, w *workspace) {
	t.Helper()
	if err := w.AwaitConns(2); err != nil {
		t.Fatal(err)
	}
}

// Connections come to every end there is; what people ask meanwhile is answered, once.
func TestConnectionsEnd(t *testing.T) {
	for name, end := range map[string]func(*slacktest.Conn){
		"warning": func(c *slacktest.Conn) { c.Disconnect(slacktest.Warning, 50*time.Millisecond) },
		"refresh": func(c *slacktest.Conn) { c.Disconnect(slacktest.RefreshRequested, 0) },
		"broken":  (*slacktest.Conn).Break,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t)
			s := serve(t, w, nil)
			connected(t, w)
			var said []slacktest.Said
			for round := range 6 {
				said = append(said, s.ask())
				conns := w.Conns()
				if len(conns) > 0 {
					end(conns[round%len(conns)])
				}
				said = append(said, s.ask())
				if round == 3 {
					for _, c := range w.Conns() { // all at once
						end(c)
					}
				}
				connected(t, w)
			}
			s.answeredAll(t, said, 20*time.Second)
		})
	}
}

// A connection that is silent is taken for dead, and another opened.
func TestSilentConnections(t *testing.T) {
	w := newWorkspace(t)
	end := w.FaultLinks(slacktest.Links{NoPing: true})
	s := serve(t, w, func(c *slack.Config) { c.PingWithin = 300 * time.Millisecond })
	connected(t, w)
	first := w.Conns()[0].ID
	time.Sleep(time.Second)
	end()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		conns := w.Conns()
		if len(conns) == 2 && conns[0].ID > first+1 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("connections without pings are kept")
		}
	}
	s.answeredAll(t, []slacktest.Said{s.ask()}, 10*time.Second)
}

// logs is a log that a test reads.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logs) holds(text string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.text.String(), text)
}

// What cannot be read is acknowledged where it can be, and does no harm; connections that are not ours are told of.
func TestStrangeFrames(t *testing.T) {
	w := newWorkspace(t)
	log := &logs{}
	defer w.FaultLinks(slacktest.Links{Ghosts: 3})()
	s := serve(t, w, func(c *slack.Config) { c.Log = slog.New(slog.NewTextHandler(log, nil)) })
	connected(t, w)
	for _, frame := range []string{
		`{"type":"new_kind","envelope_id":"strange-1","payload":{}}`,
		`{"type":"events_api","envelope_id":"strange-2","payload":{"event":"no object"}}`,
		`{"type":"interactive","envelope_id":"strange-3","payload":[1,2]}`,
		`{"type":"interactive","envelope_id":"strange-4","payload":{"type":"block_actions","actions":[null,{"value":"share:"},{"value":"nonsense"}]}}`,
		`{"type":"interactive","envelope_id":"strange-5","payload":{"type":"view_submission","view":{"private_metadata":"{"}}}`,
		`{"type":"events_api","envelope_id":"strange-6","payload":{"type":"event_callback","event":{"type":"message","channel_type":"im"}}}`,
		`{"type":"slash_commands","envelope_id":"strange-7","payload":{}}`,
		`{}`, `null`, `no json at all`, `[]`,
	} {
		if !w.Raw(frame) {
			t.Errorf("there was no connection for %s", frame)
		}
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		acked := map[string]bool{}
		for _, a := range w.Acks() {
			acked[a.Envelope] = true
		}
		missing := ""
		for i := 1; i <= 7; i++ {
			if id := fmt.Sprint("strange-", i); !acked[id] {
				missing += " " + id
			}
		}
		if missing == "" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("these were not acknowledged:%s", missing)
		}
	}
	connected(t, w)
	s.answeredAll(t, []slacktest.Said{s.ask()}, 10*time.Second)
	if !log.holds("Slack counts more connections than Parley has opened") {
		t.Error("nobody is told of connections that are not ours")
	}
}

// What is for good ends Parley with one sentence that says what to do.
func TestEndsWithASentence(t *testing.T) {
	refuse := func(method, word string) func(*workspace) {
		return func(w *workspace) {
			w.Fault(slacktest.Fault{Methods: []string{method}, Error: word, Needed: "connections:write"})
		}
	}
	for name, c := range map[string]struct {
		scopes   []string
		before   func(*workspace)
		after    func(*workspace)
		sentence string
	}{
		"wrong bot token":   {before: refuse("auth.test", "invalid_auth"), sentence: "Slack does not know the token in PARLEY_SLACK_BOT_TOKEN"},
		"revoked bot token": {before: refuse("auth.test", "token_revoked"), sentence: "PARLEY_SLACK_BOT_TOKEN is no longer valid"},
		"inactive":          {before: refuse("auth.test", "account_inactive"), sentence: "not installed in its workspace any more"},
		"wrong app token":   {before: refuse("apps.connections.open", "invalid_auth"), sentence: "Slack does not know the token in PARLEY_SLACK_APP_TOKEN"},
		"expired app token": {before: refuse("apps.connections.open", "token_expired"), sentence: "PARLEY_SLACK_APP_TOKEN is no longer valid"},
		"wrong kind":        {before: refuse("apps.connections.open", "not_allowed_token_type"), sentence: "app tokens with xapp-"},
		"app scope":         {before: refuse("apps.connections.open", "missing_scope"), sentence: "lacks the scope connections:write"},
		"bot scope":         {scopes: []string{"app_mentions:read", "commands", "im:history", "im:write"}, sentence: "lacks the scope chat:write (to answer)"},
		"uninstalled":       {after: func(w *workspace) { w.Uninstall() }, sentence: "install it again and set the new token"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t, func(config *slacktest.Config) {
				if c.scopes != nil {
					config.Scopes = c.scopes
				}
			})
			if c.before != nil {
				c.before(w)
			}
			s := serve(t, w, nil)
			if c.after != nil {
				connected(t, w)
				c.after(w)
			}
			select {
			case err := <-s.ended:
				if err == nil || !strings.Contains(err.Error(), c.sentence) || strings.Contains(err.Error(), "xoxb-1") {
					t.Errorf("it ends with %v", err)
				}
				s.ended <- nil // for the end of the test
			case <-time.After(20 * time.Second):
				t.Fatal("it goes on")
			}
		})
	}
}

// A workspace that removes the app is forgotten before Parley ends, whichever way Slack tells of it. One in which only the tokens were revoked, as
// when they leaked, is not.
func TestUninstalledIsForgotten(t *testing.T) {
	for name, left := range map[string]int{"socket": 0, "HTTP": 0, "socket, revoked": 1} {
		t.Run(name, func(t *testing.T) {
			change := func(*testing.T, *workspace) func(*slack.Config) { return nil }
			tell := func(w *workspace) { w.Uninstall() }
			switch name {
			case "HTTP":
				change = overHTTP
			case "socket, revoked":
				tell = func(w *workspace) {
					w.Fault(slacktest.Fault{Methods: []string{"auth.test"}, Error: "token_revoked"})
					w.RevokeTokens()
				}
			}
			w := newWorkspace(t)
			s := serve(t, w, change(t, w))
			if name != "HTTP" {
				connected(t, w)
			}
			s.answeredAll(t, []slacktest.Said{s.ask()}, 10*time.Second)
			tell(w)
			select {
			case err := <-s.ended:
				if err == nil || !strings.Contains(err.Error(), "install it again") {
					t.Errorf("it ends with %v", err)
				}
				s.ended <- nil // for the end of the test
			case <-time.After(20 * time.Second):
				t.Fatal("it goes on")
			}
			all, err := s.store.Deliveries(t.Context(), time.Time{})
			if err != nil || len(all) != left {
				t.Errorf("of the workspace is left %+v, %v", all, err)
			}
		})
	}
}

// While Slack cannot be reached at the start, Parley waits for it.
func TestSlackIsDownAtTheStart(t *testing.T) {
	w := newWorkspace(t)
	end := w.Fault(slacktest.Fault{Methods: []string{"auth.test"}, Status: 503, Times: 1})
	defer end()
	s := serve(t, w, nil)
	connected(t, w)
	s.answeredAll(t, []slacktest.Said{s.ask()}, 10*time.Second)
}

// What Parley had on record when it was stopped, Slack knows to have arrived.
func TestStopsFromTheOutsideIn(t *testing.T) {
	w := newWorkspace(t)
	s := serve(t, w, func(c *slack.Config) { c.Drain = 750 * time.Millisecond })
	connected(t, w)
	for range 40 {
		s.ask()
	}
	s.end()
	if err := <-s.ended; err != nil {
		t.Fatal(err)
	}
	s.ended <- nil
	acked := 0
	for _, a := range w.Acks() {
		if a.Refused == "" && a.Envelope != "" {
			acked++
		}
	}
	all, err := s.store.Deliveries(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(s.answers()); acked < len(all) || got != len(all) {
		t.Errorf("%d replies on record, %d acknowledgements, %d messages", len(all), acked, got)
	}
}

// Requests that are not Slack's, or not as Slack's are.
func TestHTTPRefuses(t *testing.T) {
	w := newWorkspace(t)
	change := overHTTP(t, w)
	s := &script{serving: serve(t, w, change), t: t, seen: map[string]bool{}}
	s.awaitHTTP(change)
	var c slack.Config
	change(&c)
	url := "http://" + c.Listen + "/"
	now := strconv.FormatInt(time.Now().Unix(), 10)
	for name, r := range map[string]struct {
		method string
		body   string
		header map[string]string
		want   int
	}{
		"GET":       {http.MethodGet, "", nil, http.StatusMethodNotAllowed},
		"unsigned":  {http.MethodPost, "{}", nil, http.StatusUnauthorized},
		"forged":    {http.MethodPost, "{}", map[string]string{"X-Slack-Request-Timestamp": now, "X-Slack-Signature": "v0=" + strings.Repeat("ab", 32)}, http.StatusUnauthorized},
		"old":       {http.MethodPost, "{}", map[string]string{"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=" + strings.Repeat("ab", 32)}, http.StatusUnauthorized},
		"odd":       {http.MethodPost, "{}", map[string]string{"X-Slack-Request-Timestamp": now, "X-Slack-Signature": "v0=zz"}, http.StatusUnauthorized},
		"too large": {http.MethodPost, strings.Repeat("x", 1<<20+1), nil, http.StatusRequestEntityTooLarge},
	} {
		request, err := http.NewRequest(r.method, url, strings.NewReader(r.body))
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range r.header {
			request.Header.Set(k, v)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != r.want {
			t.Errorf("%s: status %d, want %d", name, response.StatusCode, r.want)
		}
	}
	if err := w.Verify(slacktest.Endpoint{Events: url, Secret: "shh"}); err != nil {
		t.Errorf("Slack could not verify the URL: %v", err)
	}
}

// eventsTried is how many questions are asked among faults: SLACK_EVENTS, or a number for every day.
func eventsTried(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("SLACK_EVENTS")); err == nil {
		return n
	}
	if os.Getenv("PARLEY_DRILLS") == "" {
		return 100
	}
	return 1000
}

// Questions among faults of every kind: each is answered once where the outcome can be known, and at most once where Slack cannot tell,
// since the scopes of the manifest do not let Parley read channels.
func TestEventsAmongFaults(t *testing.T) {
	for name, scopes := range map[string][]string{"may read": nil, "may not": {"app_mentions:read", "chat:write", "commands", "im:history", "im:write"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			amongFaults(t, scopes)
		})
	}
}

func amongFaults(t *testing.T, scopes []string) {
	w := newWorkspace(t, func(c *slacktest.Config) {
		c.Repeat = []time.Duration{100 * time.Millisecond, time.Second, 3 * time.Second}
		if scopes != nil {
			c.Scopes = scopes
		}
	})
	s := serve(t, w, nil)
	connected(t, w)
	posts := []string{"chat.postMessage"}
	faults := []slacktest.Fault{
		{Methods: posts, Times: 1, Status: 429, RetryAfter: time.Second},
		{Methods: posts, Times: 1, Status: 500},
		{Methods: posts, Times: 1, Drop: slacktest.Before},
		{Methods: posts, Times: 1, Drop: slacktest.After},
		{Methods: posts, Times: 1, Error: "internal_error"},
		{Methods: posts, Times: 1, Error: "not_in_channel"},
		{Methods: []string{"conversations.replies"}, Times: 1, Status: 503},
	}
	n := eventsTried(t)
	said := make([]slacktest.Said, n)
	for i := range n {
		if i%10 == 0 {
			w.Server.Fault(faults[i/10%len(faults)])
		}
		if i%97 == 96 {
			if conns := w.Conns(); len(conns) > 0 {
				conns[0].Break()
			}
		}
		for len(w.Conns()) == 0 {
			time.Sleep(time.Millisecond)
		}
		said[i] = s.ask()
		if i%13 == 0 {
			w.Duplicate(said[i].Events[0])
		}
	}
	w.Settle()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if events, items, err := s.store.Backlog(t.Context()); err == nil && events == 0 && items == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("it does not come to rest")
		}
	}
	unacknowledged := map[string]bool{}
	for _, one := range said {
		if !one.Wait() && !anyAcknowledged(one.Events) {
			unacknowledged[one.TS] = true
		}
	}
	answers := s.answers()
	all, err := s.store.Outcomes(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	states := map[store.State]int{}
	for _, o := range all {
		states[o.State]++
	}
	none, twice := 0, 0
	for _, one := range said {
		switch {
		case answers[one.TS] > 1:
			twice++
		case answers[one.TS] == 0 && !unacknowledged[one.TS]:
			none++
		}
	}
	t.Logf("%d questions, %d not acknowledged by the last repetition; outcomes %v; without an answer %d, with two %d", n, len(unacknowledged), states, none, twice)
	if twice > 0 {
		t.Errorf("%d questions have two answers", twice)
	}
	if none+len(unacknowledged) < states[store.Failed] || none > states[store.Failed]+states[store.Unknown] || (states[store.Unknown] > 0) != (scopes != nil) {
		t.Errorf("%d questions have no answer; %d failed with a reason, %d are unknown", none, states[store.Failed], states[store.Unknown])
	}
}
