package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot"
)

// A platform that cannot be reached is tried again after pauses that grow to a minute; an error that is for good ends it.
func TestReach(t *testing.T) {
	down, revoked := errors.New("down"), errors.New("revoked")
	fatal := func(err error) (string, bool) { return "Set a new token.", errors.Is(err, revoked) }
	for name, c := range map[string]struct {
		errs []error // of the attempts; then they succeed
		took time.Duration
		want string
	}{
		"at once":  {nil, 0, ""},
		"later":    {[]error{down, down, down}, (1 + 2 + 4) * time.Second, ""},
		"slowly":   {[]error{down, down, down, down, down, down, down, down}, (1 + 2 + 4 + 8 + 16 + 32 + 60 + 60) * time.Second, ""},
		"for good": {[]error{down, revoked}, time.Second, "Set a new token."},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began, n := time.Now(), 0
				err := bot.Reach(t.Context(), "Slack", time.Second, slog.New(slog.DiscardHandler), fatal, func() error {
					if n++; n <= len(c.errs) {
						return c.errs[n-1]
					}
					return nil
				})
				if got := time.Since(began); got != c.took || (err == nil) != (c.want == "") || err != nil && err.Error() != c.want {
					t.Errorf("it took %s and came to %v, want %s and %q", got, err, c.took, c.want)
				}
			})
		})
	}
}

// Stopping ends the waiting at once, without an error.
func TestReachStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
		defer cancel()
		began := time.Now()
		err := bot.Reach(ctx, "Slack", time.Hour, slog.New(slog.DiscardHandler), func(error) (string, bool) { return "", false }, func() error { return errors.New("down") })
		if err != nil || time.Since(began) != 90*time.Second {
			t.Errorf("it came to %v after %s", err, time.Since(began))
		}
	})
}
