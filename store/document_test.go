package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/answers"
)

// gazette is the document behind the harbour's record, long enough for pages of its own in the file.
var gazette = strings.Repeat("The quokka pier reopens in May, Ada Lind said.\n", 400)

// of makes the gazette the source of another document.
func of(document string) func(*answers.Contents) {
	digest := sha256.Sum256([]byte(document))
	return func(c *answers.Contents) { c.Sources[0].SHA256 = hex.EncodeToString(digest[:]) }
}

func attach(t *testing.T, s *Store, document string) bool {
	t.Helper()
	attached, err := s.Attach(t.Context(), "gazette", []byte(document), noon)
	if err != nil {
		t.Fatal(err)
	}
	return attached
}

func texts(t *testing.T, s *Store) map[answers.SourceID]string {
	t.Helper()
	found, err := s.Documents(t.Context(), []answers.SourceID{"gazette", "herald"})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Only the very document of a source can be attached to it; it is in nothing that leaves the database, and goes when it is detached.
func TestDocument(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley.db")
	s := open(t, path)
	if attach(t, s, gazette) {
		t.Error("a text was attached to a source that is not there")
	}
	seed(t, s, "first", harbour(1, of(gazette)))
	if attach(t, s, gazette+" ") {
		t.Error("another document was attached")
	}
	for range 2 { // again does no harm
		if !attach(t, s, gazette) {
			t.Fatal("the document was refused")
		}
	}
	if got := texts(t, s); len(got) != 1 || got["gazette"] != gazette {
		t.Errorf("read back: %d texts", len(got))
	}
	if since, err := s.Attached(t.Context()); err != nil || len(since) != 1 || !since["gazette"].Equal(noon) {
		t.Errorf("attached are %v, %v", since, err)
	}
	left, err := json.Marshal(record(t, s))
	if err != nil || bytes.Contains(left, []byte("quokka")) {
		t.Errorf("the record holds the text: %v", err)
	}
	if found, err := s.Detach(t.Context(), "gazette"); !found || err != nil {
		t.Errorf("detached: %v, %v", found, err)
	}
	if found, err := s.Detach(t.Context(), "gazette"); found || err != nil {
		t.Errorf("detached twice: %v, %v", found, err)
	}
	if got := texts(t, s); len(got) != 0 {
		t.Error("the text is still there")
	}
	for _, file := range []string{path, path + "-wal"} {
		if data, err := os.ReadFile(file); err != nil || bytes.Contains(data, []byte("quokka")) {
			t.Errorf("%s still has the text: %v", filepath.Base(file), err)
		}
	}
}

// A text goes when its source becomes another document or is taken away, and stays through all other changes.
func TestDocumentGoesWithItsSource(t *testing.T) {
	retitled := func(c *answers.Contents) { c.Sources[0].Title = "The harbour, reopened" }
	for name, c := range map[string]struct {
		next answers.Contents
		kept bool
	}{
		"the same":         {harbour(2, of(gazette)), true},
		"another title":    {harbour(1, of(gazette), retitled), true},
		"another document": {harbour(1, of("A second edition.")), false},
		"no such source":   {answers.Contents{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, filepath.Join(t.TempDir(), "parley.db"))
			seed(t, s, "first", harbour(1, of(gazette)))
			attach(t, s, gazette)
			seed(t, s, "second", c.next)
			if _, kept := texts(t, s)["gazette"]; kept != c.kept {
				t.Errorf("the text is kept: %v", kept)
			}
		})
	}
}

// A text that is not what was attached is not quoted from.
func TestDocumentAltered(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parley.db"))
	seed(t, s, "first", harbour(1, of(gazette)))
	attach(t, s, gazette)
	apply(t, s, "UPDATE document SET data = CAST('forged' AS BLOB)")
	if got := texts(t, s); len(got) != 0 {
		t.Errorf("read back: %q", got)
	}
}
