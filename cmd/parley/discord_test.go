package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
)

// localDiscordAdapter is Discord's own, but for where requests go: DISCORDTEST_URL names a local server. Only this test binary has it, so
// that no setting of the program can send its token elsewhere.
func localDiscordAdapter() adapter {
	a := discordAdapter()
	a.settings = append(a.settings, setting{"DISCORDTEST_URL", true, anything})
	a.connect = func(values map[string]string, log *slog.Logger) (bot.Chat, error) {
		return discord.New(discord.Config{
			Token: values["PARLEY_DISCORD_TOKEN"], Transport: discordtest.Redirect(values["DISCORDTEST_URL"], nil), Log: log,
		})
	}
	return a
}

// discordServe starts the real program on a local Discord.
func discordServe(t testing.TB, s *discordtest.Server, db, token string, args ...string) *exec.Cmd {
	cmd := parley(t, append([]string{"serve", "--db", db, "--status", "off"}, args...)...)
	cmd.Args[0] = "parleydiscord"
	cmd.Env = append(os.Environ(), "DISCORDTEST_URL="+s.URL(), "PARLEY_DISCORD_TOKEN="+token)
	cmd.Stderr = &bytes.Buffer{}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tellsNothing(t, cmd, func() []string { return append(s.Secrets(), token) }) })
	return cmd
}

// The real program answers on a local Discord, and its log holds neither token nor question.
func TestServeOnDiscord(t *testing.T) {
	s := discordtest.New(t)
	cmd := discordServe(t, s, piers(t, t.TempDir()), discordtest.Token)
	if err := s.AwaitReady(1); err != nil {
		t.Fatalf("%v\n%s", err, cmd.Stderr)
	}
	d := s.Command(discordtest.Channel, discordtest.User, "parley ask", discordtest.Option{Name: "question", Value: "When does pier 7 reopen?"})
	if _, ok := d.Wait(); !ok {
		t.Fatalf("the command was not answered: %s", d.Trouble())
	}
	if m, _ := d.Original(); m.To != discordtest.User || !strings.Contains(m.Content, "The Gazette says it reopens in May") {
		t.Errorf("%q alone reads %s", m.To, m.Content)
	}
	stopped(t, cmd)
	if log := cmd.Stderr.(*bytes.Buffer).String(); strings.Contains(log, discordtest.Token) || strings.Contains(log, d.Token) ||
		strings.Contains(log, "When does") {
		t.Errorf("the log tells too much:\n%s", log)
	}
}

// What is for good ends the program with status 3 and one sentence that says what to do.
func TestServeOnDiscordInVain(t *testing.T) {
	for name, c := range map[string]struct {
		token    string
		links    discordtest.Links
		sentence string
	}{
		"wrong token":        {"wrong-token", discordtest.Links{}, "Discord does not know the token in PARLEY_DISCORD_TOKEN"},
		"disallowed intents": {discordtest.Token, discordtest.Links{CloseFirst: 4014}, "Discord does not allow the intents that Parley asks for"},
		"sharding needed":    {discordtest.Token, discordtest.Links{CloseFirst: 4011}, "Discord wants Parley divided into more shards"},
	} {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t)
			s.FaultLinks(c.links)
			cmd := discordServe(t, s, piers(t, t.TempDir()), c.token)
			ended := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
			defer ended.Stop()
			err := cmd.Wait()
			log := cmd.Stderr.(*bytes.Buffer).String()
			if cmd.ProcessState.ExitCode() != exitFailure || strings.Count(log, c.sentence) != 1 || strings.Contains(log, discordtest.Token) {
				t.Errorf("it ended with %v:\n%s", err, log)
			}
		})
	}
}

// interactionsMeasured is over how many interactions memory is measured: PARLEY_INTERACTIONS, or a number for every day. It is to hold over
// 100,000, which take some six minutes on two cores.
func interactionsMeasured() int {
	if n, err := strconv.Atoi(os.Getenv("PARLEY_INTERACTIONS")); err == nil {
		return n
	}
	return 2000
}

// BenchmarkServeMemoryOnDiscord tells what memory the real program takes on a local Discord: at rest, after a thousand interactions, after
// each tenth of them, and at the end. One run is enough: -benchtime 1x. With -v each measurement is shown.
func BenchmarkServeMemoryOnDiscord(b *testing.B) {
	s := discordtest.New(b)
	const people = 1000 // what is said to one person goes out one after another
	person := func(i int) string { return fmt.Sprint(400000000000001000 + i%people) }
	for i := range people {
		s.AddUser(discordtest.Person{ID: person(i), Name: fmt.Sprint("person-", i)})
	}
	cmd := discordServe(b, s, piers(b, b.TempDir()), discordtest.Token, "--log-level", "warn")
	if err := s.AwaitReady(1); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(resident(b, cmd.Process.Pid)), "KiB-at-rest")
	n := interactionsMeasured()
	slots := make(chan struct{}, 64)
	var asking sync.WaitGroup
	began := time.Now()
	for i := range n {
		slots <- struct{}{}
		asking.Go(func() {
			defer func() { <-slots }()
			d := s.Command(discordtest.Channel, person(i), "parley ask", discordtest.Option{Name: "question", Value: "When does pier 7 reopen?"})
			if _, ok := d.Wait(); !ok {
				b.Errorf("interaction %d: %s", i, d.Trouble())
			}
		})
		if (i+1)%max(1, n/10) == 0 || i+1 == 1000 {
			asking.Wait()
			b.Logf("%6d interactions, %4.0f s: %d KiB", i+1, time.Since(began).Seconds(), resident(b, cmd.Process.Pid))
		}
	}
	asking.Wait()
	b.ReportMetric(float64(n)/time.Since(began).Seconds(), "replies/s")
	b.ReportMetric(float64(resident(b, cmd.Process.Pid)), "KiB-after")
	if log := cmd.Stderr.(*bytes.Buffer); log.Len() > 0 {
		b.Logf("its log ends:\n%.2000s", log.String())
	}
}
