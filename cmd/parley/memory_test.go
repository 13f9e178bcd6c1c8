package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"parley/bot/slack/slacktest"
)

// BenchmarkServeMemory tells what memory the real program takes on a local Slack, at rest and after so many commands, in KiB.
func BenchmarkServeMemory(b *testing.B) {
	w := slacktest.New(b)
	cmd := slackServe(b, w, piers(b, b.TempDir()), slacktest.BotToken)
	if err := w.AwaitConns(2); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(resident(b, cmd.Process.Pid)), "KiB-at-rest")
	slots := make(chan struct{}, 64)
	var asking sync.WaitGroup
	for range b.N {
		slots <- struct{}{}
		asking.Go(func() {
			defer func() { <-slots }()
			w.Command("C1", "U1", "ask When does pier 7 reopen?").Wait()
		})
	}
	asking.Wait()
	b.ReportMetric(float64(resident(b, cmd.Process.Pid)), "KiB-after")
}

// resident is the resident memory of a process, as Linux tells it; 0 elsewhere.
func resident(b *testing.B, pid int) (kib int) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skipf("SKIPPED: there is no /proc: %v", err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	if _, err := fmt.Sscan(after, &kib); err != nil {
		b.Fatal(err)
	}
	return kib
}
