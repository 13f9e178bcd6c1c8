package slack

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"parley/answers"
)

// What people and feeds post, in each shape that Slack has for it, is read alike by "Check this claim".
func TestReadsPosts(t *testing.T) {
	const want = "The harbour has reopened."
	for name, message := range map[string]string{
		"text":                    `{"text":"The harbour has reopened."}`,
		"emoji and a link":        `{"text":":anchor: The harbour has reopened. <https://example.com/harbour>"}`,
		"a linked headline":       `{"text":"<https://example.com/harbour|The harbour has reopened.>"}`,
		"bold":                    `{"text":"*The harbour has reopened.*"}`,
		"a section":               `{"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"The harbour has *reopened*."}}]}`,
		"a header and an image":   `{"blocks":[{"type":"header","text":{"type":"plain_text","text":"The harbour has reopened."}},{"type":"image","image_url":"https://example.com/a.png","alt_text":"a picture"}]}`,
		"rich text":               `{"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"emoji","name":"anchor"},{"type":"text","text":"The harbour "},{"type":"text","text":"has reopened.","style":{"bold":true}},{"type":"link","url":"https://example.com/harbour"}]}]}]}`,
		"markdown":                `{"blocks":[{"type":"markdown","text":"**The harbour has reopened.**"}]}`,
		"fields and a button":     `{"blocks":[{"type":"section","fields":[{"type":"mrkdwn","text":"The harbour has reopened."}],"accessory":{"type":"button","action_id":"b","text":{"type":"plain_text","text":"Open"}}},{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"Read on"}}]}]}`,
		"text, and as blocks":     `{"text":"The harbour has reopened.","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"The harbour has reopened."}}]}`,
		"an attachment":           `{"attachments":[{"fallback":"Wire: harbour","text":"The harbour has reopened."}]}`,
		"a fallback alone":        `{"attachments":[{"fallback":"The harbour has reopened."}]}`,
		"title as text":           `{"attachments":[{"title":"The harbour has reopened.","title_link":"https://example.com/harbour","text":"The harbour has reopened."}]}`,
		"blocks of an attachment": `{"attachments":[{"color":"#ccc","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"The harbour has reopened."}}]}]}`,
		"a shared message":        `{"text":"","attachments":[{"is_share":true,"is_msg_unfurl":true,"author_name":"Ada","from_url":"https://w.slack.com/archives/C1/p1","fallback":"[1 Jan] Ada: The harbour has reopened.","text":"The harbour has reopened.","footer":"Posted in #port"}]}`,
	} {
		var i slack.InteractionCallback
		payload := `{"type":"message_action","callback_id":"check","team":{"id":"T1"},"channel":{"id":"C1"},"user":{"id":"U1"},"trigger_id":"1.2","response_url":"https://hooks.example.com/x","message":` + message + `}`
		if err := json.Unmarshal([]byte(payload), &i); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if e := fromInteraction(i, time.Now()).event; e.Text != want || e.Want != answers.IntentCheck {
			t.Errorf("%s is read as %q (%s)", name, e.Text, e.Want)
		}
	}
}

// A mention takes what is typed; of what is attached, a message that is shared.
func TestReadsMentions(t *testing.T) {
	for _, c := range []struct{ event, text, want, under string }{
		{`"text":"<@B> :anchor: Has the harbour reopened? <https://example.com>"`, "Has the harbour reopened?", "", ""},
		{`"text":"<@B> Has the harbour reopened?","attachments":[{"from_url":"https://example.com","title":"Weather","text":"Rain."}]`, "Has the harbour reopened?", "", ""},
		{`"text":"<@B> is this true?","attachments":[{"is_share":true,"is_msg_unfurl":true,"from_url":"https://w.slack.com/archives/C1/p1","text":"The harbour has reopened."}]`, "The harbour has reopened.", "check", ""},
		{`"text":"<@B> is this true?","thread_ts":"1.0"`, "is this true?", "", "1.0"},
		{`"text":"<@B> <http://example.com|example.com>"`, "", "", ""},
	} {
		var inner slackevents.AppMentionEvent
		if err := json.Unmarshal([]byte(`{"type":"app_mention","user":"U1","ts":"2.0","channel":"C1",`+c.event+`}`), &inner); err != nil {
			t.Fatal(err)
		}
		e := fromEvent(slackevents.EventsAPIEvent{TeamID: "T1", InnerEvent: slackevents.EventsAPIInnerEvent{Data: &inner}}, identity{user: "B"}).event
		if e.Text != c.text || string(e.Want) != c.want || string(e.Under) != c.under {
			t.Errorf("%s is read as %q (%s), under %q", c.event, e.Text, e.Want, e.Under)
		}
	}
}
