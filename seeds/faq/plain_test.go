package faq

import (
	"strings"
	"testing"

	"parley/answers"
)

func TestPlain(t *testing.T) {
	for cell, want := range map[string]string{
		`<p>See <a href="https://a.example/t" target="_blank">the timetable</a>.</p><ul><li>Summer: 6&nbsp;to&nbsp;22</li><li>Winter: 8 to 18</li></ul>`: "See the timetable (https://a.example/t).\n• Summer: 6 to 22\n• Winter: 8 to 18",
		"One<br>two<br/>three":                                                      "One\ntwo\nthree",
		"&amp;nbsp;Fees &amp; fares &lt;b&gt;":                                      "Fees & fares",
		"<script>alert(1)</script>No.":                                              "No.",
		`<a href="javascript:x()">here</a>`:                                         "here",
		`<a href="mailto:a@b.example">write</a>`:                                    "write (a@b.example)",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>":           "a | b\nc",
		"# Fares\n\nSee [the **list**](https://a.example/a_(b)).\n\n* one\n* two\n": "Fares\n\nSee the list (https://a.example/a_(b)).\n• one\n• two",
		"It is *very* late, `no` __doubt__ [1].":                                    "It is very late, no doubt [1].",
		"2 * 3 * 4 = 24, a_b_c, lost_or_stolen, 5*6":                                "2 * 3 * 4 = 24, a_b_c, lost_or_stolen, 5*6",
		"a < b && c > d":                                            "a < b && c > d",
		"@here <!channel> <https://a.example|x>":                    "@here <!channel> <https://a.example|x>",
		"https://a.example/?a=1&copy=2":                             "https://a.example/?a=1&copy=2",
		"![a picture](https://a.example/a.png) <https://a.example>": "a picture https://a.example",
		"See [below](#fares) and [this](sic).":                      "See below and [this](sic).",
		"a\u202eb\u200b \tc\n\n\n\nd":                               "ab c\n\nd",
	} {
		if got := Plain(cell); got != want {
			t.Errorf("%q became\n%q, want\n%q", cell, got, want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"<p>a<br>b</p>", "**a** _b_ [c](https://d.example) &amp;lt;", "# a\n- b\n> c", "\\*a\\*", "<a href='https://a.example'>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		text := Plain(strings.ToValidUTF8(cell, ""))
		if again := Plain(text); again != text {
			t.Errorf("%q became %q, and that %q", cell, text, again)
		}
		if text != answers.Lines(text) {
			t.Errorf("%q has blanks left", text)
		}
	})
}

func TestDates(t *testing.T) {
	for cell, want := range map[string]string{
		"2020-03-17": "17 Mar 2020 (stated)", "2020-03-17T10:00:00Z": "17 Mar 2020 (stated)", "17.3.2020": "17 Mar 2020 (stated)", "March 17th, 2020": "17 Mar 2020 (stated)",
		"17 March 2020": "17 Mar 2020 (stated)", "2020": "2020 (stated)", "2020-03": "Mar 2020 (stated)", "03/04/2020": "date not known", "04/04/2020": "4 Apr 2020 (stated)",
		"2020-02-30": "date not known", "soon": "date not known", "2020/03/17": "17 Mar 2020 (stated)", "17-Mar-20": "17 Mar 2020 (stated)",
	} {
		if got, _ := dateOf(cell, orderUnknown); got.String() != want {
			t.Errorf("%q is %s, want %s", cell, got, want)
		}
	}
	if got, _ := dateOf("03/04/2020", orderOf([]string{"01/02/2020", "25/04/2020"})); got.Days() != "3 Apr 2020" {
		t.Errorf("in a column with the day first it is %s", got)
	}
	if got, _ := dateOf("03/04/2020", orderOf([]string{"04/25/2020"})); got.Days() != "4 Mar 2020" {
		t.Errorf("in one with the month first it is %s", got)
	}
}
