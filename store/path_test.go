package store

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/answers"
)

func incoming(id string) Incoming {
	return Incoming{Platform: "slack", ID: id, At: noon, Delivery: "D-" + id, Body: []byte(`{"Text":"hello"}`)}
}

func held(worker string, minutes int) Lease {
	return Lease{Worker: worker, Until: noon.Add(time.Duration(minutes) * time.Minute)}
}

// sending is a reply to an event, in the lane of a channel.
func sending(id, channel string) *Item {
	return &Item{ID: id, Lane: "T1/" + channel, Act: Post, At: noon, Delivery: Delivery{
		ID: id, Platform: "slack", At: noon, To: Address{Team: "T1", Channel: channel, Person: "U1", Private: true, Via: "https://hook", ViaUntil: noon.Add(time.Hour)},
		Body:  []byte(`{"parts":[]}`),
		Shown: []answers.Ref{{Noun: answers.NounEntry, ID: "pier", Revision: 2}, {Noun: answers.NounClaim, ID: "gz", Revision: 1}},
	}}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestInbox(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	yes, taken := must[bool](t), must[[]Incoming](t)
	if !yes(s.Accept(ctx, incoming("E1"), held("w1", 1))) || yes(s.Accept(ctx, incoming("E1"), held("w2", 1))) {
		t.Error("an event is new twice, or never")
	}
	other := incoming("E1")
	other.Platform = "discord"
	if !yes(s.Accept(ctx, other, held("w1", 1))) {
		t.Error("the id of one platform stands in the way of another")
	}
	if got := taken(s.TakeUnfinished(ctx, "slack", noon, held("w2", 2), 10)); len(got) != 0 {
		t.Errorf("what another works on was taken: %v", got)
	}
	got := taken(s.TakeUnfinished(ctx, "slack", noon.Add(90*time.Second), held("w2", 3), 10))
	if len(got) != 1 || got[0].ID != "E1" || got[0].Delivery != "D-E1" || got[0].Attempts != 1 || string(got[0].Body) != `{"Text":"hello"}` || !got[0].At.Equal(noon) {
		t.Errorf("taken was %+v", got)
	}
	if err := s.Begin(ctx, "slack", "E1"); err != nil {
		t.Fatal(err)
	}
	if got := taken(s.TakeUnfinished(ctx, "slack", noon.Add(5*time.Minute), held("w1", 9), 10)); len(got) != 1 || got[0].Attempts != 2 {
		t.Errorf("after a second attempt, taken was %+v", got)
	}
	if !yes(s.Respond(ctx, Response{Platform: "slack", Event: "E1", At: noon}, held("w1", 9))) {
		t.Error("the first response is not the first")
	}
	if yes(s.Respond(ctx, Response{Platform: "slack", Event: "E1", At: noon}, held("w2", 9))) {
		t.Error("the second response is the first")
	}
	if got := taken(s.TakeUnfinished(ctx, "slack", noon.Add(time.Hour), held("w2", 99), 10)); len(got) != 0 {
		t.Errorf("what is done was taken: %v", got)
	}
	if body := column(t, s, "SELECT coalesce(body, 'forgotten') FROM inbox WHERE platform = 'slack'"); !slices.Equal(body, []string{"forgotten"}) {
		t.Errorf("of a finished event there is still %q", body)
	}
	if _, err := s.Sweep(ctx, noon.Add(remembered-time.Minute)); err != nil {
		t.Fatal(err)
	}
	if yes(s.Accept(ctx, incoming("E1"), held("w1", 1))) {
		t.Error("within a day an event was forgotten")
	}
	if _, err := s.Sweep(ctx, noon.Add(remembered+time.Minute)); err != nil {
		t.Fatal(err)
	}
	if !yes(s.Accept(ctx, incoming("E1"), held("w1", 1))) {
		t.Error("after a day an event is still there")
	}
}

// What was acknowledged is still answered after days in which nobody was there; what is done is forgotten meanwhile.
func TestSweepLeavesWhatIsUnanswered(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	yes := must[bool](t)
	for _, id := range []string{"answered", "unanswered"} {
		if !yes(s.Accept(ctx, incoming(id), held("w1", 1))) {
			t.Fatal("an event is not new")
		}
	}
	yes(s.Respond(ctx, Response{Platform: "slack", Event: "answered", At: noon}, held("w1", 1)))
	later := noon.Add(3 * remembered)
	if _, err := s.Sweep(ctx, later); err != nil {
		t.Fatal(err)
	}
	if left := column(t, s, "SELECT id FROM inbox"); !slices.Equal(left, []string{"unanswered"}) {
		t.Errorf("in the inbox there is %q", left)
	}
	got := must[[]Incoming](t)(s.TakeUnfinished(ctx, "slack", later, Lease{Worker: "w2", Until: later.Add(time.Minute)}, 10))
	if len(got) != 1 || got[0].ID != "unanswered" || string(got[0].Body) != `{"Text":"hello"}` {
		t.Errorf("taken was %+v", got)
	}
}

func TestOutbox(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	yes, due := must[bool](t), must[[]Item](t)
	for i, channel := range []string{"C1", "C1", "C1", "C2"} {
		if !yes(s.Respond(ctx, Response{At: noon, Item: sending(fmt.Sprint("D", i), channel)}, held("w1", 1))) {
			t.Fatal("a response is not the first")
		}
	}
	if yes(s.Respond(ctx, Response{At: noon, Item: sending("D0", "C1")}, held("w2", 1))) {
		t.Error("a delivery was stored twice")
	}
	if got := due(s.TakeDue(ctx, "slack", noon, held("w2", 2), 10, 10)); len(got) != 0 {
		t.Errorf("what another works on is due: %v", got)
	}
	if yes(s.Claim(ctx, "D0", noon, held("w2", 2))) || !yes(s.Claim(ctx, "D0", noon, held("w1", 2))) {
		t.Error("another may claim it, or its own worker may not")
	}
	later := noon.Add(90 * time.Second) // D0 is being sent by w1 until 2 minutes, the lease of the others has ended
	got := due(s.TakeDue(ctx, "slack", later, held("w2", 5), 2, 10))
	if ids(got) != "D1 D3" || got[0].Interrupted || got[0].Delivery.To.Via != "https://hook" || len(got[0].Delivery.Shown) != 2 {
		t.Errorf("due are %s: %+v; of each lane 2 count, D0 being one", ids(got), got)
	}
	got = due(s.TakeDue(ctx, "slack", noon.Add(3*time.Minute), held("w2", 5), 10, 10))
	if ids(got) != "D0 D2" || !got[0].Interrupted || got[1].Interrupted {
		t.Errorf("after the lease, due are %s: %+v", ids(got), got)
	}
	settle := func(worker string, o Settlement) {
		t.Helper()
		o.Delivery, o.At = o.Item, noon
		if err := s.Settle(ctx, worker, o); err != nil {
			t.Fatal(err)
		}
	}
	settle("w1", Settlement{Item: "D0", State: Failed, Reason: "late"}) // it has lost its lease
	settle("w2", Settlement{Item: "D0", State: Sent, Receipt: Receipt{Messages: []string{"M1", "M2"}, EditBy: "channel", EditUntil: noon.Add(time.Hour)}})
	settle("w2", Settlement{Item: "D0", State: Failed, Reason: "again"}) // it has ended
	settle("w2", Settlement{Item: "D1", State: Queued, Due: noon.Add(10 * time.Minute), Reason: "busy"})
	settle("w2", Settlement{Item: "D2", State: Sending, Due: noon.Add(time.Minute)})
	settle("w2", Settlement{Item: "D3", State: Unknown, Reason: "nobody knows"})
	want := "D0 sent, D1 queued busy, D2 sending, D3 unknown nobody knows"
	if got := outcomes(t, s); got != want {
		t.Errorf("outcomes are %s\nwant %s", got, want)
	}
	d, found, err := s.Delivery(ctx, "D0")
	if err != nil || !found || !slices.Equal(d.Messages, []string{"M1", "M2"}) || d.EditBy != "channel" || !d.EditUntil.Equal(noon.Add(time.Hour)) ||
		!slices.Equal(d.Shown, []answers.Ref{{Noun: answers.NounClaim, ID: "gz", Revision: 1}, {Noun: answers.NounEntry, ID: "pier", Revision: 2}}) {
		t.Errorf("on record is %+v, %v, %v", d, found, err)
	}

	// A revision waits for its post, and D1 waits for ten minutes.
	if err := s.Revise(ctx, Item{ID: "R1", Delivery: Delivery{ID: "D1", Platform: "slack"}, Lane: "T1/C1", Body: []byte(`{}`), At: noon}); err != nil {
		t.Fatal(err)
	}
	got = due(s.TakeDue(ctx, "slack", noon.Add(6*time.Minute), held("w3", 7), 10, 10))
	if ids(got) != "D2" || !got[0].Interrupted {
		t.Errorf("after six minutes due are %s", ids(got))
	}
	if err := s.Release(ctx, "w3", "slack"); err != nil {
		t.Fatal(err)
	}
	got = due(s.TakeDue(ctx, "slack", noon.Add(11*time.Minute), held("w4", 12), 10, 10))
	if ids(got) != "D1 D2" {
		t.Errorf("after eleven minutes due are %s", ids(got))
	}
	settle("w4", Settlement{Item: "D1", State: Sent})
	got = due(s.TakeDue(ctx, "slack", noon.Add(11*time.Minute), held("w4", 12), 10, 10))
	if ids(got) != "R1" || got[0].Act != Revise || string(got[0].Body) != "{}" {
		t.Errorf("after its post, due are %s: %+v", ids(got), got)
	}
	if _, err := s.Sweep(ctx, noon.Add(deadLetterAfter+time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got, want := outcomes(t, s), "D0 sent, D1 sent, D2 unknown nobody was there to deliver it, D3 unknown nobody knows, R1 failed nobody was there to deliver it"; got != want {
		t.Errorf("in the end, outcomes are %s\nwant %s", got, want)
	}
	if d, _, _ := s.Delivery(ctx, "D0"); d.To.Via != "" {
		t.Error("a secret outlives its time")
	}
}

func ids(items []Item) string {
	s := ""
	for i, it := range items {
		if i > 0 {
			s += " "
		}
		s += it.ID
	}
	return s
}

func outcomes(t *testing.T, s *Store) string {
	t.Helper()
	all, err := s.Outcomes(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for i, o := range all {
		if i > 0 {
			text += ", "
		}
		text += o.Item + " " + string(o.State)
		if o.Reason != "" {
			text += " " + o.Reason
		}
	}
	return text
}

// One process at a time serves from a database; what another had begun is free for the next.
func TestOwn(t *testing.T) {
	path := newPath(t)
	first, second, ctx := open(t, path), open(t, path), t.Context()
	defer closed(t, second)
	release, err := first.AcquireServeLock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Accept(ctx, incoming("E1"), held("w1", 1000)); err != nil {
		t.Fatal(err)
	}
	_, err = second.AcquireServeLock(ctx)
	wantTrouble(t, err, Owned, path)
	if err := release(); err != nil {
		t.Fatal(err)
	}
	closed(t, first)
	release, err = second.AcquireServeLock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := second.TakeUnfinished(ctx, "slack", noon, held("w2", 1), 10); err != nil || len(got) != 1 {
		t.Errorf("the next owner takes up %v, %v", got, err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

// Batches that share a transaction do not share their fate.
func TestBatchesTogether(t *testing.T) {
	s := open(t, newPath(t))
	defer closed(t, s)
	const n = 400
	refused := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			id := fmt.Sprint("Q", i)
			batch := []Stmt{{SQL: "INSERT INTO meta (key, value) VALUES (?, 'x')", Args: []any{id}}}
			if i%7 == 0 { // breaks a rule after its first statement
				batch = append(batch, Stmt{SQL: "INSERT INTO meta (key, value) VALUES (?, NULL)", Args: []any{id + "b"}})
			}
			results, err := s.Apply(t.Context(), batch...)
			if err == nil && (len(results) != 1 || results[0].Changed != 1) {
				err = fmt.Errorf("the result is %v", results)
			}
			refused[i] = err
		})
	}
	all.Wait()
	stored := column(t, s, "SELECT key FROM meta WHERE key LIKE 'Q%'")
	for i, err := range refused {
		id := fmt.Sprint("Q", i)
		if broken := i%7 == 0; broken != (err != nil) || broken == slices.Contains(stored, id) || broken && !isConstraint(err) {
			t.Errorf("batch %d: %v; stored: %v", i, err, slices.Contains(stored, id))
		}
	}
}

// After Close nothing is written, and nobody waits for ever.
func TestApplyAfterClose(t *testing.T) {
	s := open(t, newPath(t))
	closed(t, s)
	if _, err := s.Apply(t.Context(), Stmt{SQL: "DELETE FROM meta"}); !errors.Is(err, errClosed) {
		t.Errorf("after Close, Apply says %v", err)
	}
}

func TestPolicy(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	for _, g := range []Grant{{"slack", "T1", "U1", Reader}, {"slack", "T1", "G1", Curator}, {"slack", "T1", "U1", Editor}, {"slack", "T2", "U1", Reader}, {"slack", "T1", "G1", ""}} {
		if err := s.SetRole(ctx, g); err != nil {
			t.Fatal(err)
		}
	}
	if got := must[[]Grant](t)(s.Roles(ctx, "slack", "T1")); !slices.Equal(got, []Grant{{"slack", "T1", "U1", Editor}}) {
		t.Errorf("the roles of T1 are %v", got)
	}
	if got := must[[]Grant](t)(s.Roles(ctx, "", "")); len(got) != 2 {
		t.Errorf("all roles are %v", got)
	}
	for _, v := range []Setting{{"slack", "T1", "", []byte(`{"a":1}`)}, {"slack", "T1", "C1", []byte(`{"a":2}`)}, {"slack", "T1", "C2", []byte(`{"a":3}`)}, {"slack", "T1", "C2", nil}} {
		if err := s.SetSetting(ctx, v); err != nil {
			t.Fatal(err)
		}
	}
	for channel, want := range map[string]string{"C1": `{"a":2}`, "C2": `{"a":1}`, "": `{"a":1}`} {
		if body, found, err := s.Setting(ctx, "slack", "T1", channel); err != nil || !found || string(body) != want {
			t.Errorf("in %q there holds %s, %v, %v", channel, body, found, err)
		}
	}
	if _, found, err := s.Setting(ctx, "slack", "T2", "C1"); err != nil || found {
		t.Errorf("in another team there holds something: %v", err)
	}
}
