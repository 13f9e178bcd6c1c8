package discord_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
	"parley/store"
)

// serving is Parley at work in a guild.
type serving struct {
	*guild
	store *store.Store
	end   context.CancelFunc
	ended chan error
}

// serve starts Parley in a guild.
func serve(t testing.TB, g *guild, change func(*discord.Config)) *serving {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	c := g.config()
	if change != nil {
		change(&c)
	}
	ctx, end := context.WithCancel(context.Background())
	ids := make(chan string, 1)
	go func() {
		defer close(ids)
		for i := 1; ctx.Err() == nil; i++ {
			select {
			case ids <- fmt.Sprintf("ID%024d", i):
			case <-ctx.Done():
			}
		}
	}()
	s := &serving{guild: g, store: db, end: end, ended: make(chan error, 1)}
	parley := bot.New(chattest.Library(t), db, bot.Config{
		Now: time.Now, Resume: true, Poll: 20 * time.Millisecond, Pause: 10 * time.Millisecond, NewID: func() string { return <-ids },
	})
	chat := connect(t, c)
	go func() { s.ended <- parley.Serve(ctx, chat) }()
	t.Cleanup(func() {
		end()
		select {
		case <-s.ended:
		case <-time.After(30 * time.Second):
			t.Error("Parley does not end")
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func ready(t testing.TB, g *guild) {
	t.Helper()
	if err := g.AwaitReady(1); err != nil {
		t.Fatal(err)
	}
}

// answered waits until Parley has answered so many messages in the channel, and wants no more.
func (s *serving) answered(t *testing.T, want int) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); len(s.parleys()) < want && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond)
	if got := len(s.parleys()); got != want {
		t.Errorf("there are %d answers, want %d", got, want)
	}
}

func (s *serving) ask() {
	s.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" "+chattest.Question, "")
}

// Connections come to every end there is; what people ask meanwhile is answered, once.
func TestConnectionsEnd(t *testing.T) {
	for name, end := range map[string]func(*discordtest.Conn){
		"reconnect":     (*discordtest.Conn).Reconnect,
		"invalid":       func(c *discordtest.Conn) { c.Invalidate(false) },
		"broken":        (*discordtest.Conn).Break,
		"closed 4000":   func(c *discordtest.Conn) { c.CloseWith(4000) },
		"closed 4009":   func(c *discordtest.Conn) { c.CloseWith(4009) },
		"silent":        (*discordtest.Conn).Silence,
		"without acks":  (*discordtest.Conn).NoAcks,
		"strange frame": func(c *discordtest.Conn) { c.Raw(`{"op":42,"d":null}`); c.Raw(`no json`) },
		"asked to beat": (*discordtest.Conn).Heartbeat,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGuild(t)
			s := serve(t, g, func(c *discord.Config) { c.AckWithin = 1500 * time.Millisecond })
			ready(t, g)
			s.ask()
			s.answered(t, 1)
			end(g.Conns()[0])
			time.Sleep(50 * time.Millisecond)
			deadline := time.Now().Add(20 * time.Second)
			for ; time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
				if len(g.Conns()) > 0 {
					s.ask()
					s.answered(t, 2)
					return
				}
			}
			t.Error("it does not come back")
		})
	}
}

// What goes wrong while a connection is opened does not hold Parley up for good.
func TestConnectionsBegin(t *testing.T) {
	for name, links := range map[string]discordtest.Links{
		"no hello":             {Times: 1, NoHello: true},
		"no ready":             {Times: 1, NoReady: true},
		"op 7 instead":         {Times: 1, Op7First: true},
		"op 9 instead":         {Times: 1, Op9First: true},
		"closed 4000":          {Times: 1, CloseFirst: 4000},
		"heartbeats not acked": {Times: 1, NoAck: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGuild(t)
			g.FaultLinks(links)
			s := serve(t, g, func(c *discord.Config) { c.OpenWithin, c.AckWithin = time.Second, 1500*time.Millisecond })
			time.Sleep(100 * time.Millisecond)
			deadline := time.Now().Add(20 * time.Second)
			for ; len(g.Conns()) == 0 && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
			}
			s.ask()
			s.answered(t, 1)
		})
	}
}

// Events that are twice there, half there or strange do no harm.
func TestStrangeEvents(t *testing.T) {
	g := newGuild(t)
	s := serve(t, g, nil)
	ready(t, g)
	for _, payload := range []string{`null`, `{}`, `[]`, `"text"`, `{"id":"1"}`, `{"id":"1","author":null,"content":"x"}`,
		`{"id":"1","type":99,"data":{"component_type":77}}`, `{"id":"1","type":3,"data":{"component_type":99,"custom_id":"share:"},"member":{"user":{"id":"9"}}}`,
		`{"id":"1","type":5,"data":{"custom_id":"report:X","components":[{"type":18,"component":{"type":4}}]},"user":{"id":"9"}}`,
		`{"id":"1","type":2,"data":{"name":"parley","options":[{"type":1,"name":"frobnicate"}]},"user":{"id":"9"}}`} {
		g.Event("INTERACTION_CREATE", payload)
		g.Event("MESSAGE_CREATE", payload)
		g.Event("SOMETHING_NEW", payload)
	}
	said := g.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" "+chattest.Question, "")
	said.Wait()
	for range 3 {
		g.Duplicate(said.Events[0])
	}
	s.answered(t, 1)
}

// What is for good ends Parley with one sentence that says what to do.
func TestEndsWithASentence(t *testing.T) {
	for name, c := range map[string]struct {
		before   func(*guild)
		token    string
		sentence string
	}{
		"wrong token":        {token: "wrong", sentence: "Discord does not know the token in PARLEY_DISCORD_TOKEN"},
		"closed 4004":        {before: func(g *guild) { g.FaultLinks(discordtest.Links{CloseFirst: 4004}) }, sentence: "Discord does not know the token"},
		"disallowed intents": {before: func(g *guild) { g.FaultLinks(discordtest.Links{CloseFirst: 4014}) }, sentence: "intents"},
		"sharding needed":    {before: func(g *guild) { g.FaultLinks(discordtest.Links{CloseFirst: 4011}) }, sentence: "more shards"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGuild(t)
			if c.before != nil {
				c.before(g)
			}
			s := serve(t, g, func(config *discord.Config) {
				if c.token != "" {
					config.Token = c.token
				}
			})
			select {
			case err := <-s.ended:
				if err == nil || !strings.Contains(err.Error(), c.sentence) {
					t.Errorf("it ends with %v", err)
				}
				s.ended <- nil
			case <-time.After(20 * time.Second):
				t.Fatal("it goes on")
			}
		})
	}
}

// Discord says how many shards there are to be; each has its connection.
func TestShards(t *testing.T) {
	g := newGuild(t, func(c *discordtest.Config) { c.Shards = 2 })
	s := serve(t, g, nil)
	if err := g.AwaitReady(2); err != nil {
		t.Fatal(err)
	}
	s.ask()
	s.answered(t, 1)
}

// Commands are written when they differ from what is there, and only then.
func TestRegistersOnce(t *testing.T) {
	g := newGuild(t)
	puts := func() int {
		n := 0
		for _, call := range g.Calls() {
			if call.Route == discordtest.PutCommands {
				n++
			}
		}
		return n
	}
	for range 2 {
		s := serve(t, g, nil)
		ready(t, g)
		s.end()
		<-s.ended
		s.ended <- nil
	}
	if n := puts(); n != 1 || len(g.Commands("")) != 4 {
		t.Errorf("the commands were written %d times, and there are %d", n, len(g.Commands("")))
	}
}

// A public key that is none is refused at once: the library would panic at the first request.
func TestPublicKey(t *testing.T) {
	for _, key := range []string{"no hex", "abcd", strings.Repeat("ab", 31)} {
		if _, err := discord.New(discord.Config{Token: "x", PublicKey: key}); err == nil {
			t.Errorf("the key %q is taken", key)
		}
	}
}

// Direct messages and replies to Parley are answered; a reply without its ping carries no text, and is left alone.
func TestMessages(t *testing.T) {
	g := newGuild(t)
	s := serve(t, g, nil)
	ready(t, g)
	g.DM(discordtest.User, chattest.Question)
	direct := func(want string) {
		t.Helper()
		for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
			for _, m := range g.DMs(discordtest.User) {
				if m.User == discordtest.Bot && strings.Contains(m.Content, want) {
					return
				}
			}
		}
		t.Errorf("in direct messages nobody says %q", want)
	}
	direct("reopens in May")
	s.ask()
	s.answered(t, 1)
	answer := s.parleys()[0]
	if answer.ReplyTo == "" {
		t.Error("the answer is no reply to the question")
	}
	g.Say(discordtest.Channel, discordtest.User, "who says so?", answer.ID)
	s.answered(t, 2)
	g.Event("MESSAGE_CREATE", fmt.Sprintf(`{"id":"900000000000000001","type":19,"channel_id":%q,"guild_id":%q,"content":"","author":{"id":%q},"mentions":[],
		"referenced_message":{"id":%q,"channel_id":%q,"author":{"id":%q,"bot":true}}}`,
		discordtest.Channel, discordtest.Guild, discordtest.User, answer.ID, discordtest.Channel, discordtest.Bot))
	g.Say(discordtest.Channel, discordtest.User, "nothing for Parley", "")
	time.Sleep(200 * time.Millisecond)
	s.answered(t, 2)
	if dms := g.DMs(discordtest.User); len(dms) != 2 {
		t.Errorf("there are %d direct messages, want a question and its answer", len(dms))
	}
}
