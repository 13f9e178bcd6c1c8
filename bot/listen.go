package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits of the requests that platforms send: theirs stay far below a megabyte, and are answered within 3 s.
const (
	maxRequest     = 1 << 20 // bytes of a body
	headerTimeout  = 5 * time.Second
	requestTimeout = 10 * time.Second // to read one, and to write the answer
	closeTimeout   = 15 * time.Second // for requests under way when listening ends
)

// Listener takes a platform's requests over HTTP.
type Listener struct {
	Address string
	Purpose string // for errors: "Slack's requests (PARLEY_SLACK_LISTEN)"
	Handler http.Handler
	Log     *slog.Logger // of handlers that panic
	Ready   func()       // called once requests are taken
	Failed  <-chan error // an error from here ends listening and is returned as it is; nil for none
}

// Listen serves until ctx ends or something fails. Requests under way are finished first.
func (l Listener) Listen(ctx context.Context) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", l.Address)
	if err != nil {
		return fmt.Errorf("open the address %s for %s: %w", l.Address, l.Purpose, err)
	}
	server := &http.Server{Handler: guarded(l.Log, l.Handler), ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, WriteTimeout: requestTimeout}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	l.Ready()
	select {
	case <-ctx.Done():
	case err = <-l.Failed:
	case err := <-ended:
		return fmt.Errorf("serve %s: %w", l.Purpose, err)
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	return errors.Join(err, server.Shutdown(closing))
}

// ReadSigned reads the body of a request that the platform must have signed. Where it is no POST, too large or not signed, ReadSigned
// answers the request and reports false.
func ReadSigned(w http.ResponseWriter, r *http.Request, platform string, signed func(http.Header, []byte) bool) ([]byte, bool) {
	if r.Method != http.MethodPost {
		http.Error(w, platform+" posts here.", http.StatusMethodNotAllowed)
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		http.Error(w, "The request is too large or was cut off.", http.StatusRequestEntityTooLarge)
		return nil, false
	}
	if !signed(r.Header, body) {
		http.Error(w, "The signature is wrong.", http.StatusUnauthorized)
		return nil, false
	}
	return body, true
}
