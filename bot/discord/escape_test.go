package discord

import (
	"strings"
	"testing"
)

// What each kind of text becomes, and that it is read as it was.
func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"plain words, 18 August.":                       "plain words, 18 August.",
		"18:30 :smile: a: b":                            `18\:30 \:smile: a: b`,
		"**b** _i_ ~~s~~ ||x|| `c`":                     `\*\*b\*\* \_i\_ \~\~s\~\~ \|\|x\|\| ` + "\\`c\\`",
		"# head\n  - list\n12. one\n3) two\n-# small":   `\# head` + "\n" + `  \- list` + "\n" + `12\. one` + "\n" + `3\) two` + "\n" + `\-\# small`,
		"a-b 1.5 (x) + - y":                             `a-b 1.5 (x) + - y`,
		"1.5 million":                                   `1\.5 million`,
		"[1] and [x](https://a.example)":                `\[1] and \[x](<https://a.example>)`,
		"<@1> <#2> <:e:3> <t:4:R> </c:5> <@&6>":         `\<\@1\> \<\#2\> \<\:e\:3\> \<t\:4\:R\> \</c\:5\> \<\@&6\>`,
		"@everyone, @HERE, a@b.example":                 `\@` + zeroWidth + `everyone, \@` + zeroWidth + `HERE, a\@b.example`,
		`\_ ¯\_(ツ)_/¯`:                                  `\\\_ ¯\\\_(ツ)\_/¯`,
		"See https://a.example/b_c?d=1&e=2.":            `See <https://a.example/b_c?d=1&e=2>.`,
		"(https://a.example/x_(y)), “http://b.example”": `(<https://a.example/x_(y)>), “<http://b.example>”`,
		"HTTP://A.EXAMPLE!":                             `<HTTP://A.EXAMPLE>!`,
		"https://a.example/*b*":                         `https\://a.example/\*b\*`,
		"https://a.example/https://b.example":           `https\://a.example/https\://b.example`,
		"https://discord.gg/x Discord.com/y":            `https\://discord\.gg/x Discord\.com/y`,
		"discord://x mailto:a":                          `discord\://x mailto\:a`,
		"<https://a.example|x>":                         `\<https\://a.example\|x\>`,
	} {
		if got := escape(text); got != want {
			t.Errorf("%q becomes\n%s, want\n%s", text, got, want)
		}
		if shown, acting := read(escape(text)); shown != text || len(acting) > 0 {
			t.Errorf("%q is read as %q, with %q acting", text, shown, acting)
		}
	}
}

// The reader of these tests sees what acts, so that it would see it in a message.
func TestReadActing(t *testing.T) {
	for _, s := range []string{
		"*i*", "_i_", "~~s~~", "||x||", "`c`", "> q", "# h", "a\n1. one", "-# - x", "- # h", "[x](y)", "<@1>", "<#2>", "<:e:3>", "<t:4>", "</c:5>",
		":smile:", "@everyone", `\@everyone`, "https://a.example", "<https://discord.gg/x", "discord.gg/x", "```\na```b```", "<https://a|b>",
	} {
		if _, acting := read(s); len(acting) == 0 {
			t.Errorf("in %q nothing acts", s)
		}
	}
	for s, want := range map[string]string{
		"**B**\n- **a:** b\n-# c": "B\na: b\nc", "```\n*a* @here\n```": "*a* @here", `\* <https://a.example>`: "* https://a.example",
	} {
		if shown, acting := read(s); shown != want || len(acting) > 0 {
			t.Errorf("%q is read as %q, with %q acting", s, shown, acting)
		}
	}
}

// Nothing ends a block of code but its end.
func TestFenced(t *testing.T) {
	for n := range 9 {
		text := "a" + strings.Repeat("`", n)
		got := fenced(text)
		if strings.Count(got, "```") != 2 || !strings.HasSuffix(got, "\n```") {
			t.Errorf("%q becomes %q", text, got)
		}
		if shown, acting := read(got); shown != text || len(acting) > 0 {
			t.Errorf("%q is read as %q, with %q acting", text, shown, acting)
		}
	}
}

func TestUnits(t *testing.T) {
	for s, want := range map[string]int{"": 0, "a": 1, "é": 1, "日本": 2, "👍": 2, "👩‍👩‍👧‍👦": 11} {
		if got := units(s); got != want {
			t.Errorf("%q has %d units, want %d", s, got, want)
		}
	}
}
