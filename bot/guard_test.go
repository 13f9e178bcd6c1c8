package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/store"
)

// An event that brings Parley down is refused like one that cannot be stored, takes no room from the next ones, and ends nothing.
func TestPanicWhileReceiving(t *testing.T) {
	db, err := store.Open(t.Context(), t.TempDir()+"/parley.db")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	c := &counter{say: make(chan bot.Event), reply: make(chan bot.Reply), posts: make(chan bot.Reply, 10), opening: make(chan struct{}), tried: map[deliver.DeliveryID]bool{}}
	falls := 3
	b := bot.New(chattest.Library(t), db, bot.Config{Now: time.Now, Capacity: 1, NewID: func() string {
		if falls--; falls >= 0 && falls < 2 {
			panic("no id")
		}
		return "ID" + strings.Repeat("0", 20) + time.Now().Format(".000000")
	}})
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Serve(ctx, c) }()
	for range 2 {
		if r := c.asked("bad"); len(r.Parts) > 0 {
			t.Errorf("at once is said %q", r.Text())
		}
	}
	if r := c.asked("good"); len(r.Parts) > 0 {
		t.Errorf("then is said %q", r.Text())
	}
	c.answered(t)
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
