package discord_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
	"parley/store"
)

// onlyEditors is what everybody else is told at each step.
const onlyEditors = "Only editors may change the record."

// Who is no editor changes nothing: not by the menu, not by a control, a form or a preview of somebody else, nor by one of their own from
// before the role was taken away.
func TestNotAnEditor(t *testing.T) {
	n := newNewsroom(t)
	n.ask(discordtest.User, discordtest.Channel)
	n.press(discordtest.User, "Share")
	shared := n.public()
	n.done(n.MessageCommand("Correct this", editor, shared))
	kinds := n.alone(editor)
	form := n.form(n.press(editor, "Correct an error"))
	n.done(n.SubmitModal(editor, form, filled(form, june)))
	preview := n.alone(editor)
	before := n.newest()
	public := len(n.parleys())

	tried := 0
	try := func(who, what, want string, do func() *discordtest.Delivery) {
		t.Helper()
		tried++
		told := len(n.Ephemerals(discordtest.Channel, who))
		n.done(do())
		all := n.Ephemerals(discordtest.Channel, who)
		if len(all) != told+1 || !strings.HasPrefix(all[len(all)-1].Content, want) {
			t.Errorf("%s: %s is told %q", what, who, n.alone(who).Content)
		}
		if got := n.newest(); got != before {
			t.Fatalf("%s: the record has changed", what)
		}
	}
	forge := func(who string) { // with the ids of an editor
		for _, m := range []discordtest.Message{kinds, preview} {
			for _, c := range m.Controls() {
				try(who, "“"+c.Label+"” of somebody else", "That reply is not on record here", func() *discordtest.Delivery {
					return n.Component(who, m, 2, c.CustomID)
				})
			}
		}
	}
	try(reader, "the menu", onlyEditors, func() *discordtest.Delivery { return n.MessageCommand("Correct this", reader, shared) })
	forge(reader)
	forge(rival) // an editor, but not the one who began it
	for _, verb := range []string{"correct", "minor", "clarify", "wrong", "withdraw", "publish", "discard"} {
		_, on, _ := strings.Cut(shared.Controls()[0].CustomID, ":")
		try(reader, verb+" on the shared answer", onlyEditors, func() *discordtest.Delivery { return n.Component(reader, shared, 2, verb+":"+on) })
	}
	n.done(n.MessageCommand("Correct this", editor, shared))
	stolen := n.form(n.press(editor, "Withdraw it"))
	stolen.User = reader
	try(reader, "the form of somebody else", "That reply is not on record here", func() *discordtest.Delivery {
		return n.SubmitModal(reader, stolen, map[string]string{"wrong": "x"})
	})

	form = n.form(n.done(n.Click(editor, kinds, kinds.Controls()[2].CustomID)))
	n.role(editor, "")
	try(editor, "the menu", onlyEditors, func() *discordtest.Delivery { return n.MessageCommand("Correct this", editor, shared) })
	for _, m := range []discordtest.Message{kinds, preview} {
		for _, c := range m.Controls() {
			try(editor, "“"+c.Label+"” without the role", onlyEditors, func() *discordtest.Delivery { return n.Click(editor, m, c.CustomID) })
		}
	}
	try(editor, "the form without the role", onlyEditors, func() *discordtest.Delivery { return n.SubmitModal(editor, form, filled(form, june)) })
	if tried != 2+2*7+7+1+7+1 {
		t.Errorf("%d ways were tried", tried)
	}
	n.swap()
	if got := len(n.parleys()); got != public || n.message(shared).Edits > 0 {
		t.Errorf("there are %d messages to all, of %d", got, public)
	}
}

// Of two editors the one who is late is told who was first, and nothing is lost.
func TestTwoEditors(t *testing.T) {
	n := newNewsroom(t)
	n.ask(discordtest.User, discordtest.Channel, option("public", true))
	shown := n.public()
	n.propose(editor, shown, june)
	n.propose(rival, shown, map[string]string{"lead": "Ada Lind said that it reopens in July [gz-reopens].", "wrong": "May.", "right": "July."})
	n.press(editor, "Publish")
	first := n.newest()
	n.press(rival, "Publish")
	told := n.alone(rival).Content
	for _, want := range []string{"eopening was changed by discord/" + editor, "to v2, while you worked on it", "Nothing was done"} {
		if !strings.Contains(unescaped(told), want) {
			t.Errorf("who was late is told %q, without %q", told, want)
		}
	}
	if n.newest() != first {
		t.Error("who was late has changed the record")
	}
	// Published twice, it is done once.
	preview := n.Ephemerals(discordtest.Channel, editor)[1]
	publish, _ := preview.Control("Publish")
	n.done(n.Click(editor, preview, publish.CustomID))
	if n.newest() != first {
		t.Error("what was published twice was done twice")
	}
	n.swap()
	if got := n.message(shown).Content; !strings.Contains(got, "in June") {
		t.Errorf("all see %q", got)
	}
}

// Each message of a long reply can be chosen; a text that no form takes is not offered to be cut.
func TestCorrectLongReply(t *testing.T) {
	n := newNewsroom(t)
	n.done(n.Command(discordtest.Channel, discordtest.User, "parley ask", option("question", chattest.LongQuestion), option("public", true)))
	pages := n.parleys()
	if len(pages) < 3 {
		t.Fatalf("the reply has %d messages", len(pages))
	}
	for _, page := range pages {
		n.done(n.MessageCommand("Correct this", editor, page))
		if got := n.alone(editor).Content; !strings.Contains(got, chattest.LongQuestion) {
			t.Errorf("the editor is told %q", got)
		}
	}
	if _, ok := n.alone(editor).Control("Correct an error"); ok {
		t.Error("a form is offered that would cut the text")
	}
	form := n.form(n.done(n.Click(editor, n.Ephemerals(discordtest.Channel, editor)[0], controlOf(t, n.Ephemerals(discordtest.Channel, editor)[0], "Withdraw it"))))
	n.done(n.SubmitModal(editor, form, map[string]string{"wrong": "The list was of another harbour."}))
	n.press(editor, "Publish")
	n.swap()
	left := n.parleys()
	if len(left) != 2 || left[0].ID != pages[0].ID || !strings.Contains(left[0].Content, "Withdrawn on") || left[1].ReplyTo != pages[0].ID {
		t.Errorf("of %d messages there are %+v", len(pages), left)
	}
}

func controlOf(t *testing.T, m discordtest.Message, label string) string {
	t.Helper()
	c, ok := m.Control(label)
	if !ok {
		t.Fatalf("%q has no control %q", m.Content, label)
	}
	return c.CustomID
}

// What a correction adds to a reply is a reply to it, since others have spoken below it.
func TestCorrectionGrows(t *testing.T) {
	n := newNewsroom(t)
	n.ask(discordtest.User, discordtest.Channel)
	n.press(discordtest.User, "Share")
	shown := n.public()
	n.Say(discordtest.Channel, second, "Let us talk of something else.", "")
	n.propose(editor, shown, longer)
	n.press(editor, "Publish")
	n.swap()
	all := n.parleys()
	if len(all) != 3 {
		t.Fatalf("there are %d messages", len(all))
	}
	if len(all[0].Controls()) > 0 || all[1].ReplyTo != shown.ID || len(all[1].Controls()) == 0 {
		t.Errorf("what was added is %+v", all[1])
	}
	if all[2].ReplyTo != shown.ID || !strings.HasPrefix(all[2].Content, "**Corrected on") {
		t.Errorf("the note is %+v", all[2])
	}
}

// A message that is not Parley's, or not on record, cannot be corrected.
func TestCorrectOtherMessages(t *testing.T) {
	n := newNewsroom(t)
	said := n.Say(discordtest.Channel, discordtest.User, "The harbour reopens in May.", "")
	n.done(n.MessageCommand("Correct this", editor, said.Message))
	if got := n.alone(editor).Content; !strings.HasPrefix(got, "That reply is not on record here") {
		t.Errorf("the editor is told %q", got)
	}
	n.done(n.Command(discordtest.Channel, discordtest.User, "parley claims", option("public", true)))
	n.done(n.MessageCommand("Correct this", editor, n.public()))
	if got := n.alone(editor).Content; !strings.Contains(unescaped(got), "parley edit ID") {
		t.Errorf("the editor is told %q", got)
	}
}

// The menu's answer is deferred as one to the editor alone when it has to wait, and takes the place of the deferral.
func TestCorrectDeferred(t *testing.T) {
	n := newNewsroom(t, func(c *discord.Config) { c.DeferAfter = time.Nanosecond }) // so that the answer comes after it, as good as always
	n.ask(discordtest.User, discordtest.Channel, option("public", true))
	shown := n.public()
	deferred := 0
	for tries := 0; deferred == 0 && tries < 20; tries++ {
		d := n.done(n.MessageCommand("Correct this", editor, shown))
		if got, _ := d.Wait(); got.Type == discordtest.CallDeferred {
			deferred++
		}
		if all := d.Messages(); len(all) != 1 || all[0].Loading || all[0].To != editor || !strings.HasPrefix(all[0].Content, "What kind of change") {
			t.Errorf("the editor sees %+v", all)
		}
	}
	if deferred == 0 {
		t.Error("no answer was deferred")
	}
}

// end is how a correction of a reply ends.
type end struct {
	act    store.Act
	state  store.State
	reason string
}

// A correction meets what can happen to a reply and on the way to it: it ends edited, told otherwise, or failed with a reason, and nobody is
// told twice.
func TestCorrectionsAmongFaults(t *testing.T) {
	edits := []string{discordtest.EditMessage, discordtest.EditFollowup}
	once := func(f discordtest.Fault) func(*newsroom, discordtest.Message) {
		f.Routes, f.Times = edits, 1
		return func(n *newsroom, _ discordtest.Message) { n.Fault(f) }
	}
	edited := end{store.Revise, store.Edited, ""}
	cannotSee := func(n *newsroom, _ discordtest.Message) {
		n.AddChannel(discordtest.Place{ID: discordtest.Channel, Name: "general", Guild: discordtest.Guild, Outside: true})
	}
	over := func(n *newsroom, _ discordtest.Message) { n.ahead.Store(int64(16 * time.Minute)) }
	both := func(all ...func(*newsroom, discordtest.Message)) func(*newsroom, discordtest.Message) {
		return func(n *newsroom, m discordtest.Message) {
			for _, f := range all {
				f(n, m)
			}
		}
	}
	wiped := func(n *newsroom, _ discordtest.Message) {
		n.expire(discordtest.User)
		if _, err := n.store.Sweep(t.Context(), time.Now()); err != nil {
			t.Error(err)
		}
	}
	allows := func(n *newsroom, _ discordtest.Message) {
		if err := n.store.SetConsent(t.Context(), "discord", discordtest.Guild, discordtest.User, true, time.Now()); err != nil {
			t.Error(err)
		}
	}
	takesNone := func(n *newsroom, _ discordtest.Message) {
		n.AddUser(discordtest.Person{ID: discordtest.User, Name: "ada", ClosedDMs: true})
	}
	for name, c := range map[string]struct {
		mention bool // the reply answers a mention
		private bool // else a command, to the asker alone
		fault   func(*newsroom, discordtest.Message)
		want    end
		direct  int // messages to the person directly
	}{
		"nothing":        {mention: true, fault: func(*newsroom, discordtest.Message) {}, want: edited},
		"429":            {mention: true, fault: once(discordtest.Fault{Status: 429, RetryAfter: 50 * time.Millisecond}), want: edited},
		"429 of HTML":    {private: true, fault: once(discordtest.Fault{Status: 429, RetryAfter: 50 * time.Millisecond, Scope: discordtest.ScopeShared}), want: edited},
		"old":            {mention: true, fault: once(discordtest.Fault{Code: 30046, Status: 429, RetryAfter: 100 * time.Millisecond}), want: edited},
		"500":            {mention: true, fault: once(discordtest.Fault{Status: 500}), want: edited},
		"503, private":   {private: true, fault: once(discordtest.Fault{Status: 503}), want: edited},
		"dropped before": {mention: true, fault: once(discordtest.Fault{Drop: discordtest.Before}), want: edited},
		"dropped after":  {mention: true, fault: once(discordtest.Fault{Drop: discordtest.After}), want: edited},
		"dropped after, private": {
			private: true, fault: once(discordtest.Fault{Drop: discordtest.After}), want: edited,
		},
		"deleted": {
			mention: true, fault: func(n *newsroom, m discordtest.Message) { n.Delete(m) },
			want: end{store.Revise, store.Failed, "the message was deleted"},
		},
		"deleted, of a command": {
			fault: func(n *newsroom, m discordtest.Message) { n.Delete(m) },
			want:  end{store.Revise, store.Failed, "the message was deleted"},
		},
		"channel deleted": {
			mention: true, fault: func(n *newsroom, _ discordtest.Message) { n.RemoveChannel(discordtest.Channel) },
			want: end{store.Revise, store.Failed, "the channel was deleted"},
		},
		"no access": {
			mention: true, fault: cannotSee, want: end{store.Revise, store.Failed, "Parley cannot see that channel"},
		},
		"no access, of a command that lives": {fault: cannotSee, want: edited},
		"no access, of a command":            {fault: both(wiped, cannotSee), want: end{store.Revise, store.Waiting, "Parley cannot see that channel"}},
		"no access, of a command, allowed": {
			fault: both(allows, wiped, cannotSee), want: end{store.Tell, store.FollowedUp, ""}, direct: 1,
		},
		"over by Discord's clock": {fault: over, want: edited},
		"over and wiped":          {fault: wiped, want: edited},
		"private, over":           {private: true, fault: over, want: end{store.Revise, store.Waiting, "Discord takes no more answers to this"}},
		"private, wiped":          {private: true, fault: wiped, want: end{store.Revise, store.Waiting, ""}},
		"private, over, allowed":  {private: true, fault: both(allows, over), want: end{store.Tell, store.FollowedUp, ""}, direct: 1},
		"private, wiped, allowed": {private: true, fault: both(allows, wiped), want: end{store.Tell, store.FollowedUp, ""}, direct: 1},
		"private, takes no direct": {
			private: true, fault: both(allows, wiped, takesNone), want: end{store.Tell, store.Waiting, "the person takes no direct messages"},
		},
		"private, told among drops": {
			private: true, want: end{store.Tell, store.FollowedUp, ""}, direct: 1,
			fault: both(allows, wiped, func(n *newsroom, _ discordtest.Message) {
				n.Fault(discordtest.Fault{Routes: []string{discordtest.OpenDM}, Times: 1, Drop: discordtest.After})
				n.Fault(discordtest.Fault{Routes: []string{discordtest.PostMessage}, Times: 1, Drop: discordtest.After})
			}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			if c.mention {
				n.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" "+chattest.Question, "").Wait()
				for deadline := time.Now().Add(10 * time.Second); len(n.parleys()) == 0 && time.Now().Before(deadline); {
					time.Sleep(5 * time.Millisecond)
				}
				n.quiet()
			} else {
				n.ask(discordtest.User, discordtest.Channel, option("public", !c.private))
			}
			given := n.Seen(discordtest.Channel, discordtest.User)
			m := given[len(given)-1]
			n.reword()
			c.fault(n, m)
			n.swap()
			all := n.revisions()
			if len(all) != 1 {
				t.Fatalf("the outbox holds %+v", all)
			}
			if got := (end{all[0].Act, all[0].State, all[0].Reason}); got != c.want {
				t.Errorf("it ends %+v, want %+v", got, c.want)
			}
			notices := 0
			for _, m := range n.DMs(discordtest.User) {
				if strings.Contains(m.Content, "What was wrong") {
					notices++
				}
			}
			if notices != c.direct {
				t.Errorf("the person is told directly %d times, want %d", notices, c.direct)
			}
			if now := n.message(m); c.want.state == store.Edited && !strings.Contains(now.Content, "It reopens in June") {
				t.Errorf("people see %q", now.Content)
			}
			if c.want.state != store.Waiting {
				return
			}
			n.AddChannel(discordtest.Place{ID: discordtest.Channel, Name: "general", Guild: discordtest.Guild})
			n.ahead.Store(0)
			n.ask(discordtest.User, discordtest.Channel)
			if got := n.alone(discordtest.User).Content; strings.Count(got, "since you asked") != 1 {
				t.Errorf("with the next answer the person is told %q", got)
			}
			if all := n.revisions(); all[0].State != store.FollowedUp {
				t.Errorf("after that it is %+v", all[0])
			}
		})
	}
}

// A correction whose worker was lost while it made the edit is made again, even when it is too late to search for anything.
func TestCorrectionInterrupted(t *testing.T) {
	n := newNewsroom(t)
	n.done(n.Command(discordtest.Channel, discordtest.User, "parley ask", option("question", chattest.Question), option("public", true)))
	shown := n.public()
	n.reword()
	n.expire(discordtest.User)
	n.stop()
	n.prepare()
	if _, err := n.bot.FanOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := n.store.Apply(t.Context(), store.Stmt{
		SQL: "UPDATE outbox SET state = 'sending', worker = 'lost', at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 hour') WHERE act = 'revise'",
	}); err != nil {
		t.Fatal(err)
	}
	n.serve()
	n.quiet()
	if all := n.revisions(); len(all) != 1 || all[0].State != store.Edited {
		t.Errorf("it ends %+v", all)
	}
	if got := n.message(shown); !strings.Contains(got.Content, "It reopens in June") || len(n.parleys()) != 2 {
		t.Errorf("people see %q, in %d messages", got.Content, len(n.parleys()))
	}
}

// What a reply can be edited by, and until when, is on record as Discord has it.
func TestEditable(t *testing.T) {
	n := newNewsroom(t)
	n.AddChannel(discordtest.Place{ID: "300000000000000007", Private: true}) // between people, by user install
	direct := n.DM(discordtest.User, chattest.Question)
	direct.Wait()
	for deadline := time.Now().Add(10 * time.Second); len(n.DMs(discordtest.User)) < 2 && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	n.quiet()
	public, alone := option("public", true), option("public", false)
	for _, c := range []struct {
		channel string
		how     discordtest.Option
		by      string
		forever bool
		direct  bool
	}{
		{discordtest.Channel, public, "channel", true, false},
		{discordtest.Channel, alone, "interaction", false, false},
		{nowhere, public, "interaction", false, false},
		{nowhere, alone, "interaction", false, false},
		{"300000000000000007", public, "interaction", false, false},
		{direct.Channel, public, "channel", true, true},
		{direct.Channel, alone, "interaction", false, true},
	} {
		n.ask(discordtest.User, c.channel, c.how)
		all, err := n.store.Deliveries(context.Background(), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		d := all[len(all)-1]
		if d.To.Channel != c.channel || d.EditBy != c.by || d.EditUntil.IsZero() != c.forever || d.To.Direct != c.direct || len(d.Messages) != 1 {
			t.Errorf("the reply in %s, %v, is on record as %+v", c.channel, c.how.Value, d)
		}
	}
	all, err := n.store.Deliveries(t.Context(), time.Time{})
	if err != nil || !all[0].To.Direct || all[0].EditBy != "channel" || !all[0].EditUntil.IsZero() {
		t.Errorf("the reply to a direct message is on record as %+v, %v", all[0], err)
	}
	// Where Parley is not, nothing is tried in vain: Discord counts what it refuses.
	n.expire(discordtest.User)
	m := n.Messages(nowhere)
	if len(m) != 1 {
		t.Fatalf("there are %d messages", len(m))
	}
	n.ask(second, discordtest.Channel, public)
	before := len(n.Calls())
	n.correct(n.public())
	for _, call := range n.Calls()[before:] {
		if call.Status == 403 || call.Status == 404 {
			t.Errorf("%s is tried in vain: %d", call.Path, call.Status)
		}
	}
	states := map[store.State]int{}
	for _, o := range n.revisions() {
		states[o.State]++
	}
	if states[store.Edited] != 4 || states[store.Waiting] != 5 {
		t.Errorf("the corrections ended %v", states)
	}
	if !slices.ContainsFunc(n.DMs(discordtest.User), func(m discordtest.Message) bool {
		return m.ReplyTo != "" && strings.HasPrefix(m.Content, "**Corrected on")
	}) {
		t.Error("there is no note in the direct messages")
	}
}
