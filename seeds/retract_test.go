package seeds

import (
	"os"
	"reflect"
	"slices"
	"testing"

	"parley/answers"
	"parley/answers/lint"
)

// Whatever is withdrawn of the record, what is left of it breaks no rule: a curator who withdraws something in a hurry is not held up by
// what stands on it.
func TestWhateverIsWithdrawnLeavesASoundRecord(t *testing.T) {
	record := contents(t)
	// No rule about gold questions or about the wordings of a frame asks whether something was withdrawn, and these take most of the time.
	record.Gold = nil
	for i := range record.Claims {
		record.Claims[i].Frame.Wordings = nil
	}
	type item struct {
		noun answers.Noun
		id   string
	}
	var items []item
	for _, d := range record.Disputes {
		for _, p := range append(d.Positions, answers.Position{Text: d.Agreed}) {
			for _, id := range p.Text.Claims() {
				items = append(items, item{answers.NounClaim, string(id)})
			}
		}
	}
	for i, c := range record.Claims {
		if i%15 == 0 { // of those that are in no dispute a share, since each takes a tenth of a second
			items = append(items, item{answers.NounClaim, string(c.ID)})
		}
	}
	for i, e := range record.Entries {
		if i%15 == 0 || e.Kind == answers.KindGap {
			items = append(items, item{answers.NounEntry, string(e.ID)})
		}
	}
	always := 4
	items = slices.Concat([]item{ // events stand on them
		{answers.NounClaim, "wa-attendance"}, {answers.NounClaim, "wa-office-stubb"}, {answers.NounClaim, "pa-participants"}, {answers.NounClaim, "pa-starmer-quoted"},
	}, items)
	for i, it := range items {
		if os.Getenv("PARLEY_DRILLS") == "" && i >= always && i%5 != 0 {
			continue
		}
		patch, err := record.Retract(it.noun, it.id, "The report was withdrawn.")
		if err != nil {
			t.Errorf("%s/%s: %v", it.noun, it.id, err)
			continue
		}
		for _, p := range lint.Lint(patched(record, patch)) {
			t.Errorf("without %s/%s: %s", it.noun, it.id, p)
		}
	}
}

// patched is contents with a patch applied.
func patched(c answers.Contents, p answers.Patch) answers.Contents {
	gone := func(noun answers.Noun, id string) bool {
		return slices.ContainsFunc(p.Remove, func(r answers.Ref) bool { return r.Noun == noun && r.ID == id })
	}
	c.Claims = merged(c.Claims, p.Put.Claims, func(v answers.Claim) string { return string(v.ID) }, answers.NounClaim, gone)
	c.Disputes = merged(c.Disputes, p.Put.Disputes, func(v answers.Dispute) string { return string(v.ID) }, answers.NounDispute, gone)
	c.Entries = merged(c.Entries, p.Put.Entries, func(v answers.Entry) string { return string(v.ID) }, answers.NounEntry, gone)
	c.Events = merged(c.Events, p.Put.Events, func(v answers.Event) string { return string(v.ID) }, answers.NounEvent, gone)
	c.Freezes = merged(c.Freezes, p.Put.Freezes, answers.Freeze.Key, answers.NounFreeze, gone)
	return c
}

func merged[T any](list, put []T, id func(T) string, noun answers.Noun, gone func(answers.Noun, string) bool) []T {
	var out []T
	for _, v := range list {
		at := slices.IndexFunc(put, func(p T) bool { return id(p) == id(v) })
		switch {
		case gone(noun, id(v)):
		case at >= 0:
			out = append(out, put[at])
		default:
			out = append(out, v)
		}
	}
	return out
}

// A patch changes only what it says: the record that it was made from stays as it was.
func TestRetractLeavesTheRecordAlone(t *testing.T) {
	record := contents(t)
	same, err := Load(Record()) // which shares no list with the record
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range record.Disputes {
		for _, p := range d.Positions {
			for _, id := range p.Text.Claims() {
				if _, err := record.Retract(answers.NounClaim, string(id), "why"); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if !reflect.DeepEqual(record, same) {
		t.Error("withdrawing a claim changed the contents themselves")
	}
}
