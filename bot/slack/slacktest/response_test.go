package slacktest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"parley/bot/slack/slacktest"
)

// responseURL reads it out of what the app is told.
func responseURL(t *testing.T, d *slacktest.Delivery) string {
	t.Helper()
	var p struct {
		URL string `json:"response_url"`
	}
	if err := json.Unmarshal(d.Payload, &p); err != nil || p.URL == "" {
		t.Fatalf("there is no response URL in %s: %v", d.Payload, err)
	}
	return p.URL
}

// say says something to a response URL; it returns the error, "" if there is none.
func say(t *testing.T, url, body string) string {
	t.Helper()
	got, err := post(url, "application/json", body, "")
	switch {
	case err != nil:
		t.Fatal(err)
	case got["text"] == "ok":
		return ""
	case got["status"] == 200:
		t.Errorf("an error came with status 200: %v", got)
	}
	return got["error"].(string)
}

func TestResponseURLUses(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	s := slacktest.New(t, func(c *slacktest.Config) { c.Now = func() time.Time { return now } })
	s.AddChannel(slacktest.Channel{ID: "C2", Outside: true})
	url := responseURL(t, s.Command("C2", "U1", "x"))
	now = now.Add(30 * time.Minute)
	for _, body := range []string{`{"text":"1"}`, `{"text":"2","response_type":"in_channel"}`, `{"text":"3","response_type":"ephemeral"}`} {
		if code := say(t, url, body); code != "" {
			t.Errorf("%s: %s", body, code)
		}
	}
	for body, want := range map[string]string{`{"text":"4","response_type":"loud"}`: "invalid_response_type", `{"text":"5","blocks":[{"type":"x"}]}`: "invalid_blocks"} {
		if code := say(t, url, body); code != want {
			t.Errorf("%s: %s, want %s", body, code, want)
		}
	}
	if code := say(t, url, `{"text":"6"}`); code != "used_url" {
		t.Errorf("the sixth use: %q", code)
	}
	late := responseURL(t, s.Command("C1", "U1", "x"))
	now = now.Add(30*time.Minute + time.Millisecond)
	if code := say(t, late, `{"text":"x"}`); code != "expired_url" {
		t.Errorf("after more than 30 min: %q", code)
	}
	if code := say(t, url[:len(url)-3], `{"text":"x"}`); code != "no_such_url" {
		t.Errorf("a wrong URL: %q", code)
	}
	if got := s.Ephemerals("C2", "U1"); len(got) != 2 || len(s.Messages("C2")) != 1 || s.Messages("C2")[0].Text != "2" {
		t.Errorf("there are %+v and %+v", got, s.Messages("C2"))
	}
}

func TestResponseURLOriginal(t *testing.T) {
	s := slacktest.New(t)
	const button = `[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"A"}}]}]`
	works(t, call(t, s, "chat.postEphemeral", "channel", "C1", "user", "U1", "text", "x", "blocks", button))
	works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "blocks", button))
	hidden, open := s.Ephemerals("C1", "U1")[0], s.Messages("C1")[0]
	for _, m := range []slacktest.Message{hidden, open} {
		c, _ := m.Control("a")
		click := s.Click("U1", m, c)
		if ephemeral := strings.Contains(string(click.Payload), `"is_ephemeral":true`); ephemeral != (m.To != "") || ephemeral == strings.Contains(string(click.Payload), `"message":{`) {
			t.Errorf("the click on %+v is %s", m, click.Payload)
		}
		url := responseURL(t, click)
		if code := say(t, url, `{"replace_original":true,"text":"y"}`); code != "" {
			t.Error(code)
		}
		if code := say(t, url, `{"text":"beside"}`); code != "" {
			t.Error(code)
		}
	}
	if h, o := s.Ephemerals("C1", "U1")[0], s.Messages("C1")[0]; h.Text != "y" || o.Text != "y" || h.TS != hidden.TS || o.TS != open.TS || o.Edits != 1 {
		t.Errorf("replaced became %+v and %+v", h, o)
	}
	c, _ := open.Control("a")
	url := responseURL(t, s.Click("U1", open, c))
	if code := say(t, url, `{"delete_original":true}`); code != "" || len(s.Messages("C1")) != 0 {
		t.Errorf("after the deletion (%s) there are %+v", code, s.Messages("C1"))
	}
	if code := say(t, url, `{"delete_original":true}`); code != "message_not_found" {
		t.Errorf("a second deletion: %s", code)
	}
	if got := s.Ephemerals("C1", "U1"); len(got) != 3 {
		t.Errorf("ephemeral are %+v", got)
	}
	shortcut := s.Shortcut("check", "U1", s.Say("C1", "U1", "It reopens in May", "").Message)
	if code := say(t, responseURL(t, shortcut), `{"text":"It does"}`); code != "" || !strings.Contains(string(shortcut.Payload), "It reopens in May") {
		t.Errorf("%s: %s", code, shortcut.Payload)
	}
}
