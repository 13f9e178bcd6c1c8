package bot_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/store"
)

// stubborn is a counter that takes nothing for now: it asks to come again in a minute, or loses the answer and cannot be asked soon; and it takes one
// message a minute to a channel.
type stubborn struct {
	*counter
	tries chan deliver.ChannelID
}

func (s *stubborn) Post(_ context.Context, to deliver.Address, _ bot.Reply) (deliver.Receipt, error) {
	s.tries <- to.Channel
	switch to.Channel {
	case "lost":
		return deliver.Receipt{}, &deliver.Failure{Kind: deliver.Lost, Reason: "it did not say"}
	case "paced":
		return deliver.Receipt{To: to, Messages: []deliver.MessageID{"M"}}, nil
	default:
		return deliver.Receipt{}, &deliver.Failure{Kind: deliver.Postponed, After: time.Minute, Reason: "it asks to wait"}
	}
}

func (s *stubborn) Find(context.Context, deliver.Receipt, deliver.DeliveryID, time.Time) (deliver.Receipt, error) {
	return deliver.Receipt{}, &deliver.Failure{Kind: deliver.Postponed, After: time.Minute, Reason: "it cannot be asked"}
}

func (s *stubborn) Pace(to deliver.Address) time.Duration {
	if to.Channel == "paced" {
		return time.Minute
	}
	return 0
}

// Who is stopped while something must wait, to be tried again, to be searched for, or for its turn, waits for none of it: it is all left to the next
// start, which need not wait either.
func TestStopDoesNotWaitForRetries(t *testing.T) {
	db := newRecord(t)
	c := &stubborn{&counter{say: make(chan bot.Event), reply: make(chan bot.Reply), posts: make(chan bot.Reply, 10)}, make(chan deliver.ChannelID, 10)}
	var log bytes.Buffer
	ids := 0
	b := bot.New(chattest.Library(t), db, bot.Config{
		Now: time.Now, NewID: func() string { ids++; return fmt.Sprint("id-", ids) }, Resume: true, Poll: 20 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	ctx, end := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- b.Serve(ctx, c) }()
	for i, channel := range []deliver.ChannelID{"postponed", "lost", "paced", "paced", "paced"} {
		c.say <- bot.Event{ID: bot.EventID(fmt.Sprint("E", i)), Place: deliver.Place{Team: "T1", Channel: channel}, Person: bot.Person{ID: "U1"}, Text: chattest.Question}
		<-c.reply
	}
	for range 3 {
		<-c.tries
	}
	time.Sleep(100 * time.Millisecond) // in which the outcomes are put on record
	began := time.Now()
	end()
	if err := <-served; err != nil || time.Since(began) > 2*time.Second {
		t.Errorf("it took %v to end, %v", time.Since(began), err)
	}
	if log.Len() > 0 {
		t.Errorf("the log tells of trouble:\n%s", &log)
	}
	states, held := map[store.State]int{}, 0
	if err := db.Query(t.Context(), store.Stmt{SQL: "SELECT state, lease <> '' AND state IN ('queued', 'sending') FROM outbox"}, func(rows *sql.Rows) error {
		var state store.State
		var has int
		err := rows.Scan(&state, &has)
		states[state]++
		held += has
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if held > 0 || states[store.Queued] != 3 || states[store.Sending] != 1 || states[store.Sent] != 1 {
		t.Errorf("%d are still held; the states are %v", held, states)
	}
}
