package discord_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
)

// outside is a channel where the bot is not: people use Parley there because they installed it for themselves.
const outside = "300000000000000009"

// lapsing is a Discord whose clock can be moved on, with an adapter that takes commands and answers nothing by itself.
type lapsing struct {
	*guild
	ahead atomic.Int64 // how far its clock is
	chat  bot.Chat
	asked chan bot.Event
}

func newLapsing(t *testing.T) *lapsing {
	l := &lapsing{asked: make(chan bot.Event, 1)}
	l.guild = newGuild(t, func(c *discordtest.Config) {
		c.Now = func() time.Time { return time.Now().Add(time.Duration(l.ahead.Load())) }
	})
	l.AddChannel(discordtest.Place{ID: outside, Name: "outside", Guild: "200000000000000009", Outside: true})
	l.chat = listen(t, l.guild, func(_ context.Context, e bot.Event) (bot.Reply, error) {
		l.asked <- e
		return bot.Reply{}, nil
	})
	return l
}

func saying(id deliver.DeliveryID, text string) bot.Reply {
	return bot.Reply{ID: id, Parts: []compose.Part{{Text: text}}}
}

// routes are the calls from the one on with this number.
func (l *lapsing) routes(from int) []string {
	var all []string
	for _, call := range l.Calls()[from:] {
		all = append(all, call.Route)
	}
	return all
}

// A reply is corrected by its interaction as long as that lasts, and after that as a message of its channel where there is a way; where
// there is none, the reason is on record.
func TestRevise(t *testing.T) {
	const over = 16 * time.Minute // 15 are what an interaction lasts
	for name, c := range map[string]struct {
		channel string
		private bool
		discord time.Duration // how far Discord's clock is when the reply is corrected
		ours    time.Duration // and that of Parley
		wiped   bool          // the record holds the secret no more
		deleted bool
		routes  []string
		reason  string // "" if it is corrected
		closed  bool   // the person can be told otherwise
	}{
		"alive":                      {channel: discordtest.Channel, routes: []string{discordtest.EditFollowup}},
		"alive and private":          {channel: discordtest.Channel, private: true, routes: []string{discordtest.EditFollowup}},
		"alive and outside":          {channel: outside, routes: []string{discordtest.EditFollowup}},
		"alive, private and outside": {channel: outside, private: true, routes: []string{discordtest.EditFollowup}},
		"alive and deleted": {
			channel: discordtest.Channel, deleted: true, routes: []string{discordtest.EditFollowup}, reason: "the message was deleted",
		},
		"over":           {channel: discordtest.Channel, discord: over, ours: over, routes: []string{discordtest.EditMessage}},
		"over and wiped": {channel: discordtest.Channel, discord: over, ours: over, wiped: true, routes: []string{discordtest.EditMessage}},
		"over and outside": {
			channel: outside, discord: over, ours: over, reason: "Discord lets Parley edit this for 15 minutes, and these are over", closed: true,
		},
		"over before we think, outside": {
			channel: outside, discord: over, routes: []string{discordtest.EditFollowup}, reason: "Discord takes no more answers to this", closed: true,
		},
		"over and deleted": {
			channel: discordtest.Channel, discord: over, ours: over, deleted: true,
			routes: []string{discordtest.EditMessage}, reason: "the message was deleted",
		},
		"over and private": {
			channel: discordtest.Channel, private: true, discord: over, ours: over,
			reason: "Discord lets Parley edit this for 15 minutes, and these are over", closed: true,
		},
		"over, private and wiped": {
			channel: discordtest.Channel, private: true, discord: over, ours: over, wiped: true,
			reason: "Discord lets Parley edit this for 15 minutes, and these are over", closed: true,
		},
		"over before we think": {channel: discordtest.Channel, discord: over, routes: []string{discordtest.EditFollowup, discordtest.EditMessage}},
		"over before we think, private": {
			channel: discordtest.Channel, private: true, discord: over,
			routes: []string{discordtest.EditFollowup}, reason: "Discord takes no more answers to this", closed: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLapsing(t)
			l.Command(c.channel, discordtest.User, "parley ask", option("question", "When?"), option("public", !c.private))
			e := <-l.asked
			to := deliver.Address{Place: e.Place, Person: e.Person.ID, Private: c.private, Via: e.Via, ViaUntil: e.ViaUntil}
			there, err := l.chat.Post(t.Context(), to, saying("R1", "as it was"))
			if err != nil || len(there.Messages) != 1 {
				t.Fatalf("it is posted as %v: %v", there.Messages, err)
			}
			seen := func() discordtest.Message {
				for _, m := range l.Seen(c.channel, discordtest.User) {
					if m.ID == string(there.Messages[0]) {
						return m
					}
				}
				return discordtest.Message{}
			}
			if c.private != (seen().To != "") {
				t.Fatalf("it is to be private: %v; it is seen by %q alone", c.private, seen().To)
			}
			if c.deleted {
				l.Delete(seen())
			}
			l.ahead.Store(int64(c.discord))
			there.To.ViaUntil = there.To.ViaUntil.Add(-c.ours)
			if c.wiped {
				there.To.Via = ""
			}
			before := len(l.Calls())
			after, err := l.chat.Revise(t.Context(), there, saying("R1", "as it is now"))
			if got := l.routes(before); !slices.Equal(got, c.routes) {
				t.Errorf("it calls %q, want %q", got, c.routes)
			}
			if c.reason != "" {
				var f *deliver.Failure
				want := deliver.Refused
				if c.closed {
					want = deliver.Closed
				}
				if !errors.As(err, &f) || f.Kind != want || f.Reason != c.reason {
					t.Errorf("it ends with %v, want that it is %s: %s", err, want, c.reason)
				}
				return
			}
			if err != nil || !slices.Equal(after.Messages, there.Messages) || after.FollowedUp {
				t.Errorf("it becomes %+v, %v", after, err)
			}
			if m := seen(); m.Content != "as it is now" || c.private != (m.To != "") {
				t.Errorf("people see %q, and %q sees it alone", m.Content, m.To)
			}
		})
	}
}

// A question that waits for another of the same person is deferred in time, and its answer takes the place of the deferral: to the
// asker alone or to all, as it was asked.
func TestDefers(t *testing.T) {
	for name, c := range map[string]struct {
		options []discordtest.Option
		private bool
	}{
		"private": {[]discordtest.Option{option("question", "When does the harbour reopen?")}, true},
		"public":  {[]discordtest.Option{option("question", "When does the harbour reopen?"), option("public", true)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGuild(t, func(c *discordtest.Config) { c.AnswerWithin = 3 * time.Second })
			s := serve(t, g, func(c *discord.Config) { c.DeferAfter = 300 * time.Millisecond })
			ready(t, g)
			release := g.Fault(discordtest.Fault{Routes: []string{discordtest.Callback}, Times: 1, Hold: true})
			defer release()
			ask := func() *discordtest.Delivery {
				return g.Command(discordtest.Channel, discordtest.User, "parley ask", c.options...)
			}
			held := ask()
			for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
				if _, items, err := s.store.Backlog(t.Context()); err == nil && items == 1 {
					break // it is being sent, and hangs
				}
				if time.Now().After(deadline) {
					t.Fatal("the first answer is not being sent")
				}
			}
			waits := ask()
			got, ok := waits.Wait()
			if !ok || got.Type != discordtest.CallDeferred {
				t.Fatalf("the first response is of type %d: %q", got.Type, waits.Trouble())
			}
			if m, ok := waits.Original(); !ok || !m.Loading || (m.To != "") != c.private {
				t.Errorf("people see %+v", m)
			}
			release()
			for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
				if events, items, err := s.store.Backlog(t.Context()); err == nil && events == 0 && items == 0 {
					break
				}
				if time.Now().After(deadline) {
					t.Fatal("it does not come to rest")
				}
			}
			for what, d := range map[string]*discordtest.Delivery{"held": held, "deferred": waits} {
				all := d.Messages()
				if len(all) != 1 || all[0].Loading || (all[0].To != "") != c.private || all[0].Content == "" {
					t.Errorf("in answer to the one %s there is %+v", what, all)
				}
			}
		})
	}
}
