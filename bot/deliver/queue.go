package deliver

import "sync"

// KeyedQueue runs work in order within a key, and side by side for different ones. The zero value is ready.
type KeyedQueue[K comparable] struct {
	mu      sync.Mutex
	waiting map[K][]func() // a key that is at work is there, if perhaps with nothing that waits
	working sync.WaitGroup
}

// Do puts work at the end of a key's queue.
func (q *KeyedQueue[K]) Do(key K, work func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if rest, ok := q.waiting[key]; ok {
		q.waiting[key] = append(rest, work)
		return
	}
	if q.waiting == nil {
		q.waiting = map[K][]func(){}
	}
	q.waiting[key] = nil
	q.working.Go(func() {
		for work := work; work != nil; work = q.next(key) {
			work()
		}
	})
}

// next takes what waits under a key, or ends its queue.
func (q *KeyedQueue[K]) next(key K) func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	rest := q.waiting[key]
	if len(rest) == 0 {
		delete(q.waiting, key)
		return nil
	}
	q.waiting[key] = rest[1:]
	return rest[0]
}

// Wait returns when nothing is queued. Nothing must be put in meanwhile but by work in it.
func (q *KeyedQueue[K]) Wait() { q.working.Wait() }
