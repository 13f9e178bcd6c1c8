package reading_test

import (
	"strings"
	"testing"

	"parley/bot/reading"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		parts  []string
		said   string
		linked bool
	}{
		{[]string{"Has the bridge opened?"}, "Has the bridge opened?", false},
		{[]string{":flag-no: Has the bridge :bridge_at_night: opened? :+1::skin-tone-2:"}, "Has the bridge opened?", false},
		{[]string{"It opened at 10:30:45 today."}, "It opened at 10:30:45 today.", false},
		{[]string{"https://example.com/a?b=c"}, "", true},
		{[]string{"<https://example.com/a> is this right?"}, "is this right?", true},
		{[]string{"[Has the bridge opened?](https://example.com/x_(y))"}, "Has the bridge opened?", true},
		{[]string{"**Has** the ||bridge|| _opened_? `now`"}, "Has the bridge opened? now", false},
		{[]string{"> The bridge is open.\n> It is free."}, "The bridge is open.\nIt is free.", false},
		{[]string{"", "Wire", "The bridge has opened.", "The bridge has opened."}, "Wire\nThe bridge has opened.", false},
		{[]string{"The bridge has opened.", "The bridge has opened. It is free."}, "The bridge has opened. It is free.", false},
		{[]string{"snake_case_name stays"}, "snake_case_name stays", false},
	} {
		got := reading.Of(c.parts...)
		if got.Text != c.said || got.Linked != c.linked {
			t.Errorf("%q is read as %q, linked %v", c.parts, got.Text, got.Linked)
		}
	}
}

func TestVerifies(t *testing.T) {
	for _, asks := range strings.Split("is this true?|Is that true|is this still true?|is this real?|true or false?|Is this legit??|fact check please|can you verify this|is it actually correct|isn't that fake?|was that claim true|pls check this|Is any of this true?", "|") {
		if !reading.Verifies(asks) {
			t.Errorf("%q does not verify", asks)
		}
	}
	for _, other := range strings.Split("is this true of Norland?|Is it true that the bridge is open?|true story|is this the bridge?|what is true?|check the bridge|confirm the date of the opening", "|") {
		if reading.Verifies(other) {
			t.Errorf("%q verifies", other)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("a :b: [c](https://d.e) **f**", "g")
	f.Fuzz(func(t *testing.T, a, b string) {
		m := reading.Of(a, b)
		if again := reading.Of(m.Text); strings.Contains(again.Text, "https://") {
			t.Errorf("%q keeps a link: %q", a, again.Text)
		}
	})
}
