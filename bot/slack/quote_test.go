package slack_test

import (
	"bytes"
	"database/sql"
	"strings"
	"testing"

	"parley/bot/chattest"
	"parley/store"
)

// More shows the next page of a look-up, and Quote the words that an answer stands on, to who clicked alone: what people see is as the golden
// file has it. Nothing in a document acts, and its words are on record in the table of documents only.
func TestMoreAndQuote(t *testing.T) {
	n := newNewsroom(t)
	n.change("almanac", chattest.Almanac())
	n.spread()
	n.step("U1 looks up claims", func() { n.command("U1", "claims") })
	n.step("U1 clicks “More”", func() { n.click("U1", n.told("U1"), "More") })
	n.step("U1 asks", func() { n.command("U1", "ask "+chattest.Question) })
	answer := n.told("U1")
	n.step("U1 clicks “Quote” before the document is attached", func() { n.click("U1", answer, "Quote") })
	if attached, err := n.store.Attach(t.Context(), "gazette", []byte(chattest.Document), n.clock.now()); !attached || err != nil {
		t.Fatalf("attached: %v, %v", attached, err)
	}
	n.step("U1 clicks “Quote”", func() { n.click("U1", answer, "Quote") })
	quote := n.told("U1")
	for _, want := range []string{"»Ada Lind told &lt;@U1&gt; that *the harbour* **reopens** in May.«", "&lt;!everyone&gt;"} {
		if !strings.Contains(quote.Text, want) {
			t.Errorf("%q is not in %s", want, quote.Text)
		}
	}
	if !bytes.Contains(quote.Blocks, []byte(`{"style":{"bold":true},"text":"»Ada Lind told `)) {
		t.Errorf("the mark is not bold in %s", quote.Blocks)
	}
	if posted := n.posted("C1"); len(posted) > 0 {
		t.Errorf("all see %s", posted[0].Text)
	}
	kept := store.Stmt{SQL: "SELECT coalesce(body, '') FROM (SELECT body FROM delivery UNION ALL SELECT body FROM outbox UNION ALL SELECT body FROM inbox)"}
	if err := n.store.Query(t.Context(), kept, func(rows *sql.Rows) error {
		var body string
		err := rows.Scan(&body)
		if strings.Contains(body, "cranes are as they were") {
			t.Errorf("the words are on record in %s", body)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}

	chattest.Golden(t, "quote.txt", n.out.String())
}
