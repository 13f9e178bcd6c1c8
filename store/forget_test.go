package store

import (
	"fmt"
	"os"
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

// rowsWith counts the rows in which a word stands, over all tables.
func rowsWith(t *testing.T, s *Store, word string) (found []string) {
	t.Helper()
	for _, table := range column(t, s, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
		columns := column(t, s, "SELECT name FROM pragma_table_info('"+table+"')")
		n := column(t, s, "SELECT count(*) FROM "+table+" WHERE instr(concat_ws(' ', "+strings.Join(columns, ", ")+"), ?) > 0", word)
		if n[0] != "0" {
			found = append(found, table+" "+n[0])
		}
	}
	return found
}

// people puts on record for some people, in two teams, what can be on record of a person.
func people(t *testing.T, s *Store, now time.Time, persons ...string) {
	t.Helper()
	for _, person := range persons {
		told(t, s, person+"-public", person, false, now)
		told(t, s, person+"-private", person, true, now)
		if err := s.SetConsent(t.Context(), "slack", "T1", person, true, now); err != nil {
			t.Fatal(err)
		}
		lane := "T1//" + person
		for id, state := range map[string]State{"-private": Waiting, "-public": Waiting} { // corrections that wait for the next question
			waits := Item{ID: "waits" + id + person, Delivery: Delivery{ID: person + id, Platform: "slack"}, Lane: lane, Body: []byte("{}"), At: now, State: state}
			if err := s.Revise(t.Context(), waits); err != nil {
				t.Fatal(err)
			}
		}
		tells := Item{ID: "tells-" + person, Delivery: Delivery{ID: person + "-public", Platform: "slack"}, Act: Tell, Lane: lane, Body: []byte("{}"), At: now}
		ended := Item{ID: "ended-" + person, Delivery: Delivery{ID: person + "-public", Platform: "slack"}, Act: Tell, Lane: lane, Body: []byte("{}"), At: now, State: FollowedUp}
		if err := s.Revise(t.Context(), tells, ended); err != nil {
			t.Fatal(err)
		}
		body := fmt.Appendf(nil, `{"Person":{"ID":%q},"Place":{"Team":"T1"},"Text":"is it open?","Via":"https://hook"}`, person)
		if _, err := s.Accept(t.Context(), Incoming{Platform: "slack", ID: "open-" + person, At: now, Delivery: "D-" + person, Body: body}, Lease{}); err != nil {
			t.Fatal(err)
		}
		apply(t, s, "INSERT INTO dialogue (platform, team, channel, thread, person, at, body) VALUES ('slack', 'T1', 'C1', '"+person+"-thread', '', '2026', '{}')")
		apply(t, s, "UPDATE delivery SET thread = person || '-thread' WHERE id = '"+person+"-public'")
	}
}

// Of a person who is forgotten nothing is left, but for replies that others saw: they can still be corrected, and do not name the person. Nobody else
// loses anything.
func TestForget(t *testing.T) {
	s := open(t, newPath(t))
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	people(t, s, now, "U1", "U2")
	for _, elsewhere := range []Person{{"discord", "", "U1"}, {"slack", "T2", "U1"}} {
		if f, err := s.Forget(t.Context(), elsewhere, ""); err != nil || f != (Forgotten{}) {
			t.Errorf("of %v was forgotten %+v, %v", elsewhere, f, err)
		}
	}
	before := rowsWith(t, s, "U2")
	f, err := s.Forget(t.Context(), Person{"slack", "T1", "U1"}, "")
	if err != nil || f != (Forgotten{Questions: 2, Replies: 1, Unnamed: 1, Feedback: 2}) {
		t.Errorf("forgotten is %+v, %v", f, err)
	}
	if got := rowsWith(t, s, "U1"); fmt.Sprint(got) != "[delivery 1 message 1 outbox 2 shown 1]" { // in ids that this test made of the name
		t.Errorf("U1 stands in %v", got)
	}
	if got := column(t, s, "SELECT d.person || d.via || o.lane FROM outbox o JOIN delivery d ON d.id = o.delivery WHERE d.id = 'U1-public' ORDER BY seq"); fmt.Sprint(got) != "[ ]" {
		t.Errorf("the public reply and its items name %q", got)
	}
	if got := column(t, s, "SELECT thread FROM dialogue WHERE person = ''"); fmt.Sprint(got) != "[U2-thread]" {
		t.Errorf("dialogues are left in %v", got)
	}
	if got := rowsWith(t, s, "U2"); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("of U2 there was %v, and is %v", before, got)
	}
	if f, err = s.Forget(t.Context(), Person{"slack", "", "U1"}, ""); err != nil || f != (Forgotten{}) {
		t.Errorf("the second time it forgot %+v, %v", f, err)
	}
	if _, err = s.Forget(t.Context(), Person{Platform: "slack"}, ""); err == nil {
		t.Error("nobody can be forgotten")
	}
	whole(t, s)
}

// What is forgotten is not in the files any more, neither in what is free of them.
func TestForgottenIsOverwritten(t *testing.T) {
	s := open(t, newPath(t))
	const secret = "a question that nobody else would ask"
	for i := range 20 {
		told(t, s, fmt.Sprint("R", i), "U1", true, time.Now())
	}
	apply(t, s, "UPDATE question SET text = '"+secret+"' || hex(randomblob(3000))")
	apply(t, s, "UPDATE delivery SET body = json_object('asked', '"+secret+"' || hex(randomblob(3000)))")
	there := func() (n int) {
		for _, name := range []string{s.Path(), s.Path() + "-wal"} {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			n += strings.Count(string(data), secret)
		}
		return n
	}
	if n := there(); n < 40 {
		t.Fatalf("it stands only %d times in the files", n)
	}
	if _, err := s.Forget(t.Context(), Person{"slack", "T1", "U1"}, ""); err != nil {
		t.Fatal(err)
	}
	if n := there(); n > 0 {
		t.Errorf("it stands %d times in the files", n)
	}
}

// The event by which a person wants to be forgotten is still to be answered.
func TestForgetLeavesItsEvent(t *testing.T) {
	s := open(t, newPath(t))
	people(t, s, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), "U1")
	if _, err := s.Forget(t.Context(), Person{"slack", "", "U1"}, "D-U1"); err != nil {
		t.Fatal(err)
	}
	if got := column(t, s, "SELECT id FROM inbox"); fmt.Sprint(got) != "[open-U1]" {
		t.Errorf("to be answered are %v", got)
	}
}

// A person who is in every table gets to see what each of them holds, but for secrets of Parley's.
func TestHeld(t *testing.T) {
	s := open(t, newPath(t))
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	people(t, s, now, "U1", "U2")
	if err := s.SetRole(t.Context(), Grant{"slack", "T1", "U1", Editor}); err != nil {
		t.Fatal(err)
	}
	apply(t, s, "INSERT INTO change (number, id, at, author, why, kind) VALUES (1, 'c', '2026', 'slack/U1', '', 'edit')")
	h, err := s.Held(t.Context(), Person{"slack", "T1", "U1"})
	if err != nil {
		t.Fatal(err)
	}
	got := []int{len(h.Questions), len(h.Replies), len(h.Feedback), len(h.Dialogues), len(h.Open), len(h.Consents), len(h.Roles), len(h.Changes)}
	if fmt.Sprint(got) != "[2 2 2 1 1 1 1 1]" {
		t.Errorf("held of U1 is %v: %+v", got, h)
	}
	if h.Replies[0].To.Via != "" || strings.Contains(string(h.Open[0].Body), "hook") || !h.Dialogues[0].At.Equal(now) || h.Feedback[0].Kind != Helpful {
		t.Errorf("held of U1 is %+v", h)
	}
	if h, err = s.Held(t.Context(), Person{"slack", "T2", "U1"}); err != nil || len(h.Questions)+len(h.Replies)+len(h.Roles) > 0 {
		t.Errorf("in another team is held %+v, %v", h, err)
	}
}

// A team that removed Parley is gone with all that is its own, and no other team loses anything.
func TestForgetTeam(t *testing.T) {
	s := open(t, newPath(t))
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	people(t, s, now, "U1", "U2")
	for _, team := range []string{"T1", "T2"} {
		if err := s.SetRole(t.Context(), Grant{"slack", team, "U1", Editor}); err != nil {
			t.Fatal(err)
		}
		if err := s.SetSetting(t.Context(), Setting{"slack", team, "", []byte("{}")}); err != nil {
			t.Fatal(err)
		}
	}
	apply(t, s, "INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, via, via_until, body) VALUES ('other', 'slack', '', '2026', 'T2', '', '', 'U1', 0, '', '', '{}')")
	apply(t, s, "INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, via, via_until, body) VALUES ('discord', 'discord', '', '2026', 'T1', '', '', 'U1', 0, '', '', '{}')")
	f, err := s.ForgetTeam(t.Context(), "slack", "T1", "D-U2")
	if err != nil || f != (Forgotten{Questions: 4, Replies: 2, Unnamed: 2}) {
		t.Errorf("forgotten is %+v, %v", f, err)
	}
	for sql, want := range map[string]string{
		"SELECT id FROM delivery ORDER BY id": "[discord other]", "SELECT id FROM question": "[]", "SELECT id FROM outbox": "[]", "SELECT id FROM feedback": "[]",
		"SELECT team FROM role": "[T2]", "SELECT team FROM setting": "[T2]", "SELECT person FROM consent": "[]", "SELECT person FROM dialogue": "[]",
		"SELECT id FROM inbox": "[open-U2]",
	} {
		if got := fmt.Sprint(column(t, s, sql)); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
	}
	if _, err := s.ForgetTeam(t.Context(), "discord", "", ""); err == nil {
		t.Error("what is said outside of all teams can be forgotten as a team")
	}
	whole(t, s)
}

// Whom there is much of is forgotten in steps.
func TestForgetMuch(t *testing.T) {
	s := open(t, newPath(t))
	apply(t, s, "INSERT INTO delivery (id, platform, event, at, team, channel, thread, person, private, via, via_until, body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT 'n' || i, 'slack', '', '2026', 'T1', 'C1', '', 'U1', i % 2, '', '', '{}' FROM n")
	f, err := s.Forget(t.Context(), Person{"slack", "T1", "U1"}, "")
	if err != nil || f != (Forgotten{Replies: 600, Unnamed: 600}) {
		t.Errorf("forgotten is %+v, %v", f, err)
	}
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

// Whatever names a person or a team is known to those who forget them and tell them what is held.
func TestWhereaboutsAreKnown(t *testing.T) {
	s := open(t, newPath(t))
	got := column(t, s, `SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.name IN ('person', 'team', 'subject', 'author') ORDER BY 1`)
	want := "[change.author consent.person consent.team delivery.person delivery.team dialogue.person dialogue.team feedback.person " +
		"message.team role.subject role.team setting.team]"
	if fmt.Sprint(got) != want {
		t.Errorf("persons and teams stand in %v, known are %s: see to forget.go, held.go and retain.go", got, want)
	}
}

// However many replies there are that stay, those that are to go are found without reading them, and so are those of a person or a team.
func TestForgettingUsesIndexes(t *testing.T) {
	s := open(t, newPath(t))
	for query, index := range map[string]string{
		"SELECT d.id FROM delivery d WHERE " + expiring + " AND d.at < 'x' AND " + atRest:                    "INDEX delivery_to_let_go (at<?)",
		"SELECT d.id FROM delivery d WHERE d.at < 'x' AND " + atRest:                                         "INDEX delivery_by_time (at<?)",
		"SELECT d.id FROM delivery d WHERE d.platform = 'x' AND d.person = 'x' AND ('' = '' OR d.team = '')": "INDEX delivery_by_person (platform=? AND person=?)",
		"SELECT d.id FROM delivery d WHERE d.platform = 'x' AND d.team = 'x'":                                "INDEX delivery_by_team (platform=? AND team=?)",
	} {
		steps := strings.Join(planOf(t, s, query), "\n")
		if !strings.Contains(steps, index) || strings.Contains(steps, "SCAN") {
			t.Errorf("the plan of %s is\n%s", query, steps)
		}
	}
}
