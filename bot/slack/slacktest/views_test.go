package slacktest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"parley/bot/slack/slacktest"
)

// trigger makes a trigger_id, of a command that nobody takes.
func trigger(t *testing.T, s *slacktest.Server) string {
	t.Helper()
	var p struct {
		TriggerID string `json:"trigger_id"`
	}
	if err := json.Unmarshal(s.Command("C1", "U1", "").Payload, &p); err != nil {
		t.Fatal(err)
	}
	return p.TriggerID
}

// modal is a view with a title and blocks.
func modal(title, blocks string) string {
	return `{"type":"modal","title":{"type":"plain_text","text":"` + title + `"},"blocks":` + blocks + `}`
}

func TestTriggers(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	s := slacktest.New(t, func(c *slacktest.Config) { c.Now = func() time.Time { return now } })
	id := trigger(t, s)
	fails(t, call(t, s, "views.open", "trigger_id", id, "view", modal(strings.Repeat("x", 25), "[]")), "invalid_arguments")
	now = now.Add(3 * time.Second)
	works(t, call(t, s, "views.open", "trigger_id", id, "view", modal("A", "[]")))
	fails(t, call(t, s, "views.open", "trigger_id", id, "view", modal("A", "[]")), "exchanged_trigger_id")
	late := trigger(t, s)
	now = now.Add(3*time.Second + time.Millisecond)
	fails(t, call(t, s, "views.open", "trigger_id", late, "view", modal("A", "[]")), "expired_trigger_id")
	fails(t, call(t, s, "views.open", "trigger_id", "none", "view", modal("A", "[]")), "invalid_trigger_id")
}

func TestModals(t *testing.T) {
	s := slacktest.New(t)
	fails(t, call(t, s, "views.push", "trigger_id", trigger(t, s), "view", modal("A", "[]")), "not_found")
	first := works(t, call(t, s, "views.open", "trigger_id", trigger(t, s), "view", modal("A", "[]")))["view"].(object)
	for range 2 {
		works(t, call(t, s, "views.push", "trigger_id", trigger(t, s), "view", modal("B", "[]")))
	}
	fails(t, call(t, s, "views.push", "trigger_id", trigger(t, s), "view", modal("C", "[]")), "push_limit_reached")
	if open := s.Modals(); len(open) != 3 || open[2].Root != first["id"] || open[2].ID == first["id"] {
		t.Errorf("open are %+v", open)
	}
	id, hash := first["id"].(string), first["hash"].(string)
	works(t, call(t, s, "views.update", "view_id", id, "hash", hash, "view", modal("A2", "[]")))
	fails(t, call(t, s, "views.update", "view_id", id, "hash", hash, "view", modal("A3", "[]")), "hash_conflict")
	fails(t, call(t, s, "views.update", "view_id", "V9", "view", modal("A3", "[]")), "not_found")
	if open := s.Modals(); open[0].Title != "A2" || open[0].Updates != 1 || open[0].Hash == hash {
		t.Errorf("the first is %+v", open[0])
	}
}

func TestViewLimits(t *testing.T) {
	s := slacktest.New(t)
	x := func(n int) string { return strings.Repeat("é", n) }
	dividers := func(n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(`{"type":"divider"},`, n), ",") + "]"
	}
	frame := func(more string) string { return strings.Replace(modal("A", "[]"), "{", "{"+more+",", 1) }
	label := func(name string, n int) string { return `"` + name + `":{"type":"plain_text","text":"` + x(n) + `"}` }
	typed := func(more string) string {
		return strings.Replace(modal("A", `[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input",`+more+`}}]`), "{",
			`{"submit":{"type":"plain_text","text":"Send"},`, 1)
	}
	for name, c := range map[string]struct{ good, bad string }{
		"typed":    {typed(`"max_length":3000`), typed(`"max_length":3001`)},
		"there":    {typed(`"initial_value":"` + x(3000) + `"`), typed(`"initial_value":"` + x(3001) + `"`)},
		"there in": {typed(`"max_length":5,"initial_value":"` + x(5) + `"`), typed(`"max_length":5,"initial_value":"` + x(6) + `"`)},
		"blocks":   {modal("A", dividers(100)), modal("A", dividers(101))},
		"title":    {modal(x(24), "[]"), modal(x(25), "[]")},
		"submit":   {frame(label("submit", 24)), frame(label("submit", 25))},
		"close":    {frame(label("close", 24)), frame(label("close", 25))},
		"metadata": {frame(`"private_metadata":"` + x(3000) + `"`), frame(`"private_metadata":"` + x(3001) + `"`)},
		"callback": {frame(`"callback_id":"` + x(255) + `"`), frame(`"callback_id":"` + x(256) + `"`)},
		"type":     {modal("A", "[]"), `{"type":"home","blocks":[]}`},
		"surface":  {modal("A", dividers(1)), modal("A", `[{"type":"context_actions","elements":[]}]`)},
		"submit for inputs": {modal("A", dividers(1)),
			modal("A", `[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input"}}]`)},
	} {
		t.Run(name, func(t *testing.T) {
			works(t, call(t, s, "views.open", "trigger_id", trigger(t, s), "view", c.good))
			got := call(t, s, "views.open", "trigger_id", trigger(t, s), "view", c.bad)
			fails(t, got, "invalid_arguments")
			if !strings.Contains(got["text"].(string), "json-pointer:/view") {
				t.Errorf("it does not say why: %s", got["text"])
			}
		})
	}
}

func TestHome(t *testing.T) {
	s := slacktest.New(t)
	home := func(text string) string {
		return `{"type":"home","blocks":[{"type":"header","text":{"type":"plain_text","text":"` + text + `"}}]}`
	}
	hash := works(t, call(t, s, "views.publish", "user_id", "U1", "view", home("one")))["view"].(object)["hash"].(string)
	works(t, call(t, s, "views.publish", "user_id", "U1", "hash", hash, "view", home("two")))
	fails(t, call(t, s, "views.publish", "user_id", "U1", "hash", hash, "view", home("three")), "hash_conflict")
	fails(t, call(t, s, "views.publish", "user_id", "U9", "view", home("x")), "invalid_arguments")
	if got := s.Home("U1"); !strings.Contains(string(got.Blocks), "two") || got.Updates != 1 {
		t.Errorf("the Home is %+v", got)
	}
	if got := s.Home("U2"); got.ID != "" {
		t.Errorf("of somebody else it is %+v", got)
	}
}
