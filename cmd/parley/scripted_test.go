package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/answers"
	"parley/bot"
	"parley/bot/deliver"
)

// A scripted platform: the test plays it, and the real program talks to it over TCP (events and acknowledgements, a line of JSON each) and
// HTTP (messages). Like real ones, it sends an event again that was not acknowledged when the connection broke.
type scriptedPlatform struct {
	t      *testing.T
	events net.Listener
	web    *httptest.Server
	finds  bool

	mu       sync.Mutex
	next     int
	open     map[string]bool // sent, not acknowledged
	acked    map[string]time.Time
	busy     map[string]bool
	posts    map[string]int    // messages by the event that they answer
	posted   map[string]string // event by delivery
	said     map[string]string // what each message says, by delivery
	direct   map[string]int    // messages of one's own, by what they tell
	notes    map[string]int    // messages in the thread of another
	faults   *rand.Rand        // what goes wrong with revisions; nil for nothing
	met      map[string]int    // faults that happened
	gone     map[string]string // messages that cannot be edited, and why
	line     func(id string) scriptedLine
	trouble  []string
	pause    time.Duration // of each post
	conn     net.Conn
	conns    int // that there were
	inFlight int // at most so many events open
	most     int // of events; 0 for no end
	stopped  bool
}

type scriptedLine struct {
	ID      string `json:"id"`
	Text    string `json:"text,omitempty"`
	Want    string `json:"want,omitempty"`
	Person  string `json:"person,omitempty"`
	Command bool   `json:"command,omitempty"`
	Busy    bool   `json:"busy,omitempty"`
}

type scriptedPost struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Channel string `json:"channel,omitempty"` // each event has its own
	Thread  string `json:"thread,omitempty"`
	Direct  bool   `json:"direct,omitempty"`
}

func newScriptedPlatform(t *testing.T, finds bool, inFlight int) *scriptedPlatform {
	p := &scriptedPlatform{
		t: t, finds: finds, inFlight: inFlight, open: map[string]bool{}, acked: map[string]time.Time{}, busy: map[string]bool{},
		posts: map[string]int{}, posted: map[string]string{}, said: map[string]string{}, direct: map[string]int{}, notes: map[string]int{},
		met: map[string]int{}, gone: map[string]string{},
		line: func(id string) scriptedLine {
			return scriptedLine{ID: id, Text: "When does pier " + id + " reopen?", Person: "U1"}
		},
	}
	var err error
	if p.events, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /messages", p.post)
	mux.HandleFunc("GET /messages", p.find)
	mux.HandleFunc("PUT /messages", p.revise)
	p.web = httptest.NewServer(mux)
	t.Cleanup(p.web.Close)
	t.Cleanup(func() { p.events.Close() })
	go p.accept()
	return p
}

func (p *scriptedPlatform) connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.conns
}

// await waits until programs have connected so many times.
func (p *scriptedPlatform) await(t *testing.T, cmd *exec.Cmd, times int) {
	t.Helper()
	if err := eventually(time.Minute, func() error {
		if n := p.connections(); n < times {
			return fmt.Errorf("the program has connected %d times, not %d", n, times)
		}
		return nil
	}); err != nil {
		t.Fatalf("%v\n%s", err, cmd.Stderr)
	}
}

// environ tells the program where the platform is.
func (p *scriptedPlatform) environ() []string {
	return []string{"SCRIPTED_EVENTS=" + p.events.Addr().String(), "SCRIPTED_WEB=" + p.web.URL, fmt.Sprint("SCRIPTED_FINDS=", p.finds)}
}

func (p *scriptedPlatform) accept() {
	for {
		conn, err := p.events.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		p.conn = conn
		p.conns++
		again := make([]string, 0, len(p.open))
		for id := range p.open {
			again = append(again, id)
		}
		p.mu.Unlock()
		for _, id := range again {
			p.send(conn, id)
		}
		go p.read(conn)
		go p.feed(conn)
	}
}

func (p *scriptedPlatform) send(conn net.Conn, id string) {
	body, _ := json.Marshal(p.line(id))
	_, _ = conn.Write(append(body, '\n')) // a connection that is gone is noticed by its reader
}

// feed keeps events coming, as many as may be open at once.
func (p *scriptedPlatform) feed(conn net.Conn) {
	for {
		p.mu.Lock()
		if p.stopped || p.conn != conn {
			p.mu.Unlock()
			return
		}
		id := ""
		if len(p.open) < p.inFlight && (p.most == 0 || p.next < p.most) {
			p.next++
			id = fmt.Sprint(p.next)
			p.open[id] = true
		}
		p.mu.Unlock()
		if id == "" {
			time.Sleep(time.Millisecond)
			continue
		}
		p.send(conn, id)
	}
}

// read takes acknowledgements until the connection ends.
func (p *scriptedPlatform) read(conn net.Conn) {
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		var l scriptedLine
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			continue // the last line of a killed program
		}
		p.mu.Lock()
		delete(p.open, l.ID)
		if l.Busy {
			p.busy[l.ID] = true
		} else {
			p.acked[l.ID] = time.Now()
		}
		p.mu.Unlock()
	}
	p.mu.Lock()
	if p.conn == conn {
		p.conn = nil
	}
	p.mu.Unlock()
}

func (p *scriptedPlatform) post(w http.ResponseWriter, r *http.Request) {
	var m scriptedPost
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		return // cut off by a kill
	}
	if p.fault(w, m.ID) {
		return
	}
	p.mu.Lock()
	pause := p.pause
	p.said[m.ID] = m.Text
	if m.Direct || m.Thread != "" {
		if m.Direct {
			p.direct[m.ID]++
		} else {
			p.notes[m.Thread]++
		}
		p.posted[m.ID] = ""
		p.mu.Unlock()
		p.done(w, m.ID)
		return
	}
	event := strings.TrimPrefix(m.Channel, "C")
	p.posts[event]++
	p.posted[m.ID] = event
	if p.line(event).Want == "" && (!strings.Contains(m.Text, "[1]") || !strings.HasSuffix(strings.TrimSpace(m.Text), "undated")) {
		p.trouble = append(p.trouble, fmt.Sprintf("the reply to %s is half: %q", event, m.Text))
	}
	p.mu.Unlock()
	time.Sleep(pause)
	p.done(w, m.ID)
}

// revise edits a message, unless it is gone.
func (p *scriptedPlatform) revise(w http.ResponseWriter, r *http.Request) {
	var m scriptedPost
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		return
	}
	id := strings.TrimPrefix(m.ID, "M-")
	if p.fault(w, id) {
		return
	}
	p.mu.Lock()
	why, gone := p.gone[id]
	if !gone {
		p.said[id] = m.Text
	}
	p.mu.Unlock()
	if gone {
		http.Error(w, why, http.StatusGone)
		return
	}
	p.done(w, id)
}

// fault lets a call come to nothing now and then.
func (p *scriptedPlatform) fault(w http.ResponseWriter, id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.faults == nil {
		return false
	}
	switch n := p.faults.IntN(100); {
	case n < 5:
		p.met["429"]++
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	case n < 8:
		p.met["503"]++
		w.WriteHeader(http.StatusServiceUnavailable)
	case n < 11:
		p.met["dropped before"]++
		panic(http.ErrAbortHandler)
	default:
		return false
	}
	return true
}

// done tells that a message stands, unless the connection drops just then.
func (p *scriptedPlatform) done(w http.ResponseWriter, id string) {
	p.mu.Lock()
	dropped := p.faults != nil && p.faults.IntN(100) < 3
	if dropped {
		p.met["dropped after"]++
	}
	p.mu.Unlock()
	if dropped {
		panic(http.ErrAbortHandler)
	}
	fmt.Fprintf(w, "M-%s", id)
}

func (p *scriptedPlatform) find(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.posted[r.FormValue("id")]; ok {
		fmt.Fprintf(w, "M-%s", r.FormValue("id"))
	}
}

// stop sends no more events.
func (p *scriptedPlatform) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
}

// scriptedAdapter is the program's side.
func scriptedAdapter() adapter {
	fine := func(string) string { return "" }
	return adapter{
		name:     "scripted",
		settings: []setting{{"SCRIPTED_EVENTS", true, fine}, {"SCRIPTED_WEB", true, fine}, {"SCRIPTED_FINDS", false, fine}},
		how:      "It is played by a test.",
		connect: func(values map[string]string, _ *slog.Logger) (bot.Chat, error) {
			s := &scripted{events: values["SCRIPTED_EVENTS"], web: values["SCRIPTED_WEB"]}
			// Without a limit, so many connections come and go that the machine runs out of ports.
			s.client = &http.Client{Transport: &http.Transport{MaxConnsPerHost: 64, MaxIdleConnsPerHost: 64}}
			if values["SCRIPTED_FINDS"] == "true" {
				return &scriptedFinder{s}, nil
			}
			return s, nil
		},
	}
}

type scripted struct {
	events, web string
	client      *http.Client
}

func (s *scripted) Name() string { return "scripted" }

func (s *scripted) Listen(ctx context.Context, receive bot.Receive) error {
	conn, err := net.Dial("tcp", s.events)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Now()) })()
	var receiving sync.WaitGroup
	var writing sync.Mutex
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		var l scriptedLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return err
		}
		receiving.Go(func() {
			_, err := receive(ctx, bot.Event{
				ID: bot.EventID(l.ID), Text: l.Text, Want: answers.Intent(l.Want), Command: l.Command,
				Person: bot.Person{ID: deliver.PersonID(l.Person)}, Place: deliver.Place{Team: "T1", Channel: deliver.ChannelID("C" + l.ID)},
			})
			if err != nil && !errors.Is(err, bot.ErrBusy) {
				return // not acknowledged, so it comes again
			}
			body, _ := json.Marshal(scriptedLine{ID: l.ID, Busy: err != nil})
			writing.Lock()
			defer writing.Unlock()
			_, _ = conn.Write(append(body, '\n'))
		})
	}
	receiving.Wait()
	if ctx.Err() == nil {
		return errors.New("the platform closed the connection")
	}
	return conn.Close()
}

func (s *scripted) Post(ctx context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	id, err := s.call(ctx, http.MethodPost, scriptedPost{
		ID: string(r.ID), Text: r.Text(), Channel: string(to.Channel), Thread: string(to.Thread), Direct: to.Direct,
	})
	if err != nil {
		return deliver.Receipt{}, err
	}
	receipt := deliver.Receipt{To: to, Messages: []deliver.MessageID{deliver.MessageID(id)}, EditBy: "scripted"}
	if to.Private {
		receipt.EditUntil = time.Now() // only that moment
	}
	return receipt, nil
}

func (s *scripted) Revise(ctx context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	_, err := s.call(ctx, http.MethodPut, scriptedPost{ID: string(old.Messages[0]), Text: r.Text()})
	return old, err
}

// call does something with a message, and returns what the platform says of it.
func (s *scripted) call(ctx context.Context, method string, m scriptedPost) (string, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return "", &deliver.Failure{Kind: deliver.Refused, Reason: "it cannot be written", Err: err}
	}
	request, err := http.NewRequestWithContext(ctx, method, s.web+"/messages", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	switch response.StatusCode {
	case http.StatusOK:
		return string(said), err
	case http.StatusTooManyRequests:
		return "", &deliver.Failure{Kind: deliver.Postponed, After: 50 * time.Millisecond, Reason: "the platform asks to wait"}
	case http.StatusGone:
		return "", &deliver.Failure{Kind: deliver.Refused, Reason: strings.TrimSpace(string(said))}
	default:
		return "", fmt.Errorf("the platform answers %s", response.Status)
	}
}

// scriptedFinder can tell what arrived.
type scriptedFinder struct{ *scripted }

func (s *scriptedFinder) Find(ctx context.Context, known deliver.Receipt, id deliver.DeliveryID, _ time.Time) (deliver.Receipt, error) {
	response, err := s.client.Get(s.web + "/messages?id=" + url.QueryEscape(string(id)))
	if err != nil {
		return deliver.Receipt{}, err
	}
	defer response.Body.Close()
	found, err := io.ReadAll(response.Body)
	if err != nil || len(found) == 0 {
		return deliver.Receipt{}, err
	}
	return deliver.Receipt{To: known.To, Messages: []deliver.MessageID{deliver.MessageID(found)}}, nil
}
