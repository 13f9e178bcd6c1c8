package slacktest_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/bot/slack/slacktest"
)

// silent is a test that keeps what would fail it.
type silent struct {
	testing.TB
	said []string
}

// Errorf implements testing.TB.
func (s *silent) Errorf(format string, a ...any) { s.said = append(s.said, fmt.Sprintf(format, a...)) }

// plainServer is a server for a plain app, and a probe that tells how often its test failed.
func plainServer(t *testing.T) (*slacktest.Server, *silent) {
	probe := &silent{TB: t}
	return slacktest.New(probe, func(c *slacktest.Config) { c.Plain = true }), probe
}

const (
	plainLabel  = `{"type":"plain_text","emoji":false,"text":"x"}`
	plainButton = `{"type":"button","action_id":"a","value":"v","text":` + plainLabel + `}`
	richText    = `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}`
)

// What a plain app must not send is refused, and fails the test.
func TestPlainRefuses(t *testing.T) {
	s, probe := plainServer(t)
	rich := func(elements string) string { return `{"type":"rich_text","elements":[` + elements + `]}` }
	section := func(elements string) string {
		return rich(`{"type":"rich_text_section","elements":[` + elements + `]}`)
	}
	actions := func(element string) string { return `{"type":"actions","elements":[` + element + `]}` }
	for name, c := range map[string]struct{ block, why string }{
		"mrkdwn":         {`{"type":"section","text":{"type":"mrkdwn","text":"x"}}`, "mrkdwn"},
		"emoji":          {`{"type":"section","text":{"type":"plain_text","emoji":true,"text":"x"}}`, "emoji"},
		"emoji unsaid":   {`{"type":"section","text":{"type":"plain_text","text":"x"}}`, "emoji"},
		"fields":         {`{"type":"section","fields":[` + plainLabel + `]}`, "fields"},
		"mrkdwn context": {`{"type":"context","elements":[{"type":"mrkdwn","text":"x"}]}`, "mrkdwn"},
		"image":          {`{"type":"context","elements":[{"type":"image","alt_text":"x","image_url":"https://a.example"}]}`, "image"},
		"accessory": {`{"type":"section","text":` + plainLabel + `,"accessory":{"type":"static_select","action_id":"a","options":[{"value":"v","text":` + plainLabel + `}]}}`,
			"not a button"},
		"markdown":                 {`{"type":"markdown","text":"**a**"}`, "markdown"},
		"mention":                  {section(`{"type":"user","user_id":"U1"}`), "user"},
		"link":                     {section(`{"type":"link","url":"https://a.example"}`), "link"},
		"mention inside":           {rich(`{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U1"}]}]}`), "user"},
		"quote":                    {rich(`{"type":"rich_text_quote","elements":[{"type":"text","text":"x"}]}`), "rich_text_quote"},
		"empty rich":               {rich(""), "more than 0"},
		"empty section":            {section(""), "more than 0"},
		"empty words":              {section(`{"type":"text","text":""}`), "more than 0"},
		"a link":                   {actions(strings.Replace(plainButton, `"value"`, `"url":"https://a.example","value"`, 1)), "url"},
		"no value":                 {actions(strings.Replace(plainButton, `"value":"v",`, "", 1)), "value"},
		"no action_id":             {actions(strings.Replace(plainButton, `"action_id":"a",`, "", 1)), "action_id"},
		"a picker":                 {actions(`{"type":"datepicker","action_id":"a"}`), "datepicker"},
		"one action in two blocks": {actions(plainButton) + "," + actions(plainButton), "already exists"},
		"no feedback value": {`{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"a","positive_button":{"text":` + plainLabel +
			`,"value":"v"},"negative_button":{"text":` + plainLabel + `}}]}`, "negative_button/value"},
	} {
		before := len(probe.said)
		got := call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "blocks", "["+c.block+"]")
		fails(t, got, "invalid_blocks")
		if !strings.Contains(fmt.Sprint(got["errors"]), c.why) || len(probe.said) != before+1 {
			t.Errorf("%s: %v does not say %q, or does not fail the test: %q", name, got["errors"], c.why, probe.said[before:])
		}
	}
	before := len(probe.said)
	fails(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x"), "no_blocks")
	fails(t, call(t, s, "chat.postMessage", "channel", "C1", "blocks", "["+richText+"]"), "msg_too_long")
	fails(t, call(t, s, "views.open", "trigger_id", trigger(t, s), "view", modal("A", "[]")), "invalid_arguments") // a title with emoji
	fails(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "blocks", `[{"type":"sectoin"}]`), "invalid_blocks")
	if len(probe.said) != before+4 {
		t.Errorf("the test failed with %q", probe.said[before:])
	}
}

// What a plain app may send passes, and its limits hold at their last value.
func TestPlainLimits(t *testing.T) {
	s, probe := plainServer(t)
	post := func(text, blocks string) object {
		return call(t, s, "chat.postMessage", "channel", "C1", "text", text, "blocks", "["+blocks+"]")
	}
	sized := func(n int) string { // blocks of n characters as JSON, with an ampersand that counts once
		frame := len("[" + richText + "]")
		return strings.Replace(richText, `"text":"x"`, `"text":"`+strings.Repeat("é", n-frame)+`&"`, 1)
	}
	works(t, post("x", `{"type":"header","text":`+plainLabel+`},`+richText+`,{"type":"actions","elements":[`+plainButton+`]}`))
	works(t, post(strings.Repeat("é", 4000), richText))
	works(t, post("x", sized(12_000)))
	if len(probe.said) > 0 {
		t.Fatalf("what is allowed failed: %q", probe.said)
	}
	fails(t, post(strings.Repeat("é", 4001), richText), "msg_too_long")
	fails(t, post("x", sized(12_001)), "invalid_blocks")
	if len(probe.said) != 2 {
		t.Errorf("the test failed with %q", probe.said)
	}
}
