package seeds

import (
	"sync"
	"testing"

	"parley/answers"
	"parley/answers/library"
	"parley/answers/lint"
	"parley/answers/match"
	"parley/seeds/seedstest"
)

// loaded is the record, and trained its library; both take long to make, and no test changes them.
var (
	loaded  = sync.OnceValues(func() (answers.Contents, error) { return Load(Record()) })
	trained = sync.OnceValues(func() (*library.Library, error) {
		c, err := loaded()
		if err != nil {
			return nil, err
		}
		return seedstest.Library(c)
	})
)

// contents is the record, in lists that a test may change; the items in them belong to all tests.
func contents(tb testing.TB) answers.Contents {
	tb.Helper()
	c, err := loaded()
	if err != nil {
		tb.Fatal(err)
	}
	return c.Clone()
}

func ownLibrary(tb testing.TB) *library.Library {
	tb.Helper()
	l, err := trained()
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(Record()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLint(b *testing.B) {
	c := contents(b)
	for b.Loop() {
		lint.Lint(c)
	}
}

func BenchmarkNewLibrary(b *testing.B) {
	c := contents(b)
	for b.Loop() {
		if _, err := library.New(c, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// What a start costs when the index is kept.
func BenchmarkRestore(b *testing.B) {
	l := ownLibrary(b)
	packed, c := l.Trained(), contents(b)
	b.ReportMetric(float64(len(packed))/1e6, "MB")
	for b.Loop() {
		if _, err := library.Restore(c, packed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFingerprint(b *testing.B) {
	c := contents(b)
	for b.Loop() {
		match.Fingerprint(c)
	}
}

func BenchmarkAsk(b *testing.B) {
	l := ownLibrary(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		gold := l.Contents().Gold
		l.Ask(answers.Question{Text: gold[i%len(gold)].Ask})
	}
}
