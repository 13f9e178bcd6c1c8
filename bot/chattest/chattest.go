// Package chattest is the suite that every adapter passes: what an event, a delivery and a platform can come to, and what must then be
// true. Run tries each case on a platform made anew. The cases themselves are proved on an adapter that is broken on purpose in
// as many ways (chattest_test.go).
package chattest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/answers/library"
	"parley/bot"
	"parley/store"
)

// Platform is a platform with one person in front of it, and the adapter under test behind: usually a local server.
type Platform struct {
	// Connect makes the adapter as a new process would. It is called again after a restart.
	Connect func() bot.Chat
	// Say says something to Parley under an id of the platform; the same id again is the platform's repetition. It reports whether
	// the platform got its acknowledgement in time.
	Say func(id bot.EventID, text string) bool
	// Command types a command, as in "forget-me"; nil where there are none. The person who says something types it.
	Command func(text string)
	// Remove removes Parley from another team than the one in which things are said; nil where that cannot be.
	Remove func(team string)
	// Edit makes what was said under an id say something to Parley, as the person would, and returns how the platform tells of that once more. nil
	// where nobody can edit.
	Edit func(id bot.EventID, text string) (again func())
	// Mutter says something under an id where Parley is, and not to it; and Unsay takes away what was said under one. nil where Edit is.
	Mutter func(id bot.EventID, text string)
	Unsay  func(id bot.EventID)
	// Messages are what people see now, in order.
	Messages func() []string
	// Fault makes the next thing that Parley does on the platform meet a fault; "" ends a fault that lasts.
	Fault func(Fault)
	// Delete takes away the i-th message, as a person would.
	Delete func(i int)
	// Acting lists what in the text of a message would ring, link or format though nobody meant it to: mentions, markup.
	Acting func(message string) []string
	// Log is where the bot logs; nil for nowhere.
	Log *slog.Logger

	Faults  []Fault // those that the platform can have
	Repeats bool    // events may come twice
	Edits   bool    // messages can be edited
	Deletes bool    // people can delete messages
	Finds   bool    // it can be found out whether a message arrived
	Splits  bool    // a long reply becomes several messages
	Waits   bool    // events count as received when they are answered, so that a slow reply holds up the next event
}

// Fault is what a platform does to a message.
type Fault string

// The faults. Slow and Revoked last until they are ended.
const (
	Refuses    Fault = "refuses"     // it will not take this one
	Postpones  Fault = "postpones"   // it asks to come again soon
	LosesThis  Fault = "loses this"  // the connection breaks, nothing has happened
	LosesReply Fault = "loses reply" // it has happened, and the connection breaks
	Slow       Fault = "slow"        // it takes messages, but nothing arrives before the fault ends
	Revoked    Fault = "revoked"     // Parley may not post there any more
)

// Run tries every case. A case that a platform cannot come to is skipped, with the reason.
func Run(t *testing.T, newPlatform func(t *testing.T) Platform) {
	lib := Library(t)
	for _, c := range Cases() {
		t.Run(c.Name, func(t *testing.T) {
			p := newPlatform(t)
			if reason := c.Skip(p); reason != "" {
				t.Skip("SKIPPED: " + reason)
			}
			if err := c.Try(t.Context(), t.TempDir(), lib, p); err != nil {
				t.Error(err)
			}
		})
	}
}

// Case is one thing that can happen.
type Case struct {
	Name  string
	Needs func(Platform) string // what a platform must have; "" if it has all
	try   func(w *world) error
}

// Skip tells why a platform need not be tried; "" if it must.
func (c Case) Skip(p Platform) string {
	if c.Needs == nil {
		return ""
	}
	return c.Needs(p)
}

// Try plays the case with a database in a folder and returns what was wrong.
func (c Case) Try(ctx context.Context, dir string, lib *library.Library, p Platform) error {
	db, err := store.Open(ctx, filepath.Join(dir, "parley.db"))
	if err != nil {
		return err
	}
	w := &world{Platform: p, ctx: ctx, db: db, lib: lib}
	begin := store.Change{ID: "first", At: time.Now(), Author: "the suite", Why: "to begin with"}
	if _, err := db.Import(ctx, begin, lib.Contents()); err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(c.try(w), w.stop(), db.Close())
}

// world is a case at work: a platform, a store, and perhaps a bot that serves.
type world struct {
	Platform
	ctx     context.Context
	db      *store.Store
	lib     *library.Library
	bot     *bot.Bot
	serving sync.WaitGroup
	end     context.CancelFunc
	failed  error
	ids     atomic.Int64
}

// patience is how long a case waits for what must happen.
const patience = 10 * time.Second

// start makes a bot and an adapter, as a process does that starts.
func (w *world) start(change ...func(*bot.Config)) {
	config := bot.Config{
		Now: time.Now, NewID: w.newID, Resume: true, Lease: 2 * time.Second, Poll: 20 * time.Millisecond, Pause: 10 * time.Millisecond, Log: w.Log,
	}
	for _, c := range change {
		c(&config)
	}
	var ctx context.Context
	ctx, w.end = context.WithCancel(w.ctx)
	b, chat := bot.New(w.lib, w.db, config), w.Connect()
	w.bot = b
	w.serving.Go(func() { w.failed = b.Serve(ctx, chat) })
}

// newID makes ids of the length of real ones.
func (w *world) newID() string { return fmt.Sprintf("ID%024d", w.ids.Add(1)) }

// stop ends the bot as a clean stop does.
func (w *world) stop() error {
	if w.end == nil {
		return nil
	}
	w.Fault("")
	w.end()
	w.serving.Wait()
	w.end = nil
	if w.failed != nil && !w.Waits {
		return fmt.Errorf("serving ended with %w", w.failed)
	}
	return nil
}

// until waits for something to become true.
func (w *world) until(what string, true func() bool) error {
	for deadline := time.Now().Add(patience); !true(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			return fmt.Errorf("in vain it was waited until %s; on the platform there are %q, in the outbox %s", what, w.Messages(), w.outbox())
		}
	}
	return nil
}

// settled waits until nothing is under way, and some items more have ended than the number given.
func (w *world) settled(items int) error {
	return w.until(fmt.Sprintf("%d replies had come to an end", items), func() bool {
		events, open, err := w.db.Backlog(w.ctx)
		all, err2 := w.db.Outcomes(w.ctx, time.Time{})
		return err == nil && err2 == nil && events == 0 && open == 0 && len(all) >= items
	})
}

func (w *world) outbox() string {
	all, err := w.db.Outcomes(w.ctx, time.Time{})
	return fmt.Sprintf("%+v (%v)", all, err)
}

// ends wants the last item of the outbox to have ended so, and with a reason where people need one.
func (w *world) ends(states ...store.State) error {
	all, err := w.db.Outcomes(w.ctx, time.Time{})
	if err != nil || len(all) == 0 {
		return fmt.Errorf("the outbox holds %v: %v", all, err)
	}
	last := all[len(all)-1]
	if !slices.Contains(states, last.State) {
		return fmt.Errorf("the reply ended %q (%s), want %q", last.State, last.Reason, states)
	}
	if (last.State == store.Failed || last.State == store.Unknown) && last.Reason == "" {
		return fmt.Errorf("the reply ended %q without a reason", last.State)
	}
	return nil
}

// shows wants as many messages as given to hold a text, now and when nothing is under way any more.
func (w *world) shows(text string, want int) error {
	count := func() int {
		n := 0
		for _, m := range w.Messages() {
			n += strings.Count(m, text)
		}
		return n
	}
	err := w.until(fmt.Sprintf("%q was there %d times", text, want), func() bool { return count() == want })
	if err == nil {
		err = w.settled(0)
	}
	if n := count(); err == nil && n != want {
		err = fmt.Errorf("%q is there %d times, want %d", text, n, want)
	}
	return err
}

// first returns the first error of steps, which are all taken up to it.
func first(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func has(p Platform, f Fault) string {
	if !slices.Contains(p.Faults, f) {
		return fmt.Sprintf("this platform has no fault %q", f)
	}
	return ""
}
