package bot_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/store"
)

// A question that could not be put on record at first is answered when it is begun again, though only one a minute may be asked.
func TestBegunAgainDespiteCooldown(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	lib := chattest.Library(t)
	if _, err := db.Import(t.Context(), store.Change{ID: "first", At: time.Now(), Author: "curator", Why: "a test"}, lib.Contents()); err != nil {
		t.Fatal(err)
	}
	chat := &counter{say: make(chan bot.Event), reply: make(chan bot.Reply, 1), posts: make(chan bot.Reply, 8)}
	if err := db.SetSetting(t.Context(), store.Setting{Platform: chat.Name(), Team: "T1", Body: []byte(`{"cooldown":60}`)}); err != nil {
		t.Fatal(err)
	}
	apply := func(sql string) {
		if _, err := db.Apply(t.Context(), store.Stmt{SQL: sql}); err != nil {
			t.Fatal(err)
		}
	}
	const short = 50 * time.Millisecond
	var ids atomic.Int64
	b := bot.New(lib, db, bot.Config{Now: time.Now, NewID: func() string { return fmt.Sprint("D", ids.Add(1)) }, Resume: true, Lease: 6 * short, Poll: short, Pause: short})
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error)
	go func() { served <- b.Serve(ctx, chat) }()

	apply("CREATE TRIGGER full BEFORE INSERT ON delivery BEGIN SELECT raise(ABORT, 'the disk is full'); END")
	chat.say <- bot.Event{ID: "E1", Place: deliver.Place{Team: "T1", Channel: "C1"}, Person: bot.Person{ID: "U1"}, Text: chattest.Question}
	<-chat.reply
	time.Sleep(short) // in which the first try fails
	apply("DROP TRIGGER full")
	select {
	case r := <-chat.posts:
		if !strings.Contains(r.Text(), chattest.Answer) {
			t.Errorf("said is %q", r.Text())
		}
	case <-time.After(20 * time.Second):
		t.Error("nothing is said")
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}
