package main

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/answers/match"
	"parley/seeds/seedstest"
	"parley/store"
)

// learntDatabase makes a database as the first start of the real program leaves it, but does not learn anew.
func learntDatabase(t *testing.T, path string) {
	t.Helper()
	timed(t, "seed", "--db", path)
	if err := giveLearnt(t.Context(), path); err != nil {
		t.Fatal(err)
	}
}

// giveLearnt puts into a database what seedstest keeps of the record in it.
func giveLearnt(ctx context.Context, path string) error {
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	fingerprint, learnt, err := learntFrom(ctx, db)
	if err != nil {
		return err
	}
	return db.SaveTrained(ctx, fingerprint, store.Trained{Data: learnt, Took: time.Second})
}

func learntFrom(ctx context.Context, db *store.Store) (fingerprint string, learnt []byte, err error) {
	contents, err := db.Record(ctx)
	if err != nil {
		return "", nil, err
	}
	lib, err := seedstest.Library(contents)
	if err != nil {
		return "", nil, err
	}
	return match.Fingerprint(contents), lib.Trained(), nil
}

// restore lets the programs of a script restore what they would learn of the record in a database.
func restore(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: restore database")
	}
	ts.Check(giveLearnt(context.Background(), ts.MkAbs(args[0])))
}

// learntanew compares what a program learnt anew, and left in a database, with what seedstest keeps of the same record: these are the same
// bytes, or other tests would be tried on another library.
func learntanew(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: learntanew database")
	}
	ctx := context.Background()
	db, err := store.Open(ctx, ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	fingerprint, want, err := learntFrom(ctx, db)
	ts.Check(err)
	same, size := false, 0
	found, err := db.Trained(ctx, fingerprint, func(got store.Trained) { same, size = bytes.Equal(got.Data, want), len(got.Data) })
	ts.Check(err)
	if !same {
		ts.Fatalf("learning anew gives %d bytes (found: %v), which are not the %d kept", size, found, len(want))
	}
}
