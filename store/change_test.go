package store

import (
	"errors"
	"testing"
)

// An imported record is its curators' own: the seeds of a new version never come into it.
func TestSeedRefusesAnImportedDatabase(t *testing.T) {
	s := open(t, newPath(t))
	imported(t, s, "first", harbour(2))
	before := record(t, s)
	if _, err := s.Seed(t.Context(), change("seeds"), harbour(3), Edition{Digest: "digest"}); !errors.Is(err, ErrImported) {
		t.Errorf("seeding an imported database: %v", err)
	}
	wantRecord(t, s, before)
	wantOrigin(t, s, Imported, "")
}
