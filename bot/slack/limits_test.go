package slack

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"parley/bot"
)

// long is a text of so many characters, each of more than one byte.
func long(n int) string { return strings.Repeat("é", n) }

func repeated[T any](n int, make func(i int) T) []T {
	var list []T
	for i := range n {
		list = append(list, make(i))
	}
	return list
}

func button(i int) slack.BlockElement {
	return slack.NewButtonBlockElement(strings.Repeat("a", i+1), "v", plain("Button"))
}

func answer(s string) bot.Part { return bot.Part{Role: bot.RoleAnswer, Text: s} }

func onBlocks(list ...slack.Block) []string { return check(message{"Text", list}) }

// Each limit holds at its last value and is reported at the next.
func TestCheckLimits(t *testing.T) {
	textInput := func(most int, placeholder string) slack.BlockElement {
		return &slack.PlainTextInputBlockElement{Type: slack.METPlainTextInput, ActionID: "a", MaxLength: most, Placeholder: plain(placeholder)}
	}
	input := func(label string, e slack.BlockElement) []string {
		return onBlocks(slack.NewInputBlock("b", plain(label), nil, e))
	}
	modalOf := func(title, kept, callback string, blocks int) []string {
		v := modal(callback, "Title", "Save", metadata{}, repeated(blocks, func(int) slack.Block { return slack.NewDividerBlock() })...)
		v.Title, v.PrivateMetadata = plain(title), kept
		return checkModal(v)
	}
	for name, c := range map[string]struct {
		last  int
		check func(n int) []string
	}{
		"text": {4000, func(n int) []string { return check(message{long(n), []slack.Block{block(answer("a"))}}) }},
		"blocks": {50, func(n int) []string {
			return onBlocks(repeated(n, func(int) slack.Block { return slack.NewDividerBlock() })...)
		}},
		"size":    {12000 - 103, func(n int) []string { return onBlocks(block(answer(long(n)))) }},
		"section": {3000, func(n int) []string { return onBlocks(slack.NewSectionBlock(plain(long(n)), nil, nil)) }},
		"header":  {150, func(n int) []string { return onBlocks(slack.NewHeaderBlock(plain(long(n)))) }},
		"context": {10, func(n int) []string {
			return onBlocks(slack.NewContextBlock("", repeated(n, func(int) slack.MixedElement { return plain("a") })...))
		}},
		"small text": {3000, func(n int) []string { return onBlocks(slack.NewContextBlock("", plain(long(n)))) }},
		"actions":    {25, func(n int) []string { return onBlocks(slack.NewActionBlock("", repeated(n, button)...)) }},
		"opinions":   {5, func(n int) []string { return onBlocks(slack.NewContextActionsBlock("", repeated(n, button)...)) }},
		"button": {75, func(n int) []string {
			return onBlocks(slack.NewActionBlock("", slack.NewButtonBlockElement("a", "v", plain(long(n)))))
		}},
		"value": {2000, func(n int) []string {
			return onBlocks(slack.NewActionBlock("", slack.NewButtonBlockElement("a", long(n), plain("a"))))
		}},
		"action_id": {255, func(n int) []string {
			return onBlocks(slack.NewActionBlock("", slack.NewButtonBlockElement(long(n), "v", plain("a"))))
		}},
		"block_id": {255, func(n int) []string { return onBlocks(slack.NewActionBlock(long(n), button(0))) }},
		"feedback": {75, func(n int) []string {
			return onBlocks(slack.NewContextActionsBlock("", slack.NewFeedbackButtonsBlockElement("a", slack.NewFeedbackButton(plain("Yes"), "v"), slack.NewFeedbackButton(plain(long(n)), "w"))))
		}},
		"label": {2000, func(n int) []string { return input(long(n), textInput(100, "a")) }},
		"typed before": {100, func(n int) []string {
			return input("a", &slack.PlainTextInputBlockElement{Type: slack.METPlainTextInput, ActionID: "a", MaxLength: 100, InitialValue: long(n)})
		}},
		"typed":       {3000, func(n int) []string { return input("a", textInput(n, "a")) }},
		"placeholder": {150, func(n int) []string { return input("a", textInput(100, long(n))) }},
		"option": {75, func(n int) []string {
			return input("a", slack.NewCheckboxGroupsBlockElement("a", option("v", long(n))))
		}},
		"option value": {150, func(n int) []string {
			return input("a", slack.NewCheckboxGroupsBlockElement("a", option(long(n), "a")))
		}},
		"checkboxes": {10, func(n int) []string {
			return input("a", slack.NewCheckboxGroupsBlockElement("a", repeated(n, func(int) *slack.OptionBlockObject { return option("v", "a") })...))
		}},
		"menu": {100, func(n int) []string {
			return input("a", slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "a", repeated(n, func(int) *slack.OptionBlockObject { return option("v", "a") })...))
		}},
		"title":       {24, func(n int) []string { return modalOf(long(n), "", "c", 1) }},
		"metadata":    {3000, func(n int) []string { return modalOf("a", long(n), "c", 1) }},
		"callback":    {255, func(n int) []string { return modalOf("a", "", long(n), 1) }},
		"view blocks": {100, func(n int) []string { return modalOf("a", "", "c", n) }},
	} {
		if problems := c.check(c.last); len(problems) > 0 {
			t.Errorf("%s: %d is too much: %q", name, c.last, problems)
		}
		if problems := c.check(c.last + 1); len(problems) != 1 {
			t.Errorf("%s: with %d, the problems are %q", name, c.last+1, problems)
		}
	}
}

// Each thing that Slack refuses, or that could act, is reported.
func TestCheckRefuses(t *testing.T) {
	live := slack.NewRichTextSection(slack.NewRichTextSectionUserElement("U1", nil))
	for name, list := range map[string][]slack.Block{
		"nothing":          nil,
		"empty text":       {slack.NewSectionBlock(plain(""), nil, nil)},
		"no text":          {slack.NewSectionBlock(nil, nil, nil)},
		"mrkdwn":           {slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "a", false, true), nil, nil)},
		"emoji":            {slack.NewSectionBlock(slack.NewTextBlockObject(slack.PlainTextType, "a", true, false), nil, nil)},
		"mrkdwn context":   {slack.NewContextBlock("", slack.NewTextBlockObject(slack.MarkdownType, "a", false, true))},
		"image":            {slack.NewContextBlock("", slack.NewImageBlockElement("https://a.example", "a"))},
		"fields":           {slack.NewSectionBlock(plain("a"), []*slack.TextBlockObject{plain("b")}, nil)},
		"overflow":         {slack.NewSectionBlock(plain("a"), nil, slack.NewAccessory(slack.NewOverflowBlockElement("a", option("v", "a"))))},
		"markdown":         {slack.NewMarkdownBlock("", "**a**")},
		"mention":          {slack.NewRichTextBlock("", live)},
		"mention inside":   {slack.NewRichTextBlock("", slack.NewRichTextList(slack.RTEListBullet, 0, live))},
		"quote":            {slack.NewRichTextBlock("", &slack.RichTextQuote{Type: slack.RTEQuote})},
		"empty rich":       {slack.NewRichTextBlock("")},
		"empty section":    {slack.NewRichTextBlock("", slack.NewRichTextSection())},
		"empty words":      {slack.NewRichTextBlock("", slack.NewRichTextSection(text("")))},
		"one action twice": {slack.NewActionBlock("", button(0)), slack.NewActionBlock("", button(0))},
		"one block twice":  {slack.NewActionBlock("b", button(0)), slack.NewActionBlock("b", button(1))},
		"a link":           {slack.NewActionBlock("", slack.NewButtonBlockElement("a", "v", plain("a")).WithURL("https://a.example"))},
		"a picker":         {slack.NewActionBlock("", slack.NewDatePickerBlockElement("a"))},
	} {
		if problems := onBlocks(list...); len(problems) == 0 {
			t.Errorf("%s is let through", name)
		}
	}
	if problems := check(message{"", []slack.Block{slack.NewDividerBlock()}}); len(problems) != 1 {
		t.Errorf("no text: %q", problems)
	}
}

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
