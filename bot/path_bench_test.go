package bot_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/store"
)

// BenchmarkPath measures the path from an event to the end of its delivery on record: inbox, engine, outbox, on a database whose
// every write is flushed. So many people ask at once as the sub-benchmark says; the platform costs nothing. Run it with -cpu 1.
func BenchmarkPath(b *testing.B) {
	for _, width := range []int{1, 16, 256} {
		b.Run(fmt.Sprintf("at once %d", width), func(b *testing.B) {
			db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "parley.db"))
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			ids := 0
			var mu sync.Mutex
			parley := bot.New(chattest.Library(b), db, bot.Config{
				Now: time.Now, NewID: func() string { mu.Lock(); defer mu.Unlock(); ids++; return fmt.Sprintf("ID%024d", ids) },
			})
			b.ReportAllocs()
			b.ResetTimer()
			start := time.Now()
			if err := parley.Serve(b.Context(), &firehose{n: b.N, width: width}); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "questions/s")
		})
	}
}

// firehose is a platform on which so many questions are asked, so many of them at once.
type firehose struct {
	n, width int
	slots    chan struct{}
}

func (f *firehose) Name() string { return "firehose" }

func (f *firehose) Listen(ctx context.Context, receive bot.Receive) error {
	f.slots = make(chan struct{}, f.width)
	failed := make([]error, f.n)
	var asking sync.WaitGroup
	for i := range f.n {
		f.slots <- struct{}{}
		asking.Go(func() {
			_, failed[i] = receive(ctx, bot.Event{
				ID: bot.EventID(fmt.Sprint(i)), Text: chattest.Question, Place: deliver.Place{Team: "T1", Channel: deliver.ChannelID(fmt.Sprint(i % 100))},
			})
		})
	}
	asking.Wait()
	return errors.Join(failed...)
}

// Post ends a question, so that the next can be asked.
func (f *firehose) Post(_ context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	<-f.slots
	return deliver.Receipt{To: to, Messages: []deliver.MessageID{deliver.MessageID(r.ID)}}, nil
}

func (f *firehose) Revise(_ context.Context, old deliver.Receipt, _ bot.Reply) (deliver.Receipt, error) {
	return old, nil
}
