package store

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"
)

func TestTrained(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parley.db"))
	ctx := t.Context()
	unused := func(Trained) { t.Error("something is used that is not there") }
	if found, err := s.Trained(ctx, "a", unused); found || err != nil {
		t.Fatalf("an empty database has learnt: %v, %v", found, err)
	}
	for _, c := range []struct {
		fingerprint string
		data        []byte
	}{{"a", []byte("first")}, {"a", []byte("again")}, {"b", bytes.Repeat([]byte{0, 1, 2, 255}, 1<<20)}} {
		if err := s.SaveTrained(ctx, c.fingerprint, Trained{c.data, time.Second}); err != nil {
			t.Fatal(err)
		}
		found, err := s.Trained(ctx, c.fingerprint, func(got Trained) {
			if !bytes.Equal(got.Data, c.data) || got.Took != time.Second {
				t.Errorf("%s: read back %d bytes, learnt in %v; %d were saved", c.fingerprint, len(got.Data), got.Took, len(c.data))
			}
		})
		if err != nil || !found {
			t.Errorf("%s: found is %v, %v", c.fingerprint, found, err)
		}
	}
	if found, _ := s.Trained(ctx, "a", unused); found {
		t.Error("what an older record taught is still kept")
	}
}
