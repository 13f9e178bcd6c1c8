package bot

import (
	"sync"
	"time"

	"parley/answers"
)

const (
	// idle is how long a dialogue waits for its next turn. After that, "and France?" leans on nothing that anybody remembers.
	idle = 30 * time.Minute
	// maxDialogues bounds what is remembered at once; past it the dialogues that waited longest are forgotten.
	maxDialogues = 10_000
)

// dialogues remembers what was said last in each place. The zero value is ready.
type dialogues struct {
	mu    sync.Mutex
	known map[Place]turn
}

type turn struct {
	dialogue answers.Dialogue
	at       time.Time
}

// in is the dialogue of a place: a fresh one after a long silence, or in no place at all.
func (d *dialogues) in(p Place, now time.Time) answers.Dialogue {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, ok := d.known[p]
	if !ok || now.Sub(t.at) > idle {
		return answers.Dialogue{}
	}
	return t.dialogue
}

// keep remembers the dialogue of a place.
func (d *dialogues) keep(p Place, dialogue answers.Dialogue, now time.Time) {
	if p == (Place{}) {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		d.known = map[Place]turn{}
	}
	d.known[p] = turn{dialogue, now}
	if len(d.known) > maxDialogues {
		d.forget(now)
	}
}

// forget drops the dialogues that ended, and half of the others if there are still too many, the oldest first.
func (d *dialogues) forget(now time.Time) {
	for limit := idle; len(d.known) > maxDialogues/2; limit /= 2 {
		for p, t := range d.known {
			if now.Sub(t.at) >= limit {
				delete(d.known, p)
			}
		}
	}
}
