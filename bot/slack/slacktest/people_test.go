package slacktest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"parley/bot/slack/slacktest"
)

// What people submit comes back as the app says.
func TestSubmit(t *testing.T) {
	s := slacktest.New(t)
	const form = `[{"type":"input","block_id":"what","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"t"}},
		{"type":"input","block_id":"kind","optional":true,"label":{"type":"plain_text","text":"x"},"element":{"type":"static_select","action_id":"k","options":[
			{"text":{"type":"plain_text","text":"One"},"value":"1"},{"text":{"type":"plain_text","text":"Two"},"value":"2"}]}},
		{"type":"input","block_id":"day","optional":true,"label":{"type":"plain_text","text":"x"},"element":{"type":"datepicker","action_id":"d"}},
		{"type":"section","block_id":"note","text":{"type":"mrkdwn","text":"x"}}]`
	view := strings.Replace(modal("Ask", form), "{", `{"submit":{"type":"plain_text","text":"Send"},`, 1)
	id := trigger(t, s)
	l := dial(t, s).hello()
	works(t, call(t, s, "views.open", "trigger_id", id, "view", view))
	for _, c := range []struct{ payload, trouble, titles string }{
		{`{"response_action":"errors","errors":{"what":"More"}}`, "", "Ask"},
		{`{"response_action":"errors","errors":{"note":"More"}}`, "an error is for note, which is no input", "Ask"},
		{`{"response_action":"errors"}`, "no errors are named", "Ask"},
		{`{"response_action":"dance"}`, "unknown response_action dance", "Ask"},
		{`{"response_action":"update","view":` + modal(strings.Repeat("x", 25), "[]") + `}`, "invalid_arguments: [ERROR] must be less than 25 characters [json-pointer:/view/title/text]", "Ask"},
		{`{"response_action":"push","view":` + modal("Two", "[]") + `}`, "", "Ask Two"},
		{`{"response_action":"update","view":` + strings.Replace(view, "Ask", "Again", 1) + `}`, "", "Again Two"},
		{``, "", "Two"},
	} {
		d := s.Submit(s.Modals()[0], map[string]string{"what": "why", "kind": "2"})
		e := l.read()
		for e["type"] != "interactive" {
			e = l.read()
		}
		state, _ := json.Marshal(e["payload"].(object)["view"].(object)["state"])
		want := `{"values":{"day":{"d":{"selected_date":null,"type":"datepicker"}},"kind":{"k":{"selected_option":{"text":{"text":"Two","type":"plain_text"},"value":"2"},"type":"static_select"}},"what":{"t":{"type":"plain_text_input","value":"why"}}}}`
		if string(state) != want || e["accepts_response_payload"] != true {
			t.Errorf("submitted was %s, want %s", state, want)
		}
		l.ack(e["envelope_id"], c.payload)
		ack, ok := d.Wait()
		var titles []string
		for _, v := range s.Modals() {
			titles = append(titles, v.Title)
		}
		if !ok || d.Trouble() != c.trouble || strings.Join(titles, " ") != c.titles || string(ack.Payload) != c.payload {
			t.Errorf("%s: %v, trouble %q, open are %q", c.payload, ok, d.Trouble(), titles)
		}
	}
	d := s.Submit(s.Modals()[0], nil)
	l.ack(l.read()["envelope_id"], `{"response_action":"clear"}`)
	if _, ok := d.Wait(); !ok || len(s.Modals()) != 0 {
		t.Errorf("after clear, open are %+v", s.Modals())
	}
}

// What stands in a field already is submitted too, unless it is taken away.
func TestSubmitKeepsWhatStandsThere(t *testing.T) {
	const form = `[{"type":"input","block_id":"what","optional":true,"label":{"type":"plain_text","text":"x"},
		"element":{"type":"plain_text_input","action_id":"t","initial_value":"old"}}]`
	s := slacktest.New(t)
	id := trigger(t, s)
	view := strings.Replace(modal("Ask", form), "{", `{"submit":{"type":"plain_text","text":"Send"},`, 1)
	works(t, call(t, s, "views.open", "trigger_id", id, "view", view))
	for _, c := range []struct {
		values map[string]string
		want   string
	}{{nil, `"value":"old"`}, {map[string]string{"what": "new"}, `"value":"new"`}, {map[string]string{"what": ""}, `"value":null`}} {
		if d := s.Submit(s.Modals()[0], c.values); !strings.Contains(string(d.Payload), c.want) {
			t.Errorf("%v is submitted as %s, want %s", c.values, d.Payload, c.want)
		}
	}
}

// Which events the app gets depends on its scopes and on where it is.
func TestEvents(t *testing.T) {
	kinds := func(s *slacktest.Server) string {
		var all []string
		for _, d := range s.Deliveries() {
			var p struct {
				Event struct{ Type, Subtype, Bot_ID string }
			}
			if err := json.Unmarshal(d.Payload, &p); err != nil {
				t.Fatal(err)
			}
			all = append(all, strings.Trim(p.Event.Type+"."+p.Event.Subtype+"."+p.Event.Bot_ID, "."))
		}
		return strings.Join(all, " ")
	}
	play := func(s *slacktest.Server) {
		s.AddChannel(slacktest.Channel{ID: "C2", Outside: true})
		s.Say("C2", "U1", slacktest.Mention+" x", "")
		s.Say("C1", "U1", "x", "")
		s.Say("C1", "U1", slacktest.Mention+" x", "")
		s.DM("U1", slacktest.Mention+" x")
		ts := works(t, call(t, s, "chat.postMessage", "channel", "C1", "text", "x"))["ts"].(string)
		works(t, call(t, s, "chat.update", "channel", "C1", "ts", ts, "text", "y"))
		s.Delete(s.Messages("C1")[0])
		s.Uninstall()
		fails(t, call(t, s, "auth.test"), "account_inactive")
	}
	s := slacktest.New(t)
	play(s)
	want := "message message app_mention message message..B0BOT message.message_changed message.message_deleted tokens_revoked app_uninstalled"
	if got := kinds(s); got != want {
		t.Errorf("with all scopes: %s, want %s", got, want)
	}
	s = slacktest.New(t, func(c *slacktest.Config) {
		c.Scopes = []string{"app_mentions:read", "chat:write", "commands", "im:history", "im:write"}
	})
	play(s)
	if got, want := kinds(s), "app_mention message tokens_revoked app_uninstalled"; got != want {
		t.Errorf("with the least scopes: %s, want %s", got, want)
	}
}

// What is clicked in a view comes with the view, and without a response URL.
func TestClickIn(t *testing.T) {
	s := slacktest.New(t)
	works(t, call(t, s, "views.publish", "user_id", "U1", "view", `{"type":"home","private_metadata":"p","blocks":[
		{"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"ask","value":"q","text":{"type":"plain_text","text":"Ask"}}]}]}`))
	ask, ok := s.Home("U1").Control("Ask")
	if !ok || ask.Block != "b" || ask.Value != "q" {
		t.Fatalf("the control is %+v", ask)
	}
	var p struct {
		Type        string
		ResponseURL string `json:"response_url"`
		View        struct {
			ID       string
			Metadata string `json:"private_metadata"`
		}
		Container struct {
			ID string `json:"view_id"`
		}
		Actions []struct{ Value string }
	}
	if err := json.Unmarshal(s.ClickIn(s.Home("U1"), ask).Payload, &p); err != nil {
		t.Fatal(err)
	}
	if p.Type != "block_actions" || p.ResponseURL != "" || p.View.Metadata != "p" || p.Container.ID != p.View.ID || p.Actions[0].Value != "q" {
		t.Errorf("the click is %+v", p)
	}
	if got := slacktest.Typed("<!channel> & co"); got != "&lt;!channel&gt; &amp; co" {
		t.Errorf("typed was %q", got)
	}
}

// A test that has a person do what Slack does not let them do fails.
func TestImpossible(t *testing.T) {
	const form = `[{"type":"input","block_id":"what","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"t"}}]`
	for name, act := range map[string]func(s *slacktest.Server){
		"say nowhere":                func(s *slacktest.Server) { s.Say("C9", "U1", "x", "") },
		"command nowhere":            func(s *slacktest.Server) { s.Command("C9", "U1", "x") },
		"menu of what only one sees": func(s *slacktest.Server) { s.Shortcut("correct", "U1", s.Ephemerals("C1", "U1")[0]) },
		"click unseen":               func(s *slacktest.Server) { s.Click("U2", s.Seen("C1", "U1")[0], slacktest.Control{}) },
		"click deleted": func(s *slacktest.Server) {
			m := s.Seen("C1", "U1")[0]
			s.Delete(m)
			s.Click("U1", m, slacktest.Control{})
		},
		"submit too little": func(s *slacktest.Server) { s.Submit(s.Modals()[0], nil) },
		"submit elsewhere":  func(s *slacktest.Server) { s.Submit(s.Modals()[0], map[string]string{"what": "x", "who": "y"}) },
	} {
		t.Run(name, func(t *testing.T) {
			tb := &complaints{TB: t}
			s := slacktest.New(tb)
			works(t, call(t, s, "chat.postEphemeral", "channel", "C1", "user", "U1", "text", "x"))
			works(t, call(t, s, "views.open", "trigger_id", trigger(t, s), "view", strings.Replace(modal("A", form), "{", `{"submit":{"type":"plain_text","text":"Send"},`, 1)))
			act(s)
			if tb.n == 0 {
				t.Error("nothing was said against it")
			}
		})
	}
}

// complaints counts errors instead of failing.
type complaints struct {
	testing.TB
	n int
}

func (c *complaints) Errorf(string, ...any) { c.n++ }
