package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
	"parley/bot/deliver"
)

// Versions of Discord's API (reference.md, "API Versioning"): the one that Parley speaks, and the one in the library's addresses.
const (
	apiVersion     = "10"
	libraryVersion = "9"
)

// newest sends the library's requests to the newest version of the API, and notes the rate limits in the answers.
type newest struct {
	inner   http.RoundTripper
	limits  *limits
	refused *budget
	clock   *bot.Clock
}

func (n newest) RoundTrip(r *http.Request) (*http.Response, error) {
	inner := n.inner
	if inner == nil {
		inner = http.DefaultTransport
	}
	if old := "/api/v" + libraryVersion + "/"; strings.HasPrefix(r.URL.Path, old) {
		r = r.Clone(r.Context())
		r.URL.Path = "/api/v" + apiVersion + "/" + strings.TrimPrefix(r.URL.Path, old)
	}
	answer, err := inner.RoundTrip(r)
	if err == nil {
		n.limits.note(r.Context(), answer, time.Now())
		n.refused.note(answer, time.Now())
		n.clock.Note(answer, time.Now())
	}
	return answer, err
}

// limits knows until when nothing may be sent: in each bucket, and in all. The zero value is ready.
type limits struct {
	mu    sync.Mutex
	until map[string]time.Time
	all   time.Time // all but interactions
}

// bucketKey is where a request's context holds its bucket.
type bucketKey struct{}

// note reads the headers of an answer (rate-limits.md, "Header Format"); times are in seconds, with fractions. The names of Discord's own buckets
// do not matter, and may change: of the routes that share one of ours, the one that must wait longest counts.
func (l *limits) note(ctx context.Context, answer *http.Response, now time.Time) {
	bucket, ok := ctx.Value(bucketKey{}).(string)
	limited := answer.StatusCode == http.StatusTooManyRequests
	after, err := strconv.ParseFloat(cmp.Or(answer.Header.Get("X-RateLimit-Reset-After"), answer.Header.Get("Retry-After")), 64)
	if !ok || err != nil || after <= 0 || !limited && answer.Header.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	until := now.Add(time.Duration(after * float64(time.Second)))
	l.mu.Lock()
	defer l.mu.Unlock()
	if limited && answer.Header.Get("X-RateLimit-Global") != "" {
		l.all = later(l.all, until)
	}
	if _, known := l.until[bucket]; !known && len(l.until) >= maxBuckets {
		maps.DeleteFunc(l.until, func(_ string, until time.Time) bool { return !until.After(now) })
		if len(l.until) > maxBuckets/2 {
			clear(l.until) // Discord says so again
		}
	}
	if l.until == nil {
		l.until = map[string]time.Time{}
	}
	l.until[bucket] = later(l.until[bucket], until)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// maxBuckets bounds how many are remembered.
const maxBuckets = 10_000

// wait is how long nothing may be sent in a bucket. The limit on all does not hold for responses to interactions (rate-limits.md, "Global
// Rate Limit").
func (l *limits) wait(bucket string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := l.until[bucket]
	if !ofInteraction(bucket) {
		until = later(until, l.all)
	}
	return max(0, until.Sub(now))
}

// rest makes requests, with bodies of our own where the library's are incomplete. It neither waits for rate limits nor repeats
// anything: the outbox does both.
type rest struct {
	session *discordgo.Session
	limits  *limits
	refused *budget
}

// do makes a request. Requests with the same bucket share a rate limit.
func (r *rest) do(ctx context.Context, method, url, bucket string, body, into any) error {
	if wait := r.refused.wait(time.Now()); wait > 0 {
		return &deliver.Failure{Kind: deliver.Postponed, After: wait, Reason: "Discord has refused so much that Parley pauses"}
	}
	if wait := r.limits.wait(bucket, time.Now()); wait > 0 {
		return &deliver.Failure{Kind: deliver.Postponed, After: wait, Reason: "Discord asks to wait"}
	}
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return fmt.Errorf("write %s %s: %w", method, path(url), err)
		}
	}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, bucketKey{}, bucket), callTimeout)
	defer cancel()
	// The library's own limiter lets one request of a bucket through at a time, so a hanging one holds up the others; it sleeps past
	// the end of the context and keeps each bucket for ever. One that knows nothing does none of that.
	lock := discordgo.NewRatelimiter().LockBucket(bucket)
	answer, err := r.session.RequestWithLockedBucket(method, url, "application/json", content, lock, 0,
		discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	if limited := (*discordgo.RateLimitError)(nil); errors.As(err, &limited) {
		err = &discordgo.RateLimitError{RateLimit: &discordgo.RateLimit{TooManyRequests: limited.TooManyRequests, URL: path(url)}}
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path(url), bot.WithoutURL(err))
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("read the answer to %s %s: %w", method, path(url), err)
	}
	return nil
}

// path is a URL as logs may hold it: without the token of an interaction.
func path(url string) string {
	_, after, _ := strings.Cut(url, "/api/")
	parts := strings.Split(after, "/")
	for i := 2; i < len(parts); i++ {
		if parts[i-2] == "interactions" || parts[i-2] == "webhooks" {
			parts[i] = "(secret)"
		}
	}
	return strings.Join(parts, "/")
}

func (r *rest) get(ctx context.Context, url, bucket string, into any) error {
	return r.do(ctx, http.MethodGet, url, bucket, nil, into)
}

// budget counts refused requests: Discord shuts out an address that has 10,000 of them within 10 minutes (rate-limits.md, "Invalid
// Request Limit"). The zero value is ready.
type budget struct {
	mu    sync.Mutex
	since time.Time // of the first that counts
	n     int
}

const (
	budgetTime = 10 * time.Minute
	// The time begins with the first that counts, so that twice as many may fall within 10 minutes; and others may share the address.
	budgetMost = 4000
)

// note counts an answer if Discord counts it. A limit that others have used up (scope "shared") is not.
func (b *budget) note(answer *http.Response, now time.Time) {
	switch answer.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
	case http.StatusTooManyRequests:
		if answer.Header.Get("X-RateLimit-Scope") == "shared" {
			return
		}
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Sub(b.since) >= budgetTime {
		b.since, b.n = now, 0
	}
	b.n++
}

// wait is how long no more requests may be made.
func (b *budget) wait(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.n < budgetMost {
		return 0
	}
	return max(0, b.since.Add(budgetTime).Sub(now))
}
