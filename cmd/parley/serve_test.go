package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/store"
)

// freeAddress is an address of this machine that nobody listens on.
func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// The real program tells how it is, counts what passes, and logs one id from the event to the delivery, without what people say.
func TestServeTellsHowItIs(t *testing.T) {
	db := piers(t, t.TempDir())
	p := newScriptedPlatform(t, true, 3)
	address := freeAddress(t)
	if out, err := parley(t, "health", "--status", address).CombinedOutput(); err == nil || !bytes.Contains(out, []byte("nothing answers at "+address)) {
		t.Errorf("without a server, health says: %s", out)
	}
	cmd := scriptedServe(t, p, db, "--status", address, "--log-level", "info", "--log-format", "json")
	if err := eventually(time.Minute, func() error {
		if out, err := parley(t, "health", "--status", address).CombinedOutput(); err != nil || string(out) != "It is ready.\n" {
			return fmt.Errorf("it does not become ready: %s, %w", out, err)
		}
		return nil
	}); err != nil {
		t.Fatalf("%v\n%s", err, cmd.Stderr)
	}
	for _, want := range []string{
		`parley_events_total{platform="scripted",result="accepted"}`, `parley_replies_total{outcome="answered",platform="scripted",want="question"}`,
		`parley_delivery_attempts_total{act="post",platform="scripted",state="sent"}`, "parley_pending", "go_goroutines",
		"parley_database_up 1", "parley_open_events", "parley_oldest_event_seconds", "parley_open_deliveries", "parley_oldest_delivery_seconds",
		"parley_waiting_corrections 0", "parley_unspread_corrections 0", "parley_set_aside 0", "parley_record_change 1", "parley_database_bytes",
		"parley_database_wal_bytes", "parley_last_backup_timestamp_seconds 0", "parley_disk_free_bytes",
	} {
		if err := eventually(10*time.Second, func() error {
			if !strings.Contains(get(t, "http://"+address+"/metrics"), want) {
				return fmt.Errorf("%s is missing in the metrics", want)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
	if got := get(t, "http://"+address+"/healthz"); got != "alive\n" {
		t.Errorf("healthz says %q", got)
	}
	// What was set aside does not keep it from answering, and is told wherever somebody looks.
	other, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.SetAside(t.Context(), store.Aside{Kind: store.AsideReply, ID: "R1", At: time.Now(), Why: "a test"}); err != nil {
		t.Error(err)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	if out, err := parley(t, "health", "--status", address).CombinedOutput(); err != nil || !bytes.Contains(out, []byte("It is ready.\nLook at this: set aside: 1 on record")) {
		t.Errorf("with a row set aside, health says: %s, %v", out, err)
	}
	if got := get(t, "http://"+address+"/metrics"); !strings.Contains(got, "parley_set_aside 1") {
		t.Error("what was set aside is not counted")
	}
	// A second one on the same database would answer twice.
	second := scriptedServe(t, newScriptedPlatform(t, true, 1), db)
	if err := second.Wait(); err == nil || !strings.Contains(second.Stderr.(*bytes.Buffer).String(), "Another parley serve answers from the database") {
		t.Errorf("a second one ended with %v: %s", err, second.Stderr)
	}
	p.stop()
	quiet(t, p, db)
	stopped(t, cmd)
	log := cmd.Stderr.(*bytes.Buffer).String()
	if strings.Contains(log, "When does") {
		t.Error("the log holds what people asked")
	}
	seen := map[string]string{}
	for line := range strings.Lines(log) {
		var l struct{ Msg, Reply string }
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if l.Reply != "" {
			seen[l.Reply] += l.Msg + " "
		}
	}
	for id, msgs := range seen {
		if msgs != "answered delivery " {
			t.Errorf("of the reply %s the log says %q", id, msgs)
		}
	}
	if len(seen) == 0 || !strings.Contains(log, `"msg":"stopped"`) {
		t.Errorf("the log tells of %d replies:\n%.2000s", len(seen), log)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Every problem of a configuration is named at once.
func TestConfigure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	empty := filepath.Join(t.TempDir(), "empty")
	for name, content := range map[string]string{file: "xyz-1\n", empty: " \n"} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	starts := func(value string) string {
		if strings.HasPrefix(value, "xyz-") {
			return ""
		}
		return "It must begin with xyz-."
	}
	a := adapter{name: "example", settings: []setting{{"PARLEY_A", true, starts}, {"PARLEY_B", true, starts}, {"PARLEY_C", false, starts}}}
	for name, c := range map[string]struct {
		vars     map[string]string
		problems []string
		chats    string
	}{
		"nothing":        {nil, nil, ""},
		"all":            {map[string]string{"PARLEY_A": "xyz-a", "PARLEY_B_FILE": file}, nil, "example"},
		"half":           {map[string]string{"PARLEY_A": "xyz-a"}, []string{"PARLEY_B must be set too"}, "example"},
		"optional alone": {map[string]string{"PARLEY_C": "xyz-c"}, []string{"PARLEY_A and PARLEY_B must be set too"}, "example"},
		"wrong twice": {map[string]string{"PARLEY_A": "abc", "PARLEY_B": "def"},
			[]string{"PARLEY_A: It must begin with xyz-.", "PARLEY_B: It must begin with xyz-."}, "example"},
		"both":    {map[string]string{"PARLEY_A": "xyz-a", "PARLEY_A_FILE": file, "PARLEY_B": "xyz-b"}, []string{"both set"}, "example"},
		"empty":   {map[string]string{"PARLEY_A_FILE": empty, "PARLEY_B": "xyz-b"}, []string{"empty file"}, "example"},
		"missing": {map[string]string{"PARLEY_A_FILE": file + ".not", "PARLEY_B": "xyz-b"}, []string{"cannot be read"}, "example"},
	} {
		env := environment{getenv: func(name string) string { return c.vars[name] }, stderr: io.Discard}
		got, problems := configure("", noStatus, "info", "text", []adapter{a}, env)
		if len(problems) != len(c.problems) || got.names() != c.chats {
			t.Errorf("%s: the problems are %q, connected would be %q", name, problems, got.names())
			continue
		}
		for i, want := range c.problems {
			if !strings.Contains(problems[i], want) {
				t.Errorf("%s: %q does not say %q", name, problems[i], want)
			}
		}
		for _, p := range problems {
			if strings.Contains(p, "abc") || strings.Contains(p, "xyz-a") {
				t.Errorf("%s: %q tells a secret", name, p)
			}
		}
	}
	var out bytes.Buffer
	env := surroundings()
	env.stderr = &out
	if status := run(context.Background(), []string{"serve", "--status", "nowhere", "--log-level", "loud", "--log-format", "xml"}, env); status != exitFailure {
		t.Errorf("exit status %d", status)
	}
	for _, want := range []string{`"nowhere"`, `"loud"`, `"xml"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing in\n%s", want, &out)
		}
	}
}

// A database that is swapped under a running program ends it soon, with one line, and with the status for what is worth starting again.
func TestServeNoticesAnotherDatabase(t *testing.T) {
	dir := t.TempDir()
	db := piers(t, dir)
	if err := os.Chmod(db, 0o644); err != nil {
		t.Fatal(err)
	}
	address := freeAddress(t)
	cmd := scriptedServe(t, newScriptedPlatform(t, true, 1), db, "--status", address, "--log-level", "warn")
	if err := eventually(time.Minute, func() error { return parley(t, "health", "--status", address).Run() }); err != nil {
		t.Fatalf("%v\n%s", err, cmd.Stderr)
	}
	data, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for _, err := range []error{os.Rename(db, db+".old"), os.WriteFile(db, data, 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	killed := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
	defer killed.Stop()
	_ = cmd.Wait()
	log := cmd.Stderr.(*bytes.Buffer).String()
	if code := cmd.ProcessState.ExitCode(); code != exitRetry || strings.Count(log, "was moved, replaced or removed") != 1 || time.Since(began) > 5*time.Second {
		t.Errorf("it ended with %d after %v:\n%s", code, time.Since(began), log)
	}
	if strings.Count(log, "chmod 600 "+db) != 1 {
		t.Errorf("that others could read it is not told once:\n%s", log)
	}
}
