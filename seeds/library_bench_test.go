package seeds

import (
	"sync"
	"testing"

	"parley/answers"
	"parley/seeds/seedstest"
)

func contents(tb testing.TB) answers.Contents {
	tb.Helper()
	c, err := Load(Record())
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// trained is the library of the record; it takes seconds to learn, and no test changes it.
var trained = sync.OnceValues(func() (*answers.Library, error) {
	c, err := Load(Record())
	if err != nil {
		return nil, err
	}
	return seedstest.Library(c)
})

func library(tb testing.TB) *answers.Library {
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
		answers.Lint(c)
	}
}

func BenchmarkNewLibrary(b *testing.B) {
	c := contents(b)
	for b.Loop() {
		if _, err := answers.NewLibrary(c); err != nil {
			b.Fatal(err)
		}
	}
}

// What a start costs when the index is kept.
func BenchmarkRestore(b *testing.B) {
	l := library(b)
	packed, c := l.Trained(), contents(b)
	b.ReportMetric(float64(len(packed))/1e6, "MB")
	for b.Loop() {
		if _, err := answers.Restore(c, packed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFingerprint(b *testing.B) {
	c := contents(b)
	for b.Loop() {
		answers.Fingerprint(c)
	}
}

func BenchmarkAsk(b *testing.B) {
	l := library(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		gold := l.Contents().Gold
		l.Ask(answers.Question{Text: gold[i%len(gold)].Ask})
	}
}
