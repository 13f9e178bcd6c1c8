package main

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/answers"
	"parley/seeds/seedstest"
	"parley/store"
)

// learntDatabase makes a database as the first start of the real program leaves it, but that what was learnt comes from seedstest.
func learntDatabase(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "learnt.db")
	timed(t, "seed", "--db", path)
	contents, learnt, err := learntFrom(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SaveTrained(t.Context(), answers.Fingerprint(contents), store.Trained{Data: learnt, Took: time.Second}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// learntFrom is the record in a database, and what seedstest keeps of it.
func learntFrom(ctx context.Context, path string) (answers.Contents, []byte, error) {
	db, err := store.Open(ctx, path)
	if err != nil {
		return answers.Contents{}, nil, err
	}
	defer db.Close()
	contents, err := db.Record(ctx)
	if err != nil {
		return answers.Contents{}, nil, err
	}
	lib, err := seedstest.Library(contents)
	if err != nil {
		return answers.Contents{}, nil, err
	}
	return contents, lib.Trained(), nil
}

// learntanew compares what a program learnt anew, and left in a database, with what seedstest keeps of the same record: these are the same
// bytes, or other tests would be tried on another library.
func learntanew(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: learntanew database")
	}
	path := ts.MkAbs(args[0])
	contents, want, err := learntFrom(context.Background(), path)
	ts.Check(err)
	db, err := store.Open(context.Background(), path)
	ts.Check(err)
	defer db.Close()
	got, found, err := db.Trained(context.Background(), answers.Fingerprint(contents))
	ts.Check(err)
	if !found || !bytes.Equal(got.Data, want) {
		ts.Fatalf("learning anew gives %d bytes (found: %v), which are not the %d kept", len(got.Data), found, len(want))
	}
}
