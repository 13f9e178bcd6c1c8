package slack

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"parley/bot"
)

// verify holds messages against what holds for every reply, and returns what they show: by their texts, and by their blocks.
func verify(t *testing.T, r bot.Reply, messages []message) (texts, shown []string) {
	t.Helper()
	for i, m := range messages {
		for _, problem := range check(m) {
			t.Errorf("message %d: %s", i+1, problem)
		}
		if s := raw(m.Text); s != "" {
			t.Errorf("message %d: %q may act in the text", i+1, s)
		}
		texts, shown = append(texts, unescape(m.Text)), append(shown, blockTexts(m.Blocks)...)
		if clicks := values(m.Blocks); i < len(messages)-1 && len(clicks) > 0 {
			t.Errorf("message %d of %d has controls", i+1, len(messages))
		}
	}
	if len(messages) > 0 {
		if got, want := values(messages[len(messages)-1].Blocks), controlIDs(r); !slices.Equal(got, want) {
			t.Errorf("the controls are %q, want %q", got, want)
		}
	}
	return texts, shown
}

// raw are the characters that act in a text: all that Slack would take for the beginning of a mention, a link or an entity.
func raw(text string) string {
	rest := strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(text)
	return strings.Join(regexp.MustCompile(`[&<>]`).FindAllString(rest, -1), "")
}

func unescape(s string) string {
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(s)
}

// missing looks for the words of a part, in order, and returns what comes after them. Pages leave out white space, repeat headings
// and mark items, so what stands between words does not count.
func missing(t *testing.T, what string, list []string, part bot.Part) []string {
	t.Helper()
	rest := strings.Join(list, " ")
	for _, word := range strings.Fields(part.String()) {
		if word == "-" { // a bullet, which blocks draw themselves
			continue
		}
		_, after, found := strings.Cut(rest, word)
		if !found {
			t.Fatalf("%q is missing in the %s before %.200q", word, what, rest)
		}
		rest = after
	}
	return []string{rest}
}

// blockTexts are all texts that blocks show, except those on controls.
func blockTexts(list []slack.Block) []string {
	var texts []string
	for _, b := range list {
		switch b := b.(type) {
		case *slack.RichTextBlock:
			texts = append(texts, richTexts(b.Elements)...)
		case *slack.ContextBlock:
			for _, e := range b.ContextElements.Elements {
				texts = append(texts, e.(*slack.TextBlockObject).Text)
			}
		}
	}
	return texts
}

func richTexts(list []slack.RichTextElement) []string {
	var texts []string
	sections := func(elements []slack.RichTextSectionElement) {
		for _, e := range elements {
			texts = append(texts, e.(*slack.RichTextSectionTextElement).Text)
		}
	}
	for _, e := range list {
		switch e := e.(type) {
		case *slack.RichTextSection:
			sections(e.Elements)
		case *slack.RichTextPreformatted:
			sections(e.Elements)
		case *slack.RichTextList:
			texts = append(texts, richTexts(e.Elements)...)
		}
	}
	return texts
}

// clickable are the elements that can be clicked.
func clickable(list []slack.Block) []slack.BlockElement {
	var elements []slack.BlockElement
	for _, b := range list {
		switch b := b.(type) {
		case *slack.ActionBlock:
			elements = append(elements, b.Elements.ElementSet...)
		case *slack.ContextActionsBlock:
			elements = append(elements, b.Elements.ElementSet...)
		}
	}
	return elements
}

// values are the control ids that clicks give back, sorted.
func values(list []slack.Block) []string {
	var ids []string
	for _, e := range clickable(list) {
		switch e := e.(type) {
		case *slack.ButtonBlockElement:
			ids = append(ids, e.Value)
		case *slack.FeedbackButtonsBlockElement:
			ids = append(ids, e.PositiveButton.Value, e.NegativeButton.Value)
		}
	}
	slices.Sort(ids)
	return ids
}

func controlIDs(r bot.Reply) []string {
	var ids []string
	for _, c := range r.Controls {
		ids = append(ids, c.ID(r.ID))
	}
	slices.Sort(ids)
	return ids
}
