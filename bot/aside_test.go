package bot_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/store"
)

// A reply on record that cannot be read, as after a damage or of another version, keeps no correction from the others, nor an answer from those who
// passed a question on, nor a person from asking. It is set aside and told of, once.
func TestUnreadableReplyBlocksNoCorrection(t *testing.T) {
	db := newRecord(t)
	ctx, now := t.Context(), time.Now()
	lib := chattest.Library(t)
	if _, err := db.Import(ctx, store.Change{ID: "first", At: now, Author: "ada", Why: "a start"}, lib.Contents()); err != nil {
		t.Fatal(err)
	}
	given := func(id, body string, passed bool) {
		t.Helper()
		d := store.Delivery{
			ID: id, Platform: "slack", At: now, To: store.Address{Team: "T1", Channel: "C1", Person: "U1"}, Body: []byte(body),
			Shown: []answers.Ref{{Noun: answers.NounEntry, ID: "reopening", Revision: 1}},
		}
		r := store.Response{Item: &store.Item{ID: id, Delivery: d, Lane: "T1/C1", Act: store.Post, At: now, State: store.Sent}}
		if passed {
			r.Feedback = &store.Feedback{ID: "pass/" + id, Delivery: id, Person: "U1", At: now, Kind: store.Escalate}
		}
		if _, err := db.Respond(ctx, r, store.Lease{}); err != nil {
			t.Fatal(err)
		}
	}
	good := fmt.Sprintf(`{"about":{"want":"question","text":"%s","as_of":""},"asked":"x","parts":[{"role":"answer","text":"y"}],"why":{}}`, chattest.Question)
	for i := range 5 {
		given(fmt.Sprint("R", i), map[bool]string{true: `{"parts":5}`, false: good}[i == 2], false)
	}
	given("P0", `{"parts":5}`, true)
	given("P1", good, true)
	// One waits for the person's next question, in a form that nobody can read.
	waits := store.Item{ID: "w", Delivery: store.Delivery{ID: "R0", Platform: "slack"}, Lane: "T1//U1", Act: store.Revise, Body: []byte(`{"parts":5}`), At: now, State: store.Waiting}
	silent := waits
	silent.ID, silent.Body = "x", []byte("{}")
	if err := db.Revise(ctx, waits, silent); err != nil {
		t.Fatal(err)
	}

	var log bytes.Buffer
	b := bot.New(lib, db, bot.Config{Now: time.Now, NewID: func() string { return "ID" }, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	correctReopening(t, db, b)
	for range 2 { // the second time there is nothing left to do, nor to tell
		if _, err := b.FanOut(ctx); err != nil {
			t.Fatal(err)
		}
	}
	outcomes, err := db.Outcomes(ctx, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var queued []string
	for _, o := range outcomes {
		if o.State == store.Queued {
			queued = append(queued, o.Item)
		}
	}
	if got, want := strings.Join(queued, " "), "change-2-P1 change-2-R0 change-2-R1 change-2-R3 change-2-R4 answered-P1"; got != want {
		t.Errorf("queued is %q, want %q", got, want)
	}
	if left, err := db.PendingFanOut(ctx); err != nil || len(left) > 0 {
		t.Errorf("%d corrections are not spread, %v", len(left), err)
	}

	c := &counter{say: make(chan bot.Event), reply: make(chan bot.Reply), posts: make(chan bot.Reply, 1)}
	r, err := b.Handle(ctx, c, bot.Event{ID: "E1", Place: deliver.Place{Team: "T1", Channel: "D1", Direct: true}, Person: bot.Person{ID: "U1"}, Text: chattest.Question})
	if err != nil || !strings.Contains(r.Text(), chattest.Correction) {
		t.Errorf("U1 is answered %q, %v", r.Text(), err)
	}
	r, err = b.Handle(ctx, c, bot.Event{
		ID: "E2", Place: deliver.Place{Team: "T1", Channel: "C1"}, Person: bot.Person{ID: "U1"}, Click: &bot.Click{On: "R2", Verb: bot.WhyThis, Typed: true},
	})
	if err != nil || !strings.Contains(r.Text(), "not on record") {
		t.Errorf("who clicks on what cannot be read is told %q, %v", r.Text(), err)
	}

	aside, err := db.Asides(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, a := range aside {
		list = append(list, string(a.Kind)+" "+a.ID)
		if n := strings.Count(log.String(), "id="+a.ID+" "); n != 1 || a.Why == "" {
			t.Errorf("of %s the log tells %d times, and on record is %+v", a.ID, n, a)
		}
	}
	slices.Sort(list)
	if got := strings.Join(list, ", "); got != "item w, item x, reply P0, reply R2" {
		t.Errorf("set aside are %s", got)
	}
}

// correctReopening corrects when the harbour reopens, in a record and the bot that answers from it.
func correctReopening(t *testing.T, db *store.Store, b *bot.Bot) {
	t.Helper()
	c, err := db.Record(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.Entries {
		if c.Entries[i].ID != "reopening" {
			continue
		}
		e := c.Entries[i]
		base := []answers.Ref{{Noun: answers.NounEntry, ID: string(e.ID), Revision: e.Revision}}
		e.Lead = answers.Prose(chattest.Correction + " [gz-reopens].")
		change := store.Change{ID: "june", At: time.Now(), Author: "ada", Why: "June", Class: answers.Corrected, Wrong: "We said May.", Right: "It is June."}
		if _, err := db.Edit(t.Context(), change, store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}, Base: base}); err != nil {
			t.Fatal(err)
		}
	}
	after, err := db.Record(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lib, err := b.Learn(after, nil)
	if err != nil {
		t.Fatal(err)
	}
	b.Swap(lib)
}
