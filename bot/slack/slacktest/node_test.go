package slacktest_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/slack/slacktest"
)

// unreachable is how npm says that the registry does not answer.
var unreachable = regexp.MustCompile(`\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|E50\d)\b`)

// install copies testdata/node to a folder and fetches Slack's clients there, from npm's cache where it has them.
func install(t *testing.T) string {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("SKIPPED: Slack's own clients were not tried: %v", err)
		}
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("testdata", "node"))); err != nil {
		t.Fatal(err)
	}
	npm := exec.CommandContext(t.Context(), "npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=20000")
	npm.Dir = folder
	if said, err := npm.CombinedOutput(); err != nil {
		if unreachable.Match(said) {
			t.Skipf("SKIPPED: Slack's own clients were not tried: npm does not reach its registry: %s", said)
		}
		t.Fatalf("npm ci: %v\n%s", err, said)
	}
	return folder
}

// nodeApp is a running script of testdata/node.
type nodeApp struct {
	line string // the first that it printed, if that was waited for
	stop func() error
}

// run starts a script against a server. It ends with the test, if not before by stop.
func run(t *testing.T, s *slacktest.Server, folder, script string, printsLine bool, environ ...string) nodeApp {
	cmd := exec.Command("node", script)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "SLACK_API_URL="+s.URL(), "SLACK_BOT_TOKEN="+slacktest.BotToken, "SLACK_APP_TOKEN="+slacktest.AppToken)
	cmd.Env = append(cmd.Env, environ...)
	var said bytes.Buffer
	cmd.Stderr = &said
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	app := nodeApp{stop: sync.OnceValue(func() error {
		_ = in.Close() // a script that has ended already says so by its status
		hung := time.AfterFunc(60*time.Second, func() { _ = cmd.Process.Kill() })
		defer hung.Stop()
		if err := cmd.Wait(); err != nil {
			return fmt.Errorf("%s: %w: %s", script, err, said.Bytes())
		}
		return nil
	})}
	t.Cleanup(func() {
		if err := app.stop(); err != nil {
			t.Error(err)
		}
	})
	if printsLine {
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatalf("%s printed no line: %v", script, err)
		}
		app.line = strings.TrimSpace(line)
	}
	return app
}

// until waits for what an app does by itself.
func until(t *testing.T, what string, true func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !true(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain it was waited until %s", what)
		}
	}
}

// Slack's clients for Node go through all that an app does, over Socket Mode and over HTTP.
func TestNode(t *testing.T) {
	folder := install(t)
	t.Run("socket-mode", func(t *testing.T) { nodeSocketMode(t, folder) })
	t.Run("bolt", func(t *testing.T) {
		s := slacktest.New(t)
		run(t, s, folder, "bolt.mjs", false)
		if err := s.AwaitConns(1); err != nil {
			t.Fatal(err)
		}
		nodeBolt(t, s)
	})
	t.Run("bolt over HTTP", func(t *testing.T) {
		s := slacktest.New(t)
		app := run(t, s, folder, "bolt.mjs", true, "MODE=http", "SLACK_SIGNING_SECRET=hush")
		url := "http://127.0.0.1:" + app.line + "/slack/events"
		to := slacktest.Endpoint{Events: url, Commands: url, Interactivity: url, Secret: "hush"}
		if err := s.Verify(to); err != nil {
			t.Fatal(err)
		}
		wrong := to
		wrong.Secret = "wrong"
		if err := s.Verify(wrong); err == nil {
			t.Error("bolt took a request with a wrong signature, so the signature is not proved")
		}
		s.SendHTTP(to)
		nodeBolt(t, s)
	})
}

func nodeSocketMode(t *testing.T, folder string) {
	s := slacktest.New(t)
	app := run(t, s, folder, "socket-mode.mjs", false)
	if err := s.AwaitConns(1); err != nil {
		t.Fatal(err)
	}
	if !s.Say("C1", "U1", slacktest.Mention+" when?", "").Wait() {
		t.Fatal("the mention was not acknowledged")
	}
	until(t, "the answer was posted and updated", func() bool { all := s.Messages("C1"); return len(all) == 2 && all[1].Edits == 1 })
	answer := s.Messages("C1")[1]
	if answer.Text != "In May" || answer.ThreadTS != s.Messages("C1")[0].TS || !strings.Contains(string(answer.Metadata), `"A1"`) || answer.Edited {
		t.Errorf("posted was %+v", answer)
	}

	if ack, ok := s.Command("C1", "U1", "when?").Wait(); !ok || !strings.Contains(string(ack.Payload), "You asked when?") {
		t.Errorf("the command came back with %+v, %v", ack, ok)
	}
	if got := s.Ephemerals("C1", "U1"); len(got) != 1 || got[0].Text != "You asked when?" {
		t.Errorf("the command was answered with %+v", got)
	}

	report, ok := answer.Control("report")
	if !ok {
		t.Fatalf("there is no button in %s", answer.Blocks)
	}
	if _, ok := s.Click("U1", answer, report).Wait(); !ok {
		t.Error("the click was not acknowledged")
	}
	until(t, "the modal was there", func() bool { all := s.Modals(); return len(all) == 1 && all[0].Updates == 1 })
	refused := s.Submit(s.Modals()[0], map[string]string{"what": "?"})
	if ack, ok := refused.Wait(); !ok || refused.Trouble() != "" || !strings.Contains(string(ack.Payload), "Say more") || len(s.Modals()) != 1 {
		t.Errorf("a submission with an error came back with %+v, %v, %s", ack, ok, refused.Trouble())
	}
	if _, ok := s.Submit(s.Modals()[0], map[string]string{"what": "The date"}).Wait(); !ok || len(s.Modals()) != 0 {
		t.Errorf("after the submission there are %d modals", len(s.Modals()))
	}

	before := s.Conns()[0]
	before.Disconnect(slacktest.RefreshRequested, 0)
	until(t, "it was connected anew", func() bool { all := s.Conns(); return len(all) == 1 && all[0] != before })
	if _, ok := s.Command("C1", "U1", "again?").Wait(); !ok {
		t.Error("after the disconnect, the command was not acknowledged")
	}
	s.Settle()
	if err := app.stop(); err != nil {
		t.Error(err)
	}
}

// nodeBolt goes through the app of bolt.mjs.
func nodeBolt(t *testing.T, s *slacktest.Server) {
	if !s.Say("C1", "U1", slacktest.Mention+" when?", "").Wait() {
		t.Fatal("the mention was not acknowledged")
	}
	until(t, "the mention was answered", func() bool { return len(s.Messages("C1")) == 2 })
	if got := s.Messages("C1")[1]; got.Text != "Heard in C1" || got.ThreadTS != s.Messages("C1")[0].TS {
		t.Errorf("posted was %+v", got)
	}
	if _, ok := s.Command("C1", "U1", "when?").Wait(); !ok {
		t.Error("the command was not acknowledged")
	}
	until(t, "the command was answered", func() bool { return len(s.Ephemerals("C1", "U1")) == 1 })
	if got := s.Modals(); len(got) != 1 || got[0].Title != "Ask" {
		t.Errorf("open are %+v", got)
	}
	answer := s.Ephemerals("C1", "U1")[0]
	share, ok := answer.Control("share")
	if !ok {
		t.Fatalf("there is no button in %s", answer.Blocks)
	}
	if _, ok := s.Click("U1", answer, share).Wait(); !ok {
		t.Error("the click was not acknowledged")
	}
	until(t, "the answer was replaced", func() bool { return s.Ephemerals("C1", "U1")[0].Text == "Shared A1" })
	if _, ok := s.OpenHome("U1").Wait(); !ok {
		t.Error("the opening of the Home was not acknowledged")
	}
	until(t, "the Home was there", func() bool { return strings.Contains(string(s.Home("U1").Blocks), "Welcome") })
	s.Settle()
}
