package slack_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/slack/slacktest"
)

// While another program keeps the database locked for 9 s, everything is acknowledged in time. A command is answered from memory, says that this is not
// on record, and is put on record later; a mention is answered once, when Slack brings it again; a click does nothing and says so.
func TestAcknowledgedWhileTheDatabaseIsLocked(t *testing.T) {
	w := newWorkspace(t, func(c *slacktest.Config) {
		c.Repeat = []time.Duration{2 * time.Second, 3 * time.Second, 4 * time.Second}
	})
	s := serve(t, w, nil)
	w.AddUser(slacktest.User{ID: "U2", Name: "bo"})
	connected(t, w)
	w.Command("C1", "U1", "ask "+chattest.Question).Wait()
	until(t, func() bool { return len(w.Ephemerals("C1", "U1")) == 1 })
	first := w.Ephemerals("C1", "U1")[0]

	other, err := sql.Open("sqlite3", "file:"+s.store.Path()+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	freed := time.AfterFunc(9*time.Second, func() { _ = tx.Rollback() })
	defer freed.Stop()

	began := time.Now()
	mention := w.Say("C1", "U1", slacktest.Mention+" "+chattest.Question, "")
	command := w.Command("C1", "U2", "ask "+chattest.Question)
	helpful, ok := first.Control("Helpful")
	if !ok {
		t.Fatalf("there is no such button: %+v", first.Controls())
	}
	clicked := w.Click("U1", first, helpful)
	if ack, ok := command.Wait(); !ok || time.Since(began) > 3*time.Second || !strings.Contains(string(ack.Payload), chattest.Answer) || !strings.Contains(string(ack.Payload), "not on record") {
		t.Errorf("after %v the command is acknowledged: %v, with %s", time.Since(began), ok, ack.Payload)
	}
	if _, ok := clicked.Wait(); !ok || time.Since(began) > 3*time.Second {
		t.Errorf("after %v the click is acknowledged: %v", time.Since(began), ok)
	}
	until(t, func() bool { return len(w.Ephemerals("C1", "U1")) == 2 })
	if text := w.Ephemerals("C1", "U1")[1].Text; !strings.Contains(text, "nothing was done") {
		t.Errorf("who clicked is told %q", text)
	}
	for _, d := range mention.Events {
		d.Wait()
	}
	onRecord := func() int {
		asked, err := s.store.Questions(t.Context(), began.Add(-time.Second))
		if err != nil {
			t.Fatal(err)
		}
		return len(asked)
	}
	until(t, func() bool { return onRecord() == 3 })
	time.Sleep(time.Second) // in which nothing more is said
	if n := len(w.Ephemerals("C1", "U2")); n != 1 {
		t.Errorf("U2 sees %d answers", n)
	}
	s.answeredIn(t, "C1", mention.TS, 1)
	told, err := s.store.Feedback(t.Context(), began.Add(-time.Minute))
	if err != nil || len(told) != 0 || onRecord() != 3 {
		t.Errorf("on record are %d questions, and %d opinions, %v", onRecord(), len(told), err)
	}
}

// answeredIn wants so many answers in a thread.
func (s *serving) answeredIn(t *testing.T, channel, thread string, want int) {
	t.Helper()
	n := 0
	for _, m := range s.Server.Messages(channel) {
		if m.User == slacktest.Bot && m.ThreadTS == thread {
			n++
		}
	}
	if n != want {
		t.Errorf("in the thread are %d answers, want %d", n, want)
	}
}
