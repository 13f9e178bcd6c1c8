package discord_test

import (
	"context"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/compose"
	"parley/bot/deliver"
	"parley/bot/discord/discordtest"
)

// An error of the network, or of a rate limit, tells neither where the request went nor the token of the interaction in it, which lets anybody
// speak for Parley.
func TestErrorsTellNoAddress(t *testing.T) {
	g := newGuild(t)
	d := g.Command(discordtest.Channel, discordtest.User, "parley ask", discordtest.Option{Name: "question", Value: "When?"})
	private := deliver.Address{
		Place:  deliver.Place{Team: discordtest.Guild, Channel: discordtest.Channel},
		Person: discordtest.User, Private: true, Via: deliver.Via(d.ID + "/" + d.Token), ViaUntil: time.Now().Add(time.Hour),
	}
	public := deliver.Address{Place: private.Place}
	reply := bot.Reply{ID: "d-1", Parts: []compose.Part{{Role: compose.RoleAnswer, Text: "May."}}}
	try := func(what string) {
		t.Helper()
		chat := connect(t, g.config())
		for name, to := range map[string]deliver.Address{"private": private, "public": public} {
			_, err := chat.Post(t.Context(), to, reply)
			if err == nil {
				t.Fatalf("%s, %s: it worked", what, name)
			}
			if leak := chattest.Leak(err.Error(), g.Secrets()); leak != nil {
				t.Errorf("%s, %s: %v", what, name, leak)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		_ = chat.Listen(ctx, nil) // which logs that Discord cannot be reached
	}
	for what, f := range map[string]discordtest.Fault{
		"dropped": {Drop: discordtest.Before}, "limited": {Status: 429, RetryAfter: time.Minute}, "a page": {Status: 502, HTML: true}, "refused": {Code: 50013},
	} {
		end := g.Fault(f)
		try(what)
		end()
	}
	g.Close()
	try("closed")
}
