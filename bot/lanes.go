package bot

import "sync"

// lanes runs work in order within a lane, and side by side in different ones. The zero value is ready.
type lanes[K comparable] struct {
	mu      sync.Mutex
	waiting map[K][]func() // a lane that is at work is there, if perhaps with nothing that waits
	working sync.WaitGroup
}

// do puts work at the end of a lane.
func (l *lanes[K]) do(lane K, work func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if rest, ok := l.waiting[lane]; ok {
		l.waiting[lane] = append(rest, work)
		return
	}
	if l.waiting == nil {
		l.waiting = map[K][]func(){}
	}
	l.waiting[lane] = nil
	l.working.Go(func() {
		for work := work; work != nil; work = l.next(lane) {
			work()
		}
	})
}

// next takes what waits in a lane, or ends the lane.
func (l *lanes[K]) next(lane K) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	rest := l.waiting[lane]
	if len(rest) == 0 {
		delete(l.waiting, lane)
		return nil
	}
	l.waiting[lane] = rest[1:]
	return rest[0]
}

// wait returns when all lanes are empty. Nothing must be put into them meanwhile but by work in them.
func (l *lanes[K]) wait() { l.working.Wait() }
