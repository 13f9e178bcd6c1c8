package library

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// learning is the clean record with enough gold questions for the head to learn from.
func learning(t *testing.T) (*Library, answers.Contents) {
	t.Helper()
	c := answerstest.CleanContents()
	l, err := New(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l, c
}

var askedOfClean = []string{"what is france offering", "who is in command of the troops", "putin and nato troops", "", "eclipse", "will macron send soldiers",
	"what can parley do", "Macron suggested that France could deploy soldiers."}

// A restored library answers in every respect like the one that was trained.
func TestRestore(t *testing.T) {
	trained, c := learning(t)
	restored, err := Restore(c, trained.Trained())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range askedOfClean {
		a, b := trained.Ask(answers.Question{Text: text}), restored.Ask(answers.Question{Text: text})
		if got, want := summary(b), summary(a); got != want {
			t.Errorf("%q: restored %s, trained %s", text, got, want)
		}
		if got, want := restored.Check(answers.Question{Text: text}), trained.Check(answers.Question{Text: text}); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is checked: restored %+v, trained %+v", text, got, want)
		}
	}
	if string(restored.Trained()) != string(trained.Trained()) {
		t.Error("what was restored packs to other bytes")
	}
}

func summary(a answers.Answer) string {
	h := sha256.New()
	for _, c := range a.Claims {
		h.Write([]byte(c.ID))
	}
	id := answers.EntryID("none")
	if a.Entry != nil {
		id = a.Entry.ID
	}
	return string(id) + " " + string(a.Outcome) + " " + hex.EncodeToString(h.Sum(nil)[:4])
}

// What does not belong to the contents, or is damaged anywhere, is refused or at least never leads out of bounds.
func TestRestoreRefuses(t *testing.T) {
	trained, c := learning(t)
	bytes := trained.Trained()
	for n := 0; n < len(bytes); n += max(1, len(bytes)/200) {
		if _, err := Restore(c, bytes[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes were taken for the whole", n, len(bytes))
		}
	}
	if _, err := Restore(c, append(bytes, 0)); err == nil {
		t.Error("bytes beyond the end were passed over")
	}
	other := answerstest.CleanContents()
	other.Entries = other.Entries[1:]
	if _, err := Restore(other, bytes); err == nil {
		t.Error("what another record taught was taken")
	}
}

func FuzzRestore(f *testing.F) {
	c := answerstest.CleanContents()
	l, err := New(c, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(l.Trained(), 100, byte(1))
	f.Fuzz(func(t *testing.T, bytes []byte, at int, flip byte) {
		if at >= 0 && at < len(bytes) {
			bytes[at] ^= flip
		}
		if l, err := Restore(c, bytes); err == nil {
			l.Ask(answers.Question{Text: "what is france offering"})
		}
	})
}
