package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
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
func discordServe(t testing.TB, s *discordtest.Server, db, token string) *exec.Cmd {
	cmd := parley(t, "serve", "--db", db, "--status", "off", "--log-level", "warn")
	cmd.Args[0] = "parleydiscord"
	cmd.Env = append(os.Environ(), "DISCORDTEST_URL="+s.URL(), "PARLEY_DISCORD_TOKEN="+token)
	cmd.Stderr = &bytes.Buffer{}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd
}

// interactionsMeasured is over how many interactions memory is measured: PARLEY_INTERACTIONS, or a number for every day. The is
// 100,000, which take some ten minutes.
func interactionsMeasured() int {
	if n, err := strconv.Atoi(os.Getenv("PARLEY_INTERACTIONS")); err == nil {
		return n
	}
	return 2000
}

// BenchmarkServeMemoryOnDiscord tells what memory the real program takes on a local Discord: at rest, after a tenth of the interactions,
// and after each tenth that follows. It counts one run, so give it -benchtime 1x.
func BenchmarkServeMemoryOnDiscord(b *testing.B) {
	s := discordtest.New(b)
	const people = 1000 // what is said to one person goes out one after another
	person := func(i int) string { return fmt.Sprint(400000000000001000 + i%people) }
	for i := range people {
		s.AddUser(discordtest.Person{ID: person(i), Name: fmt.Sprint("person-", i)})
	}
	cmd := discordServe(b, s, piers(b, b.TempDir()), discordtest.Token)
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
