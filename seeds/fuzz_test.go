package seeds

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/answers"
)

// FuzzConverse types anything at all: no text makes the engine panic, answer from nothing, or cite what is not there.
func FuzzConverse(f *testing.F) {
	lib := ownLibrary(f)
	for _, text := range []string{"", " ", "\x00\xff\xfe", "and france?", "2", "who says so?", "\u202egnirts sdrawkcab", "e\u0301\u0301\u0301\u0301", "ﷺﷺﷺ",
		strings.Repeat("troops ", 2000), strings.Repeat("a\u0300", 4000), strings.Repeat("ß", 10_000), "🇺🇦👩‍👩‍👧‍👦", "[pa-package]", "<!channel> @everyone"} {
		f.Add("what is france offering", text)
	}
	f.Fuzz(func(t *testing.T, before, text string) {
		_, d := lib.Converse(answers.Dialogue{}, answers.Question{Text: before})
		a, d := lib.Converse(d, answers.Question{Text: text})
		if a.Outcome == answers.OutcomeAnswered && len(a.Claims) == 0 && a.Intent != answers.IntentHelp {
			t.Errorf("%q is answered from no claim", text)
		}
		for _, p := range proseOf(a) {
			for _, id := range p.Claims() {
				if a.Number(id) == 0 {
					t.Errorf("%q: the marker of %s leads to no source", text, id)
				}
			}
		}
		if !utf8.ValidString(strings.Join(a.Why.Unknown, "")) {
			t.Errorf("%q: what is unknown is no text", text)
		}
		lib.Converse(d, answers.Question{Text: "when was that?"})
		lib.Check(answers.Question{Text: text})
	})
}

// BenchmarkAskLong shows that time stays in proportion to what is read of a text, however long it is: one megabyte costs no more than
// the few thousand characters of which the rest is cut off.
func BenchmarkAskLong(b *testing.B) {
	lib := ownLibrary(b)
	for name, text := range map[string]string{
		"1kB": strings.Repeat("will us troops go to ukraine ", 35), "4kB": strings.Repeat("will us troops go to ukraine ", 138),
		"1MB": strings.Repeat("will us troops go to ukraine ", 36_000), "1MB-unknown": strings.Repeat("zqxjkv wqpzk ", 80_000),
		"1MB-one-word": strings.Repeat("x", 1<<20), "1MB-marks": strings.Repeat("e\u0301\u0302\u0303", 1<<17),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				lib.Ask(answers.Question{Text: text})
			}
		})
	}
}
