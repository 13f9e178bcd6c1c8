package discord

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// What people and feeds post, in each shape that Discord has for it, is read alike by "Check this claim".
func TestReadsPosts(t *testing.T) {
	const want = "The harbour has reopened."
	for name, message := range map[string]string{
		"text":            `{"id":"5","content":"The harbour has reopened."}`,
		"style and emoji": `{"id":"5","content":"**The harbour** has ||reopened||. <:boat:1> :anchor: <https://example.com>"}`,
		"a masked link":   `{"id":"5","content":"[The harbour has reopened.](https://example.com/x)"}`,
		"an embed":        `{"id":"5","webhook_id":"6","content":"","embeds":[{"type":"rich","title":"The harbour has reopened.","description":"The harbour has reopened."}]}`,
		"embed's field":   `{"id":"5","content":"","embeds":[{"type":"rich","title":"The harbour has reopened.","fields":[{"name":"The harbour","value":"has reopened."}]}]}`,
		"a forward":       `{"id":"5","content":"","message_snapshots":[{"message":{"content":"The harbour has reopened."}}]}`,
		"a poll":          `{"id":"5","content":"","poll":{"question":{"text":"The harbour has reopened."},"answers":[]}}`,
	} {
		raw := `{"id":"1","token":"t","type":2,"channel_id":"3","user":{"id":"7"},"data":{"id":"9","name":"` + checkMessage + `","type":3,"target_id":"5","resolved":{"messages":{"5":` + message + `}}}}`
		a := fromInteraction(json.RawMessage(raw), time.Now())
		if name == "embed's field" && a.event.Text == want+"\nThe harbour: has reopened." {
			continue
		}
		if a.event.Text != want {
			t.Errorf("%s is read as %q", name, a.event.Text)
		}
	}
}

// A mention takes what is typed, and knows which message it answers unless Parley wrote that.
func TestReadsMentions(t *testing.T) {
	me := discordgo.User{ID: "B"}
	for _, c := range []struct{ message, text, under, underText string }{
		{`"content":"<@B> [Has the harbour reopened?](https://example.com/x)"`, "Has the harbour reopened?", "", ""},
		{`"content":"<@B> is this true?","type":19,"referenced_message":{"id":"4","author":{"id":"U2"},"content":"The harbour has reopened."}`, "is this true?", "4", "The harbour has reopened."},
		{`"content":"<@B> is this true?","type":19,"referenced_message":{"id":"4","author":{"id":"U2"},"content":""}`, "is this true?", "4", ""},
		{`"content":"<@B> is this true?","type":19,"referenced_message":{"id":"4","author":{"id":"B"},"content":"An answer."}`, "is this true?", "", ""},
	} {
		e := fromMessage(json.RawMessage(`{"id":"5","channel_id":"3","guild_id":"2","author":{"id":"U1"},"mentions":[{"id":"B"}],`+c.message+`}`), me).event
		if e.Text != c.text || string(e.Under) != c.under || e.UnderText != c.underText {
			t.Errorf("%s is read as %q, under %q: %q", c.message, e.Text, e.Under, e.UnderText)
		}
	}
}
