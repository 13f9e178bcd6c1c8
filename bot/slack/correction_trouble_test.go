package slack_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/slack/slacktest"
	"parley/store"
)

// An edit that meets trouble ends edited, once and with one note beside it, or with the reason why not.
func TestEditsAmongTrouble(t *testing.T) {
	updates := func(f slacktest.Fault) func(*newsroom, slacktest.Message) {
		f.Methods, f.Times = []string{"chat.update"}, 1
		return func(n *newsroom, _ slacktest.Message) { n.Fault(f) }
	}
	channel := func(c slacktest.Channel) func(*newsroom, slacktest.Message) {
		c.ID, c.Name = "C1", "general"
		return func(n *newsroom, _ slacktest.Message) { n.AddChannel(c) }
	}
	for name, c := range map[string]struct {
		trouble func(*newsroom, slacktest.Message)
		want    string
	}{
		"none":               {func(*newsroom, slacktest.Message) {}, "revise edited"},
		"429":                {updates(slacktest.Fault{Status: 429, RetryAfter: time.Second}), "revise edited"},
		"500":                {updates(slacktest.Fault{Status: 500}), "revise edited"},
		"dropped before":     {updates(slacktest.Fault{Drop: slacktest.Before}), "revise edited"},
		"dropped after":      {updates(slacktest.Fault{Drop: slacktest.After}), "revise edited"},
		"internal error":     {updates(slacktest.Fault{Error: "internal_error"}), "revise edited"},
		"deleted":            {func(n *newsroom, m slacktest.Message) { n.Delete(m) }, "revise failed the message was deleted"},
		"archived":           {channel(slacktest.Channel{Archived: true}), "revise failed the channel is archived, frozen or deleted"},
		"taken out":          {channel(slacktest.Channel{Outside: true}), "revise failed Parley is not in that channel; invite it with /invite"},
		"channel gone":       {channel(slacktest.Channel{Deleted: true}), "revise failed Parley cannot see that channel any more"},
		"removed":            {updates(slacktest.Fault{Error: "account_inactive"}), "revise failed Parley was removed from the workspace"},
		"edit window closed": {updates(slacktest.Fault{Error: "edit_window_closed"}), "revise waiting the message is too old to be edited"},
		"not to be edited":   {updates(slacktest.Fault{Error: "cant_update_message"}), "revise waiting the message cannot be edited"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			m := n.ask()
			c.trouble(n, m)
			n.corrected()
			if got := n.outcomes(); len(got) != 1 || got[0] != c.want {
				t.Fatalf("it ends %q, want %q", got, c.want)
			}
			edited, notes := 0, 0
			for _, now := range n.posted("C1") {
				if strings.HasPrefix(now.Text, "Corrected on") && now.TS == m.TS {
					edited++
				} else if strings.HasPrefix(now.Text, "Corrected on") && now.ThreadTS == m.ThreadTS {
					notes++
				}
			}
			want := map[bool]int{true: 1}[c.want == "revise edited"]
			if edited != want || notes != want {
				t.Errorf("edited are %d messages, and there are %d notes, want %d of each", edited, notes, want)
			}
			if strings.Contains(c.want, "waiting") {
				n.toldWithNext("U1")
			}
		})
	}
}

// toldWithNext wants a person to be told with the next answer what waited for them, once.
func (n *newsroom) toldWithNext(user string) {
	n.t.Helper()
	const since = ", since you asked “" + chattest.Question + "”"
	if told := n.command(user, "timeline"); strings.Count(told.Text, since) != 1 || !strings.Contains(told.Text, "We said May.") {
		n.t.Errorf("with the next answer %s is told\n%s", user, told.Text)
	}
	if told := n.command(user, "timeline"); strings.Contains(told.Text, since) {
		n.t.Errorf("%s is told again\n%s", user, told.Text)
	}
	for _, o := range n.outcomes() {
		if strings.Contains(o, "waiting") {
			n.t.Errorf("after that an item still waits: %s", o)
		}
	}
}

// Who allowed it is told directly, once, of what can be followed up no more; where that cannot be, with the next answer.
func TestToldDirectly(t *testing.T) {
	fault := func(method string, f slacktest.Fault) func(*newsroom) {
		f.Methods, f.Times = []string{method}, 1
		return func(n *newsroom) { n.Fault(f) }
	}
	for name, c := range map[string]struct {
		trouble func(*newsroom)
		scopes  []string
		want    string
	}{
		"none":             {trouble: func(*newsroom) {}, want: "tell followed up"},
		"opened later":     {trouble: fault("conversations.open", slacktest.Fault{Status: 503}), want: "tell followed up"},
		"429":              {trouble: fault("chat.postMessage", slacktest.Fault{Status: 429, RetryAfter: time.Second}), want: "tell followed up"},
		"lost":             {trouble: fault("chat.postMessage", slacktest.Fault{Drop: slacktest.Before}), want: "tell followed up"},
		"answer lost":      {trouble: fault("chat.postMessage", slacktest.Fault{Drop: slacktest.After}), want: "tell followed up"},
		"closed account":   {trouble: func(n *newsroom) { n.AddUser(slacktest.User{ID: "U1", Closed: true}) }, want: "tell waiting the person's account is closed"},
		"a bot":            {trouble: fault("conversations.open", slacktest.Fault{Error: "cannot_dm_bot"}), want: "tell waiting it is a bot, which takes no direct messages"},
		"no messages":      {trouble: fault("chat.postMessage", slacktest.Fault{Error: "messages_tab_disabled"}), want: "tell waiting the app does not take direct messages"},
		"may not write":    {trouble: func(*newsroom) {}, scopes: []string{"app_mentions:read", "chat:write", "commands", "im:history"}, want: "tell waiting Parley lacks the permission im:write"},
		"not allowed":      {trouble: func(n *newsroom) { n.command("U1", "notify off") }, want: "revise waiting"},
		"tried in the end": {trouble: fault("response_url", slacktest.Fault{Status: 404}), want: "tell followed up"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t, func(config *slacktest.Config) {
				if c.scopes != nil {
					config.Scopes = c.scopes
				}
			})
			n.command("U1", "notify on")
			n.command("U1", "ask "+chattest.Question)
			c.trouble(n)
			if name != "tried in the end" { // with a response_url that lives by the clock, and takes nothing
				n.clock.at("15:30")
			}
			n.corrected()
			if got := n.outcomes(); len(got) != 1 || got[0] != c.want {
				t.Fatalf("it ends %q, want %q", got, c.want)
			}
			told := n.posted("D1")
			if want := map[bool]int{true: 1}[c.want == "tell followed up"]; len(told) != want {
				t.Fatalf("U1 is told directly %d times, want %d: %+v", len(told), want, told)
			}
			if strings.Contains(c.want, "waiting") {
				n.toldWithNext("U1")
				return
			}
			if m := told[0]; !strings.HasPrefix(m.Text, "You asked: "+chattest.Question+"\n\nCorrected on") || len(m.Controls()) > 0 {
				t.Errorf("U1 is told, with %d controls\n%s", len(m.Controls()), m.Text)
			}
		})
	}
}

// repliesTried is how many replies are corrected among faults: SLACK_CORRECTIONS, or a number for every day.
func repliesTried(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("SLACK_CORRECTIONS")); err == nil {
		return n
	}
	if os.Getenv("PARLEY_DRILLS") == "" {
		return 100
	}
	return 400
}

// One correction of many replies among faults of every kind: each ends edited or with a reason, none is edited and noted twice, and what
// ended edited shows it.
func TestCorrectionAmongFaults(t *testing.T) {
	n := newNewsroom(t)
	var said []slacktest.Said
	for i := range repliesTried(t) {
		if i%500 == 499 { // Parley takes on 1,000 events at once
			n.quiet()
		}
		said = append(said, n.serving.ask())
	}
	n.quiet()
	reply := map[string]slacktest.Message{}
	for _, channel := range places() {
		for _, m := range n.posted(channel) {
			reply[m.ThreadTS] = m
		}
	}
	edits, posts := []string{"chat.update"}, []string{"chat.postMessage"}
	faults := []slacktest.Fault{
		{Methods: edits, Times: 1, Status: 429, RetryAfter: time.Second}, {Methods: edits, Times: 1, Status: 500}, {Methods: edits, Times: 1, Drop: slacktest.Before},
		{Methods: edits, Times: 1, Drop: slacktest.After}, {Methods: edits, Times: 1, Error: "internal_error"}, {Methods: edits, Times: 1, Error: "account_inactive"},
		{Methods: edits, Times: 1, Error: "cant_update_message"}, {Methods: posts, Times: 1, Status: 500}, {Methods: posts, Times: 1, Drop: slacktest.Before},
		{Methods: posts, Times: 1, Drop: slacktest.After}, {Methods: []string{"conversations.replies"}, Times: 1, Status: 503},
	}
	said = slices.DeleteFunc(said, func(one slacktest.Said) bool { return reply[one.TS].TS == "" }) // what a busy machine did not acknowledge
	for i, one := range said {
		f := faults[i/7%len(faults)]
		switch {
		case i%20 == 19:
			n.Delete(reply[one.TS])
		case i%7 == 3:
			f.Skip = i / 2
			n.Fault(f)
		}
	}
	n.AddChannel(slacktest.Channel{ID: places()[3], Archived: true})
	n.corrected()

	all, err := n.store.Outcomes(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	ends := map[string]int{}
	for _, o := range all {
		if o.Act == store.Revise {
			ends[strings.TrimSpace(string(o.State)+" "+o.Reason)]++
			if o.State != store.Edited && o.Reason == "" {
				t.Errorf("the reply %s ended %s without a reason", o.Delivery, o.State)
			}
		}
	}
	edited, notes, twice := 0, 0, 0
	for _, channel := range places() {
		inThread := map[string]int{}
		for _, m := range n.posted(channel) {
			switch {
			case !strings.HasPrefix(m.Text, "Corrected on"):
			case strings.Contains(m.Text, "reopens in June"):
				edited++
				if m.Edits > 1 && strings.Count(m.Text, "We said May.") > 1 {
					twice++
				}
			default:
				if notes++; inThread[m.ThreadTS] > 0 {
					twice++
				}
				inThread[m.ThreadTS]++
			}
		}
	}
	total := 0
	for _, end := range slices.Sorted(maps.Keys(ends)) {
		t.Logf("%5d %s", ends[end], end)
		total += ends[end]
	}
	t.Logf("of %d replies, %d show the correction, with %d notes; twice %d", len(said), edited, notes, twice)
	// An edit of which the answer was lost may be refused when it is repeated: then one more shows it.
	if total != len(said) || edited < ends["edited"] || twice > 0 || notes > edited || ends["unknown"] > 0 {
		t.Errorf("%d items ended, of them %d edited", total, ends["edited"])
	}
	for _, o := range all {
		if strings.HasPrefix(o.Delivery, "note-") && o.State != store.Sent && o.Reason == "" {
			t.Errorf("the note %s ended %s: %s", o.Delivery, o.State, o.Reason)
		}
	}
}

// places are the channels over which serving.ask spreads questions.
func places() []string {
	var list []string
	for i := range channels {
		list = append(list, fmt.Sprint("C", 100+i))
	}
	return list
}

// A page that a correction adds is there once, even if Slack's answer to it is lost: it is found beside the messages that are edited.
func TestAddedPageLost(t *testing.T) {
	for name, drop := range map[string]slacktest.Drop{"its answer": slacktest.After, "itself": slacktest.Before} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			m := n.ask()
			correct := func(at, lead string) { // with a notice that fills half a message
				n.clock.at(at)
				preview := n.edit("E1", m, "Correct an error", map[string]string{
					"lead": lead, "wrong": strings.Repeat("It was too short. ", 54), "right": strings.Repeat("There is more to say. ", 45),
				})
				n.click("E1", preview, "Publish")
			}
			correct("15:00", inJune["lead"])
			n.spread()
			correct("15:30", "Ada Lind said that it reopens on 3 June [gz-reopens].")
			n.Fault(slacktest.Fault{Methods: []string{"chat.postMessage"}, Times: 1, Drop: drop})
			n.spread()
			pages := 0
			for _, page := range n.posted("C1") {
				if page.TS != m.TS && strings.Contains(page.Text, "3 June") {
					pages++
				}
			}
			if got := n.outcomes(); pages != 1 || !slices.Equal(got, []string{"revise edited", "revise edited"}) {
				t.Errorf("the page that was added is there %d times, and the correction ends %q", pages, got)
			}
		})
	}
}
