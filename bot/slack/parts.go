package slack

import (
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"
)

// parts lists the texts of a message: the text typed, that of its blocks, and of what is attached, shared or unfurled. Many posts of feeds have
// blocks or attachments alone (docs.slack.dev/messaging, "Composing messages").
func parts(m slack.Msg) []string {
	out := append([]string{typed(m.Text, "")}, wordsOf(m.Blocks)...)
	for _, a := range m.Attachments {
		out = append(out, attached(a)...)
	}
	return out
}

// attached lists the texts of one attachment. Its fallback is what clients show that cannot show the rest.
func attached(a slack.Attachment) []string {
	out := []string{typed(a.Pretext, ""), typed(a.Title, ""), typed(a.Text, "")}
	for _, f := range a.Fields {
		out = append(out, typed(f.Title+": "+f.Value, ""))
	}
	out = append(out, wordsOf(a.Blocks)...)
	if strings.TrimSpace(strings.Join(out, "")) == "" {
		return []string{typed(a.Fallback, "")}
	}
	return out
}

// wordsOf lists the texts of blocks by what they have in common as JSON, so that blocks are read which are newer than the library.
func wordsOf(blocks slack.Blocks) []string {
	raw, err := json.Marshal(blocks)
	var all any
	if err != nil || json.Unmarshal(raw, &all) != nil {
		return nil
	}
	return texts(all)
}

// texts lists the texts in a block, an element or a list of them, but for what can be pressed. Inline elements make up one text.
func texts(v any) (out []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, texts(e)...)
		}
	case map[string]any:
		kind, _ := v["type"].(string)
		switch kind {
		case "button", "actions", "context_actions", "image", "input":
			return nil
		case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
			return []string{inline(v["elements"])}
		}
		if text, ok := v["text"].(string); ok {
			return []string{typed(text, "")}
		}
		for _, key := range []string{"title", "subtitle", "text", "body", "fields", "elements", "blocks", "rows", "child_blocks"} {
			out = append(out, texts(v[key])...)
		}
	}
	return out
}

// inline joins the elements of a line of rich text: words, and the labels of links.
func inline(v any) string {
	var b strings.Builder
	elements, _ := v.([]any)
	for _, e := range elements {
		e, _ := e.(map[string]any)
		text, _ := e["text"].(string)
		if url, _ := e["url"].(string); url != "" && text == "" {
			text = url // reading takes it off and says so
		}
		if text == "" {
			text = " " // an emoji or a mention
		}
		b.WriteString(text)
	}
	return strings.TrimSpace(b.String())
}
