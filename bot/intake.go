package bot

import (
	"log/slog"
	"sync"
)

// Intake handles what a platform sends, beside the loop that reads it: so many at once and no more, since a loop that waits stops all.
// A handler that panics is logged.
type Intake struct {
	slots   chan struct{}
	running Tasks

	mu     sync.Mutex // held while running grows, so that Close does not wait for it meanwhile
	closed bool
}

// intakeSlots bounds the events of one adapter that are handled at once.
const intakeSlots = 256

// NewIntake returns an Intake with free slots.
func NewIntake(log *slog.Logger) *Intake {
	return &Intake{slots: make(chan struct{}, intakeSlots), running: Tasks{Log: log}}
}

// Do runs handle in a goroutine of its own. Where all slots are taken it calls refuse instead, which must not block. After Close it does
// neither.
func (in *Intake) Do(handle, refuse func()) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed {
		return
	}
	select {
	case in.slots <- struct{}{}:
		in.running.Go(func() {
			defer func() { <-in.slots }()
			handle()
		})
	default:
		refuse()
	}
}

// Close takes no more, and waits for what is being handled.
func (in *Intake) Close() {
	in.mu.Lock()
	in.closed = true
	in.mu.Unlock()
	in.running.Wait()
}
