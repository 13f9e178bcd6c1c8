package slack

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/slack-go/slack"
)

func TestLine(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"short", 5, "short"},
		{"longer", 5, "long…"},
		{"one two", 5, "one…"},
		{" a\n\tb\x00 ", 9, "a b"},
		{"日本語日本語", 4, "日本語…"},
		{"日本語", 3, "日本語"},
		{"ab👩‍👩‍👧‍👦", 5, "ab…"},
		{"", 5, ""},
	} {
		if got := line(c.text, c.n); got != c.want {
			t.Errorf("line(%q, %d) is %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestEscape(t *testing.T) {
	const text = "<!channel> & <@U1> &amp; a>b"
	const want = "&lt;!channel&gt; &amp; &lt;@U1&gt; &amp;amp; a&gt;b"
	if got := escape(text); got != want || escapedLen(text) != len(want) {
		t.Errorf("%q is escaped as %q, of length %d", text, got, escapedLen(text))
	}
}

func TestQuotedLen(t *testing.T) {
	for _, s := range append(hostile, "\ufffd \" \\ \n \t \u2028 \u2029 <&>") {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(clean(s)); err != nil {
			t.Fatal(err)
		}
		if got, want := quotedLen(clean(s)), len([]rune(b.String()))-len(`""`)-len("\n"); got < want {
			t.Errorf("%.50q has %d characters in JSON, not %d", s, want, got)
		}
	}
}

// What take reckons is at least what a part takes, alone or with others.
func TestTake(t *testing.T) {
	for name, r := range replies(t) {
		for i, p := range cleaned(r.Parts) {
			need := take(p)
			m := message{escape(p.String()), []slack.Block{block(p)}}
			if n := len([]rune(m.Text)); n > need.text {
				t.Errorf("%s, part %d: the text has %d characters, not %d", name, i+1, n, need.text)
			}
			if n := sizeOf(m.Blocks); n > need.size {
				t.Errorf("%s, part %d: the block has %d characters, not %d", name, i+1, n, need.size)
			}
		}
	}
}

func TestClean(t *testing.T) {
	got := clean("a\x00b\r\nc\rd\te\xff\u202ef\u2066g\u200fש\u200dh\x7f\u0085")
	if want := "ab\nc\nd\te\ufffdfg\u200fש\u200dh"; got != want {
		t.Errorf("clean is %q, want %q", got, want)
	}
	if !slices.Equal([]rune(clean(got)), []rune(got)) {
		t.Errorf("clean twice is %q", clean(got))
	}
}
