package chattest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/store"
)

// edition is what a person does with a message that asks Parley something, and what then stands.
type edition struct {
	name  string
	do    func(w *world) error
	shows map[string]int // how often a text stands on the platform
	items int            // that the outbox holds, each act of delivery being one; 0 for any
	asked []string       // the questions on record
}

const (
	marked  = "Answers: “" + Question
	deleted = "The message that this answered was deleted."
	nothing = "ok"
)

func editions() []edition {
	last := LongAnswer()[len(LongAnswer())-1]
	return []edition{
		{"question edited", func(w *world) error {
			return w.then(2, func() { w.Edit("Q1", LongQuestion) })
		}, map[string]int{Answer: 0, LongAnswer()[0]: 1, last: 1}, 2, []string{LongQuestion}},
		{"question edited and edited back", func(w *world) error {
			return first(func() error { return w.then(2, func() { w.Edit("Q1", LongQuestion) }) }, func() error { return w.then(3, func() { w.Edit("Q1", Question) }) })
		}, map[string]int{Answer: 1, LongAnswer()[0]: 0, last: 0}, 3, []string{Question}},
		{"edit told twice", func(w *world) error {
			return w.then(2, func() { w.Edit("Q1", LongQuestion)() })
		}, map[string]int{Answer: 0, LongAnswer()[0]: 1}, 2, []string{LongQuestion}},
		{"edit that asks the same", func(w *world) error {
			return w.then(1, func() { w.Edit("Q1", "  "+Question+"  ")() })
		}, map[string]int{Answer: 1}, 1, []string{Question}},
		{"edit that asks nothing", func(w *world) error {
			return w.then(2, func() { w.Edit("Q1", nothing) })
		}, map[string]int{Answer: 1, marked: 1}, 2, []string{Question}},
		{"edit before a correction", func(w *world) error {
			return first(func() error { return w.then(2, func() { w.Edit("Q1", LongQuestion) }) }, func() error { return w.then(3, func() { w.Edit("Q1", Question) }) }, w.correct)
		}, map[string]int{Answer: 0, Correction: 1}, 5, []string{Question}},
		{"edit before a restart", editedBeforeRestart, map[string]int{Answer: 0, LongAnswer()[0]: 1}, 2, []string{LongQuestion}},
		{"question deleted", func(w *world) error {
			return w.then(2, func() { w.Unsay("Q1") })
		}, map[string]int{Answer: 0, deleted: 0}, 2, nil},
		{"question deleted that others used", func(w *world) error {
			all, err := w.db.Deliveries(w.ctx, time.Time{})
			if err != nil || len(all) != 1 {
				return fmt.Errorf("on record is %+v: %v", all, err)
			}
			other := store.Feedback{ID: "F1", Delivery: all[0].ID, Person: "U9", At: time.Now(), Kind: store.Report, Text: "June"}
			if _, err := w.db.Respond(w.ctx, store.Response{At: time.Now(), Feedback: &other}, store.Lease{}); err != nil {
				return err
			}
			return w.then(2, func() { w.Unsay("Q1") })
		}, map[string]int{Answer: 1, deleted: 1}, 2, nil},
	}
}

// then does something and waits until so many items of the outbox have ended.
func (w *world) then(items int, do func()) error {
	do()
	return w.settled(items)
}

// try asks a question, plays the edition and looks at what stands.
func (e edition) try(w *world) error {
	w.start()
	w.Say("Q1", Question)
	return first(func() error { return w.settled(1) }, func() error { return e.do(w) }, func() error { return e.stands(w) })
}

func (e edition) stands(w *world) error {
	if err := w.settled(e.items); err != nil {
		return err
	}
	for text, want := range e.shows {
		if err := w.shows(text, want); err != nil {
			return err
		}
	}
	items, err := w.db.Outcomes(w.ctx, time.Time{})
	if err != nil || e.items > 0 && len(items) != e.items {
		return fmt.Errorf("in the outbox there are %d items, want %d: %+v %w", len(items), e.items, items, err)
	}
	asked, err := w.db.Questions(w.ctx, time.Time{})
	var texts []string
	for _, a := range asked {
		texts = append(texts, a.Text)
	}
	if err != nil || strings.Join(texts, "|") != strings.Join(e.asked, "|") {
		return fmt.Errorf("on record there are the questions %q, want %q: %w", texts, e.asked, err)
	}
	return nil
}

// editCases are the editions as cases, with those that a slow platform and a message that does not name Parley are needed for.
func editCases() []Case {
	var all []Case
	for _, e := range editions() {
		all = append(all, Case{e.name, rewrites, e.try})
	}
	return append(all, Case{"edit while the answer is under way", func(p Platform) string { return rewrites(p) + slows(p) }, editedMeanwhile},
		Case{"mention added by an edit", rewrites, mentionAdded})
}

func rewrites(p Platform) string {
	return unless(p.Edit != nil && p.Edits, "on this platform nobody can edit what was said, or Parley cannot")
}

// An edit that comes while the first question is answered is applied after that.
func editedMeanwhile(w *world) error {
	w.start()
	w.Fault(Slow)
	w.Say("Q1", Question)
	w.Edit("Q1", LongQuestion)
	w.Fault("")
	return edition{shows: map[string]int{Answer: 0, LongAnswer()[0]: 1}, asked: []string{LongQuestion}}.stands(w)
}

// A mention that an edit adds is a question of its own, answered once; what is edited after that revises its answer.
func mentionAdded(w *world) error {
	w.start()
	w.Mutter("Q1", Question)
	return first(func() error { w.Edit("Q1", Question)(); return w.settled(1) },
		edition{shows: map[string]int{Answer: 1}, items: 1, asked: []string{Question}}.on(w),
		func() error { return w.then(2, func() { w.Edit("Q1", LongQuestion) }) },
		edition{shows: map[string]int{Answer: 0, LongAnswer()[0]: 1}, items: 2, asked: []string{LongQuestion}}.on(w))
}

func (e edition) on(w *world) func() error { return func() error { return e.stands(w) } }

// An edit that was acknowledged is applied, even if the process was lost before it could be.
func editedBeforeRestart(w *world) error {
	if err := w.stop(); err != nil {
		return err
	}
	ctx, end := context.WithCancel(w.ctx)
	defer end()
	chat := w.Connect()
	stored, listening := make(chan error, 4), make(chan error, 1)
	go func() {
		listening <- chat.Listen(ctx, func(ctx context.Context, e bot.Event) (bot.Reply, error) {
			if e.Glance {
				return bot.Reply{}, nil
			}
			body, err := json.Marshal(e)
			if err == nil {
				_, err = w.db.Accept(ctx, store.Incoming{Platform: chat.Name(), ID: string(e.ID), At: time.Now(), Delivery: w.newID(), Body: body}, store.Lease{})
			}
			stored <- err
			return bot.Reply{}, err
		})
	}()
	go w.Edit("Q1", LongQuestion)
	select {
	case err := <-stored:
		if err != nil {
			return err
		}
	case <-time.After(patience):
		return errors.New("the edit did not come in")
	}
	end()
	<-listening
	w.start()
	return nil
}

// Recorded lists where words of questions stand in a store: among the questions, what came in, the dialogues, and in what replies say of theirs. The
// record itself may hold the same words.
func Recorded(t testing.TB, db *store.Store, words ...string) (found []string) {
	t.Helper()
	err := db.Query(t.Context(), store.Stmt{SQL: `SELECT 'question', text FROM question UNION ALL SELECT 'event', coalesce(body, '') FROM inbox
		UNION ALL SELECT 'dialogue', body || coalesce(before, '') FROM dialogue
		UNION ALL SELECT 'reply', coalesce(body ->> '$.asked', '') || coalesce(body ->> '$.about.text', '') FROM delivery
		UNION ALL SELECT 'item', coalesce(body ->> '$.asked', '') || coalesce(body ->> '$.about.text', '') FROM outbox`}, func(rows *sql.Rows) error {
		var kind, text string
		err := rows.Scan(&kind, &text)
		for _, w := range words {
			if strings.Contains(text, w) {
				found = append(found, kind+": "+text)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
