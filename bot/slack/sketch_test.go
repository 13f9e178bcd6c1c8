package slack_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"parley/bot/slack/slacktest"
)

// fields sketches the fields of a form with what stands in them.
func fields(t *testing.T, v slacktest.View) string {
	t.Helper()
	var blocks []struct {
		Label    struct{ Text string }
		Optional bool
		Element  struct {
			Value string `json:"initial_value"`
		}
	}
	if err := json.Unmarshal(v.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "A form, %q:\n", v.Title)
	for _, b := range blocks {
		optional := ""
		if b.Optional {
			optional = " (optional)"
		}
		fmt.Fprintf(&out, "| %s%s: [%s]\n", b.Label.Text, optional, b.Element.Value)
	}
	fmt.Fprintf(&out, "| [%s]\n\n", v.Submit)
	return out.String()
}

// sketch draws blocks as lines: *bold*, bullets, small print in parentheses, buttons in brackets.
func sketch(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	type element struct {
		Type      string
		Text      json.RawMessage // a string in rich text, an object elsewhere
		Style     json.RawMessage // an object in rich text, a word elsewhere
		Elements  []element
		Accessory *element
		Options   []element
		Positive  struct{ Text struct{ Text string } } `json:"positive_button"`
		Negative  struct{ Text struct{ Text string } } `json:"negative_button"`
	}
	word := func(e element) string {
		var plain string
		if json.Unmarshal(e.Text, &plain) == nil {
			if strings.Contains(string(e.Style), `"bold":true`) {
				return "*" + strings.TrimSpace(plain) + "*" + plain[len(strings.TrimRight(plain, " ")):]
			}
			return plain
		}
		var object struct{ Text string }
		if err := json.Unmarshal(e.Text, &object); err != nil {
			t.Fatalf("the text %s: %v", e.Text, err)
		}
		return object.Text
	}
	words := func(list []element) string {
		var all strings.Builder
		for _, e := range list {
			all.WriteString(word(e))
		}
		return all.String()
	}
	var blocks []element
	if err := json.Unmarshal(raw, &blocks); err != nil {
		t.Fatalf("the blocks %s: %v", raw, err)
	}
	var lines []string
	for _, b := range blocks {
		switch b.Type {
		case "rich_text":
			for _, e := range b.Elements {
				if e.Type != "rich_text_list" {
					lines = append(lines, words(e.Elements))
					continue
				}
				for _, item := range e.Elements {
					lines = append(lines, "• "+words(item.Elements))
				}
			}
		case "header":
			lines = append(lines, "", "# "+word(b))
		case "section":
			lines = append(lines, word(b)+" ["+word(*b.Accessory)+"]")
		case "context":
			lines = append(lines, "("+words(b.Elements)+")")
		default:
			var buttons []string
			for _, e := range b.Elements {
				switch {
				case len(e.Options) > 0:
					for _, o := range e.Options {
						buttons = append(buttons, "("+word(o)+")")
					}
				case e.Type == "feedback_buttons":
					buttons = append(buttons, "["+e.Positive.Text.Text+"]", "["+e.Negative.Text.Text+"]")
				default:
					buttons = append(buttons, "["+word(e)+"]")
				}
			}
			lines = append(lines, strings.Join(buttons, " "))
		}
	}
	return "| " + strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\n| ") + "\n"
}
