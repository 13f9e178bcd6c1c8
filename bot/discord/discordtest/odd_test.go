package discordtest_test

import (
	"testing"

	"parley/bot/discord/discordtest"
)

// Odd events arrive as they are, and the connection lives on.
func TestOddEvents(t *testing.T) {
	s := discordtest.New(t)
	w := dial(t, s, "")
	w.ready()
	for _, o := range discordtest.OddEvents() {
		s.Event(o.Type, o.Payload)
		if e := w.next(); e.T != o.Type || string(e.D) != o.Payload {
			t.Errorf("%s: got %+v", o.Name, e)
		}
	}
	if len(s.Conns()) != 1 {
		t.Error("the connection is gone")
	}
}

// A message's text is what people read, with previews and without; its controls are found by label and custom_id.
func TestMessage(t *testing.T) {
	s := discordtest.New(t)
	body := `{"content":"a","embeds":[{"title":"b","fields":[{"name":"c","value":"d"}]}],"components":[{"type":1,"components":[` +
		`{"type":3,"custom_id":"e","placeholder":"Choose","options":[{"label":"F","value":"f"}]}]}],` + mentions
	if got := status(t, s, "POST", messagesPath(), body); got != 200 {
		t.Fatalf("answered with %d", got)
	}
	m := s.Messages(discordtest.Channel)[0]
	if m.Text(true) != "a\nb\nc\nd" || m.Text(false) != "a" {
		t.Errorf("the text is %q and %q", m.Text(true), m.Text(false))
	}
	c, ok := m.Control("Choose")
	if !ok || c.CustomID != "e" || len(c.Options) != 1 || c.Options[0].Value != "f" {
		t.Errorf("the control is %+v", c)
	}
}
