package slack

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot/deliver"
)

// In no minute are there more edits than Slack takes, ten may come at once, and who would wait for long is told when to come again.
func TestEditsWait(t *testing.T) {
	start := time.Date(2026, time.November, 22, 14, 0, 0, 0, time.UTC)
	e := edits{pause: editPause}
	atOnce := func(now time.Time) (n int) {
		for e.free.Add(e.pause).Add(-editsAtOnce*e.pause).Before(now.Add(1)) && n < 100 {
			if err := e.wait(t.Context(), now); err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	if n := atOnce(start); n != editsAtOnce {
		t.Errorf("%d edits come at once, want %d", n, editsAtOnce)
	}
	n := editsAtOnce
	for now := start; now.Before(start.Add(time.Minute)); now = now.Add(100 * time.Millisecond) {
		n += atOnce(now)
	}
	if n != 49 && n != 50 { // of the last pause a part is left
		t.Errorf("in the first minute there are %d edits, want 50", n)
	}
	if n := atOnce(start.Add(time.Hour)); n != editsAtOnce {
		t.Errorf("after a rest %d edits come at once, want %d", n, editsAtOnce)
	}
	e.free = start.Add(2 * time.Minute)
	var f *deliver.Failure
	if err := e.wait(t.Context(), start); !errors.As(err, &f) || f.Kind != deliver.Postponed || f.After < time.Minute || !e.free.Equal(start.Add(2*time.Minute)) {
		t.Errorf("who would wait for two minutes is told %v", err)
	}
}

// An edit whose turn has not come waits until it has.
func TestEditsTakeTheirTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, start := edits{pause: editPause}, time.Now()
		for range editsAtOnce + 2 {
			if err := e.wait(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		if waited := time.Since(start); waited != 2*editPause {
			t.Errorf("the second edit above those that come at once waited %v, want %v", waited, 2*editPause)
		}
	})
}

// Nobody waits for a turn once Parley has stopped.
func TestEditsEndWithListening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, start := newEdits(time.Minute), time.Now()
		for range editsAtOnce {
			if err := e.wait(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		e.free = e.free.Add(-55 * time.Second) // the next one has 5 s to wait
		time.AfterFunc(time.Second, e.stop)
		var f *deliver.Failure
		if err := e.wait(t.Context(), time.Now()); !errors.As(err, &f) || f.Kind != deliver.Postponed || time.Since(start) != time.Second {
			t.Errorf("after %v it is told %v", time.Since(start), err)
		}
	})
}
