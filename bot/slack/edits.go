package slack

import (
	"context"
	"sync"
	"time"

	"parley/bot/deliver"
)

// Edits of all channels together are limited to 50 a minute (docs.slack.dev/reference/methods/chat.update: Tier 3;
// docs.slack.dev/apis/web-api/rate-limits: 50 and more a minute). So ten may come at once, and one each 1.5 s after them: 50 in any minute.
const (
	editsAtOnce = 10
	editPause   = 1500 * time.Millisecond
)

// longestEditWait is how long an attempt waits for its turn: with the call itself, less than the 30 s that bot allows an attempt.
const longestEditWait = 10 * time.Second

// edits lets edits come no faster than Slack takes them.
type edits struct {
	pause   time.Duration // between two edits, in the long run
	stopped chan struct{} // closed when nobody waits for a turn any more
	stop    func()

	mu   sync.Mutex
	free time.Time // when as many may come at once again as ever
}

func newEdits(pause time.Duration) *edits {
	e := &edits{pause: pause, stopped: make(chan struct{})}
	e.stop = sync.OnceFunc(func() { close(e.stopped) })
	return e
}

// wait waits for the turn of an edit. If that is long, it is a failure that says when to come again.
func (e *edits) wait(ctx context.Context, now time.Time) error {
	e.mu.Lock()
	if e.free.Before(now) {
		e.free = now
	}
	free := e.free.Add(e.pause)
	turn := free.Add(-editsAtOnce * e.pause).Sub(now)
	if turn > longestEditWait {
		e.mu.Unlock()
		return &deliver.Failure{Kind: deliver.Postponed, After: turn - longestEditWait/2, Reason: "Slack takes only so many edits a minute"}
	}
	e.free = free
	e.mu.Unlock()
	if turn <= 0 {
		return nil
	}
	timer := time.NewTimer(turn)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-e.stopped:
		return &deliver.Failure{Kind: deliver.Postponed, Reason: "Parley was stopped"}
	case <-ctx.Done():
		return &deliver.Failure{Kind: deliver.Postponed, Reason: "Parley was stopped", Err: ctx.Err()}
	}
}
