package bot_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"

	"parley/bot"
	"parley/bot/compose"
	"parley/bot/deliver"
)

// Without an answer, a call is repeated if that does no harm; what was never sent may be sent again; of the rest nobody knows.
func TestUnanswered(t *testing.T) {
	broken, dial := errors.New("connection reset"), fmt.Errorf("post: %w", &net.OpError{Op: "dial", Err: errors.New("refused")})
	for _, c := range []struct {
		err        error
		idempotent bool
		kind       deliver.FailureKind
		reason     string
	}{
		{broken, false, deliver.Lost, "Slack did not say whether it took the message"},
		{broken, true, deliver.Postponed, "Slack did not answer"},
		{dial, false, deliver.Postponed, "Slack cannot be reached"},
		{dial, true, deliver.Postponed, "Slack cannot be reached"},
		{context.Canceled, true, deliver.Postponed, "Parley was stopped"},
		{context.Canceled, false, deliver.Lost, "Slack did not say whether it took the message"},
	} {
		if f := bot.Unanswered("Slack", c.err, c.idempotent); f.Kind != c.kind || f.Reason != c.reason || !errors.Is(f, c.err) {
			t.Errorf("%v, %v: %s, %q", c.err, c.idempotent, f.Kind, f.Reason)
		}
	}
}

// A person is told what the reply says, or that nothing was done; nothing where the answer comes later.
func TestAtOnce(t *testing.T) {
	busy := bot.Reply{Parts: []compose.Part{{Role: compose.RoleNotice, Text: "Parley is busy."}}}
	for _, c := range []struct {
		reply bot.Reply
		err   error
		want  string
	}{{bot.Reply{}, nil, ""}, {busy, bot.ErrBusy, "Parley is busy."}, {busy, nil, "Parley is busy."}, {bot.Reply{}, bot.ErrBusy, bot.NotTaken}} {
		if got := bot.AtOnce(c.reply, c.err); got != c.want {
			t.Errorf("%q, %v: %q, want %q", c.reply.Text(), c.err, got, c.want)
		}
	}
}
