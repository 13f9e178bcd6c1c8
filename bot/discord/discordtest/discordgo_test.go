package discordtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot/discord/discordtest"
)

// open makes a session of discordgo and opens it.
func open(t *testing.T, s *discordtest.Server, change ...func(*discordgo.Session)) *discordgo.Session {
	t.Helper()
	session, err := discordgo.New("Bot " + discordtest.Token)
	if err != nil {
		t.Fatal(err)
	}
	session.Client = s.Client()
	session.StateEnabled = false
	session.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	for _, c := range change {
		c(session)
	}
	if err := session.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// nobody may be rung.
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// discordgo opens, answers a command by a deferral, follows up, edits both, and takes a click.
func TestDiscordgo(t *testing.T) {
	s := discordtest.New(t)
	session := open(t, s, func(session *discordgo.Session) {
		session.ShouldReconnectOnError = false // else it does so after Close, for ever
		session.AddHandler(func(session *discordgo.Session, i *discordgo.InteractionCreate) {
			if err := answer(session, i.Interaction); err != nil {
				t.Error(err)
			}
		})
	})
	registered, err := session.ApplicationCommandBulkOverwrite(discordtest.AppID, "", []*discordgo.ApplicationCommand{{
		Name: "parley", Description: "Check a claim",
		Options: []*discordgo.ApplicationCommandOption{{
			Type: discordgo.ApplicationCommandOptionSubCommand, Name: "check", Description: "Check a claim",
			Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: "claim", Description: "The claim", Required: true}},
		}},
	}})
	if err != nil || len(registered) != 1 || s.Puts() != 1 {
		t.Fatalf("registered %v in %d: %v", registered, s.Puts(), err)
	}
	d := s.Command(discordtest.Channel, discordtest.User, "parley check", discordtest.Option{Name: "claim", Value: "the moon"})
	a, ok := d.Wait()
	if !ok || a.Type != discordtest.CallDeferred {
		t.Fatalf("answered %+v %v, trouble %q", a, ok, d.Trouble())
	}
	await(t, "the answer and what follows", func() bool { return len(s.Messages(discordtest.Channel)) == 2 })
	await(t, "the edit", func() bool { return s.Messages(discordtest.Channel)[1].Content == "changed" })
	m := s.Messages(discordtest.Channel)[0]
	if m.Content != "the moon" || m.Loading || m.Edited {
		t.Errorf("the answer is %+v", m)
	}
	d = s.Click(discordtest.User, m, "c1")
	if a, ok := d.Wait(); !ok || a.Type != discordtest.CallMessage {
		t.Errorf("the click was answered %+v %v", a, ok)
	}
	if e := s.Ephemerals(discordtest.Channel, discordtest.User); len(e) != 1 || e[0].Content != "c1" {
		t.Errorf("one person alone sees %+v", e)
	}
}

// answer is what the app of the test does.
func answer(session *discordgo.Session, i *discordgo.Interaction) error {
	if i.Type == discordgo.InteractionMessageComponent {
		return session.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: i.MessageComponentData().CustomID, Flags: discordgo.MessageFlagsEphemeral, AllowedMentions: nobody()}})
	}
	deferred := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	if err := session.InteractionRespond(i, deferred); err != nil {
		return err
	}
	if err := session.InteractionRespond(i, deferred); err == nil || !strings.Contains(err.Error(), "40060") {
		return fmt.Errorf("answering again: %v", err)
	}
	text := i.ApplicationCommandData().Options[0].Options[0].StringValue()
	rows := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "Press", CustomID: "c1"}}}}
	if _, err := session.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &text, Components: &rows, AllowedMentions: nobody()}); err != nil {
		return err
	}
	m, err := session.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "more", AllowedMentions: nobody()})
	if err != nil {
		return err
	}
	changed := "changed"
	_, err = session.FollowupMessageEdit(i, m.ID, &discordgo.WebhookEdit{Content: &changed, AllowedMentions: nobody()})
	return err
}

// After Op 7 discordgo resumes, and gets what was said meanwhile.
func TestDiscordgoResumes(t *testing.T) {
	// With heartbeats in the second that its Close takes discordgo would open again, for ever.
	s := discordtest.New(t, func(c *discordtest.Config) { c.Heartbeat = time.Minute })
	heard := make(chan string, 10)
	open(t, s, func(session *discordgo.Session) {
		session.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { heard <- m.Content })
	})
	if err := s.AwaitReady(1); err != nil {
		t.Fatal(err)
	}
	before := s.Conns()[0]
	before.Reconnect()
	said := s.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" hello", "")
	select {
	case text := <-heard:
		if text != discordtest.Mention+" hello" {
			t.Errorf("heard %q", text)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("what was said meanwhile did not arrive")
	}
	if err := s.AwaitReady(1); err != nil {
		t.Fatal(err)
	}
	if after := s.Conns()[0]; !after.Resumed() || after.ID == before.ID || s.Identifies() != 1 {
		t.Errorf("connection %d, resumed %v, after %d IDENTIFYs", after.ID, after.Resumed(), s.Identifies())
	}
	if !said.Wait() {
		t.Error("the message counts as lost")
	}
}

// await waits for something to become true, at most 10 s.
func await(t *testing.T, what string, true func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !true(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain it was waited for %s", what)
		}
	}
}

// status is that of an answer.
func status(t *testing.T, s *discordtest.Server, method, path, body string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL()+"/api/v10"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+discordtest.Token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}
	return answer.StatusCode
}
