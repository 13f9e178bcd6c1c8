package discord_test

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/answers/library"
	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
	"parley/seeds/seedstest"
	"parley/store"
)

// People in the guild beside discordtest.User.
const (
	editor = "400000000000000003"
	rival  = "400000000000000004" // an editor, too
	reader = "400000000000000005"
)

// nowhere is a channel where people use Parley because they installed it for themselves; the bot is not there.
const nowhere = "300000000000000008"

// newsroom is a local Discord with Parley, whose record is in its store, so that editors can change it.
type newsroom struct {
	*guild
	t      *testing.T
	store  *store.Store
	bot    *bot.Bot
	ahead  atomic.Int64 // how far Discord's clock is
	change func(*discord.Config)
	ids    atomic.Int64
	stop   func()

	out  strings.Builder
	seen map[string]int // how often a message was edited when it was last noted
}

func newNewsroom(t *testing.T, change ...func(*discord.Config)) *newsroom {
	n := &newsroom{t: t, seen: map[string]int{}, stop: func() {}}
	n.guild = newGuild(t, func(c *discordtest.Config) {
		c.Now = func() time.Time { return time.Now().Add(time.Duration(n.ahead.Load())) }
	})
	for id, name := range map[string]string{second: "second", editor: "editor", rival: "rival", reader: "reader"} {
		n.AddUser(discordtest.Person{ID: id, Name: name})
	}
	n.AddChannel(discordtest.Place{ID: nowhere, Name: "nowhere", Guild: "200000000000000008", Outside: true})
	n.change = func(c *discord.Config) {
		for _, f := range change {
			f(c)
		}
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	n.store = db
	t.Cleanup(func() {
		n.stop()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	at := time.Now()
	if _, err := db.Seed(t.Context(), store.Change{ID: "seeds", At: at, Author: "seeds", Why: "the beginning"}, chattest.Library(t).Contents(), store.Edition{Digest: "digest"}); err != nil {
		t.Fatal(err)
	}
	n.role(editor, store.Editor)
	n.role(rival, store.Editor)
	n.start()
	return n
}

func (n *newsroom) role(who string, role store.Role) {
	if err := n.store.SetRole(n.t.Context(), store.Grant{Platform: "discord", Team: discordtest.Guild, Subject: who, Role: role}); err != nil {
		n.t.Fatal(err)
	}
}

// prepare makes a bot that knows the record as it stands, which does not serve yet.
func (n *newsroom) prepare() {
	n.bot = bot.New(n.library(), n.store, bot.Config{
		Now: time.Now, Resume: true, Poll: 20 * time.Millisecond, Pause: 10 * time.Millisecond,
		NewID: func() string { return fmt.Sprintf("ID%024d", n.ids.Add(1)) },
	})
}

// serve connects the bot, until stop.
func (n *newsroom) serve() {
	c := n.config()
	n.change(&c)
	chat := connect(n.t, c)
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- n.bot.Serve(ctx, chat) }()
	n.stop = func() {
		end()
		select {
		case <-ended:
		case <-time.After(30 * time.Second):
			n.t.Error("Parley does not end")
		}
		n.stop = func() {}
	}
	ready(n.t, n.guild)
}

func (n *newsroom) start() {
	n.prepare()
	n.serve()
}

func (n *newsroom) library() *library.Library {
	n.t.Helper()
	c, err := n.store.Record(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	lib, err := seedstest.Library(c)
	if err != nil {
		n.t.Fatal(err)
	}
	return lib
}

// swap lets the bot follow what was changed, as parley serve does, and waits until nothing is under way.
func (n *newsroom) swap() {
	n.t.Helper()
	n.bot.Swap(n.library())
	if _, err := n.bot.FanOut(n.t.Context()); err != nil {
		n.t.Fatal(err)
	}
	n.quiet()
}

// quiet waits until Parley has nothing under way.
func (n *newsroom) quiet() {
	n.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if events, items, err := n.store.Backlog(n.t.Context()); err == nil && events == 0 && items == 0 {
			return
		}
	}
	n.t.Fatalf("Parley does not come to rest: %+v", n.outcomes())
}

func (n *newsroom) outcomes() []store.Outcome {
	n.t.Helper()
	all, err := n.store.Outcomes(n.t.Context(), time.Time{})
	if err != nil {
		n.t.Fatal(err)
	}
	return all
}

// revisions are the outcomes of what tells of a change.
func (n *newsroom) revisions() []store.Outcome {
	var all []store.Outcome
	for _, o := range n.outcomes() {
		if o.Change > 0 {
			all = append(all, o)
		}
	}
	return all
}

// newest is the newest change of the record.
func (n *newsroom) newest() int {
	n.t.Helper()
	number, err := n.store.LatestChange(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	return number
}

// done waits until an interaction is answered without trouble and nothing is under way.
func (n *newsroom) done(d *discordtest.Delivery) *discordtest.Delivery {
	n.t.Helper()
	if _, ok := d.Wait(); !ok || d.Trouble() != "" {
		n.t.Fatalf("the interaction: %s", d.Trouble())
	}
	n.quiet()
	return d
}

// alone is the last that a person alone was told in a channel.
func (n *newsroom) alone(user string) discordtest.Message {
	n.t.Helper()
	all := n.Ephemerals(discordtest.Channel, user)
	if len(all) == 0 {
		n.t.Fatalf("%s was told nothing", user)
	}
	return all[len(all)-1]
}

// public is the last that Parley said to all.
func (n *newsroom) public() discordtest.Message {
	n.t.Helper()
	all := n.parleys()
	if len(all) == 0 {
		n.t.Fatal("Parley said nothing to all")
	}
	return all[len(all)-1]
}

// message is a message as it stands now.
func (n *newsroom) message(of discordtest.Message) discordtest.Message {
	for _, m := range n.Seen(of.Channel, of.To) {
		if m.ID == of.ID {
			return m
		}
	}
	return discordtest.Message{}
}

func (n *newsroom) ask(user, channel string, options ...discordtest.Option) *discordtest.Delivery {
	n.t.Helper()
	return n.done(n.Command(channel, user, "parley ask", append([]discordtest.Option{option("question", chattest.Question)}, options...)...))
}

// press uses the control of a label on the last message that a person alone sees.
func (n *newsroom) press(user, label string) *discordtest.Delivery {
	n.t.Helper()
	m := n.alone(user)
	c, ok := m.Control(label)
	if !ok {
		n.t.Fatalf("%q has no control %q", m.Content, label)
	}
	return n.done(n.Click(user, m, c.CustomID))
}

// form is what an interaction asks back.
func (n *newsroom) form(d *discordtest.Delivery) discordtest.Modal {
	n.t.Helper()
	m, ok := d.Modal()
	if !ok {
		n.t.Fatalf("no form was opened; they were told %q", n.alone(editor).Content)
	}
	return m
}

// filled are the texts of a form as they stand, with some changed.
func filled(m discordtest.Modal, with map[string]string) map[string]string {
	texts := map[string]string{}
	for _, c := range m.Inputs() {
		texts[c.CustomID] = c.Value
	}
	for name, text := range with {
		texts[name] = text
	}
	return texts
}

// june is what is right.
var june = map[string]string{
	"lead": "Ada Lind said that it reopens in June [gz-reopens].", "wrong": "We wrote that it reopens in May.", "right": "It reopens in June.",
}

// propose leads an editor from a message to the preview of a correction.
func (n *newsroom) propose(who string, m discordtest.Message, with map[string]string) {
	n.t.Helper()
	n.done(n.MessageCommand("Correct this", who, m))
	form := n.form(n.press(who, "Correct an error"))
	n.done(n.SubmitModal(who, form, filled(form, with)))
}

// correct makes a correction and lets it reach the replies.
func (n *newsroom) correct(m discordtest.Message) {
	n.t.Helper()
	n.propose(editor, m, june)
	n.press(editor, "Publish")
	if got := n.alone(editor).Content; !strings.HasPrefix(got, "Published as reopening v2") {
		n.t.Fatalf("the editor is told %q", got)
	}
	n.swap()
}

// expire lets the interactions of a person be over, for Parley.
func (n *newsroom) expire(who string) {
	n.t.Helper()
	if _, err := n.store.Apply(n.t.Context(), store.Stmt{
		SQL: "UPDATE delivery SET edit_until = iif(edit_until = '', '', at), via_until = at WHERE person = ? AND via <> ''", Args: []any{who},
	}); err != nil {
		n.t.Fatal(err)
	}
}

// step does something and notes what is new afterwards: for all, and for people one by one.
func (n *newsroom) step(what string, do func()) {
	n.t.Helper()
	fmt.Fprintf(&n.out, "## %s\n", what)
	do()
	n.Settle()
	n.quiet()
	for _, m := range n.Messages(discordtest.Channel) {
		n.note("to all", m)
	}
	for i, user := range []string{discordtest.User, second, editor, reader} {
		name := []string{"Ada", "Ben", "the editor", "the reader"}[i]
		for _, m := range n.Ephemerals(discordtest.Channel, user) {
			n.note("to "+name+" alone", m)
		}
		for _, m := range n.DMs(user) {
			n.note("to "+name+" in direct messages", m)
		}
	}
	fmt.Fprintln(&n.out)
}

var (
	moments = regexp.MustCompile(`\d{1,2} \w{3} 20\d\d, \d\d\\?:\d\d UTC`)
	ages    = regexp.MustCompile(`[0-9]+ (months?|years?) old`)
	today   = regexp.MustCompile(`corrected on \d{1,2} \w{3} 20\d\d`)
)

// timeless is a text without what is another from one day to the next.
func timeless(text string) string {
	text = moments.ReplaceAllString(text, "(day, time) UTC")
	text = today.ReplaceAllString(text, "corrected on (day)")
	return ages.ReplaceAllString(text, "(so) old")
}

func (n *newsroom) note(to string, m discordtest.Message) {
	edits, known := n.seen[m.ID]
	if m.User != discordtest.Bot || known && edits == m.Edits {
		return
	}
	n.seen[m.ID] = m.Edits
	switch {
	case known:
		to += ", edited"
	case m.ReplyTo != "":
		to += ", as a reply"
	}
	fmt.Fprintf(&n.out, "-> %s:\n", to)
	for line := range strings.Lines(timeless(m.Content)) {
		n.out.WriteString("   " + strings.TrimRight(line, "\n") + "\n")
	}
	var labels []string
	for _, c := range m.Controls() {
		labels = append(labels, "["+c.Label+"]")
	}
	if len(labels) > 0 {
		fmt.Fprintf(&n.out, "   %s\n", strings.Join(labels, " "))
	}
}

// noteForm writes down what a form shows.
func (n *newsroom) noteForm(m discordtest.Modal) discordtest.Modal {
	fmt.Fprintf(&n.out, "-> a form: %s\n", m.Title)
	for _, c := range m.Inputs() {
		needed := "may be left empty"
		if c.Required == nil || *c.Required {
			needed = "needed"
		}
		fmt.Fprintf(&n.out, "   %s (%s): %s\n", c.Label, needed, c.Value)
	}
	return m
}
