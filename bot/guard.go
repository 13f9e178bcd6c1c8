package bot

import (
	"log/slog"
	"net/http"
	"sync"

	"parley/bot/deliver"
)

// Guard runs work for a platform. A panic in it, which only a fault of ours can cause, is logged: one event must not end the others.
func Guard(log *slog.Logger, work func()) {
	err := deliver.Guard(func() error {
		work()
		return nil
	})
	if err != nil {
		log.Error("an event brought a handler down", "error", err)
	}
}

// Tasks is work beside a loop or an acknowledgement, guarded. The zero value is ready but for its log.
type Tasks struct {
	Log     *slog.Logger
	running sync.WaitGroup
}

// Go runs work in a goroutine of its own.
func (t *Tasks) Go(work func()) {
	t.running.Go(func() { Guard(t.Log, work) })
}

// Wait returns when all work has ended.
func (t *Tasks) Wait() { t.running.Wait() }

// guarded answers a request that brought its handler down with status 500, and logs that.
func guarded(log *slog.Logger, handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ended := false
		Guard(log, func() {
			handler.ServeHTTP(w, r)
			ended = true
		})
		if !ended {
			http.Error(w, "Something went wrong.", http.StatusInternalServerError)
		}
	})
}
