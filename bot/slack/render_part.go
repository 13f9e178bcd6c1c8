package slack

import (
	"github.com/slack-go/slack"

	"parley/bot/compose"
)

// Every text of a reply is data, and shows as it stands. So no block here has a mrkdwn object, in which <!channel>, *bold* or a URL
// would act. The body is rich_text with text elements alone: mentions, links, emoji and formatting are elements of
// other types or styles there, never characters, so there is nothing to escape and nothing to get wrong
// (docs.slack.dev/reference/block-kit/blocks/rich-text-block). Small print is plain_text in a context block, since that cannot hold
// rich_text; plain_text is not formatted either, and emoji is off so that :smile: stays
// (docs.slack.dev/reference/block-kit/composition-objects/text-object).

// blocks are the parts of one message, each as one block.
func blocks(page []compose.Part) []slack.Block {
	list := make([]slack.Block, len(page))
	for i, p := range page {
		list[i] = block(p)
	}
	return list
}

func block(p compose.Part) slack.Block {
	switch {
	case p.Role.SmallPrint():
		return slack.NewContextBlock("", plain(p.String()))
	case p.Role == compose.RolePlain:
		return slack.NewRichTextBlock("", &slack.RichTextPreformatted{
			Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{text(p.String())},
		})
	default:
		return slack.NewRichTextBlock("", paragraphs(p)...)
	}
}

// paragraphs are heading, text and items of a part, one below the other.
func paragraphs(p compose.Part) []slack.RichTextElement {
	var list []slack.RichTextElement
	if p.Heading != "" {
		list = append(list, slack.NewRichTextSection(bold(p.Heading)))
	}
	if p.Text != "" && p.Role.Leads() {
		list = append(list, slack.NewRichTextSection(bold(p.Text)))
	} else if p.Text != "" {
		list = append(list, slack.NewRichTextSection(marked(p)...))
	}
	var bullets *slack.RichTextList
	for _, it := range p.Items {
		if it.Numbered() { // Slack would number lists anew in each message
			list, bullets = append(list, slack.NewRichTextSection(text(it.String()))), nil
			continue
		}
		if bullets == nil {
			bullets = slack.NewRichTextList(slack.RTEListBullet, 0)
			list = append(list, bullets)
		}
		bullets.Elements = append(bullets.Elements, bullet(it))
	}
	return list
}

// marked is the text of a part, with what stands out in bold.
func marked(p compose.Part) []slack.RichTextSectionElement {
	before, mark, after := p.Around()
	var elements []slack.RichTextSectionElement
	for _, s := range []string{before, mark, after} {
		switch {
		case s == "":
		case s == mark:
			elements = append(elements, bold(s))
		default:
			elements = append(elements, text(s))
		}
	}
	return elements
}

// bullet is an item of a list, its label standing out from its text.
func bullet(it compose.Item) slack.RichTextElement {
	var elements []slack.RichTextSectionElement
	if it.Label != "" {
		elements = append(elements, bold(it.Label+": "))
	}
	if it.Text != "" {
		elements = append(elements, text(it.Text))
	}
	return slack.NewRichTextSection(elements...)
}

func text(s string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(s, nil)
}

func bold(s string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(s, &slack.RichTextSectionTextStyle{Bold: true})
}

// plain is a text that is shown as it stands.
func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}
