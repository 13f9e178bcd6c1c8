package slack_test

import (
	"slices"
	"strings"
	"testing"

	"parley/bot/slack/slacktest"
)

// "Is this true?" under a message checks that message where Parley may read it, and elsewhere tells the other way; a link is not opened.
func TestIsThisTrue(t *testing.T) {
	for name, c := range map[string]struct {
		scopes []string
		want   string
	}{
		"open":   {nil, "Contradicted"},
		"closed": {[]string{"app_mentions:read", "chat:write", "commands", "im:history", "im:write"}, "Check this claim"},
	} {
		t.Run(name, func(t *testing.T) { isThisTrue(t, c.scopes, c.want) })
	}
}

func isThisTrue(t *testing.T, scopes []string, want string) {
	w := newWorkspace(t, func(c *slacktest.Config) {
		if scopes != nil {
			c.Scopes = scopes
		}
	})
	s := &script{serving: serve(t, w, nil), t: t, seen: map[string]bool{}}
	said := func(channel string, do func() slacktest.Said) string {
		seen := len(s.Server.Messages(channel))
		do().Wait()
		s.Settle()
		s.quiet()
		var out []string
		all := slices.Concat(s.Server.Messages(channel)[seen:], s.Ephemerals(channel, "U1"))
		for _, m := range all {
			if m.User == slacktest.Bot {
				out = append(out, m.Text)
			}
		}
		return strings.Join(out, "\n")
	}
	claim := s.Say("C1", "U2", "The harbour reopens in June.", "")
	claim.Wait()
	if got := said("C1", func() slacktest.Said { return s.Say("C1", "U1", slacktest.Mention+" is this true?", claim.TS) }); !strings.Contains(got, want) {
		t.Errorf("in the channel: %q", got)
	}
	dm := s.DM("U1", "The harbour reopens in June.")
	dm.Wait()
	s.Settle()
	s.quiet()
	if got := said(dm.Channel, func() slacktest.Said { return s.Say(dm.Channel, "U1", "is this true?", dm.TS) }); !strings.Contains(got, "Contradicted") {
		t.Errorf("in direct messages: %q", got)
	}
	if got := said(dm.Channel, func() slacktest.Said { return s.DM("U1", "<https://example.com/news/harbour> is this right?") }); !strings.Contains(got, "does not open") {
		t.Errorf("of a link: %q", got)
	}
}
