package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot/deliver"
)

// peer answers requests within the process, so that the clock of a test stands still meanwhile.
type peer http.HandlerFunc

func (p peer) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	p(w, r)
	return w.Result(), nil
}

// answer is a response of Discord: its status and headers.
type answer struct {
	status int
	header map[string]string
	html   bool
}

func (a answer) write(w http.ResponseWriter) {
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	if a.html {
		_, _ = io.WriteString(w, "<!doctype html><title>Error</title>")
		return
	}
	_, _ = io.WriteString(w, `{"message":"as the status says","code":0,"retry_after":0.5}`)
}

func restTo(t *testing.T, p peer) *rest {
	t.Helper()
	chat, err := New(Config{Token: "x", Transport: p})
	if err != nil {
		t.Fatal(err)
	}
	return chat.rest
}

// postponed is how long a request that was not made must wait; 0 for one that was made.
func postponed(err error) time.Duration {
	var f *deliver.Failure
	if errors.As(err, &f) && f.Kind == deliver.Postponed {
		return f.After
	}
	return 0
}

func limited(scope string) answer {
	return answer{status: 429, header: map[string]string{"Retry-After": "1", "X-RateLimit-Scope": scope}}
}

// Before Discord shuts the address out, no more requests are made, until the ten minutes are over; what Discord does not count is not
// counted.
func TestRefusedRequests(t *testing.T) {
	for name, c := range map[string]struct {
		answer answer
		counts bool
	}{
		"401":         {answer{status: 401}, true},
		"403":         {answer{status: 403}, true},
		"429":         {limited("user"), true},
		"429 global":  {limited("global"), true},
		"429 page":    {answer{status: 429, html: true}, true},
		"429 shared":  {limited("shared"), false},
		"404":         {answer{status: 404}, false},
		"400":         {answer{status: 400}, false},
		"500":         {answer{status: 500}, false},
		"not refused": {answer{status: 200}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				made := 0
				r := restTo(t, func(w http.ResponseWriter, _ *http.Request) {
					made++
					c.answer.write(w)
				})
				began := time.Now()
				var err error
				for i := range budgetMost + 1 {
					bucket := fmt.Sprint(i) // of which none is empty yet
					if c.answer.header["X-RateLimit-Scope"] == "global" {
						bucket = fmt.Sprint(callbackBucket, i)
					}
					err = r.get(t.Context(), discordgo.EndpointUser("@me"), bucket, nil)
				}
				if !c.counts {
					if made != budgetMost+1 {
						t.Errorf("of %d requests %d were made: %v", budgetMost+1, made, err)
					}
					return
				}
				// Within 10 minutes of Discord's there may be two of ours.
				if made != budgetMost || 2*made >= 10_000 {
					t.Errorf("%d requests were refused before there are no more", made)
				}
				var f *deliver.Failure
				if !errors.As(err, &f) || f.Kind != deliver.Postponed || f.Reason != "Discord has refused so much that Parley pauses" {
					t.Fatalf("then there is %v", err)
				}
				if left := time.Until(began.Add(10 * time.Minute)); f.After != left {
					t.Errorf("it waits for %v, and %v are left", f.After, left)
				}
				time.Sleep(f.After - time.Nanosecond)
				if postponed(r.get(t.Context(), discordgo.EndpointUser("@me"), "before", nil)) == 0 {
					t.Error("a request is made before the ten minutes are over")
				}
				time.Sleep(time.Nanosecond)
				err = r.get(t.Context(), discordgo.EndpointUser("@me"), "after", nil)
				if made != budgetMost+1 {
					t.Errorf("after the ten minutes there is %v", err)
				}
			})
		})
	}
}

// What Discord says of a rate limit is kept to, and by no more than the requests that it is for.
func TestRateLimits(t *testing.T) {
	const channel, other = "C1", "C2"
	type waits map[string]time.Duration // by bucket
	empty := func(bucket, after string) answer {
		return answer{200, map[string]string{"X-RateLimit-Bucket": bucket, "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": after}, false}
	}
	for name, c := range map[string]struct {
		bucket string
		first  answer
		waits  waits
	}{
		"empty": {channel, empty("a", "2.5"), waits{channel: 2500 * time.Millisecond, other: 0, callbackBucket + "1": 0}},
		"not empty": {
			channel, answer{200, map[string]string{"X-RateLimit-Remaining": "1", "X-RateLimit-Reset-After": "2.5"}, false}, waits{channel: 0},
		},
		"exceeded": {
			channel, answer{429, map[string]string{"Retry-After": "3", "X-RateLimit-Reset-After": "2.25"}, false},
			waits{channel: 2250 * time.Millisecond, other: 0},
		},
		"page": {channel, answer{429, map[string]string{"Retry-After": "3"}, true}, waits{channel: 3 * time.Second, other: 0}},
		"global": {
			channel, answer{429, map[string]string{"Retry-After": "4", "X-RateLimit-Global": "true"}, false},
			waits{channel: 4 * time.Second, other: 4 * time.Second, "me": 4 * time.Second, callbackBucket + "1": 0, webhookBucket + "1": 0},
		},
		"first answer": {
			callbackBucket + "1", empty("b", "2"),
			waits{callbackBucket + "1": 2 * time.Second, webhookBucket + "1": 0, callbackBucket + "2": 0, channel: 0},
		},
		"follow-up": {
			webhookBucket + "1", empty("c", "2"),
			waits{webhookBucket + "1": 2 * time.Second, webhookBucket + "2": 0, callbackBucket + "2": 0, channel: 0},
		},
		"no number":     {channel, empty("a", "soon"), waits{channel: 0}},
		"less than now": {channel, empty("a", "-5"), waits{channel: 0}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				made := 0
				next := c.first
				r := restTo(t, func(w http.ResponseWriter, _ *http.Request) {
					made++
					next.write(w)
				})
				_ = r.get(t.Context(), discordgo.EndpointUser("@me"), c.bucket, nil) // its error is another test's
				next = answer{status: 200}
				longest := time.Duration(0)
				for bucket, want := range c.waits {
					before := made
					err := r.get(t.Context(), discordgo.EndpointUser("@me"), bucket, nil)
					if got := postponed(err); got != want || (made > before) != (want == 0) {
						t.Errorf("%s: it waits for %v, want %v; %d requests were made: %v", bucket, got, want, made-before, err)
					}
					longest = max(longest, want)
				}
				time.Sleep(longest)
				for bucket := range c.waits {
					if err := r.get(t.Context(), discordgo.EndpointUser("@me"), bucket, nil); err != nil {
						t.Errorf("%s: when the wait is over there is %v", bucket, err)
					}
				}
			})
		})
	}
}

// Discord may give a bucket another name at any time, and routes of one channel have different ones: the longest wait counts.
func TestBucketChangesItsName(t *testing.T) {
	var l limits
	ctx, now := context.WithValue(t.Context(), bucketKey{}, "C1"), time.Now()
	say := func(name, remaining, after string) {
		header := http.Header{}
		header.Set("X-RateLimit-Bucket", name)
		header.Set("X-RateLimit-Remaining", remaining)
		header.Set("X-RateLimit-Reset-After", after)
		l.note(ctx, &http.Response{StatusCode: 200, Header: header}, now)
	}
	for _, s := range []struct {
		name, remaining, after string
		want                   time.Duration
	}{{"a", "0", "2", 2 * time.Second}, {"b", "0", "1", 2 * time.Second}, {"c", "4", "9", 2 * time.Second}, {"d", "0", "5", 5 * time.Second}} {
		say(s.name, s.remaining, s.after)
		if got := l.wait("C1", now); got != s.want {
			t.Errorf("after bucket %s said %s left for %s s, it waits for %v, want %v", s.name, s.remaining, s.after, got, s.want)
		}
	}
	if n := len(l.until); n != 1 {
		t.Errorf("one channel is remembered %d times", n)
	}
}

// However many channels and interactions there are, few are remembered, and those that matter are among them.
func TestLittleIsRemembered(t *testing.T) {
	var l limits
	now := time.Now()
	empty := func(bucket int) {
		header := http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset-After": {"1"}}
		l.note(context.WithValue(t.Context(), bucketKey{}, fmt.Sprint(bucket)), &http.Response{StatusCode: 200, Header: header}, now)
		if len(l.until) > maxBuckets {
			t.Fatalf("after %d buckets %d are remembered", bucket+1, len(l.until))
		}
	}
	for i := range 3 * maxBuckets { // all at once
		empty(i)
		if got := l.wait(fmt.Sprint(i), now); got != time.Second {
			t.Fatalf("bucket %d waits for %v", i, got)
		}
	}
	for i := 3 * maxBuckets; i < 6*maxBuckets; i++ { // one after another
		now = now.Add(time.Millisecond)
		empty(i)
		if got := l.wait(fmt.Sprint(i-500), now); i >= 3*maxBuckets+2000 && got != 500*time.Millisecond {
			t.Fatalf("half a second after bucket %d was empty for a second, it waits for %v", i-500, got)
		}
	}
	var talks interactions
	via := func(i int) deliver.Via { return deliver.Via(fmt.Sprint(i, "/token")) }
	begun := map[int]*interaction{}
	for i := range 10 * maxInteractions {
		begun[i] = talks.of(via(i))
		if n := len(talks.newer) + len(talks.older); n > 2*maxInteractions {
			t.Fatalf("after %d interactions %d are remembered", i+1, n)
		}
		if before := i - maxInteractions + 1; before >= 0 && talks.of(via(before)) != begun[before] {
			t.Fatalf("of the newest %d interactions, the oldest is forgotten", maxInteractions)
		}
	}
}

// A request that hangs holds up no other, of its own channel neither: the first response to an interaction has 3 s.
func TestRequestsDoNotQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := make(chan struct{})
		var made atomic.Int64
		r := restTo(t, func(w http.ResponseWriter, _ *http.Request) {
			if made.Add(1) == 1 {
				<-hang
			}
			answer{status: 200}.write(w)
		})
		first := make(chan error, 1)
		go func() { first <- r.get(t.Context(), discordgo.EndpointUser("@me"), "C1", nil) }()
		synctest.Wait()
		began := time.Now()
		if err := r.get(t.Context(), discordgo.EndpointUser("@me"), "C1", nil); err != nil || time.Since(began) > 0 {
			t.Errorf("beside one that hangs, a request ends after %v with %v", time.Since(began), err)
		}
		close(hang)
		if err := <-first; err != nil {
			t.Error(err)
		}
	})
}
