package discordtest_test

import (
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot/discord/discordtest"
)

// api is a session of discordgo that does REST alone, without tries of its own.
func api(t *testing.T, s *discordtest.Server) *discordgo.Session {
	t.Helper()
	session, err := discordgo.New("Bot " + discordtest.Token)
	if err != nil {
		t.Fatal(err)
	}
	session.Client = s.Client()
	session.ShouldRetryOnRateLimit = false
	session.MaxRestRetries = 0
	return session
}

func post(session *discordgo.Session, channel, text string) (*discordgo.Message, error) {
	return session.ChannelMessageSendComplex(channel, &discordgo.MessageSend{Content: text, AllowedMentions: nobody()})
}

// code is Discord's code of an error.
func code(err error) int {
	var rest *discordgo.RESTError
	if errors.As(err, &rest) && rest.Message != nil {
		return rest.Message.Code
	}
	return -1
}

// Channels that the bot does not reach, messages that are gone and people who want no messages are told by their codes.
func TestCodes(t *testing.T) {
	s := discordtest.New(t, func(c *discordtest.Config) { c.OldEdits = 1 })
	s.AddChannel(discordtest.Place{ID: "31", Guild: discordtest.Guild, Outside: true})
	s.AddChannel(discordtest.Place{ID: "32", Guild: discordtest.Guild, Mute: true})
	s.AddUser(discordtest.Person{ID: "41", Name: "eve", ClosedDMs: true})
	session := api(t, s)
	dm, err := session.UserChannelCreate("41")
	if err != nil {
		t.Fatal(err)
	}
	for channel, want := range map[string]int{"30": 10003, "31": 50001, "32": 50013, dm.ID: 50007} {
		if _, err := post(session, channel, "x"); code(err) != want {
			t.Errorf("posting in %s: %v, want %d", channel, err, want)
		}
	}
	m, err := post(session, discordtest.Channel, "x")
	if err != nil {
		t.Fatal(err)
	}
	s.Delete(s.Messages(discordtest.Channel)[0])
	if err := session.ChannelMessageDelete(discordtest.Channel, m.ID); code(err) != 10008 {
		t.Errorf("deleting what is deleted: %v", err)
	}
	s.Revoke()
	if _, err := post(session, discordtest.Channel, "x"); err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("posting with a token that is no good: %v", err)
	}
}

// A message older than an hour is not edited as often as one likes; the same nonce makes the same message, for some minutes.
func TestTime(t *testing.T) {
	var later atomic.Int64
	s := discordtest.New(t, func(c *discordtest.Config) {
		c.OldEdits = 1
		c.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	})
	session := api(t, s)
	m, err := post(session, discordtest.Channel, "x")
	if err != nil {
		t.Fatal(err)
	}
	nonce := `{"content":"once","nonce":"n","enforce_nonce":true,"allowed_mentions":{"parse":[]}}`
	for range 2 {
		if got := status(t, s, "POST", messagesPath(), nonce); got != 200 {
			t.Fatalf("posting with a nonce: %d", got)
		}
	}
	if all := s.Messages(discordtest.Channel); len(all) != 2 {
		t.Errorf("there are %d messages", len(all))
	}
	later.Store(int64(2 * time.Hour))
	if status(t, s, "POST", messagesPath(), nonce); len(s.Messages(discordtest.Channel)) != 3 {
		t.Error("the nonce is remembered for hours")
	}
	edit := `{"content":"y","allowed_mentions":{"parse":[]}}`
	path := messagesPath() + "/" + m.ID
	if a, b := status(t, s, "PATCH", path, edit), status(t, s, "PATCH", path, edit); a != 200 || b != 429 || s.Calls()[len(s.Calls())-1].Code != 30046 {
		t.Errorf("old edits came to %d and %d: %+v", a, b, s.Calls())
	}
}

// Faults are met by what they are for, as often as they say.
func TestFault(t *testing.T) {
	s := discordtest.New(t)
	session := api(t, s)
	posts := []string{discordtest.PostMessage}
	s.Fault(discordtest.Fault{Routes: posts, Times: 1, Status: 429, RetryAfter: 1500 * time.Millisecond, Scope: discordtest.ScopeGlobal})
	_, err := post(session, discordtest.Channel, "x")
	var limited *discordgo.RateLimitError
	if !errors.As(err, &limited) || limited.RetryAfter != 1500*time.Millisecond {
		t.Errorf("a rate limit came as %v", err)
	}
	session = api(t, s)
	s.Fault(discordtest.Fault{Routes: posts, Times: 1, Status: 429, HTML: true, RetryAfter: time.Second})
	var syntax *json.SyntaxError
	if _, err = post(session, discordtest.Channel, "x"); !errors.As(err, &syntax) {
		t.Errorf("a page came as %v", err)
	}
	s.Fault(discordtest.Fault{Routes: posts, Times: 1, Code: 50013})
	if _, err = post(session, discordtest.Channel, "x"); code(err) != 50013 {
		t.Errorf("50013 came as %v", err)
	}
	s.Fault(discordtest.Fault{Routes: posts, Times: 1, Drop: discordtest.Before})
	if _, err = post(session, discordtest.Channel, "x"); err == nil || len(s.Messages(discordtest.Channel)) != 0 {
		t.Errorf("a call that was dropped came to %v", err)
	}
	s.Fault(discordtest.Fault{Routes: posts, Times: 1, Drop: discordtest.After})
	if _, err = post(session, discordtest.Channel, "x"); err == nil || len(s.Messages(discordtest.Channel)) != 1 {
		t.Errorf("a call whose answer was dropped came to %v", err)
	}
	end := s.Fault(discordtest.Fault{Routes: posts, Hold: true})
	done := make(chan error)
	go func() { _, err := post(session, discordtest.Channel, "x"); done <- err }()
	select {
	case <-done:
		t.Error("a call was not held")
	case <-time.After(50 * time.Millisecond):
	}
	end()
	if err := <-done; err != nil || len(s.Messages(discordtest.Channel)) != 2 {
		t.Errorf("a call that was held came to %v", err)
	}
}

// With Pace on, the sixth message in 5 s is refused.
func TestPace(t *testing.T) {
	s := discordtest.New(t)
	s.Pace()
	body := `{"content":"x",` + mentions
	for i := range 6 {
		if got, want := status(t, s, "POST", messagesPath(), body), map[bool]int{true: 200, false: 429}[i < 5]; got != want {
			t.Errorf("message %d was answered with %d", i, got)
		}
	}
}
