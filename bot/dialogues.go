package bot

import (
	"sync"
	"time"

	"parley/answers"
	"parley/bot/deliver"
)

const (
	// idle is how long a dialogue waits for its next turn. After that, "and France?" leans on nothing that anybody remembers.
	idle = 30 * time.Minute
	// maxDialogues bounds what is remembered at once; past it the dialogues that waited longest are forgotten.
	maxDialogues = 10_000
)

// dialogues remembers what was said last in each conversation. The zero value is ready.
type dialogues struct {
	mu    sync.Mutex
	known map[talk]turn
}

// talk is one conversation: all that is said in a place, or what one person says there by commands, which nobody else sees.
type talk struct {
	deliver.Place
	person deliver.PersonID
}

// conversation is the one that an event belongs to.
func conversation(e Event) talk {
	t := talk{Place: e.Place}
	if e.Command {
		t.person = e.Person.ID
	}
	return t
}

type turn struct {
	dialogue answers.Dialogue
	at       time.Time
}

// in is the dialogue of a conversation: a fresh one after a long silence, or in no place at all.
func (d *dialogues) in(p talk, now time.Time) answers.Dialogue {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, ok := d.known[p]
	if !ok || now.Sub(t.at) > idle {
		return answers.Dialogue{}
	}
	return t.dialogue
}

// last is when the last turn of a conversation was.
func (d *dialogues) last(p talk) (at time.Time, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, ok := d.known[p]
	return t.at, ok
}

// keep remembers the dialogue of a conversation.
func (d *dialogues) keep(p talk, dialogue answers.Dialogue, now time.Time) {
	if p.Place == (deliver.Place{}) {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		d.known = map[talk]turn{}
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
