package slacktest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"parley/bot/slack/slacktest"
)

// Each limit of Block Kit is met at its edge, by é's, which are two bytes each, and one beyond it.
func TestBlockLimits(t *testing.T) {
	s := slacktest.New(t)
	e := func(n int) string { return strings.Repeat("é", n) }
	text := func(n int) object { return object{"type": "mrkdwn", "text": e(n)} }
	plain := func(n int) object { return object{"type": "plain_text", "text": e(n)} }
	block := func(kind string, more object) object {
		b := object{"type": kind}
		for name, value := range more {
			b[name] = value
		}
		return b
	}
	many := func(n int, one any) []any {
		var all []any
		for range n {
			all = append(all, one)
		}
		return all
	}
	buttons := func(n int, more object) []any {
		var all []any
		for i := range n {
			b := block("button", object{"text": plain(3), "action_id": fmt.Sprint(i)})
			for name, value := range more {
				b[name] = value
			}
			all = append(all, b)
		}
		return all
	}
	options := func(n, length int) []any {
		return many(n, object{"text": plain(length), "value": "v"})
	}
	actions := func(elements ...any) []any { return []any{block("actions", object{"elements": elements})} }
	feedback := func(label, value int) object {
		b := object{"text": plain(label), "value": e(value)}
		return block("feedback_buttons", object{"positive_button": b, "negative_button": b})
	}
	for _, c := range []struct {
		name string
		most int
		make func(n int) []any // blocks of which n of something are the most
	}{
		{"blocks", 50, func(n int) []any { return many(n, block("divider", nil)) }},
		{"section text", 3000, func(n int) []any { return []any{block("section", object{"text": text(n)})} }},
		{"fields", 10, func(n int) []any { return []any{block("section", object{"fields": many(n, text(1))})} }},
		{"field", 2000, func(n int) []any { return []any{block("section", object{"fields": many(1, text(n))})} }},
		{"header", 150, func(n int) []any { return []any{block("header", object{"text": plain(n)})} }},
		{"context", 10, func(n int) []any { return []any{block("context", object{"elements": many(n, text(1))})} }},
		{"actions", 25, func(n int) []any { return actions(buttons(n, nil)...) }},
		{"context actions", 5, func(n int) []any {
			var all []any
			for range n {
				all = append(all, feedback(1, 1))
			}
			return []any{block("context_actions", object{"elements": all})}
		}},
		{"feedback label", 75, func(n int) []any { return []any{block("context_actions", object{"elements": []any{feedback(n, 1)}})} }},
		{"feedback value", 2000, func(n int) []any { return []any{block("context_actions", object{"elements": []any{feedback(1, n)}})} }},
		{"button text", 75, func(n int) []any { return actions(buttons(1, object{"text": plain(n)})...) }},
		{"button value", 2000, func(n int) []any { return actions(buttons(1, object{"value": e(n)})...) }},
		{"button url", 3000, func(n int) []any { return actions(buttons(1, object{"url": e(n)})...) }},
		{"action_id", 255, func(n int) []any { return actions(buttons(1, object{"action_id": e(n)})...) }},
		{"block_id", 255, func(n int) []any { return []any{block("divider", object{"block_id": e(n)})} }},
		{"option text", 75, func(n int) []any { return actions(block("static_select", object{"options": options(1, n)})) }},
		{"options", 100, func(n int) []any { return actions(block("static_select", object{"options": options(n, 1)})) }},
		{"option value", 150, func(n int) []any {
			return actions(block("checkboxes", object{"options": many(1, object{"text": plain(1), "value": e(n)})}))
		}},
		{"option description", 75, func(n int) []any {
			return actions(block("checkboxes", object{"options": many(1, object{"text": plain(1), "value": "v", "description": plain(n)})}))
		}},
		{"checkboxes", 10, func(n int) []any { return actions(block("checkboxes", object{"options": options(n, 1)})) }},
		{"small text", 3000, func(n int) []any { return []any{block("context", object{"elements": many(1, text(n))})} }},
		{"label", 2000, func(n int) []any {
			return []any{block("input", object{"label": plain(n), "element": block("plain_text_input", nil)})}
		}},
		{"hint", 2000, func(n int) []any {
			return []any{block("input", object{"label": plain(1), "hint": plain(n), "element": block("plain_text_input", nil)})}
		}},
		{"placeholder", 150, func(n int) []any {
			return []any{block("input", object{"label": plain(1), "element": block("plain_text_input", object{"placeholder": plain(n)})})}
		}},
		{"overflow", 5, func(n int) []any { return actions(block("overflow", object{"options": options(n, 1)})) }},
		{"accessory", 75, func(n int) []any {
			return []any{block("section", object{"text": text(1), "accessory": buttons(1, object{"text": plain(n)})[0]})}
		}},
		{"markdown", 12_000, func(n int) []any {
			return []any{block("markdown", object{"text": e(n - 1)}), block("markdown", object{"text": "x"})}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for n, want := range map[int]string{c.most: "", c.most + 1: "invalid_blocks"} {
				raw, err := json.Marshal(c.make(n))
				if err != nil {
					t.Fatal(err)
				}
				got := call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "blocks", string(raw))
				if want == "" {
					works(t, got)
					continue
				}
				fails(t, got, want)
				if why, _ := json.Marshal(got["response_metadata"]); !strings.Contains(string(why), "json-pointer:/blocks") {
					t.Errorf("%d: it does not say why: %s", n, why)
				}
			}
		})
	}
}

// All texts of a post together have a limit, which answers to response URLs have not.
func TestBlocksTogether(t *testing.T) {
	s := slacktest.New(t)
	blocks := func(more string) string {
		section := `{"type":"section","text":{"type":"mrkdwn","text":"` + strings.Repeat("é", 3000) + `"}},`
		return "[" + strings.Repeat(section, 4) + `{"type":"divider"}` + more + "]"
	}
	const one = `,{"type":"context","elements":[{"type":"mrkdwn","text":"x"}]}`
	ts := works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "blocks", blocks("")))["ts"].(string)
	fails(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "blocks", blocks(one)), "msg_blocks_too_long")
	fails(t, call(t, s, "chat.update", "channel", "C1", "ts", ts, "text", "x", "blocks", blocks(one)), "msg_blocks_too_long")
	if code := say(t, responseURL(t, s.Command("C1", "U1", "x")), `{"text":"x","blocks":`+blocks(one)+`}`); code != "" {
		t.Errorf("over a response URL: %s", code)
	}
}

// Blocks that are wrong in another way than by length.
func TestWrongBlocks(t *testing.T) {
	s := slacktest.New(t)
	for _, c := range []struct{ blocks, want, why string }{
		{`{`, "invalid_blocks_format", ""},
		{`{"type":"divider"}`, "invalid_blocks_format", ""},
		{`[{"type":"sectoin"}]`, "invalid_blocks", "unsupported type: sectoin"},
		{`[{"type":"alert","text":{"type":"plain_text","text":"x"}}]`, "invalid_blocks", "unsupported type in a message"},
		{`[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]`, "invalid_blocks", "already exists"},
		{`[{"type":"section"}]`, "invalid_blocks", "missing required field: text"},
		{`[{"type":"section","text":{"type":"mrkdwn","text":""}}]`, "invalid_blocks", "more than 0"},
		{`[{"type":"section","text":{"type":"markdown","text":"x"}}]`, "invalid_blocks", "unsupported type"},
		{`[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]`, "invalid_blocks", "unsupported type"},
		{`[{"type":"actions","elements":[]}]`, "invalid_blocks", "1 to 25"},
		{`[{"type":"actions","elements":[{"type":"plain_text_input"}]}]`, "invalid_blocks", "unsupported type"},
		{`[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}},{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}}]}]`,
			"invalid_blocks", "already exists"},
		{`[{"type":"actions","elements":[{"type":"button","style":"loud","text":{"type":"plain_text","text":"x"}}]}]`, "invalid_blocks", "unsupported style"},
		{`[{"type":"context","elements":[{"type":"button"}]}]`, "invalid_blocks", "unsupported type"},
		{`[{"type":"image","image_url":"https://example.com/a.png"}]`, "invalid_blocks", "alt_text"},
		{`[{"type":"input","label":{"type":"plain_text","text":"x"}}]`, "invalid_blocks", "missing required field: element"},
	} {
		got := call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "blocks", c.blocks)
		fails(t, got, c.want)
		if !strings.Contains(fmt.Sprint(got["errors"]), c.why) {
			t.Errorf("%s: %v does not say %q", c.blocks, got["errors"], c.why)
		}
	}
	if len(s.Messages("C1")) != 0 {
		t.Errorf("posted was %+v", s.Messages("C1"))
	}
}

// What people can act on is found in messages, whatever it is.
func TestControls(t *testing.T) {
	s := slacktest.New(t)
	works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "blocks", `[
		{"type":"section","text":{"type":"mrkdwn","text":"x"},"accessory":{"type":"overflow","action_id":"more","options":[
			{"text":{"type":"plain_text","text":"Report"},"value":"r"},{"text":{"type":"plain_text","text":"Copy"},"value":"c"}]}},
		{"type":"actions","elements":[{"type":"button","action_id":"why","value":"w","text":{"type":"plain_text","text":"Why?"}}]},
		{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"useful",
			"positive_button":{"text":{"type":"plain_text","text":"Good"},"value":"+"},"negative_button":{"text":{"type":"plain_text","text":"Bad"},"value":"-"}}]}]`))
	m := s.Messages("C1")[0]
	var found []string
	for _, c := range m.Controls() {
		found = append(found, c.Action+"/"+c.Label+"/"+c.Value)
	}
	if got, want := strings.Join(found, " "), "more/Report/r more/Copy/c why/Why?/w useful/Good/+ useful/Bad/-"; got != want {
		t.Errorf("the controls are %s, want %s", got, want)
	}
	for _, name := range []string{"why", "w", "Why?"} {
		if c, ok := m.Control(name); !ok || c.Action != "why" {
			t.Errorf("%q finds %+v", name, c)
		}
	}
	if _, ok := m.Control("none"); ok {
		t.Error("a control was found that is not there")
	}
	bad, _ := m.Control("Bad")
	copied, _ := m.Control("Copy")
	for want, control := range map[string]slacktest.Control{`"value":"-"`: bad, `"selected_option":{"text":{"text":"Copy"`: copied} {
		if got := string(s.Click("U1", m, control).Payload); !strings.Contains(got, want) {
			t.Errorf("the click is %s, want %s in it", got, want)
		}
	}
}
