package discord_test

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/discord"
	"parley/bot/discord/discordtest"
	"parley/store"
)

// Second is another person in the guild.
const second = "400000000000000002"

// script plays all that people can do by interactions and writes down what they see.
type script struct {
	*serving
	t    *testing.T
	out  strings.Builder
	seen map[string]bool
}

// step does something and notes what is new afterwards, for all and for the people one by one.
func (s *script) step(what string, do func()) {
	s.t.Helper()
	fmt.Fprintf(&s.out, "## %s\n", what)
	do()
	s.Settle()
	s.quiet()
	for _, m := range s.Server.Messages(discordtest.Channel) {
		if m.User == discordtest.Bot {
			s.note("to all", m)
		}
	}
	for name, user := range map[string]string{"U1": discordtest.User, "U2": second} {
		for _, m := range s.Ephemerals(discordtest.Channel, user) {
			s.note("to "+name+" alone", m)
		}
		for _, m := range s.DMs(user) {
			if m.User == discordtest.Bot {
				s.note("to "+name+" in direct messages", m)
			}
		}
	}
	fmt.Fprintln(&s.out)
}

// quiet waits until Parley has nothing under way.
func (s *script) quiet() {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if events, items, err := s.store.Backlog(s.t.Context()); err == nil && events == 0 && items == 0 {
			time.Sleep(30 * time.Millisecond) // what is said at once, beside the path
			return
		}
	}
	s.t.Error("Parley does not come to rest")
}

func (s *script) note(to string, m discordtest.Message) {
	key := fmt.Sprint(m.ID, m.Edits)
	if s.seen[key] {
		return
	}
	s.seen[key] = true
	reply := ""
	if m.ReplyTo != "" {
		reply = ", as a reply"
	}
	fmt.Fprintf(&s.out, "-> %s%s:\n", to, reply)
	for line := range strings.Lines(timeless(m.Content)) {
		s.out.WriteString("   " + strings.TrimRight(line, "\n") + "\n")
	}
	for _, c := range m.Controls() {
		fmt.Fprintf(&s.out, "   [%s]", c.Label)
		for _, o := range c.Options {
			fmt.Fprintf(&s.out, " (%s)", o.Label)
		}
		s.out.WriteString("\n")
	}
}

// newest is the newest message to a person with a control of this label.
func (s *script) newest(user, label string) (discordtest.Message, discordtest.Control) {
	s.t.Helper()
	all := append(s.Server.Messages(discordtest.Channel), s.Ephemerals(discordtest.Channel, user)...)
	for i := len(all) - 1; i >= 0; i-- {
		if c, ok := all[i].Control(label); ok {
			return all[i], c
		}
	}
	s.t.Fatalf("there is no control %q", label)
	return discordtest.Message{}, discordtest.Control{}
}

// wait waits for the first response and wants no trouble.
func (s *script) wait(d *discordtest.Delivery) {
	s.t.Helper()
	if _, ok := d.Wait(); !ok || d.Trouble() != "" {
		s.t.Errorf("the interaction: %s", d.Trouble())
	}
}

func (s *script) click(label string) {
	s.step("U1 clicks “"+label+"”", func() {
		m, c := s.newest(discordtest.User, label)
		s.wait(s.Click(discordtest.User, m, c.CustomID))
	})
}

func (s *script) command(verb string, options ...discordtest.Option) {
	s.step(fmt.Sprintf("U1 uses /parley %s %v", verb, options), func() {
		s.wait(s.Command(discordtest.Channel, discordtest.User, "parley "+verb, options...))
	})
}

func option(name string, value any) discordtest.Option {
	return discordtest.Option{Name: name, Value: value}
}

// play is the script.
func (s *script) play() string {
	s.command("ask", option("question", chattest.Question))
	s.click("Sources")
	s.click("Quote")
	s.click("Timeline")
	s.click("Why this answer?")
	s.click("Copy as text")
	s.click("Share")
	s.click("Helpful")
	s.step("U1 reports an error", func() {
		m, c := s.newest(discordtest.User, "Report an error")
		d := s.Click(discordtest.User, m, c.CustomID)
		s.wait(d)
		modal, ok := d.Modal()
		if !ok {
			s.t.Fatal("no form was opened")
		}
		fmt.Fprintf(&s.out, "-> a form: %s\n", modal.Title)
		s.wait(s.SubmitModal(discordtest.User, modal, map[string]string{"text": "The month is wrong."}))
	})
	s.command("ask", option("question", chattest.Question), option("public", true))
	s.command("ask", option("question", chattest.Question), option("as_of", "2025-01-01"))
	s.command("ask", option("question", chattest.Question), option("as_of", "last week"))
	s.command("check", option("statement", "The harbour reopens in May."))
	for _, verb := range []string{"timeline", "who", "claims", "sources", "disputes", "latest", "help"} {
		s.command(verb)
	}
	s.command("claims", option("term", "harbour"))
	s.command("ask", option("question", "@everyone <@1> **bold** [x](https://example.com) ||s||"))
	s.command("ask", option("question", "harbour pier berth reopening list thing"))
	s.step("U1 chooses the first", func() {
		m, c := s.newest(discordtest.User, "Choose what you meant")
		s.wait(s.Select(discordtest.User, m, c.CustomID, c.Options[0].Value))
	})
	s.click("None of these")
	s.click("Pass to the curators")
	for _, typed := range []string{"", "harb", "hrabour reopn"} {
		s.step("U1 types “"+typed+"”", func() {
			d := s.Autocomplete(discordtest.User, "parley ask", "question", typed)
			s.wait(d)
			for _, c := range d.Choices() {
				fmt.Fprintf(&s.out, "   offered: %s\n", c.Label)
			}
		})
	}
	s.step("U2 uses “Check this claim” on a message", func() {
		said := s.Say(discordtest.Channel, discordtest.User, "The harbour reopens in May.", "")
		s.wait(s.MessageCommand("Check this claim", second, said.Message))
	})
	s.step("U1, who may not, looks at the settings", func() {
		s.wait(s.Command(discordtest.Channel, discordtest.User, "parley-admin settings"))
	})
	if err := s.store.SetRole(s.t.Context(), store.Grant{Platform: "discord", Team: discordtest.Guild, Subject: discordtest.User, Role: store.Editor}); err != nil {
		s.t.Fatal(err)
	}
	s.step("U1, an editor, looks at the settings", func() {
		s.wait(s.Command(discordtest.Channel, discordtest.User, "parley-admin settings"))
	})
	s.step("U1 lets only readers ask", func() {
		all := s.Ephemerals(discordtest.Channel, discordtest.User)
		s.wait(s.Select(discordtest.User, all[len(all)-1], "settings:ask", "reader"))
	})
	s.step("U2 asks", func() {
		s.wait(s.Command(discordtest.Channel, second, "parley ask", option("question", chattest.Question)))
	})
	all, err := s.store.Outcomes(s.t.Context(), time.Time{})
	if err != nil {
		s.t.Error(err)
	}
	for _, o := range all {
		if o.State != store.Sent {
			s.t.Errorf("the reply %s ended %s: %s", o.Delivery, o.State, o.Reason)
		}
	}
	return s.out.String()
}

// What people do and see is the same by either way, and as the golden file has it.
func TestSurfaces(t *testing.T) {
	got := map[string]string{}
	for _, way := range []string{"gateway", "http"} {
		t.Run(way, func(t *testing.T) {
			g := newGuild(t)
			g.AddUser(discordtest.Person{ID: second, Name: "second"})
			var change func(*discord.Config)
			if way == "http" {
				change = overHTTP(t, g)
			}
			s := &script{serving: serve(t, g, change), t: t, seen: map[string]bool{}}
			if way == "http" {
				awaitHTTP(t, change)
			} else {
				ready(t, g)
			}
			got[way] = s.play()
		})
	}
	if got["gateway"] != got["http"] {
		a, b := strings.Split(got["gateway"], "\n"), strings.Split(got["http"], "\n")
		at := 0
		for at < min(len(a), len(b))-1 && a[at] == b[at] {
			at++
		}
		t.Errorf("by the gateway and by HTTP people see different things, from line %d:\n%s\n%s", at+1, a[at], b[at])
	}
	chattest.Golden(t, "surfaces.txt", got["gateway"])
}

// overHTTP makes Discord send interactions to an address of this machine.
func overHTTP(t *testing.T, g *guild) func(*discord.Config) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	g.SendHTTP("http://" + address + "/")
	return func(c *discord.Config) { c.PublicKey, c.Listen = g.PublicKey(), address }
}

func awaitHTTP(t *testing.T, change func(*discord.Config)) {
	var c discord.Config
	change(&c)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if response, err := http.Get("http://" + c.Listen); err == nil {
			response.Body.Close()
			return
		}
	}
	t.Fatal("Parley does not listen")
}

// Requests that Discord did not sign are refused, as it demands.
func TestHTTPRefuses(t *testing.T) {
	g := newGuild(t)
	change := overHTTP(t, g)
	serve(t, g, change)
	awaitHTTP(t, change)
	var c discord.Config
	change(&c)
	for _, how := range []string{"a wrong signature", "no signature", "a short signature", "no hex", "no timestamp", "another's timestamp"} {
		if status, err := g.Forge("http://"+c.Listen+"/", how, []byte(`{"type":1}`)); err != nil || status != http.StatusUnauthorized {
			t.Errorf("%s: status %d, %v", how, status, err)
		}
	}
}
