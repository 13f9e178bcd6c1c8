package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"parley/bot"
)

// maxBody bounds a request: what Discord sends stays far below a megabyte.
const maxBody = 1 << 20

// freshness is how old a signed request may be. Discord names no limit; what is repeated within these minutes is recognised by its id.
const freshness = 5 * time.Minute

// listenHTTP takes Discord's requests until ctx ends.
func (c *Chat) listenHTTP(ctx context.Context, receive bot.Receive) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.config.Listen)
	if err != nil {
		return fmt.Errorf("open the address %s for Discord's requests (PARLEY_DISCORD_LISTEN): %w", c.config.Listen, err)
	}
	server := &http.Server{Handler: c.handler(receive), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	c.mu.Lock()
	c.taken = true
	c.mu.Unlock()
	select {
	case <-ctx.Done():
	case err := <-ended:
		return fmt.Errorf("serve Discord's requests: %w", err)
	}
	shutting, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	err = server.Shutdown(shutting) // waits for what was taken
	c.asides.Wait()
	return err
}

// handler takes interactions at any path. They are answered by requests of our own, as those of the gateway are, so that one way of
// delivering does for both (interactions/receiving-and-responding.md: with 202, the callback is expected).
func (c *Chat) handler(receive bot.Receive) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, "Discord posts here.", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			http.Error(w, "The request is too large or was cut off.", http.StatusRequestEntityTooLarge)
			return
		}
		if !c.signed(r.Header, body, time.Now()) {
			http.Error(w, "The signature is wrong.", http.StatusUnauthorized)
			return
		}
		a := fromInteraction(body, time.Now())
		if a.kind == pinged {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"type":1}`)
			return
		}
		if err := c.take(r.Context(), receive, a); err != nil {
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
