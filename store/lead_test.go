package store

import (
	"database/sql"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"parley/answers"
)

// schema10 makes a database as Parley made it when an entry had a short answer, with rows of that time.
func schema10(t *testing.T, rows ...string) string {
	t.Helper()
	steps, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(steps) < 11 {
		t.Fatalf("the migrations are %q, %v", steps, err)
	}
	slices.Sort(steps)
	script := "CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT;\n"
	for i, step := range steps[:10] {
		text, err := migrations.ReadFile(step)
		if err != nil {
			t.Fatal(err)
		}
		script += fmt.Sprintf("INSERT INTO schema_version VALUES (%d);\n%s\n", i+1, text)
	}
	path := newPath(t)
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_foreign_keys=1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(script + "PRAGMA application_id = 0x5061726c;" + strings.Join(rows, ";")); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// A short answer of an older database is the lead now: in each revision, in drafts, and in forms under way. What holds the word only in its
// text stays as it was.
func TestShortAnswersBecomeLeads(t *testing.T) {
	const entry = `{"id":"e-one","state":"live","question":"Is \",\"short\":\" a key?","short":"Ada said \"so\" [gz-one].","phrasings":["in short","short"]}`
	const gap = `{"id":"e-two","kind":"gap","question":"What is short?","phrasings":["short"]}`
	const reply = `{"about":{"want":"question","as_of":""},"parts":null,"why":{},"draft":{"entry":"e-one","revision":1,"short":"Ada said so."}}`
	path := schema10(t,
		"INSERT INTO change (number, id, at, author, why, kind) VALUES (1, 'first', '2026-11-01T12:00:00.000Z', 'ada', 'a start', 'import')",
		"INSERT INTO revision VALUES ('entries', 'e-one', 1, 1, '"+strings.ReplaceAll(entry, "so", "this")+"')",
		"INSERT INTO revision VALUES ('entries', 'e-one', 2, 1, '"+entry+"')",
		"INSERT INTO revision VALUES ('entries', 'e-two', 1, 1, '"+gap+"')",
		"INSERT INTO revision VALUES ('entries', 'e-gone', 1, 1, NULL)",
		`INSERT INTO inbox (platform, id, at, delivery, body, attempts, worker, lease) VALUES ('slack', 'E1', '2026-11-01T12:00:00.000Z', 'D1',
			'{"Click":{"Verb":"wrong","Fields":{"short":"Ada said this."}}}', 1, 'w0', '')`,
		`INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, via, via_until, body) VALUES ('D0', 'slack', '',
			'2026-11-01T12:00:00.000Z', 'T1', 'C1', '', 'U1', 1, '', '', '`+reply+`')`)
	s := open(t, path)
	want := []string{
		strings.ReplaceAll(strings.Replace(entry, `,"short":"Ada`, `,"lead":"Ada`, 1), "so", "this"),
		strings.Replace(entry, `,"short":"Ada`, `,"lead":"Ada`, 1), gap,
	}
	if got := column(t, s, "SELECT body FROM revision WHERE body IS NOT NULL ORDER BY id, number"); !slices.Equal(got, want) {
		t.Errorf("the revisions are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := column(t, s, "SELECT body ->> '$.draft.lead' FROM delivery"); !slices.Equal(got, []string{"Ada said so."}) {
		t.Errorf("the draft is %q", got)
	}
	if got := column(t, s, "SELECT body ->> '$.Click.Fields.lead' FROM inbox"); !slices.Equal(got, []string{"Ada said this."}) {
		t.Errorf("the form is %q", got)
	}
	c, err := s.Record(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(c.Entries, func(e answers.Entry) bool { return e.ID == "e-one" })
	if e := c.Entries[at]; e.Lead != `Ada said "so" [gz-one].` || e.Revision != 2 || e.Question != `Is ","short":" a key?` {
		t.Errorf("the entry is %+v", e)
	}
	whole(t, s)
}
