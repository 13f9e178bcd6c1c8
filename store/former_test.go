package store

import (
	"slices"
	"strings"
	"testing"
)

// What an edited or deleted question leads to is found without reading any table through but the dialogues, which are those of a day.
func TestFormerUsesIndexes(t *testing.T) {
	s := open(t, newPath(t))
	defer closed(t, s)
	all := append(supersede("slack", Former{"E1", true}, noon)[1:],
		Stmt{known, []any{"slack", "E1"}}, Stmt{cameLater, []any{"slack", "edit/E1/1", "edit/E1/"}}, Stmt{replyTo, []any{"slack", "E1"}})
	for _, stmt := range all {
		steps := planOf(t, s, stmt.SQL, stmt.Args...)
		if slices.ContainsFunc(steps, func(step string) bool {
			return strings.HasPrefix(step, "SCAN") && step != "SCAN CONSTANT ROW" && step != "SCAN dialogue"
		}) {
			t.Errorf("%s\nis read by\n%s", stmt.SQL, strings.Join(steps, "\n"))
		}
	}
}

// A question that is deleted is answered no more, and nothing is left of its words; of an edited one, the event and what people thought of its answer go.
func TestFormer(t *testing.T) {
	s, ctx := open(t, newPath(t)), t.Context()
	defer closed(t, s)
	yes := must[bool](t)
	yes(s.Accept(ctx, incoming("E1"), held("w1", 1)))
	item := sending("D-E1", "C1")
	item.Delivery.Event, item.Delivery.To.Private = "E1", false
	asked := question("D-E1")
	if !yes(s.Respond(ctx, Response{Platform: "slack", Event: "E1", At: noon, Item: item, Asked: &asked}, held("w1", 1))) {
		t.Fatal("the first response is not the first")
	}
	d, others, found, err := s.ReplyTo(ctx, "slack", "E1")
	if err != nil || !found || others || d.ID != "D-E1" {
		t.Fatalf("the reply is %+v, %v, %v, %v", d, others, found, err)
	}
	yes(s.Accept(ctx, incoming("edit/E1/1"), held("w1", 1)))
	if !yes(s.CameLater(ctx, "slack", "edit/E1/", "edit/E1/")) || yes(s.CameLater(ctx, "slack", "edit/E1/", "edit/E1/1")) || yes(s.CameLater(ctx, "slack", "edit/E/", "edit/E/")) {
		t.Error("later edits are not told from others")
	}
	revision := Item{ID: "edit-1", Delivery: d, Lane: "T1/C1", Act: Revise, Body: []byte(`{"asked":"new"}`), At: noon}
	for range 2 { // whoever takes it up
		yes(s.Respond(ctx, Response{Platform: "slack", Event: "edit/E1/1", At: noon, Item: &revision, Former: &Former{Event: "E1"}}, held("w1", 1)))
	}
	if d, _, _, err = s.ReplyTo(ctx, "slack", "E1"); err != nil || string(d.Body) != `{"asked":"new"}` || len(d.Shown) != 0 {
		t.Errorf("the reply is %+v, %v", d, err)
	}
	if left, err := s.Questions(ctx, noon.AddDate(-1, 0, 0)); err != nil || len(left) != 0 {
		t.Errorf("of questions there are left %v, %v", left, err)
	}
	yes(s.Respond(ctx, Response{Platform: "slack", At: noon, Former: &Former{"E1", true}}, held("w1", 1)))
	if d, found, err = s.Delivery(ctx, "D-E1"); err != nil || !found || string(d.Body) != "{}" {
		t.Errorf("the reply is %s, %v, %v", d.Body, found, err)
	}
	if open, items, err := s.Backlog(ctx); err != nil || open != 0 || items != 0 {
		t.Errorf("under way are %d events and %d items, %v", open, items, err)
	}
}
