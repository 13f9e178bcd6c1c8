package slacktest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/bot/slack/slacktest"
)

// link is a connection without a client library.
type link struct {
	t  *testing.T
	ws *websocket.Conn
}

// dial opens a connection, which the test closes.
func dial(t *testing.T, s *slacktest.Server) link {
	t.Helper()
	got, err := post(s.URL()+"apps.connections.open", "application/x-www-form-urlencoded", "", slacktest.AppToken)
	if err != nil {
		t.Fatal(err)
	}
	url := works(t, got)["url"].(string)
	ws, answer, err := websocket.DefaultDialer.Dial(url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	t.Cleanup(func() { ws.Close() })
	if _, again, err := websocket.DefaultDialer.Dial(url, nil); err == nil || again.StatusCode != 401 {
		t.Error("a ticket opened two connections")
	}
	return link{t, ws}
}

// read reads a frame; nil if the connection has ended.
func (l link) read() object {
	l.t.Helper()
	_ = l.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	_, frame, err := l.ws.ReadMessage()
	if err != nil {
		if strings.Contains(err.Error(), "timeout") {
			l.t.Fatal("nothing came, not even the end")
		}
		return nil
	}
	var o object
	if err := json.Unmarshal(frame, &o); err != nil {
		return object{"raw": string(frame)}
	}
	return o
}

// hello reads the hello.
func (l link) hello() link {
	l.t.Helper()
	if h := l.read(); h["type"] != "hello" {
		l.t.Fatalf("instead of a hello came %v", h)
	}
	return l
}

func (l link) ack(envelope any, payload string) {
	l.t.Helper()
	frame := fmt.Sprintf(`{"envelope_id":%q}`, envelope)
	if payload != "" {
		frame = fmt.Sprintf(`{"envelope_id":%q,"payload":%s}`, envelope, payload)
	}
	if err := l.ws.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		l.t.Fatal(err)
	}
}

// quick makes repetitions come at once, and leaves busy machines some time to acknowledge.
func quick(c *slacktest.Config) {
	c.AckWithin, c.Repeat = 500*time.Millisecond, []time.Duration{20 * time.Millisecond, 20 * time.Millisecond, 20 * time.Millisecond}
}

func TestHelloAndRoundRobin(t *testing.T) {
	s := slacktest.New(t)
	defer s.FaultLinks(slacktest.Links{Ghosts: 2})()
	first := dial(t, s)
	if h := first.read(); h["num_connections"] != 3.0 || h["connection_info"].(object)["app_id"] != slacktest.App {
		t.Errorf("the hello is %v, want it to count two ghosts", h)
	}
	second := dial(t, s).hello()
	for range 2 {
		for range 2 {
			s.Command("C1", "U1", "x")
		}
		for _, l := range []link{first, second} {
			e := l.read()
			if e["type"] != "slash_commands" || e["accepts_response_payload"] != true || e["retry_attempt"] != nil {
				t.Errorf("the envelope is %v", e)
			}
			l.ack(e["envelope_id"], "")
		}
	}
	s.Settle()
	for _, a := range s.Acks() {
		if a.Refused != "" || a.After <= 0 || a.Payload != nil {
			t.Errorf("on record is %+v", a)
		}
	}
}

func TestTenConnections(t *testing.T) {
	s := slacktest.New(t)
	for range 10 {
		dial(t, s).hello()
	}
	extra := dial(t, s)
	if e := extra.read(); e["type"] != "disconnect" || e["reason"] != "too_many_websockets" || extra.read() != nil {
		t.Errorf("the eleventh got %v", e)
	}
}

func TestDisconnect(t *testing.T) {
	s := slacktest.New(t)
	l := dial(t, s).hello()
	other := dial(t, s).hello()
	s.Conns()[0].Disconnect(slacktest.Warning, 0)
	if e := l.read(); e["type"] != "disconnect" || e["reason"] != "warning" {
		t.Errorf("the disconnect is %v", e)
	}
	if e := l.read(); e != nil {
		t.Errorf("after it came %v", e)
	}
	for range 2 { // what follows goes to the connection that is left
		s.Command("C1", "U1", "x")
		if e := other.read(); e["type"] != "slash_commands" {
			t.Errorf("then came %v", e)
		}
	}
	s.Conns()[0].Break()
	if e := other.read(); e != nil {
		t.Errorf("after the break came %v", e)
	}
	if err := s.AwaitConns(0); err != nil {
		t.Error(err)
	}
	if d := s.Command("C1", "U1", "x"); d.Trouble() != "dispatch_failed" {
		t.Errorf("without a connection a command came to %q", d.Trouble())
	}
}

func TestPings(t *testing.T) {
	s := slacktest.New(t, func(c *slacktest.Config) { c.Ping = time.Millisecond })
	l := dial(t, s).hello()
	go func() {
		for {
			if _, _, err := l.ws.ReadMessage(); err != nil {
				return
			}
		}
	}()
	until(t, "pings were answered", func() bool { return s.Conns()[0].Pongs() > 3 })
	defer s.FaultLinks(slacktest.Links{NoPing: true})()
	time.Sleep(20 * time.Millisecond)
	before := s.Conns()[0].Pongs()
	time.Sleep(20 * time.Millisecond)
	if after := s.Conns()[0].Pongs(); after != before {
		t.Errorf("without pings there were %d answers", after-before)
	}
}

func TestNoHello(t *testing.T) {
	s := slacktest.New(t, quick)
	end := s.FaultLinks(slacktest.Links{NoHello: true})
	mute := dial(t, s)
	d := s.OpenHome("U1")
	if _, ok := d.Wait(); ok || d.Attempts() != 4 {
		t.Errorf("an event that nobody could get was sent %d times", d.Attempts())
	}
	end()
	heard := dial(t, s).hello()
	for range 2 {
		s.Command("C1", "U1", "x")
		if e := heard.read(); e["type"] != "slash_commands" {
			t.Errorf("came %v", e)
		}
	}
	_ = mute.ws.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	if _, frame, err := mute.ws.ReadMessage(); err == nil {
		t.Errorf("without hello there came %s", frame)
	}
}

// Events come again until they are acknowledged, under new envelopes and the same event_id; commands do not.
func TestRepetition(t *testing.T) {
	s := slacktest.New(t, quick)
	l := dial(t, s).hello()
	d := s.OpenHome("U1")
	envelopes := map[any]bool{}
	for attempt := range 4 {
		e := l.read()
		reason := ""
		if attempt > 0 {
			reason = "timeout"
		}
		if e["retry_attempt"] != float64(attempt) || e["retry_reason"] != reason || e["payload"].(object)["event_id"] != d.ID {
			t.Errorf("time %d is %v", attempt, e)
		}
		envelopes[e["envelope_id"]] = true
		if attempt == 3 {
			l.ack(e["envelope_id"], "{}")
		}
	}
	if ack, ok := d.Wait(); !ok || ack.Attempt != 3 || len(envelopes) != 4 || ack.Payload != nil {
		t.Errorf("acknowledged was %+v, %v, with %d envelopes", ack, ok, len(envelopes))
	}
	never := s.OpenHome("U1")
	if _, ok := never.Wait(); ok || never.Attempts() != 4 || never.Trouble() != "operation_timeout" {
		t.Errorf("an event without acknowledgement: %d times, %q", never.Attempts(), never.Trouble())
	}
	for range 4 {
		l.read()
	}
	again := s.Duplicate(d)
	if e := l.read(); e["retry_attempt"] != 1.0 || e["payload"].(object)["event_id"] != d.ID || again.ID != d.ID {
		t.Errorf("the duplicate is %v", e)
	}
	command := s.Command("C1", "U1", "x")
	e := l.read()
	for e["type"] != "slash_commands" {
		e = l.read()
	}
	if _, ok := command.Wait(); ok || command.Attempts() != 1 || command.Trouble() != "operation_timeout" {
		t.Errorf("a command without acknowledgement: %d times, %q", command.Attempts(), command.Trouble())
	}
	l.ack(e["envelope_id"], `{"text":"late"}`)
	until(t, "the late acknowledgement was on record", func() bool { all := s.Acks(); return all[len(all)-1].Refused == "too late" })
	if len(s.Ephemerals("C1", "U1")) != 0 {
		t.Error("a late answer was shown")
	}
}

func TestAcks(t *testing.T) {
	s := slacktest.New(t)
	l := dial(t, s).hello()
	d := s.Command("C1", "U1", "x")
	id := l.read()["envelope_id"]
	frame := len(fmt.Sprintf(`{"envelope_id":%q,"payload":{"text":""}}`, id))
	l.ack("unknown", "")
	l.ack(id, `{"text":"`+strings.Repeat("x", 20*1024-frame)+`"}`)
	until(t, "two were refused", func() bool { return len(s.Acks()) == 2 })
	if a := s.Acks(); a[0].Refused != "unknown envelope" || a[1].Refused != "too large" || len(s.Ephemerals("C1", "U1")) != 0 {
		t.Errorf("on record are %+v", a)
	}
	l.ack(id, `{"text":"`+strings.Repeat("x", 20*1024-frame-1)+`"}`)
	if _, ok := d.Wait(); !ok || d.Trouble() != "" || len(s.Ephemerals("C1", "U1")) != 1 {
		t.Errorf("one byte less: %v, %q, %d messages", ok, d.Trouble(), len(s.Ephemerals("C1", "U1")))
	}
	if err := l.ws.WriteMessage(websocket.TextMessage, []byte("{")); err != nil {
		t.Fatal(err)
	}
	until(t, "that was refused", func() bool { all := s.Acks(); return all[len(all)-1].Refused == "no JSON" })
	for _, raw := range []string{`{"type":"new","envelope_id":"E9","payload":{}}`, "no JSON"} {
		if !s.Raw(raw) {
			t.Fatal("there is no connection")
		}
	}
	if e := l.read(); e["envelope_id"] != "E9" {
		t.Errorf("raw came %v", e)
	}
	for e := l.read(); e["raw"] != "no JSON"; e = l.read() {
		if e == nil {
			t.Fatal("what is no JSON did not come")
		}
	}
}
