package discordtest_test

import (
	"encoding/json"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/bot/discord/discordtest"
)

// wire is a client of the gateway that does what a test tells it.
type wire struct {
	t  *testing.T
	ws *websocket.Conn
}

// event is a frame that came.
type event struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  int             `json:"s"`
	T  string          `json:"t"`
}

const intents = discordtest.IntentGuilds | discordtest.IntentGuildMessages | discordtest.IntentDirectMessages

// dial opens a connection at a URL and takes its HELLO.
func dial(t *testing.T, s *discordtest.Server, url string) *wire {
	t.Helper()
	if url == "" {
		url = "ws" + s.URL()[len("http"):] + "/discordtest-socket/"
	}
	ws, answer, err := websocket.DefaultDialer.DialContext(t.Context(), url+"?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	w := &wire{t: t, ws: ws}
	if e := w.next(); e.Op != 10 {
		t.Fatalf("in place of HELLO came %+v", e)
	}
	return w
}

func (w *wire) send(op int, d any) {
	w.t.Helper()
	if err := w.ws.WriteJSON(map[string]any{"op": op, "d": d}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) identify(token string, intents int) {
	w.t.Helper()
	w.send(2, map[string]any{"token": token, "intents": intents, "properties": map[string]string{}})
}

// next takes the next frame; the code of a close stands in Op, negative.
func (w *wire) next() event {
	w.t.Helper()
	_ = w.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	var e event
	err := w.ws.ReadJSON(&e)
	var closing *websocket.CloseError
	if errors.As(err, &closing) {
		return event{Op: -closing.Code}
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// ready identifies and takes READY and GUILD_CREATE.
func (w *wire) ready() (session, resume string) {
	w.t.Helper()
	w.identify(discordtest.Token, intents)
	var d struct {
		SessionID string `json:"session_id"`
		Resume    string `json:"resume_gateway_url"`
	}
	e := w.next()
	if err := json.Unmarshal(e.D, &d); err != nil || e.T != "READY" {
		w.t.Fatalf("in place of READY came %+v", e)
	}
	if e := w.next(); e.T != "GUILD_CREATE" || e.S != 2 {
		w.t.Fatalf("in place of GUILD_CREATE came %+v", e)
	}
	return d.SessionID, d.Resume
}

// IDENTIFY comes to what it deserves, or to what the test wants.
func TestIdentify(t *testing.T) {
	for name, c := range map[string]struct {
		links   discordtest.Links
		shards  int
		token   string
		intents int
		want    int // op, or the close code negative
	}{
		"ready":          {token: discordtest.Token, intents: intents},
		"with Bot":       {token: "Bot " + discordtest.Token, intents: intents},
		"wrong token":    {token: "x", intents: intents, want: -4004},
		"privileged":     {token: discordtest.Token, intents: intents | 1<<15, want: -4014},
		"sharding":       {token: discordtest.Token, intents: intents, shards: 2, want: -4011},
		"op 7 first":     {token: discordtest.Token, intents: intents, links: discordtest.Links{Op7First: true}, want: 7},
		"op 9 first":     {token: discordtest.Token, intents: intents, links: discordtest.Links{Op9First: true}, want: 9},
		"closed at once": {token: discordtest.Token, intents: intents, links: discordtest.Links{CloseFirst: 4000}, want: -4000},
	} {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t, func(config *discordtest.Config) { config.Shards = max(c.shards, 1) })
			s.FaultLinks(c.links)
			w := dial(t, s, "")
			w.identify(c.token, c.intents)
			if e := w.next(); e.Op != c.want {
				t.Errorf("got %+v, want %d", e, c.want)
			}
		})
	}
}

// A session is resumed with all that was missed, twice what is to come twice, and not after it became invalid.
func TestResume(t *testing.T) {
	s := discordtest.New(t)
	w := dial(t, s, "")
	session, url := w.ready()
	s.Conns()[0].Silence()
	said := s.DM(discordtest.User, "missed")
	s.Say(discordtest.Channel, discordtest.User, "not to be read", "")
	end := s.FaultLinks(discordtest.Links{Replays: 1})
	w = dial(t, s, url)
	end()
	w.send(6, map[string]any{"token": discordtest.Token, "session_id": session, "seq": 2})
	for i, want := range []string{"GUILD_CREATE", "MESSAGE_CREATE", "MESSAGE_CREATE", "RESUMED"} {
		e := w.next()
		var m struct{ Content string }
		if err := json.Unmarshal(e.D, &m); err != nil || e.T != want || e.S != i+2 {
			t.Fatalf("got %+v, want %s", e, want)
		}
		if i == 1 && m.Content != "missed" || i == 2 && m.Content != "" {
			t.Errorf("message %d says %q", i, m.Content)
		}
	}
	if !said.Wait() || !s.Conns()[0].AtResumeURL {
		t.Error("the message is lost, or the connection is not at the URL for resuming")
	}
	s.Conns()[0].Invalidate(false)
	if e := w.next(); e.Op != 9 || string(e.D) != "false" {
		t.Errorf("got %+v", e)
	}
	w.send(6, map[string]any{"token": discordtest.Token, "session_id": session, "seq": 2})
	if e := w.next(); e.Op != 9 {
		t.Errorf("an invalid session was resumed: %+v", e)
	}
}

// Events come late, twice and half-filled, if a test wants that; heartbeats are answered until they are not.
func TestEvents(t *testing.T) {
	s := discordtest.New(t)
	w := dial(t, s, "")
	w.ready()
	s.Swap()
	one, two := s.DM(discordtest.User, "one"), s.DM(discordtest.User, "two")
	if a, b := w.next(), w.next(); a.S != 4 || b.S != 3 {
		t.Errorf("came %d before %d", a.S, b.S)
	}
	if !one.Wait() || !two.Wait() {
		t.Error("lost")
	}
	s.Duplicate(one.Events[0]).Wait()
	if e := w.next(); e.S != 5 || string(e.D) != string(one.Events[0].Payload) {
		t.Errorf("came %s", e.D)
	}
	s.Event("INTERACTION_CREATE", `{"id":"","type":99}`)
	if e := w.next(); e.T != "INTERACTION_CREATE" {
		t.Errorf("came %+v", e)
	}
	w.send(1, 6)
	if e := w.next(); e.Op != 11 || s.Conns()[0].Heartbeats() != 1 {
		t.Errorf("came %+v", e)
	}
	s.Conns()[0].NoAcks()
	w.send(1, 6)
	c := s.Conns()[0]
	await(t, "the heartbeat", func() bool { return c.Heartbeats() == 2 })
	c.CloseWith(4009)
	if e := w.next(); e.Op != -4009 {
		t.Errorf("came %+v", e)
	}
}

// After Close nothing is left of the server, even where calls are held and interactions wait.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	s := discordtest.New(t)
	w := dial(t, s, "")
	w.ready()
	d := s.Command(discordtest.Channel, discordtest.User, "parley check")
	s.Fault(discordtest.Fault{Hold: true})
	gone := make(chan struct{})
	client := s.Client()
	go func() {
		defer close(gone)
		if answer, err := client.Get(s.URL() + "/api/v10/users/@me"); err == nil {
			_ = answer.Body.Close()
		}
	}()
	time.Sleep(20 * time.Millisecond)
	s.Close()
	<-gone
	client.CloseIdleConnections()
	if _, ok := d.Wait(); ok || d.Trouble() != discordtest.Failed {
		t.Errorf("the interaction ended %v %q", ok, d.Trouble())
	}
	_ = w.ws.Close()
	await(t, "the goroutines to end", func() bool { return runtime.NumGoroutine() <= before })
}
