package slacktest

import (
	"slices"
	"time"
)

// limit is how many calls may come within a time.
type limit struct {
	calls  int
	within time.Duration
}

// limits are those of slack.md ("Rate limits": chat.postMessage one per second and channel, short bursts allowed; chat.update is Tier 3, 50+
// per minute). How short a burst is Slack does not say: here, three.
func limits() map[string]limit {
	return map[string]limit{
		"chat.postMessage": {calls: 3, within: 3 * time.Second},
		"chat.update":      {calls: 50, within: time.Minute},
	}
}

// Pace switches Slack's rate limits on or off. They are off at first, so that tests need not wait.
func (s *Server) Pace(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.paced = on
	clear(s.spent)
}

// pace refuses a call that comes too soon.
func (s *Server) pace(name, channel string) *problem {
	l, limited := limits()[name]
	if !s.paced || !limited {
		return nil
	}
	if name == "chat.postMessage" {
		name += " " + channel
	}
	now := s.config.Now()
	recent := slices.DeleteFunc(s.spent[name], func(t time.Time) bool { return now.Sub(t) >= l.within })
	s.spent[name] = recent
	if len(recent) >= l.calls {
		return &problem{Code: "ratelimited", after: max(1, wholeSeconds(l.within-now.Sub(recent[0])))}
	}
	s.spent[name] = append(recent, now)
	return nil
}
