package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/answers"
	"parley/seeds"
	"parley/store"
)

// A record that changes gets a new edition.
func TestEditionIsThatOfTheRecord(t *testing.T) {
	digest, err := seeds.Digest(seeds.Record())
	if err != nil {
		t.Fatal(err)
	}
	if digest != editionDigest {
		t.Errorf("seeds/record has changed: in cmd/parley/edition.go raise edition to %d, if that was not done since the last release, and set editionDigest to %q", edition+1, digest)
	}
}

// A database that a later Parley has seeded is opened and answers, and is not seeded: that is said in a sentence, each time. Who wants to go back says
// so.
func TestOlderRecordIsNotSeeded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley.db")
	timed(t, "seed", "--db", path)
	c, err := seeds.Load(seeds.Record())
	if err != nil {
		t.Fatal(err)
	}
	c.Entries[0].Review = answers.Date{Year: 2031, Month: time.May, Day: 4}
	later := c.Entries[0].ID
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Seed(t.Context(), store.Change{ID: "later", At: time.Now(), Author: "seeds", Why: "a later Parley"}, c, store.Edition{Number: edition + 1, Digest: "later"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	review := func() string {
		t.Helper()
		out, err := parley(t, "show", "--db", path, string(later)).Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	const sentence = "holds a later record than this Parley brings, so it was not seeded: update Parley"
	for _, args := range [][]string{{"lint", "--db", path}, {"seed", "--db", path}, {"seed", "--db", path}} {
		cmd := parley(t, args...)
		var errs bytes.Buffer
		cmd.Stderr = &errs
		err := cmd.Run()
		if (err != nil) != (args[0] == "seed") || strings.Count(errs.String(), sentence) != 1 || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("parley %s: %v: %s", args[0], err, &errs)
		}
		if !strings.Contains(review(), "2031") {
			t.Fatalf("after parley %s the later record is gone:\n%s", args[0], review())
		}
	}
	out, err := parley(t, "seed", "--force", "--db", path).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "1 changed") || strings.Contains(review(), "2031") {
		t.Errorf("with --force: %s, %v", out, err)
	}
	if out, err := parley(t, "lint", "--db", path).CombinedOutput(); err != nil || strings.Contains(string(out), sentence) {
		t.Errorf("after that: %s, %v", out, err)
	}
}
