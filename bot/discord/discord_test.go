package discord_test

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
)

// TestChat runs the suite that every adapter passes, by the gateway.
func TestChat(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Platform { return newGuild(t).platform() })
}

// guild is a local Discord with one person in a channel who talks with Parley.
type guild struct {
	*discordtest.Server
	t    testing.TB
	mu   sync.Mutex
	said map[bot.EventID]discordtest.Said
	end  func() // of a fault
	log  *slog.Logger
}

func newGuild(t testing.TB, change ...func(*discordtest.Config)) *guild {
	g := &guild{Server: discordtest.New(t, change...), t: t, said: map[bot.EventID]discordtest.Said{}, end: func() {}}
	g.log = chattest.Log(t, g.Secrets)
	g.AddChannel(discordtest.Place{ID: "C1", Name: "second", Guild: discordtest.Guild}) // where the suite posts by itself
	return g
}

func (g *guild) config() discord.Config {
	return discord.Config{
		Token: discordtest.Token, Transport: g.Transport(nil), Log: g.log,
		OpenWithin: 2 * time.Second, AckWithin: 3 * time.Second, Pause: 20 * time.Millisecond, DeferAfter: 500 * time.Millisecond,
	}
}

func (g *guild) platform() chattest.Platform {
	return chattest.Platform{
		Connect: func() bot.Chat { return connect(g.t, g.config()) },
		Say:     g.say, Edit: g.edit, Mutter: g.mutter, Unsay: g.unsay, Messages: g.messages, Fault: g.fault,
		Command: func(text string) { g.Command(discordtest.Channel, discordtest.User, "parley "+text).Wait() },
		Remove:  g.remove,
		Delete:  func(i int) { g.Delete(g.parleys()[i]) },
		Acting:  acting,
		Log:     g.log,
		Faults:  []chattest.Fault{chattest.Refuses, chattest.Postpones, chattest.LosesThis, chattest.LosesReply, chattest.Slow, chattest.Revoked},
		Repeats: true, Edits: true, Deletes: true, Finds: true, Splits: true,
	}
}

func connect(t testing.TB, c discord.Config) bot.Chat {
	chat, err := discord.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return chat
}

// say mentions Parley in the channel. Discord wants no acknowledgement of a message: it counts when it has arrived. Said again under
// the same id, the same event comes once more.
func (g *guild) say(id bot.EventID, text string) bool {
	if err := g.AwaitReady(1); err != nil {
		g.t.Error(err)
		return false
	}
	g.mu.Lock()
	before, again := g.said[id]
	g.mu.Unlock()
	if again {
		ok := true
		for _, d := range before.Events {
			_, arrived := g.Duplicate(d).Wait()
			ok = ok && arrived
		}
		return ok
	}
	s := g.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" "+text, "")
	g.mu.Lock()
	g.said[id] = s
	g.mu.Unlock()
	return s.Wait()
}

// remove removes Parley from a guild, while its own one is not available for a moment.
func (g *guild) remove(team string) {
	g.Event("GUILD_DELETE", fmt.Sprintf(`{"id":%q,"unavailable":true}`, discordtest.Guild))
	g.Event("GUILD_DELETE", fmt.Sprintf(`{"id":%q}`, team))
}

// edit changes what was said so that it mentions Parley.
func (g *guild) edit(id bot.EventID, text string) (again func()) {
	return g.change(id, func(m discordtest.Message) discordtest.Said { return g.Edit(m, discordtest.Mention+" "+text) })
}

func (g *guild) unsay(id bot.EventID) { g.change(id, g.Delete) }

// change does something to what was said, and waits until Discord has told of it.
func (g *guild) change(id bot.EventID, do func(discordtest.Message) discordtest.Said) (again func()) {
	if err := g.AwaitReady(1); err != nil {
		g.t.Error(err)
		return func() {}
	}
	g.mu.Lock()
	m := g.said[id].Message
	g.mu.Unlock()
	s := do(m)
	s.Wait()
	return func() {
		for _, d := range s.Events {
			g.Duplicate(d).Wait()
		}
	}
}

// mutter says something in the channel without a mention.
func (g *guild) mutter(id bot.EventID, text string) {
	if err := g.AwaitReady(1); err != nil {
		g.t.Error(err)
	}
	s := g.Say(discordtest.Channel, discordtest.User, text, "")
	g.mu.Lock()
	g.said[id] = s
	g.mu.Unlock()
	s.Wait()
}

// parleys are the messages of Parley that everybody sees.
func (g *guild) parleys() []discordtest.Message {
	all := append(g.Server.Messages(discordtest.Channel), g.Server.Messages("C1")...)
	return slices.DeleteFunc(all, func(m discordtest.Message) bool { return m.User != discordtest.Bot })
}

// messages are what Parley said, in the channel, to one person there and in direct messages.
func (g *guild) messages() []string {
	var texts []string
	for _, m := range slices.Concat(g.parleys(), g.Ephemerals(discordtest.Channel, discordtest.User), g.DMs(discordtest.User)) {
		texts = append(texts, unescaped(m.Content))
	}
	return texts
}

// unescaped is a message as people read it.
func unescaped(content string) string {
	return strings.NewReplacer(`\`, "", "**", "", "-# ", "").Replace(content)
}

func (g *guild) fault(f chattest.Fault) {
	g.end()
	g.end = func() {}
	posts := []string{discordtest.PostMessage, discordtest.EditMessage, discordtest.DeleteMessage}
	switch f {
	case chattest.Refuses:
		g.end = g.Fault(discordtest.Fault{Routes: posts, Times: 1, Code: 50013})
	case chattest.Postpones:
		g.end = g.Fault(discordtest.Fault{Routes: posts, Times: 1, Status: 429, RetryAfter: 100 * time.Millisecond})
	case chattest.LosesThis:
		g.end = g.Fault(discordtest.Fault{Routes: posts, Times: 1, Drop: discordtest.Before})
	case chattest.LosesReply:
		g.end = g.Fault(discordtest.Fault{Routes: posts, Times: 1, Drop: discordtest.After})
	case chattest.Slow:
		g.end = g.Fault(discordtest.Fault{Routes: posts, Hold: true})
	case chattest.Revoked:
		g.end = g.Fault(discordtest.Fault{Routes: posts, Code: 50001})
	}
}

// acting finds what Discord would take for a mention or a masked link in a message.
func acting(text string) []string {
	var found []string
	for _, bad := range []string{"@everyone", "@here", "<@", "<#", "](http", "\x1b", "\x00"} {
		if strings.Contains(text, bad) {
			found = append(found, bad)
		}
	}
	return found
}
