package match

import (
	"sync"

	"parley/answers"
)

// Progress is told how far learning has come: how many classes are learnt of how many, as far as that can be told beforehand. Calls come
// one at a time. An error ends the learning, which then fails with that error.
type Progress func(done, total int) error

// course is how far learning has come. Any number of goroutines may use it; a nil course neither tells anybody nor ends early.
type course struct {
	progress    Progress
	mu          sync.Mutex
	done, total int
	err         error
}

// newCourse begins a course of a number of classes; nil if nobody wants to know.
func newCourse(progress Progress, total int) *course {
	if progress == nil {
		return nil
	}
	c := &course{progress: progress, total: total}
	c.advance(0)
	return c
}

// advance counts classes as learnt and reports whether to go on.
func (c *course) advance(by int) bool {
	if c == nil {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.done += by
		c.total = max(c.total, c.done)
		c.err = c.progress(c.done, c.total)
	}
	return c.err == nil
}

// ended is the error that ended the course early, or nil.
func (c *course) ended() error {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// classesToLearn is about how many classes it takes to learn from contents: one for each entry that can be reached, and as many again for the
// one fold in which a record with enough gold questions is tried on itself, or for each of all, where one in folds is left out.
func classesToLearn(c answers.Contents) int {
	n := 0
	for _, e := range c.Entries {
		if e.State == answers.Live || e.State == answers.Retracted {
			n++
		}
	}
	if toTune(c) < enoughTrials {
		return n * folds
	}
	return n * 2
}
