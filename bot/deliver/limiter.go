package deliver

import (
	"sync"
	"time"
)

// rateLimiter remembers from when on each lane may be posted to. The zero value is ready.
type rateLimiter struct {
	mu   sync.Mutex
	next map[string]time.Time
}

// maxLimited bounds how many lanes are remembered; past it those that are free are forgotten.
const maxLimited = 10_000

// wait takes the next turn in a lane and returns how long it is until then.
func (l *rateLimiter) wait(lane string, every time.Duration, now time.Time) time.Duration {
	if every <= 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next == nil {
		l.next = map[string]time.Time{}
	}
	if len(l.next) > maxLimited {
		for lane, at := range l.next {
			if at.Before(now) {
				delete(l.next, lane)
			}
		}
	}
	at := l.next[lane]
	if at.Before(now) {
		at = now
	}
	l.next[lane] = at.Add(every)
	return at.Sub(now)
}
