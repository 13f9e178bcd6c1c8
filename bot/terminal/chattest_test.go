package terminal_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/bot/terminal"
)

// TestChat runs the suite that every adapter passes.
func TestChat(t *testing.T) {
	chattest.Run(t, func(*testing.T) chattest.Platform {
		s := &screen{}
		return chattest.Platform{
			Connect: s.connect, Say: s.say, Messages: s.messages, Fault: s.fault,
			Acting: func(message string) []string {
				var acting []string
				for _, bad := range []string{"\x1b", "\x00", "\r", "\u202e"} {
					if strings.Contains(message, bad) {
						acting = append(acting, bad)
					}
				}
				return acting
			},
			Faults: []chattest.Fault{chattest.LosesThis, chattest.LosesReply},
			Waits:  true,
		}
	})
}

// screen is what is shown of a terminal, with somebody who types.
type screen struct {
	mu    sync.Mutex
	shown bytes.Buffer
	meets chattest.Fault
	typed *io.PipeWriter
}

// connect starts a program at the terminal; what an earlier one would have read is lost with it.
func (s *screen) connect() bot.Chat {
	in, typed := io.Pipe()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.typed = typed
	return &terminal.Chat{
		In: in, Out: s, Screen: terminal.Screen{}, Place: deliver.Place{Team: "T1", Channel: "terminal"},
		Trouble: func(error) {},
	}
}

func (s *screen) say(_ bot.EventID, text string) bool {
	s.mu.Lock()
	typed := s.typed
	s.mu.Unlock()
	_, err := io.WriteString(typed, strings.ReplaceAll(text, "\n", " ")+"\n")
	return err == nil
}

// messages are the replies, of which each begins with something other than a blank and ends with an empty line.
func (s *screen) messages() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown.Len() == 0 {
		return nil
	}
	return strings.SplitAfter(strings.TrimSuffix(s.shown.String(), "\n\n"), "\n\n")
}

func (s *screen) fault(f chattest.Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.meets = f
}

// Write is the screen's end of the program's output.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	meets := s.meets
	if len(p) > 0 {
		s.meets = ""
	}
	switch meets {
	case chattest.LosesThis:
		return 0, errors.New("broken pipe")
	case chattest.LosesReply:
		s.shown.Write(p)
		return 0, errors.New("broken pipe")
	}
	return s.shown.Write(p)
}
