package slack_test

import (
	"context"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
)

// An error of the network tells neither where the request went nor what it carried: a response_url lets anybody speak for Parley.
func TestErrorsTellNoAddress(t *testing.T) {
	w := newWorkspace(t)
	private, reply := asker(t, w)
	public := deliver.Address{Place: deliver.Place{Team: slacktest.Team, Channel: "C1"}}
	try := func(what string) {
		t.Helper()
		chat := slack.New(w.config())
		for name, to := range map[string]deliver.Address{"private": private, "public": public, "a broken address": {Private: true, Via: private.Via + "\x7f", ViaUntil: time.Now().Add(time.Hour)}} {
			_, err := chat.Post(t.Context(), to, reply)
			if err == nil {
				t.Fatalf("%s, %s: it worked", what, name)
			}
			if leak := chattest.Leak(err.Error(), w.Secrets()); leak != nil {
				t.Errorf("%s, %s: %v", what, name, leak)
			}
		}
		err := chat.Listen(timeout(t, 200*time.Millisecond), nil) // which logs that Slack cannot be reached
		t.Logf("%s: listening ends with %v", what, err)
	}
	w.Server.Fault(slacktest.Fault{Methods: []string{"chat.postMessage", "auth.test", slacktest.ResponseURL}, Drop: slacktest.Before})
	try("dropped")
	w.Close()
	try("closed")
}

// timeout is a context that ends by itself.
func timeout(t *testing.T, after time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), after)
	t.Cleanup(cancel)
	return ctx
}
