package bot_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/bot"
)

// What is no signed POST of a fitting size is answered without the adapter.
func TestReadSigned(t *testing.T) {
	signed := func(header http.Header, _ []byte) bool { return header.Get("X-Signature") == "good" }
	for name, c := range map[string]struct {
		method, signature, body string
		status                  int
	}{
		"good":     {http.MethodPost, "good", "{}", http.StatusOK},
		"a GET":    {http.MethodGet, "good", "", http.StatusMethodNotAllowed},
		"unsigned": {http.MethodPost, "bad", "{}", http.StatusUnauthorized},
		"large":    {http.MethodPost, "good", strings.Repeat("x", 1<<20+1), http.StatusRequestEntityTooLarge},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(c.method, "/", strings.NewReader(c.body))
		r.Header.Set("X-Signature", c.signature)
		body, ok := bot.ReadSigned(w, r, "Slack", signed)
		if w.Code != c.status || ok != (c.status == http.StatusOK) || ok && string(body) != c.body {
			t.Errorf("%s: status %d, %v, with %d bytes", name, w.Code, ok, len(body))
		}
	}
}

// A request under way is finished before listening ends, by ctx or by a failure, which is the error then.
func TestListener(t *testing.T) {
	for name, failure := range map[string]error{"stopped": nil, "failed": errors.New("The app was removed.")} {
		t.Run(name, func(t *testing.T) {
			address := free(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			ready, failed, inside, ended := make(chan struct{}), make(chan error, 1), make(chan struct{}), make(chan error, 1)
			go func() {
				ended <- bot.Listener{
					Address: address, Purpose: "tests", Ready: func() { close(ready) }, Failed: failed,
					Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
						close(inside)
						time.Sleep(100 * time.Millisecond)
						_, _ = io.WriteString(w, "done")
					}),
				}.Listen(ctx)
			}()
			<-ready
			go func() {
				<-inside
				if failure != nil {
					failed <- failure
				} else {
					cancel()
				}
			}()
			answer, err := http.Get("http://" + address)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if body, _ := io.ReadAll(answer.Body); string(body) != "done" {
				t.Errorf("the request came to %q", body)
			}
			if err := <-ended; !errors.Is(err, failure) {
				t.Errorf("listening ended with %v, want %v", err, failure)
			}
		})
	}
}

// An address that is taken is named, with what it was for.
func TestListenerTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	err = bot.Listener{Address: taken.Addr().String(), Purpose: "Slack's requests (PARLEY_SLACK_LISTEN)", Ready: func() { t.Error("it is ready") }}.Listen(t.Context())
	if err == nil || !strings.HasPrefix(err.Error(), "open the address "+taken.Addr().String()+" for Slack's requests (PARLEY_SLACK_LISTEN): ") {
		t.Errorf("the error is %v", err)
	}
}

// free is a loopback address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
