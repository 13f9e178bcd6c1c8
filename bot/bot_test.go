package bot_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/bot"
	"parley/bot/deliver"
	"parley/bot/terminal"
	"parley/store"
)

// talk is a bot with a database of its own and a clock that the test moves.
type talk struct {
	*bot.Bot
	store *store.Store
	chat  *terminal.Chat
	out   bytes.Buffer
	now   time.Time
}

func newTalk(t *testing.T) *talk {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w := &talk{store: db, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	ids := 0
	w.Bot = bot.New(ownLibrary(t), db, bot.Config{
		Now:   func() time.Time { return w.now },
		NewID: func() string { ids++; return fmt.Sprint("id-", ids) },
	})
	w.chat = &terminal.Chat{Out: &w.out, Trouble: func(err error) { t.Error(err) }}
	return w
}

// say handles one line in a place and returns what was answered.
func (w *talk) say(t *testing.T, place deliver.Place, text string) answers.Answer {
	t.Helper()
	r, err := w.Handle(t.Context(), w.chat, bot.Event{Place: place, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	if r.Asked != text || !strings.Contains(w.out.String(), strings.Fields(r.Text())[0]) {
		t.Errorf("%q: what was posted is not the reply", text)
	}
	return r.Answer
}

func entryOf(a answers.Answer) answers.EntryID {
	if a.Entry == nil {
		return ""
	}
	return a.Entry.ID
}

// A dialogue belongs to its place and ends after a silence; what was asked is on record.
func TestDialoguesHaveTheirPlace(t *testing.T) {
	w := newTalk(t)
	here, there := deliver.Place{Channel: "C1", Thread: "1"}, deliver.Place{Channel: "C1", Thread: "2"}
	w.say(t, here, "what is france offering")
	w.say(t, there, "how long did the alaska meeting last")
	if got := entryOf(w.say(t, here, "and britain?")); got != "uk-offer" {
		t.Errorf("in its place the follow-up leads to %q", got)
	}
	if got := w.say(t, there, "who says so?"); got.Intent != answers.IntentClaims || len(got.Claims) == 0 || got.Claims[0].Source != "washington-preview" {
		t.Errorf("in the other place the follow-up got %s %v", got.Intent, got.Claims)
	}
	w.say(t, here, "what is france offering")
	w.now = w.now.Add(31 * time.Minute)
	if got := w.say(t, here, "who says so?"); got.Intent == answers.IntentClaims {
		t.Error("after half an hour a follow-up still leans on what was said")
	}
	w.say(t, deliver.Place{}, "what is france offering")
	if got := w.say(t, deliver.Place{}, "who says so?"); got.Intent == answers.IntentClaims {
		t.Error("texts without a place lean on each other")
	}
	asked, err := w.store.Questions(t.Context(), time.Time{})
	if err != nil || len(asked) != 8 {
		t.Fatalf("%d questions are on record, want 8: %v", len(asked), err)
	}
	if q := asked[0]; q.Platform != "terminal" || q.Text != "what is france offering" || q.Entry != "france-offer" {
		t.Errorf("on record is %+v", q)
	}
}

// A terminal is a chat: lines in, replies out, commands with a slash, look-ups unrecorded.
func TestServeTerminal(t *testing.T) {
	w := newTalk(t)
	w.chat.Place = deliver.Place{Channel: "terminal"}
	w.chat.In = strings.NewReader("what is france offering\n/timeline 15 August 2025\n/check the alaska talks took five hours\n/frobnicate\n\nand britain?")
	if err := w.Serve(t.Context(), w.chat); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Macron suggested", "15 Aug 2025", "Contradicted", "Starmer said", "There is no such command"} {
		if !strings.Contains(w.out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, &w.out)
		}
	}
	asked, err := w.store.Questions(t.Context(), time.Time{})
	if err != nil || len(asked) != 4 {
		t.Errorf("%d questions are on record, want all but the commands that are none: %v", len(asked), err)
	}
}

func TestCommand(t *testing.T) {
	for text, want := range map[string]struct {
		intent answers.Intent
		rest   string
		ok     bool
	}{
		"timeline paris":          {answers.IntentTimeline, "paris", true},
		"ASK  who was in paris":   {answers.IntentQuestion, "who was in paris", true},
		"check":                   {answers.IntentCheck, "", true},
		"latest russia":           {answers.IntentLatest, "russia", true},
		"who's been negotiating":  {"", "who's been negotiating", false},
		"":                        {"", "", false},
		"question is this a verb": {"", "question is this a verb", false},
	} {
		if intent, rest, ok := bot.Command(text); intent != want.intent || rest != want.rest || ok != want.ok {
			t.Errorf("Command(%q) = %q, %q, %v", text, intent, rest, ok)
		}
	}
}
