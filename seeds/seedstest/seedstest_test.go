package seedstest

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/answers"
	"parley/answers/library"
	"parley/seeds"
	"parley/seeds/faq"
	"parley/seeds/table"
)

// pier is a record that is learnt in no time.
func pier(t *testing.T, answer string) answers.Contents {
	t.Helper()
	rows := "answer,question\n"
	for _, way := range []string{"When does the pier reopen?", "is the pier open again", "reopening of the pier", "pier reopen date"} {
		rows += answer + "," + way + "\n"
	}
	read, err := table.Read("pier.csv", []byte(rows), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := faq.Read([]table.Table{read}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, _, _ := faq.Build(answers.Contents{}, &list, faq.Options{Group: faq.ByAnswer, Today: answers.Date{Year: 2026, Month: 11, Day: 30}})
	return c
}

func ownLibrary(t *testing.T, c answers.Contents) *library.Library {
	t.Helper()
	l, err := Library(c)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// kept are the files of the folder, but for those that only lock.
func kept(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder(), "*"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, ".lock") })
}

// .ci/run begins with this test, so that what it keeps is there for all others.
func TestRecord(t *testing.T) {
	c, err := seeds.Load(seeds.Record())
	if err != nil {
		t.Fatal(err)
	}
	first := c.Entries[0].Question
	if a := ownLibrary(t, c).Ask(answers.Question{Text: first}); a.Outcome != answers.OutcomeAnswered {
		t.Errorf("%q is not answered: %s", first, a.Outcome)
	}
}

func TestLibraryIsLearntOnce(t *testing.T) {
	t.Setenv("PARLEY_LEARNT", filepath.Join(t.TempDir(), "new"))
	c := pier(t, "It reopens in May.")
	var several sync.WaitGroup
	for range 4 {
		several.Go(func() {
			if l, err := Library(c); err != nil || l.Ask(answers.Question{Text: "is the pier open again"}).Outcome != answers.OutcomeAnswered {
				t.Error("the library does not answer: ", err)
			}
		})
	}
	several.Wait()
	files := kept(t)
	if len(files) != 1 {
		t.Fatalf("kept is %q, not one file", files)
	}
	// What is kept is what comes back: here, what was learnt of the same questions for another answer.
	other, err := library.New(pier(t, "It reopens in June."), nil)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(ownLibrary(t, c).Trained(), other.Trained()) {
		t.Fatal("nothing can be told apart")
	}
	if err := os.WriteFile(files[0], other.Trained(), 0o600); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(ownLibrary(t, c).Trained(), other.Trained()) {
		t.Error("it was learnt again")
	}
	ownLibrary(t, pier(t, "It reopens in June."))
	if n := len(kept(t)); n != 2 {
		t.Errorf("of two records %d are kept", n)
	}
}

func TestLibraryLearnsWhereAFileIsBroken(t *testing.T) {
	t.Setenv("PARLEY_LEARNT", t.TempDir())
	c := pier(t, "It reopens in May.")
	want := ownLibrary(t, c).Trained()
	file := kept(t)[0]
	if err := os.WriteFile(file, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := ownLibrary(t, c).Trained(); !bytes.Equal(got, want) {
		t.Error("what was learnt instead is another library")
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, want) {
		t.Errorf("it is not kept instead: %v", err)
	}
}
