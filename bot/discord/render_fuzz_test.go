package discord

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"parley/bot"
	"parley/bot/compose"
)

// hostile are texts that would do something in Discord if they could, or that are hard to cut.
var hostile = []string{
	"<@123>", "<@!123>", "<@&5>", "<#42>", "<:smile:99>", "<a:dance:99>", "<t:1755500000:R>", "</parley ask:7>", "<id:customize>", "<https://a.example|x>",
	"**bold**", "*it*", "_italic_", "__under__", "~~struck~~", "||spoiler||", "`code`", "``a``", "```\nfence\n```", "> quote", ">>> all", "# head", "-# small",
	"- list", "* list", "+ list", "1. one", "12) twelve", "  3. three", "@here", "@everyone", ":smile:", "a:b", "[x](https://a.example)", "[x](<https://a.example>)",
	"https://a.example/b_c?d=e&f=g*h", "(https://a.example/x_(y)),", "HTTP://A.EXAMPLE/.", "https://discord.gg/abc", "Discord.gg/abc", "discordapp.com/invite/x",
	"https://a.example/@everyone", "https://a.example/||x||", "http://", "https://é.example/", "mailto:a@a.example", "discord://x", "\\", "\\*a\\*", "\\\\", "¯\\_(ツ)_/¯", "-", "#", "*", "|", "1.",
	"\u2028- a\u20291. b", "שלום", "\u202eabc\u202c", "\u2066x\u2069", "\u200f", "👩‍👩‍👧‍👦", "\u200d", "日本語", "\x00", "\x1b[31m", "\xff\xfe", "a\r\nb\rc\td", "\u0301",
	"One sentence. Another?", "[1][2]", "“quoted”", "`", "\n\n- x\n\n",
	strings.Repeat("x", 9000), strings.Repeat("*", 5000), strings.Repeat("`", 7000), strings.Repeat("👩‍👩‍👧‍👦", 700), strings.Repeat("word ", 3000),
	"e" + strings.Repeat("\u0301", 6000), strings.Repeat("1.\n", 3000), "https://a.example/" + strings.Repeat("x_", 3000), strings.Repeat("@here", 900),
}

// huge is from where on they are longer than a message.
const huge = 74

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

// marks are how many letters messages show besides those of a part that has no heading.
func marks(p compose.Part) int {
	n := 0
	for _, it := range p.Items {
		label, text := strings.TrimSpace(it.Label) != "", strings.TrimSpace(it.Text) != ""
		drawn := p.Role == compose.RolePlain || p.Role.SmallPrint() // the whole text of an item, bullet and all
		switch {
		case !label && !text, label && (strings.HasPrefix(strings.TrimSpace(it.Label), "[") || strings.HasSuffix(strings.TrimSpace(it.Label), ".")):
		case label && drawn:
			n += len("-:")
		case label:
			n += len(":")
		case drawn:
			n += len("-")
		}
	}
	return n
}

// verifyHostile renders a reply and finds nothing wrong with the messages: the limits hold, nothing acts, and all is there; mostly,
// nothing else.
func verifyHostile(t *testing.T, to local, r bot.Reply) {
	t.Helper()
	o := options{Restate: true, Private: true}
	shown := letters(strings.Join(verify(t, to, r, render(r, o)), ""))
	var want []rune
	count := 0
	for _, p := range compose.CleanParts(o.around(r)) {
		for _, s := range []string{p.Heading, p.Text} {
			want = append(want, letters(s)...)
		}
		for _, it := range p.Items {
			want = append(append(want, letters(it.Label)...), letters(it.Text)...)
		}
		count += marks(p)
	}
	if s := lost(want, shown); s != "" {
		t.Errorf("%q is lost", s)
	}
	exact := !strings.Contains(r.Text(), strings.Repeat("\u0301", 1000)) // a cluster too large for a message is cut into bare pieces
	for _, p := range r.Parts {
		exact = exact && p.Heading == "" // which may be repeated
	}
	if exact && len(shown) != len(want)+count {
		t.Errorf("%d letters are shown, not %d", len(shown), len(want)+count)
	}
}

// Whatever a reply holds, its messages are such that Discord takes them and shows the reply.
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
	for name, text := range map[string]string{"short": "a", "hostile": "<@123> *co* 1.\n- ", "long": strings.Repeat("long & winding ", 40), "lines": strings.Repeat("1.\n", 30) + "end"} {
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

// A message that is as full as it can be, is; the page after it begins where it ends.
func TestRenderFull(t *testing.T) {
	to, fullest := newLocal(t), 0
	for n := range 60 {
		r := bot.Reply{ID: "d-1", Parts: []compose.Part{{Role: compose.RoleAnswer, Text: "a" + strings.Repeat("*", 970+n) + "b"}}, Controls: with(bot.Copy)}
		verifyHostile(t, to, r)
		fullest = max(fullest, units(render(r, options{})[0].Content))
	}
	if fullest < maxContent-20 {
		t.Errorf("the fullest message has %d units", fullest)
	}
}

// A question that goes before its answer is one short line, whatever was asked.
func TestRestate(t *testing.T) {
	r := bot.Reply{Asked: strings.Repeat("Is *this*\n", 300), Parts: []compose.Part{{Role: compose.RoleAnswer, Text: "No."}}}
	first, _, _ := strings.Cut(render(r, options{Restate: true})[0].Content, "\n")
	if !strings.HasPrefix(first, `-# You asked: Is \*this\* Is`) || units(first) > 2*maxAsked {
		t.Errorf("the first line is %q", first)
	}
	if got := render(r, options{})[0].Content; got != "**No.**" {
		t.Errorf("without it, the message is %q", got)
	}
}

// The texts that are longer than a message are those from huge on.
func TestHuge(t *testing.T) {
	for i, s := range hostile {
		if (units(s) > maxContent) != (i >= huge) {
			t.Errorf("hostile text %d of %d, %.20q, has %d units", i, len(hostile), s, units(s))
		}
	}
}
