package slack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers/library"
	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
	"parley/store"
)

// serving is Parley at work in a workspace.
type serving struct {
	*workspace
	store *store.Store
	bot   *bot.Bot
	end   context.CancelFunc
	ended chan error
	asked int
}

// serve starts Parley in a workspace; change may turn the configuration to HTTP.
func serve(t testing.TB, w *workspace, change func(*slack.Config)) *serving {
	t.Helper()
	return serveWith(t, w, database(t), chattest.Library(t), time.Now, change)
}

func database(t testing.TB) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// serveWith is serve with a store, which it closes, a library and a clock.
func serveWith(t testing.TB, w *workspace, db *store.Store, lib *library.Library, now func() time.Time, change func(*slack.Config)) *serving {
	t.Helper()
	c := w.config()
	if change != nil {
		change(&c)
	}
	ids := make(chan string)
	ctx, end := context.WithCancel(context.Background())
	go func() {
		for i := 1; ; i++ {
			select {
			case ids <- fmt.Sprintf("ID%024d", i):
			case <-ctx.Done():
				return
			}
		}
	}()
	s := &serving{workspace: w, store: db, end: end, ended: make(chan error, 1)}
	s.bot = bot.New(lib, db, bot.Config{
		Now: now, Resume: true, Poll: 20 * time.Millisecond, Pause: 10 * time.Millisecond,
		NewID: func() string {
			select {
			case id := <-ids:
				return id
			case <-ctx.Done():
				return "ended"
			}
		},
	})
	go func() { s.ended <- s.bot.Serve(ctx, slack.New(c)) }()
	t.Cleanup(func() {
		end()
		select {
		case <-s.ended:
		case <-time.After(30 * time.Second):
			t.Error("Parley does not end")
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// overHTTP makes Slack send requests to an address of this machine.
func overHTTP(t *testing.T, w *workspace) func(*slack.Config) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	url := "http://" + address + "/"
	w.SendHTTP(slacktest.Endpoint{Events: url, Commands: url, Interactivity: url, Secret: "shh"})
	return func(c *slack.Config) { c.AppToken, c.SigningSecret, c.Listen = "", "shh", address }
}

// script plays all that people can do and writes down what they see.
type script struct {
	*serving
	t    *testing.T
	out  strings.Builder
	seen map[string]bool
	dms  []string
}

// step does something and notes what is new afterwards, for all and for the people one by one.
func (s *script) step(what string, do func()) {
	s.t.Helper()
	fmt.Fprintf(&s.out, "## %s\n", what)
	do()
	s.Settle()
	s.quiet()
	for _, channel := range append([]string{"C1"}, s.dms...) {
		for _, m := range s.Server.Messages(channel) {
			if m.User == slacktest.Bot {
				s.note(map[bool]string{true: "to all in C1", false: "in direct messages"}[channel == "C1"], m)
			}
		}
	}
	for _, user := range []string{"U1", "U2"} {
		for _, m := range s.Ephemerals("C1", user) {
			s.note("to "+user+" alone", m)
		}
	}
	fmt.Fprintln(&s.out)
}

// quiet waits until Parley has nothing under way.
func (s *script) quiet() {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if events, items, err := s.store.Backlog(s.t.Context()); err == nil && events == 0 && items == 0 {
			time.Sleep(30 * time.Millisecond) // what is done beside the path
			return
		}
	}
	s.t.Error("Parley does not come to rest")
}

func (s *script) note(to string, m slacktest.Message) {
	key := fmt.Sprint(m.Channel, m.TS, m.To, m.Edits)
	if s.seen[key] {
		return
	}
	s.seen[key] = true
	thread := ""
	if m.ThreadTS != "" {
		thread = ", in a thread"
	}
	fmt.Fprintf(&s.out, "-> %s%s:\n", to, thread)
	for line := range strings.Lines(m.Text) {
		s.out.WriteString("   " + strings.TrimRight(line, "\n") + "\n")
	}
	var labels []string
	for _, c := range m.Controls() {
		labels = append(labels, c.Label)
	}
	if len(labels) > 0 {
		fmt.Fprintf(&s.out, "   [%s]\n", strings.Join(labels, "] ["))
	}
	if m.UnfurlLinks == nil || *m.UnfurlLinks || m.UnfurlMedia == nil || *m.UnfurlMedia {
		s.t.Errorf("links in a message would unfurl: %s", m.Text)
	}
}

// newest is the newest message to a person with a control of this label.
func (s *script) newest(user, label string) (slacktest.Message, slacktest.Control) {
	s.t.Helper()
	all := append(s.Server.Messages("C1"), s.Ephemerals("C1", user)...)
	for i := len(all) - 1; i >= 0; i-- {
		if c, ok := all[i].Control(label); ok {
			return all[i], c
		}
	}
	s.t.Fatalf("there is no control %q", label)
	return slacktest.Message{}, slacktest.Control{}
}

func (s *script) click(user, label string) {
	s.step(fmt.Sprintf("%s clicks “%s”", user, label), func() {
		m, c := s.newest(user, label)
		if trouble := wait(s.Click(user, m, c)); trouble != "" {
			s.t.Errorf("the click on %q: %s", label, trouble)
		}
	})
}

func (s *script) command(user, text string) {
	s.step(fmt.Sprintf("%s types “/parley %s”", user, text), func() {
		d := s.Command("C1", user, text)
		if trouble := wait(d); trouble != "" {
			s.t.Errorf("the command %q: %s", text, trouble)
		}
	})
}

func wait(d *slacktest.Delivery) string {
	d.Wait()
	return d.Trouble()
}

func (s *script) modal() slacktest.View {
	s.t.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if all := s.Modals(); len(all) > 0 {
			return all[len(all)-1]
		}
	}
	s.t.Fatal("no modal is open")
	return slacktest.View{}
}

// submit sends the open modal.
func (s *script) submit(values map[string]string) {
	s.step(fmt.Sprintf("U1 sends the modal with %v", values), func() {
		d := s.Submit(s.modal(), values)
		ack, _ := d.Wait()
		if len(ack.Payload) > 0 {
			fmt.Fprintf(&s.out, "-> in the modal: %s\n", bytes.TrimSpace(ack.Payload))
		}
	})
}

// play is the script.
func (s *script) play() string {
	s.command("U1", "ask When does the harbour reopen?")
	s.click("U1", "Sources")
	s.click("U1", "Quote")
	s.click("U1", "Timeline")
	s.click("U1", "Why this answer?")
	s.click("U1", "Copy as text")
	s.click("U1", "Share")
	s.click("U1", "Helpful")
	s.step("U1 clicks “Report an error”", func() {
		m, c := s.newest("U1", "Report an error")
		wait(s.Click("U1", m, c))
		fmt.Fprintf(&s.out, "-> a modal: %s\n", s.modal().Title)
	})
	s.submit(map[string]string{"text": "The month is wrong."})
	for _, text := range []string{"", "help", "check The harbour reopens in May.", "timeline", "who lind", "claims harbour", "sources", "disputes", "latest",
		"When does the harbour reopen?", "<!channel> *bold* <https://example.com|x>"} {
		s.command("U1", text)
	}
	s.step("U1 clicks “Ask this” on the question", func() {
		all := s.Ephemerals("C1", "U1")
		m := all[len(all)-2]
		c, ok := m.Control("Ask this")
		if !ok {
			s.t.Fatalf("there is no such control on %s", m.Text)
		}
		wait(s.Click("U1", m, c))
	})
	s.command("U1", "ask harbour pier berth reopening list thing")
	s.click("U1", "None of these")
	s.click("U1", "Pass to the curators")

	var said slacktest.Said
	s.step("U1 mentions Parley in the channel", func() {
		said = s.Say("C1", "U1", slacktest.Mention+" When does the harbour reopen?", "")
		said.Wait()
	})
	s.step("U1 goes on in the thread without a mention, where that is off", func() { s.Say("C1", "U1", "who says so?", said.TS).Wait() })
	s.step("U1 mentions Parley in the thread", func() { s.Say("C1", "U1", slacktest.Mention+" who says so?", said.TS).Wait() })
	s.step("U1 asks in a direct message", func() {
		dm := s.DM("U1", "When does the harbour reopen?")
		s.dms = []string{dm.Channel}
		dm.Wait()
	})
	s.step("U2 takes “Check this claim” on a message", func() {
		claim := s.Say("C1", "U1", "The harbour reopens in June.", said.TS)
		claim.Wait()
		if trouble := wait(s.Shortcut("check", "U2", claim.Message)); trouble != "" {
			s.t.Error(trouble)
		}
	})
	s.step("U2 takes “Ask about this” on a message", func() {
		question := s.Say("C1", "U1", "When does the harbour reopen?", "")
		question.Wait()
		wait(s.Shortcut("ask", "U2", question.Message))
	})

	s.command("U1", "corrections")
	s.command("U1", "notify")
	s.command("U1", "notify off")
	shared := func() slacktest.Message {
		return slices.DeleteFunc(s.Server.Messages("C1"), func(m slacktest.Message) bool { return m.User != slacktest.Bot })[0]
	}
	s.step("U2 takes “Correct this” on the shared answer", func() { wait(s.Shortcut("correct", "U2", shared())) })

	s.command("U1", "settings")
	if err := s.store.SetRole(s.t.Context(), store.Grant{Platform: "slack", Team: slacktest.Team, Subject: "U1", Role: store.Editor}); err != nil {
		s.t.Fatal(err)
	}
	s.step("U1, an editor now, takes “Correct this” on the shared answer", func() { wait(s.Shortcut("correct", "U1", shared())) })
	s.step("U1 clicks “Withdraw it”", func() {
		m, c := s.newest("U1", "Withdraw it")
		wait(s.Click("U1", m, c))
		fmt.Fprintf(&s.out, "-> a modal: %s\n", s.modal().Title)
	})
	s.command("U1", "settings")
	s.submit(map[string]string{"ask": "everybody", "idle": "soon"})
	s.submit(map[string]string{"ask": "everybody", "follow_ups": "yes", "idle": "300"})
	s.step("U1 goes on in the thread without a mention, where that is on", func() { s.Say("C1", "U1", "who says so?", said.TS).Wait() })
	s.step("U1 says something else there", func() { s.Say("C1", "U1", "I will be late for lunch", said.TS).Wait() })

	s.step("U1 opens Home", func() {
		wait(s.OpenHome("U1"))
		for deadline := time.Now().Add(5 * time.Second); s.Home("U1").ID == "" && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		}
		var blocks []struct{ Text struct{ Text string } }
		if err := json.Unmarshal(s.Home("U1").Blocks, &blocks); err != nil {
			s.t.Errorf("Home is not readable: %v", err)
		}
		for _, b := range blocks {
			if b.Text.Text != "" {
				fmt.Fprintf(&s.out, "   %s\n", b.Text.Text)
			}
		}
	})
	all, err := s.store.Outcomes(s.t.Context(), time.Time{})
	if err != nil {
		s.t.Error(err)
	}
	for _, o := range all {
		if o.State != store.Sent {
			s.t.Errorf("the reply %s ended %s: %s", o.Delivery, o.State, o.Reason)
		}
	}
	return s.out.String()
}

// What people do and see is the same by either way, and as the golden file has it.
func TestSurfaces(t *testing.T) {
	got := map[string]string{}
	for _, way := range []string{"socket", "http"} {
		t.Run(way, func(t *testing.T) {
			w := newWorkspace(t)
			w.AddUser(slacktest.User{ID: "U2", Name: "Second"})
			var s *script
			if way == "http" {
				change := overHTTP(t, w)
				s = &script{serving: serve(t, w, change), t: t, seen: map[string]bool{}}
				s.awaitHTTP(change)
			} else {
				s = &script{serving: serve(t, w, nil), t: t, seen: map[string]bool{}}
				if err := w.AwaitConns(2); err != nil {
					t.Fatal(err)
				}
			}
			got[way] = s.play()
		})
	}
	if got["socket"] != got["http"] {
		a, b := strings.Split(got["socket"], "\n"), strings.Split(got["http"], "\n")
		at := 0
		for at < min(len(a), len(b))-1 && a[at] == b[at] {
			at++
		}
		t.Errorf("by Socket Mode and by HTTP people see different things, from line %d:\n%s\n%s", at+1, a[at], b[at])
	}
	chattest.Golden(t, "surfaces.txt", got["socket"])
}

// awaitHTTP waits until Parley listens.
func (s *script) awaitHTTP(change func(*slack.Config)) {
	var c slack.Config
	change(&c)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if response, err := http.Get("http://" + c.Listen); err == nil {
			response.Body.Close()
			return
		}
	}
	s.t.Fatal("Parley does not listen")
}
