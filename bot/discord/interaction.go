package discord

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot/deliver"
)

// interactions remembers the interactions that have had their first response: Discord takes one, and within 3 s
// (interactions/receiving-and-responding.md). The zero value is ready. It remembers the newest few thousand, more than are under
// way; for a forgotten one, Discord itself answers that it had its response.
type interactions struct {
	mu           sync.Mutex
	newer, older map[deliver.Via]*interaction // when the newer are many, they become the older
}

// interaction is how far the response to one has come. Of one from before a restart nothing is known, so its first response is tried.
type interaction struct {
	mu       sync.Mutex
	answered bool // the first response was given
	deferred bool // it was only a deferral; the first message replaces it
}

// of finds an interaction, or begins to remember it.
func (m *interactions) of(via deliver.Via) *interaction {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, known := range []map[deliver.Via]*interaction{m.newer, m.older} {
		if i, ok := known[via]; ok {
			return i
		}
	}
	if m.newer == nil || len(m.newer) >= maxInteractions {
		m.newer, m.older = map[deliver.Via]*interaction{}, m.newer
	}
	i := &interaction{}
	m.newer[via] = i
	return i
}

// maxInteractions is how many are remembered at least; at most, twice as many.
const maxInteractions = 5000

// byUser begins the Via of an interaction that came by user install alone.
const byUser = "user/"

// userInstalled reports whether an interaction came by user install alone: in its channel Parley can only act through the interaction.
func userInstalled(via deliver.Via) bool { return strings.HasPrefix(string(via), byUser) }

// parseVia returns the id and token of an interaction.
func parseVia(via deliver.Via) (id, token string) {
	id, token, _ = strings.Cut(strings.TrimPrefix(string(via), byUser), "/")
	return id, token
}

// Rate limits of responses to interactions: each interaction has its own, one for the first response and one for what follows it. The limit
// on all does not hold for them (rate-limits.md: "Interaction endpoints are not bound to the bot's Global Rate Limit").
const (
	callbackBucket = "callback/"
	webhookBucket  = "webhook/"
)

// ofInteraction reports whether a bucket is one of these.
func ofInteraction(bucket string) bool {
	return strings.HasPrefix(bucket, callbackBucket) || strings.HasPrefix(bucket, webhookBucket)
}

// firstResponse gives the first response to an interaction. The lock of the interaction must be held. The message that the response made
// is returned, if it made one.
func (c *Chat) firstResponse(ctx context.Context, i *interaction, via deliver.Via, kind discordgo.InteractionResponseType, data any) (deliver.MessageID, error) {
	id, token := parseVia(via)
	var made struct {
		Resource struct {
			Message struct{ ID deliver.MessageID }
		}
	}
	body := map[string]any{"type": kind}
	if data != nil {
		body["data"] = data
	}
	url := discordgo.EndpointInteractionResponse(id, token) + "?with_response=true"
	err := c.rest.do(ctx, http.MethodPost, url, callbackBucket+id, body, &made)
	if err == nil || codeOf(err) == alreadyAnswered {
		i.answered = true
	}
	return made.Resource.Message.ID, err
}

// respondNow gives a first response that need not be on record: a form, choices, or that something is wrong.
func (c *Chat) respondNow(ctx context.Context, a arrival, kind discordgo.InteractionResponseType, data any) error {
	i := c.talks.of(a.event.Via)
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.answered {
		return nil
	}
	_, err := c.firstResponse(ctx, i, a.event.Via, kind, data)
	return err
}

// deferLater defers the first response if there is none in time, so that Discord does not take the interaction for failed. Whether all
// see what comes in place of a deferral is fixed by it: only the asker does, unless asked for otherwise. The click on a control is deferred
// without a trace, since what it leads to may be said elsewhere; a click in the menu of a message has no message that could be left as it is.
func (c *Chat) deferLater(a arrival, after time.Duration) {
	c.tasks.Go(func() {
		time.Sleep(max(0, after))
		i := c.talks.of(a.event.Via)
		i.mu.Lock()
		defer i.mu.Unlock()
		if i.answered {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		kind := discordgo.InteractionResponseDeferredChannelMessageWithSource
		var data any
		trace := a.event.Click == nil || a.interaction.Type == discordgo.InteractionApplicationCommand
		switch {
		case !trace:
			kind = discordgo.InteractionResponseDeferredMessageUpdate
		case !a.event.Public:
			data = map[string]any{"flags": discordgo.MessageFlagsEphemeral}
		}
		if _, err := c.firstResponse(ctx, i, a.event.Via, kind, data); err != nil {
			c.log.Warn("a response could not be deferred", "event", a.event.ID, "error", err)
			return
		}
		i.deferred = trace
	})
}
