package discord_test

import (
	"strings"
	"testing"
	"time"

	"parley/bot/chattest"
	"parley/bot/discord/discordtest"
	"parley/store"
)

// More shows the next page of a look-up, and Quote the words that an answer stands on, to who clicked alone: what people see is as the golden
// file has it. Nothing in a document acts.
func TestMoreAndQuote(t *testing.T) {
	n := newNewsroom(t)
	ada := discordtest.User
	change := store.Change{ID: "almanac", At: time.Now(), Author: "ada", Why: "a second source"}
	if _, err := n.store.Edit(t.Context(), change, store.Edit{Patch: chattest.Almanac()}); err != nil {
		t.Fatal(err)
	}
	n.swap()
	n.step("Ada looks up claims", func() { n.done(n.Command(discordtest.Channel, ada, "parley claims")) })
	n.step("Ada clicks “More”", func() { n.press(ada, "More") })
	n.step("Ada asks", func() { n.ask(ada, discordtest.Channel) })
	answer := n.alone(ada)
	quote, ok := answer.Control("Quote")
	if !ok {
		t.Fatalf("%q has no Quote", answer.Content)
	}
	click := func() { n.done(n.Click(ada, answer, quote.CustomID)) }
	n.step("Ada clicks “Quote” before the document is attached", click)
	if attached, err := n.store.Attach(t.Context(), "gazette", []byte(chattest.Document), time.Now()); !attached || err != nil {
		t.Fatalf("attached: %v, %v", attached, err)
	}
	n.step("Ada clicks “Quote”", click)
	if got, want := n.alone(ada).Content, `**»Ada Lind told \<\@U1\> that \*the harbour\* \*\*reopens\*\* in May.«**`; !strings.Contains(got, want) {
		t.Errorf("%s is not in %s", want, got)
	}
	if all := n.parleys(); len(all) > 0 {
		t.Errorf("all see %s", all[0].Content)
	}

	chattest.Golden(t, "quote.txt", n.out.String())
}
