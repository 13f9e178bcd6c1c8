package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot"
)

// Versions of Discord's API (reference.md, "API Versioning"): the one that Parley speaks, and the one in the library's addresses.
const (
	apiVersion     = "10"
	libraryVersion = "9"
)

// newest sends the library's requests to the newest version of the API, and notes what the answers say of rate limits.
type newest struct {
	inner  http.RoundTripper
	limits *limits
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
		n.limits.note(r.Context(), answer.Header, time.Now())
	}
	return answer, err
}

// limits knows until when each bucket is empty. The library knows too, but it waits however long that is, and tells nobody before. The
// zero value is ready.
type limits struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// bucketKey is where a request's context holds its bucket.
type bucketKey struct{}

// note reads the headers of an answer (rate-limits.md, "Header Format"); times are in seconds, with fractions.
func (l *limits) note(ctx context.Context, header http.Header, now time.Time) {
	bucket, ok := ctx.Value(bucketKey{}).(string)
	after, err := strconv.ParseFloat(header.Get("X-RateLimit-Reset-After"), 64)
	if !ok || err != nil || header.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.until == nil || len(l.until) > maxBuckets {
		l.until = map[string]time.Time{}
	}
	l.until[bucket] = now.Add(time.Duration(after * float64(time.Second)))
}

// maxBuckets bounds how many are remembered; past it all are forgotten, and Discord says so again.
const maxBuckets = 10_000

// wait is how long a bucket stays empty.
func (l *limits) wait(bucket string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return max(0, l.until[bucket].Sub(now))
}

// rest makes requests, with bodies of our own where the library's lack what Discord has. It neither waits for rate limits nor repeats
// anything: the outbox does both.
type rest struct {
	session *discordgo.Session
	limits  *limits
	refused budget
}

// do makes a request. The bucket says which requests share a rate limit; it is one for each channel and one for all interactions,
// as the library would otherwise keep one for each interaction for ever.
func (r *rest) do(ctx context.Context, method, url, bucket string, body, into any) error {
	if wait := r.refused.wait(time.Now()); wait > 0 {
		return &bot.Failure{Kind: bot.Postponed, After: wait, Reason: "Discord has refused so much that Parley pauses"}
	}
	if wait := r.limits.wait(bucket, time.Now()); wait > 0 {
		return &bot.Failure{Kind: bot.Postponed, After: wait, Reason: "Discord asks to wait"}
	}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, bucketKey{}, bucket), callTimeout)
	defer cancel()
	answer, err := r.session.RequestWithBucketID(method, url, body, bucket,
		discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	if err != nil {
		r.refused.count(err, time.Now())
		return fmt.Errorf("%s %s: %w", method, path(url), err)
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
	for i := range parts {
		if len(parts[i]) > 40 {
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
	since time.Time
	n     int
}

const (
	budgetTime = 10 * time.Minute
	budgetMost = 5000 // half of what Discord allows: others may share the address
)

func (b *budget) count(err error, now time.Time) {
	if !invalid(err) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Sub(b.since) > budgetTime {
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
