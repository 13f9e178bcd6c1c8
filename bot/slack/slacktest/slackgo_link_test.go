package slacktest_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"parley/bot/slack/slacktest"
)

// slack-go connects anew when it is told to leave, when the connection breaks and when it cannot connect at first.
func TestSlackGoReconnects(t *testing.T) {
	s := slacktest.New(t)
	s.Fault(slacktest.Fault{Methods: []string{"apps.connections.open"}, Times: 1, Error: "internal_error"})
	listen(t, s, acknowledge)
	for name, end := range map[string]func(c *slacktest.Conn){
		"disconnect": func(c *slacktest.Conn) { c.Disconnect(slacktest.RefreshRequested, 0) },
		"warning":    func(c *slacktest.Conn) { c.Disconnect(slacktest.Warning, time.Hour) },
		"break":      func(c *slacktest.Conn) { c.Break() },
	} {
		before := s.Conns()[0]
		end(before)
		until(t, "it was connected after a "+name, func() bool { all := s.Conns(); return len(all) == 1 && all[0] != before })
		if !s.Say("C1", "U1", "x", "").Wait() {
			t.Errorf("after a %s, an event was not acknowledged", name)
		}
	}
}

// Without pings slack-go connects anew.
func TestSlackGoMissesPings(t *testing.T) {
	s := slacktest.New(t)
	end := s.FaultLinks(slacktest.Links{NoPing: true})
	smc := socketmode.New(client(s), socketmode.OptionPingInterval(50*time.Millisecond))
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- smc.RunContext(ctx) }()
	if err := s.AwaitConns(1); err != nil {
		t.Fatal(err)
	}
	first := s.Conns()[0]
	until(t, "it was connected anew", func() bool { all := s.Conns(); return len(all) == 1 && all[0] != first })
	end()
	stop()
	<-done
}

// What slack-go cannot read comes with its envelope_id all the same, so that it can be acknowledged.
func TestSlackGoBadMessage(t *testing.T) {
	s := slacktest.New(t)
	listen(t, s, func(smc *socketmode.Client, e socketmode.Event) {
		acknowledge(smc, e)
		bad, ok := e.Data.(*socketmode.ErrorBadMessage)
		if !ok {
			return
		}
		var envelope struct {
			ID string `json:"envelope_id"`
		}
		if json.Unmarshal(bad.Message, &envelope) == nil {
			_ = smc.AckCtx(context.Background(), envelope.ID, nil)
		}
	})
	until(t, "it had its hello", func() bool { return s.Raw(`{"type":"new","envelope_id":"E9","payload":{}}`) })
	until(t, "it was acknowledged", func() bool { all := s.Acks(); return len(all) == 1 && all[0].Envelope == "E9" })
}

// Errors come as slack-go types them.
func TestSlackGoErrors(t *testing.T) {
	s := slacktest.New(t, func(c *slacktest.Config) { c.Scopes = []string{"im:history"} })
	var platform slack.SlackErrorResponse
	_, _, err := client(s).PostMessageContext(t.Context(), "C1", slack.MsgOptionText("x", false))
	if !errors.As(err, &platform) || platform.Err != "missing_scope" || platform.Needed != "chat:write" || platform.Provided != "im:history" {
		t.Errorf("a missing scope came as %#v", err)
	}
	s.Fault(slacktest.Fault{Times: 1, Status: http.StatusTooManyRequests, RetryAfter: 1500 * time.Millisecond})
	var limited *slack.RateLimitedError
	if _, err := client(s).AuthTest(); !errors.As(err, &limited) || limited.RetryAfter != 2*time.Second {
		t.Errorf("a rate limit came as %#v", err)
	}
	s.Fault(slacktest.Fault{Times: 1, Status: http.StatusServiceUnavailable})
	var code slack.StatusCodeError
	if _, err := client(s).AuthTest(); !errors.As(err, &code) || code.Code != http.StatusServiceUnavailable {
		t.Errorf("a status came as %#v", err)
	}
	trigger := trigger(t, s)
	_, err = client(s).OpenViewContext(t.Context(), trigger, slack.ModalViewRequest{Type: slack.VTModal, Title: slack.NewTextBlockObject(slack.PlainTextType, strings.Repeat("x", 25), false, false)})
	if !errors.As(err, &platform) || platform.Err != "invalid_arguments" || !strings.Contains(strings.Join(platform.ResponseMetadata.Messages, " "), "/view/title/text") {
		t.Errorf("a wrong view came as %#v", err)
	}
	url := responseURL(t, s.Command("C1", "U1", "x"))
	if _, _, err := client(s).PostMessageContext(t.Context(), "C1", slack.MsgOptionText("y", false), slack.MsgOptionResponseURL(url, "in_channel")); err != nil || s.Messages("C1")[0].Text != "y" {
		t.Errorf("over a response URL: %v, %+v", err, s.Messages("C1"))
	}
	if calls, _ := json.Marshal(s.Calls()); strings.Contains(string(calls), "xoxb") {
		t.Error("a token is on record")
	}
}
