package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"time"

	"parley/bot"
)

// freshness is the greatest age of a signed request. Discord names no limit; replays within it are recognised by their ids.
const freshness = 5 * time.Minute

// listenHTTP takes Discord's requests until ctx ends.
func (c *Chat) listenHTTP(ctx context.Context, receive bot.Receive) error {
	err := bot.Listener{
		Address: c.config.Listen, Purpose: "Discord's requests (PARLEY_DISCORD_LISTEN)", Handler: c.handler(receive), Log: c.log,
		Ready: func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.httpReady = true
		},
	}.Listen(ctx)
	c.tasks.Wait()
	return err
}

// handler takes interactions at any path. They are answered by requests of our own, as those of the gateway are, so that one way of
// delivering does for both (interactions/receiving-and-responding.md: with 202, the callback is expected).
func (c *Chat) handler(receive bot.Receive) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bot.ReadSigned(w, r, "Discord", func(header http.Header, body []byte) bool { return c.signed(header, body, time.Now()) })
		if !ok {
			return
		}
		a := fromInteraction(body, time.Now())
		if a.kind == pinged {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"type":1}`)
			return
		}
		if err := c.handle(r.Context(), receive, a); err != nil {
			c.log.Warn("an interaction was not taken in", "event", a.event.ID, "error", err)
		}
		w.WriteHeader(http.StatusAccepted)
	})
}

// signed reports whether Discord has signed a request (interactions/overview.md, "Setting Up an Endpoint"). It sends wrong ones on purpose.
func (c *Chat) signed(header http.Header, body []byte, now time.Time) bool {
	signature, err := hex.DecodeString(header.Get("X-Signature-Ed25519"))
	if err != nil || len(signature) != ed25519.SignatureSize {
		return false
	}
	stamp := header.Get("X-Signature-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > freshness {
		return false
	}
	return ed25519.Verify(c.key, append([]byte(stamp), body...), signature)
}
