package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/answers/match"
	"parley/seeds/seedstest"
	"parley/store"
)

// learntDatabase is a database as the first start of the real program leaves it, but did not learn anew.
var learntDatabase = sync.OnceValues(func() (files, error) {
	return databaseMade(func(path string) error {
		if err := ran("seed", "--db", path); err != nil {
			return err
		}
		return giveLearnt(context.Background(), path)
	})
})

// files are a database and the files beside it, by what their names add to its own.
type files map[string][]byte

// databaseMade are the files that a function leaves at a path.
func databaseMade(by func(path string) error) (files, error) {
	dir, err := os.MkdirTemp("", "parley-database-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "parley.db")
	if err := by(path); err != nil {
		return nil, err
	}
	left, err := filepath.Glob(path + "*")
	if err != nil {
		return nil, err
	}
	made := files{}
	for _, name := range left {
		if made[strings.TrimPrefix(name, path)], err = os.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// write puts the files at a path.
func (fs files) write(path string) error {
	for beside, data := range fs {
		if err := os.WriteFile(path+beside, data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// copied writes a database that was made once to a path.
func copied(t testing.TB, made func() (files, error), path string) string {
	t.Helper()
	database, err := made()
	if err != nil {
		t.Fatal(err)
	}
	if err := database.write(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// ran runs this very binary as the real program to its end.
func ran(args ...string) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(exe)
	cmd.Args = append([]string{"parley"}, args...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("parley %q: %w\n%s", args, err, out)
	}
	return nil
}

// giveLearnt puts beside a database what seedstest keeps of the record in it.
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
	return db.SaveTrained(fingerprint, store.Trained{Data: learnt, Took: time.Second})
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

// learntanew compares what a program learnt anew, and left beside a database, with what seedstest keeps of the same record: these are the same
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
	got, found, err := db.Trained(fingerprint)
	ts.Check(err)
	if !found || !bytes.Equal(got.Data, want) {
		ts.Fatalf("learning anew gives %d bytes (found: %v), which are not the %d kept", len(got.Data), found, len(want))
	}
}
