package slack_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
)

// asker is the address of a person who typed a command, and two messages' worth of reply to it.
func asker(t *testing.T, w *workspace) (deliver.Address, bot.Reply) {
	t.Helper()
	var command struct {
		URL string `json:"response_url"`
	}
	if err := json.Unmarshal(w.Command("C1", "U1", "").Payload, &command); err != nil {
		t.Fatal(err)
	}
	to := deliver.Address{
		Place: deliver.Place{Team: slacktest.Team, Channel: "C1"}, Person: "U1", Private: true, Via: deliver.Via(command.URL), ViaUntil: time.Now().Add(time.Hour),
	}
	part := func(word string) compose.Part {
		return compose.Part{Role: compose.RoleAnswer, Text: strings.TrimSpace(strings.Repeat(word+" ", 600))}
	}
	return to, bot.Reply{ID: "d-1", Parts: []compose.Part{part("first"), part("second")}}
}

// heads are the first words of what a person saw alone.
func heads(w *workspace) string {
	var list []string
	for _, m := range w.Ephemerals("C1", "U1") {
		word, _, _ := strings.Cut(m.Text, " ")
		list = append(list, word)
	}
	return strings.Join(list, " ")
}

// What one person alone sees is gone on with where it was broken off, and said anew when it is revised, as long as the response_url
// takes it. After that it is closed, and nothing is said.
func TestPrivateReplies(t *testing.T) {
	w := newWorkspace(t)
	chat := slack.New(w.config())
	to, reply := asker(t, w)
	postponed := func(err error) {
		t.Helper()
		if f := (*deliver.Failure)(nil); !errors.As(err, &f) || f.Kind != deliver.Postponed {
			t.Fatalf("it fails as %v", err)
		}
	}
	w.Server.Fault(slacktest.Fault{Methods: []string{slacktest.ResponseURL}, Skip: 1, Times: 1, Status: 429})
	there, err := chat.Post(t.Context(), to, reply)
	postponed(err)
	there, err = chat.Revise(t.Context(), there, reply)
	if err != nil || heads(w) != "first second" || there.EditBy == "" || !there.EditUntil.Equal(to.ViaUntil) || len(there.Messages) != 2 {
		t.Fatalf("after the rest, U1 sees %q: %+v, %v", heads(w), there, err)
	}
	w.Server.Fault(slacktest.Fault{Methods: []string{slacktest.ResponseURL}, Skip: 1, Times: 1, Status: 429})
	anew, err := chat.Revise(t.Context(), there, reply)
	postponed(err)
	anew, err = chat.Revise(t.Context(), anew, reply)
	if err != nil || heads(w) != "first second first second" || !anew.FollowedUp {
		t.Fatalf("after the revision, U1 sees %q: %+v, %v", heads(w), anew, err)
	}
	for what, old := range map[string]deliver.Receipt{
		"used up":                   anew,
		"too long for what is left": {To: to, Messages: make([]deliver.MessageID, 4), EditBy: there.EditBy},
		"expired":                   {To: deliver.Address{Place: to.Place, Person: "U1", Private: true, Via: to.Via, ViaUntil: time.Now()}, Messages: there.Messages[:1], EditBy: there.EditBy},
	} {
		if what == "used up" { // of five answers, four were taken, and one is lost
			w.Server.Fault(slacktest.Fault{Methods: []string{slacktest.ResponseURL}, Times: 1, Status: 404})
		}
		before := heads(w)
		_, err := chat.Revise(t.Context(), old, reply)
		if f := (*deliver.Failure)(nil); !errors.As(err, &f) || f.Kind != deliver.Closed || f.Reason == "" || heads(w) != before {
			t.Errorf("%s: it fails as %v, and U1 sees %q", what, err, heads(w))
		}
	}
	for _, c := range w.Calls() {
		if c.Method == "chat.postEphemeral" {
			t.Error("a revision went where nobody knows whether it is seen")
		}
	}
	direct := deliver.Address{Place: deliver.Place{Team: slacktest.Team, Channel: "C1"}, Person: "U1", Private: true}
	if there, err := chat.Post(t.Context(), direct, reply); err != nil || there.EditBy != "" {
		t.Errorf("what went as an ephemeral message can be edited by %q, %v", there.EditBy, err)
	}
}

// What is too large for an acknowledgement is said beside it, and the acknowledgement counts.
func TestLargeAcknowledgements(t *testing.T) {
	w := newWorkspace(t)
	long := strings.Repeat("<&> and so on ", 1000)
	chat := slack.New(w.config())
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- chat.Listen(ctx, func(_ context.Context, e bot.Event) (bot.Reply, error) {
			if e.Click != nil && !e.Click.Typed {
				return bot.Reply{Form: &bot.Form{Click: *e.Click, Title: "Form", Fields: []bot.Field{
					{Name: "short", Label: "Short", Value: "Words.", Required: true, Most: 100}, {Name: "wrong", Label: "Wrong", Most: 100},
				}}}, nil
			}
			return bot.Reply{Parts: []compose.Part{{Role: compose.RoleNotice, Text: long}}}, bot.ErrBusy
		})
	}()
	defer func() {
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	connected(t, w)

	d := w.Command("C1", "U1", "ask anything")
	if ack, ok := d.Wait(); !ok || len(ack.Payload) > 0 || d.Trouble() != "" {
		t.Errorf("the command is acknowledged: %v, with %d bytes, trouble %q", ok, len(ack.Payload), d.Trouble())
	}
	until(t, func() bool { return len(w.Ephemerals("C1", "U1")) == 1 })
	if m := w.Ephemerals("C1", "U1")[0]; !strings.HasPrefix(m.Text, "&lt;&amp;&gt; and so on") {
		t.Errorf("U1 sees %.100q", m.Text)
	}

	r := bot.Reply{ID: "d-1", Parts: []compose.Part{{Role: compose.RoleNotice, Text: "Text"}}, Controls: []bot.Control{{Verb: bot.Report, Label: "Report"}}}
	if _, err := chat.Post(ctx, deliver.Address{Place: deliver.Place{Team: slacktest.Team, Channel: "C1"}}, r); err != nil {
		t.Fatal(err)
	}
	m := w.parleys()[0]
	c, _ := m.Control("Report")
	wait(w.Click("U1", m, c))
	until(t, func() bool { return len(w.Modals()) == 1 })
	d = w.Submit(w.Modals()[0], nil)
	ack, ok := d.Wait()
	if !ok || d.Trouble() != "" || !strings.HasPrefix(string(ack.Payload), `{"response_action":"errors","errors":{"short":`) {
		t.Errorf("the form is acknowledged: %v, with %.100s, trouble %q", ok, ack.Payload, d.Trouble())
	}
	for _, a := range w.Acks() {
		if a.Refused != "" {
			t.Errorf("an acknowledgement does not count: %s", a.Refused)
		}
	}
}

// until waits for something to become true.
func until(t *testing.T, true func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !true(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it was waited in vain")
		}
	}
}
