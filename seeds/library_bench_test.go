package seeds

import (
	"testing"

	"parley/answers"
)

func contents(tb testing.TB) answers.Contents {
	tb.Helper()
	c, err := Load(Record())
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func library(tb testing.TB) *answers.Library {
	tb.Helper()
	l, err := answers.NewLibrary(contents(tb))
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

func BenchmarkAsk(b *testing.B) {
	l := library(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		gold := l.Contents().Gold
		l.Ask(answers.Question{Text: gold[i%len(gold)].Ask})
	}
}
