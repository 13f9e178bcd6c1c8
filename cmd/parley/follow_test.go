package main

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/bot"
	"parley/bot/chattest"
	"parley/store"
)

// What an editor publishes while serve learns from the record, which takes a while, is followed like any later change.
func TestFollowWhatCameWhileLearning(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	change := store.Change{ID: "first", At: time.Now(), Author: "curator", Why: "a test"}
	if _, err := db.Import(t.Context(), change, chattest.Library(t).Contents()); err != nil {
		t.Fatal(err)
	}
	env := environment{stdout: io.Discard, stderr: io.Discard, status: io.Discard, now: time.Now, newID: func() string { return "id" }}
	seen, err := db.LatestChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lib, _, err := loadLibrary(t.Context(), db, library.New, env)
	if err != nil {
		t.Fatal(err)
	}
	e, _ := lib.Entry("reopening")
	e.Lead = "Ada Lind said that it reopens in June [gz-reopens]."
	edit := store.Edit{Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}}}
	change = store.Change{ID: "meanwhile", At: time.Now(), Author: "curator", Why: "a test", Class: answers.Corrected, Wrong: "May.", Right: "June."}
	if _, err := db.Edit(t.Context(), change, edit); err != nil {
		t.Fatal(err)
	}
	parley := bot.New(lib, db, bot.Config{Now: time.Now, NewID: env.newID})
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var adopted *library.Library
	follow(ctx, parley, db, seen, slog.New(slog.DiscardHandler), env, func(lib *library.Library) error {
		adopted = lib
		stop()
		return nil
	})
	if adopted == nil {
		t.Fatal("the change is not followed")
	}
	if now, _ := adopted.Entry("reopening"); now.Lead != e.Lead {
		t.Errorf("followed is %q", now.Lead)
	}
}
