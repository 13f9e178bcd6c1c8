package discordtest

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// SendHTTP makes all interactions that follow go to the app as signed requests to a URL instead of by the gateway; "" for the gateway again.
func (s *Server) SendHTTP(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoint = url
}

// Verify does what Discord does when the URL for interactions is set: it sends a PING, and one with a bad signature, which must be
// refused by 401 ("Receiving and Responding", setting up an endpoint).
func (s *Server) Verify(url string) error {
	s.mu.Lock()
	body := mustJSON(fields{"id": s.newID(), "application_id": AppID, "type": kindPing, "token": "ping", "version": 1})
	s.mu.Unlock()
	status, got, err := s.request(url, body, nil)
	if err != nil {
		return fmt.Errorf("ping %s: %w", url, err)
	}
	var answer struct {
		Type int `json:"type"`
	}
	if status != http.StatusOK || json.Unmarshal(got, &answer) != nil || answer.Type != callPong {
		return fmt.Errorf("ping %s: status %d with %.100q, not the pong", url, status, got)
	}
	for name := range forgeries() {
		status, err := s.Forge(url, name, body)
		if err != nil {
			return fmt.Errorf("forge %s: %w", url, err)
		}
		if status != http.StatusUnauthorized {
			return fmt.Errorf("forge %s: a request with %s was answered with %d, not 401", url, name, status)
		}
	}
	return nil
}

// forgeries are the ways in which a signed request can be wrong.
func forgeries() map[string]func(http.Header) {
	return map[string]func(http.Header){
		"a wrong signature": func(h http.Header) {
			h.Set("X-Signature-Ed25519", hex.EncodeToString(make([]byte, ed25519.SignatureSize)))
		},
		"no signature":        func(h http.Header) { h.Del("X-Signature-Ed25519") },
		"a short signature":   func(h http.Header) { h.Set("X-Signature-Ed25519", "00") },
		"no hex":              func(h http.Header) { h.Set("X-Signature-Ed25519", "signature") },
		"no timestamp":        func(h http.Header) { h.Del("X-Signature-Timestamp") },
		"another's timestamp": func(h http.Header) { h.Set("X-Signature-Timestamp", "1") },
	}
}

// Forge sends a body with something wrong in its signature: "a wrong signature", "no signature", "a short signature", "no hex", "no timestamp"
// or "another's timestamp". It returns the status of the answer.
func (s *Server) Forge(url, how string, body []byte) (status int, err error) {
	forge, known := forgeries()[how]
	if !known {
		return 0, fmt.Errorf("forge: %q is not known", how)
	}
	status, _, err = s.request(url, body, forge)
	return status, err
}

// post tells the app of an interaction over HTTP. An answer of 200 holds the first response; one of 202 says that it comes by REST.
func (s *Server) post(d *Delivery, url string) {
	status, got, err := s.request(url, d.Payload, nil)
	<-s.openapi.read
	s.mu.Lock()
	defer s.mu.Unlock()
	if d.kind == 0 { // a duplicate, whose answer counts for the one before
		if d.ok = err == nil; !closed(d.done) {
			close(d.done)
		}
		d = s.interactions[d.ID]
	}
	switch {
	case err != nil:
		d.giveUp(Failed)
	case status == http.StatusAccepted && len(bytes.TrimSpace(got)) == 0:
		s.run(func() { s.watch(d) })
	case status != http.StatusOK:
		d.giveUp(Failed)
	case closed(d.done):
	default:
		p := s.check(Callback, routes()[Callback].schema, got)
		if p == nil {
			p = s.respond(d, got, true)
		}
		if p != nil {
			d.giveUp(Failed)
		}
	}
}

// request sends a signed request ("Receiving and Responding", security). change may spoil what was signed.
func (s *Server) request(url string, body []byte, change func(http.Header)) (status int, got []byte, err error) {
	r, err := http.NewRequestWithContext(s.ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	at := fmt.Sprint(s.config.Now().Unix())
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	r.Header.Set("X-Signature-Timestamp", at)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(s.key, append([]byte(at), body...))))
	if change != nil {
		change(r.Header)
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	got, err = io.ReadAll(answer.Body)
	return answer.StatusCode, got, errors.Join(err, answer.Body.Close())
}

// Replay sends an interaction again as it was signed some time ago. It returns the status of the answer.
func (s *Server) Replay(url string, d *Delivery, ago time.Duration) (status int, err error) {
	at := fmt.Sprint(s.config.Now().Add(-ago).Unix())
	status, _, err = s.request(url, d.Payload, func(h http.Header) {
		h.Set("X-Signature-Timestamp", at)
		h.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(s.key, append([]byte(at), d.Payload...))))
	})
	return status, err
}
