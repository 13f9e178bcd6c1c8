package discord_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/compose"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
)

// listen connects an adapter whose events end as a test says, but for the glance by which it registers commands.
func listen(t *testing.T, g *guild, receive bot.Receive) bot.Chat {
	chat := connect(t, g.config())
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- chat.Listen(ctx, func(ctx context.Context, e bot.Event) (bot.Reply, error) {
			if e.Glance {
				return bot.Reply{}, nil
			}
			return receive(ctx, e)
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	ready(t, g)
	return chat
}

// Who asks what cannot be taken in is told so, in the 3 s that Discord waits, even if the record hangs; completion then offers nothing.
func TestNotTaken(t *testing.T) {
	busy := bot.Reply{Parts: []compose.Part{{Text: "Busy."}}}
	for name, c := range map[string]struct {
		receive bot.Receive
		told    string
	}{
		"fails": {func(context.Context, bot.Event) (bot.Reply, error) {
			return bot.Reply{}, errors.New("the disk is full")
		}, "Something went wrong"},
		"hangs": {func(ctx context.Context, _ bot.Event) (bot.Reply, error) {
			<-ctx.Done()
			return bot.Reply{}, ctx.Err()
		}, "Something went wrong"},
		"busy": {func(context.Context, bot.Event) (bot.Reply, error) { return busy, bot.ErrBusy }, "Busy."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGuild(t)
			listen(t, g, c.receive)
			command := g.Command(discordtest.Channel, discordtest.User, "parley ask", option("question", chattest.Question))
			typing := g.Autocomplete(discordtest.User, "parley ask", "question", "harb")
			g.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" "+chattest.Question, "")
			command.Wait()
			if all := command.Messages(); len(all) != 1 || !strings.Contains(all[0].Content, c.told) || all[0].To != discordtest.User {
				t.Errorf("who uses a command is told %+v: %s", all, command.Trouble())
			}
			if a, ok := typing.Wait(); !ok || len(typing.Choices()) > 0 {
				t.Errorf("who is typing is offered %s: %s", a.Data, typing.Trouble())
			}
			for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
				all := g.DMs(discordtest.User)
				if len(all) == 1 && strings.Contains(all[0].Content, c.told) {
					break
				}
				if time.Now().After(deadline) {
					t.Fatalf("who mentions Parley is told %+v", all)
				}
			}
			if open := g.Server.Messages(discordtest.Channel); len(open) != 1 { // the mention
				t.Errorf("all see %+v", open)
			}
		})
	}
}

// When too much is under way, what comes on top is left, and fails as Discord has it; then all goes on.
func TestTooMuchAtOnce(t *testing.T) {
	g := newGuild(t)
	release := make(chan struct{})
	var taken atomic.Int64
	listen(t, g, func(context.Context, bot.Event) (bot.Reply, error) {
		taken.Add(1)
		<-release
		return bot.Reply{Parts: []compose.Part{{Text: "Taken."}}}, nil
	})
	ask := func() *discordtest.Delivery {
		return g.Command(discordtest.Channel, discordtest.User, "parley ask", option("question", chattest.Question))
	}
	const most, more = 256, 20
	var all []*discordtest.Delivery
	for range most {
		all = append(all, ask())
	}
	for deadline := time.Now().Add(10 * time.Second); taken.Load() < most && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
	}
	for range more {
		all = append(all, ask())
	}
	all[most+more-1].Wait() // its time is over, and that of those before
	close(release)
	if n := taken.Load(); n != most {
		t.Errorf("%d were taken, want %d", n, most)
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if _, ok := ask().Wait(); ok {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("it does not go on")
		}
	}
}

// Events that come in another order are answered, each once.
func TestReorderedEvents(t *testing.T) {
	g := newGuild(t)
	s := serve(t, g, nil)
	ready(t, g)
	g.Swap()
	s.ask()
	command := g.Command(discordtest.Channel, discordtest.User, "parley ask", option("question", chattest.Question), option("public", true))
	if _, ok := command.Wait(); !ok {
		t.Error(command.Trouble())
	}
	s.answered(t, 2)
}

// An endpoint passes Discord's own check, and a request signed long ago is refused; one that comes twice is answered once.
func TestHTTPEndpoint(t *testing.T) {
	g := newGuild(t)
	change := overHTTP(t, g)
	s := serve(t, g, change)
	awaitHTTP(t, change)
	var c discord.Config
	change(&c)
	url := "http://" + c.Listen + "/"
	if err := g.Verify(url); err != nil {
		t.Error(err)
	}
	asked := g.Command(discordtest.Channel, discordtest.User, "parley ask", option("question", chattest.Question), option("public", true))
	if _, ok := asked.Wait(); !ok {
		t.Error(asked.Trouble())
	}
	for ago, want := range map[time.Duration]int{
		time.Minute: http.StatusAccepted, 10 * time.Minute: http.StatusUnauthorized, -10 * time.Minute: http.StatusUnauthorized,
	} {
		if status, err := g.Replay(url, asked, ago); err != nil || status != want {
			t.Errorf("signed %v ago: status %d, want %d: %v", ago, status, want, err)
		}
	}
	if status, err := g.Forge(url, "no hex", make([]byte, 2<<20)); err != nil || status != http.StatusRequestEntityTooLarge {
		t.Errorf("2 MiB: status %d, %v", status, err)
	}
	s.answered(t, 1)
}

// Commands of a guild under test go to that guild alone; while Discord does not say what is registered, nothing is.
func TestRegistersForOneGuild(t *testing.T) {
	g := newGuild(t)
	g.Server.Fault(discordtest.Fault{Routes: []string{discordtest.GetGuildCommands}, Times: 2, Status: 500})
	serve(t, g, func(c *discord.Config) { c.TestGuild = discordtest.Guild })
	ready(t, g)
	if len(g.Commands("")) != 0 || len(g.Commands(discordtest.Guild)) != 4 {
		t.Errorf("there are %d commands everywhere, and %d in the guild", len(g.Commands("")), len(g.Commands(discordtest.Guild)))
	}
	seen := 0
	for _, call := range g.Calls() {
		switch {
		case call.Route == discordtest.GetGuildCommands && call.Status == http.StatusOK:
			seen++
		case call.Route == discordtest.PutGuildCommands && (seen == 0 || len(call.Body) < 100):
			t.Errorf("without having seen what is there, it writes %s", call.Body)
		}
	}
}
