package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/answers"
	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/store"
)

// board is a chat on which what stands can be read. Without editBy, nothing on it can be edited.
type board struct {
	editBy string
	say    chan bot.Event
	heard  chan bool

	mu     sync.Mutex
	stands []bot.Reply
}

func (b *board) Name() string { return "board" }

func (b *board) Listen(ctx context.Context, receive bot.Receive) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-b.say:
			_, err := receive(ctx, e)
			b.heard <- err == nil
		}
	}
}

func (b *board) Post(_ context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stands = append(b.stands, r)
	return deliver.Receipt{To: to, Messages: []deliver.MessageID{"M-" + deliver.MessageID(r.ID)}, EditBy: b.editBy}, nil
}

func (b *board) Revise(_ context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.stands, func(s bot.Reply) bool { return s.ID == r.ID })
	if i < 0 || b.editBy == "" {
		return old, &deliver.Failure{Kind: deliver.Closed, Reason: "it cannot be edited"}
	}
	if len(r.Parts) == 0 {
		b.stands = slices.Delete(b.stands, i, i+1)
	} else {
		b.stands[i] = r
	}
	return old, nil
}

// revising is a bot that serves a board.
type revising struct {
	*board
	t  *testing.T
	db *store.Store
}

func newRevising(t *testing.T, editBy string) *revising {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	r := &revising{&board{editBy: editBy, say: make(chan bot.Event), heard: make(chan bool)}, t, db}
	ids := 0
	b := bot.New(chattest.Library(t), db, bot.Config{
		Now: time.Now, NewID: func() string { ids++; return fmt.Sprintf("id-%03d", ids) }, Resume: true, Poll: 5 * time.Millisecond,
	})
	ctx, end := context.WithCancel(t.Context())
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := b.Serve(ctx, r.board); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		end()
		serving.Wait()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// message is the event of a message in a thread, by a person.
func message(id bot.EventID, person, text string) bot.Event {
	return bot.Event{ID: id, Place: deliver.Place{Team: "T1", Channel: "C1", Thread: "R1"}, Person: bot.Person{ID: deliver.PersonID(person)}, Text: text}
}

func edited(at string, e bot.Event) bot.Event {
	e.Edit(at)
	return e
}

func gone(e bot.Event) bot.Event {
	e.Text = ""
	e.Delete()
	return e
}

// hears hands events over and waits until nothing is under way.
func (r *revising) hears(all ...bot.Event) {
	r.t.Helper()
	for _, e := range all {
		r.say <- e
		if !<-r.heard {
			r.t.Fatalf("%s was not taken in", e.ID)
		}
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(2 * time.Millisecond) {
			if events, items, err := r.db.Backlog(r.t.Context()); err == nil && events == 0 && items == 0 {
				break
			}
			if time.Now().After(deadline) {
				r.t.Fatalf("%s does not come to an end", e.ID)
			}
		}
	}
}

func (r *revising) texts() (all []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.stands {
		all = append(all, s.Text())
	}
	return all
}

// What stands after edits and deletions, in whatever order they come and whoever else was there.
func TestRevisions(t *testing.T) {
	const other = "Which piers are there in the long list?"
	check := message("Q1", "U1", "The harbour reopens in June.")
	check.Want = answers.IntentCheck
	elsewhere := message("Q2", "U2", chattest.Question)
	elsewhere.Place.Thread = "R2"
	for name, c := range map[string]struct {
		events []bot.Event
		want   []string // of each message that stands, how it begins; "" for any
		never  string   // stands nowhere
	}{
		"the later of two edits counts": {
			[]bot.Event{message("Q1", "U1", "Is the ferry free?"), edited("2", message("Q1", "U1", chattest.Question)), edited("1", message("Q1", "U1", other))},
			[]string{chattest.Answer}, "Pier 1",
		},
		"an edit that came first is answered, and the original no more": {
			[]bot.Event{edited("1", message("Q1", "U1", chattest.Question)), message("Q1", "U1", other)},
			[]string{chattest.Answer}, "Pier 1",
		},
		"a deletion is the end": {
			[]bot.Event{message("Q1", "U1", chattest.Question), gone(message("Q1", "U1", "")), edited("9", message("Q1", "U1", other))}, nil, "Pier 1",
		},
		"a deletion of what Parley has nothing to do with": {[]bot.Event{gone(message("Q9", "U1", ""))}, nil, ""},
		"somebody else asked in the thread": {
			[]bot.Event{message("Q1", "U1", chattest.Question), message("Q2", "U2", chattest.Question), gone(message("Q1", "U1", ""))},
			[]string{"The message that this answered was deleted.", chattest.Answer}, "",
		},
		"somebody else asked in another thread": {
			[]bot.Event{message("Q1", "U1", chattest.Question), elsewhere, gone(message("Q1", "U1", ""))}, []string{chattest.Answer}, "was deleted",
		},
		"a rating means nothing without its statement": {
			[]bot.Event{check, message("Q2", "U2", chattest.Question), gone(message("Q1", "U1", ""))},
			[]string{"The message that this answered was deleted.\n\nClaims", chattest.Answer}, "Contradicted",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRevising(t, "board")
			r.hears(c.events...)
			got := r.texts()
			if len(got) != len(c.want) {
				t.Fatalf("there stand %q, want %d", got, len(c.want))
			}
			for i, text := range got {
				if !strings.HasPrefix(text, c.want[i]) || c.never != "" && strings.Contains(text, c.never) {
					t.Errorf("there stands %q, want %q", text, c.want[i])
				}
			}
		})
	}
}

// Where the reply cannot be edited, the question is answered anew, and it is said which question the reply answers.
func TestRevisionWhereNothingCanBeEdited(t *testing.T) {
	r := newRevising(t, "")
	r.hears(message("Q1", "U1", "Is the ferry free?"), edited("1", message("Q1", "U1", chattest.Question)), edited("2", message("Q1", "U1", chattest.Question)))
	got := r.texts()
	if len(got) != 2 || !strings.HasPrefix(got[1], "The reply above answers: “Is the ferry free?”\n\n"+chattest.Answer) {
		t.Errorf("there stand %q", got)
	}
}

// An edited turn leans on what was said before it, and takes the place of the former one if it is the last.
func TestRevisionOfADialogue(t *testing.T) {
	r := newRevising(t, "board")
	last := func() (d answers.Dialogue) {
		stored, _, err := r.db.Dialogue(t.Context(), store.Conversation{Platform: "board", Team: "T1", Channel: "C1", Thread: "R1"})
		if err != nil || json.Unmarshal(stored.Body, &d) != nil {
			t.Fatal(err)
		}
		return d
	}
	first, second := message("Q1", "U1", "Which piers are there in the long list?"), message("Q2", "U1", chattest.Question)
	r.hears(first, second, edited("1", message("Q1", "U1", "list all of the piers 3")))
	if d := last(); d.Asked != chattest.Question {
		t.Errorf("after an edit of an earlier turn, the last one is %q", d.Asked)
	}
	r.hears(edited("2", message("Q2", "U1", "when will the port open again 2")))
	if d := last(); d.Asked != "when will the port open again 2" {
		t.Errorf("after an edit of the last turn, that is %q", d.Asked)
	}
	r.hears(edited("3", message("Q2", "U1", "who says so?")))
	if got := r.texts(); len(got) != 2 || !strings.Contains(got[1], "Ada Lind") {
		t.Errorf("“who says so?” in place of the second question is answered %q", got)
	}
	r.hears(gone(second))
	if kept := chattest.Recorded(t, r.db, chattest.Question, "port open"); len(kept) > 0 {
		t.Errorf("of the deleted question there is on record %q", kept)
	}
}
