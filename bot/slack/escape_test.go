package slack

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/slack-go/slack"

	"parley/bot/compose"
)

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
		if err := e.Encode(compose.Clean(s)); err != nil {
			t.Fatal(err)
		}
		if got, want := quotedLen(compose.Clean(s)), len([]rune(b.String()))-len(`""`)-len("\n"); got < want {
			t.Errorf("%.50q has %d characters in JSON, not %d", s, want, got)
		}
	}
}

// What measure returns is at least what a part takes, alone or with others.
func TestMeasure(t *testing.T) {
	for name, r := range replies(t) {
		for i, p := range compose.CleanParts(r.Parts) {
			need := measure(p)
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
