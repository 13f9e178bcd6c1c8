package store

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What was learnt is read back as it was kept, only the newest is kept, and only its owner may read it.
func TestTrained(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "parley.db"))
	if _, found, err := s.Trained("a"); found || err != nil {
		t.Fatalf("with an empty database something was learnt: %v, %v", found, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "parley.db-learnt-a.part123"), []byte("of a lost process"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		fingerprint string
		data        []byte
	}{{"a", []byte("first")}, {"a", []byte("again")}, {"b", bytes.Repeat([]byte{0, 1, 2, 255}, 1<<20)}} {
		if err := s.SaveTrained(c.fingerprint, Trained{c.data, time.Second}); err != nil {
			t.Fatal(err)
		}
		if got, found, err := s.Trained(c.fingerprint); err != nil || !found || !bytes.Equal(got.Data, c.data) || got.Took != time.Second {
			t.Errorf("%s: read back %d bytes, %v, %v; %d were saved", c.fingerprint, len(got.Data), found, err, len(c.data))
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*-learnt-*"))
	if err != nil || len(files) != 1 || filepath.Base(files[0]) != "parley.db-learnt-b" {
		t.Errorf("kept are %q, %v", files, err)
	}
	info, err := os.Stat(files[0])
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	if db, err := os.Stat(s.Path()); err != nil || db.Size() > 1<<20 {
		t.Errorf("the database has %d bytes, %v", db.Size(), err)
	}
}

// A file that is damaged, cut off, of another version or gone is as if nothing had been learnt.
func TestTrainedDamaged(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parley.db"))
	file := s.Path() + "-learnt-a"
	for name, damage := range map[string]func([]byte) []byte{
		"gone":            func([]byte) []byte { return nil },
		"empty":           func([]byte) []byte { return []byte{} },
		"cut off":         func(b []byte) []byte { return b[:len(b)-1] },
		"cut short":       func(b []byte) []byte { return b[:len(trainedForm)+10] },
		"a bit":           func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"its time":        func(b []byte) []byte { b[len(trainedForm)+32] ^= 1; return b },
		"another version": func(b []byte) []byte { b[len(trainedForm)-2]++; return b },
	} {
		if err := s.SaveTrained("a", Trained{[]byte("what was learnt"), time.Second}); err != nil {
			t.Fatal(err)
		}
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if damaged := damage(whole); damaged == nil {
			err = os.Remove(file)
		} else {
			err = os.WriteFile(file, damaged, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, found, err := s.Trained("a"); found || err != nil || got.Data != nil {
			t.Errorf("%s: %v, %v, %v", name, got, found, err)
		}
	}
}
