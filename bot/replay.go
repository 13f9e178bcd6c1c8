package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/answers"
	"parley/store"
)

// Replayed is a question that somebody asked, with what became of it then and what would become of it now.
type Replayed struct {
	store.Asked
	Then, Now answers.Fate
}

// Replay asks again what people asked, each question once as it was asked last, and lists what is answered otherwise now, in order. A turn
// that leant on what was said before it cannot be asked by itself; those are left out and counted, and so are statements to check.
func (b *Bot) Replay(ctx context.Context) (shifts []Replayed, tried, left int, err error) {
	asked, err := b.store.Questions(ctx, time.Time{})
	if err != nil {
		return nil, 0, 0, fmt.Errorf("read what people asked: %w", err)
	}
	about, err := b.subjects(ctx)
	if err != nil {
		return nil, 0, 0, err
	}
	lib, done := b.libraries.use()
	defer done()
	today := answers.DateOf(b.config.Now())
	seen := map[answers.Question]bool{}
	for _, a := range slices.Backward(asked) {
		q := answers.Question{Text: a.Text, AsOf: a.AsOf, Today: today}
		if seen[q] {
			continue
		}
		seen[q] = true
		if s, ok := about[a.ID]; ok && (s.ContextDependent || s.Want != answers.IntentQuestion) {
			left++
			continue
		}
		tried++
		then, now := answers.Fate{Outcome: a.Outcome, Entry: a.Entry}, lib.Fate(q)
		if then.Outcome != now.Outcome || then.Entry != now.Entry {
			shifts = append(shifts, Replayed{a, then, now})
		}
	}
	slices.Reverse(shifts)
	return shifts, tried, left, nil
}

// subjects are what the replies on record are about, by id.
func (b *Bot) subjects(ctx context.Context) (map[string]Subject, error) {
	given, err := b.store.Deliveries(ctx, time.Time{})
	if err != nil {
		return nil, fmt.Errorf("read what people were told: %w", err)
	}
	about := map[string]Subject{}
	for _, d := range given {
		var r Reply
		if err := json.Unmarshal(d.Body, &r); err != nil {
			return nil, fmt.Errorf("read the reply %s: %w", d.ID, err)
		}
		about[d.ID] = r.About
	}
	return about, nil
}
