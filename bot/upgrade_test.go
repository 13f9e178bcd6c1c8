package bot_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/chattest"
	"parley/bot/deliver"
	"parley/store"
)

// schema4 makes a database as Parley made it before progress, relations and messages had columns and a table, with rows of that time.
func schema4(t *testing.T, rows string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "parley.db")
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_foreign_keys=1")
	if err != nil {
		t.Fatal(err)
	}
	steps, err := filepath.Glob("../store/migrations/00[1-4]*.sql")
	if err != nil || len(steps) != 4 {
		t.Fatalf("the migrations up to schema 4 are %q, %v", steps, err)
	}
	script := "CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT; INSERT INTO schema_version VALUES (1), (2), (3), (4);"
	for _, step := range steps {
		text, err := os.ReadFile(step)
		if err != nil {
			t.Fatal(err)
		}
		script += string(text)
	}
	if _, err := db.Exec(script + "PRAGMA application_id = 0x5061726c;" + rows); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// begun are rows of schema 4 in which everything that can be under way is under way.
func begun(now time.Time) string {
	const form = "2006-01-02T15:04:05.000Z"
	var b strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&b, format+";\n", args...) }
	add(`INSERT INTO change (number, id, at, author, why, kind) VALUES (1, 'first', 'NOW', 'ada', 'a start', 'import')`)
	add(`INSERT INTO change (number, id, at, author, why, kind, class, wrong, right, spread_at)
		VALUES (2, 'june', 'NOW', 'ada', 'it is June', 'edit', 'correction', 'We said May.', 'It is June.', 'NOW')`)
	add(`INSERT INTO inbox (platform, id, at, delivery, body, attempts, worker, lease) VALUES ('slack', 'E1', 'NOW', 'D-E1',
		'{"Place":{"Team":"T1","Channel":"C-E1"},"Person":{"ID":"U1"},"Text":"%s"}', 1, 'w0', '')`, chattest.Question)
	delivery := func(id, person string, private bool, body, messages, editBy, more string) {
		via, until := "", ""
		if private {
			via, until = "https://hook", now.Add(time.Hour).UTC().Format(form)
		}
		add(`INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, via, via_until, body, messages, edit_by, edit_until)
			VALUES ('%s', 'slack', '', 'NOW', 'T1', 'C-%s', '', '%s', %v, '%s', '%s', '%s', '%s', '%s', '%s')`, id, person, person, private, via, until, body, messages, editBy, more)
	}
	item := func(id, of, lane, act, body, change, state string) {
		add(`INSERT INTO outbox (id, delivery, platform, lane, act, body, change, at, state, due, worker, lease)
			VALUES ('%s', '%s', 'slack', '%s', '%s', %s, %s, 'NOW', '%s', 'NOW', 'w0', '')`, id, of, lane, act, body, change, state)
	}
	said := func(text, more string) string {
		return fmt.Sprintf(`{"about":{"want":"question","text":"%s","as_of":""},"parts":[{"role":"answer","text":"%s"}],"why":{}%s}`, chattest.Question, text, more)
	}
	june := `,"changes":[{"Number":2,"At":"2026-11-01T12:00:00Z","Class":"correction","Wrong":"We said May.","Right":"It is June."}],"fresh":1`

	// Replies that were shared: once in vain, of which the asker was told, and once well.
	for _, id := range []string{"SHARED", "REFUSED"} {
		delivery(id, "U1", true, said("given", ""), `["r1"]`, "", "")
		item(id, id, "T1/C-U1/U1", "post", "NULL", "NULL", "sent")
		add(`INSERT INTO shown (delivery, noun, id, revision) VALUES ('%s', 'entry', 'reopening', 1)`, id)
		delivery("share-1-"+id, "U1", false, said("shared", `,"sorry":"It could not be shared"`), "[]", "", "")
		item("share-1-"+id, "share-1-"+id, "T1/C-U1", "post", "NULL", "NULL", map[string]string{"SHARED": "sent", "REFUSED": "failed"}[id])
	}
	delivery("failed-share-1-REFUSED", "U1", true, said("It could not be shared: for a reason.", ""), "[]", "", "")
	item("failed-share-1-REFUSED", "failed-share-1-REFUSED", "T1/C-U1/U1", "post", "NULL", "NULL", "sent")

	// A share under way, which will be refused.
	delivery("GIVEN", "U2", true, said("given", ""), `["r1"]`, "", "")
	item("GIVEN", "GIVEN", "T1/C-U2/U2", "post", "NULL", "NULL", "sent")
	delivery("share-1-GIVEN", "U2", false, said("refuse this", `,"sorry":"It could not be shared"`), "[]", "", "")
	item("share-1-GIVEN", "share-1-GIVEN", "T1/C-U2", "post", "NULL", "NULL", "queued")

	// Questions that were passed on: one is answered, one is not.
	for _, id := range []string{"ANSWERED", "OPEN"} {
		delivery(id, "U3", false, said("declined", ""), `["M-`+id+`"]`, "chat.update", "")
		item(id, id, "T1/C-U3", "post", "NULL", "NULL", "sent")
		add(`INSERT INTO feedback (id, delivery, person, at, kind, text) VALUES ('pass/%s/U3', '%s', 'U3', 'NOW', 'pass', '')`, id, id)
	}
	item("answered-ANSWERED", "ANSWERED", "T1/C-U3", "revise", "'"+said("answered by now", `,"passed":true`)+"'", "NULL", "waiting")

	// Corrections: one is to be edited, one cannot be any more, one waits and is told of with a reply under way; one was noted beside its reply.
	delivery("EDIT", "U4", false, said("May", ""), `["M-EDIT"]`, "chat.update", "")
	item("EDIT", "EDIT", "T1/C-U4", "post", "NULL", "NULL", "sent")
	item("change-2-EDIT", "EDIT", "T1/C-U4", "revise", "'"+said("June", june)+"'", "2", "queued")
	delivery("CLOSED", "U5", false, said("May", ""), `["M-CLOSED"]`, "chat.update", "")
	item("CLOSED", "CLOSED", "T1/C-U5", "post", "NULL", "NULL", "sent")
	item("change-2-CLOSED", "CLOSED", "T1/C-U5", "revise", "'"+said("close this", june)+"'", "2", "queued")
	delivery("WAITS", "U6", true, said("May", ""), `["r1"]`, "", "")
	item("WAITS", "WAITS", "T1/C-U6/U6", "post", "NULL", "NULL", "sent")
	item("change-2-WAITS", "WAITS", "T1//U6", "revise", "'"+said("June", june)+"'", "2", "waiting")
	delivery("TELLS", "U6", true, said("by the way", `,"told":["change-2-WAITS"]`), "[]", "", "")
	item("TELLS", "TELLS", "T1/C-U6/U6", "post", "NULL", "NULL", "queued")
	delivery("NOTED", "U7", false, said("June", june), `["M-OTHER","M-NOTED"]`, "chat.update", "")
	item("NOTED", "NOTED", "T1/C-U7", "post", "NULL", "NULL", "sent")
	item("change-2-NOTED", "NOTED", "T1/C-U7", "revise", "'"+said("June", june)+"'", "2", "edited")
	delivery("note-2-C-U7-M-NOTED", "U7", false, said("noted", `,"beside":"M-NOTED"`), `["M-N"]`, "chat.update", "")
	item("note-2-C-U7-M-NOTED", "note-2-C-U7-M-NOTED", "T1/C-U7", "post", "NULL", "NULL", "sent")

	// Of one reply, and of one revision that is said anew, only the first message arrived.
	delivery("HALF", "U8", true, said("in two messages", ""), `["r1"]`, "post the rest", "")
	item("HALF", "HALF", "T1/C-U8/U8", "post", "NULL", "NULL", "queued")
	delivery("ANEW", "U9", true, said("May", ""), `["r1"]`, "say the rest anew", "")
	item("ANEW", "ANEW", "T1/C-U9/U9", "post", "NULL", "NULL", "sent")
	item("change-2-ANEW", "ANEW", "T1/C-U9/U9", "revise", "'"+said("June", june)+"'", "2", "queued")
	return strings.ReplaceAll(b.String(), "NOW", now.UTC().Format(form))
}

// upgraded is a platform that notes how it was called.
type upgraded struct {
	mu    sync.Mutex
	calls []string
	until func() bool
}

func (u *upgraded) Name() string { return "slack" }

func (u *upgraded) Listen(ctx context.Context, _ bot.Receive) error {
	for ctx.Err() == nil && !u.until() {
		time.Sleep(10 * time.Millisecond)
	}
	return nil
}

func (u *upgraded) note(format string, args ...any) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.calls = append(u.calls, fmt.Sprintf(format, args...))
}

func (u *upgraded) Post(_ context.Context, to deliver.Address, r bot.Reply) (deliver.Receipt, error) {
	u.note("post %s to %s private %v: %s", r.ID, to.Channel, to.Private, r.Parts[0])
	if strings.Contains(r.Text(), "refuse this") {
		return deliver.Receipt{}, &deliver.Failure{Kind: deliver.Refused, Reason: "the channel is archived"}
	}
	return deliver.Receipt{To: to, Messages: []deliver.MessageID{"M-" + deliver.MessageID(r.ID)}, EditBy: "chat.update"}, nil
}

func (u *upgraded) Revise(_ context.Context, old deliver.Receipt, r bot.Reply) (deliver.Receipt, error) {
	u.note("revise %s, where %s partial %q: %s", r.ID, old.Messages, old.Partial, r.Parts[0])
	if strings.Contains(r.Text(), "close this") {
		return old, &deliver.Failure{Kind: deliver.Closed, Reason: "the message is too old to be edited"}
	}
	old.Partial = deliver.Whole
	return old, nil
}

// A database of schema 4 keeps everything, and what was begun in it is finished.
func TestSchema4IsFinished(t *testing.T) {
	db, err := store.Open(t.Context(), schema4(t, begun(time.Now())))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ctx := t.Context()
	for id, want := range map[string]string{
		"SHARED": " ", "share-1-SHARED": "share SHARED", "share-1-REFUSED": "share REFUSED", "failed-share-1-REFUSED": "failure notice share-1-REFUSED",
		"note-2-C-U7-M-NOTED": "correction note NOTED", "EDIT": " ",
	} {
		if d, found, err := db.Delivery(ctx, id); err != nil || !found || fmt.Sprint(d.Relation, " ", d.Origin) != want {
			t.Errorf("%s is a %q of %q, %v, %v; want %q", id, d.Relation, d.Origin, found, err, want)
		}
	}
	for _, m := range []string{"M-OTHER", "M-NOTED"} {
		d, found, err := db.DeliveryByMessage(ctx, "slack", "T1", "C-U7", m)
		if err != nil || !found || d.ID != "NOTED" || !slices.Equal(d.Messages, []string{"M-OTHER", "M-NOTED"}) {
			t.Errorf("%s is of %q with %q, %v, %v", m, d.ID, d.Messages, found, err)
		}
	}
	passed, err := db.OpenEscalations(ctx)
	if err != nil || len(passed) != 1 || passed[0].ID != "OPEN" {
		t.Errorf("still passed on are %+v, %v", passed, err)
	}

	ids := 0
	b := bot.New(chattest.Library(t), db, bot.Config{
		Now: time.Now, NewID: func() string { ids++; return fmt.Sprint("id-", ids) }, Resume: true, Poll: 20 * time.Millisecond, Pause: 10 * time.Millisecond,
	})
	chat := &upgraded{until: idle(t, db)}
	if err := b.Serve(ctx, chat); err != nil {
		t.Fatal(err)
	}
	if err := b.Serve(ctx, chat); err != nil { // what followed from it
		t.Fatal(err)
	}
	want := []string{
		`post D-E1 to C-E1 private false: ` + chattest.Answer,
		`post TELLS to C-U6 private true: by the way`,
		`post failed-share-1-GIVEN to C-U2 private true: It could not be shared: the channel is archived.`,
		`post note-2-C-U4-M-EDIT to C-U4 private false: Corrected`,
		`post share-1-GIVEN to C-U2 private false: refuse this`,
		`revise ANEW, where [r1] partial "follow-up": June`,
		`revise CLOSED, where [M-CLOSED] partial "": close this`,
		`revise EDIT, where [M-EDIT] partial "": June`,
		`revise HALF, where [r1] partial "post": in two messages`,
	}
	slices.Sort(chat.calls)
	if len(chat.calls) != len(want) {
		t.Errorf("the platform was called\n%s\nwant\n%s", strings.Join(chat.calls, "\n"), strings.Join(want, "\n"))
	}
	for i := range min(len(want), len(chat.calls)) {
		if !strings.HasPrefix(chat.calls[i], want[i]) {
			t.Errorf("the platform was called\n%s\nwant\n%s", chat.calls[i], want[i])
		}
	}
	outcomes, err := db.Outcomes(ctx, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]store.State{}
	for _, o := range outcomes {
		states[o.Item] = o.State
	}
	for id, want := range map[string]store.State{
		"change-2-EDIT": store.Edited, "change-2-CLOSED": store.Waiting, "change-2-WAITS": store.FollowedUp, "change-2-ANEW": store.Edited, "HALF": store.Sent,
		"share-1-GIVEN": store.Failed, "failed-share-1-GIVEN": store.Sent, "TELLS": store.Sent, "answered-ANSWERED": store.Waiting,
	} {
		if states[id] != want {
			t.Errorf("%s ended as %q, want %q", id, states[id], want)
		}
	}
	if d, _, err := db.Delivery(ctx, "WAITS"); err != nil || !strings.Contains(string(d.Body), "June") {
		t.Errorf("what was told of is on record as %s, %v", d.Body, err)
	}
	if d, _, err := db.Delivery(ctx, "HALF"); err != nil || d.Partial != store.Whole {
		t.Errorf("what is whole now is on record as %q, %v", d.Partial, err)
	}

	// A reply is shared once; what was refused is shared anew.
	for on, want := range map[deliver.DeliveryID]string{"SHARED": "It was shared here already.", "REFUSED": chattest.Answer} {
		e := bot.Event{Place: deliver.Place{Team: "T1", Channel: "C-U1"}, Person: bot.Person{ID: "U1"}, Click: &bot.Click{Verb: bot.Share, On: on}}
		r, err := b.Handle(ctx, chat, e)
		if err != nil || !strings.Contains(r.Text(), want) {
			t.Errorf("sharing %s says %q, %v; want %q", on, r.Text(), err, want)
		}
	}
	if d, found, err := db.Delivery(ctx, "share-2-REFUSED"); err != nil || !found || d.Relation != store.Share || d.Origin != "REFUSED" {
		t.Errorf("shared anew is %+v, %v, %v", d, found, err)
	}
}
