package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/slack/slacktest"
)

// The log tells no secret, in whatever form it comes, and all else as it is.
func TestLogTellsNoSecret(t *testing.T) {
	for format, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var out bytes.Buffer
		log := slog.New(redacted(handler(&out), map[string]string{
			"PARLEY_DISCORD_TOKEN": "a-token-of-another-form", "PARLEY_SLACK_SIGNING_SECRET": "0123456789abcdef", "PARLEY_SLACK_BOT_TOKEN": "",
			"PARLEY_SLACK_LISTEN": "127.0.0.1:8085",
		}))
		for _, secret := range []string{
			"https://hooks.slack.com/commands/T1/2/verysecret", "wss://wss-primary.slack.com/link/?ticket=verysecret&app_id=1",
			"HTTPS://discord.com/api/v10/webhooks/1/verysecret", "xoxb-1-2-verysecret", "xapp-1-A1-2-verysecret", "xoxe.xoxp-1-verysecret",
			"aW50ZXJhY3Rpb246MTverysecret", "MTAwMDAwMDAwMDAwMDAwMDAwMQ.GabcDe.verysecretverysecretverysecret", "a-token-of-another-form", "0123456789abcdef",
		} {
			out.Reset()
			err := fmt.Errorf("post to a person: %w", errors.New(`Post "`+secret+`": connection refused`))
			log.With("with", secret).WithGroup("g").Warn("message "+secret, "error", err, "text", secret, slog.Group("in", "inner", secret), "any", []string{secret},
				"header", http.Header{"X": {secret}})
			if got := out.String(); strings.Contains(got, "verysecret") || strings.Contains(got, secret) || !strings.Contains(got, "connection refused") {
				t.Errorf("%s: %s becomes %s", format, secret, got)
			}
		}
		out.Reset()
		log.Info("status", "address", "127.0.0.1:8085", "took", 1500*time.Millisecond, "n", 3, "reply", "QWERTYUIOPASDFGHJKLZXCVBNM", "database", "/var/lib/parley/parley.db")
		for _, want := range []string{"127.0.0.1:8085", "QWERTYUIOPASDFGHJKLZXCVBNM", "/var/lib/parley/parley.db"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: %s is not told: %s", format, want, &out)
			}
		}
	}
}

// The whole program tells nothing in confidence when the network fails in all its ways.
func TestServeThroughFaultsTellsNoSecret(t *testing.T) {
	w := slacktest.New(t)
	cmd := slackServe(t, w, piers(t, t.TempDir()), slacktest.BotToken, "--log-level", "debug")
	if err := w.AwaitConns(2); err != nil {
		t.Fatalf("%v\n%s", err, cmd.Stderr)
	}
	for _, f := range []slacktest.Fault{{Drop: slacktest.Before}, {Drop: slacktest.After}, {Status: 503}, {Status: 429, RetryAfter: time.Second}, {Error: "is_archived"}} {
		f.Times = 2
		w.Fault(f)
		w.Command("C1", "U1", "ask When does pier 7 reopen?").Wait()
		w.Say("C1", "U1", slacktest.Mention+" When does pier 7 reopen?", "")
	}
	time.Sleep(2 * time.Second)
	w.Close()
	time.Sleep(2 * time.Second)
	began := time.Now()
	stopped(t, cmd)
	if took := time.Since(began); took > 3*time.Second { // with replies that are to be tried again
		t.Errorf("it took %v to stop", took)
	}
	log := cmd.Stderr.(*bytes.Buffer).String()
	if !strings.Contains(log, "error=") {
		t.Errorf("no fault is logged:\n%s", log)
	}
}

// tellsNothing kills a program, if it still runs, and looks through its log for what a local server gave it in confidence.
func tellsNothing(t testing.TB, cmd *exec.Cmd, secrets func() []string) {
	_ = cmd.Process.Kill() // it may have ended, and so may waiting for it
	_ = cmd.Wait()
	if err := chattest.Leak(cmd.Stderr.(*bytes.Buffer).String(), secrets()); err != nil {
		t.Error(err)
	}
}
