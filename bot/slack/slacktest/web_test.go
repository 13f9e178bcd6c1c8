package slacktest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/bot/slack/slacktest"
)

// object is a JSON object.
type object = map[string]any

// call calls a method with a form, as the bot.
func call(t *testing.T, s *slacktest.Server, method string, args ...string) object {
	t.Helper()
	form := url.Values{"token": {slacktest.BotToken}}
	for i := 0; i+1 < len(args); i += 2 {
		form.Set(args[i], args[i+1])
	}
	got, err := post(s.URL()+method, "application/x-www-form-urlencoded", form.Encode(), "")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// post sends a request and reads the JSON that it is answered with.
func post(target, contentType, body, token string) (object, error) {
	r, err := http.NewRequest(http.MethodPost, target, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", contentType)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	got := object{"status": answer.StatusCode, "retry": answer.Header.Get("Retry-After"), "text": string(text)}
	_ = json.Unmarshal(text, &got) // some answers are plain text
	return got, nil
}

// fails wants an answer to be an error of Slack's.
func fails(t *testing.T, got object, code string) {
	t.Helper()
	if got["ok"] != false || got["error"] != code {
		t.Errorf("got %v, want %s", got, code)
	}
}

// works wants an answer to be none.
func works(t *testing.T, got object) object {
	t.Helper()
	if got["ok"] != true {
		t.Errorf("got %v, want ok", got)
	}
	return got
}

func TestTokensAndBodies(t *testing.T) {
	s := slacktest.New(t)
	const form, asJSON = "application/x-www-form-urlencoded", "application/json; charset=utf-8"
	for _, c := range []struct{ method, contentType, body, token, want string }{
		{"auth.test", form, "", "", "not_authed"},
		{"auth.test", form, "token=xoxb-other", "", "invalid_auth"},
		{"auth.test", form, "token=" + slacktest.AppToken, "", "not_allowed_token_type"},
		{"auth.test", form, "token=" + slacktest.BotToken, "", ""},
		{"auth.test", form, "", slacktest.BotToken, ""},
		{"auth.test", asJSON, "{}", slacktest.BotToken, ""},
		{"auth.test", asJSON, "", slacktest.BotToken, ""},
		{"auth.test", asJSON, "{", slacktest.BotToken, "invalid_json"},
		{"apps.connections.open", form, "", slacktest.BotToken, "not_allowed_token_type"},
		{"apps.connections.open", form, "token=" + slacktest.AppToken, "", "not_authed"}, // the header alone counts
		{"apps.connections.open", form, "", slacktest.AppToken, ""},
		{"chat.shout", form, "", slacktest.BotToken, "unknown_method"},
		{"chat.postMessage", asJSON, `{"channel":"C1","text":"x","unfurl_links":false,"blocks":[{"type":"divider"}]}`, slacktest.BotToken, ""},
		{"chat.postMessage", asJSON, `{"channel":"C1","text":"x","blocks":"[{\"type\":\"divider\"}]"}`, slacktest.BotToken, ""},
	} {
		got, err := post(s.URL()+c.method, c.contentType, c.body, c.token)
		if err != nil || got["status"] != http.StatusOK {
			t.Fatalf("%+v: %v, %v", c, got, err)
		}
		if c.want == "" {
			works(t, got)
		} else {
			fails(t, got, c.want)
		}
	}
	if got := s.Messages("C1"); len(got) != 2 || !strings.Contains(string(got[0].Blocks), "divider") || *got[0].UnfurlLinks || string(got[0].Blocks) != string(got[1].Blocks) {
		t.Errorf("posted was %+v", got)
	}
}

func TestChannels(t *testing.T) {
	s := slacktest.New(t)
	for _, c := range []struct {
		channel slacktest.Channel
		want    string
	}{
		{slacktest.Channel{ID: "C2"}, ""},
		{slacktest.Channel{ID: "C2", Private: true}, ""},
		{slacktest.Channel{ID: "C2", Outside: true}, "not_in_channel"},
		{slacktest.Channel{ID: "C2", Outside: true, Private: true}, "channel_not_found"},
		{slacktest.Channel{ID: "C2", Archived: true}, "is_archived"},
		{slacktest.Channel{ID: "C2", Deleted: true}, "channel_not_found"},
	} {
		s.AddChannel(c.channel)
		got := call(t, s, "chat.postMessage", "channel", "C2", "text", "x")
		if c.want == "" {
			works(t, got)
		} else {
			fails(t, got, c.want)
		}
	}
	fails(t, call(t, s, "chat.postMessage", "channel", "C3", "text", "x"), "channel_not_found")
	fails(t, call(t, s, "chat.postMessage", "channel", "C1"), "no_text")
	fails(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x", "metadata", `{"event_type":"x"}`), "invalid_metadata_format")
	fails(t, call(t, s, "chat.postEphemeral", "channel", "C1", "text", "x", "user", "U9"), "user_not_in_channel")
	dm := works(t, call(t, s, "conversations.open", "users", "U1"))["channel"].(object)["id"].(string)
	works(t, call(t, s, "chat.postMessage", "channel", "U1", "text", "x"))
	if len(s.Messages(dm)) != 1 {
		t.Errorf("in %s are %+v", dm, s.Messages(dm))
	}
	works(t, call(t, s, "chat.postMessage", "channel", dm, "text", strings.Repeat("é", 40_001)))
	if got := s.Messages(dm)[1].Text; got != strings.Repeat("é", 40_000) {
		t.Errorf("a text of 40,001 characters became one of %d bytes", len(got))
	}
	s.AddUser(slacktest.User{ID: "U8", Closed: true})
	fails(t, call(t, s, "conversations.open", "users", "U8"), "user_disabled")
	fails(t, call(t, s, "conversations.open", "users", "U9"), "user_not_found")
	s.AddChannel(slacktest.Channel{ID: "C4"})
	ts := works(t, call(t, s, "chat.postMessage", "channel", "C4", "text", "x"))["ts"].(string)
	s.AddChannel(slacktest.Channel{ID: "C4", Archived: true})
	fails(t, call(t, s, "chat.update", "channel", "C4", "ts", ts, "text", "y"), "is_inactive")
	if info := works(t, call(t, s, "conversations.info", "channel", dm))["channel"].(object); info["is_im"] != true || info["user"] != "U1" {
		t.Errorf("the DM is %v", info)
	}
}

func TestPeopleAndGroups(t *testing.T) {
	s := slacktest.New(t)
	s.AddUser(slacktest.User{ID: "U2", Name: "bob", Admin: true, Groups: []string{"S1"}})
	if u := works(t, call(t, s, "users.info", "user", "U2"))["user"].(object); u["is_admin"] != true || u["name"] != "bob" {
		t.Errorf("U2 is %v", u)
	}
	fails(t, call(t, s, "users.info", "user", "U9"), "user_not_found")
	if g := works(t, call(t, s, "usergroups.list", "include_users", "true"))["usergroups"]; fmt.Sprint(g.([]any)[0].(object)["users"]) != "[U2]" {
		t.Errorf("the groups are %v", g)
	}
	works(t, call(t, s, "usergroups.users.list", "usergroup", "S1"))
	fails(t, call(t, s, "usergroups.users.list", "usergroup", "S2"), "no_such_subteam")
}

func TestHistory(t *testing.T) {
	s := slacktest.New(t)
	var ts []string
	for i := range 5 {
		got := works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", fmt.Sprint(i), "metadata", `{"event_type":"n","event_payload":{"n":1}}`))
		ts = append(ts, got["ts"].(string))
	}
	reply := works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "reply", "thread_ts", ts[1]))["ts"].(string)
	works(t, call(t, s, "chat.postEphemeral", "channel", "C1", "user", "U1", "text", "hidden"))
	texts := func(got object) string {
		var all []string
		for _, m := range works(t, got)["messages"].([]any) {
			all = append(all, m.(object)["text"].(string))
		}
		return strings.Join(all, " ")
	}
	if got := texts(call(t, s, "conversations.history", "channel", "C1")); got != "4 3 2 1 0" {
		t.Errorf("the history is %s", got)
	}
	if got := texts(call(t, s, "conversations.history", "channel", "C1", "oldest", ts[1], "latest", ts[3])); got != "2" {
		t.Errorf("between 1 and 3 is %s", got)
	}
	if got := texts(call(t, s, "conversations.history", "channel", "C1", "oldest", ts[1], "latest", ts[3], "inclusive", "1")); got != "3 2 1" {
		t.Errorf("from 1 to 3 is %s", got)
	}
	first := call(t, s, "conversations.history", "channel", "C1", "limit", "3")
	next := first["response_metadata"].(object)["next_cursor"].(string)
	if got := texts(first) + "|" + texts(call(t, s, "conversations.history", "channel", "C1", "limit", "3", "cursor", next)); got != "4 3 2|1 0" || first["has_more"] != true {
		t.Errorf("the pages are %s", got)
	}
	fails(t, call(t, s, "conversations.history", "channel", "C1", "cursor", "bogus"), "invalid_cursor")
	has := func(args ...string) bool {
		return strings.Contains(call(t, s, "conversations.history", append([]string{"channel", "C1"}, args...)...)["text"].(string), "metadata\":{\"event_type")
	}
	if has() || !has("include_all_metadata", "true") {
		t.Error("metadata is there without being asked for, or not there")
	}
	for _, any := range []string{ts[1], reply} {
		if got := texts(call(t, s, "conversations.replies", "channel", "C1", "ts", any)); got != "1 reply" {
			t.Errorf("the thread of %s is %s", any, got)
		}
	}
	fails(t, call(t, s, "conversations.replies", "channel", "C1", "ts", "1.000001"), "thread_not_found")
	works(t, call(t, s, "chat.delete", "channel", "C1", "ts", ts[1]))
	if got := texts(call(t, s, "conversations.replies", "channel", "C1", "ts", reply)); got != "This message was deleted. reply" {
		t.Errorf("after the deletion the thread is %s", got)
	}
	if len(s.Messages("C1")) != 5 {
		t.Errorf("people see %+v", s.Messages("C1"))
	}
}

func TestEdits(t *testing.T) {
	s := slacktest.New(t)
	ts := works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "one", "blocks", `[{"type":"divider"}]`))["ts"].(string)
	theirs := s.Say("C1", "U1", "mine", "").TS
	works(t, call(t, s, "chat.update", "channel", "C1", "ts", ts, "text", "two", "blocks", `[{"type":"divider"}]`))
	if m := s.Messages("C1")[0]; m.Text != "two" || m.Edited || m.Edits != 1 {
		t.Errorf("an edit with blocks made %+v", m)
	}
	works(t, call(t, s, "chat.update", "channel", "C1", "ts", ts, "text", "three"))
	if m := s.Messages("C1")[0]; m.Text != "three" || !m.Edited || m.Blocks != nil {
		t.Errorf("an edit without blocks made %+v", m)
	}
	fails(t, call(t, s, "chat.update", "channel", "C1", "ts", theirs, "text", "x"), "cant_update_message")
	fails(t, call(t, s, "chat.delete", "channel", "C1", "ts", theirs), "cant_delete_message")
	hidden := works(t, call(t, s, "chat.postEphemeral", "channel", "C1", "user", "U1", "text", "x"))["message_ts"].(string)
	fails(t, call(t, s, "chat.update", "channel", "C1", "ts", hidden, "text", "x"), "message_not_found")
	s.Delete(s.Messages("C1")[0])
	fails(t, call(t, s, "chat.update", "channel", "C1", "ts", ts, "text", "x"), "message_not_found")
}

func TestPace(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	s := slacktest.New(t, func(c *slacktest.Config) { c.Now = func() time.Time { return now } })
	s.AddChannel(slacktest.Channel{ID: "C2"})
	s.Pace(true)
	for range 3 {
		works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x"))
	}
	got := call(t, s, "chat.postMessage", "channel", "C1", "text", "x")
	fails(t, got, "ratelimited")
	if got["status"] != http.StatusTooManyRequests || got["retry"] != "3" {
		t.Errorf("the fourth at once got %v", got)
	}
	works(t, call(t, s, "chat.postMessage", "channel", "C2", "text", "x"))
	now = now.Add(3 * time.Second)
	ts := works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x"))["ts"].(string)
	for range 50 {
		works(t, call(t, s, "chat.update", "channel", "C1", "ts", ts, "text", "x"))
	}
	fails(t, call(t, s, "chat.update", "channel", "C1", "ts", ts, "text", "x"), "ratelimited")
	s.Pace(false)
	works(t, call(t, s, "chat.update", "channel", "C1", "ts", ts, "text", "x"))
}
