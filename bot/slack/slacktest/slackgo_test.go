package slacktest_test

import (
	"context"
	"log"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"parley/bot/slack/slacktest"
)

// client is slack-go, connected to a server.
func client(s *slacktest.Server) *slack.Client {
	return slack.New(slacktest.BotToken, slack.OptionAppLevelToken(slacktest.AppToken), slack.OptionAPIURL(s.URL()),
		slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}))
}

// listen runs slack-go's Socket Mode, and has handle called for each event until the test ends.
func listen(t *testing.T, s *slacktest.Server, handle func(*socketmode.Client, socketmode.Event)) *slack.Client {
	api := client(s)
	smc := socketmode.New(api, socketmode.OptionLog(log.New(testWriter{t}, "", 0)))
	ctx, end := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() { _ = smc.RunContext(ctx) }) // ends with ctx
	work.Go(func() {
		for {
			select {
			case e := <-smc.Events:
				handle(smc, e)
			case <-ctx.Done():
				return
			}
		}
	})
	t.Cleanup(func() { end(); work.Wait() })
	if err := s.AwaitConns(1); err != nil {
		t.Fatal(err)
	}
	return api
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// acknowledge is a handler for tests that only want acknowledgements.
func acknowledge(smc *socketmode.Client, e socketmode.Event) {
	if e.Request != nil && e.Request.EnvelopeID != "" {
		_ = smc.Ack(*e.Request)
	}
}

// slack-go with its Socket Mode client goes through all that a Slack app does.
func TestSlackGo(t *testing.T) {
	s := slacktest.New(t, func(c *slacktest.Config) { c.Ping = 10 * time.Millisecond })
	seen := make(chan socketmode.Event, 50)
	api := listen(t, s, func(smc *socketmode.Client, e socketmode.Event) {
		acknowledge(smc, e)
		seen <- e
	})
	next := func(kind socketmode.EventType) socketmode.Event {
		t.Helper()
		for {
			select {
			case e := <-seen:
				if e.Type == kind {
					return e
				}
				if strings.HasPrefix(string(e.Type), "error") {
					t.Fatalf("slack-go reports %s: %+v", e.Type, e.Data)
				}
			case <-time.After(5 * time.Second):
				t.Fatalf("there was no %s", kind)
			}
		}
	}
	if hello := next(socketmode.EventTypeHello); hello.Request.NumConnections != 1 {
		t.Errorf("hello counts %d connections, want 1", hello.Request.NumConnections)
	}
	if who, err := api.AuthTest(); err != nil || who.UserID != slacktest.Bot || who.TeamID != slacktest.Team {
		t.Errorf("auth.test: %+v, %v", who, err)
	}

	said := s.Say("C1", "U1", slacktest.Mention+" when?", "")
	if !said.Wait() || len(said.Events) != 2 {
		t.Fatalf("%d events were sent, want two, acknowledged", len(said.Events))
	}
	outer := next(socketmode.EventTypeEventsAPI).Data.(slackevents.EventsAPIEvent)
	if m, ok := outer.InnerEvent.Data.(*slackevents.MessageEvent); !ok || m.Text != said.Text || m.User != "U1" || m.Channel != "C1" {
		t.Errorf("the message came as %+v", outer.InnerEvent.Data)
	}
	outer = next(socketmode.EventTypeEventsAPI).Data.(slackevents.EventsAPIEvent)
	if m, ok := outer.InnerEvent.Data.(*slackevents.AppMentionEvent); !ok || m.TimeStamp != said.TS {
		t.Errorf("the mention came as %+v", outer.InnerEvent.Data)
	}

	section := slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "*In May*", false, false), nil, nil)
	buttons := slack.NewActionBlock("", slack.NewButtonBlockElement("why", "W", slack.NewTextBlockObject(slack.PlainTextType, "Why?", false, false)))
	_, ts, _, err := api.PostMessageWithResponseContext(t.Context(), "C1", slack.MsgOptionText("In May", false), slack.MsgOptionBlocks(section, buttons),
		slack.MsgOptionTS(said.TS), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "answer", EventPayload: map[string]any{"id": "A1"}}))
	if err != nil {
		t.Fatal(err)
	}
	thread, _, _, err := api.GetConversationRepliesContext(t.Context(), &slack.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: said.TS, IncludeAllMetadata: true})
	if err != nil || len(thread) != 2 || thread[1].Metadata.EventPayload["id"] != "A1" || thread[1].Timestamp != ts {
		t.Errorf("the thread is %+v, %v", thread, err)
	}
	if link, err := api.GetPermalinkContext(t.Context(), &slack.PermalinkParameters{Channel: "C1", Ts: ts}); err != nil || !strings.Contains(link, "thread_ts="+said.TS) {
		t.Errorf("the permalink is %q, %v", link, err)
	}
	posted := s.Messages("C1")[1]
	if posted.UnfurlLinks == nil || *posted.UnfurlLinks || posted.UnfurlMedia == nil || *posted.UnfurlMedia {
		t.Error("unfurls are not off")
	}

	why, ok := posted.Control("why")
	if !ok {
		t.Fatalf("there is no button: %s", posted.Blocks)
	}
	if _, ok := s.Click("U1", posted, why).Wait(); !ok {
		t.Error("the click was not acknowledged")
	}
	click := next(socketmode.EventTypeInteractive).Data.(slack.InteractionCallback)
	if click.ActionCallback.BlockActions[0].Value != "W" || click.Container.MessageTs != ts || click.Message.Timestamp != ts || click.Container.ThreadTs != said.TS {
		t.Errorf("the click came as %+v", click)
	}
	modal := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "report", Title: slack.NewTextBlockObject(slack.PlainTextType, "Report", false, false),
		Submit: slack.NewTextBlockObject(slack.PlainTextType, "Send", false, false),
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("what", slack.NewTextBlockObject(slack.PlainTextType, "What?", false, false), nil,
			slack.NewPlainTextInputBlockElement(nil, "text"))}},
	}
	view, err := api.OpenViewContext(t.Context(), click.TriggerID, modal)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.UpdateViewContext(t.Context(), modal, "", view.Hash, view.ID); err != nil {
		t.Error(err)
	}
	if _, err := api.OpenViewContext(t.Context(), click.TriggerID, modal); err == nil || err.Error() != "exchanged_trigger_id" {
		t.Errorf("a trigger used twice: %v", err)
	}
	if _, ok := s.Submit(s.Modals()[0], map[string]string{"what": "Wrong date"}).Wait(); !ok || len(s.Modals()) != 0 {
		t.Errorf("after the submission there are %d modals", len(s.Modals()))
	}
	submitted := next(socketmode.EventTypeInteractive).Data.(slack.InteractionCallback)
	if got := submitted.View.State.Values["what"]["text"].Value; got != "Wrong date" {
		t.Errorf("submitted was %q", got)
	}
	if _, err := api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: "U1", View: slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{section}}}}); err != nil || !strings.Contains(string(s.Home("U1").Blocks), "In May") {
		t.Errorf("home: %v", err)
	}

	if err := slack.PostWebhookContext(t.Context(), click.ResponseURL, &slack.WebhookMessage{Text: "Because", ResponseType: "ephemeral", ThreadTimestamp: said.TS}); err != nil {
		t.Error(err)
	}
	if _, err := api.PostEphemeralContext(t.Context(), "C1", "U1", slack.MsgOptionText("For you", false)); err != nil {
		t.Error(err)
	}
	if got := s.Ephemerals("C1", "U1"); len(got) != 2 || got[0].Text != "Because" || got[0].ThreadTS != said.TS || got[1].Text != "For you" {
		t.Errorf("ephemeral are %+v", got)
	}
	if _, _, _, err := api.UpdateMessageContext(t.Context(), "C1", ts, slack.MsgOptionText("In June", false)); err != nil {
		t.Error(err)
	}
	if got := s.Messages("C1")[1]; got.Text != "In June" || len(got.Blocks) != 0 || got.Edits != 1 || !got.Edited {
		t.Errorf("after the edit there is %+v", got)
	}
	if _, _, err := api.DeleteMessageContext(t.Context(), "C1", ts); err != nil || len(s.Messages("C1")) != 1 {
		t.Errorf("after the deletion there is %+v, %v", s.Messages("C1"), err)
	}

	if _, ok := s.Command("C1", "U1", "when?").Wait(); !ok {
		t.Error("the command was not acknowledged")
	}
	if c := next(socketmode.EventTypeSlashCommand).Data.(slack.SlashCommand); c.Text != "when?" || c.Command != "/parley" || c.ResponseURL == "" {
		t.Errorf("the command came as %+v", c)
	}
	s.Settle()
	for deadline := time.Now().Add(5 * time.Second); s.Conns()[0].Pongs() == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no ping was answered")
		}
	}
}

// A client with the wrong token is told so, and slack-go gives up.
func TestSlackGoWrongToken(t *testing.T) {
	s := slacktest.New(t)
	api := slack.New("xoxb-wrong", slack.OptionAppLevelToken("xapp-wrong"), slack.OptionAPIURL(s.URL()))
	if _, err := api.AuthTest(); err == nil || err.Error() != "invalid_auth" {
		t.Errorf("auth.test: %v, want invalid_auth", err)
	}
	if err := socketmode.New(api).RunContext(t.Context()); err == nil || err.Error() != "invalid_auth" {
		t.Errorf("socket mode: %v, want invalid_auth", err)
	}
}
