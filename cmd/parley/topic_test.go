package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"parley/answers/text"
	"parley/bot/discord/discordtest"
	"parley/bot/slack/slacktest"
	"parley/seeds"
)

// Names of topics that are also ordinary words, and the pronoun that is also a country.
var ordinary = []string{"us", "next", "approval", "binding", "importance", "leadership", "reaction", "risks"}

// foreign are words of other languages that look like a name of the record, by the file that holds them.
var foreign = map[string][]string{"answers/text/foreign.go": {"et"}, "bot/discord/render_words.go": {"et", "war"}}

// topicWords are the words that belong to Parley's own topic: every name and alias of the record, but for that of Parley.
func topicWords(t *testing.T) []string {
	t.Helper()
	c, err := seeds.Load(seeds.Record())
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"guarantee", "guarantees", "negotiation", "negotiations"}
	for _, a := range c.Actors {
		names = append(append(names, a.Name), a.Aliases...)
	}
	for _, p := range c.Places {
		names = append(append(names, p.Name), p.Aliases...)
	}
	for _, topic := range c.Topics {
		if topic.ID != "about-parley" {
			names = append(append(names, topic.Name), topic.Aliases...)
		}
	}
	for i := range names {
		names[i] = text.Fold(names[i])
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(w string) bool { return slices.Contains(ordinary, w) })
}

// among lists the words that stand in a text.
func among(words []string, said string) []string {
	folded := " " + text.Fold(said) + " "
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !strings.Contains(folded, " "+w+" ") })
}

// wordsInGo lists the words that stand in strings of Go files below root, with their places. Tests and the local servers that they run
// against may speak of anything; so may comments and the keys of JSON.
func wordsInGo(root fs.FS, words []string) ([]string, error) {
	var found []string
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() && (strings.HasSuffix(name, "test") || strings.HasPrefix(entry.Name(), ".") && name != ".") {
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		tags := map[*ast.BasicLit]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				tags[n.Tag] = true
			case *ast.BasicLit:
				said, err := strconv.Unquote(n.Value)
				if n.Kind != token.STRING || tags[n] || err != nil {
					return true
				}
				for _, w := range among(words, said) {
					if !slices.Contains(foreign[name], w) {
						found = append(found, fmt.Sprintf("%s: %q", set.Position(n.Pos()), w))
					}
				}
			}
			return true
		})
		return nil
	})
	return found, err
}

// No word of the topic stands in Go: it is data of the record.
func TestNoWordOfTheTopicInGo(t *testing.T) {
	words := topicWords(t)
	found, err := wordsInGo(os.DirFS("../.."), words)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
	planted := fstest.MapFS{
		"bot/a.go":           {Data: []byte("package bot\n\n// Ukraine is fine here.\nvar a, b = \"Ask about Ukraine.\", `\nnato membership`\n")},
		"bot/a_test.go":      {Data: []byte("package bot\n\nvar c = \"Ukraine\"\n")},
		"bot/chattest/a.go":  {Data: []byte("package chattest\n\nvar c = \"Ukraine\"\n")},
		"bot/discord/tag.go": {Data: []byte("package discord\n\ntype a struct {\n\tUK string `json:\"uk\"`\n}\n")},
	}
	if found, err := wordsInGo(planted, words); err != nil || len(found) != 3 { // "nato" and "nato membership" are both names
		t.Errorf("of what was planted it finds %q, %v", found, err)
	}
}

// said is what people say to a record that they have brought themselves, and the command that it would be.
var said = []struct{ command, text string }{
	{"", ""}, {"", "help"}, {"", "hello"}, {"", "who is going to win the cup final"}, {"check", ""}, {"check", "A berth costs ten crowns."},
	{"claims", "zurich"}, {"timeline", ""}, {"who", "somebody"}, {"disputes", ""}, {"latest", ""}, {"corrections", ""},
}

// asked are those of them that are no command, of which all see the reply.
const asked = 4

// A newsroom that brings its own FAQ meets no word of Parley's own topic, whatever is said and wherever.
func TestAnImportedFAQKnowsNothingOfTheTopic(t *testing.T) {
	words := topicWords(t)
	db := piers(t, t.TempDir())
	clean := func(where, reply string) {
		if found := among(words, reply); len(found) > 0 {
			t.Errorf("%s: %q stand in\n%s", where, found, reply)
		}
	}
	introduces := func(where, replies string) {
		for _, want := range []string{"Ask a question about “faq.csv”, for example: When does pier 7 reopen?", "Our record holds “faq.csv” and nothing else."} {
			if !strings.Contains(replies, want) {
				t.Errorf("%s: %q is missing in\n%s", where, want, replies)
			}
		}
	}

	t.Run("terminal", func(t *testing.T) {
		var lines strings.Builder
		for _, s := range said {
			if s.command != "" {
				lines.WriteString("/" + s.command + " ")
			}
			lines.WriteString(s.text + "\n")
		}
		var replies strings.Builder
		for program, typed := range map[string]string{"parley": lines.String(), "parley80": "\n"} { // on a screen it introduces itself
			cmd := parley(t, "chat", "--db", db)
			cmd.Args[0], cmd.Stdin = program, strings.NewReader(typed)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", program, err, out)
			}
			replies.Write(out)
		}
		clean("terminal", replies.String())
		introduces("terminal", replies.String())
		if !strings.Contains(replies.String(), "Ask about “faq.csv”, or use a command") {
			t.Errorf("on a screen it does not say what to ask about:\n%s", replies.String())
		}
	})

	t.Run("slack", func(t *testing.T) {
		w := slacktest.New(t)
		cmd := slackServe(t, w, db, slacktest.BotToken)
		if err := w.AwaitConns(2); err != nil {
			t.Fatalf("%v\n%s", err, cmd.Stderr)
		}
		for _, s := range said {
			if s.command == "" {
				w.Say("C1", "U1", slacktest.Mention+" "+s.text, "").Wait()
			} else if d := w.Command("C1", "U1", s.command+" "+s.text); true {
				d.Wait()
			}
		}
		w.OpenHome("U1").Wait()
		awaited(t, func() bool {
			return len(w.Messages("C1")) >= 2*asked && len(w.Ephemerals("C1", "U1")) >= len(said)-asked && w.Home("U1").ID != ""
		}, cmd.Stderr)
		stopped(t, cmd)
		var replies strings.Builder
		for _, call := range w.Calls() {
			for _, arg := range call.Args {
				replies.WriteString(arg + "\n")
			}
		}
		clean("Slack", replies.String())
		introduces("Slack", replies.String())
		if home := string(w.Home("U1").Blocks); !strings.Contains(home, "When does pier 7 reopen?") {
			t.Errorf("Home offers nothing to ask: %s", home)
		}
	})

	t.Run("discord", func(t *testing.T) {
		g := discordtest.New(t)
		cmd := discordServe(t, g, db, discordtest.Token)
		if err := g.AwaitReady(1); err != nil {
			t.Fatalf("%v\n%s", err, cmd.Stderr)
		}
		for _, s := range said {
			if s.command == "" {
				g.Say(discordtest.Channel, discordtest.User, discordtest.Mention+" "+s.text, "").Wait()
				continue
			}
			var options []discordtest.Option
			switch {
			case s.command == "check" && s.text == "":
				continue // Discord itself wants the statement
			case s.command == "check":
				options = append(options, discordtest.Option{Name: "statement", Value: s.text})
			case s.text != "":
				options = append(options, discordtest.Option{Name: "term", Value: s.text})
			}
			d := g.Command(discordtest.Channel, discordtest.User, "parley "+s.command, options...)
			if _, ok := d.Wait(); !ok {
				t.Fatalf("%q was not answered: %s", s, d.Trouble())
			}
		}
		awaited(t, func() bool { return len(g.Messages(discordtest.Channel)) >= 2*asked }, cmd.Stderr)
		stopped(t, cmd)
		var replies strings.Builder
		for _, call := range g.Calls() {
			if call.Route == discordtest.PutCommands {
				clean("the commands of Discord", inEnglish(t, call.Body))
				continue
			}
			var body any
			_ = json.Unmarshal(call.Body, &body) // what is none has no text
			fmt.Fprintln(&replies, body)
		}
		clean("Discord", replies.String())
		introduces("Discord", strings.NewReplacer("\\", "").Replace(replies.String()))
	})
}

// awaited waits until something holds.
func awaited(t *testing.T, holds func() bool, log any) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not come\n%s", log)
		}
	}
}

// inEnglish are the descriptions of commands, and their Ukrainian and Polish translations: in French and German, "et" and "war" are no names.
func inEnglish(t *testing.T, commands json.RawMessage) string {
	t.Helper()
	var list []struct {
		Description  string            `json:"description"`
		Translations map[string]string `json:"description_localizations"`
	}
	if err := json.Unmarshal(commands, &list); err != nil || len(list) == 0 || list[0].Description == "" {
		t.Fatalf("the commands are no list, %v: %s", err, commands)
	}
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintln(&b, c.Description, c.Translations["uk"], c.Translations["pl"])
	}
	return b.String()
}
