package store

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/answers"
)

// edit changes one entry as its author read it at a revision.
func edit(id answers.EntryID, revision int, short answers.Prose) Edit {
	e := entry(string(id))
	e.Lead = short
	return Edit{
		Patch: answers.Patch{Put: answers.Contents{Entries: []answers.Entry{e}}},
		Base:  []answers.Ref{{Noun: answers.NounEntry, ID: string(id), Revision: revision}},
	}
}

// classed is a change that readers are told of.
func classed(id string, class answers.Class) Change {
	ch := change(id)
	ch.Class, ch.Wrong, ch.Right = class, "It was said to reopen in May.", "It reopens in June."
	return ch
}

const (
	inJune answers.Prose = "Ada Lind said that it reopens in June [gz-reopens]."
	inJuly answers.Prose = "Ada Lind said that it reopens in July [gz-reopens]."
)

func ref(id string, revision int) answers.Ref {
	return answers.Ref{Noun: answers.NounEntry, ID: id, Revision: revision}
}

func TestEdit(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	seed(t, s, "first", harbour(3))
	refs := must[[]answers.Ref](t)

	after, changed, err := s.Draft(ctx, edit("pier-01", 1, inJune))
	if err != nil || !slices.Equal(changed, []answers.Ref{ref("pier-01", 2)}) || after.Entries[1].Lead != inJune {
		t.Errorf("the draft is %v, %v: %+v", changed, err, after.Entries)
	}
	wantRecord(t, s, revised(harbour(3), nil)) // a draft changes nothing

	if got := refs(s.Edit(ctx, classed("june", answers.Corrected), edit("pier-01", 1, inJune))); !slices.Equal(got, []answers.Ref{ref("pier-01", 2)}) {
		t.Errorf("the edit changed %v", got)
	}
	if got := refs(s.Edit(ctx, classed("june", answers.Corrected), edit("pier-01", 1, inJune))); !slices.Equal(got, []answers.Ref{ref("pier-01", 2)}) {
		t.Errorf("the same edit once more changed %v", got)
	}
	corrections := []answers.Correction{{
		Number: 2, At: noon, Class: answers.Corrected, Wrong: "It was said to reopen in May.", Right: "It reopens in June.", Items: []answers.Ref{ref("pier-01", 2)},
	}}
	want := revised(harbour(3, reworded("pier-01", inJune)), map[answers.EntryID]int{"pier-01": 2})
	want.Corrections = corrections
	wantRecord(t, s, want)

	// What others changed meanwhile is no hindrance unless it is the same item.
	if got := refs(s.Edit(ctx, change("other"), edit("pier-02", 1, inJuly))); !slices.Equal(got, []answers.Ref{ref("pier-02", 2)}) {
		t.Errorf("an edit of something else changed %v", got)
	}
	late := change("late")
	late.Author = "berta"
	_, err = s.Edit(ctx, late, edit("pier-01", 1, inJuly))
	var stale *Stale
	if !errors.As(err, &stale) || stale.Ref != ref("pier-01", 2) || stale.Last.Author != "ada" ||
		stale.Error() != "pier-01 was changed by ada at 12:00 UTC on 18 Aug 2025, to v2, while you worked on it" {
		t.Errorf("a late edit ends with %v", err)
	}

	// What would change nothing, or break a rule, is refused.
	if _, err := s.Edit(ctx, change("same"), edit("pier-01", 2, inJune)); !errors.Is(err, ErrNothing) {
		t.Errorf("an edit of nothing ends with %v", err)
	}
	var breach *Breach
	if _, err := s.Edit(ctx, change("broken"), edit("pier-01", 2, "It reopens.")); !errors.As(err, &breach) || len(breach.Problems) == 0 {
		t.Errorf("an edit that breaks a rule ends with %v", err)
	}

	// What is new goes back to revision 0, and what was removed to the revision that removed it.
	if got := refs(s.Edit(ctx, change("new"), edit("pier-09", 0, inJune))); !slices.Equal(got, []answers.Ref{ref("pier-09", 1)}) {
		t.Errorf("a new entry is %v", got)
	}
	gone := Edit{Patch: answers.Patch{Remove: []answers.Ref{ref("pier-09", 1)}}, Base: []answers.Ref{ref("pier-09", 1)}}
	if got := refs(s.Edit(ctx, change("gone"), gone)); !slices.Equal(got, []answers.Ref{ref("pier-09", 2)}) {
		t.Errorf("what was removed is %v", got)
	}
	if _, err := s.Edit(ctx, change("new again"), edit("pier-09", 0, inJune)); !errors.As(err, &stale) {
		t.Errorf("a new entry of a used id ends with %v", err)
	}
	refs(s.Edit(ctx, change("back"), edit("pier-09", 2, inJune)))
	history, err := s.History(ctx, answers.NounEntry, "pier-09")
	if err != nil || len(history) != 3 || !history[1].Removed || history[2].Removed || history[2].Kind != EditChange {
		t.Errorf("its history is %+v, %v", history, err)
	}
	if c, found, err := s.Item(ctx, ref("pier-09", 2)); err != nil || !found || len(c.Entries) != 0 {
		t.Errorf("the removed revision is %+v, %v, %v", c, found, err)
	}
	if _, found, err := s.Item(ctx, ref("pier-09", 4)); err != nil || found {
		t.Errorf("there is a revision that nobody made: %v", err)
	}
	if got := refs(s.Named(ctx, "pier-01")); !slices.Equal(got, []answers.Ref{ref("pier-01", 2)}) {
		t.Errorf("of its name there is %v", got)
	}
	if got := refs(s.Items(ctx)); len(got) != 8 || got[0] != (answers.Ref{Noun: answers.NounActor, ID: "lind", Revision: 1}) {
		t.Errorf("there is %v", got)
	}
}

// Many edit at once: those who work on different items all get through, and of those who work on the same one, one does.
func TestEditAtOnce(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	defer closed(t, s)
	const n = 8
	seed(t, s, "first", harbour(n))
	errs := make([][2]error, n)
	var all sync.WaitGroup
	for i := range n {
		for k, short := range []answers.Prose{inJune, inJuly} {
			all.Go(func() {
				id := fmt.Sprintf("pier-%02d", i)
				for {
					_, errs[i][k] = s.Edit(t.Context(), change(fmt.Sprint(id, k)), edit(answers.EntryID(id), 1, short))
					if !errors.Is(errs[i][k], ErrConflict) { // too many others: the person tries again
						return
					}
				}
			})
		}
	}
	all.Wait()
	for i, pair := range errs {
		var stale *Stale
		if first, second := pair[0] == nil, pair[1] == nil; first == second || !errors.As(errors.Join(pair[0], pair[1]), &stale) {
			t.Errorf("of pier-%02d: %v and %v", i, pair[0], pair[1])
		}
	}
	for _, e := range record(t, s).Entries {
		if e.Revision != 2 || e.Lead != inJune && e.Lead != inJuly {
			t.Errorf("%s is at v%d: %s", e.ID, e.Revision, e.Lead)
		}
	}
}

// given puts a reply on record that showed an entry at a revision.
func given(t *testing.T, s *Store, id string, to Address, revision int, r Receipt) {
	t.Helper()
	it := &Item{ID: id, Lane: "T1/" + to.Channel, Act: Post, At: noon, Delivery: Delivery{
		ID: id, Platform: "slack", At: noon, To: to, Body: []byte(`{"parts":[]}`), Shown: []answers.Ref{ref("pier-01", revision)},
	}}
	must[bool](t)(s.Respond(t.Context(), Response{At: noon, Item: it}, held("w1", 1)))
	must[bool](t)(s.Claim(t.Context(), id, noon, held("w1", 1)))
	o := Settlement{Item: id, Delivery: id, State: Sent, Receipt: r, At: noon}
	if len(r.Messages) == 0 {
		o.State, o.Reason = Failed, "no such channel"
	}
	if err := s.Settle(t.Context(), "w1", o); err != nil {
		t.Fatal(err)
	}
}

// circulated is a record of which replies were given: to all in two channels, to a person alone, directly, one that never arrived, and one
// that can be edited no more.
func circulated(t *testing.T, s *Store) {
	t.Helper()
	seed(t, s, "first", harbour(2))
	editable := func(m string) Receipt { return Receipt{Messages: []string{m}, EditBy: "channel"} }
	given(t, s, "D1", Address{Team: "T1", Channel: "C1", Person: "U1"}, 1, editable("M1"))
	given(t, s, "D2", Address{Team: "T1", Channel: "C2", Person: "U2"}, 1, editable("M2"))
	given(t, s, "D3", Address{Team: "T1", Channel: "C1", Person: "U3", Private: true}, 1, Receipt{Messages: []string{"M3"}, EditBy: "hook", EditUntil: noon.Add(time.Minute)})
	given(t, s, "D4", Address{Team: "T1", Channel: "D", Person: "U4", Direct: true}, 1, Receipt{Messages: []string{"M4", "M5"}})
	given(t, s, "D5", Address{Team: "T1", Channel: "C9", Person: "U5"}, 1, Receipt{})
}

func TestReachAndConcerned(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	circulated(t, s)
	reach := must[BlastRadius](t)
	if got, want := reach(s.BlastRadius(ctx, []answers.Ref{ref("pier-01", 2)}, noon)), (BlastRadius{Replies: 4, Private: 1, Direct: 1, Channels: 2, Fixed: 1}); got != want {
		t.Errorf("at noon a change reaches %+v, want %+v", got, want)
	}
	if got := reach(s.BlastRadius(ctx, []answers.Ref{ref("pier-01", 2)}, noon.Add(time.Hour))); got.Fixed != 2 {
		t.Errorf("an hour later a change reaches %+v, of which two should be fixed", got)
	}
	if got := reach(s.BlastRadius(ctx, []answers.Ref{ref("pier-01", 1), ref("pier-00", 2)}, noon)); got != (BlastRadius{}) {
		t.Errorf("what nobody was told reaches %+v", got)
	}

	must[[]answers.Ref](t)(s.Edit(ctx, classed("june", answers.Corrected), edit("pier-01", 1, inJune)))
	given(t, s, "D6", Address{Team: "T1", Channel: "C1", Person: "U6"}, 2, Receipt{Messages: []string{"M6"}}) // what is right already
	concerned := must[[]Delivery](t)
	var got []string
	for after := ""; ; {
		page := concerned(s.Affected(ctx, 2, after, 3))
		if len(page) == 0 {
			break
		}
		for _, d := range page {
			got = append(got, d.ID)
		}
		after = got[len(got)-1]
	}
	if want := []string{"D1", "D2", "D3", "D4"}; !slices.Equal(got, want) {
		t.Errorf("concerned are %v, want %v", got, want)
	}

	// A message leads to its reply, in its own place only.
	for _, c := range []struct{ channel, message, want string }{{"D", "M5", "D4"}, {"C1", "M1", "D1"}, {"C2", "M1", ""}, {"C1", "M9", ""}} {
		if d, found, err := s.DeliveryByMessage(ctx, "slack", "T1", c.channel, c.message); err != nil || found != (c.want != "") || d.ID != c.want {
			t.Errorf("%s in %s is of %q, %v, %v; want %q", c.message, c.channel, d.ID, found, err, c.want)
		}
	}
}

// planOf is how SQLite would read a query, step by step.
func planOf(t *testing.T, s *Store, query string, args ...any) (steps []string) {
	t.Helper()
	err := s.Query(t.Context(), Stmt{SQL: "EXPLAIN QUERY PLAN " + query, Args: args}, func(rows *sql.Rows) error {
		var id, parent, unused int
		var step string
		err := rows.Scan(&id, &parent, &unused, &step)
		steps = append(steps, step)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

// A message leads to its reply by an index, however many replies there are: no table is read through.
func TestDeliveryByMessageUsesIndex(t *testing.T) {
	path := newPath(t)
	s := open(t, path)
	scans := func(steps []string) bool {
		return slices.ContainsFunc(steps, func(step string) bool { return strings.HasPrefix(step, "SCAN") })
	}
	steps := planOf(t, s, deliveryByMessage, "slack", "T1", "C1", "M1")
	if scans(steps) || !slices.ContainsFunc(steps, func(step string) bool {
		return strings.Contains(step, "INDEX message_by_id (platform=? AND team=? AND channel=? AND id=?)")
	}) {
		t.Errorf("the plan is\n%s", strings.Join(steps, "\n"))
	}
	apply(t, s, "DROP INDEX message_by_id")
	closed(t, s)
	s = open(t, path) // its readers know the new schema
	if steps := planOf(t, s, deliveryByMessage, "slack", "T1", "C1", "M1"); !scans(steps) {
		t.Errorf("without the index, the plan is\n%s", strings.Join(steps, "\n"))
	}
}

// A correction is to be spread until that is noted, and its curators see how far it has come.
func TestCorrecting(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	circulated(t, s)
	must[[]answers.Ref](t)(s.Edit(ctx, classed("june", answers.Corrected), edit("pier-01", 1, inJune)))
	must[[]answers.Ref](t)(s.Edit(ctx, classed("slip", answers.Minor), edit("pier-00", 1, inJune)))
	spread := must[[]answers.Correction](t)
	if got := spread(s.PendingFanOut(ctx)); len(got) != 1 || got[0].Number != 2 {
		t.Errorf("to be spread are %+v", got)
	}
	var items []Item
	for _, id := range []string{"D1", "D2", "D3", "D4"} {
		d, _, err := s.Delivery(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, Item{
			ID: "change-2-" + id, Delivery: d, Lane: "T1/" + d.To.Channel, Body: []byte(`{"parts":[],"changes":[]}`), Shown: []answers.Ref{ref("pier-01", 2)}, Change: 2, At: noon,
		})
	}
	items[3].Lane, items[3].State = "T1//U4", Waiting
	for range 2 { // as after a crash in between
		if err := s.Revise(ctx, items...); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.MarkFannedOut(ctx, 2, noon); err != nil {
		t.Fatal(err)
	}
	if got := spread(s.PendingFanOut(ctx)); len(got) != 0 {
		t.Errorf("still to be spread are %+v", got)
	}
	settle := func(o Settlement) {
		t.Helper()
		o.Delivery, o.At = o.Item[len("change-2-"):], noon
		must[bool](t)(s.Claim(ctx, o.Item, noon, held("w1", 1)))
		if err := s.Settle(ctx, "w1", o); err != nil {
			t.Fatal(err)
		}
	}
	settle(Settlement{Item: "change-2-D1", State: Edited})
	settle(Settlement{Item: "change-2-D2", State: Failed, Reason: "the message was deleted"})

	list := must[[]Correcting](t)(s.Correcting(ctx))
	want := []End{{Edited, "", 1}, {Failed, "the message was deleted", 1}, {Queued, "", 1}, {Waiting, "", 1}}
	if len(list) != 1 || list[0].Number != 2 || list[0].Author != "ada" || list[0].Why != "to try june" || !list[0].FannedOut || !reflect.DeepEqual(list[0].Ends, want) {
		t.Errorf("corrections stand as %+v", list)
	}
	var lines []string
	for _, r := range must[[]Revised](t)(s.Revised(ctx, 2)) {
		lines = append(lines, fmt.Sprintf("%s %s/%s %s %s", r.Delivery, r.On, r.To.Channel, r.State, r.Reason))
	}
	if want := []string{"D1 slack/C1 edited ", "D2 slack/C2 failed the message was deleted", "D3 slack/C1 queued ", "D4 slack/D waiting "}; !slices.Equal(lines, want) {
		t.Errorf("revised are %q, want %q", lines, want)
	}

	// What was edited stands on what it says now.
	if d, _, err := s.Delivery(ctx, "D1"); err != nil || !slices.Equal(d.Shown, []answers.Ref{ref("pier-01", 2)}) || string(d.Body) != `{"parts":[],"changes":[]}` {
		t.Errorf("D1 says %s and stands on %v, %v", d.Body, d.Shown, err)
	}
	if d, _, err := s.Delivery(ctx, "D2"); err != nil || !slices.Equal(d.Shown, []answers.Ref{ref("pier-01", 1)}) {
		t.Errorf("D2, which was not edited, stands on %v, %v", d.Shown, err)
	}
}

// What waits for a person is told with the next reply, once that has arrived.
func TestWaiting(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	circulated(t, s)
	must[[]answers.Ref](t)(s.Edit(ctx, classed("june", answers.Corrected), edit("pier-01", 1, inJune)))
	d, _, err := s.Delivery(ctx, "D4")
	if err != nil {
		t.Fatal(err)
	}
	it := Item{ID: "R", Delivery: d, Lane: "T1//U4", State: Waiting, Body: []byte(`{}`), Shown: []answers.Ref{ref("pier-01", 2)}, Change: 2, At: noon}
	if err := s.Revise(ctx, it); err != nil {
		t.Fatal(err)
	}
	waiting := must[[]Item](t)
	if got := waiting(s.Waiting(ctx, "slack", "T1//U4")); ids(got) != "R" || got[0].Change != 2 || got[0].Delivery.ID != "D4" || string(got[0].Body) != "{}" {
		t.Errorf("there waits %+v", got)
	}
	for _, lane := range []string{"T1//U1", "T1/D"} {
		if got := waiting(s.Waiting(ctx, "slack", lane)); len(got) != 0 {
			t.Errorf("in %s there waits %s", lane, ids(got))
		}
	}
	if got := must[[]Item](t)(s.TakeDue(ctx, "slack", noon.Add(time.Hour), held("w2", 99), 10, 10)); len(got) != 0 {
		t.Errorf("what waits for a person is due: %s", ids(got))
	}
	tell := func(id string, state State) {
		t.Helper()
		next := &Item{ID: id, Lane: "T1/D", Act: Post, At: noon, Delivery: Delivery{ID: id, Platform: "slack", At: noon, To: d.To, Body: []byte(`{}`)}}
		must[bool](t)(s.Respond(ctx, Response{At: noon, Item: next}, held("w1", 1)))
		must[bool](t)(s.Claim(ctx, id, noon, held("w1", 1)))
		if err := s.Settle(ctx, "w1", Settlement{Item: id, Delivery: id, State: state, At: noon, Told: []string{"R"}}); err != nil {
			t.Fatal(err)
		}
	}
	// One that has lost its item meanwhile told nothing.
	if err := s.Settle(ctx, "w9", Settlement{Item: "D4", Delivery: "D4", State: Sent, At: noon, Told: []string{"R"}}); err != nil {
		t.Fatal(err)
	}
	if got := waiting(s.Waiting(ctx, "slack", "T1//U4")); len(got) != 1 {
		t.Error("what somebody else says to have told is told")
	}
	tell("D9", Sent)
	if got := waiting(s.Waiting(ctx, "slack", "T1//U4")); len(got) != 0 {
		t.Errorf("still there waits %s", ids(got))
	}
	if d, _, _ := s.Delivery(ctx, "D4"); !slices.Equal(d.Shown, []answers.Ref{ref("pier-01", 2)}) {
		t.Errorf("the reply that the person was told of stands on %v", d.Shown)
	}
}

func TestConsent(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	allowed := must[bool](t)
	for _, now := range []bool{false, true, true, false, false} {
		if err := s.SetConsent(ctx, "slack", "T1", "U1", now, noon); err != nil {
			t.Fatal(err)
		}
		if allowed(s.Consent(ctx, "slack", "T1", "U1")) != now {
			t.Errorf("after it was set to %v, it is not", now)
		}
	}
	if err := s.SetConsent(ctx, "slack", "T1", "U1", true, noon); err != nil {
		t.Fatal(err)
	}
	if allowed(s.Consent(ctx, "slack", "T2", "U1")) || allowed(s.Consent(ctx, "discord", "T1", "U1")) {
		t.Error("what was allowed in one place is allowed in another")
	}
}
