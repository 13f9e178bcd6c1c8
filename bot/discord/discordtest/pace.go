package discordtest

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// The rate limits that Pace switches on. Discord does not promise those of buckets and tells them in headers; 5 messages in 5 s in a channel
// is what its headers have long said for posting.
const (
	perBucket    = 5
	bucketWindow = 5 * time.Second
	perSecond    = 50 // calls a second of one bot, those with interactions excepted
)

// bucket counts calls in a window of time.
type bucket struct {
	used  int
	reset time.Time
}

// Pace switches rate limits on: the global one, and one for each route with its channel.
func (s *Server) Pace() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.paced = true
}

// take counts a call. It reports how many are left, and when the window ends.
func (s *Server) take(name string, limit int, window time.Duration) (left int, reset time.Time) {
	now := s.config.Now()
	b := s.buckets[name]
	if b == nil || !now.Before(b.reset) {
		b = &bucket{reset: now.Add(window)}
		s.buckets[name] = b
	}
	b.used++
	return limit - b.used, b.reset
}

// pace tells the limits in the header, and stops a call that is over one.
func (s *Server) pace(q request, r route, header http.Header) *problem {
	if !s.paced {
		return nil
	}
	now := s.config.Now()
	if !r.open {
		if left, reset := s.take("", perSecond, time.Second); left < 0 {
			p := &problem{status: http.StatusTooManyRequests}
			p.limit(reset.Sub(now), ScopeGlobal)
			return p
		}
	}
	major := strings.Join([]string{q.PathValue("channel"), q.PathValue("guild"), q.PathValue("token")}, "/")
	left, reset := s.take(q.route+" "+major, perBucket, bucketWindow)
	header.Set("X-RateLimit-Limit", fmt.Sprint(perBucket))
	header.Set("X-RateLimit-Remaining", fmt.Sprint(max(left, 0)))
	header.Set("X-RateLimit-Reset", fmt.Sprintf("%.3f", float64(reset.UnixMilli())/1000))
	header.Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", reset.Sub(now).Seconds()))
	header.Set("X-RateLimit-Bucket", fmt.Sprintf("%x", q.route))
	if left < 0 {
		p := &problem{status: http.StatusTooManyRequests}
		p.limit(reset.Sub(now), ScopeUser)
		return p
	}
	return nil
}
