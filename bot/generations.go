package bot

import (
	"sync"

	"parley/answers/library"
)

// generations holds the library of today, and knows who still answers from an older one. The zero value holds none.
type generations struct {
	mu  sync.Mutex
	now *generation
}

type generation struct {
	*library.Library
	users sync.WaitGroup
}

// use is the library of today until done is called.
func (g *generations) use() (lib *library.Library, done func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now
	now.users.Add(1)
	return now.Library, now.users.Done
}

// swap puts a library in the place of the one before, and returns when nobody uses that any more.
func (g *generations) swap(lib *library.Library) {
	g.mu.Lock()
	old := g.now
	g.now = &generation{Library: lib}
	g.mu.Unlock()
	if old != nil {
		old.users.Wait()
	}
}
