package discordtest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"parley/bot/discord/discordtest"
)

// The app reads what there is: itself, the gateway, channels and messages, of which it may read those that are meant for it.
func TestReading(t *testing.T) {
	s := discordtest.New(t, func(c *discordtest.Config) { c.Shards = 3 })
	session := api(t, s)
	if me, err := session.User("@me"); err != nil || me.ID != discordtest.Bot || !me.Bot {
		t.Errorf("it is %+v: %v", me, err)
	}
	if app, err := session.Application("@me"); err != nil || app.ID != discordtest.AppID || app.VerifyKey != s.PublicKey() {
		t.Errorf("the app is %+v: %v", app, err)
	}
	if got := status(t, s, "GET", "/applications/@me", ""); got != 200 {
		t.Errorf("the app was answered with %d", got)
	}
	if g, err := session.GatewayBot(); err != nil || g.Shards != 3 || g.SessionStartLimit.Remaining != 1000 {
		t.Errorf("the gateway is %+v: %v", g, err)
	}
	if c, err := session.Channel(discordtest.Channel); err != nil || c.GuildID != discordtest.Guild {
		t.Errorf("the channel is %+v: %v", c, err)
	}
	own, err := post(session, discordtest.Channel, "own")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"secret", discordtest.Mention + " asked", "answered"}
	for i, text := range texts {
		s.Say(discordtest.Channel, discordtest.User, text, map[bool]string{true: own.ID}[i == 2])
	}
	all, err := session.ChannelMessages(discordtest.Channel, 3, "", "", "")
	if err != nil || len(all) != 3 || all[0].Content != "answered" || all[1].Content != texts[1] || all[2].Content != "" {
		t.Fatalf("there are %d: %v", len(all), err)
	}
	if all[0].ReferencedMessage == nil || all[0].ReferencedMessage.Content != "own" {
		t.Errorf("the answer refers to %+v", all[0].ReferencedMessage)
	}
	for name, c := range map[string]struct {
		before, after, around string
		want                  int
	}{"before": {before: all[1].ID, want: 2}, "after": {after: own.ID, want: 3}, "around": {around: own.ID, want: 4}} {
		if found, err := session.ChannelMessages(discordtest.Channel, 50, c.before, c.after, c.around); err != nil || len(found) != c.want {
			t.Errorf("%s: there are %d: %v", name, len(found), err)
		}
	}
	if m, err := session.ChannelMessage(discordtest.Channel, own.ID); err != nil || m.Content != "own" {
		t.Errorf("its own message is %+v: %v", m, err)
	}
	if err := session.ChannelMessageDelete(discordtest.Channel, all[0].ID); code(err) != 50013 {
		t.Errorf("deleting what others said: %v", err)
	}
	if err := session.ChannelMessageDelete(discordtest.Channel, own.ID); err != nil || len(s.Seen(discordtest.Channel, discordtest.User)) != 3 {
		t.Errorf("deleting what it said: %v", err)
	}
	if s.DM(discordtest.User, "hello"); len(s.DMs(discordtest.User)) != 1 {
		t.Errorf("said to the bot alone were %+v", s.DMs(discordtest.User))
	}
	s.Settle()
	s.RemoveChannel(discordtest.Channel)
	if _, err := session.Channel(discordtest.Channel); code(err) != 10003 {
		t.Errorf("a channel that is gone: %v", err)
	}
}

// Commands keep their ids when they are written again, and a test cannot ask for what a person could not.
func TestCommands(t *testing.T) {
	probe := &silent{TB: t}
	s := discordtest.New(probe)
	session := api(t, s)
	check := &discordgo.ApplicationCommand{Name: "check", Description: "Check", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "kind", Description: "Kind", Required: true, Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "A", Value: "a"}}},
		{Type: discordgo.ApplicationCommandOptionInteger, Name: "count", Description: "Count"},
	}}
	first, err := session.ApplicationCommandCreate(discordtest.AppID, discordtest.Guild, check)
	if err != nil {
		t.Fatal(err)
	}
	again, err := session.ApplicationCommandBulkOverwrite(discordtest.AppID, discordtest.Guild, []*discordgo.ApplicationCommand{check})
	if err != nil || again[0].ID != first.ID || again[0].Version == first.Version || s.Puts() != 1 || len(s.Commands(discordtest.Guild)) != 1 {
		t.Errorf("written again %+v in %d: %v", again, s.Puts(), err)
	}
	if all, err := session.ApplicationCommands(discordtest.AppID, discordtest.Guild); err != nil || len(all) != 1 || all[0].Name != "check" {
		t.Errorf("there are %+v: %v", all, err)
	}
	before := len(probe.said)
	s.Command(discordtest.Channel, discordtest.User, "check", discordtest.Option{Name: "kind", Value: "a"}, discordtest.Option{Name: "count", Value: 3})
	if len(probe.said) != before {
		t.Errorf("a command as it should be came to %q", probe.said[before:])
	}
	for want, options := range map[string][]discordtest.Option{
		"needs the option":  nil,
		"has no choice":     {{Name: "kind", Value: "b"}},
		"is of type 4":      {{Name: "kind", Value: "a"}, {Name: "count", Value: "three"}},
		`no option "other"`: {{Name: "kind", Value: "a"}, {Name: "other", Value: 1}},
	} {
		before := len(probe.said)
		s.Command(discordtest.Channel, discordtest.User, "check", options...)
		if got := strings.Join(probe.said[before:], "\n"); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A component edits its message at once or later; what the app answered can be read, edited and deleted by the token alone.
func TestComponents(t *testing.T) {
	s := discordtest.New(t)
	answers := make(chan object, 1)
	s.SendHTTP(endpoint(t, s, func(discordgo.Interaction) any { return <-answers }))
	body := `{"content":"a","components":[{"type":1,"components":[{"type":3,"custom_id":"s","options":[{"label":"F","value":"f"}]}]}],` + mentions
	if got := status(t, s, "POST", messagesPath(), body); got != 200 {
		t.Fatalf("answered with %d", got)
	}
	m := s.Messages(discordtest.Channel)[0]
	answers <- object{"type": 7, "data": object{"content": "b", "allowed_mentions": object{"parse": []string{}}}}
	if a, ok := s.Select(discordtest.User, m, "s", "f").Wait(); !ok || a.Type != discordtest.CallEdit || s.Messages(discordtest.Channel)[0].Content != "b" {
		t.Errorf("the choice was answered %+v %v", a, ok)
	}
	answers <- object{"type": 6}
	d := s.Component(discordtest.User, m, 2, "forged")
	d.Wait()
	path := fmt.Sprintf("/webhooks/%s/%s", discordtest.AppID, d.Token)
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"PATCH", path + "/messages/@original", `{"content":"c",` + mentions, 200},
		{"GET", path + "/messages/@original", "", 200},
		{"POST", path, `{"content":"alone","flags":64,` + mentions, 200},
		{"DELETE", path + "/messages/@original", "", 204},
		{"GET", path + "/messages/@original", "", 404},
	} {
		if got := status(t, s, c.method, c.path, c.body); got != c.want {
			t.Errorf("%s %s was answered with %d", c.method, c.path, got)
		}
	}
	if n := len(s.Messages(discordtest.Channel)); n != 0 || len(s.Ephemerals(discordtest.Channel, discordtest.User)) != 1 {
		t.Errorf("all see %d messages", n)
	}
}

// A callback asked for with_response tells the message; before it there is no webhook.
func TestWithResponse(t *testing.T) {
	s := discordtest.New(t)
	w := dial(t, s, "")
	w.ready()
	d := s.Command(discordtest.Channel, discordtest.User, "parley check")
	if e := w.next(); e.T != "INTERACTION_CREATE" {
		t.Fatalf("got %+v", e)
	}
	path := fmt.Sprintf("/webhooks/%s/%s", discordtest.AppID, d.Token)
	if got := status(t, s, "POST", path, `{"content":"x",`+mentions); got != 404 || s.Calls()[0].Code != 10015 {
		t.Errorf("too early was answered with %d: %+v", got, s.Calls())
	}
	path = fmt.Sprintf("/interactions/%s/%s/callback?with_response=true", d.ID, d.Token)
	if got := status(t, s, "POST", path, `{"type":5}`); got != 200 {
		t.Errorf("the callback was answered with %d", got)
	}
	if m, ok := d.Original(); !ok || !m.Loading {
		t.Errorf("the response is %+v", m)
	}
	if again := s.Duplicate(d); again.ID != d.ID {
		t.Errorf("again is %s", again.ID)
	}
	if e := w.next(); e.T != "INTERACTION_CREATE" || string(e.D) != string(d.Payload) {
		t.Errorf("got %+v", e)
	}
	if got := status(t, s, "POST", path, `{"type":5}`); got != 400 {
		t.Errorf("the callback was answered again with %d", got)
	}
	s.Conns()[0].Raw("no JSON")
	if c := s.Conns()[0]; c.Intents() != intents || c.Session() == "" || len(s.AllConns()) != 1 {
		t.Errorf("the connection has the intents %d", c.Intents())
	}
}
