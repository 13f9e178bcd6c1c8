package slack_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/chattest"
	"parley/bot/slack"
	"parley/bot/slack/slacktest"
	"parley/seeds/seedstest"
	"parley/store"
)

// clock goes on by itself and can be set forward, for Slack, the adapter and the bot alike.
type clock struct {
	mu   sync.Mutex
	base time.Time
	set  time.Time // when it was set to base, by the real time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base.Add(time.Since(c.set))
}

// at sets the clock to a time of the day that it shows, as in "14:05".
func (c *clock) at(hour string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	day := c.base.Format("2006-01-02 ")
	c.base, c.set = must(time.Parse("2006-01-02 15:04", day+hour)), time.Now()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// newsroom is a workspace in which the record that Parley answers from can be changed. U1 asks, U2 reads, E1 and E2 are editors. What
// people see is written down block by block, as Slack shows it.
type newsroom struct {
	*serving
	t     *testing.T
	clock *clock
	out   strings.Builder
	seen  map[string]bool
}

func newNewsroom(t *testing.T, change ...func(*slacktest.Config)) *newsroom {
	t.Helper()
	n := &newsroom{t: t, clock: &clock{}, seen: map[string]bool{}}
	n.clock.base, n.clock.set = time.Date(2026, time.November, 22, 14, 0, 0, 0, time.UTC), time.Now()
	w := newWorkspace(t, append(change, func(c *slacktest.Config) { c.Now = n.clock.now })...)
	for _, id := range []string{"U2", "E1", "E2"} {
		w.AddUser(slacktest.User{ID: id, Name: id})
	}
	db := database(t)
	_, err := db.Import(t.Context(), store.Change{ID: "first", At: n.clock.now(), Author: "ada", Why: "the record"}, chattest.Library(t).Contents())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"E1", "E2"} {
		n.role(db, id, store.Editor)
	}
	n.serving = serveWith(t, w, db, n.library(db), n.clock.now, func(c *slack.Config) { c.Now, c.EditPause = n.clock.now, time.Nanosecond })
	connected(t, w)
	return n
}

func (n *newsroom) role(db *store.Store, id string, r store.Role) {
	n.t.Helper()
	if err := db.SetRole(n.t.Context(), store.Grant{Platform: "slack", Team: slacktest.Team, Subject: id, Role: r}); err != nil {
		n.t.Fatal(err)
	}
}

// library learns the record as it stands.
func (n *newsroom) library(db *store.Store) *library.Library {
	n.t.Helper()
	c, err := db.Record(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	lib, err := seedstest.Library(c)
	if err != nil {
		n.t.Fatal(err)
	}
	return lib
}

// spread does what the program does when the record has changed: answers come from the new one, and replies are corrected.
func (n *newsroom) spread() (replies int) {
	n.t.Helper()
	n.bot.Swap(n.library(n.store))
	replies, err := n.bot.FanOut(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	n.quiet()
	return replies
}

// quiet waits until Slack has told all, and Parley has nothing under way.
func (n *newsroom) quiet() {
	n.t.Helper()
	n.Settle()
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if events, items, err := n.store.Backlog(n.t.Context()); err == nil && events == 0 && items == 0 {
			return
		}
	}
	n.t.Fatal("Parley does not come to rest")
}

// command types a slash command and returns what its author alone saw last.
func (n *newsroom) command(user, text string) slacktest.Message {
	n.t.Helper()
	n.did(n.Command("C1", user, text))
	return n.told(user)
}

func (n *newsroom) did(d *slacktest.Delivery) {
	n.t.Helper()
	if trouble := wait(d); trouble != "" {
		n.t.Errorf("Slack says: %s", trouble)
	}
	n.quiet()
}

// told is what a person alone saw last in the channel.
func (n *newsroom) told(user string) slacktest.Message {
	n.t.Helper()
	all := n.Ephemerals("C1", user)
	if len(all) == 0 {
		n.t.Fatalf("%s was told nothing", user)
	}
	return all[len(all)-1]
}

// posted is what Parley posted for all, as it stands now.
func (n *newsroom) posted(channel string) []slacktest.Message {
	return slices.DeleteFunc(n.Server.Messages(channel), func(m slacktest.Message) bool { return m.User != slacktest.Bot })
}

// click clicks on a control of a message and returns what the person alone saw last.
func (n *newsroom) click(user string, m slacktest.Message, label string) slacktest.Message {
	n.t.Helper()
	n.did(n.Click(user, m, control(n.t, m, label)))
	return n.told(user)
}

func control(t *testing.T, m slacktest.Message, label string) slacktest.Control {
	t.Helper()
	c, ok := m.Control(label)
	if !ok {
		t.Fatalf("there is no control %q on:\n%s", label, m.Text)
	}
	return c
}

// form clicks on a control that opens a form.
func (n *newsroom) form(user string, m slacktest.Message, label string) slacktest.View {
	n.t.Helper()
	n.click(user, m, label)
	return n.open(user)
}

// open waits for the form that a person has open.
func (n *newsroom) open(user string) slacktest.View {
	n.t.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		for _, v := range n.Modals() {
			if v.User == user {
				return v
			}
		}
	}
	n.t.Fatalf("no form opens for %s", user)
	return slacktest.View{}
}

// submit sends a form and returns what the person alone saw last.
func (n *newsroom) submit(v slacktest.View, values map[string]string) slacktest.Message {
	n.t.Helper()
	n.did(n.Submit(v, values))
	return n.told(v.User)
}

// correct takes “Correct this” on a message that all see.
func (n *newsroom) correct(user string, m slacktest.Message) slacktest.Message {
	n.t.Helper()
	n.did(n.Shortcut("correct", user, m))
	return n.told(user)
}

// edit carries a correction of the shared message up to its preview.
func (n *newsroom) edit(user string, m slacktest.Message, label string, values map[string]string) slacktest.Message {
	n.t.Helper()
	return n.submit(n.form(user, n.correct(user, m), label), values)
}

// outcomes are the ends of the items of the outbox that revise a reply or tell of it, with their reasons.
func (n *newsroom) outcomes() []string {
	n.t.Helper()
	all, err := n.store.Outcomes(n.t.Context(), time.Time{})
	if err != nil {
		n.t.Fatal(err)
	}
	var list []string
	for _, o := range all {
		if o.Act != store.Post {
			list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s", o.Act, o.State, o.Reason)))
		}
	}
	return list
}

// revision is the newest revision of the entry that is asked about.
func (n *newsroom) revision() int {
	n.t.Helper()
	e, ok := n.library(n.store).Entry("reopening")
	if !ok {
		n.t.Fatal("the entry is gone")
	}
	return e.Revision
}

// step writes down what is done, and what people see after it that they did not see before.
func (n *newsroom) step(what string, do func()) {
	n.t.Helper()
	fmt.Fprintf(&n.out, "## %s\n\n", what)
	do()
	n.quiet()
	show := func(to string, all []slacktest.Message) {
		for _, m := range all {
			key := fmt.Sprint(m.Channel, m.TS, m.To, m.Edits)
			if n.seen[key] || m.User != slacktest.Bot {
				continue
			}
			n.seen[key] = true
			where := to
			if m.ThreadTS != "" {
				where += ", in a thread"
			}
			if m.Edits > 0 {
				where += ", in the place of what stood there"
			}
			fmt.Fprintf(&n.out, "%s:\n%s\n", where, sketch(n.t, m.Blocks))
		}
	}
	show("To all", n.Server.Messages("C1"))
	for _, user := range []string{"U1", "U2", "E1", "E2"} {
		show("To "+user+" alone", n.Ephemerals("C1", user))
		show("To "+user+" directly", n.Server.Messages("D"+strings.TrimPrefix(user, "U")))
	}
}

// change edits the record as curators do in a terminal.
func (n *newsroom) change(id string, p answers.Patch) {
	n.t.Helper()
	_, err := n.store.Edit(n.t.Context(), store.Change{ID: id, At: n.clock.now(), Author: "ada", Why: id}, store.Edit{Patch: p})
	if err != nil {
		n.t.Fatal(err)
	}
}

// home waits for the Home of a person and sketches it.
func home(n *newsroom, user string) string {
	n.t.Helper()
	for deadline := time.Now().Add(5 * time.Second); n.Home(user).ID == ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			n.t.Fatal("Home stays empty")
		}
	}
	return sketch(n.t, n.Home(user).Blocks) + "\n"
}
