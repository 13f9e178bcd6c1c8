package slacktest_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"parley/bot/slack/slacktest"
)

// Whatever is under way, nothing of a server is left after Close.
func TestCloseLeavesNothing(t *testing.T) {
	s := slacktest.New(t)
	for range 3 {
		dial(t, s).hello()
	}
	s.Conns()[0].Disconnect(slacktest.RefreshRequested, time.Hour)
	var under []*slacktest.Delivery
	for range 10 {
		under = append(under, s.Command("C1", "U1", "x"), s.OpenHome("U1"))
	}
	s.SendHTTP(slacktest.Endpoint{Events: "http://127.0.0.1:1"})
	under = append(under, s.OpenHome("U1"))
	s.Close()
	s.Close()
	for _, d := range append(under, s.OpenHome("U1")) {
		if _, ok := d.Wait(); ok {
			t.Error("something was acknowledged that nobody has read")
		}
	}
	left := func() string {
		stacks := make([]byte, 1<<20)
		var mine []string
		for _, g := range strings.Split(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
			if strings.Contains(g, "slacktest.(*") {
				mine = append(mine, g)
			}
		}
		return strings.Join(mine, "\n\n")
	}
	if l := left(); l != "" {
		t.Errorf("still running:\n%s", l)
	}
}
