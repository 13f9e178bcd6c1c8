package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"parley/bot/slack/slacktest"
)

// slackServe starts the real program on a local Slack.
func slackServe(t testing.TB, w *slacktest.Server, db, token string, args ...string) *exec.Cmd {
	cmd := parley(t, append([]string{"serve", "--db", db, "--status", "off"}, args...)...)
	cmd.Env = append(os.Environ(), "PARLEY_SLACK_API_URL="+w.URL(), "PARLEY_SLACK_BOT_TOKEN="+token, "PARLEY_SLACK_APP_TOKEN="+slacktest.AppToken)
	cmd.Stderr = &bytes.Buffer{}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tellsNothing(t, cmd, func() []string { return append(w.Secrets(), token) }) })
	return cmd
}

// The real program answers on a local Slack, and its log holds neither tokens nor questions.
func TestServeOnSlack(t *testing.T) {
	w := slacktest.New(t)
	address := freeAddress(t)
	cmd := slackServe(t, w, piers(t, t.TempDir()), slacktest.BotToken, "--status", address)
	if err := w.AwaitConns(2); err != nil {
		t.Fatalf("%v\n%s", err, cmd.Stderr)
	}
	for _, want := range []string{`parley_sockets_up{platform="slack"} 2`, `parley_sockets_wanted{platform="slack"} 2`} {
		if err := eventually(10*time.Second, func() error {
			if metrics := get(t, "http://"+address+"/metrics"); !strings.Contains(metrics, want) {
				return errors.New(want + " is missing in the metrics")
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
	d := w.Command("C1", "U1", "ask When does pier 7 reopen?")
	if _, ok := d.Wait(); !ok {
		t.Fatalf("the command was not acknowledged: %s", d.Trouble())
	}
	if err := eventually(10*time.Second, func() error {
		if len(w.Ephemerals("C1", "U1")) == 0 {
			return errors.New("there is no answer")
		}
		return nil
	}); err != nil {
		t.Fatalf("%v\n%s", err, cmd.Stderr)
	}
	if text := w.Ephemerals("C1", "U1")[0].Text; !strings.Contains(text, "The Gazette says it reopens in May") || !strings.Contains(text, "You asked: When does pier 7 reopen?") {
		t.Errorf("the answer is %s", text)
	}
	stopped(t, cmd)
	if log := cmd.Stderr.(*bytes.Buffer).String(); strings.Contains(log, "xoxb-") || strings.Contains(log, "xapp-") || strings.Contains(log, "When does") {
		t.Errorf("the log tells too much:\n%s", log)
	}
}

// A token that Slack does not know ends the program with status 3 and a sentence.
func TestServeWithAWrongToken(t *testing.T) {
	w := slacktest.New(t)
	cmd := slackServe(t, w, piers(t, t.TempDir()), "xoxb-wrong")
	err := cmd.Wait()
	log := cmd.Stderr.(*bytes.Buffer).String()
	if cmd.ProcessState.ExitCode() != exitFailure || !strings.Contains(log, "Slack does not know the token in PARLEY_SLACK_BOT_TOKEN") || strings.Contains(log, "xoxb-wrong") {
		t.Errorf("it ended with %v:\n%s", err, log)
	}
}
