package bot_test

import (
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot"
)

// An intake handles so many events at once, refuses the next at once, and on Close waits for those under way.
func TestIntake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in := bot.NewIntake(slog.New(slog.DiscardHandler))
		var handled, refused atomic.Int64
		arrive := func() {
			in.Do(func() { time.Sleep(time.Second); handled.Add(1) }, func() { refused.Add(1) })
		}
		for range 300 {
			arrive()
		}
		if refused.Load() != 300-256 {
			t.Errorf("%d of 300 were refused", refused.Load())
		}
		time.Sleep(2 * time.Second)
		arrive() // there are slots again
		in.Close()
		if handled.Load() != 257 {
			t.Errorf("%d were handled when the intake was closed", handled.Load())
		}
		arrive()
		synctest.Wait()
		if handled.Load() != 257 || refused.Load() != 300-256 {
			t.Error("a closed intake took an event")
		}
	})
}
