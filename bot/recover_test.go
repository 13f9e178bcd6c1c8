package bot_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/store"
)

// What a crash left over is begun again side by side, and that is noted at once for all of it. What was begun often is begun alone, so that only
// the one that brings the program down is charged with that.
func TestLeftOverIsBegunSideBySide(t *testing.T) {
	const many = 100
	db := newRecord(t)
	now := time.Now()
	leave := func(id string, attempts, age int) {
		t.Helper()
		body := fmt.Sprintf(`{"Place":{"Team":"T1","Channel":"C-%s"},"Person":{"ID":"U1"},"Text":"%s"}`, id, chattest.Question)
		in := store.Incoming{Platform: "slack", ID: id, At: now.Add(-time.Duration(age) * time.Second), Delivery: "D-" + id, Body: []byte(body)}
		if _, err := db.Accept(t.Context(), in, store.Lease{}); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Apply(t.Context(), store.Stmt{SQL: "UPDATE inbox SET attempts = ? WHERE id = ?", Args: []any{attempts, id}}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 {
		leave(fmt.Sprint("suspect", i), 4, 900)
	}
	for i := range many {
		leave(fmt.Sprint("innocent", i), 1+i%2, 10)
	}
	// Each event that ends notes how many suspects were begun just then, itself among them.
	if _, err := db.Apply(t.Context(), store.Stmt{SQL: `CREATE TABLE begun (id TEXT, beside INTEGER)`}, store.Stmt{SQL: `CREATE TRIGGER beginning AFTER UPDATE OF done_at ON inbox
		BEGIN INSERT INTO begun VALUES (new.id, (SELECT count(*) FROM inbox WHERE done_at IS NULL AND id LIKE 'suspect%' AND attempts > 4)); END`}); err != nil {
		t.Fatal(err)
	}
	c, shut := open(t, db, bot.Config{})
	for range many + 3 {
		c.answered(t)
	}
	eventually(t, "nothing is left over", idle(t, db))
	shut()
	ended := 0
	if err := db.Query(t.Context(), store.Stmt{SQL: "SELECT id, beside FROM begun ORDER BY rowid"}, func(rows *sql.Rows) error {
		var id string
		var beside int
		err := rows.Scan(&id, &beside)
		ended++
		if beside > 1 || beside == 1 && id[:7] != "suspect" {
			t.Errorf("%s ended while %d suspects were begun", id, beside)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if ended != many+3 {
		t.Errorf("%d ended", ended)
	}
}
