package chattest

import (
	"bytes"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Log returns a logger of everything, down to the steps of a delivery, for an adapter and its bot. At the end of the test, none of the
// secrets that the platform gave may stand in what was logged, nor an address of the platform.
func Log(t testing.TB, secrets func() []string) *slog.Logger {
	var log syncBuffer
	t.Cleanup(func() {
		if err := Leak(log.String(), secrets()); err != nil {
			t.Error(err)
		}
	})
	return slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

var address = regexp.MustCompile(`(?:https?|wss?)://`)

// Leak returns an error that shows a line which holds one of some secrets, or an address; nil if no line does.
func Leak(log string, secrets []string) error {
	for line := range strings.Lines(log) {
		for _, s := range secrets {
			if s != "" && strings.Contains(line, s) {
				return fmt.Errorf("the log tells the secret %q: %s", s, line)
			}
		}
		if address.MatchString(line) {
			return fmt.Errorf("the log tells an address: %s", line)
		}
	}
	return nil
}

// syncBuffer takes what several write at once.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
