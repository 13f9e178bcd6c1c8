package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/store"
)

// counter is a chat at whose counter one thing after another is said. While edits are closed, it asks to come again soon for each.
type counter struct {
	say     chan bot.Event
	reply   chan bot.Reply // what the event led to at once
	posts   chan bot.Reply
	opening chan struct{} // closed when edits are taken

	mu    sync.Mutex
	tried map[deliver.DeliveryID]bool // edits, taken or not
}

func (c *counter) Name() string { return "slack" }

func (c *counter) Listen(ctx context.Context, receive bot.Receive) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-c.say:
			r, _ := receive(ctx, e)
			c.reply <- r
		}
	}
}

func (c *counter) Post(_ context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	c.posts <- r
	return deliver.Receipt{To: to, Messages: []deliver.MessageID{"M-" + deliver.MessageID(r.ID)}, EditBy: "channel"}, nil
}

func (c *counter) Revise(_ context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tried[r.ID] = true
	select {
	case <-c.opening:
		return old, nil
	default:
		return old, &deliver.Failure{Kind: deliver.Postponed, After: 200 * time.Millisecond, Reason: "it takes only so many edits a minute"}
	}
}

func (c *counter) edits() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.tried)
}

// asked says something and returns what it led to at once.
func (c *counter) asked(id bot.EventID) bot.Reply {
	c.say <- bot.Event{ID: id, Place: deliver.Place{Team: "T1", Channel: "C-" + deliver.ChannelID(id)}, Person: bot.Person{ID: "U1"}, Text: chattest.Question}
	return <-c.reply
}

// answered waits for the next post, which must answer the question.
func (c *counter) answered(t *testing.T) {
	t.Helper()
	select {
	case r := <-c.posts:
		if !strings.Contains(r.Text(), chattest.Answer) {
			t.Errorf("the question got %q", r.Text())
		}
	case <-time.After(10 * time.Second):
		t.Error("the question got no answer")
	}
}

func newRecord(t *testing.T) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// open serves a counter from a store with what is in it already, until the test calls shut.
func open(t *testing.T, db *store.Store, config bot.Config) (c *counter, shut func()) {
	t.Helper()
	var ids atomic.Int64
	config.Now, config.NewID = time.Now, func() string { return fmt.Sprint("id-", ids.Add(1)) }
	config.Resume, config.Poll = true, 20*time.Millisecond
	c = &counter{say: make(chan bot.Event), reply: make(chan bot.Reply), posts: make(chan bot.Reply), opening: make(chan struct{}), tried: map[deliver.DeliveryID]bool{}}
	ctx, end := context.WithCancel(t.Context())
	served := make(chan error, 1)
	b := bot.New(chattest.Library(t), db, config)
	go func() { served <- b.Serve(ctx, c) }()
	return c, func() {
		t.Helper()
		end()
		if err := <-served; err != nil {
			t.Error(err)
		}
	}
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Errorf("it does not come to that %s", what)
			return
		}
	}
}

func idle(t *testing.T, db *store.Store) func() bool {
	return func() bool {
		events, items, err := db.Backlog(t.Context())
		if err != nil {
			t.Error(err)
		}
		return events+items == 0
	}
}

// onRecord is a reply that was given in a channel of its own.
func onRecord(t *testing.T, db *store.Store, id, body string, state store.State) store.Delivery {
	t.Helper()
	d := store.Delivery{ID: id, Platform: "slack", At: time.Now(), To: store.Address{Team: "T1", Channel: "C-" + id, Person: "U1"}, Body: []byte(body)}
	item := &store.Item{ID: id, Delivery: d, Lane: "T1/C-" + id, Act: store.Post, At: d.At, State: state}
	if _, err := db.Respond(t.Context(), store.Response{Item: item}, store.Lease{}); err != nil {
		t.Fatal(err)
	}
	return d
}

// A correction of many replies, which the platform takes slowly, keeps nobody from asking; and it is not all in memory at once.
func TestLargeCorrectionLeavesRoomForQuestions(t *testing.T) {
	const capacity, corrected = 2, 20
	db := newRecord(t)
	var edits []store.Item
	for i := range corrected {
		d := onRecord(t, db, fmt.Sprint("D", i), "{}", store.Sent)
		edits = append(edits, store.Item{ID: "change-1-" + d.ID, Delivery: d, Lane: "T1/" + d.To.Channel, Body: []byte("{}"), At: d.At})
	}
	if err := db.Revise(t.Context(), edits...); err != nil {
		t.Fatal(err)
	}
	c, shut := open(t, db, bot.Config{Capacity: capacity, Pause: 10 * time.Millisecond})
	eventually(t, "more edits wait than questions may", func() bool { return c.edits() > capacity })
	time.Sleep(200 * time.Millisecond) // ten times it is looked whether there is more to do
	if n := c.edits(); n >= corrected {
		t.Errorf("all %d edits are in memory", n)
	}
	if r := c.asked("E1"); r.Text() != "" {
		t.Errorf("while edits wait, a question got %q", r.Text())
	}
	if r := c.asked("E2"); r.Text() != "" {
		t.Errorf("while edits wait, a second question got %q", r.Text())
	}
	if r := c.asked("E3"); !strings.Contains(r.Text(), "busy") { // nobody takes the answers to the others yet
		t.Errorf("above the capacity, a question got %q", r.Text())
	}
	c.answered(t)
	c.answered(t)
	close(c.opening)
	eventually(t, "every edit is made", idle(t, db))
	if n := c.edits(); n != corrected {
		t.Errorf("%d replies were edited, want %d", n, corrected)
	}
	shut()
}

// What cannot be read, as after a damage or of another version, ends and is told once. What is behind it goes on at once.
func TestUnreadableHoldsNothingUp(t *testing.T) {
	db := newRecord(t)
	now := time.Now()
	for i, body := range []string{`{"Text":5}`, `{"Place":{"Team":"T1","Channel":"C1"},"Person":{"ID":"U1"},"Text":"` + chattest.Question + `"}`} {
		id := fmt.Sprint("E", i)
		in := store.Incoming{Platform: "slack", ID: id, At: now.Add(time.Duration(i-9) * time.Second), Delivery: "D-" + id, Body: []byte(body)}
		if _, err := db.Accept(t.Context(), in, store.Lease{}); err != nil {
			t.Fatal(err)
		}
	}
	onRecord(t, db, "R0", `{"parts":5}`, store.Queued)
	onRecord(t, db, "R1", `{"parts":5}`, store.Sending)
	onRecord(t, db, "R2", `{"parts":[{"role":"answer","text":"`+chattest.Answer+`"}]}`, store.Queued)
	var log bytes.Buffer
	c, shut := open(t, db, bot.Config{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	c.answered(t)
	c.answered(t)
	eventually(t, "nothing is left over", idle(t, db))
	shut()
	for _, id := range []string{"the event E0", "the reply R0", "the reply R1"} {
		if n := strings.Count(log.String(), id); n != 1 {
			t.Errorf("of %s the log tells %d times:\n%s", id, n, &log)
		}
	}
	outcomes, err := db.Outcomes(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]store.State{}
	for _, o := range outcomes {
		states[o.Item] = o.State
	}
	for id, want := range map[string]store.State{"R0": store.Failed, "R1": store.Unknown, "R2": store.Sent, "D-E1": store.Sent} {
		if states[id] != want {
			t.Errorf("%s ended as %q, want %q", id, states[id], want)
		}
	}
}
