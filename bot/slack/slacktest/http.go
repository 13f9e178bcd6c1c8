package slacktest

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Endpoint is where the app listens to requests.
type Endpoint struct {
	Events, Commands, Interactivity string // URLs
	Secret                          string // the signing secret
}

// SendHTTP makes all that follows go to the app as signed requests instead of by Socket Mode.
func (s *Server) SendHTTP(to Endpoint) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoint = &to
}

// Verify sends the url_verification that Slack sends when the URL for events is set ("url_verification").
func (s *Server) Verify(to Endpoint) error {
	challenge := rand.Text()
	body := mustJSON(fields{"token": "slacktest", "challenge": challenge, "type": "url_verification"})
	status, got, _, err := s.request(to.Events, to.Secret, "application/json", body, nil)
	if err != nil {
		return fmt.Errorf("verify %s: %w", to.Events, err)
	}
	var object struct {
		Challenge string `json:"challenge"`
	}
	if status != http.StatusOK || strings.TrimSpace(string(got)) != challenge && (json.Unmarshal(got, &object) != nil || object.Challenge != challenge) {
		return fmt.Errorf("verify %s: status %d with %.100q, not the challenge", to.Events, status, got)
	}
	return nil
}

// post tells the app something over HTTP, and repeats events that were not answered with a status of 2xx.
func (s *Server) post(d *Delivery, to Endpoint) {
	target, contentType, body := to.Events, "application/json", []byte(d.Payload)
	switch d.kind {
	case commands:
		target, contentType, body = to.Commands, "application/x-www-form-urlencoded", []byte(commandForm(d.Payload))
	case interactive:
		target, contentType, body = to.Interactivity, "application/x-www-form-urlencoded", []byte(url.Values{"payload": {string(d.Payload)}}.Encode())
	}
	var header http.Header
	for attempt := 0; ; attempt++ {
		s.mu.Lock()
		d.attempts++
		s.mu.Unlock()
		at := time.Now()
		status, got, answered, err := s.request(target, to.Secret, contentType, body, header)
		why := failure(status, err)
		s.mu.Lock()
		if why == "" {
			d.acknowledge(Ack{Payload: bodyPayload(d.kind, answered, got), Attempt: attempt, After: time.Since(at)})
		} else if d.kind != events {
			d.giveUp(map[bool]string{true: "operation_timeout", false: "dispatch_failed"}[why == "http_timeout"])
		} else if attempt == len(s.config.Repeat) || answered.Get("X-Slack-No-Retry") == "1" {
			d.giveUp(why)
		}
		pending := d.pending()
		s.mu.Unlock()
		if !pending || !s.pause(d, s.config.Repeat[attempt]) {
			return
		}
		header = http.Header{"X-Slack-Retry-Num": {fmt.Sprint(attempt + 1)}, "X-Slack-Retry-Reason": {why}}
	}
}

// failure is Slack's word for why a request counts as failed ("The Events API"); "" if it does not.
func failure(status int, err error) string {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return "http_timeout"
	case err != nil:
		return "connection_failed"
	case status/100 != 2:
		return "http_error"
	default:
		return ""
	}
}

// request sends a signed request ("Verifying requests from Slack").
func (s *Server) request(target, secret, contentType string, body []byte, more http.Header) (status int, got []byte, header http.Header, err error) {
	r, err := http.NewRequestWithContext(s.ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	for name, values := range more {
		r.Header[name] = values
	}
	stamp := fmt.Sprint(s.config.Now().Unix())
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	answer, err := s.client.Do(r)
	if err != nil {
		return 0, nil, nil, err
	}
	defer answer.Body.Close()
	got, err = io.ReadAll(answer.Body)
	return answer.StatusCode, got, answer.Header, err
}

// commandForm is the payload of a command as a form.
func commandForm(payload json.RawMessage) string {
	values := url.Values{}
	var o object
	if json.Unmarshal(payload, &o) == nil {
		for name := range o {
			values.Set(name, str(o, name))
		}
	}
	return values.Encode()
}

// bodyPayload is what an answer says: JSON, or the plain text of an answer to a command.
func bodyPayload(k kind, header http.Header, body []byte) json.RawMessage {
	switch {
	case len(bytes.TrimSpace(body)) == 0 || k == events:
		return nil
	case strings.HasPrefix(header.Get("Content-Type"), "application/json"):
		return body
	case k == commands:
		return mustJSON(fields{"text": string(body)})
	default:
		return nil
	}
}
