package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/answers"
)

// told puts a question, its reply and an opinion on record.
func told(t *testing.T, s *Store, id, person string, private bool, at time.Time) {
	t.Helper()
	d := Delivery{
		ID: id, Platform: "slack", Event: "E-" + id, At: at, To: Address{Team: "T1", Channel: "C1", Person: person, Private: private, Via: "https://hook", ViaUntil: at},
		Body: []byte(`{}`), Shown: []answers.Ref{{Noun: answers.NounEntry, ID: "e", Revision: 1}},
	}
	asked := question(id)
	asked.At, asked.Platform = at, "slack"
	r := Response{
		Item: &Item{ID: id, Delivery: d, Lane: "T1/C1", Act: Post, At: at}, Asked: &asked,
		Feedback: &Feedback{ID: "opinion/" + id, Delivery: id, Person: person, At: at, Kind: Helpful},
		Dialogue: &Dialogue{Conversation: Conversation{Platform: "slack", Team: "T1", Channel: "C1", Person: person}, At: at, Body: []byte(`{}`)}, At: at,
	}
	if _, err := s.Respond(t.Context(), r, Lease{Worker: "w"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Claim(t.Context(), id, at, Lease{Worker: "w", Until: at}); err != nil {
		t.Fatal(err)
	}
	if err := s.Settle(t.Context(), "w", Settlement{Item: id, Delivery: id, State: Sent, At: at, Receipt: Receipt{Messages: []string{"M-" + id}}}); err != nil {
		t.Fatal(err)
	}
}

// rows counts the rows in which a word stands, over all tables.
func rowsWith(t *testing.T, s *Store, word string) (found []string) {
	t.Helper()
	for _, table := range []string{"inbox", "delivery", "outbox", "message", "shown", "feedback", "dialogue", "consent", "question", "carried", "aside"} {
		columns := column(t, s, "SELECT name FROM pragma_table_info('"+table+"')")
		n := column(t, s, "SELECT count(*) FROM "+table+" WHERE instr(concat_ws(' ', "+strings.Join(columns, ", ")+"), ?) > 0", word)
		if n[0] != "0" {
			found = append(found, table+" "+n[0])
		}
	}
	return found
}

// Of a person who is forgotten nothing is left, but for replies that others saw: they can still be corrected, and do not name the person. Nobody else
// loses anything.
func TestForget(t *testing.T) {
	s := open(t, newPath(t))
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, person := range []string{"U1", "U2"} {
		told(t, s, person+"-public", person, false, now)
		told(t, s, person+"-private", person, true, now)
		if err := s.SetConsent(t.Context(), "slack", "T1", person, true, now); err != nil {
			t.Fatal(err)
		}
		waits := Item{ID: person + "-waits", Delivery: Delivery{ID: person + "-private", Platform: "slack"}, Lane: "T1//" + person, Body: []byte("{}"), At: now, State: Waiting}
		if err := s.Revise(t.Context(), waits); err != nil {
			t.Fatal(err)
		}
	}
	held, err := s.Held(t.Context(), "slack", "U1")
	if err != nil || len(held.Questions) != 2 || len(held.Replies) != 2 || len(held.Feedback) != 2 || !held.Consent || held.Replies[0].To.Via != "" {
		t.Errorf("held of U1 is %+v, %v", held, err)
	}
	before := rowsWith(t, s, "U2")
	f, err := s.Forget(t.Context(), "slack", "U1", "")
	if err != nil || f != (Forgotten{Questions: 2, Replies: 1, Unnamed: 1, Feedback: 2}) {
		t.Errorf("forgotten is %+v, %v", f, err)
	}
	if got := rowsWith(t, s, "U1"); fmt.Sprint(got) != "[delivery 1 outbox 1 message 1 shown 1]" {
		t.Errorf("U1 stands in %v", got)
	}
	if got := column(t, s, "SELECT person || via FROM delivery WHERE id = 'U1-public'"); got[0] != "" {
		t.Errorf("the public reply names %q", got)
	}
	if got := rowsWith(t, s, "U2"); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("of U2 there was %v, and is %v", before, got)
	}
	if held, err := s.Held(t.Context(), "slack", "U1"); err != nil || len(held.Questions)+len(held.Replies)+len(held.Feedback) > 0 || held.Consent {
		t.Errorf("afterwards is held %+v, %v", held, err)
	}
	whole(t, s)
}

// What is older than it is kept goes, in bounded steps, and what is younger or under way stays.
func TestRetain(t *testing.T) {
	s := open(t, newPath(t))
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	for name, age := range map[string]time.Duration{"young": day, "old": 200 * day, "ancient": 800 * day} {
		told(t, s, name+"-public", "U1", false, now.Add(-age))
		told(t, s, name+"-private", "U1", true, now.Add(-age))
	}
	open := Delivery{ID: "open", Platform: "slack", At: now.Add(-800 * day), To: Address{Person: "U1"}, Body: []byte("{}")}
	if _, err := s.Respond(t.Context(), Response{Item: &Item{ID: "open", Delivery: open, Act: Post, At: open.At}}, Lease{}); err != nil {
		t.Fatal(err)
	}
	if more, err := s.Retain(t.Context(), now, Keep{}); more || err != nil {
		t.Errorf("to keep everything: %v, %v", more, err)
	}
	if more, err := s.Retain(t.Context(), now, Keep{Questions: 180 * day, Replies: 730 * day, Feedback: 730 * day}); more || err != nil {
		t.Errorf("is there more? %v, %v", more, err)
	}
	for sql, want := range map[string]string{
		"SELECT id FROM question ORDER BY id":                    "[young-private young-public]",
		"SELECT id || ' ' || person FROM delivery ORDER BY id":   "[old-public  open U1 young-private U1 young-public U1]",
		"SELECT id FROM feedback ORDER BY id":                    "[opinion/old-public opinion/young-private opinion/young-public]",
		"SELECT delivery FROM message ORDER BY delivery":         "[old-public young-private young-public]",
		"SELECT DISTINCT delivery FROM shown ORDER BY delivery":  "[old-public young-private young-public]",
		"SELECT DISTINCT delivery FROM outbox ORDER BY delivery": "[old-public open young-private young-public]",
	} {
		if got := fmt.Sprint(column(t, s, sql)); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
	}
	apply(t, s, "INSERT INTO question (id, at, platform, text, outcome, confidence) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT 'n' || i, '2020-01-01T00:00:00.000Z', 'slack', 'x', 'declined', 0 FROM n")
	steps := 1
	for ; ; steps++ {
		more, err := s.Retain(t.Context(), now, Keep{Questions: 180 * day})
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
	}
	if n := column(t, s, "SELECT count(*) FROM question"); steps != 3 || n[0] != "2" {
		t.Errorf("after %d steps there are %s questions", steps, n)
	}
	whole(t, s)
}
