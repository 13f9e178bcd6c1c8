package bot_test

import (
	"sync"
	"testing"

	"parley/answers/library"
	"parley/seeds"
	"parley/seeds/seedstest"
)

// own is the library of the record; that takes seconds, and no test changes it.
var own = sync.OnceValues(func() (*library.Library, error) {
	c, err := seeds.Load(seeds.Record())
	if err != nil {
		return nil, err
	}
	return seedstest.Library(c)
})

func ownLibrary(t testing.TB) *library.Library {
	t.Helper()
	l, err := own()
	if err != nil {
		t.Fatal(err)
	}
	return l
}
