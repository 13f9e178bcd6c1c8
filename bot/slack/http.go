package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"parley/bot"
)

// listenHTTP takes Slack's requests until ctx ends.
func (c *Chat) listenHTTP(ctx context.Context, receive bot.Receive) error {
	failed := make(chan error, 1)
	c.gone = func(why error) {
		select {
		case failed <- why:
		default:
		}
	}
	err := bot.Listener{
		Address: c.config.Listen, Purpose: "Slack's requests (PARLEY_SLACK_LISTEN)", Handler: c.handler(receive), Failed: failed, Log: c.log,
		Ready: func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.httpReady = true
		},
	}.Listen(ctx)
	c.tasks.Wait()
	return err
}

// handler takes events, commands and interactions at any path.
func (c *Chat) handler(receive bot.Receive) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bot.ReadSigned(w, r, "Slack", c.signed)
		if !ok {
			return
		}
		challenge, a, err := c.arrived(r.Header.Get("Content-Type"), body)
		if err != nil {
			// Slack would repeat it without a 200, and it will not become readable.
			c.log.Warn("Slack sent something that cannot be read", "error", err)
		}
		if challenge != "" {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, challenge)
			return
		}
		payload, ack := c.handle(r.Context(), receive, a)
		if !ack {
			http.Error(w, "Parley is busy.", http.StatusServiceUnavailable)
			return
		}
		if payload != nil {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(payload) // a connection that is gone needs no answer
		}
	})
}

// signed is verify for bot.ReadSigned.
func (c *Chat) signed(header http.Header, body []byte) bool {
	err := c.verify(header, body)
	if err != nil {
		c.log.Warn("a request was not signed by Slack", "error", err)
	}
	return err == nil
}

// verify checks that Slack signed a request within the last five minutes (docs.slack.dev/authentication/verifying-requests-from-slack).
// Replays within these are recognised by their ids.
func (c *Chat) verify(header http.Header, body []byte) error {
	verifier, err := slack.NewSecretsVerifier(header, c.config.SigningSecret)
	if err != nil {
		return err
	}
	if _, err := verifier.Write(body); err != nil {
		return err
	}
	return verifier.Ensure()
}

// arrived reads a request: a form for commands and interactions, JSON for events.
func (c *Chat) arrived(contentType string, body []byte) (challenge string, a arrival, err error) {
	now := c.config.Now()
	if len(body) == 0 || body[0] != '{' {
		form, err := url.ParseQuery(string(body))
		switch {
		case err != nil:
			return "", arrival{}, fmt.Errorf("read the form: %w", err)
		case form.Get("payload") != "":
			var i slack.InteractionCallback
			if err := json.Unmarshal([]byte(form.Get("payload")), &i); err != nil {
				return "", arrival{}, fmt.Errorf("read the interaction: %w", err)
			}
			return "", fromInteraction(i, now), nil
		case form.Get("command") != "":
			return "", fromCommand(slack.SlashCommand{
				TeamID: form.Get("team_id"), ChannelID: form.Get("channel_id"), UserID: form.Get("user_id"), Command: form.Get("command"),
				Text: form.Get("text"), ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id"),
			}, now), nil
		default:
			return "", arrival{}, fmt.Errorf("a request of the type %q is neither a command nor an interaction", contentType)
		}
	}
	e, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	if err != nil {
		return "", arrival{}, fmt.Errorf("read the event: %w", err)
	}
	if verification, ok := e.Data.(*slackevents.EventsAPIURLVerificationEvent); ok && e.Type == slackevents.URLVerification {
		return verification.Challenge, arrival{}, nil
	}
	return "", fromEvent(e, c.me()), nil
}
