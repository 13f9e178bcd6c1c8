package lint

import (
	"slices"
	"strings"
	"testing"

	"parley/answers"
	"parley/answers/answerstest"
)

// plant is one breach of an editorial rule and what Lint must say about it, and about nothing else. The message of a
// wanted problem is a part of the reported one.
type plant struct {
	breach string
	in     func(*answers.Contents)
	want   []Problem
}

// planted is a fresh record with the breach in it.
func (p plant) planted() answers.Contents {
	c := answerstest.CleanContents()
	p.in(&c)
	return c
}

// requireProblems fails unless exactly the wanted problems are reported, in any order.
func requireProblems(t *testing.T, got, want []Problem) {
	t.Helper()
	rest := slices.Clone(got)
	for _, w := range want {
		at := slices.IndexFunc(rest, func(p Problem) bool {
			return p.Subject == w.Subject && strings.Contains(p.Message, w.Message)
		})
		if at < 0 {
			t.Errorf("not reported: %v", w)
			continue
		}
		rest = slices.Delete(rest, at, at+1)
	}
	for _, p := range rest {
		t.Errorf("reported besides: %v", p)
	}
}

// variant is a change to the record after which it must still have no problem.
type variant struct {
	what string
	in   func(*answers.Contents)
}

// requireClean fails for each variant that is reported: editors must not be sent after what is in order.
func requireClean(t *testing.T, variants []variant) {
	t.Helper()
	for _, v := range variants {
		t.Run(v.what, func(t *testing.T) {
			c := answerstest.CleanContents()
			v.in(&c)
			requireProblems(t, Lint(c), nil)
		})
	}
}
