package slack

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/compose"
)

// hostile are texts that would do something in Slack if they could, or that are hard to cut.
var hostile = []string{
	"<!channel>", "<!here|x>", "<@U123>", "<#C1>", "<https://a.example|x>", "<http://a.example>", "<!subteam^S1>", "<!date^0^{date}|x>",
	"*bold*", "_italic_", "~struck~", "`code`", "```\nfence\n```", "> quote", "&gt; quote", "@here", "@channel", "#general", ":smile:",
	"https://a.example/b?c=d&e=f", "mailto:a@a.example", "&amp;", "&lt;!channel&gt;", "&", `"\`, "\u2028\u2029",
	"שלום", "\u202eabc\u202c", "\u2066x\u2069", "\u200f", "👩‍👩‍👧‍👦", "\u200d", "日本語", "\x00", "\x1b[31m", "\xff\xfe", "a\r\nb\rc\td", "\u0301",
	"One sentence. Another?", "[1][2]", "“quoted”", strings.Repeat("x", 9000), strings.Repeat("&", 5000), strings.Repeat(`"`, 7000),
	"e" + strings.Repeat("\u0301", 6000), strings.Repeat("\u2028", 3000), strings.Repeat("👩‍👩‍👧‍👦", 700), strings.Repeat("word ", 3000),
}

// huge is from where on they are longer than a message.
const huge = 37

// someRoles are all that there are, and one that there is not.
var someRoles = []compose.Role{compose.RoleNotice, compose.RoleCorrection, compose.RoleAnswer, compose.RoleBasis, compose.RoleCaveat, compose.RoleDetail, compose.RoleAsOf, compose.RoleDispute, compose.RoleLater,
	compose.RoleList, compose.RoleSuggestions, compose.RoleSources, compose.RoleHint, compose.RolePlain, compose.RoleQuote, "new"}

// hostileReply is made of hostile texts and what was typed, by a seed.
func hostileReply(typed string, seed uint64) bot.Reply {
	random := rand.New(rand.NewPCG(seed, 0))
	some := func() string {
		var words []string
		for range random.IntN(4) {
			switch random.IntN(12) {
			case 0:
				words = append(words, hostile[random.IntN(len(hostile))])
			case 1, 2, 3:
				words = append(words, typed)
			default:
				words = append(words, hostile[random.IntN(huge)])
			}
		}
		return strings.Join(words, []string{" ", "", "\n"}[random.IntN(3)])
	}
	short := func() string { return hostile[random.IntN(huge)] }
	r := bot.Reply{ID: "d-1", Asked: some()}
	for range random.IntN(12) {
		p := compose.Part{Role: someRoles[random.IntN(len(someRoles))], Text: some()}
		if p.Role == compose.RoleQuote {
			p.Mark = "»" + some() + "«"
			p.Text += p.Mark + some()
		}
		if seed%2 == 0 {
			p.Heading = some()
		}
		for range random.IntN(6) {
			it := compose.Item{Text: some()}
			switch random.IntN(4) {
			case 0:
				it.Label = short()
			case 1:
				it.Label = fmt.Sprintf("[%d]", random.IntN(1000))
			case 2:
				it.Label = fmt.Sprintf("%d.", random.IntN(1000))
			}
			p.Items = append(p.Items, it)
		}
		r.Parts = append(r.Parts, p)
	}
	for i := range random.IntN(4) {
		r.Controls = append(r.Controls, bot.Control{Verb: bot.Pick, Label: some(), Pick: i + 1})
	}
	if random.IntN(2) == 0 {
		r.Controls = append(r.Controls, with(bot.None, bot.Escalate, bot.Share, bot.Copy, bot.More, bot.Sources, bot.Quote, bot.Timeline, bot.WhyThis, bot.Helpful, bot.Unhelpful, bot.Report)...)
	}
	return r
}

// letters are all characters but white space.
func letters(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s))
}

// lost reports the letters from which on something is missing in what is shown: "" if nothing is.
func lost(want, shown []rune) string {
	for _, r := range shown {
		if len(want) > 0 && r == want[0] {
			want = want[1:]
		}
	}
	return string(want[:min(len(want), 50)])
}

// marks are how many letters blocks show besides those of a part that has no heading.
func marks(p compose.Part) int {
	n := 0
	for _, it := range p.Items {
		label, text := strings.TrimSpace(it.Label) != "", strings.TrimSpace(it.Text) != ""
		switch {
		case it.Numbered() || !label && !text:
		case label && (p.Role.SmallPrint() || p.Role == compose.RolePlain):
			n += len("-:")
		case label:
			n += len(":")
		case p.Role.SmallPrint() || p.Role == compose.RolePlain:
			n += len("-")
		}
	}
	return n
}

// verifyHostile renders a reply and finds nothing wrong with the messages: the limits hold, nothing acts, and all is there; mostly, nothing else.
func verifyHostile(t *testing.T, to local, r bot.Reply) {
	t.Helper()
	o := options{Restate: true, SharedBy: "<@U123> \u202e& co"}
	messages := render(r, o)
	texts, shown := verify(t, to, r, messages)
	var want []rune
	count := 0
	for _, p := range compose.CleanParts(append(o.lead(r), r.Parts...)) {
		for _, s := range []string{p.Heading, p.Text} {
			want = append(want, letters(s)...)
		}
		for _, it := range p.Items {
			want = append(append(want, letters(it.Label)...), letters(it.Text)...)
		}
		count += marks(p)
	}
	if s := lost(want, letters(strings.Join(texts, ""))); s != "" {
		t.Errorf("the texts lack %q", s)
	}
	if s := lost(want, letters(strings.Join(shown, ""))); s != "" {
		t.Errorf("the blocks lack %q", s)
	}
	exact := !strings.Contains(r.Text(), strings.Repeat("\u0301", 1000)) // a cluster too large for a message is cut into bare pieces
	for _, p := range r.Parts {
		exact = exact && p.Heading == "" // which may be repeated
	}
	if got := len(letters(strings.Join(shown, ""))); exact && got != len(want)+count {
		t.Errorf("the blocks show %d letters, not %d", got, len(want)+count)
	}
	for i, m := range messages {
		var read slack.Blocks
		if err := json.Unmarshal([]byte(jsonOf(t, m.Blocks)), &read); err != nil {
			t.Fatal(err)
		}
		if jsonOf(t, read) != jsonOf(t, m.Blocks) {
			t.Errorf("message %d: reading back changes the blocks", i+1)
		}
	}
}

// Whatever a reply holds, its messages are such that Slack takes them and shows the reply.
func FuzzRender(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, uint64(i))
	}
	f.Fuzz(func(t *testing.T, typed string, seed uint64) {
		verifyHostile(t, newLocal(t), hostileReply(typed, seed))
	})
}

// Very many items, short and long, stay within the limits.
func TestRenderMany(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED with -short: thousands of replies from one goroutine")
	}
	for name, text := range map[string]string{"short": "a", "hostile": "<!channel> & \"co\"\n", "long": strings.Repeat("long & winding ", 40)} {
		for _, role := range []compose.Role{compose.RoleList, compose.RoleSources, compose.RolePlain} {
			r := bot.Reply{ID: "d-1", Parts: []compose.Part{{Role: role}}, Controls: with(bot.Copy, bot.Helpful, bot.Unhelpful)}
			for range 10_000 / max(1, len(text)/20) {
				r.Parts[0].Items = append(r.Parts[0].Items, compose.Item{Text: text})
			}
			t.Run(name+" "+string(role), func(t *testing.T) { verifyHostile(t, newLocal(t), r) })
		}
	}
}

// Very many parts do, too, with the controls under the last ones.
func TestRenderManyParts(t *testing.T) {
	to := newLocal(t)
	r := bot.Reply{ID: "d-1", Controls: with(bot.None, bot.Copy, bot.Helpful, bot.Unhelpful)}
	for range 120 {
		r.Parts = append(r.Parts, compose.Part{Role: compose.RoleAnswer, Text: "a"}, compose.Part{Role: compose.RoleAsOf, Text: "b"})
		verifyHostile(t, to, r)
	}
}

// A last message that is as full as it can be has room for its controls.
func TestRenderFull(t *testing.T) {
	to := newLocal(t)
	messages := map[int]bool{}
	for n := range 300 {
		r := bot.Reply{
			ID: "d-1", Controls: with(bot.Share, bot.Copy, bot.More, bot.Sources, bot.Quote, bot.Timeline, bot.WhyThis, bot.Helpful, bot.Unhelpful, bot.Report),
			Parts: []compose.Part{{Role: compose.RoleAnswer, Text: strings.Repeat(`"`, 5*n), Items: slices.Repeat([]compose.Item{{Text: "a"}}, 42)}},
		}
		verifyHostile(t, to, r)
		messages[len(render(r, options{}))] = true
	}
	if !messages[1] || !messages[2] {
		t.Errorf("the replies become %v messages, not one and two", messages)
	}
}

// What is blank is no message.
func TestRenderNothing(t *testing.T) {
	for _, r := range []bot.Reply{{}, {Parts: []compose.Part{{Role: compose.RoleAnswer, Text: " \x00\n"}}, Controls: with(bot.Copy)}} {
		if m := render(r, options{}); len(m) > 0 {
			t.Errorf("%q makes %d messages", r.Text(), len(m))
		}
	}
}
