package discord

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// dialer returns a dialer of gateway connections with a bounded rate of writes. The library answers every invalid session (Op 9) by
// identifying anew, however fast they come; a thousand in a day cost the token (topics/gateway.md, "Identifying").
func dialer() *websocket.Dialer {
	return &websocket.Dialer{
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: callTimeout,
		NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &paced{Conn: conn, spare: spareWrites}, nil
		},
	}
}

// A connection has ten writes at its beginning, more than TLS, the upgrade, one IDENTIFY and the first heartbeats take, and then
// one a second; Discord allows two.
const (
	spareWrites = 10
	eachWrite   = time.Second
)

// paced is a connection that is written to slowly.
type paced struct {
	net.Conn
	mu    sync.Mutex
	spare int
	since time.Time // of the last spare write that came back
}

func (p *paced) Write(b []byte) (int, error) {
	time.Sleep(p.wait(time.Now()))
	return p.Conn.Write(b)
}

// wait takes one of the spare writes, and tells how long it is until there is one.
func (p *paced) wait(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if back := int(now.Sub(p.since) / eachWrite); back > 0 {
		p.spare, p.since = min(spareWrites, p.spare+back), now
	}
	p.spare--
	return max(0, -time.Duration(p.spare)*eachWrite)
}
