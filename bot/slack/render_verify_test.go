package slack

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/bot/compose"
	"parley/bot/slack/slacktest"
)

// local is a Slack to post to. It refuses what breaks a limit of Slack's, or is more than plain text, and then the test fails.
type local struct {
	*slacktest.Server
	api *slack.Client
}

func newLocal(t *testing.T) local {
	s := slacktest.New(t, func(c *slacktest.Config) { c.Plain = true })
	return local{s, slack.New(slacktest.BotToken, slack.OptionAPIURL(s.URL()))}
}

func (l local) post(t *testing.T, m message) {
	t.Helper()
	if _, _, err := l.api.PostMessageContext(t.Context(), "C1", m.content()); err != nil {
		t.Errorf("post %.500q: %v", m.Text, err)
	}
}

func (l local) publish(t *testing.T, v slack.HomeTabViewRequest) {
	t.Helper()
	if _, err := l.api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: "U1", View: v}); err != nil {
		t.Errorf("publish: %v", err)
	}
}

// open opens a modal, by the trigger of a command that nobody takes.
func (l local) open(t *testing.T, v slack.ModalViewRequest) {
	t.Helper()
	var command struct {
		Trigger string `json:"trigger_id"`
	}
	if err := json.Unmarshal(l.Command("C1", "U1", "").Payload, &command); err != nil {
		t.Fatal(err)
	}
	if _, err := l.api.OpenViewContext(t.Context(), command.Trigger, v); err != nil {
		t.Errorf("open %s: %v", v.CallbackID, err)
	}
}

// verify posts messages, holds them against what holds for every reply, and returns what they show: by their texts, and by their blocks.
func verify(t *testing.T, to local, r bot.Reply, messages []message) (texts, shown []string) {
	t.Helper()
	for i, m := range messages {
		to.post(t, m)
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
func missing(t *testing.T, what string, list []string, part compose.Part) []string {
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
		case *slack.SelectBlockElement:
			for _, o := range e.Options {
				ids = append(ids, o.Value)
			}
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
