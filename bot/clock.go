package bot

import (
	"net/http"
	"sync"
	"time"
)

// Clock knows how far ours is ahead of a platform's, by the dates of its answers, which are in whole seconds. The zero value knows nothing.
type Clock struct {
	mu     sync.Mutex
	known  bool
	offset time.Duration
}

// Note compares the clocks by an answer that came now.
func (k *Clock) Note(answer *http.Response, now time.Time) {
	date, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known, k.offset = true, now.Sub(date).Round(time.Second)
}

// Ahead is by how much ours was ahead last; known is false if no answer has told.
func (k *Clock) Ahead() (ahead time.Duration, known bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.offset, k.known
}
