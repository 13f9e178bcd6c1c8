package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/discord/discordtest"
	"parley/bot/slack/slacktest"
	"parley/store"
)

// The doctor asks the platforms whether they take the tokens, and tells none of those.
func TestDoctorAsksThePlatforms(t *testing.T) {
	w := slacktest.New(t)
	poor := slacktest.New(t, func(c *slacktest.Config) { c.Scopes = []string{"chat:write", "commands", "app_mentions:read"} })
	slow := slacktest.New(t, func(c *slacktest.Config) { c.Now = func() time.Time { return time.Now().Add(-5 * time.Minute) } })
	s := discordtest.New(t)
	db := piers(t, t.TempDir())
	slackOn := func(url, token string) []string {
		return []string{"PARLEY_SLACK_API_URL=" + url, "PARLEY_SLACK_BOT_TOKEN=" + token, "PARLEY_SLACK_APP_TOKEN=" + slacktest.AppToken}
	}
	discordOn := func(token string) []string {
		return []string{"DISCORDTEST_URL=" + s.URL(), "PARLEY_DISCORD_TOKEN=" + token}
	}
	for name, c := range map[string]struct {
		program string
		environ []string
		want    string
		status  int
	}{
		"well":               {"parley", slackOn(w.URL(), slacktest.BotToken), "ok: Slack: it takes the tokens, and has granted what is needed", exitDeclined},
		"wrong token":        {"parley", slackOn(w.URL(), "xoxb-wrong-one"), "fail: Slack: Slack does not know the token in PARLEY_SLACK_BOT_TOKEN: copy it again", exitFailure},
		"scope":              {"parley", slackOn(poor.URL(), slacktest.BotToken), "fail: Slack: the Slack bot token lacks the scope im:history (to read direct messages to it)", exitFailure},
		"away":               {"parley", slackOn("http://"+freeAddress(t)+"/api/", slacktest.BotToken), "warn: Slack: it did not answer: ", exitDeclined},
		"Discord":            {"parleydiscord", discordOn(discordtest.Token), "ok: Discord: it takes the tokens", exitDeclined},
		"not Discord's":      {"parleydiscord", discordOn("no-token-of-discords"), "fail: Discord: Discord does not know the token in PARLEY_DISCORD_TOKEN", exitFailure},
		"our clock":          {"parley", slackOn(slow.URL(), slacktest.BotToken), "warn: clock: it is 5m", exitDeclined},
		"our clock is right": {"parley", slackOn(w.URL(), slacktest.BotToken), "ok: clock: it goes with Slack's", exitDeclined},
	} {
		cmd := parley(t, "doctor", "--db", db, "--status", "off")
		cmd.Args[0], cmd.Env = c.program, append(os.Environ(), c.environ...)
		out, err := cmd.CombinedOutput()
		if got := cmd.ProcessState.ExitCode(); got != c.status || !strings.Contains(string(out), "\n"+c.want) {
			t.Errorf("%s: status %d, %v:\n%s", name, got, err, out)
		}
		secrets := append(append(w.Secrets(), s.Secrets()...), "xoxb-wrong-one", "no-token-of-discords", slacktest.BotToken, slacktest.AppToken, discordtest.Token)
		if err := chattest.Leak(string(out), secrets); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The doctor finds what waits too long, a record that is later than its own, and a clock that was set back; and lists what was set aside.
func TestDoctorFindsWhatIsWrong(t *testing.T) {
	db := piers(t, t.TempDir())
	doctor := func() string {
		out, _ := parley(t, "doctor", "--db", db, "--status", freeAddress(t)).Output()
		return string(out)
	}
	if out := doctor(); !strings.Contains(out, "\nok: backlog: 0 questions and 0 deliveries are open\n") || !strings.Contains(out, "\nwarn: serve: nothing answers at ") {
		t.Errorf("at first it finds\n%s", out)
	}
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	old, ahead := time.Now().Add(-time.Hour), time.Now().Add(3*time.Hour)
	for _, do := range []func() error{
		func() error {
			_, err := s.Accept(t.Context(), store.Incoming{Platform: "slack", ID: "E1", At: old, Delivery: "D1", Body: []byte("{}")}, store.Lease{})
			return err
		},
		func() error {
			_, err := s.SetAside(t.Context(), store.Aside{Kind: store.AsideReply, ID: "R1", At: old, Why: "invalid\x1b character"})
			return err
		},
		func() error {
			return s.RecordQuestions(t.Context(), store.Asked{ID: "Q1", At: ahead, Platform: "slack", Text: "?", Outcome: "declined"})
		},
		s.Close,
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	out := doctor()
	for _, want := range []string{
		"\nwarn: backlog: 1 questions and 0 deliveries are open, the oldest for 1h0m", "\nwarn: set aside: the reply R1 of ", "cannot be read: invalid",
		"\nwarn: clock: it is 3h0m0s before the newest time on record — set it",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Error("what is set aside reaches the terminal as it is")
	}
}

// What the figures mean is told to those who watch: what keeps people from their answers makes Parley not ready, all else is a warning.
func TestHeed(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, c := range map[string]struct {
		v                store.Vitals
		up               time.Duration
		trouble, warning string
	}{
		"well":                 {store.Vitals{Events: 1, OldestEvent: ago(time.Minute), OldestItem: ago(10 * time.Minute), Backup: ago(24 * time.Hour)}, time.Hour, "", ""},
		"questions wait":       {store.Vitals{Events: 2, OldestEvent: ago(6 * time.Minute)}, time.Hour, "questions: 2 are not answered, the oldest for 6m0s", ""},
		"just started":         {store.Vitals{Events: 2, OldestEvent: ago(time.Hour)}, time.Minute, "", ""},
		"deliveries wait":      {store.Vitals{Items: 7, OldestItem: ago(time.Hour)}, time.Hour, "", "deliveries: 7 wait, the oldest for 1h0m0s"},
		"corrections wait":     {store.Vitals{Unspread: 1, OldestUnspread: ago(time.Hour)}, time.Hour, "", "corrections: 1 have not reached every reply that they concern"},
		"a correction just so": {store.Vitals{Unspread: 1, OldestUnspread: ago(time.Second)}, time.Hour, "", ""},
		"set aside":            {store.Vitals{Aside: 3}, time.Hour, "", "set aside: 3 on record cannot be read and were set aside: parley doctor lists them"},
		"log":                  {store.Vitals{WAL: 300 << 20}, time.Hour, "", "log: that beside the database has grown to 314.6 MB"},
		"backup":               {store.Vitals{Backup: ago(9 * 24 * time.Hour)}, time.Hour, "", "backup: the last one was made 9 days ago"},
	} {
		h, troubles, warnings := health{since: ago(c.up)}, map[string]string{}, map[string]string{}
		h.heed(c.v, now, troubles, warnings)
		if inOrder(troubles) != c.trouble || inOrder(warnings) != c.warning {
			t.Errorf("%s: %q, %q", name, inOrder(troubles), inOrder(warnings))
		}
	}
}

// A backup beside a serving Parley is told of in its metrics.
func TestBackupBesideServe(t *testing.T) {
	dir := t.TempDir()
	db := piers(t, dir)
	p := newScriptedPlatform(t, true, 3)
	address := freeAddress(t)
	cmd := scriptedServe(t, p, db, "--status", address)
	p.await(t, cmd, 1)
	if out, err := parley(t, "backup", "--db", db, dir+"/backup.db").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	metrics := get(t, "http://"+address+"/metrics")
	if !strings.Contains(metrics, "parley_last_backup_timestamp_seconds 1.") {
		t.Errorf("the backup is not told of in\n%s", metrics)
	}
	p.stop()
	quiet(t, p, db)
	stopped(t, cmd)
}
